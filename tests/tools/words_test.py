# SPDX-License-Identifier: Apache-2.0
from tree import TreeTest

import words

HEAD = "// SPDX-License-Identifier: Apache-2.0\n"


class Words(TreeTest):
    def test_lets_plain_work_through(self):
        self.write("src/agenda/pages.cpp", HEAD + '''
// Shows what is open: whose turn it is, since when.
struct OpenLoop { int days_open; };
enum class Role { line_manager };
Html row(const OpenLoop& loop) {
  if (loop.days_open < 0) throw std::logic_error("A loop cannot be open for less than no days.");
  return tag("p", {{"class", "nhsuk-body nhsuk-u-margin-bottom-2 app-row"}}, say("agenda.open"));
}
auto held = std::get_if<int>(&value); auto x = socket.get_executor();
''')
        self.write("src/db/verify.cpp", HEAD + 'Fault f{"The row was changed by another hand.", where};\n')
        self.assert_fine(words.check(self.top))

    def test_catches_names_that_say_nothing(self):
        for code, said in (("class TaskManager {};", "TaskManager: Manager"), ("struct RowData {};", "RowData: Data"),
                           ("struct Impl;", "Impl: Impl"), ("using StoreInfo = int;", "StoreInfo: Info"),
                           ("class IStore {};", "IStore: no I"), ("int get_total();", "get_total: say the noun"),
                           ("namespace x { enum class TextUtils { a }; }", "TextUtils: Utils")):
            with self.subTest(code=code):
                self.write("src/agenda/model.hpp", HEAD + code + "\n")
                self.assert_faults(words.check(self.top), f"src/agenda/model.hpp:2: {said}")

    def test_catches_files_and_folders_that_say_nothing(self):
        self.write("src/agenda/date_utils.cpp", HEAD)
        self.write("src/common/date.cpp", HEAD)
        self.assert_faults(words.check(self.top), "src/agenda/date_utils.cpp:1: utils says nothing", "src/common/date.cpp:1: a folder common")

    def test_catches_sentences_in_pages_actions_models_and_web(self):
        for path in ("src/agenda/pages.cpp", "src/agenda/actions.cpp", "src/agenda/model.cpp", "src/web/reply.cpp"):
            for text in ("Choose one or more answers", "Nothing is open today.", "Thank you: this is done"):
                with self.subTest(path=path, text=text):
                    file = self.write(path, HEAD + f'\nauto p = tag("p", {{}}, "{text}");\n')
                    self.assert_faults(words.check(self.top), f"{path}:3: a sentence in C++")
                    file.unlink()

    def test_lets_the_log_and_the_usage_of_commands_speak(self):
        self.write("src/web/server.cpp", HEAD + 'log("Stopped after the last request was answered.");\n'
                   'throw NotFound("The study is not within reach of the actor");\ncase 431: return "Request Header Fields Too Large";\n'
                   'auto cross = "M0 2H7M0 5.5H7"; auto found = get_with("Host: a");\n')
        self.write("src/app/demonstration.cpp", HEAD + 'service("Open Door for the whole town");\n')
        self.write("src/app/commands.cpp", HEAD + 'app.add_option("--data", folder, "The folder that holds everything.");\n')
        self.assert_fine(words.check(self.top))

    def test_catches_notes_and_dead_code(self):
        for code, said in (("// TODO tidy", "finish it"), ("#if 0", "take dead code out"), ("  // go(3);", "code in a comment"),
                           ("  // if (x) {", "code in a comment"), ("// return a;", "code in a comment")):
            with self.subTest(code=code):
                self.write("src/agenda/model.cpp", HEAD + code + "\n")
                self.assert_faults(words.check(self.top), f"src/agenda/model.cpp:2: {said}")

    def test_a_source_file_names_its_licence(self):
        self.write("tools/a.py", "#!/usr/bin/env python3\n# SPDX-License-Identifier: Apache-2.0\n")
        self.write("tools/b.py", "#!/usr/bin/env python3\n")
        self.assert_faults(words.check(self.top), "tools/b.py:1: the first line names the licence")
