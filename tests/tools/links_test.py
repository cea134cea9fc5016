# SPDX-License-Identifier: Apache-2.0
from tree import TreeTest

import links

DECISION = "# 1. Stages\n\n## Context\n\n## Decision\n\n## Consequences\n"


class Links(TreeTest):
    def test_links_that_lead_somewhere_are_fine(self):
        self.write("docs/glossary.md", "# Words\n\n## One word's `name`\n")
        self.write("src/base/text.cpp", "// docs/glossary.md\n")
        self.write("README.md", "[a](docs/glossary.md) [b](docs/glossary.md#one-words-name) [c](https://example.org/x) [d](#here)\n\n# Here\n"
                   "`src/base/text.cpp` `src/<stage>/x.cpp` `a/b.c` `[e](nowhere.md)`\n\n```\n[f](nowhere.md)\n```\n")
        self.assert_fine(links.check(self.top))

    def test_catches_links_that_lead_nowhere(self):
        self.write("docs/glossary.md", "# Words\n")
        self.write("docs/operating/a.md", "\n[a](../glossary.md)\n[b](glossary.md)\n![c](../glossary.md#gone)\n[d](#gone)\n`src/base/gone.cpp`\n")
        self.write("src/base/text.cpp", "\n// see docs/operating/gone.md\n")
        self.assert_faults(links.check(self.top), "docs/operating/a.md:3: glossary.md leads nowhere", "docs/operating/a.md:4: ../glossary.md#gone: no such",
                           "docs/operating/a.md:5: #gone: no such", "docs/operating/a.md:6: src/base/gone.cpp does not exist",
                           "src/base/text.cpp:2: docs/operating/gone.md does not exist")

    def test_a_how_to_may_name_a_file_yet_to_be_made_in_a_folder_that_is_there(self):
        self.write("locales/en/web.json", "{}")
        self.write("docs/how-to/a.md", "`locales/cy` `locales/en/new.json` `locales/en/gone/new.json`\n")
        self.assert_faults(links.check(self.top), "docs/how-to/a.md:1: locales/en/gone/new.json does not exist")

    def test_decisions_are_numbered_in_a_row(self):
        self.write("docs/decisions/0001-stages.md", DECISION)
        self.write("docs/decisions/0002-engines.md", DECISION)
        self.assert_fine(links.check(self.top))
        self.write("docs/decisions/0002-other.md", DECISION)
        self.write("docs/decisions/0004-gap.md", DECISION)
        self.write("docs/decisions/notes.md", DECISION)
        self.assert_faults(links.check(self.top), "docs/decisions/0002-other.md:1: the number 0002 is taken",
                           "docs/decisions/0004-gap.md:1: the next number is 0003", "docs/decisions/notes.md:1: name it")

    def test_a_decision_has_its_three_parts(self):
        self.write("docs/decisions/0001-stages.md", DECISION.replace("## Consequences", "## After"))
        self.assert_faults(links.check(self.top), "docs/decisions/0001-stages.md:1: needs a part `## Consequences`")

    def test_nothing_built_is_kept(self):
        self.write("static/site.min.js", "x")
        self.write("tests/old.sqlite", "x")
        self.write("bin/program", "x").write_bytes(b"\x7fELF....")
        self.write("static/site.js", "x")
        self.assert_faults(links.check(self.top), "static/site.min.js:1: built", "tests/old.sqlite:1: built", "bin/program:1: a built program")
