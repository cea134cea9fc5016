# SPDX-License-Identifier: Apache-2.0
"""Bad days while people answer: the round closes in the middle, the server is killed again and again, the clock is set back, a mail
scanner opens every link of a letter, somebody guesses links."""
import collections
import datetime
import os
import random
import re
import threading
import time
import unittest
from unittest import mock

import world
from asked import SECTIONS, Answering, Given, Person, Round, expect
from forensics import BASE_32, Master, sqlite_rows
from world import DONE, Client, World, signed_in

ROUNDS = int(os.environ.get("CAIRN_ROUNDS", "200" if world.LONG else "20"))
WRITERS = 12
FAKE_TIME = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"


class Asking(unittest.TestCase):
    def setUp(self):
        self.world = World().init()
        self.addCleanup(self.world.close)

    def begin(self, people, **about):
        self.server = self.world.serve()
        self.lead = signed_in(self.server.port)
        self.addCleanup(self.lead.close)
        self.round = Round(self.lead, people=people, **about)
        return self.round.people

    def visit(self, person):
        one = Answering(self.server.port, person.secret)
        self.addCleanup(one.close)
        return one

    def state(self, person):
        """What the link says for itself, and its status."""
        client = Client(self.server.port)
        reply = client.get(f"/answer/{person.secret}", "application/json")
        client.close()
        return reply.status, reply.json()["state"]

    def restart(self):
        self.server.kill()
        self.world.servers.remove(self.server)
        self.server = self.world.serve(port=self.server.port)


class Closing(Asking):
    def test_whoever_began_before_the_end_may_still_send_and_nobody_else(self):
        begun, late, idle = self.begin(3)
        code = self.round.group_link()
        given = Given(1)
        visits = [self.visit(one) for one in (begun, late, idle)]
        visits[0].sections(given, SECTIONS[:3])
        visits[2].sections(Given(2), SECTIONS[:1])
        self.round.close()
        self.assertEqual(self.state(begun), (200, "begun"))
        self.assertEqual(self.state(late), (410, "closing"))
        for reply in (visits[1].look("/parts/1"), visits[1].post("/parts/1", given.section("1")), visits[1].post("/send", {}),
                      Client(self.server.port).get(f"/join/{code}")):
            self.assertEqual(reply.status, 410)
            self.assertIn("closed", reply.text)
        visits[0].sections(given, SECTIONS[3:]).the_rest(given)
        self.assertEqual(visits[0].send().status, 303)
        self.round.count()
        self.assertEqual(self.state(begun), (200, "sent"))
        reply = visits[2].post("/parts/2", Given(2).section("2"))
        self.assertEqual(reply.status, 410)
        self.assertIn("closed", reply.text)
        rows = sqlite_rows(self.world.data / "cairn.sqlite")
        self.assertEqual(len(rows["response"]), 1)
        self.assertEqual(sum(row["answered"] for row in rows["invitation"]), 1)


class Writer(threading.Thread):
    """People who answer one after the other until the connection breaks; knows what was answered."""

    def __init__(self, port, people, given):
        super().__init__(daemon=True)
        self.port, self.people, self.given = port, people, given
        self.kept, self.sent, self.odd = collections.defaultdict(list), [], []

    def run(self):
        for person in self.people:
            one = Answering(self.port, person.secret, looks=False)
            try:
                for number in SECTIONS:
                    self.note(one.post(f"/parts/{number}", self.given[person.secret].section(number)))
                    self.kept[person.secret].append(number)
                self.note(one.post("/most-important", {"most_important": self.given[person.secret].top}))
                self.note(one.send())
                self.sent.append(person.secret)
            except (OSError, ValueError):
                return
            finally:
                one.close()

    def note(self, reply):
        if reply.status != 303:
            self.odd.append((reply.status, reply.text[:300]))
            raise ValueError("refused")


