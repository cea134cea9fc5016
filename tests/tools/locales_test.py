# SPDX-License-Identifier: Apache-2.0
import json

from tree import TreeTest

import locales

TEXTS = {"study.title": "Study {name}", "study.people.one": "{n} person", "study.people.many": "{n} people",
         "purpose.persuade": "To win people over", "problem.empty": "Write something", "field.name.label": "Name"}
CODE = '''auto a = say("study.title", {{"name", n}}) + request.say().count("study.people", n);
auto b = say("purpose." + code);
return Problem{"name", "problem.empty"};
auto c = field("field.name");
'''


class Locales(TreeTest):
    def setUp(self):
        super().setUp()
        self.write("src/agenda/pages.cpp", CODE)
        self.texts(TEXTS)
        self.notes({key: "where it stands" for key in TEXTS})

    def texts(self, texts, code="en", file="agenda"):
        self.write(f"locales/{code}/{file}.json", json.dumps(texts, indent=2))

    def notes(self, notes):
        self.texts(notes, "notes")

    def faults(self):
        return locales.check(self.top)[0]

    def test_a_whole_and_used_language_is_fine(self):
        self.assert_fine(self.faults())

    def test_catches_each_way_of_naming_a_text_that_is_not_there(self):
        for code, missing in (('say("study.titel")', "study.titel"), ('request.say()("study.titel", {})', "study.titel"),
                              ('(*r.language).count("study.title", 3)', None), ('say.count("study.title", 3)', "study.title.one"),
                              ('Problem{field, "problem.emtpy"}', "problem.emtpy"), ('Problem{"a", "problem.emtpy", {}}', "problem.emtpy")):
            with self.subTest(code=code):
                self.write("src/agenda/actions.cpp", f"\nauto x = {code};\n")
                said = [str(fault) for fault in self.faults()]
                self.assertEqual(missing is not None, any(f"src/agenda/actions.cpp:2: the text {missing} is in no file" in one for one in said), said)

    def test_catches_a_text_nobody_uses(self):
        self.texts({**TEXTS, "study.old": "Old"})
        self.notes({key: "note" for key in [*TEXTS, "study.old"]})
        self.assert_faults(self.faults(), "locales/en/agenda.json:8: study.old is used nowhere")

    def test_a_comment_uses_nothing(self):
        self.write("src/agenda/pages.cpp", CODE.replace('auto c = field("field.name");', '// field("field.name")'))
        self.assert_faults(self.faults(), "locales/en/agenda.json:7: field.name.label is used nowhere")

    def test_a_content_file_may_use_a_text(self):
        self.write("src/agenda/pages.cpp", CODE.replace("purpose.", "other."))
        self.write("content/rules/a.toml", 'text = "purpose.persuade"\n')
        self.assert_fine(self.faults())

    def test_every_text_has_a_note_and_every_note_a_text(self):
        self.notes({**{key: "note" for key in list(TEXTS)[1:]}, "study.gone": "note"})
        self.assert_faults(self.faults(), "locales/en/agenda.json:2: study.title needs a note", "locales/notes/agenda.json:7: a note for study.gone")

    def test_refuses_doubles_nesting_and_empty_texts(self):
        self.texts({"study.title": "Again"}, file="other")
        self.assert_faults(self.faults(), "locales/en/other.json:1: study.title stands in locales/en/agenda.json already"
                           .replace(":1:", ":2:"))
        self.texts({"study": {"title": "x"}, "problem.none": " "}, file="other")
        self.assert_faults(self.faults(), "locales/en/other.json:2: study must be a text", "locales/en/other.json:5: problem.none must be a text")
        self.write("locales/en/other.json", "{")
        self.assert_faults(self.faults(), "locales/en/other.json:1: not JSON")
        self.write("locales/en/other.json", "[]")
        self.assert_fine(self.faults())

    def test_words_of_the_programme_need_no_use_but_must_be_there(self):
        self.texts({"worker.one": "peer worker", "worker.many": "peer workers"}, file="terms")
        self.texts({"worker.one": "the word", "worker.many": "the word"}, "notes", "terms")
        self.texts({**TEXTS, "problem.empty": "Ask a {term:worker.one}"})
        self.texts({"problem.empty": "Gofynnwch i {term:worker.many}"}, "cy")
        self.assert_fine(self.faults())
        self.texts({**TEXTS, "problem.empty": "Ask a {term:worker.plural}"})
        self.assert_faults(self.faults(), "locales/en/agenda.json:6: problem.empty uses {term:worker.plural}")

    def test_one_needs_many(self):
        self.texts({key: text for key, text in TEXTS.items() if key != "study.people.many"})
        said = [str(fault) for fault in self.faults()]
        self.assertTrue(any("study.people.one needs study.people.many" in one for one in said), said)

    def test_places_agree_between_languages_and_lacking_texts_are_only_told(self):
        self.texts({"study.title": "Astudiaeth {name}"}, "cy")
        faults, lines = locales.check(self.top)
        self.assert_fine(faults)
        self.assertIn("cy lacks 5 of 6 texts", lines)
        self.texts({"study.title": "Astudiaeth {enw}", "study.other": "x"}, "cy")
        self.assert_faults(self.faults(), "locales/cy/agenda.json:2: study.title fills other places than in English: {enw}, not {name}",
                           "locales/cy/agenda.json:3: study.other is no text of locales/en")

    TERMS = {"worker.one": "peer worker", "worker.many": "peer workers", "worker.article": "a peer worker", "worker.start": "Peer worker",
             "worker.starts": "Peer workers", "team.one": "team", "team.many": "teams"}

    def with_terms(self, title, allowed=""):
        self.texts(self.TERMS, file="terms")
        self.texts({**TEXTS, "study.title": title})
        self.notes({key: "note" for key in [*TEXTS, *self.TERMS]})
        self.write("tools/terms_allowed.txt", allowed)
        return self.faults()

    def test_catches_a_word_of_the_programme_written_out(self):
        for title, word, place in (("For peer workers here", "peer workers", "worker.many"), ("Peer worker", "peer worker", "worker.one"),
                                   ("A (peer worker)’s day", "peer worker", "worker.one"), ("{term:worker.one} or peer worker", "peer worker", "worker.one"),
                                   ("Their team", "team", "team.one")):
            with self.subTest(title=title):
                self.assert_faults(self.with_terms(title), f"locales/en/agenda.json:2: study.title writes out “{word}”, which a programme may call "
                                                          f"something else: {{term:{place}}}")

    def test_a_place_or_another_word_is_fine(self):
        for title in ("For {term:worker.many}", "Teamwork, steam and peers", "Study {team} {peer_worker}", "peer-worker"):
            with self.subTest(title=title):
                self.assert_fine(self.with_terms(title))

    def test_a_word_may_be_written_out_for_a_reason(self):
        self.assert_fine(self.with_terms("The column group.team of a team", "# why\nstudy.title team  # a column of a file\n"))
        self.assert_fine(self.with_terms("Their team", "study.* *  # all of it\n"))

    def test_an_allowance_needs_a_reason_and_a_use(self):
        self.assert_faults(self.with_terms("Their team", "study.title team\nstudy.title worker  # none there\nother.* *  # nothing\n"),
                           "tools/terms_allowed.txt:1: study.title team needs a reason", "tools/terms_allowed.txt:2: study.title worker is not needed",
                           "tools/terms_allowed.txt:3: other.* * is not needed")
