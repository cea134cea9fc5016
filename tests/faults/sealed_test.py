# SPDX-License-Identifier: Apache-2.0
"""Whoever takes the disk, or one of its copies, and not the key file, finds nothing that was typed.

CR-1: 1,000 canaries are written through the running server, into names, addresses and words; then the database with its log and
shared memory, the server's own log, the temporary folder, a backup and a copy of the keys of persons are searched for each, as it was
typed and in hexadecimal, Base64 and UTF-16. CR-3: the same for everything but the key file, in the hands of somebody who has the
program too. AL-6: the journal and its witness are checked by what stands here and the public key alone."""
import base64
import ctypes
import hashlib
import os
import shutil
import sqlite3
import struct
import unittest
import uuid

from asked import service_of
from world import DONE, World, make_report, signed_in, step

PEOPLE, STEPS = 250, 250
MARK = "kanarievogeltje"  # every canary begins so: where none of its shapes stands, no canary does
SODIUM = ctypes.CDLL("libsodium.so.23")


def shapes(canary):
    """How the same letters may stand in bytes."""
    raw = canary.encode()
    yield raw
    yield raw.hex().encode()
    yield canary.encode("utf-16-le")
    for shift in range(3):
        # Of each alignment, what does not depend on the neighbours.
        yield base64.b64encode(b"\0" * shift + raw)[4:-4]


def found_in(bytes_, canaries):
    """Which of them stand there; "some" where only a part of one does."""
    if not any(shape in bytes_ for shape in shapes(MARK)):
        return []
    return [canary for canary in canaries if any(shape in bytes_ for shape in shapes(canary))] or ["some"]


def framed(*parts):
    return b"".join(struct.pack("<Q", len(part)) + part for part in parts)


class Sealed(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.world = World()
        cls.addClassCleanup(cls.world.close)
        cls.temporary = cls.world.folder / "tmp"
        cls.temporary.mkdir()
        before = os.environ.get("TMPDIR")
        os.environ["TMPDIR"] = str(cls.temporary)
        cls.addClassCleanup(lambda: os.environ.pop("TMPDIR") if before is None else os.environ.update(TMPDIR=before))
        cls.witness = cls.world.folder / "witness.log"
        cls.config = cls.world.write("cairn.toml", f'[journal]\nwitness_file = "{cls.witness}"\n')
        cls.world.init().with_study()
        cls.server = cls.world.serve("--config", cls.config)
        cls.client = signed_in(cls.server.port)
        cls.canaries = []
        cls.write_canaries()
        cls.world.must("backup", cls.world.folder / "all.cairn", "--config", cls.config)
        cls.world.must("keys", "backup", cls.world.folder / "people.keys")

    @classmethod
    def canary(cls):
        cls.canaries.append(MARK + uuid.uuid4().hex[:17])
        return cls.canaries[-1]

    @classmethod
    def write_canaries(cls):
        report = make_report(cls.client)
        for _ in range(STEPS):
            fields = step(cls.canary())
            fields["owner"] = cls.canary()
            assert cls.client.post(report + "/steps", fields).status == 201
        service = service_of(cls.client)
        lines = "\n".join(f"{cls.canary()}, {cls.canary()}@example.org, colleagues" for _ in range(PEOPLE))
        reply = cls.client.post("/participants/several", {"service": service, "lines": lines})
        assert reply.status == 201, reply.text[:500]

    def places(self):
        data = [path for path in self.world.data.rglob("*") if path.is_file()]
        return data + [path for path in self.temporary.rglob("*") if path.is_file()] + [
            self.world.folder / name for name in ("server.log", "all.cairn", "people.keys", "witness.log")]

    def test_cr_1_no_canary_is_anywhere_on_the_disk(self):
        self.assertGreaterEqual(len(self.canaries), 1000)
        names = {path.name for path in self.places()}
        self.assertLessEqual({"cairn.sqlite", "cairn.sqlite-wal", "cairn.sqlite-shm", "server.log", "all.cairn"}, names)
        for path in self.places():
            self.assertEqual(found_in(path.read_bytes(), self.canaries), [], path)

    def test_cr_1_would_find_one_that_is_there(self):
        canary = self.canaries[5]
        for shape in (canary.encode(), canary.encode().hex().encode(), canary.encode("utf-16-le"),
                      base64.b64encode(b"xy" + canary.encode() + b"z")):
            self.assertEqual(found_in(b"before" + shape + b"behind", self.canaries), [canary])

    def test_cr_1_the_server_itself_reads_them(self):
        client = self.client.like()
        self.addCleanup(client.close)
        names = {one["name"] for one in client.data("/participants")["people"]}
        self.assertEqual(names, set(self.canaries[-2 * PEOPLE::2]))

    def test_cr_3_all_but_the_key_file_opens_nothing(self):
        taken = World()
        self.addCleanup(taken.close)
        shutil.copytree(self.world.data, taken.data, ignore=shutil.ignore_patterns("keys", "socket", "*.sock", "command*"))
        shutil.copy(self.config, taken.folder / "cairn.toml")
        key = taken.folder / "other.key"
        World.run(taken, "init", "--data", taken.folder / "mine", "--keys", key, where=False)
        said = ""
        for words in (["verify"], ["backup", "copy.cairn"], ["verify", "--keys", key], ["backup", "copy.cairn", "--keys", key],
                      ["restore", self.world.folder / "all.cairn", "--keys", key],
                      ["inventory", "compare", "--study", "Spring", "--keys", key]):
            done = taken.run(*words)
            self.assertNotEqual(done.returncode, DONE, words)
            said += done.stdout + done.stderr
        database = sqlite3.connect(taken.data / "cairn.sqlite")
        said += "\n".join(database.iterdump())
        self.assertEqual(found_in(said.encode(), self.canaries), [])

    def test_al_6_the_journal_is_sound_by_code_of_its_own(self):
        public = bytes.fromhex(self.world.must("journal", "key").stdout.strip())
        database = sqlite3.connect(f"file:{self.world.data / 'cairn.sqlite'}?mode=ro", uri=True)
        hashes, before = {}, bytes(32)
        for row in database.execute("select id, at, actor, act, record_type, record_id, count, position, previous_hash, hash "
                                    "from journal order by position"):
            *texts, count, position, previous, stored = row
            self.assertEqual((position, previous), (len(hashes) + 1, before))
            said = framed(b"cairn journal 1", before) + struct.pack("<Q", position) + framed(*(t.encode() for t in texts)) + \
                struct.pack("<q", count)
            before = hashlib.sha256(said).digest()
            self.assertEqual(stored, before)
            hashes[position] = before
        lines = self.witness.read_text().splitlines()
        self.assertGreater(len(lines), 1)
        for line in lines:
            said, signature = line.rsplit(" ", 1)
            word, position, digest, _, key = said.split(" ")
            self.assertEqual(SODIUM.crypto_sign_verify_detached(bytes.fromhex(signature), said.encode(),
                                                                ctypes.c_ulonglong(len(said)), public), 0)
            self.assertEqual((word, key), ("cairn-journal-checkpoint-1", hashlib.sha256(public).digest()[:8].hex()))
            self.assertEqual(hashes[int(position)].hex(), digest)

    def test_al_3_verify_compares_with_the_witness(self):
        self.assertEqual(self.world.run("verify", "--config", self.config).returncode, DONE)
        forged = self.world.write("forged.log", self.witness.read_text().replace(" 2", " 3", 1))
        self.assertNotEqual(self.world.run("verify", "--witness", forged).returncode, DONE)


if __name__ == "__main__":
    unittest.main()
