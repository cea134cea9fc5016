# SPDX-License-Identifier: Apache-2.0
from tree import TreeTest

import suite


def report(*tests):
    return {"testsuites": [{"name": "Import", "testsuite": list(tests)}]}


PASSED = {"name": "Reads", "status": "RUN", "result": "COMPLETED"}
FAILED = {"name": "Refuses", "status": "RUN", "result": "COMPLETED", "failures": [{"failure": "Expected: 1\n  Actual: 2"}]}
SKIPPED = {"name": "Waits", "status": "RUN", "result": "SKIPPED"}
LEFT_OUT = {"name": "Other", "status": "NOTRUN", "result": "SUPPRESSED"}


class Counting(TreeTest):
    def counts(self, tally):
        return tally.passed, tally.failed, tally.skipped

    def test_counts_googletest(self):
        tally = suite.gtest_tally(report(PASSED, FAILED, SKIPPED, LEFT_OUT), "db_test", 1, "")
        self.assertEqual((1, 1, 1), self.counts(tally))
        self.assertIn("db_test: Import.Refuses", tally.said[0])
        self.assertIn("Actual: 2", tally.said[0])

    def test_a_program_that_crashes_or_leaks_has_failed(self):
        self.assertEqual((0, 1, 0), self.counts(suite.gtest_tally(None, "db_test", -11, "Segmentation fault")))
        tally = suite.gtest_tally(report(PASSED), "db_test", 23, "LeakSanitizer: detected memory leaks")
        self.assertEqual((1, 1, 0), self.counts(tally))
        self.assertIn("LeakSanitizer", tally.said[0])

    def test_counts_unittest(self):
        for text, code, expected in (
            ("Ran 12 tests in 0.1s\n\nOK\n", 0, (12, 0, 0)),
            ("Ran 12 tests in 0.1s\n\nOK (skipped=2)\n", 0, (10, 0, 2)),
            ("Ran 12 tests in 0.1s\n\nFAILED (failures=1, errors=2, skipped=1)\n", 1, (8, 3, 1)),
            ("Ran 1 test in 0.1s\n\nOK\n", 1, (1, 1, 0)),
            ("Traceback ...\nImportError\n", 1, (0, 1, 0)),
        ):
            with self.subTest(text=text):
                self.assertEqual(expected, self.counts(suite.unittest_tally(text, "x_test.py", code)))

    def test_counts_node(self):
        for text, code, expected in (
            ("# tests 5\n# pass 4\n# fail 1\n# skipped 0\n", 1, (4, 1, 0)),
            ("ℹ pass 7\nℹ fail 0\n", 0, (7, 0, 0)),
            ("walked\n3 passed, 0 failed\n", 0, (3, 0, 0)),
            ("walked\n3 passed, 2 failed\n", 1, (3, 2, 0)),
            ("3 passed, 0 failed\n", 1, (3, 1, 0)),
            ("", 0, (1, 0, 0)),
            ("Error", 1, (0, 1, 0)),
        ):
            with self.subTest(text=text):
                self.assertEqual(expected, self.counts(suite.node_tally(text, "x_test.mjs", code)))

    def test_counts_checks(self):
        self.assertEqual((2, 0, 0), self.counts(suite.check_tally("ok layers: fine\nok sizes\n", 0)))
        self.assertEqual((1, 1, 0), self.counts(suite.check_tally("ok layers\nFAILED sizes\na.cpp:1: long\n", 1)))
        self.assertEqual((0, 1, 0), self.counts(suite.check_tally("no such program", 127)))

    def test_the_closing_line_counts_all(self):
        total = suite.Tally(1, 0)
        total.add(suite.Tally(2, 1, said=["x"]))
        self.assertEqual("3 passed, 1 failed", total.line())
        total.add(suite.Tally(skipped=2))
        self.assertEqual("3 passed, 1 failed, 2 skipped", total.line())

    def test_a_command_that_hangs_is_ended(self):
        log = self.top / "log"
        code, text = suite.run(["bash", "-c", "echo begun; sleep 60 & wait"], log, seconds=0.5)
        self.assertNotEqual(0, code)
        self.assertIn("begun", text)
        self.assertIn("ended after", text)
