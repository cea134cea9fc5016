# SPDX-License-Identifier: Apache-2.0
"""An attack on what the built program shows of 200 small made-up programmes, by somebody who knows who is in which group, who answered
what kind of question, and who joined when, and who keeps every table ever shown.

Claim 1, by exact arithmetic over every set: no set of one to four people has a total that the shown tables determine, however they are
added and subtracted; nor has any such set once some of its people are counted negatively (one person's answer less another's).
Claim 2, by a solver (glpsol): as long as no answer is excluded by everybody in a group agreeing, the total of such a set can always be
both less and more than it is.
Claim 3, by the solver, with the numbers really shown: whatever can be computed comes from at least five people who are known at once.
docs/operating/small-numbers.md says what that means for people who answer."""
import csv
import fractions
import io
import itertools
import math
import os
import pathlib
import random
import re
import shutil
import subprocess
import tempfile
import unittest

TOP = pathlib.Path(__file__).resolve().parent.parent.parent
CAIRN = os.environ.get("CAIRN", str(TOP / "build/release/cairn"))
PROGRAMMES = int(os.environ.get("PROGRAMMES", "200"))
FEW = 4
ITEMS = ["1.1", "1.2"]
A = ["yes", "partly", "no", "dk", "nr"]
B = ["4", "3", "2", "1", "dk", "nr"]
AXES = ["employer", "context", "setting", "stakeholder", "site"]


def made_up(chance):
    """People of one programme in the order of joining, in one to three batches. Where somebody works says much about the rest."""
    sites = [{"site": f"Site {number}", "employer": chance.choice(["voluntary", "statutory"]),
              "context": chance.choice(["nhs", "partnership", "voluntary"]), "setting": chance.choice(["inpatient", "community", "bme", ""])}
             for number in range(chance.choice([1, 2, 2, 3, 4, 6]))]
    roles = ["peer_worker", "service_user", "coworker", "line_manager", "strategic_manager", "commissioner"][:chance.randint(2, 6)]
    gaps = chance.choice([0, 0.1, 0.4])
    people = []
    for number in range(chance.randint(5, 60)):
        person = dict(chance.choice(sites), respondent=f"p{number}", stakeholder=chance.choice(roles))
        for axis in AXES:
            if chance.random() < 0.05:
                person[axis] = ""
        for item in ITEMS:
            person[item + ".a"] = "" if chance.random() < gaps else chance.choice(A)
            person[item + ".b"] = "" if chance.random() < gaps else chance.choice(B)
        people.append(person)
    cuts = sorted(chance.sample(range(1, len(people)), min(chance.choice([0, 0, 1, 2]), len(people) - 1)))
    return people, [*cuts, len(people)]


def as_csv(people):
    out = io.StringIO()
    writer = csv.DictWriter(out, ["respondent", *AXES, *(f"{item}.{q}" for item in ITEMS for q in "ab")], lineterminator="\n")
    writer.writeheader()
    writer.writerows(people)
    return out.getvalue()


class Seen:
    """Everything one reader was shown of a programme: rows with the people they are about, as indices."""

    def __init__(self, people):
        self.people = people
        self.rows = []  # (row as shown, members)

    def add(self, told, through):
        for row in told:
            if row["item"] in ITEMS and not row["hidden"]:
                members = [i for i in range(through) if row["by"] == "all" or self.people[i][row["by"]] == row["group"]]
                assert len(members) == int(row["people"]), row
                self.rows.append((row, members))

    def sums(self, item, kind):
        """The sets of people of a kind whose totals were shown: members who answered A, scored on B, answered B, or all."""
        takes_part = {"people": lambda p: True, "a": lambda p: p[item + ".a"] != "", "b": lambda p: p[item + ".b"] != "",
                      "scored": lambda p: p[item + ".b"] in list("4321")}[kind]
        return [(row, frozenset(i for i in members if takes_part(self.people[i]))) for row, members in self.rows if row["item"] == item]


def kinds(sets):
    """People who are in the same sets, taken together: [(number of people, which sets)], and one list of people for each."""
    alike = {}
    for person in sorted(set().union(*sets)):
        alike.setdefault(tuple(int(person in one) for one in sets), []).append(person)
    return list(alike), list(alike.values())


