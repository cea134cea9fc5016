# SPDX-License-Identifier: Apache-2.0
"""Files of answers that are not what they should be, and the same answers brought in again: what the command says and how it ends,
and that nothing half is kept."""
import csv
import html
import io
import json
import os
import pty
import re
import threading
import unittest
import zipfile

import world
from world import DONE, HEADER, ITEMS, REFUSED, WORLD, World, memory, responses, row

GOOD = responses(12)
FIRST = GOOD.split("\n")[1]
MEBIBYTE = 1024 * 1024


def with_cell(column, value):
    """The good file with another value in one cell of its second row."""
    cells = FIRST.split(",")
    cells[HEADER.split(",").index(column)] = value
    return GOOD.replace(FIRST, ",".join(cells), 1)


# What is wrong with the file: its bytes, and of each line of the answer the row, the column, and some words of what to do.
BAD = {
    "semicolons": (GOOD.replace(";", "|").replace(",", ";"), [("1", "", "semicolons")]),
    "tabs": (GOOD.replace(",", "\t"), [("1", "", "tabs")]),
    "UTF-16 with its mark": (GOOD.encode("utf-16"), [("1", "", "CSV UTF-8")]),
    "UTF-16 the other way round": (b"\xfe\xff" + GOOD.encode("utf-16-be"), [("1", "", "CSV UTF-8")]),
    "Latin-1": (GOOD.replace("Harbour", "H\u00f6he").encode("latin-1"), [("2", "", "CSV UTF-8")]),
    "binary noise": (bytes(range(255, -1, -1)) * 40, [("1", "", "CSV UTF-8")]),
    "a byte of nothing": (GOOD.replace("Harbour", "Har\0bour", 1), [("2", "", "CSV UTF-8")]),
    "no byte at all": ("", [("1", "", "empty")]),
    "a first row alone": (HEADER + "\n", [("1", "", "no rows")]),
    "no column respondent": (GOOD.replace("respondent,", "group.code,", 1), [("1", "", "respondent")]),
    "no column of answers": ("respondent,site\nr1,Harbour\n", [("1", "", "no column of answers")]),
    "a column twice": (GOOD.replace("1.1.b", "1.1.a", 1), [("1", "1.1.a", "twice")]),
    "a column twice but for its case": (GOOD.replace("1.1.b", "1.1.A", 1), [("1", "1.1.A", "twice")]),
    "an unknown statement": (GOOD.replace("1.1.a", "9.9.a", 1), [("1", "9.9.a", "no such column")]),
    "an unknown answer": (with_cell("1.1.a", "maybe"), [("2", "1.1.a", "yes, partly, no")]),
    "an unknown importance": (with_cell("2.1.b", "5"), [("2", "2.1.b", "4, 3, 2, 1")]),
    "an unknown role": (with_cell("stakeholder", "boss"), [("2", "stakeholder", "peer_worker")]),
    "four choices": (with_cell("top3", ";".join(ITEMS[:4])), [("2", "top3", "no more than 3")]),
    "a choice twice": (with_cell("top3", "1.1;1.1"), [("2", "top3", "twice")]),
    "an unknown choice": (with_cell("top3", "1.1;9.9"), [("2", "top3", "9.9")]),
    "a person twice": (GOOD + FIRST + "\n", [("14", "respondent", "row 2")]),
    "a person without a code": (with_cell("respondent", ""), [("2", "respondent", "code")]),
    "cut off inside a row": (GOOD[:-60], [("13", "", "cut off")]),
    "cut off inside quotation marks": (GOOD + 'r99,"Harb', [("14", "", "cut off")]),
}


