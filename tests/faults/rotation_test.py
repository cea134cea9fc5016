# SPDX-License-Identifier: Apache-2.0
"""A new master key is made, and the command that moves everything to it is ended with kill -9, again and again: alone, and inside a
server that people use. 100 times; CAIRN_ROUNDS for any other number. After each time everything opens; at the end the old
keys can be taken away."""
import json
import os
import pathlib
import random
import time
import unittest

from world import DONE, World, make_report, signed_in, step

ROUNDS = int(os.environ.get("CAIRN_ROUNDS", "100"))
PEOPLE = 1500  # so many sealed answers that a rotation takes a while


class Rotation(unittest.TestCase):
    def setUp(self):
        self.world = World().init().with_study(PEOPLE)
        self.addCleanup(self.world.close)
        self.key_file = self.world.data / "keys" / "master.key"
        server = self.world.serve()
        self.lead = signed_in(server.port)
        self.report = make_report(self.lead)
        self.words = [f"Step {number} of many" for number in range(20)]
        for words in self.words:
            self.assertEqual(self.lead.post(self.report + "/steps", step(words)).status, 201)
        self.lead.close()
        self.stop(server)

    def stop(self, server):
        server.kill()
        self.world.servers.remove(server)

    def former_keys(self):
        return self.key_file.read_text().count("\nformer ")

    def rotate_until_killed(self, seconds):
        rotation = self.world.start("keys", "rotate")
        time.sleep(seconds)
        rotation.kill()
        rotation.communicate()

    def rotate_in_a_server_until_killed(self, seconds):
        server = self.world.serve()
        rotation = self.world.start("keys", "rotate")
        client = self.lead.like(server.port)
        begun = time.monotonic()
        while time.monotonic() - begun < seconds:
            self.assertEqual(client.get(self.report).status, 200)
        self.stop(server)
        rotation.kill()
        rotation.communicate()
        client.close()

    def test_nothing_is_unreadable_after_any_kill(self):
        broken_off = 0
        whole = self.seconds_of_a_rotation()
        for number in range(ROUNDS):
            with self.subTest(round=number):
                act = self.rotate_in_a_server_until_killed if number % 4 == 3 else self.rotate_until_killed
                act(random.uniform(0.005, 1.1 * whole))
                if self.former_keys():
                    broken_off += self.world.run("keys", "retire").returncode != DONE
                self.assertEqual(self.world.faults(), [])
        print(f"\n{ROUNDS} times: {broken_off} ended in the middle, nothing was unreadable.", flush=True)
        self.assertGreater(broken_off, ROUNDS // 10, "hardly a rotation was ended in the middle: this run shows nothing")
        self.world.must("keys", "rotate")
        self.world.must("keys", "retire")
        self.assertEqual(self.former_keys(), 0)
        self.assertEqual(self.world.faults(), [])
        client = self.lead.like(self.world.serve().port)
        self.addCleanup(client.close)
        kept = {one["words"] for one in client.data(self.report)["steps"]}
        self.assertEqual(kept, set(self.words))

    def seconds_of_a_rotation(self):
        begun = time.monotonic()
        done = json.loads(self.world.must("keys", "rotate", "--json").stdout)
        self.assertGreaterEqual(done["values"], PEOPLE)
        self.world.must("keys", "retire")
        self.assertEqual(len(list(pathlib.Path(self.key_file.parent).glob("retired-*.key"))), 1)
        return time.monotonic() - begun


if __name__ == "__main__":
    unittest.main()
