#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""2,000 people who answer within ten minutes, each page and each saving measured; then how long counting them takes. And programs at an
open link for many: 100,000 posts in ten minutes from 1,000 networks, while people come by the same link. Usage: asking.py [SECONDS]
with SECONDS in place of those ten minutes: as many people and posts a second, for a shorter time."""
import asyncio
import collections
import json
import os
import pathlib
import random
import re
import sys
import time
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tests/faults"))
from asked import SECTIONS, Given, Round  # noqa: E402
from forensics import sqlite_rows  # noqa: E402
from world import World, signed_in  # noqa: E402

TEN_MINUTES = 600
PEOPLE, POSTS, NETWORKS = 2000, 100_000, 1000
PEOPLE_AT_THE_LINK = 60
TEAM_ROOMS = 12
AUTOSAVES = 2  # of each section
WORKERS = 64   # connections of the programs
FORM = "application/x-www-form-urlencoded"


class Measured:
    def __init__(self):
        self.seconds = collections.defaultdict(list)
        self.odd = collections.Counter()

    def of(self, *names):
        return sorted(second for name in names for second in self.seconds[name])

    def share(self, part, *names):
        every = self.of(*names)
        return every[min(len(every) - 1, int(len(every) * part))] * 1000 if every else 0

    def tell(self, title):
        print(title, file=sys.stderr)
        for name in sorted(self.seconds):
            print(f"  {name:14} {len(self.seconds[name]):7,}  p50 {self.share(.5, name):6.1f} ms  p95 {self.share(.95, name):6.1f} ms  "
                  f"p99 {self.share(.99, name):6.1f} ms", file=sys.stderr)
        for what, count in self.odd.most_common(12):
            print(f"  {count:7,} x {what}", file=sys.stderr)


class Visitor:
    """A browser's connection: kept while the server keeps it, made again where it does not."""

    def __init__(self, port, measured, address=""):
        self.port, self.measured = port, measured
        self.more = f"X-Forwarded-For: {address}\r\n" if address else ""
        self.reader = self.writer = None

    async def ask(self, name, path, fields=None, accept="text/html"):
        began = time.perf_counter()
        for last in (False, True):
            fresh = self.writer is None
            try:
                if fresh:
                    self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
                reply = await self.once(path, fields, accept)
                break
            except (OSError, asyncio.IncompleteReadError):
                self.close()
                if last or fresh:
                    raise
        self.measured.seconds[name].append(time.perf_counter() - began)
        return reply

    async def once(self, path, fields, accept):
        body = b"" if fields is None else urllib.parse.urlencode(fields, doseq=True).encode()
        head = f"{'GET' if fields is None else 'POST'} {path} HTTP/1.1\r\nHost: localhost:{self.port}\r\nAccept: {accept}\r\n{self.more}"
        if fields is not None:
            head += f"Sec-Fetch-Site: same-origin\r\nContent-Type: {FORM}\r\nContent-Length: {len(body)}\r\n"
        self.writer.write(head.encode() + b"\r\n" + body)
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = int(re.search(r"content-length: (\d+)", head)[1])
        body = await self.reader.readexactly(length)
        if "connection: close" in head:
            self.close()
        return int(head.split(" ")[1]), head, body

    def close(self):
        if self.writer:
            self.writer.close()
        self.reader = self.writer = None


