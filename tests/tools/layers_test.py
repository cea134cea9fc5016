# SPDX-License-Identifier: Apache-2.0
from tree import TreeTest

import layers

FINE = {
    "src/main.cpp": ["app/commands.hpp", "base/stop.hpp"],
    "src/app/overviews.cpp": ["evaluation/store.hpp", "agenda/pages.hpp", "web/html.hpp", "db/database.hpp"],
    "src/base/text.cpp": ["base/text.hpp"],
    "src/db/sqlite.cpp": ["db/database.hpp", "base/stop.hpp"],
    "src/policy/policy.cpp": ["content/toml.hpp", "base/actor.hpp"],
    "src/jobs/pool.cpp": ["db/database.hpp"],
    "src/web/routes.cpp": ["policy/policy.hpp", "jobs/pool.hpp", "web/html.hpp"],
    "src/agenda/model.cpp": ["agenda/model.hpp", "accounts/model.hpp", "base/time.hpp", "agenda/reminder.hpp"],
    "src/agenda/reminder.cpp": ["instruments/score.hpp"],
    "src/agenda/store_loops.cpp": ["agenda/store.hpp", "accounts/model.hpp", "db/database.hpp", "policy/policy.hpp", "privacy/store.hpp"],
    "src/agenda/pages.cpp": ["agenda/model.hpp", "agenda/pages_today.hpp", "web/components.hpp", "base/time.hpp"],
    "src/evaluation/actions.hpp": ["agenda/store_loops.hpp"],
    "src/agenda/actions.cpp": ["agenda/store.hpp", "agenda/pages.hpp", "accounts/store.hpp", "web/routes.hpp", "jobs/pool.hpp"],
}
PLANTED = [  # file, what it includes, what is said
    ("src/base/text.cpp", "db/row.hpp", "base may use only itself"),
    ("src/content/toml.cpp", "db/row.hpp", "content may use only base"),
    ("src/db/sqlite.cpp", "content/library.hpp", "db may use only base"),
    ("src/web/server.cpp", "db/database.hpp", "web may use only base, jobs, policy"),
    ("src/web/server.cpp", "accounts/model.hpp", "web may use only"),
    ("src/accounts/model.cpp", "agenda/model.hpp", "agenda comes later than accounts"),
    ("src/accounts/model.cpp", "app/config.hpp", "app is above accounts"),
    ("src/accounts/model.cpp", "db/row.hpp", "model may not use db"),
    ("src/accounts/password.cpp", "web/html.hpp", "model may not use web"),
    ("src/accounts/model.cpp", "accounts/store.hpp", "model may not use store"),
    ("src/agenda/store.cpp", "accounts/store.hpp", "store may not use another stage's store"),
    ("src/agenda/store.cpp", "web/html.hpp", "store may not use web"),
    ("src/agenda/pages.cpp", "agenda/store.hpp", "pages may not use store"),
    ("src/agenda/pages.cpp", "accounts/model.hpp", "pages may not use another stage's model"),
    ("src/agenda/pages.cpp", "db/row.hpp", "pages may not use db"),
    ("src/agenda/actions.cpp", "accounts/pages.hpp", "actions may not use another stage's pages"),
    ("src/agenda/actions.cpp", "accounts/actions.hpp", "actions may not use another stage's actions"),
    ("src/evaluation/actions.cpp", "agenda/actions.hpp", "actions may not use another stage's actions"),
    ("src/evaluation/model.cpp", "agenda/store_loops.hpp", "model may not use another stage's store"),
    ("src/agenda/model.cpp", "model.hpp", "write the folder too"),
]


class Layers(TreeTest):
    def source(self, path, *targets):
        self.write(path, "".join(f'#include "{target}"\n' for target in targets))

    def test_lets_through_what_the_rule_allows(self):
        for path, targets in FINE.items():
            self.source(path, *targets)
        self.assert_fine(layers.check(self.top))

    def test_catches_each_planted_include_alone(self):
        for path, target, said in PLANTED:
            with self.subTest(path=path, target=target):
                file = self.write(path, f'#pragma once\n#include "{target}"\n')
                self.assert_faults(layers.check(self.top), f"{path}:2: {target}: {said}")
                file.unlink()

    def test_a_library_of_others_is_known_to_its_folder_only(self):
        self.write("src/db/sqlite.cpp", "#include <sqlite3.h>\n#include <vector>\n")
        self.assert_fine(layers.check(self.top))
        self.write("src/agenda/store.cpp", "#include <sqlite3.h>\n")
        self.write("src/agenda/actions.cpp", "\n#include <boost/asio.hpp>\n")
        self.assert_faults(layers.check(self.top), "src/agenda/store.cpp:1: sqlite3.h: only db may use this library",
                           "src/agenda/actions.cpp:2: boost/asio.hpp: only web may use this library")

    def test_refuses_a_folder_it_does_not_know(self):
        self.source("src/common/text.cpp")
        self.source("src/agenda/inner/text.cpp")
        self.assert_faults(layers.check(self.top), "src/common/text.cpp:1: common is no folder", "src/agenda/inner/text.cpp:1: inner is no folder")
