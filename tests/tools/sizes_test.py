# SPDX-License-Identifier: Apache-2.0
from tree import TreeTest

import sizes

SOURCE = '''// SPDX-License-Identifier: Apache-2.0
#define TWICE(x) \\
  { x; x; }
namespace cairn {
namespace {
const int table[] = {1, 2, 3};
const std::map<std::string, int> words{{"a {", 1}};
struct Row {
  int a{3};
  std::vector<int> b = {1, 2};
  bool empty() const { return a == 0; }
  Row& operator=(const Row& other) {
    a = other.a;
    return *this;
  }
};
enum class Kind { one, two };
}  // namespace

Row::Row(int a) : a_{a}, b_(a) {
  go();
}

template <class F>
  requires(std::invocable<F>)
auto with(F&& act, int n = 3) -> std::invoke_result_t<F> {
  if (n) { act([&](int x) { return x; }); }
  for (;;) {
  }
}

const auto half = [](int n) {
  return n / 2;
};

TEST(Row, IsEmpty) {
  EXPECT_TRUE(Row{}.empty());
}
}  // namespace cairn
'''


def function(name, lines):
    return f"int {name}() {{\n" + "  go();\n" * (lines - 2) + "}\n"


class Sizes(TreeTest):
    def test_finds_each_function_and_its_length(self):
        self.assertEqual([("empty", 11, 1), ("operator=", 12, 4), ("Row::Row", 20, 3), ("with", 26, 5), ("", 32, 3), ("TEST", 36, 3)],
                         [(name if name != "?" else "", line, lines) for name, line, lines in sizes.cpp_functions(SOURCE)])

    def test_sixty_lines_are_allowed_and_sixty_one_are_not(self):
        self.write("src/agenda/model.cpp", function("fits", 60) + function("grows", 61))
        self.assert_faults(sizes.check(self.top), "src/agenda/model.cpp:61: function grows has 61 lines, at most 60")

    def test_files_have_limits_of_their_own(self):
        self.write("src/agenda/model.cpp", "\n" * 501)
        self.write("src/agenda/model.hpp", "\n" * 201)
        self.write("src/agenda/store.cpp", "\n" * 500)
        self.write("src/agenda/store.hpp", "\n" * 200)
        self.write("tests/web/site.hpp", "\n" * 300)
        self.assert_faults(sizes.check(self.top), "src/agenda/model.cpp:1: file has 501", "src/agenda/model.hpp:1: file has 201")

    def test_python_functions_count_too(self):
        self.write("tools/long.py", "def f():\n" + "    go()\n" * 60)
        self.assert_faults(sizes.check(self.top), "tools/long.py:1: function f has 61 lines")

    def test_a_mark_lets_one_function_be_long_but_not_longer(self):
        self.write("src/agenda/model.cpp", function("grows", 70))
        self.write("tools/limits.txt", "src/agenda/model.cpp grows 70  # a table of cases\n")
        self.assert_fine(sizes.check(self.top))
        self.write("src/agenda/model.cpp", function("grows", 71))
        self.assert_faults(sizes.check(self.top), "src/agenda/model.cpp:1: function grows has 71 lines, at most 70")

    def test_a_mark_must_follow_when_the_thing_shrinks(self):
        self.write("tools/limits.txt", "src/agenda/model.cpp grows 70\n")
        self.write("src/agenda/model.cpp", function("grows", 65))
        self.assert_faults(sizes.check(self.top), "tools/limits.txt:1: src/agenda/model.cpp grows has shrunk: lower the mark to 65")
        self.write("src/agenda/model.cpp", function("grows", 20))
        self.assert_faults(sizes.check(self.top), "tools/limits.txt:1: src/agenda/model.cpp grows needs no mark any more")
