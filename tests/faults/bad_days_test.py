# SPDX-License-Identifier: Apache-2.0
"""Days on which the world fails: a full disk, a flipped bit, a lost key, a bad backup, a schema of another version."""
import os
import re
import shutil
import subprocess
import time
import unittest

import world
from world import DONE, REFUSED, WORLD, World, make_report, responses, signed_in, step

MEBIBYTE = 1024 * 1024


def with_a_report():
    """A store with people, a study, a report and a next step in it, and no server."""
    here = World().init().with_study()
    server = here.serve()
    lead = signed_in(server.port)
    report = make_report(lead)
    assert lead.post(report + "/steps", step("Meet the team")).status == 201
    assert lead.post(report + "/feedback", {"useful": "yes", "words": "It gave us a plan"}).status == 201
    lead.close()
    code, _ = server.stop()
    assert code == DONE
    return here


def flip(value, at=None):
    """The same bytes with one bit the other way."""
    changed = bytearray(value)
    changed[len(value) // 2 if at is None else at] ^= 1
    return bytes(changed)


class Kept(unittest.TestCase):
    """Each test works on a copy of one store, so that it may be spoilt."""

    @classmethod
    def setUpClass(cls):
        cls.whole = with_a_report()
        cls.addClassCleanup(cls.whole.close)

    def setUp(self):
        self.world = World()
        self.addCleanup(self.world.close)
        shutil.copytree(self.whole.data, self.world.data, ignore=shutil.ignore_patterns("socket"))
        self.assertEqual(self.world.faults(), [])

    def spoil(self, sql, values=()):
        with self.world.sqlite() as database:
            done = database.execute(sql, values).rowcount
        database.close()
        return done


class Rot(Kept):
    SEALED = [("account", "email"), ("account", "display_name"), ("response", "answers"), ("next_step", "words"),
              ("next_step", "owner_name"), ("report_feedback", "words"), ("shown_state", "decided")]

    def test_a_flipped_bit_in_any_sealed_value_is_named(self):
        for table, column in self.SEALED:
            with self.subTest(f"{table}.{column}"):
                database = self.world.sqlite()
                found = database.execute(f"select rowid, id, {column} from {table} limit 1").fetchone()
                database.close()
                self.assertIsNotNone(found, "there is none to spoil")
                rowid, name, value = found
                for at in (0, len(value) // 2, len(value) - 1):
                    self.spoil(f"update {table} set {column} = ? where rowid = ?", (flip(value, at), rowid))
                    faults = self.world.faults()
                    self.assertEqual(len(faults), 1, faults)
                    self.assertIn(table, faults[0])
                    self.assertIn(name, faults[0])
                self.spoil(f"update {table} set {column} = ? where rowid = ?", (value, rowid))
                self.assertEqual(self.world.faults(), [])

    def test_a_sealed_value_in_another_place_is_named(self):
        self.spoil("update response set answers = (select answers from response as other where other.id <> response.id limit 1)"
                   " where id = (select min(id) from response)")
        self.assertEqual(len(self.world.faults()), 1)

    def test_every_column_of_a_journal_row_is_watched(self):
        changes = {"at": "'2020-01-01T00:00:00.000Z'", "actor": "'anyone'", "act": "'nothing.at_all'", "record_type": "'x'",
                   "record_id": "'x'", "count": "count + 1", "hash": "zeroblob(32)", "previous_hash": "zeroblob(32)",
                   "position": "position + 1000"}
        for column, other in changes.items():
            with self.subTest(column):
                database = self.world.sqlite()
                kept, before = database.execute(f"select id, {column} from journal where position = 3").fetchone()
                database.close()
                self.assertEqual(self.spoil(f"update journal set {column} = {other} where id = ?", (kept,)), 1)
                faults = self.world.faults()
                self.assertTrue(faults)
                if column != "position":
                    self.assertRegex(" ".join(faults), r"\b[34]\b", "the place in the journal is not named")
                self.spoil(f"update journal set {column} = ? where id = ?", (before, kept))
                self.assertEqual(self.world.faults(), [])

    def test_a_row_taken_out_of_the_journal_is_missed(self):
        self.spoil("delete from journal where position = 2")
        self.assertTrue(self.world.faults())

    def test_a_tail_cut_off_the_journal_is_missed(self):
        self.spoil("delete from journal where position > (select max(position) from journal) - 2")
        self.assertTrue(self.world.faults())

    def test_a_tail_cut_off_with_its_head_set_back_is_missed(self):
        self.spoil("delete from journal where position = (select max(position) from journal)")
        self.spoil("update journal_head set position = (select max(position) from journal), "
                   "hash = (select hash from journal order by position desc limit 1)")
        # The head is sealed with a key the file does not hold, so that the store does not even open.
        done = self.world.run("verify")
        self.assertEqual((done.returncode, done.stdout), (WORLD, ""))
        self.assertIn("the journal's head", done.stderr)

    def test_verify_says_so_in_words_and_ends_with_1(self):
        self.spoil("update journal set act = 'x' where position = 2")
        done = self.world.run("verify")
        self.assertEqual((done.returncode, done.stdout), (REFUSED, ""))
        self.assertIn("not as it was written", done.stderr)

    def test_a_spoilt_answer_is_never_shown_as_another(self):
        database = self.world.sqlite()
        rowid, value = database.execute("select rowid, answers from response limit 1").fetchone()
        database.close()
        self.spoil("update response set answers = ? where rowid = ?", (flip(value), rowid))
        done = self.world.run("inventory", "compare", "--study", "Spring", "--format", "csv")
        self.assertEqual((done.returncode, done.stdout), (WORLD, ""))
        self.assertTrue(done.stderr)

    def test_a_page_of_the_file_lost_or_in_another_place_is_named(self):
        path = self.world.data / "cairn.sqlite"
        database = self.world.sqlite()
        database.execute("pragma wal_checkpoint(truncate)")
        database.close()
        whole = path.read_bytes()
        size = int.from_bytes(whole[16:18], "big")
        pages = len(whole) // size
        for page in range(1, pages, max(1, pages // 12)):
            with self.subTest(page=page):
                path.write_bytes(whole[:page * size] + bytes(size) + whole[(page + 1) * size:])
                done = self.world.run("verify")
                if done.returncode == DONE:
                    # A page nothing stands on: what is told must be what was told before.
                    self.assertNotIn(whole[page * size:(page + 1) * size].strip(b"\0")[:1], [b"\x02", b"\x05", b"\x0a", b"\x0d"])
                else:
                    self.assertIn(done.returncode, (REFUSED, WORLD), done.stderr)
                    self.assertTrue(done.stderr)


class Keys(Kept):
    def key(self):
        return self.world.data / "keys" / "master.key"

    def refused(self, *words):
        done = self.world.run("inventory", "compare", "--study", "Spring")
        self.assertIn(done.returncode, (REFUSED, WORLD))
        self.assertEqual(done.stdout, "")
        for word in words:
            self.assertIn(word, done.stderr)
        self.assertNotIn("terminate", done.stderr)
        return done

    def test_missing(self):
        self.key().unlink()
        self.refused("key")
        self.assertFalse(self.key().exists(), "a new key was made over the old data")

    def test_of_another_programme(self):
        other = World().init(people=False)
        self.addCleanup(other.close)
        shutil.copy(other.data / "keys" / "master.key", self.key())
        self.refused()

    def test_open_to_others(self):
        self.key().chmod(0o644)
        self.refused("owner alone")

    def test_cut_off(self):
        self.key().write_bytes(self.key().read_bytes()[:-4])
        self.refused()

    def test_the_server_refuses_as_the_commands_do(self):
        self.key().unlink()
        done = self.world.run("serve", "--port", "0", seconds=30)
        self.assertIn(done.returncode, (REFUSED, WORLD))
        self.assertIn("key", done.stderr)


class Backups(Kept):
    def setUp(self):
        super().setUp()
        self.file = self.world.folder / "monday.cairn"
        self.world.must("backup", self.file)
        self.again = World()
        self.addCleanup(self.again.close)

    def restore(self, key="its own"):
        (self.again.data / "keys").mkdir(parents=True, exist_ok=True)
        if key == "its own":
            shutil.copy(self.world.data / "keys" / "master.key", self.again.data / "keys" / "master.key")
        return self.again.run("restore", self.file)

    def told(self, here):
        """All that can be seen of a store: the comparison, and the report with its steps."""
        compared = here.must("inventory", "compare", "--study", "Spring", "--format", "csv").stdout
        server = here.serve()
        lead = signed_in(server.port)
        report = lead.data("/reports")["reports"][0]["id"]
        seen = lead.data(f"/reports/{report}")
        lead.close()
        self.assertEqual(server.stop()[0], DONE)
        return compared, seen

    def test_everything_is_there_again(self):
        done = self.restore()
        self.assertEqual(done.returncode, DONE, done.stderr)
        self.assertEqual(self.again.faults(), [])
        before = self.told(self.world)
        self.assertEqual([one["words"] for one in before[1]["steps"]], ["Meet the team"])
        self.assertEqual(self.told(self.again), before)

    def test_without_its_key_or_with_another_it_is_refused(self):
        self.assertEqual(self.restore(key="none").returncode, WORLD)
        other = World().init(people=False)
        self.addCleanup(other.close)
        shutil.copy(other.data / "keys" / "master.key", self.again.data / "keys" / "master.key")
        done = self.restore(key="another")
        self.assertEqual(done.returncode, WORLD)
        self.assertIn("another key", done.stderr)

    def test_cut_off_flipped_or_none_it_is_refused_and_leaves_nothing(self):
        whole = self.file.read_bytes()
        spoilt = {f"cut to {part}": whole[:len(whole) * part // 8] for part in range(8)}
        spoilt["cut by a byte"] = whole[:-1]
        spoilt["longer"] = whole + b"x"
        spoilt.update({f"flipped at {at}": flip(whole, at) for at in range(0, len(whole), max(1, len(whole) // 16))})
        for what, content in spoilt.items():
            with self.subTest(what):
                self.file.write_bytes(content)
                done = self.restore()
                self.assertEqual(done.returncode, WORLD, done.stderr)
                self.assertNotIn("terminate", done.stderr)
                self.assertIn(self.again.run("inventory", "compare", "--study", "Spring").returncode, (REFUSED, WORLD))
        self.file.write_bytes(whole)
        self.assertEqual(self.restore().returncode, DONE, "what was refused must not be in the way")
        self.assertEqual(self.again.faults(), [])

    def test_it_goes_into_an_empty_folder_alone(self):
        done = self.world.run("restore", self.file)
        self.assertEqual(done.returncode, REFUSED)
        self.assertEqual(self.world.faults(), [])

    def test_it_holds_no_name_in_plain_words(self):
        stored = self.file.read_bytes()
        for words in (b"Meet the team", b"lead@example.org", b"It gave us a plan", b"Spring"):
            self.assertNotIn(words, stored)

    def test_it_is_made_while_a_server_writes(self):
        server = self.world.serve()
        lead = signed_in(server.port)
        report = "/reports/" + lead.data("/reports")["reports"][0]["id"]
        self.file.unlink()
        backing = self.world.start("backup", self.file)
        count = 0
        while backing.poll() is None:
            self.assertEqual(lead.post(report + "/steps", step(f"Step {count}")).status, 201)
            count += 1
        self.assertEqual(backing.wait(), DONE, backing.communicate())
        lead.close()
        self.assertEqual(server.stop()[0], DONE)
        self.assertEqual(self.restore().returncode, DONE)
        self.assertEqual(self.again.faults(), [])


class Schemas(Kept):
    def test_a_newer_one_is_refused(self):
        self.spoil("insert into schema_version (number, name, hash, at) values (9999, '9999_later.sql', ?, '2030-01-01T00:00:00.000Z')",
                   ("0" * 64,))
        for words in (["verify"], ["migrate"], ["inventory", "compare", "--study", "Spring"], ["serve", "--port", "0"]):
            with self.subTest(words):
                done = self.world.run(*words, seconds=30)
                self.assertEqual((done.returncode, done.stdout), (REFUSED, ""))
                self.assertIn("newer version", done.stderr)

    def test_a_migration_killed_at_any_moment_leaves_the_old_schema_or_the_new(self):
        last = sorted((world.TOP / "migrations").glob("[0-9]*.sql"))[-1]
        tables = re.findall(r"create table (\w+)", last.read_text())
        for table in reversed(tables):
            self.spoil(f"drop table {table}")
        for table, column in re.findall(r"alter table (\w+) add column (\w+)", last.read_text()):
            self.spoil(f"alter table {table} drop column {column}")
        self.spoil("delete from schema_version where number = ?", (int(last.name[:4]),))
        done = self.world.run("verify")
        self.assertEqual(done.returncode, REFUSED)
        self.assertIn("cairn migrate", done.stderr)
        old = self.world.folder / "old"
        shutil.copytree(self.world.data, old)
        ended = set()
        for moment in range(0, 60, 3):
            shutil.rmtree(self.world.data)
            shutil.copytree(old, self.world.data)
            process = self.world.start("migrate")
            time.sleep(moment / 1000)
            process.kill()
            process.communicate()
            done = self.world.run("verify")
            if done.returncode == REFUSED and "cairn migrate" in done.stderr:
                ended.add("old")
                done = self.world.run("migrate")
                self.assertEqual(done.returncode, DONE, done.stderr)
                self.assertIn("Backup made first", done.stdout)
            else:
                ended.add("new")
            self.assertEqual(self.world.faults(), [])
        self.assertIn("old", ended)


@unittest.skipUnless(os.geteuid() == 0, "a small disk can be made by root alone")
class FullDisk(unittest.TestCase):
    """A disk of its own in memory, filled by a file beside the data."""

    def setUp(self):
        self.world = World()
        self.addCleanup(self.world.close)
        self.disk = self.world.folder / "disk"
        self.disk.mkdir()
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", self.disk], capture_output=True, text=True, check=False)
        if done.returncode != 0:
            self.skipTest("no disk may be mounted here: " + done.stderr.strip())
        self.addCleanup(subprocess.run, ["umount", "--lazy", self.disk], check=False)
        self.world.data = self.disk / "data"
        self.world.init().with_study()

    def fill(self):
        """Leaves not a byte."""
        with (self.disk / "ballast").open("ab", buffering=0) as ballast:
            for size in (MEBIBYTE, 4096, 512):
                try:
                    while ballast.write(b"x" * size) == size:
                        pass
                except OSError:
                    pass

    def make_room(self):
        (self.disk / "ballast").unlink()

    def test_an_import_fails_in_words_and_whole(self):
        self.world.write("more.csv", responses(60000, first=100))
        done = self.world.import_file("more.csv", "Full", "--create")
        # The disk is large enough or is not: fill what is left and bring in more.
        if done.returncode == DONE:
            self.fill()
            self.world.write("more.csv", responses(60000, first=100100))
            done = self.world.import_file("more.csv", "Full")
        self.assertEqual(done.returncode, WORLD, done.stdout + done.stderr)
        self.assertRegex(done.stderr, "(?i)disk|room|space")
        self.assertNotIn("terminate", done.stderr)
        if (self.disk / "ballast").exists():
            self.make_room()
        self.assertEqual(self.world.run("inventory", "compare", "--study", "Spring").returncode, DONE)
        self.assertEqual(self.world.faults(), [])

    def test_the_server_refuses_to_write_goes_on_to_read_and_writes_again_when_there_is_room(self):
        server = self.world.serve()
        lead = signed_in(server.port)
        report = make_report(lead)
        self.fill()
        said, kept = [], 0
        for number in range(400):
            reply = lead.post(report + "/steps", step(f"While full {number}"), accept="text/html")
            if reply.status == 303:
                kept += 1
            else:
                said.append(reply)
                if len(said) > 20:
                    break
        self.assertTrue(said, "the disk never filled")
        for reply in said:
            self.assertIn(reply.status, (503, 507))
            self.assertIn("retry-after", reply.headers)
            self.assertRegex(reply.text, "<h1")
            self.assertNotIn("sqlite", reply.text.lower())
            self.assertEqual(lead.get(report).status, 200, "reading stopped")
        self.assertTrue(server.healthy())
        self.make_room()
        deadline = time.monotonic() + 5
        while (reply := lead.post(report + "/steps", step("Room again"))).status != 201:
            self.assertLess(time.monotonic(), deadline, f"still {reply.status} after the space returned")
            time.sleep(0.05)
        steps = [one["words"] for one in lead.data(report)["steps"]]
        self.assertEqual(len(steps), kept + 1)
        lead.close()
        self.assertEqual(server.stop()[0], DONE)
        self.assertEqual(self.world.faults(), [])

    def test_a_backup_fails_in_words_and_leaves_no_half(self):
        self.fill()
        done = self.world.run("backup", self.disk / "half.cairn")
        self.assertEqual(done.returncode, WORLD)
        self.assertRegex(done.stderr, "(?i)disk|room|space")
        self.assertEqual([path.name for path in self.disk.glob("*half*")], [])

    def test_a_report_fails_in_words(self):
        self.fill()
        for ending in ("html", "xlsx"):
            done = self.world.run("inventory", "report", "--study", "Spring", "--everyone", "--purpose", "set_up", "--out",
                                  self.disk / f"report.{ending}")
            self.assertEqual(done.returncode, WORLD, done.stdout + done.stderr)
            self.assertTrue(done.stderr)


if __name__ == "__main__":
    unittest.main()
