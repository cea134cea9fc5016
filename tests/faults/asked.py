# SPDX-License-Identifier: Apache-2.0
"""A round that asks people, made through the lead's pages, and people who answer it over HTTP."""
import datetime
import re
import urllib.parse

from world import ITEMS, Client, signed_in

SECTIONS = sorted({item.split(".")[0] for item in ITEMS}, key=int)
WORDS = {"who": "Robin Field, who leads peer support here", "why": "To learn what to work on first.",
         "what_next": "We add them up, and show you.", "help": "Ring 116 123, day and night."}
PRESENCE, IMPORTANCE = ("yes", "partly", "no", "dk", "nr"), ("4", "3", "2", "1", "dk", "nr")
MOST_LINES = 500
GROUP_WORDS = {"coworker": "colleagues", "peer_worker": "peer workers"}
FORM = "application/x-www-form-urlencoded"


class Given:
    """What one person answers, made from a number alone and unlike anybody else's."""

    def __init__(self, number):
        rest, self.items = number, {}
        for at, item in enumerate(ITEMS):
            rest, a = divmod(rest, len(PRESENCE))
            rest, b = divmod(rest, len(IMPORTANCE))
            self.items[item] = (PRESENCE[(a + at) % len(PRESENCE)], IMPORTANCE[(b + 2 * at) % len(IMPORTANCE)])
        self.top = sorted({ITEMS[(number * step + step) % len(ITEMS)] for step in (1, 3, 11)}, key=ITEMS.index)
        self.more = f"Quiet room number {number * 7919 % 1000003} would help"
        self.reason = f"It took {number * 104729 % 1000003} days here"

    def section(self, number):
        fields = {"act": "next", "state": ""}
        for item, (a, b) in self.items.items():
            if item.startswith(f"{number}."):
                fields[f"{item}.a"], fields[f"{item}.b"] = a, b
        return fields

    def why(self):
        return {f"reason.{self.top[0]}.tone": "hard", f"reason.{self.top[0]}.words": self.reason, "more": self.more}


class Answering:
    """Somebody with a link, over one connection. Each step asks for its page and sends it, as a browser would."""

    def __init__(self, port, secret, looks=True):
        self.client, self.path, self.looks = Client(port), f"/answer/{secret}", looks

    def look(self, step=""):
        return self.client.get(self.path + step)

    def post(self, step, fields):
        body = urllib.parse.urlencode(fields, doseq=True).encode()
        return self.client.ask("POST", self.path + step, "text/html", body, FORM)

    def step(self, step, fields):
        if self.looks:
            expect(self.look(step), 200)
        return expect(self.post(step, fields), 303)

    def sections(self, given, of=None):
        for number in of or SECTIONS:
            self.step(f"/parts/{number}", given.section(number))
        return self

    def the_rest(self, given):
        self.step("/most-important", {"most_important": given.top})
        self.step("/why", given.why())
        return self

    def send(self):
        if self.looks:
            expect(self.look("/check"), 200)
        return self.post("/send", {})

    def answer(self, given):
        return expect(self.sections(given).the_rest(given).send(), 303)

    def close(self):
        self.client.close()


def expect(reply, *statuses):
    if reply.status not in statuses:
        raise AssertionError(f"answered {reply.status}: {reply.text[:600]}")
    return reply


class Person:
    def __init__(self, name, secret, invitation):
        self.name, self.secret, self.invitation = name, secret, invitation


class Round:
    """A round at one site, open from today on. `people` are invited, each with a link that is handed over."""

    def __init__(self, lead, mode="anonymous", people=0, name="Spring", days=14, group="coworker", today=None):
        self.lead = lead
        self.service = service_of(lead)
        self.study = expect(lead.post("/studies", {"name": name}), 201).json()["location"]
        first = today or datetime.date.today()
        last = first + datetime.timedelta(days=days)
        fields = {"mode": mode, "sites": "1", "number": 1, **WORDS}
        for at, day in (("opens_on", first), ("closes_on", last)):
            fields |= {f"{at}-day": day.day, f"{at}-month": day.month, f"{at}-year": day.year}
        self.path = expect(lead.post(f"{self.study}/rounds", fields), 201).json()["location"]
        self.people = self.invite(people, group) if people else []

    def invite(self, count, group):
        """Everybody on the list, which has `count` people at least."""
        there = len(self.lead.data("/participants")["people"])
        for first in range(there, count, MOST_LINES):
            lines = "\n".join(f"Person {n:05d}, {GROUP_WORDS[group]}" for n in range(first, min(first + MOST_LINES, count)))
            expect(self.lead.post("/participants/several", {"service": self.service, "lines": lines}), 201)
        expect(self.lead.post(f"{self.path}/invitations", {"whom": "all"}), 201)
        found = []
        for one in self.lead.data(self.path)["invited"]:
            reply = expect(self.lead.post(f"{self.path}/invitations/{one['id']}/link", {}), 200, 201)
            found.append(Person(one["name"], last_part(reply.json()["address"]), one["id"]))
        return found

    def group_link(self, most=100000, group=""):
        made = expect(self.lead.post(f"{self.path}/links", {"most": most, "group": group}), 201).json()["location"]
        return last_part(self.lead.data(made)["address"])

    def close(self):
        """Nobody can begin any more; who has begun may still send."""
        self.lead.close()  # the server lets go of a connection nobody used for a while
        expect(self.lead.post(f"{self.path}/period", {"act": "now"}), 201)

    def count(self):
        self.lead.close()
        expect(self.lead.post(f"{self.path}/counting", {}), 201)
        if self.lead.data(self.path)["state"] != "closed":
            raise AssertionError("the round was not counted")


def last_part(address):
    return address.rsplit("/", 1)[1]


def service_of(lead):
    """The id of the one service there is, made where there is none."""
    structure = lead.data("/structure")
    if not structure["services"]:
        expect(lead.post("/structure/organisations", {"name": "Larkmoor Trust", "kind": "nhs"}), 201)
        employer = lead.data("/structure")["organisations"][0]["id"]
        expect(lead.post("/structure/services", {"name": "Willow Ward", "employer": employer, "settings": "inpatient"}), 201)
        structure = lead.data("/structure")
    return structure["services"][0]["id"]


def results_of(reply):
    """The address of the page of what came of it, in the page of thanks."""
    return re.search(r"/results/[a-z2-7]{32}", reply.text)[0]


def asked(world, server, **about):
    return Round(signed_in(server.port), **about)
