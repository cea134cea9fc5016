# SPDX-License-Identifier: Apache-2.0
"""What the fault tests stand on: the built program (its path is in CAIRN), data folders of their own, a server on a port of its
own, and a client that speaks HTTP over one open connection."""
import base64
import hmac
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import tempfile
import time
import urllib.parse

TOP = pathlib.Path(__file__).resolve().parent.parent.parent
CAIRN = os.environ.get("CAIRN", str(TOP / "build/release/cairn"))
LONG = os.environ.get("CAIRN_LONG", "") not in ("", "0")
EMAIL, PASSWORD = "lead@example.org", "a long enough password"

DONE, REFUSED, USAGE, WORLD = 0, 1, 2, 3

ITEMS = sorted(set(re.findall(r'^id = "(\d\.\d+)"', (TOP / "content/instruments/implementation-inventory.v1.toml").read_text(), re.M)),
               key=lambda name: [int(part) for part in name.split(".")])
HEADER = "respondent,site,employer,context,setting,stakeholder," + ",".join(f"{i}.a,{i}.b" for i in ITEMS) + ",top3"
ROLES = ["peer_worker", "service_user", "coworker", "line_manager", "strategic_manager", "commissioner"]


def row(number, site="Harbour"):
    """One respondent's answers, made from the number alone."""
    a, b = ["yes", "partly", "no", "dk", "nr"], ["4", "3", "2", "1", "dk", "nr"]
    answers = ",".join(f"{a[(number * 7 + i) % 5]},{b[(number * 5 + i * 3) % 6]}" for i in range(len(ITEMS)))
    top = ";".join(dict.fromkeys(ITEMS[(number * k) % len(ITEMS)] for k in (1, 3, 11)))
    return f"r{number},{site},voluntary,nhs,community,{ROLES[number % 6]},{answers},{top}"


def responses(count, first=1, site="Harbour"):
    return "\n".join([HEADER, *(row(n, site) for n in range(first, first + count))]) + "\n"


class World:
    """A temporary folder with a data folder in it, and the program run on that."""

    def __init__(self, folder=None, database=None):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="cairn-faults-", dir=folder))
        self.data = self.folder / "data"
        self.database = database
        self.servers = []

    def close(self):
        for server in self.servers:
            server.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def write(self, name, content):
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def where(self):
        words = ["--data", str(self.data)]
        return words + (["--database", self.database] if self.database else [])

    def start(self, *words, **options):
        """A command that is under way."""
        return subprocess.Popen([CAIRN, *map(str, words), *self.where()], cwd=self.folder, text=True, stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)

    def run(self, *words, seconds=300, where=True):
        return subprocess.run([CAIRN, *map(str, words), *(self.where() if where else [])], cwd=self.folder, text=True,
                              stdin=subprocess.DEVNULL, capture_output=True, timeout=seconds, check=False)

    def must(self, *words):
        done = self.run(*words)
        if done.returncode != 0:
            raise AssertionError(f"cairn {' '.join(map(str, words))} ended with {done.returncode}: {done.stdout}{done.stderr}")
        return done

    def init(self, people=True):
        words = ["init"]
        if people:
            words += ["--organisation", "Riverside", "--email", EMAIL, "--password-file", self.write("password", PASSWORD + "\n")]
        self.must(*words)
        return self

    def import_file(self, name, study="Spring", *words):
        return self.run("inventory", "import", name, "--study", study, *words)

    def with_study(self, people=12):
        self.write("answers.csv", responses(people))
        self.must("inventory", "import", "answers.csv", "--study", "Spring", "--create")
        return self

    def faults(self):
        """What verify finds: a list of lines, empty where all is well."""
        done = self.run("verify", "--json")
        if done.returncode not in (DONE, REFUSED):
            raise AssertionError(f"verify ended with {done.returncode}: {done.stderr}")
        return [f"{fault['where']}: {fault['what']}" for fault in json.loads(done.stdout)["faults"]]

    def sqlite(self):
        return sqlite3.connect(self.data / "cairn.sqlite")

    def serve(self, *words, port=0):
        server = Server(self, *words, port=port)
        self.servers.append(server)
        return server


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    def __init__(self, world, *words, port=0, patience=60):
        self.port = port or free_port()
        self.log = (world.folder / "server.log").open("ab")
        began = time.monotonic()
        self.process = subprocess.Popen([CAIRN, "serve", "--port", str(self.port), *words, *world.where()], cwd=world.folder,
                                        stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log)
        while not self.healthy():
            if self.process.poll() is not None or time.monotonic() - began > patience:
                raise AssertionError("the server did not begin: " + (world.folder / "server.log").read_text()[-2000:])
            time.sleep(0.002)
        self.seconds_to_ready = time.monotonic() - began

    def healthy(self):
        client = Client(self.port, seconds=5)
        try:
            return client.get("/health").status == 200
        except (OSError, ValueError):
            return False
        finally:
            client.close()

    def memory(self, what="VmHWM"):
        """Kilobytes, from the kernel: VmHWM is the most there was, VmRSS what is now."""
        return memory(self.process.pid, what)

    def kill(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.log.close()

    def stop(self, seconds=30):
        """Asks the server to end and returns its exit code and how long it took."""
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(seconds)
        return code, time.monotonic() - began


def memory(pid, what="VmHWM"):
    found = re.search(rf"^{what}:\s+(\d+) kB", pathlib.Path(f"/proc/{pid}/status").read_text(), re.M)
    return int(found[1]) if found else 0


class Reply:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def text(self):
        return self.body.decode()

    def json(self):
        return json.loads(self.body)


class Ended(ValueError):
    """The connection was closed where a reply should have begun."""


class Client:
    """One connection kept open. Raises OSError where it breaks, ValueError where the reply is none or is cut off."""

    def __init__(self, port, cookie="", token="", seconds=120):
        self.port, self.cookie, self.token, self.seconds = port, cookie, token, seconds
        self.socket = None
        self.rest = b""

    def close(self):
        if self.socket:
            self.socket.close()
        self.socket = None

    def like(self, port=None):
        """Somebody with the same session, over a connection of their own."""
        return Client(port or self.port, self.cookie, self.token, self.seconds)

    def get(self, path, accept="text/html"):
        return self.ask("GET", path, accept)

    def data(self, path):
        return self.ask("GET", path, "application/json").json()

    def post(self, path, fields, accept="application/json"):
        return self.ask("POST", path, accept, json.dumps(fields).encode(), "application/json")

    def post_form(self, path, fields, accept="text/html"):
        return self.ask("POST", path, accept, urllib.parse.urlencode(fields).encode(), "application/x-www-form-urlencoded")

    def ask(self, method, path, accept, body=b"", content_type=""):
        was_kept = self.socket is not None
        self.open()
        try:
            self.send(method, path, accept, body, content_type)
            return self.receive()
        except (ConnectionError, Ended):
            # A server may end a connection nobody has used for a while. Any browser then asks again, where that changes nothing.
            if not was_kept or method != "GET":
                raise
        self.close()
        self.open()
        self.send(method, path, accept, body, content_type)
        return self.receive()

    def open(self):
        if self.socket is None:
            self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=self.seconds)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.rest = b""

    def send(self, method, path, accept="application/json", body=b"", content_type=""):
        head = [f"{method} {path} HTTP/1.1", f"Host: localhost:{self.port}", f"Accept: {accept}"]
        if self.cookie:
            head.append(f"Cookie: {self.cookie}")
        if self.token:
            head.append(f"X-Cairn-Token: {self.token}")
        if method == "POST":
            head += ["Sec-Fetch-Site: same-origin", f"Content-Type: {content_type}", f"Content-Length: {len(body)}"]
        self.socket.sendall("\r\n".join(head).encode() + b"\r\n\r\n" + body)

    def receive(self):
        try:
            return self.receive_whole()
        except (OSError, ValueError):
            self.close()
            raise

    def receive_whole(self):
        while b"\r\n\r\n" not in self.rest:
            self.more()
        head, self.rest = self.rest.split(b"\r\n\r\n", 1)
        first, *lines = head.decode().split("\r\n")
        status = int(first.split(" ")[1])
        headers = {}
        for name, value in (line.split(":", 1) for line in lines):
            # Of a header that comes twice, all of it: a sign-in sets two cookies.
            headers[name.lower()] = "\n".join(filter(None, [headers.get(name.lower()), value.strip()]))
        length = int(headers.get("content-length", "0"))
        while len(self.rest) < length:
            self.more()
        body, self.rest = self.rest[:length], self.rest[length:]
        if headers.get("connection", "").lower() == "close":
            self.close()
        return Reply(status, headers, body)

    def more(self):
        got = self.socket.recv(65536)
        if not got:
            if self.rest:
                raise ValueError("the connection ended inside a reply")
            raise Ended("the connection ended before a reply")
        self.rest += got


