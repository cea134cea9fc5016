#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Fails where a function or a file is too long. Usage: sizes.py [TOP] [--wanted]

At most: a function 60 lines, a .cpp 500, a .hpp 200 (of tests 300), a script 500, a style sheet 800. Wanted: 40, 300, 120; --wanted lists
what is above.
tools/limits.txt names those that may be longer, one a line: `PATH LINES` or `PATH FUNCTION LINES`, `#` for a reason. A mark there
must be the very length: when the thing shrinks, the mark is lowered, so that it never grows again.
"""
import ast
import pathlib
import re
import sys

from cplusplus import Fault, bare, line_of, sources, tell

FILES = {".cpp": 500, ".hpp": 200, ".py": 500, ".sh": 500, ".mjs": 500, ".js": 500, ".scss": 800}
TEST_HEADER = 300  # what stands in for a whole server or database
WANTED_FILES = {".cpp": 300, ".hpp": 120}
FUNCTION, WANTED_FUNCTION = 60, 40
FOLDERS = ["src", "tests", "tools", "bench", "static"]

TYPE = re.compile(r"^(?:typedef\s+)?(?:class|struct|union|enum|namespace|extern|inline\s+namespace)\b")
MEMBERS = re.compile(r"\)\s*(?:noexcept\s*)?:(?!:)")


def cpp_functions(text):
    """(name, line, lines) of every function body in C++ source, lambdas counted with the function they stand in."""
    code = bare(re.sub(r"(?m)^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", lambda f: re.sub(r"[^\n]", " ", f[0]), text))
    at, since, depth_open = 0, 0, []
    while at < len(code):
        letter = code[at]
        if letter == ";" and balanced(code[since:at]):
            since = at + 1
        elif letter == "}":
            since = at + 1
            if depth_open:
                depth_open.pop()
        elif letter == "{":
            head = code[since:at].strip()
            kind = what_opens(head)
            if kind == "scope":
                depth_open.append(at)
                since = at + 1
            else:
                end = matching(code, at)
                if kind == "function":
                    yield name_of(head), line_of(code, at), line_of(code, end) - line_of(code, at) + 1
                    since = end + 1
                at = end
        at += 1


def without_prefixes(head):
    """A declaration without template and requires clauses, attributes and access words."""
    return re.sub(r"^(?:template\s*<[^{]*?>\s*(?:requires[^{;]*?\)\s*)?|\[\[[^\]]*\]\]\s*|(?:public|private|protected)\s*:\s*)+", "", head)


def what_opens(head):
    """What the brace after `head` begins: a scope (namespace, type), a function, or a value in braces."""
    plain = without_prefixes(head)
    if TYPE.match(plain) and not re.match(r"^(?:struct|class|enum)\s+[\w:]+[\s&*]+[\w:]+\s*\(", plain):
        return "scope"
    if "(" not in plain:
        return "value"
    flat = re.sub(r"operator\s*[^\s\w(]+|operator\s*\(\s*\)", "operator ", outside_brackets(plain))
    if "=" in flat:
        return "function" if re.search(r"=\s*\[", flat) else "value"
    if not balanced(plain):
        return "value"
    if MEMBERS.search(plain) and re.search(r"[\w>]$", plain):
        return "value"  # a member made with braces, before the body of a constructor
    return "function"


def outside_brackets(text):
    """The text without what stands in round brackets."""
    previous = None
    while previous != text:
        previous, text = text, re.sub(r"\([^()]*\)", " ", text)
    return text


def balanced(text):
    return text.count("(") <= text.count(")")


def matching(code, at):
    depth = 0
    for position in range(at, len(code)):
        depth += {"{": 1, "}": -1}.get(code[position], 0)
        if depth == 0:
            return position
    return len(code) - 1


def name_of(head):
    found = re.search(r"([\w:~]+|operator\s*\S+?)\s*\(", without_prefixes(head))
    return found[1] if found else "?"


def python_functions(text):
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node.name, node.lineno, (node.end_lineno or node.lineno) - node.lineno + 1


def functions(path, text):
    if path.suffix in (".cpp", ".hpp"):
        return list(cpp_functions(text))
    return list(python_functions(text)) if path.suffix == ".py" else []


def read_limits(path):
    """{(path, function or ""): (lines, number of the line)}."""
    marks = {}
    for number, line in enumerate(path.read_text().splitlines() if path.exists() else [], 1):
        words = line.split("#")[0].split()
        if words:
            marks[(words[0], words[1] if len(words) == 3 else "")] = (int(words[-1]), number)
    return marks


def measured(top):
    """(path, function or "", line, lines, limit, wanted) of every file and function."""
    for path in sources(top, *FOLDERS, endings=tuple(FILES)):
        shown, text = path.relative_to(top).as_posix(), path.read_text()
        limit = TEST_HEADER if path.suffix == ".hpp" and shown.startswith("tests/") else FILES[path.suffix]
        yield shown, "", 1, text.count("\n"), limit, WANTED_FILES.get(path.suffix, FILES[path.suffix])
        for name, line, lines in functions(path, text):
            yield shown, name, line, lines, FUNCTION, WANTED_FUNCTION


def check(top):
    top = pathlib.Path(top)
    marks, faults, seen = read_limits(top / "tools/limits.txt"), [], set()
    for path, name, line, lines, limit, _ in measured(top):
        mark, number = marks.get((path, name), (None, 0))
        what = f"function {name}" if name else "file"
        if mark is not None:
            if lines <= limit:
                continue
            seen.add((path, name))
            if lines < mark:
                faults.append(Fault("tools/limits.txt", number, f"{path} {name} has shrunk: lower the mark to {lines}"))
            limit = mark
        if lines > limit:
            faults.append(Fault(path, line, f"{what} has {lines} lines, at most {limit}"))
    for (path, name), (_, number) in marks.items():
        if (path, name) not in seen:
            faults.append(Fault("tools/limits.txt", number, f"{path} {name} needs no mark any more"))
    return faults


def above_wanted(top):
    return [f"{path}:{line}: {name or 'file'}: {lines} lines, wanted at most {wanted}"
            for path, name, line, lines, _, wanted in measured(pathlib.Path(top)) if lines > wanted]


def main(words):
    top = next((word for word in words if not word.startswith("-")), ".")
    above = above_wanted(top)
    if "--wanted" in words:
        print("\n".join(above))
    return tell(check(top), f"nothing is too long; {len(above)} are longer than wanted (tools/sizes.py --wanted)")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