class Kept(unittest.TestCase):
    """A store that is made once for all tests of a class; each works on a study of its own."""

    @classmethod
    def setUpClass(cls):
        cls.world = World().init(people=False)
        cls.addClassCleanup(cls.world.close)

    def bring(self, content, *words, study=None, name="file.csv"):
        self.world.write(name, content)
        return self.world.import_file(name, study or self.id(), *words)

    def people(self, study=None):
        """How many are in the study, as a comparison of everyone tells it; 0 where there is no such study."""
        done = self.world.run("inventory", "compare", "--study", study or self.id(), "--by", "all", "--format", "csv")
        if done.returncode == REFUSED:
            return 0
        return int(next(csv.DictReader(io.StringIO(done.stdout)))["people"])


class BadFiles(Kept):
    def test_each_is_refused_with_what_to_do(self):
        for what, (content, expected) in BAD.items():
            with self.subTest(what):
                done = self.bring(content, "--create")
                self.assertEqual((done.returncode, done.stdout), (REFUSED, ""), done.stderr)
                told = list(csv.DictReader(io.StringIO(done.stderr)))
                self.assertTrue(done.stderr.startswith("row,column,value,what_to_do\n"), done.stderr)
                self.assertEqual([(one["row"], one["column"]) for one in told], [one[:2] for one in expected], done.stderr)
                for one, (_, _, words) in zip(told, expected):
                    self.assertIn(words, one["what_to_do"])
        self.assertEqual(self.people(), 0, "something of a refused file is kept")

    def test_every_bad_cell_is_named_at_once(self):
        rows = [re.sub("voluntary", "trust", row(n)).replace(",yes,", ",maybe,", 1) for n in range(1, 501)]
        done = self.bring("\n".join([HEADER, *rows]) + "\n", "--create")
        self.assertEqual(done.returncode, REFUSED)
        told = list(csv.DictReader(io.StringIO(done.stderr)))
        self.assertEqual(sum(one["value"] == "trust" for one in told), 500)
        self.assertEqual(sum(one["value"] == "maybe" for one in told), sum(",maybe," in one for one in rows))
        self.assertEqual({int(one["row"]) for one in told}, set(range(2, 502)))

    def test_a_file_that_is_not_there(self):
        done = self.world.import_file("nowhere.csv", self.id(), "--create")
        self.assertIn(done.returncode, (REFUSED, WORLD))
        self.assertIn("nowhere.csv", done.stderr)
        self.assertEqual(self.people(), 0)

    def test_what_may_differ_is_taken(self):
        columns = HEADER.split(",")
        turned = "\r\n".join(",".join(reversed(line.split(","))) for line in GOOD.strip().split("\n")) + "\r\n"
        loud = GOOD.replace("yes", " YES ").replace("peer_worker", "Peer worker")
        fewer = "\n".join(",".join(line.split(",")[:1] + line.split(",")[6:8]) for line in GOOD.strip().split("\n")) + "\n"
        self.assertEqual(columns[6:8], ["1.1.a", "1.1.b"])
        for what, content in {"turned round, CRLF": turned, "with a mark": b"\xef\xbb\xbf" + GOOD.encode(), "case and spaces": loud,
                              "no groups": fewer, "no last line end": GOOD.rstrip("\n")}.items():
            with self.subTest(what):
                done = self.bring(content, "--create", study=what)
                self.assertEqual(done.returncode, DONE, done.stderr)
                self.assertEqual(self.people(what), 12)

    def test_an_unknown_study_is_made_only_when_asked(self):
        done = self.bring(GOOD)
        self.assertEqual(done.returncode, REFUSED)
        self.assertIn("--create", done.stderr)
        self.assertEqual(self.people(), 0)