async def answer(visit, path, given, pause, measured):
    """One person, from the first page to thanks; `pause` lets the time pass that a page takes."""
    async def must(name, step, fields=None, accept="text/html", wanted=200):
        status, head, body = await visit.ask(name, path + step, fields, accept)
        if status != wanted:
            measured.odd[f"{name} answered {status} {body[:80]!r}"] += 1
            raise ValueError(name)
        return head

    await must("first page", "")
    for number in SECTIONS:
        await must("section", f"/parts/{number}")
        fields = given.section(number)
        for part in range(AUTOSAVES):
            await pause()
            some = dict(list(fields.items())[:2 + (len(fields) - 2) * (part + 1) // AUTOSAVES])
            await must("saving itself", f"/parts/{number}", {**some, "act": "keep"}, "application/json")
        await pause()
        await must("save and go on", f"/parts/{number}", fields, wanted=303)
    await must("choose", "/most-important")
    await pause()
    await must("save choice", "/most-important", {"most_important": given.top}, wanted=303)
    await must("why", "/why")
    await pause()
    await must("saving itself", "/why", {**given.why(), "act": "keep"}, "application/json")
    await must("save reasons", "/why", given.why(), wanted=303)
    await must("look over", "/check")
    await pause()
    head = await must("send", "/send", {}, wanted=303)
    path = re.search(r"location: (\S+)", head)[1]
    await visit.ask("thanks", path)


PAGES = ("first page", "section", "save and go on", "choose", "save choice", "why", "save reasons", "look over", "send", "thanks", "saving itself")
STEPS = len(SECTIONS) * (AUTOSAVES + 1) + 3


async def everybody(port, people, seconds, measured):
    done = 0

    async def one(number, person):
        nonlocal done
        chance = random.Random(number)
        await asyncio.sleep(chance.uniform(0, seconds * 0.5))
        takes = chance.uniform(0.2, 0.48) * seconds

        async def pause():
            await asyncio.sleep(chance.uniform(0.2, 1.8) * takes / STEPS)
        visit = Visitor(port, measured)
        try:
            await answer(visit, f"/answer/{person.secret}", Given(number + 1), pause, measured)
            done += 1
        except (ValueError, OSError, asyncio.IncompleteReadError) as fault:
            measured.odd[f"somebody could not answer: {fault}"] += 1
        finally:
            visit.close()
    await asyncio.gather(*(one(number, person) for number, person in enumerate(people)))
    return done


def people_who_answer(seconds):
    count = max(20, round(PEOPLE * seconds / TEN_MINUTES))
    here = World().init()
    try:
        server = here.serve()
        lead = signed_in(server.port)
        asked = Round(lead, people=count)
        measured = Measured()
        began = time.monotonic()
        done = asyncio.run(everybody(server.port, asked.people, seconds, measured))
        took = time.monotonic() - began
        measured.tell(f"{done} of {count} people answered in {took:.0f} s")
        asked.close()
        began = time.monotonic()
        asked.count()
        counting = time.monotonic() - began
        everything = measured.of(*PAGES)
        under = sum(1 for second in everything if second < 0.1) / len(everything)
        print(f"| {count:,} people answer in {took / 60:.1f} min, a section at a time ({len(everything):,} pages and savings) | all of them, 95 in "
              f"100 under 100 ms | {done:,}, 95 in 100 under {measured.share(.95, *PAGES):.0f} ms ({100 * under:.1f} in 100 under 100 ms) |")
        for name in ("section", "save and go on", "saving itself", "send"):
            print(f"| of these: {name} | - | half under {measured.share(.5, name):.1f} ms, 95 in 100 under {measured.share(.95, name):.1f} ms |")
        print(f"| counting what {done:,} people sent | - | {counting:.2f} s |")
        print(f"| memory of the server after that, and the most | under 150 MB | {server.memory('VmRSS') / 1024:.0f} MB, "
              f"{server.memory() / 1024:.0f} MB |", flush=True)
        lead.close()
        server.stop()
        if done != count:
            sys.exit(f"{count - done} people could not answer")
    finally:
        here.close()


class Program:
    """Posts at a link as programs do, in five ways by turns; what it sends as a whole is counted."""

    def __init__(self, port, code, measured, posts, seconds):
        self.port, self.join, self.measured = port, f"/join/{code}", measured
        self.began, self.posts, self.seconds = time.monotonic(), posts, seconds
        self.sent = self.turn = 0
        self.chance = random.Random(1)
        self.harvested, self.waiting = None, collections.deque()
        self.outcome = collections.Counter()

    def address(self):
        network = self.chance.randrange(NETWORKS)
        return f"10.{network // 256}.{network % 256}.{self.chance.randrange(1, 255)}"

    async def worker(self, number):
        while self.sent < self.posts:
            early = self.sent * self.seconds / self.posts - (time.monotonic() - self.began)
            if early > 0:
                await asyncio.sleep(early + number / 1000)
                continue
            self.turn += 1
            visit = Visitor(self.port, self.measured, self.address())
            try:
                await (self.no_stamp, self.old_stamp, self.trap, self.too_fast, self.imitate)[self.turn % 5](visit)
            except (OSError, asyncio.IncompleteReadError):
                self.outcome["cut off"] += 1
            finally:
                visit.close()

    async def stamp(self, visit):
        status, _, body = await visit.ask("program looks", self.join, accept="application/json")
        return json.loads(body)["stamp"] if status == 200 else ""

    async def post(self, visit, way, path, fields):
        self.sent += 1
        status, head, _ = await visit.ask("program posts", path, fields)
        self.outcome[f"{way}: {status}"] += 1
        found = re.search(r"location: (/answer/[a-z2-7]{32})/parts/1", head)
        return found[1] if found else None

    async def no_stamp(self, visit):
        await self.post(visit, "no stamp", self.join, {"stakeholder": "coworker"})

    async def old_stamp(self, visit):
        self.harvested = self.harvested or await self.stamp(visit)
        await self.post(visit, "one stamp for all", self.join, {"stakeholder": "coworker", "stamp": self.harvested})

    async def trap(self, visit):
        await self.post(visit, "fills every field", self.join,
                        {"stakeholder": "coworker", "stamp": await self.stamp(visit), "website": "https://example.org"})

    async def too_fast(self, visit):
        await self.post(visit, "at once", self.join, {"stakeholder": "coworker", "stamp": await self.stamp(visit)})

    async def imitate(self, visit):
        """Looks, waits, joins, answers a whole section, waits, sends: each post from the address that began."""
        if self.waiting and self.waiting[0][0] < time.monotonic():
            _, address, step, path = self.waiting.popleft()
            visit.more = f"X-Forwarded-For: {address}\r\n"
            if step == "join":
                link = await self.post(visit, "imitates, joins", self.join, {"stakeholder": "coworker", "stamp": path})
                if link:
                    self.waiting.append((time.monotonic() + 1, address, "fill", link))
            elif step == "fill":
                await self.post(visit, "imitates, fills", path + "/parts/1", Given(self.turn).section("1"))
                self.waiting.append((time.monotonic() + 20, address, "send", path))
            else:
                await self.post(visit, "imitates, sends", path + "/send", {})
            return
        stamp = await self.stamp(visit)
        if stamp:
            self.waiting.append((time.monotonic() + 2.5, visit.more.split(": ")[1].strip(), "join", stamp))


async def person_at_the_link(port, code, number, seconds, measured):
    """Somebody in one of the team rooms, each behind one network. The first of each came before the programs."""
    chance = random.Random(number)
    await asyncio.sleep(0 if number < TEAM_ROOMS else chance.uniform(10, max(11, 0.8 * seconds - 40)))
    visit = Visitor(port, Measured(), f"172.16.{number % TEAM_ROOMS}.{number % 250 + 1}")
    try:
        stamp = json.loads((await visit.ask("look", f"/join/{code}", accept="application/json"))[2]).get("stamp", "")
        await asyncio.sleep(3)
        _, head, _ = await visit.ask("join", f"/join/{code}", {"stakeholder": "peer_worker", "stamp": stamp})
        found = re.search(r"location: (/answer/[a-z2-7]{32})/parts/1", head)
        if not found:
            return False

        async def pause():
            await asyncio.sleep(30 / STEPS * chance.uniform(0.9, 1.5))
        visit.measured = measured
        await answer(visit, found[1], Given(number + 1), pause, measured)
        return True
    except (ValueError, KeyError, OSError, asyncio.IncompleteReadError) as fault:
        measured.odd[f"somebody could not answer: {fault}"] += 1
        return False
    finally:
        visit.close()


async def attack(port, code, posts, seconds, measured, people):
    at_the_link = [asyncio.ensure_future(person_at_the_link(port, code, number, seconds, measured)) for number in range(people)]
    await asyncio.sleep(5)
    program = Program(port, code, Measured(), posts, seconds)
    done, *_ = await asyncio.gather(asyncio.gather(*at_the_link), *(program.worker(number) for number in range(WORKERS)))
    return program, sum(done)


def size_of(folder):
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def programs_at_a_link(seconds):
    posts, people = round(POSTS * seconds / TEN_MINUTES), max(20, round(PEOPLE_AT_THE_LINK * seconds / TEN_MINUTES))
    here = World().init()
    try:
        server = here.serve("--trusted-proxy", "127.0.0.1")
        lead = signed_in(server.port)
        asked = Round(lead)
        code = asked.group_link()
        before, measured = size_of(here.data), Measured()
        began = time.monotonic()
        program, done = asyncio.run(attack(server.port, code, posts, seconds, measured, people))
        took = time.monotonic() - began
        grown = size_of(here.data) - before
        measured.tell(f"people at the same link: {done} of {people} answered in {took:.0f} s")
        program.measured.tell("programs")
        for what, count in sorted(program.outcome.items()):
            print(f"  {count:7,} x {what}", file=sys.stderr)
        rows = sqlite_rows(here.data / "cairn.sqlite")
        stored = len(rows["sent_answer"]) - done
        sent = sum(count for what, count in program.outcome.items())
        print(f"| programs at an open link: {sent:,} posts in {took / 60:.1f} min from {NETWORKS:,} networks, five ways, one of which is to do all "
              f"a person does | at most 1 in 100 kept | {stored:,} kept, {100 * stored / sent:.2f} in 100 |")
        print(f"| the same: what the data folder grew by | at most 50 MB | {grown / 1024 / 1024:.1f} MB |")
        print(f"| the same: {people} people at that link meanwhile | 95 in 100 sent within 2 s | {done} answered, 95 in 100 sent within "
              f"{measured.share(.95, 'send'):.0f} ms, pages within {measured.share(.95, *PAGES):.0f} ms |", flush=True)
        lead.close()
        server.stop()
    finally:
        here.close()


def main():
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else TEN_MINUTES
    only = os.environ.get("CAIRN_BENCH_ONLY", "")
    if only != "programs":
        people_who_answer(seconds)
    if only != "people":
        programs_at_a_link(seconds)


if __name__ == "__main__":
    main()
