#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Fails where texts ask for more than a reading age of eleven. Usage: reading_age.py [--all] [TOP]

Looks at what people read in content/instruments, content/guidance and locales/en, as far as a text has six words or more. The reading
age of a text is five years more than the mean of two school grades: Flesch-Kincaid (words in a sentence, syllables in a word) and the
automated readability index (words in a sentence, letters in a word). Words that the people who read Cairn use every day, such as peer worker or mental health, count as short, easy ones; so do places to be filled in.

Fails where a text is over 11, where a statement that people answer is over 12, and where the mean of a file is over 11. A reading age is a
rough guide: it sees how long words and sentences are, and does not know whether they make sense. So tools/reading_allowed.txt lists the
few texts that may stay over 11, each with its reason. What was released (content/released.txt) never changes; its texts over 11 are told
with --all. Of a file of an older version than the newest, guidance is shown to nobody, and a questionnaire only in studies that began with
it: both are counted apart. A newer version must be plain until it is released itself.
"""
import csv
import json
import pathlib
import re
import sys
import tomllib

from cplusplus import Fault, line_of, tell

FILE_LIMIT, STATEMENT_LIMIT = 11, 12
ALLOWED = "tools/reading_allowed.txt"
FEWEST_WORDS = 6

# The programme's own words, longest first where one holds another. Each of their words counts as one of two syllables and four letters.
KNOWN = """peer support workers|peer support worker|peer support|peer workers|peer worker|peer work|mental health|line management|line manager|
line managers|lived experience|job description|team manager|organisations|organisation|communities|community|services|service|managers|manager|
management|colleagues|colleague|commissioners|commissioner|voluntary|partnerships|partnership|inpatient|NHS|BME|volunteers|volunteer|
volunteering|statements|statement|inventory|programme|employers|employer|employed|supervision|supervisor|supervisors|safeguarding|
administrator|administrators|experience|experiences|recovery|relationship|relationships|policies|policy|interview|interviews|diagnosis|
history|respondents|researcher|account|accounts|password|Cairn|report|reports""".replace("\n", "").split("|")
EASY_ALREADY = re.compile(r"\b(?:" + "|".join(sorted(KNOWN, key=len, reverse=True)) + r")(?=\b|['’])", re.I)
PLACE = re.compile(r"\{[^{}]*\}")
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+(?:[.,]\d+)*")
SENTENCE_END = re.compile(r"[.!?:;]+(?:[”\"’)]*)(?:\s+|$)|\n+")
VOWELS = re.compile(r"[aeiouy]+")


def syllables(word):
    """How many syllables an English word has, near enough."""
    word = re.sub(r"[^a-z]", "", word.lower())
    if len(word) <= 3:
        return 1
    silent = re.sub(r"(?:[^laeiouy]es|[^tdaeiouy]ed|[^laeiouy]e|[^aeiouy]ely)$", lambda end: end.group()[0] + ("ly" if end.group().endswith("ely") else ""), word)
    count = len(VOWELS.findall(silent))
    count += len(re.findall(r"(?:ia(?!l|n$)|io(?!n|u)|(?<!p)eo(?!u)|ua(?!r)|cie|crea(?!m)|ying|[^aeiouy]ism$)", silent))
    return max(1, count)


def sentences(text):
    """Sentences as lists of words; the programme's own words, and places, have become easy ones."""
    text = PLACE.sub("easy", text)
    text = EASY_ALREADY.sub(lambda found: " ".join("easy" for _ in found.group().split()), text)
    found = [WORD.findall(part) for part in SENTENCE_END.split(text)]
    return [words for words in found if words]


def reading_age(text):
    """In years; 5 at least. 0 for a text without words."""
    all_sentences = sentences(text)
    words = [word for sentence in all_sentences for word in sentence]
    if not words:
        return 0.0
    length = len(words) / len(all_sentences)
    flesch_kincaid = 0.39 * length + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
    letters = sum(len(re.sub(r"\W", "", word)) for word in words)
    automated = 4.71 * letters / len(words) + 0.5 * length - 21.43
    return max(5.0, 5 + (flesch_kincaid + automated) / 2)


def word_count(text):
    return len(WORD.findall(PLACE.sub("easy", text)))


def instrument_texts(path, text):
    """(text, limit, key) of what people read when they answer."""
    table = tomllib.loads(text)
    for item in table.get("item", []):
        yield item.get("text", ""), STATEMENT_LIMIT, ""
        yield item.get("explain", ""), FILE_LIMIT, ""
    for key in ("question_a", "question_b", "most_important"):
        yield table.get(key, {}).get("text", ""), FILE_LIMIT, ""
    for key in ("purpose", "not_for"):
        yield table.get(key, ""), FILE_LIMIT, ""


