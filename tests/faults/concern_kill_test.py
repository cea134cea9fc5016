# SPDX-License-Identifier: Apache-2.0
"""H1: the server is ended with kill -9 while people tell of worries. 20 times; 1,000 with CAIRN_LONG=1; CAIRN_ROUNDS for any other number.

Every worry that was answered is there once, with the letters and the work that tell of it; one that was not is there once or not at all,
and telling it again leaves it there once."""
import collections
import os
import random
import threading
import time
import unittest
import uuid

import world
from world import World, signed_in

ROUNDS = int(os.environ.get("CAIRN_ROUNDS", "1000" if world.LONG else "20"))
CLIENTS = 12


def worry(once):
    return {"words": "Worry " + once, "urgency": "now", "contact": "", "_once": once}


class Teller(threading.Thread):
    def __init__(self, client):
        super().__init__(daemon=True)
        self.client, self.answered, self.unanswered, self.odd = client, [], [], []

    def run(self):
        try:
            while True:
                once = str(uuid.uuid4())
                self.unanswered.append(once)
                reply = self.client.post("/concerns", worry(once))
                if reply.status != 201:
                    self.odd.append((reply.status, reply.text[:200]))
                    return
                self.answered.append(self.unanswered.pop())
        except (OSError, ValueError):
            return


class Worries(unittest.TestCase):
    def setUp(self):
        self.world = World().init().with_study()
        self.addCleanup(self.world.close)
        server = self.world.serve()
        self.lead = signed_in(server.port)
        self.addCleanup(self.lead.close)
        server.kill()
        self.world.servers.remove(server)
        self.told = collections.Counter()
        self.answered = 0

    def tell_until_killed(self):
        server = self.world.serve()
        tellers = [Teller(self.lead.like(server.port)) for _ in range(CLIENTS)]
        for teller in tellers:
            teller.start()
        time.sleep(random.uniform(0.02, 0.15))
        server.kill()
        for teller in tellers:
            teller.join()
            teller.client.close()
            self.assertEqual(teller.odd, [])
        self.world.servers.remove(server)
        return [one for t in tellers for one in t.answered], [one for t in tellers for one in t.unanswered]

    def kept(self, client):
        return collections.Counter(one["id"] for one in client.data("/concerns/mine")["concerns"])

    def test_none_is_lost_and_none_is_told_of_twice(self):
        for number in range(ROUNDS):
            with self.subTest(round=number):
                answered, unanswered = self.tell_until_killed()
                server = self.world.serve()
                client = self.lead.like(server.port)
                kept = self.kept(client)
                self.assertLessEqual(set(answered), set(kept), "an answered worry is lost")
                self.assertEqual(set(kept.values()) - {1}, set(), "a worry is there twice")
                for once in unanswered:
                    self.assertEqual(client.post("/concerns", worry(once)).status, 201)
                self.told.update([*answered, *unanswered])
                self.answered += len(answered)
                self.assertEqual(self.kept(client), self.told, "telling again lost or doubled a worry")
                client.close()
                server.kill()
                self.world.servers.remove(server)
        with self.world.sqlite() as store:
            letters = store.execute("select count(*) from letter where kind = 'concern.nobody'").fetchone()[0]
            jobs = store.execute("select count(*) from job where kind = 'concern.tell_again'").fetchone()[0]
        self.assertEqual((letters, jobs), (len(self.told), 3 * len(self.told)), "a worry without its letter, or told twice")
        self.assertEqual(self.world.faults(), [])
        print(f"H1: {ROUNDS} times killed, {self.answered} worries answered, 0 lost, 0 twice")


if __name__ == "__main__":
    unittest.main()
