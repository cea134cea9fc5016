# SPDX-License-Identifier: Apache-2.0
"""Whether somebody with the master key, the database as rows and as bytes, the log, and the backups can tell who gave which answers of
a round without names, once it was counted. On both engines.

200 people are asked in each round, all of one group at one site, so that nothing but the program could tell them apart. They answer one
after the other: the attacker watched, and knows who came when. Half way a backup is made, while some have begun and not sent. By chance one
guess in 200 is right, and an attack may be right in one more of a hundred at most. One round cannot show that: of 200 blind guesses five may
well be right. So several rounds are taken together: four, and thirty with --long."""
import collections
import itertools
import json
import os
import random
import re
import shutil
import unittest

from asked import Answering, Given, Round, expect
from forensics import Master, asked_of, backup_rows, bytes_under, opened_box, postgres_rows, sqlite_rows
from postgres import Postgres
from world import DONE, ITEMS, LONG, TOP, World, signed_in

ROUNDS = int(os.environ.get("CAIRN_ROUNDS", "30" if LONG else "4"))
PEOPLE = 200
BEGUN = 20  # have a draft while the backup is made
CHANCE = 1 / PEOPLE
MARGIN = 0.01
A_CODES, B_CODES = ["", "yes", "partly", "no", "dk", "nr"], ["", "1", "2", "3", "4", "dk", "nr"]
SOURCE_PURPOSES = sorted({found for path in (TOP / "src").rglob("*.cpp")
                          for found in re.findall(r'(?:fingerprint\(|derived\(|purpose = )"([a-z_.]+)"', path.read_text())})


def kept_form(given):
    """The statements' part of a stored response: a byte for each."""
    return bytes(A_CODES.index(given.items[i][0]) * len(B_CODES) + B_CODES.index(given.items[i][1]) if i in given.items else 0
                 for i in ITEMS)


