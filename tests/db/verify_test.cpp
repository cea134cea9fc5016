// SPDX-License-Identifier: Apache-2.0
#include "db/verify.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <random>
#include <string>

#include "things.hpp"

namespace cairn::db {
namespace {

const std::vector<SealedColumn> sealed_columns = {{"thing", "sealed", "id", "box_id"}};

class Verifying : public tests::EachEngineWithThings {
 protected:
  void SetUp() override {
    database().write(Actor::operator_(), {"fill", "thing", "", 5}, [&](Write& write) {
      write.run("insert into box (id) values ('box1'), ('box2')", {});
      for (const char* id : {"a", "b", "c"}) {
        const std::string sealed = write.keys().seal({"thing", "sealed", id, "box1"}, "about " + std::string(id));
        write.run("insert into thing (id, box_id, sealed) values ($1, 'box1', $2)",
                  {std::string_view(id), BytesView{sealed}});
      }
      write.run("insert into thing (id, box_id) values ('unsealed', 'box2')", {});
    });
  }
  void change(std::string_view sql, Binds binds = {}) {
    database().write(Actor::operator_(), {"change", "thing", "", 1}, [&](Write& write) { write.run(sql, binds); });
  }
  std::vector<std::string> places_at_fault() {
    std::vector<std::string> places;
    for (const Fault& fault : verify(database(), sealed_columns)) places.push_back(fault.where);
    return places;
  }
};
CAIRN_EACH_ENGINE(Verifying);

TEST_P(Verifying, FindsNothingWrongInASoundStore) {
  EXPECT_TRUE(places_at_fault().empty());
}

TEST_P(Verifying, NamesTheRowOfASealedValueThatWasFlipped) {
  std::string sealed = database().read([](Read& read) {
    return *read.find("select sealed from thing where id = 'b'", {},
                      [](const Row& row) { return std::string(row.bytes(0)); });
  });
  sealed.back() = static_cast<char>(sealed.back() ^ 1);
  change("update thing set sealed = $1 where id = 'b'", {BytesView{sealed}});
  EXPECT_EQ(places_at_fault(), std::vector<std::string>{"thing, row b"});
}

TEST_P(Verifying, NamesTheRowsOfSealedValuesThatWereMoved) {
  change("update thing set sealed = (select sealed from thing where id = 'a') where id = 'b'");
  EXPECT_EQ(places_at_fault(), std::vector<std::string>{"thing, row b"});
  change("update thing set box_id = 'box2' where id = 'c'");
  EXPECT_EQ(places_at_fault().size(), 2U);
}

TEST_P(Verifying, NamesASealedValueWithoutAnOwner) {
  change("update thing set box_id = null where id = 'a'");
  EXPECT_EQ(places_at_fault(), std::vector<std::string>{"thing, row a"});
}

TEST_P(Verifying, SaysWhereTheSchemaIsOlder) {
  store().settings.migrations.push_back({"0003_more.sql", "create table more (id text primary key)"});
  store().reopen();
  EXPECT_EQ(places_at_fault(), std::vector<std::string>{"schema_version"});
}

TEST_P(Verifying, SaysWhereAMigrationWasChanged) {
  store().settings.migrations.back().sql = "create table other (id text primary key)";
  EXPECT_THROW(store().reopen(), Conflict);
}

TEST_P(Verifying, SaysWhereThereIsNoSchema) {
  const tests::Store fresh(GetParam());
  EXPECT_EQ(verify(*fresh.database, {}).size(), 1U);
}

TEST_P(Verifying, NamesARowThatPointsNowhere) {
  if (GetParam() == tests::Engine::postgres) {
    tests::postgres_server().run(store().database_name,
                                 "set session_replication_role = replica; delete from box where id = 'box2'");
  } else {
    store().database.reset();
    tests::run_on_sqlite(store(), "pragma foreign_keys = off; delete from box where id = 'box2'");
    store().reopen();
  }
  const auto faults = verify(database(), sealed_columns);
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_NE(faults.front().where.find("thing"), std::string::npos);
}

TEST(VerifyingSqlite, FindsZeroedPages) {
  const auto store = tests::things_store(tests::Engine::sqlite);
  store->database->write(Actor::operator_(), {"fill", "thing", "", 1}, [](Write& write) {
    const std::string name(300, 'n');
    for (int i = 0; i < 500; ++i) {
      const std::string id = "thing" + std::to_string(i);
      write.run("insert into thing (id, name) values ($1, $2)", {id, name});
    }
  });
  store->database.reset();
  {
    std::fstream file(store->settings.folder + "/cairn.sqlite", std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(20 * 4096);
    file << std::string(4096, '\0');
  }
  store->reopen();
  EXPECT_FALSE(verify(*store->database, {}).empty());
}

TEST(VerifyingPostgres, FindsAFlippedBitByThePageChecksum) {
  tests::PostgresServer& server = tests::postgres_server();
  const auto store = tests::things_store(tests::Engine::postgres);
  store->database->write(Actor::operator_(), {"fill", "thing", "", 1}, [](Write& write) {
    write.run("insert into thing (id, name) values ('a', 'the first thing')", {});
  });
  const std::string file = server.file_of(store->database_name, "thing");
  store->database.reset();
  server.stop_cleanly();
  {
    std::fstream page(file, std::ios::in | std::ios::out | std::ios::binary);
    page.seekp(8192 - 20);
    page.put('X');
  }
  server.start();
  store->reopen();
  EXPECT_FALSE(verify(*store->database, {}).empty());
}

}  // namespace
}  // namespace cairn::db
