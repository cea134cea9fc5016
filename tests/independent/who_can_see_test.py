# SPDX-License-Identifier: Apache-2.0
"""The paper of who can see what is what the built program tells of its policy, and names every record of the table."""
import os
import pathlib
import re
import subprocess
import unittest

TOP = pathlib.Path(__file__).resolve().parent.parent.parent
CAIRN = os.environ.get("CAIRN", str(TOP / "build/release/cairn"))


class WhoCanSee(unittest.TestCase):
    def setUp(self):
        self.told = subprocess.run([CAIRN, "policy"], capture_output=True, text=True, check=True).stdout

    def test_the_paper_is_current(self):
        self.assertEqual((TOP / "docs/operating/who-can-see-what.md").read_text(), self.told,
                         "bin/cairn policy > docs/operating/who-can-see-what.md")

    def test_every_record_and_part_has_its_place(self):
        table = (TOP / "content/policy.toml").read_text()
        headings = re.findall(r"^## (.*)$", self.told, re.M)
        self.assertEqual(len(headings), len(re.findall(r"^\[\[record(?:\.part)?\]\]$", table, re.M)))
        self.assertEqual(len(headings), len(set(headings)))

    def test_a_wellness_plan_is_its_owners(self):
        plan = self.told.split("## Wellness plan\n")[1].split("\n## ")[0]
        self.assertIn("- Peer worker: their own\n", plan)
        self.assertNotIn("Administrator", plan)
        self.assertNotIn("within their part", plan)


if __name__ == "__main__":
    unittest.main()
