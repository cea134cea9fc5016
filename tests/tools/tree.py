# SPDX-License-Identifier: Apache-2.0
"""A small tree in a temporary folder, for the tests of the check scripts."""
import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent.parent / "tools"))


class TreeTest(unittest.TestCase):
    """Writes files by path and looks at what a check says of them."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.top = pathlib.Path(folder.name)

    def write(self, path, text):
        file = self.top / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        return file

    def assert_fine(self, faults):
        self.assertEqual([], [str(fault) for fault in faults])

    def assert_faults(self, faults, *expected):
        """Each expected `path:line: start of what` is said, in any order, and nothing else."""
        said = sorted(str(fault) for fault in faults)
        self.assertEqual(len(expected), len(said), said)
        for start in expected:
            self.assertTrue(any(one.startswith(start) for one in said), f"{start!r} is not said in {said}")
