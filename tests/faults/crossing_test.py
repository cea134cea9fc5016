# SPDX-License-Identifier: Apache-2.0
"""AZ-9 and AZ-5: everybody asks every address of the program with everybody else's ids. Whoever may not have a thing is answered as if it
had never been, byte for byte, and what they send changes nothing. Every id with CAIRN_LONG=1, else a few of each kind."""
import collections
import random
import re
import unittest
import urllib.parse
import uuid

from demonstration import UUID, Demonstration
import world

OF_A_KIND = 40 if world.LONG else 3
# Whoever holds one of these may use it, whoever they are: the address itself is the key.
BEARER = {"link", "secret", "code"}


def never(like):
    """A value that names nothing, of the same length."""
    if UUID.fullmatch(like):
        return str(uuid.uuid4())
    return "".join(random.choice("abcdefghijklmnopqrstuvwxyz") for _ in like)


def seen_of(reply, path):
    """All that somebody can tell of a reply, without the moment, the number of the reply and the address they sent themselves."""
    def without_address(text):
        return text.replace(path, "{address}").replace(urllib.parse.quote(path, safe=""), "{address}")
    text = without_address(reply.body.decode("utf-8", "replace"))
    text = re.sub(r"[A-Z0-9]{8}(?=</p>|\")", "{reference}", text) if reply.status >= 400 else text
    headers = {name: without_address(value) for name, value in reply.headers.items() if name != "date"}
    return reply.status, tuple(sorted(headers.items())), text


class Crossing(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        random.seed(9)
        cls.world = Demonstration()
        cls.addClassCleanup(cls.world.close)
        for role in ["worker", "line_manager"]:
            told = {"words": "A worry of " + role, "urgency": "now", "contact": "", "_once": str(uuid.uuid4())}
            if cls.world.people[role].post("/concerns", told).status != 201:
                raise AssertionError(f"{role} could not tell of a worry")
        cls.led_to = {role: cls.world.crawl(role, OF_A_KIND) for role in cls.world.people}
        cls.examples = collections.defaultdict(list)  # by route: values that were seen in its place
        cls.ids = collections.defaultdict(set)        # by name of the parameter: ids that were seen there
        cls.known = {role: set() for role in cls.world.people}
        for role, paths in cls.led_to.items():
            for method, path in sorted(paths):
                route, values = cls.world.route_of(method, path)
                if route and values:
                    cls.examples[str(route)].append(values)
                    cls.known[role].update(values)
                    for name, value in zip(route.names, values):
                        if UUID.fullmatch(value):
                            cls.ids[name].add(value)
        cls.pool = sorted({value for values in cls.ids.values() for value in sorted(values)[:OF_A_KIND]})

    def tries(self, route):
        """Each way of putting one id of the pool in one place of the route: the values, the same with one that never was, the id, that one."""
        base = (self.examples[str(route)] or [tuple(never("x" * 36) for _ in route.names)])[0]
        for at, name in enumerate(route.names):
            if name in BEARER:
                continue
            for value in self.pool:
                nothing = never(value)
                yield [*base[:at], value, *base[at + 1:]], [*base[:at], nothing, *base[at + 1:]], value, nothing

    def test_what_is_not_mine_looks_as_if_it_never_was(self):
        asked, reads, faults = 0, 0, []
        for route in (one for one in self.world.routes if one.method == "GET" and one.names):
            for role, client in self.world.people.items():
                baseline = {}
                for values, without, value, nothing in self.tries(route):
                    key = tuple(without[i] if without[i] != nothing else "" for i in range(len(without)))
                    if key not in baseline:
                        baseline[key] = seen_of(client.get(route.filled(without)), route.filled(without))
                    path = route.filled(values)
                    got, asked = seen_of(client.get(path), path), asked + 1
                    if got == baseline[key]:
                        continue
                    reads += 1
                    if got[0] >= 400:
                        faults.append(f"{role} {path} ({route.path}): {got[0]} unlike {baseline[key][0]}")
                    elif not {role, "anyone"} & route.roles and not ("signed_in" in route.roles and role != "nobody"):
                        faults.append(f"{role} reads {path}, which the policy keeps from them")
                    elif value not in self.known[role]:
                        faults.append(f"{role} reads {path} ({route.path}), to which nothing led them")
        print(f"AZ-9, AZ-5: {asked} requests with {len(self.pool)} ids by {len(self.world.people)} people, {reads} reads of their own, "
              f"{len(faults)} cross-reads or differences")
        self.assertGreater(reads, 50, "hardly anything was read: the ids are not those of the demonstration")
        self.assertEqual(faults, [], "\n".join(faults[:60]))

    def test_what_is_not_mine_is_not_changed(self):
        before, sent, faults, answers = self.world.rows(), 0, [], collections.Counter()
        for route in (one for one in self.world.routes if one.method == "POST" and one.names):
            for role, client in self.world.people.items():
                baseline = {}
                for values, without, value, nothing in self.tries(route):
                    if value in self.known[role]:
                        continue
                    key = tuple(without[i] if without[i] != nothing else "" for i in range(len(without)))
                    if key not in baseline:
                        baseline[key] = seen_of(client.post_form(route.filled(without), {"_token": client.token}), route.filled(without))
                    path = route.filled(values)
                    got, sent = seen_of(client.post_form(path, {"_token": client.token}), path), sent + 1
                    answers[got[0]] += 1
                    if got != baseline[key]:
                        faults.append(f"{role} {path} ({route.path}): {got[0]} unlike {baseline[key][0]}")
        after = self.world.rows()
        changed = [table for table in before if before[table] != after[table]]
        print(f"AZ-9: {sent} forms sent with foreign ids, {len(faults)} answered differently, {len(changed)} tables changed; answers "
              f"{dict(answers)}")
        self.assertGreater(answers[404], 1000, "the forms did not get as far as the ids")
        self.assertEqual((faults, changed), ([], []), "\n".join(faults[:60]))


if __name__ == "__main__":
    unittest.main()
