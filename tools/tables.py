#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Fails where SQL stands outside a store, or a store writes a table another stage keeps. Usage: tables.py [TOP]

- Each `create table` of migrations/ is preceded by a comment `-- kept by: STAGE`.
- SQL stands in raw strings R"sql( )sql", in the store files of stages, of src/jobs and in src/db, nowhere else.
- A statement is whole: nothing is glued to it, and it never asks for the time.
- A store writes only tables of its own stage, and reads only tables of its own or an earlier one.
"""
import pathlib
import re
import sys

from cplusplus import Fault, line_of, literals, sources, tell, without_comments
from layers import GROUND, STAGES, room

ORDER = list(GROUND) + STAGES
WRITES = re.compile(r"\b(?:insert\s+into|delete\s+from|update(?!\s+set\b)|truncate|alter\s+table|drop\s+table)\s+"
                    r"(?:if\s+exists\s+|only\s+)?\"?(\w+)", re.I)
READS = re.compile(r"\b(?:from|join)\s+\"?(\w+)", re.I)
LOOKS_LIKE_SQL = re.compile(r"^\s*(?:select\s+\S.*\bfrom\b|insert\s+into\s|update\s+\w+\s+set\s|delete\s+from\s|"
                            r"(?:create|drop|alter)\s+(?:table|index|view|trigger)\s|with\s+\w+\s+as\s*\()", re.I | re.S)
CLOCK = re.compile(r"\bnow\s*\(|\bcurrent_(?:timestamp|date|time)\b|\bstrftime\s*\(|\bjulianday\s*\(|\b(?:date)?time\s*\(\s*'now'", re.I)
GLUE_AFTER = re.compile(r"\s*\+")
GLUE_BEFORE = re.compile(r"(?:\+=?|<<|\bformat\s*\(|\bappend\s*\()\s*$")


def kept_tables(top, faults):
    """{table: stage} from the migrations; adds a fault for a table without a keeper, or with two."""
    keepers = {}
    for path in sorted((top / "migrations").glob("*.sql")):
        shown = path.relative_to(top).as_posix()
        keeper = None
        for number, line in enumerate(path.read_text().splitlines(), 1):
            said = re.match(r"\s*--\s*kept by:\s*(\w+)", line)
            made = re.match(r"\s*create\s+table\s+(?:if\s+not\s+exists\s+)?\"?(\w+)", line, re.I)
            if said:
                keeper = said[1]
                if keeper not in ORDER:
                    faults.append(Fault(shown, number, f"{keeper} is no stage"))
            elif made:
                if keeper is None:
                    faults.append(Fault(shown, number, f"table {made[1]} needs a comment `-- kept by: STAGE` above it"))
                elif keepers.setdefault(made[1].lower(), keeper) != keeper:
                    faults.append(Fault(shown, number, f"table {made[1]} is kept by {keepers[made[1].lower()]} already"))
                keeper = None
            elif not line.lstrip().startswith("--") and line.strip():
                keeper = None
    return keepers


def may_hold_sql(path):
    keeps = path.parent.name in STAGES or path.parent.name == "jobs"
    return path.parent.name == "db" or (keeps and room(path.name) == "store" and path.suffix == ".cpp")


def statement_faults(sql, here, keepers):
    """What is wrong with one statement in the stage `here`."""
    plain = re.sub(r"--[^\n]*", "", sql)
    if CLOCK.search(plain):
        yield "SQL never asks for the time: bind the moment"
    for table in {found.lower() for found in WRITES.findall(plain)}:
        if table not in keepers:
            yield f"no migration makes the table {table}"
        elif keepers[table] != here:
            yield f"{table} is kept by {keepers[table]}: {here} may not write it"
    for table in {found.lower() for found in READS.findall(plain)} & set(keepers):
        if ORDER.index(keepers[table]) > ORDER.index(here):
            yield f"{table} is kept by {keepers[table]}, which comes later than {here}"


def source_faults(path, shown, keepers):
    text = path.read_text()
    code = without_comments(text)
    here, allowed = path.parent.name, may_hold_sql(path)
    for literal in literals(code):
        number = line_of(code, literal.start)
        if literal.mark == "sql":
            if not allowed:
                yield Fault(shown, number, "SQL stands only in store*.cpp and src/db")
                continue
            if here != "db" and (GLUE_AFTER.match(code, literal.end) or GLUE_BEFORE.search(code[:literal.start])):
                yield Fault(shown, number, "nothing is glued to SQL: bind values with $1")
            for what in sorted(statement_faults(literal.value, here, keepers)) if here != "db" else []:
                yield Fault(shown, number, what)
        elif LOOKS_LIKE_SQL.match(literal.value) and here != "db":
            yield Fault(shown, number, 'write SQL as R"sql( ... )sql", in a store')


def check(top):
    top = pathlib.Path(top)
    faults = []
    keepers = kept_tables(top, faults)
    for keeper in set(keepers.values()) & set(ORDER):
        if not (top / "src" / keeper).is_dir():
            faults.append(Fault("migrations", 1, f"tables are kept by {keeper}, but there is no src/{keeper}"))
    for path in sources(top, "src"):
        faults += source_faults(path, path.relative_to(top).as_posix(), keepers)
    return faults


if __name__ == "__main__":
    sys.exit(tell(check(sys.argv[1] if len(sys.argv) > 1 else "."), "every statement stands where it may"))
