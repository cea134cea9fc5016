# SPDX-License-Identifier: Apache-2.0
"""The server answers https by itself where it was given a certificate; in the clear it then tells nobody anything."""
import http.client
import ssl
import subprocess
import time
import unittest
import warnings

import world
from world import World, free_port


class Tls(unittest.TestCase):
    def setUp(self):
        self.world = World().init(people=False)
        self.addCleanup(self.world.close)
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext",
                        "subjectAltName=DNS:localhost", "-keyout", "key.pem", "-out", "certificate.pem"],
                       cwd=self.world.folder, check=True, capture_output=True)
        self.port = free_port()
        words = ["serve", "--port", str(self.port), "--tls", "certificate.pem", "key.pem"]
        self.server = self.world.start(*words)
        self.addCleanup(self.server.communicate)
        self.addCleanup(self.server.terminate)

    def ask(self, path, version=None):
        trusts = ssl.create_default_context(cafile=self.world.folder / "certificate.pem")
        if version:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", DeprecationWarning)  # an old version is asked for on purpose
                trusts.maximum_version = version
        connection = http.client.HTTPSConnection("localhost", self.port, context=trusts, timeout=10)
        try:
            connection.request("GET", path)
            return connection.getresponse()
        finally:
            connection.close()

    def wait(self):
        for _ in range(500):
            try:
                return self.ask("/health")
            except ConnectionRefusedError:
                time.sleep(0.02)
        self.fail("no answer")

    def test_https_is_answered_and_nothing_else(self):
        self.assertEqual(self.wait().status, 200)
        page = self.ask("/privacy")
        self.assertEqual(page.status, 200)
        self.assertIn("max-age", page.headers["Strict-Transport-Security"] or "")
        clear = http.client.HTTPConnection("localhost", self.port, timeout=10)
        self.addCleanup(clear.close)
        with self.assertRaises((http.client.HTTPException, OSError)):
            clear.request("GET", "/privacy")
            clear.getresponse()
        with self.assertRaises((ssl.SSLError, OSError)):
            self.ask("/privacy", ssl.TLSVersion.TLSv1_1)

    def test_a_certificate_that_cannot_be_read_is_told_of(self):
        self.wait()
        self.server.terminate()  # one program at a time works on a data folder
        self.server.wait()
        done = self.world.run("serve", "--port", "0", "--tls", "nothing.pem", "key.pem")
        self.assertIn(done.returncode, (world.REFUSED, world.WORLD))
        self.assertIn("nothing.pem", done.stderr)


if __name__ == "__main__":
    unittest.main()
