#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A file of 100,000 respondents: how long the whole command takes that brings it in, and the one that compares it along every
axis, and how much memory each holds at most. Usage: inventory.py [RESPONDENTS]"""
import os
import pathlib
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tests/faults"))
from world import CAIRN, DONE, HEADER, World, row  # noqa: E402

ROUNDS = 5


def timed(here, *words):
    """Seconds and mebibytes of one command, from its start to its end."""
    began = time.monotonic()
    with open(os.devnull, "wb") as nowhere:
        process = subprocess.Popen([CAIRN, *words, *here.where()], cwd=here.folder, stdin=subprocess.DEVNULL, stdout=nowhere)
        _, status, used = os.wait4(process.pid, 0)
    took = time.monotonic() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != DONE:
        sys.exit(f"{' '.join(words)} ended with {process.returncode}")
    return took, used.ru_maxrss / 1024


def median(measured):
    return sorted(measured)[len(measured) // 2]


def compared(here, study):
    all_of_it = [timed(here, "inventory", "compare", "--study", study, "--format", "csv") for _ in range(ROUNDS)]
    return median([one[0] for one in all_of_it]), max(one[1] for one in all_of_it)


def main():
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    here = World().init(people=False)
    try:
        for name, count in (("tenth.csv", people // 10), ("whole.csv", people)):
            with (here.folder / name).open("w") as file:
                file.write(HEADER + "\n")
                file.writelines(row(number, f"Site {number % 12}") + "\n" for number in range(1, count + 1))
        size = (here.folder / "whole.csv").stat().st_size / 1024 / 1024
        timed(here, "inventory", "import", "tenth.csv", "--study", "Tenth", "--create")
        seconds, most = timed(here, "inventory", "import", "whole.csv", "--study", "Whole", "--create")
        print(f"| import of {people:,} x 80 answers ({size:.0f} MB), checked and stored durably | under 5 s, under 200 MB | "
              f"{seconds:.2f} s, {most:.0f} MB |")
        tenth, _ = compared(here, "Tenth")
        seconds, most = compared(here, "Whole")
        print(f"| comparison of {people:,} stored respondents, all items, every axis, whole command | under 0.6 s, under 150 MB | "
              f"{seconds:.2f} s, {most:.0f} MB |")
        print(f"| the same for a tenth of them | grows no faster than the number of people | {tenth:.2f} s |")
    finally:
        here.close()


if __name__ == "__main__":
    main()
