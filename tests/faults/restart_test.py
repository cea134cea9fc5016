# SPDX-License-Identifier: Apache-2.0
"""The server is stopped with SIGTERM under load and begun again, 30 times; 1,000 with CAIRN_LONG=1; CAIRN_ROUNDS for any other
number. No reply is cut off, what was answered is kept, and it ends in time with exit code 0."""
import os
import threading
import time
import unittest
import uuid

import world
from world import DONE, World, make_report, signed_in, step

ROUNDS = int(os.environ.get("CAIRN_ROUNDS", "1000" if world.LONG else "30"))
CLIENTS = 16
DRAIN_SECONDS = 5.0


class Reader(threading.Thread):
    """Asks and writes in turn over connections of its own until the door is closed; tells of every reply that broke off."""

    def __init__(self, client, report):
        super().__init__(daemon=True)
        self.client, self.report = client, report
        self.answered, self.odd, self.replies = [], [], 0

    def run(self):
        while self.ask(lambda: self.client.get(self.report), (200, 503)) and self.ask(self.add, (201, 503)):
            pass
        self.client.close()

    def add(self):
        once = str(uuid.uuid4())
        reply = self.client.post(self.report + "/steps", step("Step " + once, once))
        if reply.status == 201:
            self.answered.append(once)
        return reply

    def ask(self, what, good):
        """False once nothing more can be asked: the server closed the connection between two replies, or takes no new one."""
        try:
            reply = what()
        except ConnectionError:
            return False
        except (OSError, ValueError) as broken:
            if "before a reply" not in str(broken):
                self.odd.append(str(broken))
            return False
        self.replies += 1
        if reply.status not in good:
            self.odd.append((reply.status, reply.text[:200]))
        if len(reply.body) != int(reply.headers.get("content-length", -1)):
            self.odd.append("a reply is cut off")
        return not self.odd


class Restarted(unittest.TestCase):
    def test_under_load_it_ends_in_order(self):
        here = World().init().with_study()
        self.addCleanup(here.close)
        lead, drains, replies, written = None, [], 0, 0
        for number in range(ROUNDS):
            with self.subTest(round=number):
                server = here.serve()
                lead = lead or signed_in(server.port)
                client = lead.like(server.port)
                report = make_report(client)
                client.close()
                readers = [Reader(lead.like(server.port), report) for _ in range(CLIENTS)]
                for reader in readers:
                    reader.start()
                time.sleep(0.05 + 0.01 * (number % 20))
                code, seconds = server.stop()
                for reader in readers:
                    reader.join(10)
                    self.assertEqual(reader.odd, [])
                self.assertEqual(code, DONE)
                drains.append(seconds)
                here.servers.remove(server)
                server.log.close()
                server = here.serve()
                client = lead.like(server.port)
                kept = {one["id"] for one in client.data(report)["steps"]}
                client.close()
                answered = {once for reader in readers for once in reader.answered}
                self.assertEqual(answered - kept, set(), "an answered write is lost")
                server.kill()
                here.servers.remove(server)
                replies += sum(reader.replies for reader in readers)
                written += len(answered)
        self.assertEqual(here.faults(), [])
        print(f"\n{ROUNDS} times: {replies} replies and none cut off, {written} writes answered and none lost; ended after "
              f"{sorted(drains)[len(drains) // 2] * 1000:.0f} ms (median), {max(drains) * 1000:.0f} ms (most).", flush=True)
        self.assertGreater(replies, ROUNDS * CLIENTS // 2, "hardly anything was asked: this run shows nothing")
        self.assertLessEqual(max(drains), DRAIN_SECONDS)


if __name__ == "__main__":
    unittest.main()
