# SPDX-License-Identifier: Apache-2.0
from tree import TreeTest

import tables

MIGRATION = """-- kept by: accounts
-- One organisation.
create table organisation (
  id text primary key
);

-- kept by: agenda
create table task (id text primary key);

-- kept by: db
create table journal (position bigint primary key);

-- kept by: jobs
create table job (id text primary key);
"""


def sql(text):
    return f'void f() {{ w.run(R"sql({text})sql", {{}}); }}\n'


class Tables(TreeTest):
    def setUp(self):
        super().setUp()
        self.write("migrations/0001_all.sql", MIGRATION)
        for folder in ("accounts", "agenda", "db", "jobs"):
            (self.top / "src" / folder).mkdir(parents=True)

    def test_lets_a_store_write_its_own_and_read_earlier_tables(self):
        self.write("src/agenda/store_tasks.cpp", sql(
            "insert into task (id) select o.id from organisation o join journal on true where true "
            "on conflict (id) do update set id = excluded.id"))
        self.write("src/accounts/store.cpp", sql("update organisation set name = $1") + sql("delete from organisation where id = $1"))
        self.write("src/jobs/store_queue.cpp", sql("insert into job (id) values ($1)"))
        self.write("src/db/journal.cpp", sql("insert into journal values ($1)") + 'auto all = "select * from " + table;\n')
        self.write("src/agenda/pages.cpp", 'auto a = say("select.from"); auto b = "Update your task"; auto c = "select a file from the list";\n')
        self.assert_faults(tables.check(self.top), "src/agenda/pages.cpp:1: write SQL as")

    def test_catches_sql_outside_a_store(self):
        for path in ("src/agenda/actions.cpp", "src/agenda/model.cpp", "src/web/routes.cpp", "src/jobs/queue.cpp", "src/agenda/store.hpp"):
            with self.subTest(path=path):
                file = self.write(path, "\n" + sql("select id from task"))
                self.assert_faults(tables.check(self.top), f"{path}:2: SQL stands only in store*.cpp")
                file.unlink()

    def test_catches_writes_to_tables_of_others(self):
        for statement in ("insert into organisation (id) values ($1)", "delete from organisation where id = $1",
                          "update organisation set id = $1", "INSERT INTO organisation values ($1)"):
            with self.subTest(statement=statement):
                self.write("src/agenda/store.cpp", sql(statement))
                self.assert_faults(tables.check(self.top), "src/agenda/store.cpp:1: organisation is kept by accounts: agenda may not write it")

    def test_catches_reading_a_later_stage(self):
        self.write("src/accounts/store.cpp", sql("select 1 from organisation join task on true"))
        self.assert_faults(tables.check(self.top), "src/accounts/store.cpp:1: task is kept by agenda, which comes later than accounts")

    def test_catches_unknown_tables(self):
        self.write("src/agenda/store.cpp", sql("insert into tsak (id) values ($1)"))
        self.assert_faults(tables.check(self.top), "src/agenda/store.cpp:1: no migration makes the table tsak")

    def test_catches_glue_and_the_database_clock(self):
        for code, said in (
            ('auto q = R"sql(select id from task where id = )sql" + id;', "nothing is glued"),
            ('q += R"sql( and id = $1)sql";', "nothing is glued"),
            ('fmt::format(R"sql(select {} from task)sql", column);', "nothing is glued"),
            ('auto q = "select id from task";', "write SQL as"),
            ('auto q = R"(delete from task)";', "write SQL as"),
            ('r.list(R"sql(select id from task where due < now())sql");', "SQL never asks for the time"),
            ('r.list(R"sql(select current_timestamp from task)sql");', "SQL never asks for the time"),
        ):
            with self.subTest(code=code):
                self.write("src/agenda/store.cpp", code + "\n")
                self.assert_faults(tables.check(self.top), f"src/agenda/store.cpp:1: {said}")

    def test_every_table_names_one_known_keeper(self):
        self.write("migrations/0002_more.sql", "create table lonely (id text);\n-- kept by: nobody\ncreate table lost (id text);\n"
                   "-- kept by: agenda\ncreate table organisation (id text);\n")
        self.assert_faults(tables.check(self.top), "migrations/0002_more.sql:1: table lonely needs", "migrations/0002_more.sql:2: nobody is no stage",
                           "migrations/0002_more.sql:5: table organisation is kept by accounts already")