class Killed(Asking):
    def test_nothing_that_was_answered_is_lost_and_nobody_counts_twice(self):
        everybody = self.begin(ROUNDS * WRITERS * 3)
        given = {person.secret: Given(at + 1) for at, person in enumerate(everybody)}
        sent, broke_off = set(), 0
        for number in range(ROUNDS):
            people = everybody[number * WRITERS * 3:(number + 1) * WRITERS * 3]
            writers = [Writer(self.server.port, people[at::WRITERS], given) for at in range(WRITERS)]
            for writer in writers:
                writer.start()
            time.sleep(random.uniform(0.03, 0.25))
            self.restart()
            for writer in writers:
                writer.join()
                self.assertEqual(writer.odd, [])
                sent |= self.check(writer)
                broke_off += len(writer.kept) - len(writer.sent)
        self.assertGreater(broke_off, ROUNDS // 2, "hardly anybody was interrupted: this run shows nothing")
        self.lead = self.lead.like(self.server.port)
        self.round.lead = self.lead
        self.round.close()
        self.round.count()
        self.check_counted(given, sent)
        print(f"\n{ROUNDS} times: {len(sent)} people sent, of {broke_off} who were interrupted everything answered was there.", flush=True)

    def check(self, writer):
        """What was answered is there; then whoever was interrupted sends, and sends once more."""
        sent = set(writer.sent)
        for secret in {person.secret for person in writer.people} & set(writer.kept):
            status, state = self.state(Person("", secret, ""))
            self.assertEqual(status, 200)
            one = Answering(self.server.port, secret, looks=False)
            if secret in sent:
                self.assertEqual(state, "sent", "an answered sending is lost")
            elif state != "sent":
                for number in writer.kept[secret]:
                    items = one.client.data(f"{one.path}/parts/{number}")["items"]
                    self.assertEqual({i["id"]: (i["a"], i["b"]) for i in items},
                                     {i: pair for i, pair in writer.given[secret].items.items() if i.startswith(f"{number}.")})
                one.sections(writer.given[secret], SECTIONS[len(writer.kept[secret]):])
                self.assertEqual(one.send().status, 303)
            self.assertEqual(one.send().status, 303)
            sent.add(secret)
            one.close()
        return sent

    def check_counted(self, given, sent):
        self.lead.close()
        code, _ = self.server.stop()
        self.assertEqual(code, DONE)
        self.assertEqual(self.world.faults(), [])
        rows, master = sqlite_rows(self.world.data / "cairn.sqlite"), Master(self.world.data / "keys/master.key")
        by_secret = {person.secret: person.invitation for person in self.round.people}
        answered = {row["id"] for row in rows["invitation"] if row["answered"]}
        self.assertEqual(answered, {by_secret[secret] for secret in sent})
        kept = collections.Counter(master.opened("response", "answers", row["id"], row["collection_id"], row["answers"]) for row in rows["response"])
        self.assertEqual(set(kept.values()), {1})
        self.assertEqual(len(kept), len(sent))


class Clock(Asking):
    def test_a_clock_that_is_set_back_takes_nothing_and_stops_nobody(self):
        if not os.path.exists(FAKE_TIME):
            self.fail(f"Debian's package faketime is not installed: no {FAKE_TIME}")
        noon = datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None, hour=12, minute=0, second=0, microsecond=0)
        ahead = (noon - datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None)).total_seconds()
        clock = self.world.write("clock", "")
        set_to = lambda moment: clock.write_text(f"@{moment:%Y-%m-%d %H:%M:%S}\n")
        set_to(noon)
        fake = {"LD_PRELOAD": FAKE_TIME, "FAKETIME_TIMESTAMP_FILE": str(clock), "FAKETIME_NO_CACHE": "1",
                "FAKETIME_DONT_FAKE_MONOTONIC": "1", "TZ": "UTC"}
        really = time.time
        with mock.patch.dict(os.environ, fake), mock.patch.object(time, "time", lambda: really() + ahead):
            self.live_with(noon, set_to)
        self.server.stop()
        self.assertEqual(self.world.faults(), [])

    def live_with(self, noon, set_to):
        people = self.begin(3, today=noon.date())
        code = self.round.group_link()
        given = Given(7)
        first = self.visit(people[0]).sections(given, SECTIONS[:2])
        poster = self.lead.like()
        poster.cookie = poster.token = ""
        drawn_before = poster.data(f"/join/{code}")["stamp"]

        set_to(noon - datetime.timedelta(hours=3))
        self.assertEqual(self.state(people[0]), (200, "begun"))
        first.sections(given, SECTIONS[2:]).the_rest(given)
        self.assertEqual(first.send().status, 303)
        self.visit(people[1]).answer(Given(8))
        # A page that was drawn by the clock as it was is asked for once more; then one gets in.
        reply = poster.post(f"/join/{code}", {"stamp": drawn_before, "stakeholder": "coworker"})
        self.assertEqual(reply.status, 422)
        stamp = reply.json().get("stamp") or poster.data(f"/join/{code}")["stamp"]
        time.sleep(2.5)
        joined = expect(poster.post(f"/join/{code}", {"stamp": stamp, "stakeholder": "coworker"}), 201).json()["location"]
        self.assertRegex(joined, r"^/answer/[a-z2-7]{32}/parts/1$")

        # Set back behind the day on which the round opened: nobody can answer, and what was begun is there when it is right again.
        third = self.visit(people[2]).sections(Given(9), SECTIONS[:1])
        set_to(noon - datetime.timedelta(days=2))
        self.restart()
        self.assertEqual(self.state(people[0]), (200, "sent"))
        reply = Answering(self.server.port, people[2].secret).look("/parts/1")
        self.assertIn(f"{noon.day} {noon:%B}", reply.text)
        set_to(noon)
        third.client.close()
        self.assertEqual(self.state(people[2]), (200, "begun"))
        third.answer(Given(9))
        poster.close()


