# SPDX-License-Identifier: Apache-2.0
"""Letters through the built program and a real mail server: each is sent once and whole, whatever the mail server does."""
import os
import pathlib
import socket
import threading
import time
import unittest

from exim import Exim
from world import World, signed_in

FAKETIME = next(pathlib.Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"), None)


def until(true, seconds=30, what="it"):
    began = time.monotonic()
    while not (found := true()):
        if time.monotonic() - began > seconds:
            raise AssertionError(f"{what} did not come within {seconds} s")
        time.sleep(0.05)
    return found


def test_letters(exim):
    """Those that were asked for; a notice of a sign-in from a new browser may lie beside them."""
    return [letter for letter in exim.letters("lead") if letter["Subject"] == "A test letter"]


class Silent:
    """Takes connections and says nothing, or a few bytes that mean nothing."""

    def __init__(self, says=b""):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.says, self.open, self.met = says, [], 0
        threading.Thread(target=self.meet, daemon=True).start()

    def meet(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            self.met += 1
            self.open.append(connection)
            if self.says:
                connection.sendall(self.says)

    def close(self):
        self.listener.close()
        for connection in self.open:
            connection.close()


class Mail(unittest.TestCase):
    def setUp(self):
        self.world = World().init()
        self.addCleanup(self.world.close)

    def exim(self):
        server = Exim(self.world.folder)
        self.addCleanup(server.close)
        return server

    def serve(self, settings, environment=None):
        config = self.world.write("cairn.toml", settings)
        before = dict(os.environ)
        os.environ.update(environment or {})
        try:
            self.server = self.world.serve("--config", config)
        finally:
            os.environ.clear()
            os.environ.update(before)
        return signed_in(self.server.port)

    def letters(self, client):
        return client.data("/letters")["letters"]

    def send(self, client):
        reply = client.post("/letters/test", {})
        self.assertEqual(reply.status, 201, reply.text)

    def set_clock(self, offset, hours):
        """In one step: a program that read half of it would be thrown back in time."""
        beside = offset.with_suffix(".new")
        beside.write_text(f"+{hours}h\n")
        beside.replace(offset)

    def until_state(self, client, state, seconds=30):
        return until(lambda: [one for one in self.letters(client) if one["state"] == state], seconds, f"a letter that is {state}")

    def test_a_letter_is_sent_once_and_whole(self):
        exim = self.exim()
        client = self.serve(exim.settings())
        self.send(client)
        arrived = until(lambda: exim.letters("lead"), what="the letter")
        time.sleep(3)
        self.assertEqual(len(exim.letters("lead")), 1)
        letter = arrived[0]
        self.assertEqual(letter["To"], "lead@example.org")
        self.assertEqual(letter["From"], "Example Letters <letters@example.org>")
        self.assertEqual(letter["Subject"], "A test letter")
        self.assertEqual(letter["Auto-Submitted"], "auto-generated")
        self.assertIn("@example.org>", letter["Message-ID"])
        self.assertIn(f"letters from http://localhost:{self.server.port} reach you", letter.get_content())
        self.assertEqual(letter.get_content_type(), "text/plain")
        self.assertNotIn("http", letter.get_content().replace(f"http://localhost:{self.server.port}", ""))
        # It came over TLS and signed in; the machine's own name is nowhere in what we wrote.
        self.assertIn("esmtpsa", str(letter["Received"]).lower())
        self.assertNotIn(socket.gethostname(), str(letter["Received"]).split("by localhost")[0])
        self.until_state(client, "sent")
        # Nothing of it is left in the database.
        self.server.stop()
        kept = b"".join(path.read_bytes() for path in self.world.data.glob("cairn.sqlite*"))
        self.assertNotIn(b"A test letter", kept)
        self.assertEqual(self.world.faults(), [])

    def test_a_server_without_the_right_certificate_gets_nothing(self):
        exim = self.exim()
        other = World()
        self.addCleanup(other.close)
        stranger = Exim(other.folder)
        self.addCleanup(stranger.close)
        client = self.serve(exim.settings(ca_file=str(stranger.folder / "certificate.pem")))
        self.send(client)
        until(lambda: (self.letters(client)[0]["tries"]) >= 1, what="a try")
        time.sleep(1)
        self.assertEqual(exim.letters("lead"), [])
        self.assertEqual(self.letters(client)[0]["state"], "waiting")

    def test_a_wrong_password_loses_nothing(self):
        exim = self.exim()
        settings = exim.settings()
        (self.world.folder / "mail-password").write_text("not this one\n")
        client = self.serve(settings)
        self.send(client)
        until(lambda: self.letters(client)[0]["tries"] >= 1, what="a try")
        time.sleep(1)
        self.assertEqual(self.letters(client)[0]["state"], "waiting")
        self.server.stop()
        client = self.serve(exim.settings())
        self.assertEqual(client.post(f"/letters/{self.letters(client)[0]['id']}/again", {}).status, 201)
        self.until_state(client, "sent")
        until(lambda: len(test_letters(exim)) == 1, what="the letter in its box")

    def test_a_server_that_is_busy_is_asked_again(self):
        exim = self.exim()
        exim.busy(True)
        client = self.serve(exim.settings())
        self.send(client)
        until(lambda: self.letters(client)[0]["tries"] >= 1, what="a try")
        exim.busy(False)
        self.until_state(client, "sent", 60)  # by itself, half a minute after the first try
        until(lambda: len(test_letters(exim)) == 1, what="the letter in its box")

    def test_what_is_refused_is_given_up_and_shows(self):
        self.world.close()
        self.world = World()
        self.addCleanup(self.world.close)
        self.world.must("init", "--organisation", "Riverside", "--email", "refused@example.org", "--password-file",
                        self.world.write("password", "a long enough password\n"))
        exim = self.exim()
        config = self.world.write("cairn.toml", exim.settings())
        self.server = self.world.serve("--config", config)
        client = signed_in(self.server.port, "refused@example.org")
        self.send(client)
        given_up = self.until_state(client, "given_up")
        self.assertEqual(given_up[0]["reason"], "refused")
        self.assertIn("One letter could not be sent", client.get("/letters").text)
        self.assertIn("Some letters could not be sent", client.get("/today").text)
        self.assertIn("One was given up", client.get("/health/details").text)

    @unittest.skipUnless(FAKETIME, "needs faketime")
    def test_a_server_away_for_a_day_loses_nothing(self):
        exim = self.exim()
        exim.stop()
        offset = self.world.write("offset", "+0\n")
        client = self.serve(exim.settings(), {"LD_PRELOAD": str(FAKETIME), "FAKETIME_TIMESTAMP_FILE": str(offset),
                                              "FAKETIME_NO_CACHE": "1", "DONT_FAKE_MONOTONIC": "1"})
        self.send(client)
        self.send(client)
        until(lambda: all(one["tries"] >= 1 for one in self.letters(client)), what="a try")
        for hours in (1, 3, 6, 12, 24):
            tries = min(one["tries"] for one in self.letters(client))
            self.set_clock(offset, hours)
            client = signed_in(self.server.port)  # nobody is signed in for a day
            until(lambda: min(one["tries"] for one in self.letters(client)) > tries, what=f"a try after {hours} hours")
        self.assertEqual({one["state"] for one in self.letters(client)}, {"waiting"})
        exim.start()
        self.set_clock(offset, 27)
        client = signed_in(self.server.port)
        until(lambda: {one["state"] for one in self.letters(client)} == {"sent"}, what="both letters")
        until(lambda: len(test_letters(exim)) == 2, what="both letters in their box")
        self.assertEqual(len({letter["Message-ID"] for letter in test_letters(exim)}), 2)

    def test_a_kill_in_the_middle_sends_everything(self):
        exim = self.exim()
        client = self.serve(exim.settings())
        for _ in range(20):
            self.send(client)
        self.server.kill()
        client = self.serve(exim.settings())
        # What was under way is taken up again once its time is over; the rest at once.
        until(lambda: sum(one["state"] == "sent" for one in self.letters(client)) >= 18, 60, "the letters")
        for one in self.letters(client):
            if one["state"] == "waiting":
                client.post(f"/letters/{one['id']}/again", {})
        until(lambda: {one["state"] for one in self.letters(client)} == {"sent"}, 60, "all letters")
        until(lambda: len(test_letters(exim)) >= 20, what="the last letter")
        ids = [letter["Message-ID"] for letter in test_letters(exim)]
        self.assertEqual(len(set(ids)), 20)
        self.assertLessEqual(len(ids), 22)  # two threads: at most two stood between the server's yes and our record

    def test_silence_and_noise_cost_nothing_and_pages_do_not_wait(self):
        for says in (b"", b"\x00\xff\x13 hello?\r\n" * 50):
            silent = Silent(says)
            self.addCleanup(silent.close)
            client = self.serve(f'[mail]\nserver = "smtp://127.0.0.1:{silent.port}"\nfrom = "letters@example.org"\n')
            for _ in range(5):
                self.send(client)
            until(lambda: silent.met >= 2, what="two connections")
            slowest = 0
            for _ in range(50):
                began = time.monotonic()
                self.assertEqual(client.get("/today").status, 200)
                slowest = max(slowest, time.monotonic() - began)
            self.assertLess(slowest, 1)
            self.assertEqual({one["state"] for one in self.letters(client)}, {"waiting"})
            # Nor does the end of the program wait for it.
            code, seconds = self.server.stop()
            self.assertEqual(code, 0)
            self.assertLess(seconds, 10)


if __name__ == "__main__":
    unittest.main()