def code_of(secret, moment):
    """The six digits an app shows (RFC 6238)."""
    step = int(moment // 30).to_bytes(8, "big")
    mac = hmac.new(base64.b32decode(secret.replace(" ", "")), step, "sha1").digest()
    at = mac[-1] & 15
    return f"{(int.from_bytes(mac[at:at + 4], 'big') & 0x7fffffff) % 1_000_000:06}"


SPARE_CODES = {}  # by address: recovery codes of the account last set up with it, since each code of the app works once


def take_session(client, reply, wanted):
    if reply.status != wanted:
        raise AssertionError(f"signing in answered {reply.status}: {reply.text[:500]}")
    client.cookie = re.search(r"__Host-cairn=[^;]+", reply.headers["set-cookie"])[0]
    return reply.json()


def signed_in(port, email=EMAIL, password=PASSWORD):
    """A client signed in as the lead, with a second step that is set up the first time."""
    client = Client(port)
    begun = take_session(client, client.post("/sign-in", {"email": email, "password": password}), 201)
    if begun["location"] == "/sign-in/set-up":
        secret = client.data("/sign-in/set-up")["secret"]
        done = take_session(client, client.post("/sign-in/set-up", {"code": code_of(secret, time.time())}), 200)
        SPARE_CODES[email] = done["recovery_codes"]
    else:
        take_session(client, client.post("/sign-in/code", {"code": SPARE_CODES[email].pop()}), 201)
    client.token = re.search(r'name="_token" value="([^"]+)"', client.get("/studies/new").text)[1]
    return client


def make_report(client, once=None):
    """The path of a new report about everyone in the first study."""
    study = client.data("/studies")["studies"][0]["id"]
    fields = {"site": "*", "purpose": "set_up", "round": 1}
    if once:
        fields["_once"] = once
    reply = client.post(f"/studies/{study}/report", fields)
    if reply.status != 201:
        raise AssertionError(f"making a report answered {reply.status}: {reply.text[:500]}")
    return reply.json()["location"]


def step(words, once=None):
    """The fields of a next step, due in a year's time."""
    soon = time.gmtime(time.time() + 365 * 86400)
    fields = {"words": words, "owner": "Sam Field", "due-day": soon.tm_mday, "due-month": soon.tm_mon, "due-year": soon.tm_year}
    if once:
        fields["_once"] = once
    return fields
