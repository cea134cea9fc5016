#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Fails where a paper leads nowhere, two decisions share a number, or a built file is kept. Usage: links.py [TOP]

- Every relative link of a Markdown file leads to a file, and its #anchor to a heading there.
- A path in `backticks` that begins with a folder of the tree exists; so does every paper a source file names. A how-to may name a
  file that is yet to be made, in a folder that is there.
- docs/decisions/NNNN-*.md are numbered 0001, 0002 ... without gap or double, each with Context, Decision and Consequences.
- Nothing built, no database, no key and no program is under version control.
"""
import pathlib
import re
import sys

from cplusplus import Fault, line_of, tell
from words import tracked

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)")
FENCE = re.compile(r"^```.*?^```", re.M | re.S)
TICKED = re.compile(r"`([\w.-]+(?:/[\w.-]+)+/?)`")
PAPER = re.compile(r"\b(?:docs|packaging)/[\w/-]+(?:\.[\w-]+)*\.(?:md|toml|conf|service)\b")
ROOTS = {"src", "tools", "docs", "bin", "content", "tests", "migrations", "locales", "static", "packaging", "bench", ".ci"}
SOURCE = {".cpp", ".hpp", ".py", ".sh", ".mjs", ".js", ".toml", ".sql", ".scss", ""}
BUILT = re.compile(r"(?:^|/)(?:build|node_modules|__pycache__|cairn-data|demo-data)/|"
                   r"\.(?:o|a|so|pyc|gch|pch|d|sqlite|sqlite-wal|sqlite-shm|db|key|pem|min\.js|min\.css|log)$")


def blank(found):
    return re.sub(r"[^\n]", " ", found[0])


def anchors(text):
    """The anchors of a Markdown file's headings, as the usual viewers make them."""
    made = set()
    for heading in re.findall(r"^#{1,6}\s+(.+?)\s*#*\s*$", FENCE.sub(blank, text), re.M):
        made.add(re.sub(r"[^\w\- ]", "", re.sub(r"`|\*", "", heading).lower()).replace(" ", "-"))
    return made


def link_faults(top, path, text):
    code_free = re.sub(r"`[^`\n]*`", blank, FENCE.sub(blank, text))
    for found in LINK.finditer(code_free):
        target = found[1]
        if re.match(r"[a-z]+:", target):
            continue
        file, _, anchor = target.partition("#")
        at = (top / path.parent / file) if file else top / path
        if not at.exists():
            yield Fault(path.as_posix(), line_of(text, found.start()), f"{target} leads nowhere")
        elif anchor and at.suffix == ".md" and anchor not in anchors(at.read_text()):
            yield Fault(path.as_posix(), line_of(text, found.start()), f"{target}: no such heading")


def ticked_faults(top, path, text):
    to_be_made = path.parts[:2] == ("docs", "how-to")
    for found in TICKED.finditer(FENCE.sub(blank, text)):
        named = top / found[1]
        if found[1].split("/")[0] in ROOTS and not (named.exists() or to_be_made and named.parent.is_dir()):
            yield Fault(path.as_posix(), line_of(text, found.start()), f"{found[1]} does not exist")


def named_paper_faults(top, path, text):
    for found in PAPER.finditer(text):
        if not (top / found[0]).exists():
            yield Fault(path.as_posix(), line_of(text, found.start()), f"{found[0]} does not exist")


def decision_faults(top):
    seen = {}
    for path in sorted((top / "docs/decisions").glob("*.md")):
        shown, text = path.relative_to(top).as_posix(), path.read_text()
        number = re.match(r"(\d{4})-[a-z0-9-]+\.md$", path.name)
        if not number:
            yield Fault(shown, 1, "name it NNNN-words-with-hyphens.md")
            continue
        if number[1] in seen:
            yield Fault(shown, 1, f"the number {number[1]} is taken by {seen[number[1]]}")
        elif int(number[1]) != len(seen) + 1:
            yield Fault(shown, 1, f"the next number is {len(seen) + 1:04}")
        seen[number[1]] = path.name
        for part in ("Context", "Decision", "Consequences"):
            if f"## {part}" not in text:
                yield Fault(shown, 1, f"needs a part `## {part}`")


def built_faults(top, files):
    for path in files:
        name = path.as_posix()
        if BUILT.search(name):
            yield Fault(name, 1, "built, private or temporary: not for version control")
        elif (top / path).is_file() and (top / path).read_bytes()[:4] == b"\x7fELF":
            yield Fault(name, 1, "a built program: not for version control")


def check(top):
    top = pathlib.Path(top).resolve()
    files = tracked(top)
    faults = [*decision_faults(top), *built_faults(top, files)]
    for path in files:
        if not (top / path).is_file() or path.parts[:2] == ("tests", "tools"):
            continue
        if path.suffix == ".md":
            text = (top / path).read_text()
            faults += [*link_faults(top, path, text), *ticked_faults(top, path, text)]
        elif path.suffix in SOURCE:
            faults += named_paper_faults(top, path, (top / path).read_text(errors="replace"))
    return faults


if __name__ == "__main__":
    sys.exit(tell(check(sys.argv[1] if len(sys.argv) > 1 else "."), "every link leads somewhere"))
