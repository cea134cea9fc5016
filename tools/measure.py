#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs what stands in bench/ and makes one table of the figures. Usage: measure.py [--write] [NAME]...

bench/NAME.cpp is built as bench_NAME; bench/NAME.sh and .py are run as they are, with the built program's path in CAIRN.
Each prints rows `| what | target | measured |`. With --write the table and the machine go into docs/operating/performance.md,
between its two marks.
"""
import datetime
import os
import pathlib
import platform
import re
import subprocess
import sys

TOP = pathlib.Path(__file__).resolve().parent.parent
PAPER = "docs/operating/performance.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
HEAD = ["| what | target | measured |", "|---|---|---|"]
ROW = re.compile(r"^\|[^|]+\|[^|]+\|[^|]+\|\s*$", re.M)
RUNNERS = {".py": [sys.executable], ".sh": ["bash"]}


def rows_of(text):
    """The rows of figures in what a benchmark printed; a head or a rule of a table is none."""
    rows = [row.strip() for row in ROW.findall(text)]
    return [row for row in rows if row not in HEAD and not re.fullmatch(r"[|\s:-]+", row)]


def machine():
    """One line about where it was measured: no names, only what bears on the figures."""
    model = next((line.split(":", 1)[1].strip() for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines()
                  if line.startswith("model name")), platform.machine())
    kilobytes = int(re.search(r"MemTotal:\s+(\d+)", pathlib.Path("/proc/meminfo").read_text())[1])
    system = next((line.split("=", 1)[1].strip('"') for line in pathlib.Path("/etc/os-release").read_text().splitlines()
                   if line.startswith("PRETTY_NAME=")), platform.system())
    return f"{os.cpu_count()} cores ({model}), {kilobytes / 1024 / 1024:.0f} GiB of memory, {system}, the load on the same machine"


def chosen(top, names):
    found = [p for p in sorted((top / "bench").glob("*")) if p.suffix in (".cpp", *RUNNERS)]
    return [p for p in found if not names or p.stem in names]


def run(path):
    """The rows one benchmark printed. Says so and ends where it fails."""
    print(f"measuring {path.stem} ...", file=sys.stderr, flush=True)
    if path.suffix == ".cpp":
        subprocess.run(["bash", "tools/build.sh", "release", f"bench_{path.stem}"], cwd=TOP, check=True, stdout=sys.stderr)
        command = [str(TOP / f"build/release/bench_{path.stem}")]
    else:
        command = [*RUNNERS[path.suffix], str(path)]
    done = subprocess.run(command, cwd=TOP, stdout=subprocess.PIPE, text=True, check=False,
                          env={**os.environ, "CAIRN": str(TOP / "build/release/cairn")})
    rows = rows_of(done.stdout)
    print(done.stdout, end="", file=sys.stderr, flush=True)
    if done.returncode != 0:
        sys.exit(f"{path.name} ended with {done.returncode}")
    return rows


def written(paper, table, where, day):
    """The paper with the table between its marks."""
    begin, end = paper.index(BEGIN) + len(BEGIN), paper.index(END)
    return f"{paper[:begin]}\n\nMeasured on {day} on {where}.\n\n{table}\n\n{paper[end:]}"


def main(words):
    names = [word for word in words if not word.startswith("-")]
    found = chosen(TOP, names)
    if not found:
        sys.exit("nothing in bench/ bears that name")
    subprocess.run(["bash", "tools/build.sh", "release", "cairn"], cwd=TOP, check=True, stdout=sys.stderr)
    rows = [row for path in found for row in run(path)]
    table = "\n".join([*HEAD, *rows])
    print(table)
    if "--write" in words:
        paper = TOP / PAPER
        paper.write_text(written(paper.read_text(), table, machine(), datetime.date.today().isoformat()))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
