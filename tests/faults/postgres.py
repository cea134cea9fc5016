# SPDX-License-Identifier: Apache-2.0
"""A PostgreSQL of the tests' own: made by initdb in a temporary folder, reached by a socket there and by nothing else."""
import os
import pathlib
import pwd
import shutil
import signal
import subprocess
import tempfile
import time


class Postgres:
    def __init__(self):
        found = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin/initdb"))
        if not found:
            raise FileNotFoundError("no /usr/lib/postgresql/*/bin/initdb")
        self.binaries = found[-1].parent
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="cairn-pg-"))
        # PostgreSQL refuses to run as root; Debian's package makes the account.
        self.owner = {}
        if os.geteuid() == 0:
            account = pwd.getpwnam("postgres")
            os.chown(self.folder, account.pw_uid, account.pw_gid)
            self.owner = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
        self.process = None
        self.call("initdb", "-k", "-D", self.folder / "data", "-U", "cairn", "-A", "trust", "-E", "UTF8", "--locale=C")
        self.start()
        self.call("createdb", "-h", self.folder, "-U", "cairn", "cairn")

    def call(self, program, *words):
        subprocess.run([self.binaries / program, *words], cwd="/", check=True, capture_output=True, **self.owner)

    def start(self):
        self.log = (self.folder / "log").open("ab")
        self.process = subprocess.Popen([self.binaries / "postgres", "-D", self.folder / "data", "-k", self.folder, "-h", ""],
                                        cwd="/", stdout=self.log, stderr=self.log, **self.owner)
        deadline = time.monotonic() + 60
        while subprocess.run([self.binaries / "pg_isready", "-q", "-h", self.folder], check=False).returncode != 0:
            if time.monotonic() > deadline:
                raise AssertionError("PostgreSQL did not start")
            time.sleep(0.05)

    def stop_at_once(self):
        """As a crash would: connections break, and the next start recovers from the log."""
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait()
        self.log.close()

    @property
    def address(self):
        return f"postgresql:///cairn?host={self.folder}&user=cairn"

    def close(self):
        if self.process and self.process.poll() is None:
            self.stop_at_once()
        shutil.rmtree(self.folder, ignore_errors=True)
