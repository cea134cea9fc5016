#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Fails where a text of the interface is missing, unused, without its note, or fills other places in another language.

Usage: locales.py [TOP]

locales/CODE/*.json are flat: {"study.title": "..."}; all files of a folder are one language. locales/notes/*.json hold a note to the
translator for each key of English. A key counts as used where C++ or a content file names it whole, names a start of it that ends at a
dot ("study.purpose."), or names what stands before ".one", ".many" or another last word. What other languages lack is told, not refused.
terms.json holds the programme's own words, which any text may use as {term:worker.one} and a programme may change. So no text writes
one of them out; tools/terms_allowed.txt lists those that mean something else, each with its reason.
"""
import json
import pathlib
import re
import sys

from cplusplus import Fault, line_of, literals, sources, tell, without_comments

KEY = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z0-9_-]+)+")
PLACE = re.compile(r"\{((?!term:)[^{}]*)\}")
TERM = re.compile(r"\{term:([^{}]*)\}")
ANY_PLACE = re.compile(r"\{[^{}]*\}")
ALLOWED = "tools/terms_allowed.txt"
# Where C++ surely names a text; whatever stands there must exist.
SAID = re.compile(r"\b(?:say|language)\s*(?:\(\s*\)\s*)?\(\s*\"([^\"]+)\"\s*([,)])")
COUNTED = re.compile(r"\b(?:say|language)\s*(?:\(\s*\)\s*)?(?:\.|->)\s*count\(\s*\"([^\"]+)\"\s*,")
PROBLEM = re.compile(r"\bProblem\s*\{\s*(?:\"[^\"]*\"|[\w.()\[\]>-]+)\s*,\s*\"([^\"]+)\"\s*[,}]")


def read_language(top, code, faults):
    """{key: (text, file, line)} of every file in locales/CODE."""
    texts = {}
    for path in sorted((top / "locales" / code).glob("*.json")):
        shown, text = path.relative_to(top).as_posix(), path.read_text()
        pairs = flat_pairs(text, shown, faults)
        for key, value in pairs:
            line = line_of(text, max(0, text.find(f'"{key}"')))
            if not isinstance(value, str) or not value.strip():
                faults.append(Fault(shown, line, f"{key} must be a text that is not empty"))
            elif not KEY.fullmatch(key):
                faults.append(Fault(shown, line, f"{key} is not a key such as study.title"))
            elif key in texts:
                faults.append(Fault(shown, line, f"{key} stands in {texts[key][1]} already"))
            else:
                texts[key] = (value, shown, line)
    return texts


def flat_pairs(text, shown, faults):
    try:
        pairs = json.loads(text, object_pairs_hook=list)
    except ValueError as wrong:
        faults.append(Fault(shown, getattr(wrong, "lineno", 1), f"not JSON: {wrong}"))
        return []
    if not isinstance(pairs, list) or any(not isinstance(pair, tuple) for pair in pairs):
        faults.append(Fault(shown, 1, "must be one flat object"))
        return []
    return pairs


def named_keys(top):
    """Every literal that may be a key or the start of one; and (key, file, line, counted) where C++ surely names a text."""
    literal_keys, sure = set(), []
    for path in sources(top, "src"):
        shown, code = path.relative_to(top).as_posix(), without_comments(path.read_text())
        literal_keys |= {one.value for one in literals(code) if "." in one.value and " " not in one.value}
        for pattern, counted in ((SAID, False), (PROBLEM, False), (COUNTED, True)):
            sure += [(found[1], shown, line_of(code, found.start()), counted) for found in pattern.finditer(code)]
    for path in sources(top, "content", endings=(".toml", ".md", ".csv")):
        literal_keys |= set(KEY.findall(path.read_text()))
    return literal_keys, sure


def is_used(key, literal_keys):
    words = key.split(".")
    starts = {".".join(words[:n]) for n in range(2, len(words) + 1)}
    starts |= {".".join(words[:n]) + "." for n in range(1, len(words))}
    return bool(starts & literal_keys) or any("{}" in one and matches(one, key) for one in literal_keys)


def matches(pattern, key):
    return re.fullmatch(re.escape(pattern).replace(r"\{\}", r".+"), key) is not None


def use_faults(english, literal_keys, sure):
    for key, path, line, counted in sure:
        forms = [f"{key}.{form}" for form in ("one", "many")]
        for wanted in forms if counted else [key]:
            if wanted not in english:
                yield Fault(path, line, f"the text {wanted} is in no file of locales/en")
    for key, (_, path, line) in english.items():
        if not is_term(path) and not is_used(key, literal_keys):
            yield Fault(path, line, f"{key} is used nowhere")


def is_term(path):
    return path.endswith("/terms.json")


def term_faults(english, texts):
    """Texts of any language that use a word of the programme that is none."""
    for key, (text, path, line) in texts.items():
        for term in TERM.findall(text):
            if not is_term(english.get(term, ("", "", 0))[1]):
                yield Fault(path, line, f"{key} uses {{term:{term}}}, which is not in locales/en/terms.json")


def read_allowed(top):
    """(pattern of keys, word, line) of each line KEY WORD  # why. KEY may end in a star, WORD may be a star."""
    path = top / ALLOWED
    for number, line in enumerate(path.read_text().splitlines() if path.exists() else [], 1):
        words, _, reason = line.partition("#")
        if words.strip():
            key, word = words.split()
            yield key, word, number, reason.strip()


def written_terms(english):
    """{word written out: where it belongs} of terms.json, the longest first: {"line managers": "manager.many"}."""
    forms = {text.lower(): key for key, (text, path, _) in english.items() if is_term(path) and key.endswith((".one", ".many"))}
    return dict(sorted(forms.items(), key=lambda form: -len(form[0])))


def written_out_faults(english, allowed):
    forms = written_terms(english)
    if not forms:
        return
    pattern = re.compile(r"(?<![\w{-])(" + "|".join(map(re.escape, forms)) + r")(?![\w-])", re.I)
    used = set()
    for key, (text, path, line) in english.items():
        if is_term(path):
            continue
        for word in dict.fromkeys(found.lower() for found in pattern.findall(ANY_PLACE.sub("", text))):
            here = [number for known, its_word, number, _ in allowed if matches_key(known, key) and its_word in ("*", forms[word].split(".")[0])]
            used.update(here)
            if not here:
                yield Fault(path, line, f"{key} writes out “{word}”, which a programme may call something else: {{term:{forms[word]}}}, "
                                        f"or a line with the reason in {ALLOWED}")
    for known, word, number, reason in allowed:
        if number not in used:
            yield Fault(ALLOWED, number, f"{known} {word} is not needed")
        if not reason:
            yield Fault(ALLOWED, number, f"{known} {word} needs a reason: # why")


def matches_key(known, key):
    return key.startswith(known[:-1]) if known.endswith("*") else key == known


def note_faults(english, notes):
    for key, (_, path, line) in english.items():
        if key not in notes:
            yield Fault(path, line, f"{key} needs a note to the translator in locales/notes")
    for key, (_, path, line) in notes.items():
        if key not in english:
            yield Fault(path, line, f"a note for {key}, which is no text")


def plural_faults(english):
    for key, (_, path, line) in english.items():
        start, _, form = key.rpartition(".")
        if form == "one" and f"{start}.many" not in english:
            yield Fault(path, line, f"{key} needs {start}.many beside it")


def translation_faults(english, other):
    for key, (text, path, line) in other.items():
        if key not in english:
            yield Fault(path, line, f"{key} is no text of locales/en")
        elif set(PLACE.findall(text)) != set(PLACE.findall(english[key][0])):
            yield Fault(path, line, f"{key} fills other places than in English: {places(text)}, not {places(english[key][0])}")


def places(text):
    return " ".join(f"{{{one}}}" for one in sorted(set(PLACE.findall(text)))) or "none"


def check(top):
    """The faults, and a line for each language about what it lacks."""
    top = pathlib.Path(top)
    faults, lacks = [], []
    english, notes = read_language(top, "en", faults), read_language(top, "notes", faults)
    literal_keys, sure = named_keys(top)
    faults += [*use_faults(english, literal_keys, sure), *note_faults(english, notes), *plural_faults(english),
               *term_faults(english, english), *written_out_faults(english, list(read_allowed(top)))]
    for folder in sorted(p for p in (top / "locales").glob("*") if p.is_dir() and p.name not in ("en", "notes")):
        other = read_language(top, folder.name, faults)
        faults += [*translation_faults(english, other), *term_faults(english, other)]
        lacks.append(f"{folder.name} lacks {len(english.keys() - other.keys())} of {len(english)} texts")
    return faults, [*lacks, f"{len(english)} texts, each with its note and used"]


def main(top):
    faults, lines = check(top)
    return tell(faults, "\n".join(lines))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "."))
