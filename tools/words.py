#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Fails on names that say nothing, on sentences in C++, and on notes that belong elsewhere. Usage: words.py [TOP]

- Types and files are named with words of the programme: no Manager, Helper, Util, Info, Data, Impl, no I before an interface; no get_.
- What people read comes from locales/ and content/: pages, actions, models and src/web hold no sentence. Texts for the log, for an
  exception and for the command line's own usage may stand in C++.
- Every source file names its licence in its first lines. No TODO, no #if 0, no code in comments.
"""
import pathlib
import re
import subprocess
import sys

from cplusplus import Fault, bare, line_of, literals, sources, tell, without_comments

EMPTY_WORDS = {"Manager", "Helper", "Helpers", "Util", "Utils", "Utility", "Info", "Data", "Impl", "Misc", "Common"}
EMPTY_FILES = {"manager", "helper", "helpers", "util", "utils", "utility", "info", "data", "impl", "misc", "common"}
LICENCED = (".cpp", ".hpp", ".py", ".sh", ".mjs", ".js", ".scss", ".css", ".toml")
DECLARED = re.compile(r"\b(?:class|struct|enum\s+class|enum\s+struct|enum|union|using|concept)\s+(?:\[\[\w+\]\]\s*)?([A-Za-z_]\w*)")
GETTER = re.compile(r"(?<![.:>\w])get_\w+\s*\(")
NOTE = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b")
DEAD = re.compile(r"^\s*#\s*if\s+0\b", re.M)
DEAD_LINE = re.compile(r"^\s*//\s*(?:[\w:.>-]+\s*(?:=|\()[^\n]*|return\b[^\n]*|(?:if|for|while)\s*\([^\n]*)[;{]\s*$", re.M)
NAMED_FOR_A_METHOD = {"get_form", "get_with"}  # sent with HTTP's GET
# A sentence: begins with a capital and goes on for four words, or ends like one after three. Title Case is a protocol's own name.
WORD = r" [\w'’(),:;%{}-]+"
SENTENCE = re.compile(rf"[A-Z][\w'’,-]*(?= [^A-Z]*\b[a-z]{{2}})(?:(?:{WORD}){{3,}}|(?:{WORD}){{2,}}[.?!:])")
# What stands before a literal that nobody but an operator or a developer reads.
FOR_THE_LOG = re.compile(r"\b(?:throw|runtime_error|logic_error|invalid_argument|NotFound|NotAllowed|Conflict|Unavailable|Corrupt|"
                         r"log|warn|assert|static_assert|add_option|add_flag|add_subcommand|description|footer|require_\w+)\b[^;]*$")
LOGGED_PLACES = {"db", "content", "policy", "base", "jobs"}


def name_faults(path, shown):
    words = re.split(r"[_.]", path.name.lower())
    for word in EMPTY_FILES & set(words[:-1]):
        yield Fault(shown, 1, f"{word} says nothing: name the file after what it holds")
    for folder in EMPTY_FILES & set(path.relative_to(path.anchor).parts[-3:-1]):
        yield Fault(shown, 1, f"a folder {folder} says nothing")


def declared_faults(code, shown):
    for found in DECLARED.finditer(code):
        words = set(re.findall(r"[A-Z][a-z0-9]*", found[1]))
        for word in sorted(words & EMPTY_WORDS):
            yield Fault(shown, line_of(code, found.start()), f"{found[1]}: {word} says nothing")
        if re.match(r"I[A-Z][a-z]", found[1]):
            yield Fault(shown, line_of(code, found.start()), f"{found[1]}: no I before an interface")
    for found in GETTER.finditer(code):
        if found[0].rstrip(" (") in NAMED_FOR_A_METHOD:
            continue
        yield Fault(shown, line_of(code, found.start()), f"{found[0].rstrip(' (')}: say the noun without get_")


def sentence_faults(path, text, shown):
    if path.parent.name in LOGGED_PLACES or path.parent.name == "src" or "demonstration" in path.stem:
        return  # the invented people and places of the demonstration are its data
    code = without_comments(text)
    for literal in literals(code):
        if literal.mark == "sql" or not SENTENCE.search(literal.value):
            continue
        if not FOR_THE_LOG.search(code[max(0, literal.start - 400):literal.start]):
            yield Fault(shown, line_of(code, literal.start), f'a sentence in C++: "{literal.value[:60]}"; give it a key in locales')


def note_faults(text, shown):
    patterns = [(NOTE, "finish it, or say the limit as a fact"), (DEAD, "take dead code out")]
    if shown.endswith(".cpp"):  # a header may show how a thing is used
        patterns.append((DEAD_LINE, "code in a comment: take it out"))
    for pattern, what in patterns:
        for found in pattern.finditer(text):
            yield Fault(shown, line_of(text, found.start() + len(found[0]) - len(found[0].lstrip())), what)


def licence_faults(top):
    for path in tracked(top):
        # A file an operator copies and fills in is theirs.
        if path.suffix in LICENCED and path.parts[0] != "packaging" and (top / path).is_file():
            first = (top / path).read_text(errors="replace").splitlines()[:3]
            if not any("SPDX-License-Identifier:" in line for line in first):
                yield Fault(path.as_posix(), 1, "the first line names the licence: SPDX-License-Identifier: ...")


def tracked(top):
    """The files under version control; all but built ones where there is none."""
    listed = subprocess.run(["git", "-C", str(top), "ls-files", "-z"], capture_output=True, text=True, check=False)
    if listed.returncode == 0:
        return [pathlib.Path(name) for name in listed.stdout.split("\0") if name]
    left_out = {"build", "node_modules", ".git", "demo-data", "cairn-data", "__pycache__"}
    return [p.relative_to(top) for p in sorted(top.rglob("*"))
            if p.is_file() and not left_out & set(p.relative_to(top).parts)]


def check(top):
    top = pathlib.Path(top).resolve()
    faults = list(licence_faults(top))
    for path in sources(top, "src", "tests", "bench"):
        shown, text = path.relative_to(top).as_posix(), path.read_text()
        faults += [*name_faults(path.relative_to(top), shown), *declared_faults(bare(text), shown), *note_faults(text, shown)]
        if shown.startswith("src/"):
            faults += sentence_faults(path, text, shown)
    return faults


if __name__ == "__main__":
    sys.exit(tell(check(sys.argv[1] if len(sys.argv) > 1 else "."), "names say something, and texts stand where translators find them"))