def null_space(columns):
    """Vectors v over the columns with sum(v[c] * columns[c]) = 0, spanning all of them; in fractions, made whole."""
    width, height = len(columns), len(columns[0])
    rows = [[fractions.Fraction(columns[c][r]) for c in range(width)] for r in range(height)]
    pivots = []
    for column in range(width):
        at = next((r for r in range(len(pivots), height) if rows[r][column]), None)
        if at is None:
            continue
        top = len(pivots)
        rows[top], rows[at] = rows[at], rows[top]
        scale = rows[top][column]
        rows[top] = [value / scale for value in rows[top]]
        for r in range(height):
            if r != top and rows[r][column]:
                times = rows[r][column]
                rows[r] = [x - times * y for x, y in zip(rows[r], rows[top])]
        pivots.append(column)
    for free in (c for c in range(width) if c not in pivots):
        vector = [fractions.Fraction(0)] * width
        vector[free] = fractions.Fraction(1)
        for r, pivot in enumerate(pivots):
            vector[pivot] = -rows[r][free]
        whole = math.lcm(*(value.denominator for value in vector))
        yield [int(value * whole) for value in vector]


def determined(columns, sizes):
    """A set of few people, each counted once or minus once, whose total the sums determine, or None. A total is determined just where its
    vector stands at right angles to the null space."""
    directions = list(null_space(columns))
    at = [tuple(direction[c] for direction in directions) for c in range(len(columns))]
    small = [c for c in range(len(columns)) if sizes[c] <= FEW]
    halves = {}  # a signed choice of up to two kinds -> its sum
    for count in (1, 2):
        for chosen in itertools.combinations(small, count):
            if sum(sizes[c] for c in chosen) > FEW:
                continue
            for signs in itertools.product((1, -1), repeat=count):
                total = tuple(sum(s * at[c][d] for s, c in zip(signs, chosen)) for d in range(len(directions)))
                if not any(total):
                    return chosen
                for other in halves.get(tuple(-x for x in total), ()):
                    if not set(other) & set(chosen) and sum(sizes[c] for c in (*other, *chosen)) <= FEW:
                        return (*other, *chosen)
                halves.setdefault(total, []).append(chosen)
    return None


def bounds(folder, sizes, sums, target):
    """The least and the most the total of the target kinds can be when each kind holds 0 to its size. `sums` are (kinds, total)."""
    lines = ["Subject To"]
    lines += [f" s{n}: " + " + ".join(f"x{c}" for c in chosen) + f" = {total}" for n, (chosen, total) in enumerate(sums) if chosen]
    lines += ["Bounds", *(f" 0 <= x{c} <= {size}" for c, size in enumerate(sizes)), "End"]
    found = []
    for way in ("Minimize", "Maximize"):
        model = folder / "model.lp"
        model.write_text("\n".join([way, " total: " + " + ".join(f"x{c}" for c in target), *lines]) + "\n")
        done = subprocess.run(["glpsol", "--lp", str(model), "-o", str(folder / "answer")], capture_output=True, text=True, check=False)
        answer = (folder / "answer").read_text()
        if done.returncode or "OPTIMAL" not in answer:
            raise AssertionError(done.stdout + answer)
        found.append(float(re.search(r"Objective:\s+\S+ = (\S+)", answer)[1]))
    return found


