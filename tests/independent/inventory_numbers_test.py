# SPDX-License-Identifier: Apache-2.0
"""The comparison of 86 respondents by 40 statements, as the built program tells it, beside the same numbers counted here in another
language straight from the file. Only the file's format and the meaning of the columns are shared, as the command's papers tell
them: nothing is read from the program but what it prints."""
import csv
import decimal
import io
import json
import os
import pathlib
import random
import re
import subprocess
import tempfile
import unittest

TOP = pathlib.Path(__file__).resolve().parent.parent.parent
CAIRN = os.environ.get("CAIRN", str(TOP / "build/release/cairn"))
ITEMS = [line.split('"')[1] for line in (TOP / "content/instruments/implementation-inventory.v1.toml").read_text().splitlines()
         if re.match(r'id = "\d\.\d+"', line)]
PEOPLE = 86
COLUMNS = "item,by,group,people,answers_a,yes,partly,no,dk_a,nr_a,answers_b,mean,dk_b,nr_b,top3,hidden".split(",")
AXES = ["employer", "context", "setting", "stakeholder", "site"]
# What may stand in each grouping column, as it is typed, and the group it means.
EMPLOYERS = {"voluntary": "voluntary", "Voluntary": "voluntary", "nhs": "statutory", "council": "statutory", "STATUTORY": "statutory"}
CONTEXTS = {name: name for name in ("nhs", "partnership", "voluntary")}
SETTINGS = {name: name for name in ("inpatient", "community", "bme")}
ROLES = {name: name.lower().replace(" ", "_") for name in ("peer_worker", "Service User", "coworker", "line manager", "strategic_manager",
                                                          "COMMISSIONER")}
SITES = {name: name for name in ("Harbour", "The Mill, Ashby", "Élan", "North & South")}


def one_person(chance, number, with_gaps):
    def some(known):
        return "" if with_gaps and chance.random() < 0.07 else chance.choice(sorted(known))

    person = {"respondent": f"p{number:03}", "site": some(SITES), "employer": some(EMPLOYERS), "context": some(CONTEXTS),
              "setting": some(SETTINGS), "stakeholder": some(ROLES)}
    for item in ITEMS:
        person[item + ".a"] = chance.choice(["yes", "Yes", "partly", "no", "NO", "dk", "nr"] + [""] * with_gaps)
        person[item + ".b"] = chance.choice(["4", "4", "3", "2", "1", "dk", "NR"] + [""] * with_gaps)
    person["top3"] = ";".join(chance.sample(ITEMS, chance.choice([0, 1, 2, 3, 3])))
    return person


def as_csv(people, chance):
    """The file: its columns in an order by chance."""
    columns = list(people[0])
    chance.shuffle(columns)
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator=chance.choice(["\n", "\r\n"]))
    writer.writeheader()
    writer.writerows(people)
    return out.getvalue()


def group_of(person, axis):
    if axis == "all":
        return "everyone"
    typed = person[axis]
    return {"employer": EMPLOYERS, "context": CONTEXTS, "setting": SETTINGS, "stakeholder": ROLES, "site": SITES}[axis].get(typed, "")


def counted(file_text):
    """{(item, axis, group): every number of the row}, from the text of the file."""
    people = list(csv.DictReader(io.StringIO(file_text, newline="")))
    rows = {}
    for axis in [*AXES, "all"]:
        groups = {}
        for person in people:
            if group := group_of(person, axis):
                groups.setdefault(group, []).append(person)
        for group, members in groups.items():
            for item in ITEMS:
                a = [person[item + ".a"].lower() for person in members if person[item + ".a"]]
                b = [person[item + ".b"].lower() for person in members if person[item + ".b"]]
                marks = [decimal.Decimal(mark) for mark in b if mark in "4321"]
                mean = ""
                if marks:
                    mean = str((sum(marks) / len(marks)).quantize(decimal.Decimal("0.1"), decimal.ROUND_HALF_UP))
                rows[item, axis, group] = {
                    "people": str(len(members)), "answers_a": str(len(a)),
                    "yes": str(a.count("yes")), "partly": str(a.count("partly")), "no": str(a.count("no")),
                    "dk_a": str(a.count("dk")), "nr_a": str(a.count("nr")),
                    "answers_b": str(len(marks)), "mean": mean, "dk_b": str(b.count("dk")), "nr_b": str(b.count("nr")),
                    "top3": str(sum(item in person["top3"].split(";") for person in members))}
    return rows


