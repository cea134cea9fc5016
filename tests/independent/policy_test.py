# SPDX-License-Identifier: Apache-2.0
"""AZ-1: every decision about the records of people, told by the program and worked out here from policy_matrix.py and the order of rules
below, in another language and another manner: not step by step, but as sets of circumstances. AZ-7: the policy is changed in every
place, a little and a lot; each change must be found by the same comparison.

The order: erased; owner; "not with these people"; treatment conflict, which only the owner's grant to this very person passes; grant;
shield, which never stands against an assigned line manager or supervisor; role; broken glass; denied. The first that fits decides."""
import itertools
import os
import pathlib
import random
import shlex
import subprocess
import tempfile
import time
import unittest

import policy_matrix as matrix
import policy_mutants as mutants

TOP = pathlib.Path(__file__).resolve().parent.parent.parent
DECISIONS = pathlib.Path(os.environ.get("CAIRN", str(TOP / "build/release/cairn"))).parent / "decisions"
RELATIONSHIPS = {"stranger": "", "owner": "owner", "assigned": "assigned", "colleague": "team", "in_reach": "reach",
                 "assigned_in_reach": "assigned reach team", "owner_on_duty": "owner assigned reach team"}
GRANTS = ["", "grant_live", "grant_role", "grant_expired", "grant_revoked", "grant_wrong"]
CONFLICTS = ["", "conflict_now", "conflict_past"]
STEP_UPS = ["", "step_up"]
KEEPINGS = ["", "resting", "erased"]
BEST = "in_state protocol two_people"
CIRCUMSTANCES = ["", "blocked", "shielded", "glass", "in_state protocol", "in_state two_people", "protocol two_people", BEST,
                 "blocked shielded glass", f"{BEST} blocked", f"{BEST} shielded", f"{BEST} glass", f"{BEST} shielded glass",
                 f"{BEST} blocked shielded glass"]
LONG = bool(os.environ.get("CAIRN_LONG"))
RESTING_ACTIONS = {"list", "erase", "restore"}


class Worlds:
    """Every context, and for each word the set of contexts it stands in: a whole number with a bit for each."""

    def __init__(self, circumstances):
        self.contexts = [frozenset(" ".join(words).split()) for words in itertools.product(
            RELATIONSHIPS.values(), GRANTS, CONFLICTS, STEP_UPS, KEEPINGS, circumstances)]
        self.all = (1 << len(self.contexts)) - 1
        self.with_word = {}
        for place, words in enumerate(self.contexts):
            for word in words:
                self.with_word[word] = self.with_word.get(word, 0) | 1 << place
        self.bytes = (len(self.contexts) + 7) // 8

    def has(self, word):
        return self.with_word.get(word, 0)

    def lacks(self, word):
        return self.all & ~self.has(word)

    def lines(self):
        return "forget\n" + "".join("context " + " ".join(sorted(words)) + "\n" for words in self.contexts)


def is_fresh(record, action, near):
    """Whether the content goes out only to somebody who has just signed in anew."""
    if action == "break_glass" or (action == "export" and near == "own"):
        return True
    if record.name in matrix.FRESH_WHOLLY and action in {"list", "amend", "erase"}:
        return True
    return record.name in matrix.FRESH and action in {"read", "share"}


def passes(worlds, record, role, near):
    """The circumstances in which no barrier keeps somebody out who comes by this way."""
    owner, out = worlds.has("owner"), 0
    if near in ("own", "create"):
        return worlds.all
    if "block" in record.barriers:
        out |= worlds.has("blocked")
    if "conflict" in record.barriers and near != "named":
        out |= worlds.has("conflict_now") | worlds.has("conflict_past")
    stands_behind = role in ("line_manager", "supervisor") and near == "assigned"
    if "shield" in record.barriers and near not in ("named", "by_role") and not stands_behind and role not in record.spared:
        out |= worlds.has("shielded")
    return worlds.all & ~out | owner


def met(worlds, record, role, action, path):
    """The circumstances in which one way to an act is open."""
    nears = {"always": [("create" if action == "create" else "always", worlds.all)], "own": [("own", worlds.has("owner"))],
             "granted": [("named", worlds.has("grant_live")), ("by_role", worlds.has("grant_role"))]}
    ways = nears.get(path.near) or [(path.near, worlds.has(path.near))]
    found = 0
    for near, where in ways:
        found |= where & passes(worlds, record, role, near)
    if path.state:
        found &= worlds.has("in_state")
    if path.agreed:
        found &= worlds.has(path.agreed)
    if is_fresh(record, action, path.near):
        found &= worlds.has("step_up")
    puts_back = any(other.near == path.near for other in record.paths[role].get("restore", ()))
    rests = worlds.has("resting") if action in RESTING_ACTIONS and puts_back else 0
    return found & (rests | worlds.lacks("resting") & worlds.lacks("erased"))