class Again(Kept):
    def answers(self):
        return self.world.must("inventory", "compare", "--study", self.id(), "--format", "csv").stdout

    def test_the_same_rows_change_nothing(self):
        self.assertEqual(self.bring(GOOD, "--create").returncode, DONE)
        before = self.answers()
        for words in ([], ["--create"], ["--round", "1"]):
            done = self.bring(GOOD, *words, "--json")
            self.assertEqual((done.returncode, done.stderr), (DONE, ""))
            told = json.loads(done.stdout)
            self.assertEqual((told["added"], told["known"]), (0, 12))
        self.assertEqual(self.answers(), before)

    def test_a_known_person_with_other_answers_is_refused_and_so_is_the_whole_file(self):
        self.assertEqual(self.bring(GOOD, "--create").returncode, DONE)
        before = self.answers()
        changed = with_cell("1.1.a", "no" if FIRST.split(",")[6] == "yes" else "yes") + row(13) + "\n"
        done = self.bring(changed)
        self.assertEqual(done.returncode, REFUSED)
        self.assertEqual([one["row"] for one in csv.DictReader(io.StringIO(done.stderr))], ["2"])
        self.assertEqual((self.people(), self.answers()), (12, before))

    def test_new_people_are_added_and_another_round_is_another(self):
        self.assertEqual(self.bring(GOOD, "--create").returncode, DONE)
        told = json.loads(self.bring(responses(20), "--json").stdout)
        self.assertEqual((told["added"], told["known"]), (8, 12))
        self.assertEqual(self.people(), 20)
        self.assertEqual(json.loads(self.bring(GOOD, "--round", "2", "--json").stdout)["added"], 12)
        self.assertEqual(self.people(), 12, "the latest round is the one compared")

    def test_a_dry_run_writes_nothing(self):
        done = self.bring(GOOD, "--create", "--dry-run", "--json")
        self.assertEqual(done.returncode, DONE)
        self.assertEqual(json.loads(done.stdout)["added"], 12)
        self.assertEqual(self.people(), 0)
        self.assertEqual(self.bring(GOOD).returncode, REFUSED, "the dry run made the study")


