# SPDX-License-Identifier: Apache-2.0
from tree import TreeTest

import measure


class Measuring(TreeTest):
    def test_takes_the_rows_and_nothing_else(self):
        said = "starting\n| what | target | measured |\n|---|---|---|\n| page | 25 ms | 9 ms |\nnot | a row\n| start | 1 s | 0.2 s |\n"
        self.assertEqual(["| page | 25 ms | 9 ms |", "| start | 1 s | 0.2 s |"], measure.rows_of(said))

    def test_writes_between_the_marks_and_leaves_the_rest(self):
        paper = f"# Performance\n\n{measure.BEGIN}\nold\n{measure.END}\n\nAfter.\n"
        new = measure.written(paper, "| a | b | c |", "2 cores", "2030-01-02")
        self.assertTrue(new.startswith("# Performance\n"))
        self.assertTrue(new.endswith(f"{measure.END}\n\nAfter.\n"))
        self.assertIn("Measured on 2030-01-02 on 2 cores.\n\n| a | b | c |", new)
        self.assertNotIn("old", new)
        self.assertEqual(new, measure.written(new, "| a | b | c |", "2 cores", "2030-01-02"))

    def test_chooses_by_name(self):
        for name in ("pages.cpp", "start.sh", "compare.py", "README.md"):
            self.write(f"bench/{name}", "")
        self.assertEqual(["compare.py", "pages.cpp", "start.sh"], [p.name for p in measure.chosen(self.top, [])])
        self.assertEqual(["start.sh"], [p.name for p in measure.chosen(self.top, ["start"])])

    def test_knows_the_machine(self):
        self.assertRegex(measure.machine(), r"^\d+ cores \(.+\), \d+ GiB of memory, .+")