def expected(worlds, record, role, action):
    """The circumstances in which this role may do this, as a whole number."""
    found = 0
    for path in record.paths.get(role, {}).get(action, ()):
        found |= met(worlds, record, role, action, path)
    for path in record.paths.get(role, {}).get("break_glass", ()) if action == "read" else ():
        found |= (worlds.has(path.near) & worlds.has("glass") & passes(worlds, record, role, path.near)
                  & worlds.lacks("resting") & worlds.lacks("erased"))
    return found


def state_of(record, role, action):
    states = {path.state for path in record.paths.get(role, {}).get(action, ()) if path.state}
    assert len(states) < 2, "the questions below name one state"
    return states.pop() if states else "-"


def question(record, role, action):
    return f"ask {role} {record.name} {action} {record.part or '-'} {state_of(record, role, action)}\n"


def answers(asked):
    done = subprocess.run([DECISIONS], input=asked if isinstance(asked, bytes) else asked.encode(), capture_output=True, check=True)
    return done.stdout


def cells_of(mutant):
    """The decisions that a mutant may have changed."""
    return [(record, role, action) for role in matrix.ROLES for record in matrix.RECORDS for action in matrix.ACTIONS
            if record.name == mutant.record and (not mutant.roles or role in mutant.roles)
            and (not mutant.actions or action in mutant.actions)]


def survivors_among(chosen):
    """The mutants whose every decision is the one worked out here; what the program refuses to start with is found too."""
    worlds = Worlds([BEST, f"{BEST} blocked", f"{BEST} shielded", f"{BEST} glass", "in_state protocol", "in_state two_people",
                     "protocol two_people"])
    asked = [worlds.lines().encode()]
    for one in chosen:
        text = one.toml.encode()
        asked.append(b"policy %d\n" % len(text) + text + "".join(question(*cell) for cell in cells_of(one)).encode())
    told, at, right, survivors = answers(b"".join(asked)), 0, {}, []
    for one in chosen:
        found = told[at:at + 1] == b"0"
        at += 1
        for record, role, action in cells_of(one):
            key = (record.name, record.part, role, action)
            if key not in right:
                right[key] = expected(worlds, record, role, action).to_bytes(worlds.bytes, "little")
            found = found or told[at:at + worlds.bytes] != right[key]
            at += worlds.bytes
        if not found:
            survivors.append(one)
    assert at == len(told)
    return survivors


def changes_nothing(mutant):
    """Whether no decision could tell a mutant from the table: a barrier before a record to which only its owner has a way, or only ways
    that this barrier lets pass. It stands there for whoever adds a row."""
    name, _, barrier = mutant.what.removesuffix(" turned round").partition(" barriers: ")
    ways = [(role, path) for record in matrix.RECORDS if record.name == name for role, acts in record.paths.items()
            for action, paths in acts.items() for path in paths if (action, path.near) != ("create", "always")]
    if barrier == "shield":
        return all(path.near in ("own", "granted") or (role in ("line_manager", "supervisor") and path.near == "assigned")
                   for role, path in ways)
    return barrier != "" and all(path.near == "own" for _, path in ways)


def linked_with(folder, main):
    """The command that makes a program of one changed source and the built libraries."""
    built = DECISIONS.parent
    libraries = [str(built / f"libcairn_{name}.a") for name in ("policy", "content", "embedded", "base")]
    others = subprocess.run(["pkg-config", "--libs", "libsodium", "fmt", "libcmark"], capture_output=True, text=True, check=True).stdout
    return ["g++", "-std=c++20", "-O1", f"-I{TOP / 'src'}", str(folder / "changed.cpp"), str(main), *libraries, *shlex.split(others),
            "-ldate-tz", "-lpthread", "-o", str(folder / "decisions")]


