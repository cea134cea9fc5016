# SPDX-License-Identifier: Apache-2.0
"""PostgreSQL goes away while the server runs and comes back; a store moves from SQLite to PostgreSQL by backup and restore."""
import shutil
import threading
import time
import unittest
import uuid

from postgres import Postgres
from world import DONE, REFUSED, WORLD, Client, World, make_report, signed_in, step


class Gone(unittest.TestCase):
    def setUp(self):
        self.postgres = Postgres()
        self.addCleanup(self.postgres.close)
        self.world = World(database=self.postgres.address)
        self.addCleanup(self.world.close)

    def until(self, what, seconds=20):
        deadline = time.monotonic() + seconds
        while not what():
            self.assertLess(time.monotonic(), deadline, "waited too long")
            time.sleep(0.05)

    def test_pages_say_so_in_plain_words_and_work_again_without_a_restart(self):
        self.world.init().with_study()
        server = self.world.serve()
        lead = signed_in(server.port)
        report = make_report(lead)
        anybody = Client(server.port)
        self.addCleanup(anybody.close)
        self.assertEqual(lead.post("/help/contacts", {"contacts": "Duty desk, 01234 567890"}).status, 201)
        for time_of_it in ("the first time", "again"):
            with self.subTest(time_of_it):
                self.postgres.stop_at_once()
                for path in ("/studies", report, "/today"):
                    reply = lead.get(path)
                    self.assertEqual(reply.status, 503, path)
                    self.assertIn("retry-after", reply.headers)
                    self.assertIn("does not answer", reply.text)
                    self.assertNotIn("libpq", reply.text)
                self.assertEqual(lead.post(report + "/steps", step("While it is gone")).status, 503)
                for who in (lead, anybody):
                    reply = who.get("/help")
                    self.assertEqual(reply.status, 200)
                    self.assertIn("Duty desk, 01234 567890", reply.text)
                    self.assertIn("116 123", reply.text)
                self.assertIsNone(server.process.poll(), "the server ended")
                done = self.world.run("inventory", "compare", "--study", "Spring")
                self.assertEqual((done.returncode, done.stdout), (WORLD, ""))
                self.assertIn("does not answer", done.stderr)
                self.postgres.start()
                self.until(lambda: lead.get(report).status == 200)
                self.assertEqual(lead.post(report + "/steps", step("Back")).status, 201)
        self.assertEqual([one["words"] for one in lead.data(report)["steps"]], ["Back", "Back"])
        lead.close()
        self.assertEqual(server.stop()[0], DONE)
        self.assertEqual(self.world.faults(), [])

    def test_no_answered_write_is_lost_when_it_goes_under_load(self):
        self.world.init().with_study()
        server = self.world.serve()
        lead = signed_in(server.port)
        report = make_report(lead)
        answered, unsure, odd, over = [], [], [], threading.Event()

        def write():
            client = lead.like()
            while not over.is_set():
                once = str(uuid.uuid4())
                status = client.post(report + "/steps", step("Step " + once, once)).status
                {201: answered, 503: unsure}.get(status, odd).append(once)
                if status == 503:
                    time.sleep(0.02)
            client.close()

        writers = [threading.Thread(target=write) for _ in range(12)]
        for writer in writers:
            writer.start()
        for _ in range(3):
            time.sleep(0.7)
            self.postgres.stop_at_once()
            time.sleep(0.3)
            self.postgres.start()
        before = len(answered)
        self.until(lambda: len(answered) > before + 20)
        over.set()
        for writer in writers:
            writer.join()
        self.assertEqual(odd, [])
        kept = [one["id"] for one in lead.data(report)["steps"]]
        self.assertEqual(len(kept), len(set(kept)))
        self.assertEqual(set(answered) - set(kept), set(), "an answered write is lost")
        self.assertLessEqual(set(kept), set(answered) | set(unsure))
        for once in unsure:
            self.assertEqual(lead.post(report + "/steps", step("Step " + once, once)).status, 201)
        kept = [one["id"] for one in lead.data(report)["steps"]]
        self.assertEqual(sorted(kept), sorted([*answered, *unsure]), "sending again lost or doubled a write")
        lead.close()
        self.assertEqual(server.stop()[0], DONE)
        self.assertEqual(self.world.faults(), [])

    def test_a_store_moves_here_from_sqlite(self):
        before = World().init().with_study()
        self.addCleanup(before.close)
        server = before.serve()
        lead = signed_in(server.port)
        report = make_report(lead)
        self.assertEqual(lead.post(report + "/steps", step("Meet the team")).status, 201)
        seen = lead.data(report)
        lead.close()
        self.assertEqual(server.stop()[0], DONE)
        before.must("backup", before.folder / "monday.cairn")
        (self.world.data / "keys").mkdir(parents=True)
        shutil.copy(before.data / "keys" / "master.key", self.world.data / "keys" / "master.key")
        self.world.must("restore", before.folder / "monday.cairn")
        self.assertEqual(self.world.faults(), [])
        compare = ["inventory", "compare", "--study", "Spring", "--format", "csv"]
        self.assertEqual(self.world.must(*compare).stdout, before.must(*compare).stdout)
        server = self.world.serve()
        lead = signed_in(server.port)
        self.assertEqual(lead.data(report), seen)
        self.assertEqual(lead.post(report + "/steps", step("And on")).status, 201)
        lead.close()
        self.assertEqual(server.stop()[0], DONE)
        self.assertEqual(self.world.faults(), [])
        self.assertEqual(self.world.run("restore", before.folder / "monday.cairn").returncode, REFUSED)

    def test_one_that_never_was_there(self):
        self.postgres.stop_at_once()
        for words in (["init"], ["verify"], ["serve", "--port", "0"]):
            done = self.world.run(*words, seconds=60)
            self.assertEqual((done.returncode, done.stdout), (WORLD, ""), words)
            self.assertIn("does not answer", done.stderr)


if __name__ == "__main__":
    unittest.main()