class Known:
    """One round, what truly happened in it, and what the attacker found of it."""

    def __init__(self, number, lead):
        self.number, self.seed = number, random.Random(number)
        self.round = Round(lead, people=PEOPLE, name=f"Study {number}")
        self.collection = None
        self.given = {p.invitation: Given(number * PEOPLE + at + 1) for at, p in enumerate(self.round.people)}
        self.by_invitation = {p.invitation: p for p in self.round.people}
        for given in self.given.values():
            given.items = {item: pair for item, pair in given.items.items() if item[0] in "12"}
        self.order = list(self.given)
        self.seed.shuffle(self.order)
        self.begun = set(self.seed.sample(self.order[PEOPLE // 2:], BEGUN))

    def answer(self, port, invitations, begin_only=False):
        for one in invitations:
            visit = Answering(port, self.by_invitation[one].secret, looks=False)
            given = self.given[one]
            if begin_only:
                visit.sections(given, "1")
            else:
                visit.sections(given, "12").the_rest(given)
                expect(visit.send(), 303)
            visit.close()

    def owner(self, table, row, master):
        """Whose a stored answer is, by what it says: the truth that guesses are held against."""
        column = {"response": "answers", "reason": "said"}[table]
        plain = master.opened(table, column, row["id"], self.collection, row[column])
        for invitation, given in self.given.items():
            marks = [kept_form(given)] if table == "response" else [given.more.encode(), given.reason.encode()]
            if any(mark in plain for mark in marks):
                return invitation
        raise AssertionError("a stored answer that nobody gave")


class Guesses:
    """How often each attack was right, over all rounds."""

    def __init__(self):
        self.right, self.made, self.blind = collections.Counter(), collections.Counter(), collections.Counter()
        self.drift = collections.defaultdict(list)

    def pair(self, name, people, owners):
        """People in one order, answers (by their true owners) in another: the first with the first, and backwards."""
        for way, turned in (("", owners), (", backwards", owners[::-1])):
            self.right[name + way] += sum(1 for one, other in zip(people, turned) if one == other)
            self.made[name + way] += len(people)
            self.blind[name + way] += 1
        place = {one: at for at, one in enumerate(people)}
        pairs = [(at, place[one]) for at, one in enumerate(owners) if one in place]
        middle = (len(people) - 1) / 2
        spread = sum((x - middle) ** 2 for x in range(len(people)))
        self.drift[name].append(sum((x - middle) * (y - middle) for x, y in pairs) / spread if spread else 0)

    def among(self, name, person, candidates, truth):
        """One person is somewhere in a set of answers: right as often as one out of the set."""
        self.made[name] += 1
        self.blind[name] += CHANCE
        if candidates and truth in candidates:
            self.right[name] += 1 / len(candidates)

    def worst(self):
        return max(self.made, key=lambda name: self.right[name] / self.made[name])

    def share(self, name):
        return self.right[name] / self.made[name]

    def most(self, name):
        """How often an attack may be right: as often as blind guesses and one in a hundred more; where it could make few guesses, no more
        often than luck alone would have it once in many million times."""
        return self.blind[name] + max(MARGIN * self.made[name], 6 * self.blind[name] ** 0.5)

    def faults(self):
        wrong = [f"{name}: {self.right[name]:.1f} of {self.made[name]} right" for name in self.made if self.right[name] > self.most(name)]
        # An order that only leans towards another shows in the correlation long before pairs match.
        for name, each in self.drift.items():
            lean = sum(each) / len(each) * (PEOPLE * len(each)) ** 0.5
            if abs(lean) > 5.5:
                wrong.append(f"{name}: the orders go together, {lean:.1f} times what chance does")
        return wrong


def sortable(value):
    if isinstance(value, bool) or value is None:
        return (0, 0, "")
    if isinstance(value, (int, float)):
        return (1, value, "")
    return (2, len(value), "") if isinstance(value, tuple) else (3, 0, value if isinstance(value, str) else value.hex())


def orders_of(rows, raw=b""):
    """Every order in which rows can be put: as found, by each column, by the length of each value, by where their id stands in the file."""
    found = {"as found": list(range(len(rows)))}
    for column in rows[0] if rows else ():
        found[column] = sorted(range(len(rows)), key=lambda at: sortable(rows[at][column]))
        if isinstance(rows[0][column], (str, bytes)):
            found[f"length of {column}"] = sorted(range(len(rows)), key=lambda at: len(rows[at][column] or ""))
    if raw and rows and "id" in rows[0]:
        where = [raw.find(row["id"].encode()) for row in rows]
        found["place in the file"] = sorted(range(len(rows)), key=where.__getitem__)
        where = [raw.rfind(row["id"].encode()) for row in rows]
        found["last place in the file"] = sorted(range(len(rows)), key=where.__getitem__)
    return found


class Attack:
    """All attacks on one round."""

    def __init__(self, known, master, guesses, rows, raw, half_way, after):
        self.known, self.master, self.guesses, self.rows, self.raw = known, master, guesses, rows, raw
        self.half_way, self.after = half_way, after

    def all_of_them(self):
        self.by_order()
        self.by_key()
        self.by_backup_half_way()
        self.by_drafts_in_the_backup()

    def people_orders(self):
        """Everything by which those who were asked can be put in order; first how they came, which the attacker saw."""
        found = {"who came when": self.known.order}
        invited = self.rows.of("invitation", self.known.collection)
        for name, order in orders_of(invited, self.raw).items():
            found[f"invitation by {name}"] = [invited[at]["id"] for at in order]
        people = {row["id"]: row for row in self.rows["participant"]}
        of = [people[row["participant_id"]] for row in invited]
        for name, order in orders_of(of, self.raw).items():
            found[f"participant by {name}"] = [invited[at]["id"] for at in order]
        secrets = {row["id"]: self.secret(row["id"]) for row in invited}
        found["link's secret"] = sorted(secrets, key=secrets.get)
        found["draft's id"] = sorted(secrets, key=lambda one: self.master.fingerprint("answer.draft", secrets[one]))
        return found

    def secret(self, invitation):
        (asking,) = self.rows.of("asking", self.known.collection)
        key = self.master.opened("asking", "link_key", self.known.collection, self.known.collection, asking["link_key"])
        return self.master.link_secret(key, invitation)

    def by_order(self):
        people = self.people_orders()
        for table, rows in self.answers():
            owners = [self.known.owner(table.split(" ")[0], row, self.master) for row in rows]
            for (of_people, who), (of_answers, order) in itertools.product(people.items(), orders_of(rows, self.raw).items()):
                self.guesses.pair(f"{of_people} -> {table} by {of_answers}", who, [owners[at] for at in order])

    def answers(self):
        for source, rows in (("", self.rows), (" in the backup", self.after)):
            yield "response" + source, rows.of("response", self.known.collection)
            words = [row for row in rows.of("reason", self.known.collection)
                     if json.loads(self.master.opened("reason", "said", row["id"], self.known.collection, row["said"]))["item"] == ""]
            yield "reason" + source, words

    def by_key(self):
        """Anything made from what is known of a person, in any row that holds an answer."""
        tables = ("response", "response_batch", "reason", "reason_review", "left_out", "shown_state", "journal", "job")
        held = collections.defaultdict(list)
        for table in tables:
            for row in self.rows.get(table, []):
                if row.get("collection_id", self.known.collection) == self.known.collection:
                    for value in row.values():
                        held[value if isinstance(value, bytes) else str(value).encode()].append((table, row))
        participants = {row["id"]: row["participant_id"] for row in self.rows.of("invitation", self.known.collection)}
        for invitation in self.known.order:
            made = self.made_from(invitation, self.secret(invitation), participants[invitation])
            found = [held[value] for value in made if value in held]
            rows = [row for hits in found for table, row in hits if table == "response"]
            owners = {self.known.owner("response", row, self.master) for row in rows}
            self.guesses.among("a shared or derived key", invitation, owners, invitation)
            if any(table != "job" for hits in found for table, _ in hits if table != "journal"):
                raise AssertionError("something made from a person stands beside answers")

    def made_from(self, *values):
        import hashlib
        keys = [self.master.key, self.master.lookup, self.master.sealing, self.master.fingerprinting, *map(self.master.derived, SOURCE_PURPOSES)]
        for value in values:
            for about in (value.encode(), f"{self.known.collection}\0{value}".encode(), f"{self.known.collection}{value}".encode()):
                plain = [about, hashlib.sha256(about).digest(), hashlib.blake2b(about, digest_size=32).digest()]
                plain += [hashlib.blake2b(about, digest_size=size, key=key).digest() for key in keys for size in (16, 32)]
                plain += [self.master.fingerprint(purpose, about) for purpose in SOURCE_PURPOSES]
                yield from plain
                yield from (one.hex().encode() for one in plain)

    def by_backup_half_way(self):
        """The backup says who had answered by then, and with the round's key in it, what had been said by then."""
        invited = {row["id"]: row["answered"] for row in self.half_way.of("invitation", self.known.collection)}
        then = self.sent_half_way()
        all_of_them = set(self.known.order)
        for invitation, answered in invited.items():
            candidates = then if answered else all_of_them - then
            self.guesses.among("the backup made half way", invitation, candidates, invitation)
        came = [one for one in self.known.order if invited[one]]
        rows = self.half_way.of("sent_answer", self.known.collection)
        owners = [self.owner_of_sent(row) for row in rows]
        if None not in owners:
            for name, order in orders_of(rows).items():
                self.guesses.pair(f"who came when -> sent half way by {name}", came, [owners[at] for at in order])

    def sent_half_way(self):
        return {self.owner_of_sent(row) for row in self.half_way.of("sent_answer", self.known.collection)} - {None}

    def owner_of_sent(self, row):
        for key in self.half_way.of("asking_key", self.known.collection):
            private = self.master.opened("asking_key", "private_key", self.known.collection, self.known.collection, key["private_key"])
            plain = private and opened_box(key["public_key"], private, row["answers"])
            if plain:
                more = json.loads(plain)["more"]
                return next(one for one, given in self.known.given.items() if given.more == more)
        return None

    def by_drafts_in_the_backup(self):
        """A draft opens by the link's secret, which the round's key gives; then the response that has its answers in it is that person's."""
        drafts = self.half_way.of("answer_draft", self.known.collection)
        for invitation in self.known.order:
            plain = self.master.draft(self.secret(invitation), drafts)
            if plain is None:
                self.guesses.among("a draft in the backup", invitation, set(self.known.order), invitation)
                continue
            said = {item: tuple(pair) for item, pair in json.loads(plain)["items"].items()}
            fits = {one for one, given in self.known.given.items() if said.items() <= given.items.items()}
            self.guesses.among("a draft in the backup", invitation, fits, invitation)


class Anonymity:
    """The same for both engines; a subclass says where the data is."""

    address = None

    def setUp(self):
        self.world = World(database=self.address).init()
        self.addCleanup(self.world.close)

    def test_nobody_can_be_linked_to_an_answer_after_a_round_was_counted(self):
        server = self.world.serve()
        lead = signed_in(server.port)
        self.rounds = [Known(number, lead) for number in range(ROUNDS)]
        # One more goes on while the others are counted, so that no table empties by itself.
        bystander = Known(ROUNDS, lead)
        bystander.answer(server.port, bystander.order[:10])
        bystander.answer(server.port, bystander.order[10:20], begin_only=True)
        held, half_way = set(), []
        for known in self.rounds:
            half_way.append(self.answer_and_count(known, server.port))
            held |= {(table, bytes(row[column])) for rows in (half_way[-1], self.live) for table, column in
                     (("sent_answer", "answers"), ("answer_draft", "answers"), ("asking_key", "private_key"))
                     for row in rows.of(table, known.collection)}
        self.world.must("backup", self.world.folder / "after.backup")
        lead.close()
        code, _ = server.stop()
        self.assertEqual(code, DONE)
        self.assertEqual(self.world.faults(), [])
        self.attack(half_way)
        self.carve(held)
        self.read_the_log()

    def answer_and_count(self, known, port):
        half = known.order[:PEOPLE // 2]
        known.answer(port, half)
        known.answer(port, sorted(known.begun), begin_only=True)
        name = f"half-way-{known.number}.backup"
        self.world.must("backup", self.world.folder / name)
        rows = backup_rows(self.world.folder / name, self.master())
        owner = {row["id"]: row["collection_id"] for row in rows["invitation"]}
        known.collection = owner[known.order[0]]
        known.answer(port, known.order[PEOPLE // 2:])
        self.live = self.all_rows()
        known.round.close()
        known.round.count()
        return rows

    def master(self):
        return Master(self.world.data / "keys/master.key")

    def attack(self, half_way):
        master, guesses, rows = self.master(), Guesses(), self.all_rows()
        after = backup_rows(self.world.folder / "after.backup", master)
        raw = b"".join(self.stored_bytes().values())
        for known, then in zip(self.rounds, half_way):
            self.assertEqual(len(rows.of("response", known.collection)), PEOPLE)
            self.assertEqual(rows.of("sent_answer", known.collection) + rows.of("answer_draft", known.collection), [])
            Attack(known, master, guesses, rows, raw, then, after).all_of_them()
        worst = guesses.worst()
        print(f"\n{type(self).__name__}: {len(guesses.made)} attacks on {ROUNDS} rounds of {PEOPLE} people; chance is right in "
              f"{100 * CHANCE:.1f} of a hundred, the best attack in {100 * guesses.share(worst):.2f} ({worst}). The backup made half way: "
              f"{100 * guesses.share('the backup made half way'):.2f}.", flush=True)
        self.assertEqual(guesses.faults(), [])
        self.no_time_beside_answers(rows)

    def no_time_beside_answers(self, rows):
        for table in ("response", "response_batch", "reason", "left_out"):
            for row in rows[table]:
                for column, value in row.items():
                    self.assertNotRegex(value if isinstance(value, str) else "", r"\d\d:\d\d", f"{table}.{column} holds a time")

    def carve(self, held):
        """Nothing of what was answered, begun or sent is in any byte that is left; nor the secret of any link."""
        given = [one for known in self.rounds for one in known.given.values()]
        secrets = [person.secret for known in self.rounds for person in known.round.people]
        words = [one.more for one in given] + [one.reason for one in given] + secrets + ['"top3"', '"begun_at"']
        wanted = {("words", text.encode()) for text in words} | held
        for path, data in self.bytes_left().items():
            hits = collections.Counter(what for what, value in wanted if value in data)
            self.assertEqual(dict(hits), {}, f"left in {path}")

    def read_the_log(self):
        log = (self.world.folder / "server.log").read_text()
        for path in ("/answer", "/thanks", "/join"):
            self.assertNotIn(path, log)
        for known in self.rounds:
            for person in known.round.people:
                self.assertNotIn(person.secret, log)
                self.assertNotIn(person.invitation, log)


class OnSqlite(Anonymity, unittest.TestCase):
    def all_rows(self):
        return sqlite_rows(self.world.data / "cairn.sqlite")

    def stored_bytes(self):
        return bytes_under(self.world.data / "cairn.sqlite")

    def bytes_left(self):
        shutil.rmtree(self.world.data / "keys", ignore_errors=True)
        return bytes_under(self.world.data, self.world.folder / "server.log")


class OnPostgres(Anonymity, unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.postgres = Postgres()
        cls.addClassCleanup(cls.postgres.close)
        cls.address = cls.postgres.address

    def all_rows(self):
        return postgres_rows(lambda statement: asked_of(self.postgres, statement))

    def stored_bytes(self):
        asked_of(self.postgres, "checkpoint")
        return bytes_under(self.postgres.folder / "data/base")

    def bytes_left(self):
        """Of PostgreSQL's own log of changes only what a program of its own must leave: see docs/operating/back-up.md."""
        return bytes_under(self.postgres.folder / "data/base", self.world.data, self.world.folder / "server.log")


if __name__ == "__main__":
    unittest.main()
