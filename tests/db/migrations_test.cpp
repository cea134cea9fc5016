// SPDX-License-Identifier: Apache-2.0
#include "db/migrations.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <set>
#include <sstream>
#include <string>
#include <thread>

#include "base/embedded.hpp"
#include "base/secret.hpp"
#include "base/text.hpp"
#include "db/verify.hpp"
#include "things.hpp"

namespace cairn::db {
namespace {

class Migrating : public tests::EachEngineWithThings {
 protected:
  void know(const std::string& name, std::string_view sql) {
    store().settings.migrations.push_back({name, sql});
    store().reopen();
  }
  bool has_table(const std::string& table) {
    return database().read([&](Read& read) {
      return read.number(GetParam() == tests::Engine::postgres
                             ? "select count(*) from information_schema.tables where table_name = $1"
                             : "select count(*) from sqlite_master where name = $1",
                         {table}) > 0;
    });
  }
};
CAIRN_EACH_ENGINE(Migrating);

const std::vector<Migration> pair = {{"0001_a.sql", "create a"}, {"0001_a.postgres.sql", "create a on postgres"}};

TEST(Steps, TakeTheFileOfTheirEngine) {
  EXPECT_EQ(steps_for(EngineKind::sqlite, pair).at(0).sql, "create a");
  EXPECT_EQ(steps_for(EngineKind::postgres, pair).at(0).sql, "create a on postgres");
  EXPECT_EQ(steps_for(EngineKind::postgres, {pair[0]}).at(0).sql, "create a");
  EXPECT_TRUE(steps_for(EngineKind::sqlite, {pair[1]}).empty());
}

TEST(Steps, StandInTheOrderOfTheirNumbers) {
  const auto steps = steps_for(EngineKind::sqlite, {{"0010_c.sql", ""}, {"0002_b.sql", ""}, {"0001_a.sql", ""}});
  ASSERT_EQ(steps.size(), 3U);
  EXPECT_EQ(steps[0].number, 1);
  EXPECT_EQ(steps[2].number, 10);
  EXPECT_EQ(steps[0].hash, hex(sha256("")));
}

TEST(Steps, RefuseNamesWithoutANumberAndTwoOfOneNumber) {
  for (const char* name : {"a.sql", "1_a.sql", "0000_a.sql", "00a1_a.sql", "0001a.sql", "-001_a.sql", ".sql"})
    EXPECT_THROW(steps_for(EngineKind::sqlite, {{name, ""}}), std::logic_error) << name;
  EXPECT_THROW(steps_for(EngineKind::sqlite, {{"0001_a.sql", ""}, {"0001_b.sql", ""}}), std::logic_error);
}

TEST(Steps, TellTheStateOfASchema) {
  const auto known = steps_for(EngineKind::sqlite, {{"0001_a.sql", ""}, {"0003_b.sql", ""}});
  const std::string hash = hex(sha256(""));
  const DoneStep one{1, "0001_a.sql", hash};
  const DoneStep three{3, "0003_b.sql", hash};
  const DoneStep four{4, "0004_c.sql", hash};
  EXPECT_EQ(state_of({}, known), SchemaState::empty);
  EXPECT_EQ(state_of({one}, known), SchemaState::behind);
  EXPECT_EQ(state_of({one, three}, known), SchemaState::current);
  EXPECT_EQ(state_of({one, three, four}, known), SchemaState::newer);
  EXPECT_EQ(state_of({one, four}, known), SchemaState::newer);
}

TEST_P(Migrating, RunsWhatIsMissingOnceAndTellsTheJournal) {
  know("0003_more.sql", "create table more (id text primary key);\n-- a remark at the end\n");
  EXPECT_EQ(database().schema(), SchemaState::behind);
  int asked = 0;
  database().migrate([&] { ++asked; });
  EXPECT_EQ(asked, 1);
  EXPECT_EQ(database().schema(), SchemaState::current);
  database().migrate([&] { ++asked; });
  EXPECT_EQ(asked, 1);
  EXPECT_EQ(count("more"), 0);
  EXPECT_EQ(count("journal where act = 'schema.migrate' and record_id = '0003_more.sql'"), 1);
  EXPECT_TRUE(verify(database(), {}).empty());
}

TEST_P(Migrating, AsksForNoBackupWhereThereIsNothingYet) {
  tests::Store fresh(GetParam());
  EXPECT_EQ(fresh.database->schema(), SchemaState::empty);
  fresh.database->migrate([] { FAIL() << "there is nothing to keep"; });
  EXPECT_EQ(fresh.database->schema(), SchemaState::current);
}

TEST_P(Migrating, DoesNothingWhereTheBackupBeforehandFails) {
  know("0003_more.sql", "create table more (id text primary key)");
  EXPECT_THROW(database().migrate([] { throw Unavailable("no room for a backup"); }), Unavailable);
  EXPECT_EQ(database().schema(), SchemaState::behind);
  EXPECT_FALSE(has_table("more"));
}

TEST_P(Migrating, RefusesAWriteBeforeThereIsASchema) {
  const tests::Store fresh(GetParam());
  EXPECT_THROW(fresh.database->write(Actor::operator_(), {"a", "b", "c", 1}, [](Write&) {}), Unavailable);
}

TEST_P(Migrating, LeavesNothingOfAStepThatFails) {
  know(
      "0003_more.sql",
      "create table more (id text primary key); insert into box (id) values ('kept'); insert into no_such values (1);");
  EXPECT_ANY_THROW(database().migrate([] {}));
  EXPECT_EQ(database().schema(), SchemaState::behind);
  EXPECT_FALSE(has_table("more"));
  EXPECT_EQ(count("box"), 0);
  add("still works", 1);
  EXPECT_EQ(count("thing"), 1);
}

TEST_P(Migrating, RefusesAStepThatLeavesARowPointingNowhere) {
  database().write(Actor::operator_(), {"fill", "thing", "", 1}, [](Write& write) {
    write.run("insert into box (id) values ('b')", {});
    write.run("insert into thing (id, box_id) values ('t', 'b')", {});
  });
  know("0003_break.sql", "delete from box;");
  EXPECT_THROW(database().migrate([] {}), Conflict);
  EXPECT_EQ(count("box"), 1);
}

TEST_P(Migrating, RefusesASchemaNewerThanTheProgram) {
  store().settings.migrations.pop_back();
  store().reopen();
  EXPECT_EQ(database().schema(), SchemaState::newer);
  EXPECT_THROW(database().migrate([] {}), Conflict);
}

TEST_P(Migrating, RefusesAReleasedStepThatWasChanged) {
  store().settings.migrations.back().sql = "create table box (id text primary key)";
  try {
    store().reopen();
    FAIL() << "it was not refused";
  } catch (const Conflict& conflict) {
    EXPECT_EQ(conflict.key(), "stop.schema_changed");
  }
}

TEST_P(Migrating, RunsOnceWhereTwoProcessesBegin) {
  know("0003_more.sql", "create table more (id text primary key)");
  if (GetParam() == tests::Engine::sqlite) {
    EXPECT_THROW(Database::open(store().settings), Unavailable);
    return;
  }
  const auto other = Database::open(store().settings);
  std::thread first([&] { database().migrate([] {}); });
  std::thread second([&] { other->migrate([] {}); });
  first.join();
  second.join();
  EXPECT_EQ(count("schema_version where number = 3"), 1);
}

// The step has five statements. A child runs it with a statement that does not end after the first `before`, and is
// killed there.
std::string cut_after(int before, tests::Engine engine) {
  const std::vector<std::string> statements = {
      "create table more (id text primary key);", "insert into more (id) values ('m');",
      "alter table thing add column colour text;", "update thing set colour = 'blue';",
      "create index thing_by_colour on thing (colour);"};
  std::string sql;
  for (int i = 0; i < static_cast<int>(statements.size()); ++i) {
    if (i == before)
      sql += engine == tests::Engine::postgres
                 ? "select pg_sleep(60);"
                 : "with recursive n(i) as (select 1 union all select i + 1 from n) select max(i) from n;";
    sql += statements[static_cast<std::size_t>(i)];
  }
  return sql;
}

TEST_P(Migrating, LeavesTheOldSchemaWhenKilledAtAnyStatement) {
  add("t", 1);
  const std::string whole = cut_after(-1, GetParam());
  for (int before = 0; before < 5; ++before) {
    const std::string cut = cut_after(before, GetParam());
    store().database.reset();
    const pid_t child = fork();
    if (child == 0) {
      Settings settings = store().settings;
      settings.migrations.push_back({"0003_more.sql", cut});
      Database::open(settings)->migrate([] {});
      _exit(1);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status)) << "the step ended before it was killed";
    if (GetParam() == tests::Engine::postgres)  // which would notice the loss by itself a second later
      tests::postgres_server().run("postgres",
                                   "select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = '" +
                                       store().database_name + "'");
    store().reopen();
    EXPECT_EQ(database().schema(), SchemaState::current) << before;
    EXPECT_FALSE(has_table("more")) << before;
    EXPECT_EQ(count("thing"), 1);
  }
  know("0003_more.sql", whole);
  database().migrate([] {});
  EXPECT_EQ(count("thing where colour = 'blue'"), 1);
  EXPECT_TRUE(verify(database(), {}).empty());
}

TEST(FrozenMigrations, AreThoseThatWereReleased) {
  std::set<std::string> carried;
  for (const Migration& one : embedded_migrations()) carried.insert(hex(sha256(one.sql)) + " " + one.name);
  for (const EmbeddedFile& file : embedded_files()) {
    if (file.path != "migrations/frozen.txt") continue;
    for (const std::string_view line : split(file.bytes, '\n'))
      if (!trimmed(line).empty() && line.front() != '#') {
        EXPECT_TRUE(carried.contains(std::string(trimmed(line)))) << "changed or missing: " << line;
      }
    return;
  }
  FAIL() << "migrations/frozen.txt is not there";
}

}  // namespace
}  // namespace cairn::db