class Formulas(Kept):
    """Cells a spreadsheet would take for a formula, on their way out."""
    SITES = ["=1+1", "+cmd", "-2+3", "@SUM(A1)", '=HYPERLINK("http://x";"y")']

    def setUp(self):
        quoted = ['"' + site.replace('"', '""') + '"' for site in self.SITES]
        rows = [row(n, quoted[n % len(quoted)]) for n in range(1, 61)]
        done = self.bring("\n".join([HEADER, *rows]) + "\n", "--create")
        self.assertEqual(done.returncode, DONE, done.stderr)

    def test_are_made_harmless_in_csv(self):
        done = self.world.must("inventory", "compare", "--study", self.id(), "--by", "site", "--format", "csv")
        groups = {one["group"] for one in csv.DictReader(io.StringIO(done.stdout))}
        self.assertEqual(groups, {"'" + site for site in self.SITES})

    def test_are_words_and_no_formulas_in_a_spreadsheet(self):
        for site in self.SITES:
            with self.subTest(site):
                self.world.must("inventory", "report", "--study", self.id(), "--site", site, "--purpose", "set_up", "--out", "r.xlsx")
                with zipfile.ZipFile(self.world.folder / "r.xlsx") as book:
                    sheets = "".join(book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/"))
                    words = book.read("xl/sharedStrings.xml").decode()
                    names = book.namelist()
                self.assertNotIn("<f>", sheets)
                self.assertNotIn("<hyperlink", sheets)
                self.assertNotRegex(sheets, r't="str"')
                # Shared strings are words whatever they begin with, so they stand as they were typed.
                shared = [html.unescape(cell) for cell in re.findall(r"<t[^>]*>([^<]*)</t>", words)]
                self.assertTrue(any(site in cell for cell in shared), "the site is not in the spreadsheet at all")
                self.assertFalse([name for name in names if re.search("external|comments|pivot|vba", name)])


class Crowd(Kept):
    def together(self, files, *words):
        """Brings in all at the same time and returns how each ended."""
        running = [self.world.start("inventory", "import", file, "--study", self.id(), "--create", "--json", *words) for file in files]
        ends = []
        for one in running:
            out, err = one.communicate(timeout=120)
            ends.append((one.returncode, out, err))
        return ends

    def check(self, files):
        ends = self.together(files)
        self.assertEqual([end[0] for end in ends], [DONE] * len(ends), ends)
        return sum(json.loads(out)["added"] for _, out, _ in ends)

    def test_two_files_at_once_are_brought_in_one_after_the_other(self):
        self.world.write("one.csv", responses(1500))
        self.world.write("two.csv", responses(1500, first=1501))
        self.assertEqual(self.check(["one.csv", "two.csv"]), 3000)
        self.assertEqual(self.people(), 3000)

    def test_the_same_file_at_once_counts_once(self):
        self.world.write("one.csv", responses(1500))
        self.assertEqual(self.check(["one.csv"] * 3), 1500)
        self.assertEqual(self.people(), 1500)

    def test_while_a_server_runs(self):
        server = self.world.serve()
        self.world.write("one.csv", responses(1500))
        self.world.write("two.csv", responses(1500, first=1501))
        ends = self.together(["one.csv", "two.csv", "one.csv"])
        self.assertEqual([end[0] for end in ends], [DONE] * 3, ends)
        self.assertEqual(sum(json.loads(out)["added"] for _, out, _ in ends), 3000)
        self.assertEqual(self.people(), 3000)
        self.assertEqual(server.stop()[0], DONE)


class Large(unittest.TestCase):
    """300 MB: read as a stream, with its progress shown, in little memory."""
    MOST_KILOBYTES = 200 * 1024

    def setUp(self):
        self.world = World().init(people=False)
        self.addCleanup(self.world.close)

    def make(self, last):
        # Many groups of one's own make few people a large file.
        groups = [f"group.g{n}" for n in range(24)]
        wide = "," + ",".join("x" * 100 for _ in groups)
        path = self.world.folder / "large.csv"
        with path.open("w") as file:
            file.write(HEADER + "," + ",".join(groups) + "\n")
            number = 0
            while file.tell() < 300 * MEBIBYTE:
                number += 1000
                file.write("".join(row(n) + wide + "\n" for n in range(number - 999, number + 1)))
            file.write(last)
        return number

    def bring(self):
        """The exit code, all that was said on a terminal, and the most memory the program held, in kilobytes."""
        ours, theirs = pty.openpty()
        most, said = [0], []

        def listen():
            try:
                while piece := os.read(ours, 65536):
                    said.append(piece)
                    most[0] = max(most[0], memory(process.pid))
            except OSError:
                pass

        process = world.subprocess.Popen([world.CAIRN, "inventory", "import", "large.csv", "--study", "Large", "--create", *self.world.where()],
                                         cwd=self.world.folder, stdin=theirs, stdout=world.subprocess.PIPE, stderr=theirs)
        listener = threading.Thread(target=listen, daemon=True)
        listener.start()
        os.close(theirs)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        process.stdout.close()
        listener.join(5)
        os.close(ours)
        return process.returncode, b"".join(said).decode(), max(used.ru_maxrss, most[0])

    def test_a_mistake_in_its_last_row_is_found(self):
        rows = self.make("r0,Harbour\n")
        code, said, most = self.bring()
        self.assertEqual(code, REFUSED, said[-500:])
        self.assertIn(f"{rows + 2},,,", said)
        self.assertGreater(len(re.findall(r"\d+ %", said)), 20, "hardly any progress is shown")
        self.assertLess(most, self.MOST_KILOBYTES)
        self.assertEqual(self.world.run("inventory", "compare", "--study", "Large").returncode, REFUSED)

    def test_it_is_kept(self):
        rows = self.make("")
        code, said, most = self.bring()
        self.assertEqual(code, DONE, said[-500:])
        self.assertLess(most, self.MOST_KILOBYTES)
        done = self.world.must("inventory", "compare", "--study", "Large", "--by", "all", "--format", "csv")
        self.assertEqual(next(csv.DictReader(io.StringIO(done.stdout)))["people"], str(rows))


if __name__ == "__main__":
    unittest.main()
