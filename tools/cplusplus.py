# SPDX-License-Identifier: Apache-2.0
"""Reads C++ as far as the checks need it: comments, literals and the code between them."""
import dataclasses
import pathlib
import re

PARTS = re.compile(
    r"""(?P<comment>//[^\n]*|/\*.*?\*/)
      | (?P<raw>(?:u8|[uUL])?R"(?P<mark>[^()\\\s]*)\((?P<inside>.*?)\)(?P=mark)")
      | (?P<text>(?:u8|[uUL])?"(?:\\.|[^"\\\n])*")
      | (?P<include>^[ \t]*\#[ \t]*include[^\n]*)
      | (?P<number>\b\d[\w.']*)
      | (?P<char>'(?:\\.|[^'\\\n])+')""",
    re.X | re.S | re.M)


@dataclasses.dataclass
class Literal:
    """A string in the source. `mark` is the word of a raw string (R"sql(...)sql" has "sql"), None for a plain one."""
    value: str
    mark: str
    start: int
    end: int


@dataclasses.dataclass
class Fault:
    """Something a check found, told as `path:line: what`."""
    path: str
    line: int
    what: str

    def __str__(self):
        return f"{self.path}:{self.line}: {self.what}"


def line_of(text, position):
    return text.count("\n", 0, position) + 1


def literals(text):
    """Every string literal in order, joined ones ("a" "b") apart, include lines left out."""
    for found in PARTS.finditer(text):
        if found["raw"] is not None:
            yield Literal(found["inside"], found["mark"], found.start(), found.end())
        elif found["text"] is not None:
            quote = found["text"].index('"')
            yield Literal(found["text"][quote + 1:-1], None, found.start(), found.end())


def without_comments(text):
    """The same text, each comment turned to spaces; positions and lines stay."""
    return PARTS.sub(lambda f: _blank(f[0]) if f["comment"] is not None else f[0], text)


def bare(text):
    """The same text, comments and the insides of strings and characters turned to spaces; positions and lines stay."""
    def one(found):
        if found["comment"] is not None:
            return _blank(found[0])
        if found["raw"] is not None or found["text"] is not None or found["char"] is not None:
            return '"' + _blank(found[0])[1:-1] + '"'
        return found[0]
    return PARTS.sub(one, text)


def _blank(text):
    return re.sub(r"[^\n]", " ", text)


def sources(top, *folders, endings=(".cpp", ".hpp")):
    """The files of these folders with these endings, in order of name."""
    for folder in folders:
        yield from sorted(p for p in (pathlib.Path(top) / folder).rglob("*") if p.suffix in endings and p.is_file())


def tell(faults, fine):
    """Prints each fault, or what was found fine. The exit code."""
    for fault in faults:
        print(fault)
    if not faults:
        print(fine)
    return 1 if faults else 0
