# SPDX-License-Identifier: Apache-2.0
import contextlib
import io
import json

from tree import TreeTest

import reading_age

EASY = "Peer workers get help from the rest of their team."
HARD = "Notwithstanding considerable heterogeneity, implementation necessitates multidisciplinary deliberation beforehand."
INSTRUMENT = 'id = "tea"\n[[item]]\nid = "1"\ntext = "{text}"\n'


class ReadingAge(TreeTest):
    def age(self, text):
        return reading_age.reading_age(text)

    def faults(self):
        return reading_age.check(self.top)[0]

    def test_counts_syllables_near_enough(self):
        for word, count in (("cat", 1), ("peer", 1), ("people", 2), ("worker", 2), ("used", 1), ("wanted", 2), ("different", 3), ("science", 2),
                            ("table", 2), ("themselves", 2), ("university", 5), ("being", 1), ("create", 2), ("safely", 2), ("idea", 2), ("I", 1)):
            with self.subTest(word=word):
                self.assertEqual(count, reading_age.syllables(word))

    def test_rises_with_long_words_and_long_sentences(self):
        self.assertLess(self.age("The cat sat on the mat."), 7)
        self.assertGreater(self.age(HARD), 16)
        self.assertLess(self.age("We met. We ate. Then we all went home."), self.age("We met and ate and then after that we all went home."))

    def test_takes_words_of_the_programme_and_places_for_easy_ones(self):
        self.assertLess(self.age("The organisation asks about mental health."), self.age("The administration asks about psychiatric illness."))
        self.assertEqual(self.age("You have {n} new ones to read."), self.age("You have {a_long_name_of_a_place} new ones to read."))

    def test_gives_no_age_to_no_words(self):
        self.assertEqual(0, self.age(" – "))

    def test_plain_texts_are_fine(self):
        self.write("content/instruments/tea.v1.toml", INSTRUMENT.format(text=EASY))
        self.write("content/guidance/tea.v1.csv", f"id,text\nG-1,{EASY}\n")
        self.write("content/guidance/tea.v1.md", f"# Tea\n\n{EASY}\n")
        self.write("locales/en/tea.json", json.dumps({"tea.title": EASY}))
        self.assert_fine(self.faults())
        self.assertEqual(4, len(reading_age.check(self.top)[2]))

    def test_catches_a_hard_text_and_names_its_key(self):
        self.write("locales/en/tea.json", json.dumps({**{f"tea.{n}": EASY for n in range(30)}, "tea.hard": HARD}, indent=2))
        self.assert_faults(self.faults(), "locales/en/tea.json:32: reading age")

    def test_an_allowance_needs_a_reason_and_a_use(self):
        self.write("locales/en/tea.json", json.dumps({**{f"tea.{n}": EASY for n in range(30)}, "tea.hard": HARD}))
        self.write("tools/reading_allowed.txt", "# why\ntea.hard  # a term of art\n")
        self.assert_fine(self.faults())
        self.write("tools/reading_allowed.txt", "tea.hard\ntea.1  # not hard\ntea.gone  # gone\n")
        self.assert_faults(self.faults(), "tools/reading_allowed.txt:1: tea.hard needs a reason", "tools/reading_allowed.txt:2: tea.1 need not",
                           "tools/reading_allowed.txt:3: tea.gone need not")

    def test_leaves_what_was_released_as_it_is(self):
        self.write("content/guidance/tea.v1.csv", "id,text\n" + f"G-1,{EASY}\n" * 30 + f'G-2,"{HARD}"\n')
        self.assert_faults(self.faults(), "content/guidance/tea.v1.csv:32: reading age")
        self.write("content/released.txt", "# what never changes\n0123  guidance/tea.v1.csv\n")
        self.assert_fine(self.faults())

    def test_counts_apart_what_a_newer_version_has_replaced(self):
        names = [f"content/{one}" for version in (1, 2) for one in (f"guidance/tea.v{version}.csv", f"instruments/tea.v{version}.toml")]
        for name in names:
            self.write(name, INSTRUMENT.format(text=EASY) if name.endswith("toml") else f"id,text\nG-1,{EASY}\n")
        self.assertEqual(names[:2], [name for name in names if reading_age.is_outdated(name, self.top)])
        self.write("content/guidance/tea.v2.csv", "id,text\n" + f"G-1,{EASY}\n" * 30 + f'G-2,"{HARD}"\n')
        self.write("content/released.txt", "0123  guidance/tea.v1.csv\n")
        self.assert_faults(self.faults(), "content/guidance/tea.v2.csv:32: reading age")

    def test_counts_an_older_questionnaire_apart_and_holds_a_newer_one_to_its_limits(self):
        hard_note = "".join(f'[[item]]\nid = "{n}"\ntext = "{EASY}"\n' for n in range(20)) + f'explain = "{HARD}"\n'
        self.write("locales/en/tea.json", json.dumps({"tea.title": EASY}))
        self.write("content/instruments/tea.v1.toml", hard_note)
        self.write("content/instruments/tea.v2.toml", hard_note.replace(HARD, EASY))
        self.write("content/released.txt", "0123  instruments/tea.v1.toml\n")
        with contextlib.redirect_stdout(io.StringIO()) as said:
            self.assertEqual(0, reading_age.main([str(self.top)]))
        self.assertIn("0 that were released, 0 of older guidance that nobody is shown and 1 of older questionnaires", said.getvalue())
        self.write("content/instruments/tea.v2.toml", hard_note)
        self.assert_faults(self.faults(), "content/instruments/tea.v2.toml:61: reading age")

    def test_passes_over_commands_as_they_are_typed(self):
        self.write("locales/en/tea.json", json.dumps({"tea.example": "Examples:\n  " + HARD}))
        self.assert_fine(self.faults())

    def test_catches_a_hard_statement_even_where_the_file_is_plain(self):
        items = "".join(f'[[item]]\nid = "{n}"\ntext = "{EASY}"\n' for n in range(20))
        self.write("content/instruments/tea.v1.toml", items + f'[[item]]\nid = "x"\ntext = "{HARD}"\n')
        self.assert_faults(self.faults(), "content/instruments/tea.v1.toml:63: reading age")

    def test_catches_a_file_that_is_hard_on_the_whole(self):
        self.write("locales/en/tea.json", json.dumps({"tea.title": HARD}))
        self.assert_faults(self.faults(), "locales/en/tea.json:1: has a mean reading age of", "locales/en/tea.json:1: reading age")

    def test_tells_what_may_stay_when_asked(self):
        texts = {f"tea.{n}": EASY for n in range(30)}
        self.write("locales/en/tea.json", json.dumps({**texts, "tea.hard": HARD}))
        self.write("tools/reading_allowed.txt", "tea.hard  # a term of art\n")
        faults, over, _ = reading_age.check(self.top)
        self.assert_fine(faults)
        self.assertEqual(1, len(over))

    def test_passes_over_short_texts_and_what_is_not_english(self):
        self.write("locales/en/tea.json", json.dumps({"tea.title": "Multidisciplinary implementation"}))
        self.write("locales/cy/tea.json", json.dumps({"tea.title": HARD}))
        self.assert_fine(self.faults())

    def test_ends_with_one_where_there_is_a_fault(self):
        self.write("locales/en/tea.json", json.dumps({"tea.title": HARD}))
        with contextlib.redirect_stdout(io.StringIO()) as said:
            self.assertEqual(1, reading_age.main([str(self.top)]))
            self.write("locales/en/tea.json", json.dumps({"tea.title": EASY}))
            self.assertEqual(0, reading_age.main(["--all", str(self.top)]))
        self.assertIn("mean reading age", said.getvalue())