class Scanner(Asking):
    def test_opening_every_link_of_a_letter_changes_nothing(self):
        person, other = self.begin(2)
        page = self.visit(person).look().text
        links = sorted({f"/answer/{person.secret}", *re.findall(rf'href="(/answer/{person.secret}[^"#]*)"', page)})
        self.assertIn(f"/answer/{person.secret}/letters", links)
        for path in list(links):
            links += re.findall(rf'href="(/answer/{person.secret}[^"#]*)"', Client(self.server.port).get(path).text)
        links = sorted(set(links) | {f"/answer/{person.secret}/{step}" for step in ("check", "why", "most-important", "left-out")})
        before = self.all_rows()
        for path in links * 3:
            for method in ("GET", "HEAD"):
                client = Client(self.server.port)
                client.open()
                client.send(method, path, accept="*/*")
                head = client.socket.recv(64)
                self.assertIn(int(head.split(b" ")[1]), (200, 404, 405), path)
                client.close()
        self.assertEqual(self.all_rows(), before)
        self.assertEqual(self.state(person), (200, "not_begun"))
        self.visit(person).answer(Given(3))
        self.visit(other).answer(Given(4))

    def all_rows(self):
        rows = sqlite_rows(self.world.data / "cairn.sqlite")
        return {table: rows[table] for table in rows if table not in ("session", "job", "journal", "journal_head")}


class Guesses(Asking):
    def test_a_thousand_guessed_links_look_like_any_page_that_is_not_there(self):
        (person,) = self.begin(1)
        code, chance = self.round.group_link(), random.Random(5)
        near = lambda secret, at: secret[:at] + chance.choice([c for c in BASE_32 if c != secret[at]]) + secret[at + 1:]
        anything = lambda: "".join(chance.choice(BASE_32) for _ in range(32))
        client = Client(self.server.port)
        wanted = {accept: self.told(client.get("/answer-is-not-here", accept)) for accept in ("text/html", "application/json")}
        for number in range(1000):
            secret = near(person.secret, number % 32) if number % 3 == 0 else near(code, number % 32) if number % 3 == 1 else anything()
            step = chance.choice(["", "/parts/1", "/check", "/letters", "/withdraw", "/left-out", "/why"])
            path = f"/join/{secret}" if number % 5 == 0 else f"/answer/{secret}{step}"
            for accept, told in wanted.items():
                self.assertEqual(self.told(client.get(path, accept)), told, path)
        for path in ("/answer/x", f"/answer/{person.secret[:-1]}", f"/answer/{person.secret.upper()}", f"/answer/{person.secret}a",
                     f"/join/{person.secret}", f"/thanks/{person.secret}"):
            self.assertEqual(self.told(client.get(path)), wanted["text/html"], path)
        client.close()
        self.assertEqual(self.state(person), (200, "not_begun"))

    @staticmethod
    def told(reply):
        """Status, headers and bytes; every reply has a reference of its own, of one length."""
        headers = {name: value for name, value in reply.headers.items() if name != "date"}
        return reply.status, headers, re.sub(r"[2-9A-HJ-NP-Z]{8}(?=[\"<.])", "REFERENCE", reply.text)


if __name__ == "__main__":
    unittest.main()