class Numbers(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory(prefix="cairn-numbers-")
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)
        self.cairn("init")

    def cairn(self, *words):
        done = subprocess.run([CAIRN, *words, "--data", str(self.folder / "data")], cwd=self.folder, capture_output=True, text=True,
                              stdin=subprocess.DEVNULL, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def bring(self, study, seed, with_gaps):
        chance = random.Random(seed)
        text = as_csv([one_person(chance, number, with_gaps) for number in range(PEOPLE)], chance)
        (self.folder / f"{study}.csv").write_text(text, newline="")
        self.cairn("inventory", "import", f"{study}.csv", "--study", study, "--create")
        return counted(text)

    def told(self, study, *words):
        text = self.cairn("inventory", "compare", "--study", study, "--format", "csv", *words)
        self.assertEqual(text.split("\n", 1)[0].split(","), COLUMNS)
        return list(csv.DictReader(io.StringIO(text)))

    def check(self, told, mine):
        """Every row is there once; a shown row is right to the decimal; a hidden one holds nothing. Returns how many are shown."""
        self.assertEqual(sorted((row["item"], row["by"], row["group"]) for row in told), sorted(mine))
        shown = 0
        for row in told:
            key = row.pop("item"), row.pop("by"), row.pop("group")
            hidden = row.pop("hidden")
            if hidden:
                self.assertEqual(set(row.values()), {""}, key)
                continue
            shown += 1
            self.assertEqual(row, mine[key], key)
            # What fewer than five people said must never be shown, nor that a group is that small.
            self.assertGreaterEqual(int(row["people"]), 5, key)
            for answers in ("answers_a", "answers_b"):
                self.assertNotIn(int(row[answers]), range(1, 5), key)
        return shown

    def test_every_axis_is_right_to_the_decimal(self):
        shown = total = 0
        for seed in range(4):
            for with_gaps in (False, True):
                with self.subTest(seed=seed, gaps=with_gaps):
                    study = f"Study {seed}{with_gaps}"
                    mine = self.bring(study, seed, with_gaps)
                    told = self.told(study)
                    total += len(told)
                    shown += self.check(told, mine)
        print(f"\n{shown} of {total} rows are shown, every one as counted here", flush=True)
        self.assertGreater(shown, total // 2, "too much is hidden for this to show anything")

    def test_everyone_is_one_group_and_is_shown(self):
        mine = self.bring("Spring", 11, False)
        told = self.told("Spring", "--by", "all")
        self.assertEqual({row["group"] for row in told}, {"everyone"})
        self.assertEqual(self.check(told, {key: row for key, row in mine.items() if key[1] == "all"}), len(ITEMS))

    def test_one_axis_tells_what_all_of_them_tell(self):
        mine = self.bring("Spring", 12, True)
        whole = self.told("Spring")
        for axis in [*AXES, "all"]:
            with self.subTest(axis):
                told = self.told("Spring", "--by", axis)
                self.assertEqual(told, [row for row in whole if row["by"] == axis])
                self.check(told, {key: row for key, row in mine.items() if key[1] == axis})

    def test_json_and_table_tell_the_same(self):
        self.bring("Spring", 13, True)
        rows = self.told("Spring")
        as_json = json.loads(self.cairn("inventory", "compare", "--study", "Spring", "--format", "json"))
        plain = [{name: "" if one.get(name) is None else str(one[name]) for name in COLUMNS} for one in as_json]
        self.assertEqual(plain, rows)
        lines = self.cairn("inventory", "compare", "--study", "Spring", "--format", "table").splitlines()
        self.assertEqual(lines[0].split(), COLUMNS)
        self.assertEqual(len(lines), len(rows) + 1)
        for line, row in zip(lines[1:], rows):
            self.assertEqual(" ".join(line.split()), " ".join(value for value in row.values() if value))

    def test_another_round_is_counted_alone(self):
        self.bring("Spring", 14, False)
        chance = random.Random(15)
        text = as_csv([one_person(chance, number, False) for number in range(PEOPLE)], chance)
        (self.folder / "second.csv").write_text(text, newline="")
        first = self.told("Spring")
        self.cairn("inventory", "import", "second.csv", "--study", "Spring", "--round", "2")
        self.check(self.told("Spring"), counted(text))
        self.assertEqual(self.told("Spring", "--round", "1"), first)


if __name__ == "__main__":
    unittest.main()
