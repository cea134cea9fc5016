#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A page with a list of 50 reports, read from the database for somebody who is signed in, asked for over 64 connections by wrk;
how soon the first page comes after the start; and the memory the server holds. With much stored: 100,000 respondents and 20,000
next steps. Usage: page.py [SECONDS]"""
import pathlib
import re
import shutil
import subprocess
import sys
import time

TOP = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TOP / "tests/faults"))
from world import HEADER, Client, World, make_report, row, signed_in, step  # noqa: E402

CONNECTIONS = 64
BARE = 13_000  # pages a second of the prototype the server began as, on a machine like this, the load on the same two cores
STARTS = 9
LATENCIES = 'done = function(summary, latency) io.write(string.format("p50 %d p95 %d p99 %d bad %d\\n", latency:percentile(50), ' \
            "latency:percentile(95), latency:percentile(99), summary.errors.status + summary.errors.read + summary.errors.connect)) end\n"


def load(here, client, path, seconds):
    """Requests a second and the 95th in a hundred in milliseconds."""
    script = here.write("latencies.lua", LATENCIES)
    done = subprocess.run(["wrk", "--threads", "1", "--connections", str(CONNECTIONS), "--duration", f"{seconds}s", "--script", script,
                           "-H", f"Cookie: {client.cookie}", f"http://localhost:{client.port}{path}"],
                          capture_output=True, text=True, check=True)
    found = re.search(r"p50 (\d+) p95 (\d+) p99 (\d+) bad (\d+)", done.stdout)
    if found[4] != "0":
        sys.exit(f"{path}: {found[4]} requests failed\n{done.stdout}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)[1]), int(found[2]) / 1000


def starts(here):
    """Seconds from starting the program to its first page, the median of some."""
    all_of_it = []
    for _ in range(STARTS):
        server = here.serve()
        page = Client(server.port).get("/sign-in")
        assert page.status == 200
        all_of_it.append(server.seconds_to_ready)
        server.kill()
    return sorted(all_of_it)[STARTS // 2]


def fill(here, lead, reports, steps):
    paths = [make_report(lead) for _ in range(reports)]
    for number in range(steps):
        assert lead.post(paths[number % reports] + "/steps", step(f"Step {number}")).status == 201
    return paths


def measure(here, seconds):
    print(f"| start to first page, empty | under 1 s | {starts(here):.2f} s |", flush=True)
    here.write("few.csv", "\n".join([HEADER, *(row(n) for n in range(1, 61))]) + "\n")
    here.must("inventory", "import", "few.csv", "--study", "Spring", "--create")
    server = here.serve()
    lead = signed_in(server.port)
    paths = fill(here, lead, 50, 100)
    length = len(lead.get("/reports").body)
    load(here, lead, "/reports", 1)
    rate, slow = load(here, lead, "/reports", seconds)
    print(f"| page from the database (list of 50 reports, {length / 1024:.0f} KB), signed in, {CONNECTIONS} connections | "
          f"95 in 100 under 25 ms | {slow:.1f} ms, {rate:,.0f}/s |")
    print(f"| the same against the {BARE:,}/s of a first prototype on bare Beast | at least 0.6 | {rate / BARE:.2f} |")
    for path, what in ((paths[0], "site report, counted from 60 respondents"), ("/today", "Today, 100 open steps")):
        rate, slow = load(here, lead, path, seconds)
        print(f"| page: {what}, {CONNECTIONS} connections | - | 95 in 100 under {slow:.0f} ms, {rate:,.0f}/s |", flush=True)
    lead.close()
    server.stop()


def measure_much(here, seconds):
    with (here.folder / "many.csv").open("w") as file:
        file.write(HEADER + "\n")
        file.writelines(row(number, f"Site {number % 12}") + "\n" for number in range(1, 100_001))
    here.must("inventory", "import", "many.csv", "--study", "Many", "--create")
    print(f"| start to first page, 100,000 respondents stored | under 1 s | {starts(here):.2f} s |", flush=True)
    server = here.serve()
    lead = signed_in(server.port)
    studies = {study["name"]: study["id"] for study in lead.data("/studies")["studies"]}
    path = f"/studies/{studies['Many']}"
    began = time.monotonic()
    assert lead.get(path).status == 200
    first = time.monotonic() - began
    took = []
    for _ in range(20):
        began = time.monotonic()
        assert lead.get(path).status == 200
        took.append(time.monotonic() - began)
    print(f"| page of a study with 100,000 respondents, counted anew | - | 95 in 100 under {sorted(took)[18] * 1000:.0f} ms (the first {first * 1000:.0f} ms) |")
    for other in ("/reports", "/today", "/studies"):
        load(here, lead, other, seconds)
    print(f"| memory of the server after that load: now, and the most | under 150 MB | {server.memory('VmRSS') / 1024:.0f} MB, "
          f"{server.memory() / 1024:.0f} MB |")
    lead.close()
    server.stop()


def main():
    if not shutil.which("wrk"):
        sys.exit("wrk is not installed: nothing measured")
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    here = World().init()
    try:
        measure(here, seconds)
        measure_much(here, seconds)
    finally:
        here.close()


if __name__ == "__main__":
    main()
