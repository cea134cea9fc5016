# SPDX-License-Identifier: Apache-2.0
from tree import TreeTest

import cplusplus


class ReadingSource(TreeTest):
    def test_finds_literals_and_leaves_comments_and_includes_out(self):
        text = '#include "db/row.hpp"\n// "not this"\nauto a = "one"; /* "nor this" */ auto b = R"sql(select "x")sql"; auto c = \'"\';\n'
        self.assertEqual([("one", None), ('select "x"', "sql")], [(l.value, l.mark) for l in cplusplus.literals(text)])

    def test_a_digit_separator_begins_no_character(self):
        self.assertEqual(["x"], [l.value for l in cplusplus.literals("int n = 10'000; f(\"x\"); int m = 2'0;")])

    def test_escaped_quotes_stay_inside(self):
        self.assertEqual([r'say \"hello\" // here'], [l.value for l in cplusplus.literals(r'f("say \"hello\" // here");')])

    def test_blanking_keeps_every_position_and_line(self):
        text = 'a /* { */ "b {" // c\n{ R"x(\n{)x" }\n'
        for blanked in (cplusplus.bare(text), cplusplus.without_comments(text)):
            self.assertEqual(len(text), len(blanked))
            self.assertEqual(text.count("\n"), blanked.count("\n"))
        self.assertEqual(1, cplusplus.bare(text).count("{"))