def program_with(source, folder):
    """The program of decisions, with another text of src/policy/policy.cpp."""
    main = folder / "main.o"
    if not main.exists():
        subprocess.run(["g++", "-std=c++20", "-O1", f"-I{TOP / 'src'}", f"-I{TOP / 'tests'}", "-c",
                        str(TOP / "tests/independent/decisions.cpp"), "-o", str(main)],
                       check=True)
    (folder / "changed.cpp").write_text(source)
    subprocess.run(linked_with(folder, main), check=True)
    return folder / "decisions"


def differs(worlds, program):
    """Whether a program tells any decision otherwise than it is worked out here."""
    cells = [(record, role, action) for role in matrix.ROLES for record in matrix.RECORDS for action in matrix.ACTIONS]
    asked = worlds.lines() + "".join(question(*cell) for cell in cells)
    told = subprocess.run([program], input=asked.encode(), capture_output=True, check=True).stdout
    return any(told[at * worlds.bytes:(at + 1) * worlds.bytes] != expected(worlds, *cell).to_bytes(worlds.bytes, "little")
               for at, cell in enumerate(cells))


class Decisions(unittest.TestCase):
    def test_az_1_every_decision_is_the_one_worked_out_here(self):
        started = time.monotonic()
        worlds = Worlds(CIRCUMSTANCES)
        cells = [(record, role, action) for role in matrix.ROLES for record in matrix.RECORDS for action in matrix.ACTIONS]
        told = answers(worlds.lines() + "".join(question(*cell) for cell in cells))
        self.assertEqual(len(told), len(cells) * worlds.bytes)
        wrong = []
        for place, cell in enumerate(cells):
            got = int.from_bytes(told[place * worlds.bytes:(place + 1) * worlds.bytes], "little")
            different = got ^ expected(worlds, *cell)
            if different:
                first = worlds.contexts[(different & -different).bit_length() - 1]
                wrong.append(f"{different.bit_count()} of {cell[0].name} {cell[0].part} {cell[1]} {cell[2]}: with {sorted(first)} the "
                             f"program says {'yes' if got & different & -different else 'no'}")
        seconds = time.monotonic() - started
        print(f"\nAZ-1: {len(cells) * len(worlds.contexts):,} decisions ({len(matrix.ROLES)} roles, {len(matrix.RECORDS)} records and "
              f"parts, 9 actions, {len(worlds.contexts):,} contexts), {len(wrong)} cells differ, {seconds:.1f} s", flush=True)
        self.assertGreaterEqual(len(cells) * len(worlds.contexts), 2_222_640)
        self.assertEqual(wrong[:20], [])

    def test_az_7_every_change_of_the_table_is_found(self):
        started = time.monotonic()
        text = (TOP / "content/policy.toml").read_text()
        every = list(mutants.of_table(text, {record.name for record in matrix.RECORDS}, matrix.ROLES, matrix.ACTIONS))
        chosen = every if LONG else random.Random(7).sample(every, 1500)
        survivors = survivors_among(chosen)
        unexplained = [one.what for one in survivors if not changes_nothing(one)]
        killed = len(chosen) - len(survivors)
        print(f"\nAZ-7: {len(chosen):,} of {len(every):,} changes of the table, {killed:,} found ({100 * killed / len(chosen):.2f} %), "
              f"{len(survivors)} survive, {len(unexplained)} of them unexplained, {time.monotonic() - started:.1f} s", flush=True)
        for one in survivors:
            print(f"  survives: {one.what}", flush=True)
        self.assertEqual(unexplained, [])
        self.assertGreaterEqual(killed / len(chosen), 0.99)

    @unittest.skipUnless(LONG, "compiles the function some forty times: bin/test --long")
    def test_az_7_every_change_of_the_function_is_found(self):
        source = (TOP / "src/policy/policy.cpp").read_text()
        worlds = Worlds(CIRCUMSTANCES)
        with tempfile.TemporaryDirectory() as folder:
            survivors = []
            for what, there, instead in mutants.OF_THE_FUNCTION:
                self.assertIn(there, source, what)
                if not differs(worlds, program_with(source.replace(there, instead), pathlib.Path(folder))):
                    survivors.append(what)
        print(f"\nAZ-7: {len(mutants.OF_THE_FUNCTION)} changes of the function, {len(survivors)} survive: "
              + "; ".join(f"{one} ({mutants.EXPLAINED.get(one)})" for one in survivors), flush=True)
        self.assertEqual([one for one in survivors if one not in mutants.EXPLAINED], [])


if __name__ == "__main__":
    unittest.main()
