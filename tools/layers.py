#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Fails where a source file includes what its place does not allow. Usage: layers.py [TOP]

The rule, in one line: app -> later stage -> earlier stage -> web, jobs, policy, content, db -> base. ARCHITECTURE.md says why.
"""
import pathlib
import re
import sys

from cplusplus import Fault, sources, tell

GROUND = {  # folder: the folders it may include besides itself
    "base": set(),
    "db": {"base"},
    "content": {"base"},
    "policy": {"base", "content"},
    "jobs": {"base", "db"},
    "web": {"base", "policy", "jobs"},
}
# The order of a programme's own life. A stage that has nothing yet has no folder.
STAGES = ["accounts", "privacy", "instruments", "agenda", "readiness", "recruitment", "placement", "training", "support",
          "supervision", "wellbeing", "progress", "voice", "evaluation"]
ABOVE = ["app"]
ROOMS = {  # room: (rooms of the same stage, rooms of earlier stages, folders of the ground)
    "model": ({"model"}, {"model"}, {"base"}),
    "store": ({"model", "store"}, {"model"}, {"base", "db", "policy", "content", "jobs"}),
    "pages": ({"model", "pages"}, set(), {"base", "web"}),
    "actions": ({"model", "store", "pages", "actions"}, {"model", "store"}, set(GROUND)),
}
# Every stage's store may ask the store of privacy who may read a thing.
ASKED_BY_STORES = ("privacy", "store")
# A library of others is known to few folders, so that it can be exchanged.
LIBRARIES = {
    "sqlite3.h": {"db"},
    "libpq-fe.h": {"db"},
    "boost/": {"web"},
    "openssl/": {"web", "accounts"},
    "qrencode.h": {"web"},
    "cmark.h": {"content"},
    "xlsxwriter.h": {"evaluation"},
    "date/": {"base"},
    "curl/": {"jobs"},
    "CLI/": {"app", "src"},
}


def room(name):
    """The room a file belongs to, by the first word of its name; any other file counts as model."""
    word = name.split(".")[0].split("_")[0]
    return word if word in ROOMS else "model"


def fault(here, name, target):
    """Why the file `name` in folder `here` may not include "`target`", or None where it may."""
    if "/" not in target:
        return "write the folder too"
    there, header = target.split("/", 1)
    if here == "src" or here in ABOVE:
        return None
    if here in GROUND:
        return None if there == here or there in GROUND[here] else f"{here} may use only {allowed(GROUND[here])}"
    same, earlier, ground = ROOMS[room(name)]
    if here == there:
        return None if room(header) in same else f"{room(name)} may not use {room(header)}"
    if there in GROUND:
        return None if there in ground else f"{room(name)} may not use {there}"
    if there not in STAGES:
        return f"{there} is above {here}"
    if STAGES.index(there) > STAGES.index(here):
        return f"{there} comes later than {here}"
    if room(name) == "store" and (there, room(header)) == ASKED_BY_STORES:
        return None
    return None if room(header) in earlier else f"{room(name)} may not use another stage's {room(header)}"


def allowed(folders):
    return ", ".join(sorted(folders)) or "itself"


def library_fault(here, target):
    for library, folders in LIBRARIES.items():
        if target == library or (library.endswith("/") and target.startswith(library)):
            return None if here in folders else f"only {allowed(folders)} may use this library"
    return None


def faults_of(path, shown):
    here = path.parent.name
    for number, line in enumerate(path.read_text().splitlines(), 1):
        ours = re.match(r'\s*#\s*include\s+"([^"]+)"', line)
        theirs = re.match(r"\s*#\s*include\s+<([^>]+)>", line)
        if ours and fault(here, path.name, ours[1]):
            yield Fault(shown, number, f"{ours[1]}: {fault(here, path.name, ours[1])}")
        if theirs and library_fault(here, theirs[1]):
            yield Fault(shown, number, f"{theirs[1]}: {library_fault(here, theirs[1])}")


def check(top):
    top = pathlib.Path(top)
    known = set(GROUND) | set(STAGES) | set(ABOVE) | {"src"}
    faults = []
    for path in sources(top, "src"):
        shown = path.relative_to(top).as_posix()
        if path.parent.name not in known or len(path.relative_to(top).parts) > 3:
            faults.append(Fault(shown, 1, f"{path.parent.name} is no folder tools/layers.py knows"))
        else:
            faults += faults_of(path, shown)
    return faults


if __name__ == "__main__":
    sys.exit(tell(check(sys.argv[1] if len(sys.argv) > 1 else "."), "every include is allowed"))