class Attack(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="cairn-attack-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, True)
        cls.cairn("init")
        cls.programmes = [cls.shown(number) for number in range(PROGRAMMES)]

    @classmethod
    def cairn(cls, *words):
        done = subprocess.run([CAIRN, *words, "--data", str(cls.folder / "data")], cwd=cls.folder, capture_output=True, text=True,
                              stdin=subprocess.DEVNULL, check=False)
        if done.returncode:
            raise AssertionError(f"{words} ended with {done.returncode}: {done.stderr}")
        return done.stdout

    @classmethod
    def shown(cls, number):
        """Imports one programme batch by batch and looks at everything each time."""
        people, cuts = made_up(random.Random(number))
        seen, shown_through = Seen(people), 0
        for through in cuts:
            (cls.folder / "batch.csv").write_text(as_csv(people[:through]))
            cls.cairn("inventory", "import", "batch.csv", "--study", f"Study {number}", "--create")
            told = list(csv.DictReader(io.StringIO(cls.cairn("inventory", "compare", "--study", f"Study {number}", "--format", "csv"))))
            if shown_through and through - shown_through < 5:
                through = shown_through  # too few have joined to be let in
            seen.add(told, through)
            if any(not row["hidden"] for row in told):
                shown_through = through
        return seen

    def each_table(self):
        for number, seen in enumerate(self.programmes):
            for item in ITEMS:
                for kind in ("people", "a", "b", "scored"):
                    sums = seen.sums(item, kind)
                    if any(members for _, members in sums):
                        yield number, seen, item, kind, sums

    def test_no_total_of_a_few_is_determined(self):
        tables = 0
        for number, _, item, kind, sums in self.each_table():
            columns, people = kinds([members for _, members in sums])
            found = determined(columns, [len(alike) for alike in people])
            self.assertIsNone(found, f"programme {number}, item {item}, {kind}: {found and [people[c] for c in found]}")
            tables += 1
        self.assertGreater(tables, PROGRAMMES * 4, "too little is shown for this to show anything")

    def test_the_attack_finds_a_difference_where_there_is_one(self):
        columns, people = kinds([frozenset(range(20)), frozenset(range(3, 20))])
        self.assertIsNotNone(determined(columns, [len(alike) for alike in people]))
        columns, people = kinds([frozenset(range(20)), frozenset(range(1, 21))])  # one person less another
        self.assertIsNotNone(determined(columns, [len(alike) for alike in people]))
        columns, people = kinds([frozenset(range(20)), frozenset(range(5, 20))])
        self.assertIsNone(determined(columns, [len(alike) for alike in people]))

    def test_a_solver_finds_room_both_ways(self):
        for number, _, item, kind, sums in self.each_table():
            if kind != "a":
                continue
            columns, people = kinds([members for _, members in sums])
            sizes = [len(alike) for alike in people]
            # Everybody half in: a point no answer of which is excluded, so that only the equations themselves could fix a total.
            halved = [([c for c, column in enumerate(columns) if column[n]], len(members) / 2) for n, (_, members) in enumerate(sums)]
            chance = random.Random(number)
            small = [c for c in range(len(columns)) if sizes[c] <= FEW]
            target = []
            for c in chance.sample(small, len(small)):
                if sum(sizes[t] for t in target) + sizes[c] <= FEW and (not target or chance.random() < 0.6):
                    target.append(c)
            if target:
                least, most = bounds(self.folder, sizes, halved, target)
                middle = sum(sizes[c] for c in target) / 2
                self.assertTrue(least < middle - 1e-6 and most > middle + 1e-6, f"programme {number}, item {item}: {target}")

    def test_what_is_known_is_known_of_five_at_once(self):
        asked = known = 0
        for number in range(0, PROGRAMMES, 10):
            seen = self.programmes[number]
            answer = random.Random(number).choice(A)
            sums = seen.sums(ITEMS[0], "a")
            if not any(members for _, members in sums):
                continue
            columns, people = kinds([members for _, members in sums])
            sizes = [len(alike) for alike in people]
            name = {"dk": "dk_a", "nr": "nr_a"}.get(answer, answer)
            totals = [([c for c, column in enumerate(columns) if column[n]], int(row[name])) for n, (row, _) in enumerate(sums)]
            fixed = 0
            for c in range(len(columns)):
                least, most = bounds(self.folder, sizes, totals, [c])
                asked += 1
                if most - least < 1e-6:
                    known += 1
                    fixed += sizes[c]
            self.assertFalse(0 < fixed < 5, f"programme {number}: {fixed} people are known to have said {answer}, or not")
        print(f"\n{known} of {asked} kinds of people are known for one answer, since all of five or more gave it or did not", flush=True)


if __name__ == "__main__":
    unittest.main()