def guidance_texts(path, text):
    if path.suffix == ".csv":
        for row in csv.DictReader(text.splitlines()):
            yield row.get("text") or "", FILE_LIMIT, ""
    elif path.suffix == ".toml":
        table = tomllib.loads(text)
        for name, keys in (("statement", ["text"]), ("purpose", ["opening", "leads_with", "ask"]), ("across", ["says"]), ("kind_of_point", ["says"])):
            for row in table.get(name, []):
                yield from ((row.get(key, ""), FILE_LIMIT, "") for key in keys)
    elif path.suffix == ".md":
        for line in text.split("\n"):
            yield re.sub(r"^[#>\-\d.|\s]+|[*_|]|\[|\]\([^)]*\)", "", line), FILE_LIMIT, ""


def locale_texts(path, text):
    for key, value in json.loads(text).items():
        if isinstance(value, str):
            # Indented lines are commands as they are typed.
            yield "\n".join(line for line in value.split("\n") if not line.startswith("  ")), FILE_LIMIT, key


KINDS = (("content/instruments", "*.toml", instrument_texts), ("content/guidance", "*.*", guidance_texts), ("locales/en", "*.json", locale_texts))


def released(top):
    path = top / "content/released.txt"
    lines = path.read_text().splitlines() if path.exists() else []
    return {"content/" + line.split()[1] for line in lines if line.strip() and not line.startswith("#")}


def is_outdated(shown, top):
    """Whether there is a newer version of a file."""
    named = re.fullmatch(r"(content/.+\.v)(\d+)(\..+)", shown)
    return bool(named) and (top / f"{named[1]}{int(named[2]) + 1}{named[3]}").exists()


def allowed(top):
    """{key: (line, reason)} of the texts that may stay over the limit."""
    path = top / ALLOWED
    found = {}
    for number, line in enumerate(path.read_text().splitlines() if path.exists() else [], 1):
        key, _, reason = line.partition("#")
        if key.strip():
            found[key.strip()] = (number, reason.strip())
    return found


def check(top):
    """(faults, what is over the limit and may be, (file, mean) of every file)."""
    faults, over, means = [], [], []
    may_stay, never_changes, used = allowed(top), released(top), set()
    for folder, pattern, texts in KINDS:
        for path in sorted((top / folder).glob(pattern)):
            shown, bytes_as_text = path.relative_to(top).as_posix(), path.read_text()
            found = [(text, limit, key, reading_age(text)) for text, limit, key in texts(path, bytes_as_text)
                     if word_count(text) >= FEWEST_WORDS or (limit == STATEMENT_LIMIT and text.strip())]
            if not found:
                continue
            mean = sum(age for *_, age in found) / len(found)
            means.append((shown, mean))
            if mean > FILE_LIMIT:
                faults.append(Fault(shown, 1, f"has a mean reading age of {mean:.1f}; {FILE_LIMIT} is the most"))
            for text, limit, key, age in found:
                line = line_of(bytes_as_text, max(0, bytes_as_text.find(f'"{key}"' if key else text[:30])))
                stays = key in may_stay or (limit == FILE_LIMIT and shown in never_changes)
                if age > limit and not stays:
                    faults.append(Fault(shown, line, f"reading age {age:.1f}, {limit} is the most: {text}"))
                elif age > FILE_LIMIT:
                    used.add(key)
                    over.append(f"{shown}:{line}: reading age {age:.1f}: {text}")
    for key, (line, reason) in may_stay.items():
        if key not in used:
            faults.append(Fault(ALLOWED, line, f"{key} need not be here: it is easy enough, or gone"))
        if not reason:
            faults.append(Fault(ALLOWED, line, f"{key} needs a reason: KEY  # why"))
    return faults, over, means


def main(arguments):
    show_all = "--all" in arguments
    places = [one for one in arguments if one != "--all"]
    top = pathlib.Path(places[0] if places else ".").resolve()
    faults, over, means = check(top)
    if show_all:
        for line in over:
            print(line)
    for shown, mean in means if show_all else ():
        print(f"{shown}: mean reading age {mean:.1f}")
    stages = ", ".join(f"{pathlib.Path(shown).stem} {mean:.1f}" for shown, mean in means if shown.startswith("locales/"))
    released_ones = [one for one in over if one.startswith("content/")]
    outdated = [one for one in released_ones if is_outdated(one.split(":")[0], top)]
    asked_before = sum(one.startswith("content/instruments/") for one in outdated)
    return tell(faults, f"mean reading ages: {stages}; over {FILE_LIMIT} stay {len(over) - len(released_ones)} with a reason, "
                        f"{len(released_ones) - len(outdated)} that were released, {len(outdated) - asked_before} of older guidance that "
                        f"nobody is shown and {asked_before} of older questionnaires for studies that began with them (--all shows them)")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
