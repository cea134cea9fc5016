# SPDX-License-Identifier: Apache-2.0
"""What somebody can do who has everything: the master key, the database as rows and as bytes, its logs, its backups. Written from
the header comments of src/db and src/base alone."""
import ctypes
import hashlib
import json
import pathlib
import sqlite3
import struct
import subprocess

SODIUM = ctypes.CDLL("libsodium.so.23")
AEAD_TAG, AEAD_NONCE, STREAM_TAG, STREAM_HEADER, BOX_SEAL, KEY_ID = 16, 24, 17, 24, 48, 8
BASE_32 = "abcdefghijklmnopqrstuvwxyz234567"


def blake2b(value, key, size=32):
    return hashlib.blake2b(value, digest_size=size, key=key).digest()


def framed(*parts):
    return b"".join(struct.pack("<Q", len(part)) + part for part in (p if isinstance(p, bytes) else p.encode() for p in parts))


def opened_aead(key, nonce, sealed, about):
    plain = ctypes.create_string_buffer(max(1, len(sealed) - AEAD_TAG))
    if SODIUM.crypto_aead_xchacha20poly1305_ietf_decrypt(plain, None, None, sealed, ctypes.c_ulonglong(len(sealed)), about,
                                                         ctypes.c_ulonglong(len(about)), nonce, key) != 0:
        return None
    return plain.raw[:len(sealed) - AEAD_TAG]


class Master:
    """The key file's two secrets and all that can be made from them."""

    def __init__(self, path):
        lines = pathlib.Path(path).read_text().splitlines()[1:]
        secrets = {word: bytes.fromhex(value) for word, value in (line.split(" ") for line in lines)}
        self.key, self.lookup = secrets["master"], secrets["lookup"]
        self.sealing, self.fingerprinting = blake2b(b"cairn/seal", self.key), blake2b(b"cairn/fingerprint", self.lookup)

    def derived(self, purpose):
        return blake2b(b"cairn/derived/" + purpose.encode(), self.key if purpose == "backup" else self.lookup)

    def fingerprint(self, purpose, value):
        return blake2b(framed(purpose, value), self.fingerprinting, 16)

    def opened(self, table, column, row, owner, sealed):
        key_id, nonce, rest = sealed[1:1 + KEY_ID], sealed[1 + KEY_ID:1 + KEY_ID + AEAD_NONCE], sealed[1 + KEY_ID + AEAD_NONCE:]
        return opened_aead(self.sealing, nonce, rest, framed(table, column, row, owner, key_id))

    def link_secret(self, link_key, invitation):
        """The secret of a personal link, from the key of its round."""
        bits = "".join(f"{byte:08b}" for byte in blake2b(invitation.encode(), link_key)[:20])
        return "".join(BASE_32[int(bits[at:at + 5], 2)] for at in range(0, 160, 5))

    def draft(self, secret, rows):
        """What stands in the draft behind a secret, where it is among the rows."""
        name = self.fingerprint("answer.draft", secret).hex()
        for row in rows:
            if row["id"] == name:
                sealed = row["answers"]
                return opened_aead(blake2b(secret.encode(), self.derived("answer.draft")), sealed[:AEAD_NONCE], sealed[AEAD_NONCE:],
                                   name.encode())
        return None


def opened_box(public, private, sealed):
    plain = ctypes.create_string_buffer(max(1, len(sealed) - BOX_SEAL))
    if SODIUM.crypto_box_seal_open(plain, sealed, ctypes.c_ulonglong(len(sealed)), public, private) != 0:
        return None
    return plain.raw[:len(sealed) - BOX_SEAL]


class Rows(dict):
    """Tables, each a list of rows in the order in which they were found; a row has its columns, and with "#" before the name what the
    engine alone knows of it."""

    def of(self, table, collection):
        return [row for row in self.get(table, []) if row.get("collection_id") == collection]


def sqlite_rows(path):
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    database.row_factory = sqlite3.Row
    rows = Rows()
    for name, sql in database.execute("select name, sql from sqlite_master where type = 'table' and sql is not null"):
        own = "" if "without rowid" in sql.lower() else 'rowid as "#rowid", '
        rows[name] = [dict(row) for row in database.execute(f'select {own}* from "{name}"')]
    database.close()
    return rows


def postgres_rows(psql):
    """`psql` runs a statement and gives its output."""
    rows = Rows()
    for name in psql("select table_name from information_schema.tables where table_schema = 'public' order by 1").split():
        found = psql(f"select json_build_object('#place', (ctid::text::point)[0] * 100000 + (ctid::text::point)[1], '#xmin', "
                     f"xmin::text::bigint)::jsonb || to_jsonb(t) from \"{name}\" t")
        rows[name] = [{column: bytes.fromhex(value[2:]) if isinstance(value, str) and value.startswith("\\x") else value
                       for column, value in json.loads(line).items()} for line in found.splitlines()]
    return rows


def backup_rows(path, master):
    """The rows of a backup, opened with the master key."""
    data = path.read_bytes()
    head, at, plain = data[:8 + KEY_ID + STREAM_HEADER], 8 + KEY_ID + STREAM_HEADER, b""
    state = ctypes.create_string_buffer(52)
    SODIUM.crypto_secretstream_xchacha20poly1305_init_pull(state, head[8 + KEY_ID:], master.derived("backup"))
    while at < len(data):
        (length,) = struct.unpack_from("<I", data, at)
        piece, tag = ctypes.create_string_buffer(length), ctypes.c_ubyte()
        if SODIUM.crypto_secretstream_xchacha20poly1305_pull(state, piece, None, ctypes.byref(tag), data[at + 4:at + 4 + length],
                                                             ctypes.c_ulonglong(length), head, ctypes.c_ulonglong(len(head))) != 0:
            raise AssertionError("a backup does not open with the master key")
        plain, at = plain + piece.raw[:length - STREAM_TAG], at + 4 + length
    return tables_in(plain)


def tables_in(plain):
    rows, at = Rows(), 0

    def number():
        nonlocal at
        (value,) = struct.unpack_from("<q", plain, at)
        at += 8
        return value

    def part():
        nonlocal at
        length = number()
        at += length
        return plain[at - length:at]

    def letter():
        nonlocal at
        at += 1
        return plain[at - 1:at]

    number()
    part()
    for _ in range(number()):
        number()
    while letter() == b"T":
        name = part().decode()
        columns = [part().decode() for _ in range(number())]
        rows[name] = []
        while letter() == b"R":
            take = {b"n": lambda: None, b"i": number, b"t": lambda: part().decode(), b"b": part}
            rows[name].append({column: take[letter()]() for column in columns})
        number()
    return rows


def bytes_under(*folders):
    """Every file there, as bytes, by its path."""
    found = {}
    for folder in map(pathlib.Path, folders):
        for path in [folder] if folder.is_file() else sorted(folder.rglob("*")):
            if path.is_file():
                found[str(path)] = path.read_bytes()
    return found


def asked_of(server, statement):
    return subprocess.run([server.binaries / "psql", "-X", "-q", "-A", "-t", "-h", server.folder, "-U", "cairn", "cairn", "-c", statement],
                          check=True, capture_output=True, text=True, cwd="/").stdout
