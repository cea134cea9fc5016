// SPDX-License-Identifier: Apache-2.0
#include "db/backup.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <thread>
#include <tuple>

#include "db/verify.hpp"
#include "things.hpp"

namespace cairn::db {
namespace {

const std::vector<SealedColumn> sealed_columns = {{"thing", "sealed", "id", "id"}};

std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

void put(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

// Everything in the tables of things, as text.
std::string dump(Database& database) {
  std::string text;
  database.read([&](Read& read) {
    read.each("select id, parent_id from box order by id", {},
              [&](const Row& row) { text += row.string(0) + "<" + row.optional_text(1).value_or("null") + "\n"; });
    read.each("select id, box_id, name, size, sealed from thing order by id", {}, [&](const Row& row) {
      text +=
          row.string(0) + "|" + row.optional_text(1).value_or("null") + "|" + row.optional_text(2).value_or("null") +
          "|" + (row.is_null(3) ? "null" : std::to_string(row.integer(3))) + "|" +
          (row.is_null(4) ? "null" : read.keys().open({"thing", "sealed", row.text(0), row.text(0)}, row.bytes(4))) +
          "\n";
    });
  });
  return text;
}

void fill(Database& database, int things) {
  database.write(Actor::operator_(), {"fill", "thing", "", things}, [&](Write& write) {
    // A box stands before the box it lies in: rows do not come in an order that keys would accept one by one.
    write.run("insert into box (id) values ('z')", {});
    write.run("insert into box (id, parent_id) values ('a', 'z')", {});
    for (int i = 0; i < things; ++i) {
      const std::string id = "thing" + std::to_string(i);
      const std::string sealed = write.keys().seal({"thing", "sealed", id, id}, "about " + id);
      const std::string name = i % 3 == 0 ? "" : "Siân " + std::to_string(i);
      write.run("insert into thing (id, box_id, name, size, sealed) values ($1, $2, $3, $4, $5)",
                {id, i % 2 == 0 ? Bound(std::string_view("a")) : Bound(), i % 5 == 0 ? Bound() : Bound(name),
                 i % 7 == 0 ? Bound() : Bound(std::int64_t{i} * 1'000'000'007),
                 i % 4 == 0 ? Bound() : Bound(BytesView{sealed})});
    }
  });
}

// A store of `engine` without a schema, under the key of another.
std::unique_ptr<tests::Store> empty_store_like(const tests::Store& other, tests::Engine engine) {
  auto store = std::make_unique<tests::Store>(engine);
  store->database.reset();
  std::filesystem::remove_all(store->settings.folder);
  store->settings.key_file = other.settings.folder + "/keys/master.key";
  store->settings.migrations = other.settings.migrations;
  store->reopen();
  return store;
}

class Backups : public tests::EachEngineWithThings {
 protected:
  std::string file() { return store().folder / "cairn.backup"; }
};
CAIRN_EACH_ENGINE(Backups);

class BackupsAcross : public testing::TestWithParam<std::tuple<tests::Engine, tests::Engine>> {};
INSTANTIATE_TEST_SUITE_P(Engines, BackupsAcross,
                         testing::Combine(testing::ValuesIn(tests::engines()), testing::ValuesIn(tests::engines())));

TEST_P(BackupsAcross, BringEverythingBack) {
  const auto [from, to] = GetParam();
  const auto original = tests::things_store(from);
  fill(*original->database, 3000);
  const std::string file = original->folder / "cairn.backup";
  backup(*original->database, file);
  const auto copy = empty_store_like(*original, to);
  restore(*copy->database, file);
  EXPECT_EQ(dump(*copy->database), dump(*original->database));
  EXPECT_EQ(copy->database->schema(), SchemaState::current);
  copy->database->seal_journal();
  const auto faults = verify(*copy->database, sealed_columns);
  EXPECT_TRUE(faults.empty()) << faults.front().what << " at " << faults.front().where;
  const auto entries = [](Database& database, std::string_view where) {
    return database.read(
        [&](Read& read) { return read.number("select count(*) from journal " + std::string(where), {}); });
  };
  EXPECT_EQ(entries(*copy->database, ""), entries(*original->database, "") + 1);
  EXPECT_EQ(entries(*copy->database, "where act = 'store.restore'"), 1);
  // Keys hold again, and the store goes on.
  const auto add = [&](std::string_view sql) {
    copy->database->write(Actor::operator_(), {"a", "b", "c", 1}, [&](Write& write) { write.run(sql, {}); });
  };
  EXPECT_THROW(add("insert into thing (id, box_id) values ('x', 'no such box')"), Conflict);
  add("insert into thing (id, box_id) values ('x', 'a')");
}

TEST_P(Backups, FillAStoreThatWasOnlyMigrated) {
  fill(database(), 10);
  backup(database(), file());
  const auto copy = empty_store_like(store(), GetParam());
  copy->migrate();
  restore(*copy->database, file());
  EXPECT_EQ(dump(*copy->database), dump(database()));
  copy->database->seal_journal();
  EXPECT_TRUE(verify(*copy->database, sealed_columns).empty());
}

TEST_P(Backups, LeaveOutTheRowsOfTablesThatNoCopyMayHold) {
  fill(database(), 30);
  backup(database(), file(), {"thing"});
  const auto copy = empty_store_like(store(), GetParam());
  restore(*copy->database, file());
  const auto rows = [](Database& one, std::string_view table) {
    return one.read([&](Read& read) { return read.number("select count(*) from " + std::string(table), {}); });
  };
  EXPECT_EQ(rows(*copy->database, "thing"), 0);
  EXPECT_EQ(rows(*copy->database, "box"), rows(database(), "box"));
  EXPECT_GT(rows(database(), "thing"), 0);
}

TEST_P(Backups, RefuseAStoreThatIsNotEmpty) {
  fill(database(), 10);
  backup(database(), file());
  const std::string before = dump(database());
  EXPECT_THROW(restore(database(), file()), Conflict);
  EXPECT_EQ(dump(database()), before);
}

TEST_P(Backups, RefuseToTakeThePlaceOfAFile) {
  put(file(), "something else");
  EXPECT_THROW(backup(database(), file()), Conflict);
  EXPECT_EQ(bytes_of(file()), "something else");
}

TEST_P(Backups, LeaveNoFileWhereTheyCannotBeWritten) {
  EXPECT_THROW(backup(database(), store().folder / "no such folder/cairn.backup"), Unavailable);
  const tests::Store fresh(GetParam());
  EXPECT_THROW(backup(*fresh.database, file()), Conflict);
  EXPECT_FALSE(std::filesystem::exists(file()));
}

TEST_P(Backups, ShowNothingOfTheDataAndAreForTheirOwnerAlone) {
  add("a name that must not show", 1);
  backup(database(), file());
  EXPECT_EQ(bytes_of(file()).find("must not show"), std::string::npos);
  EXPECT_EQ(bytes_of(file()).find("thing"), std::string::npos);
  EXPECT_EQ(std::filesystem::status(file()).permissions(), std::filesystem::perms(0600));
  for (const auto& entry : std::filesystem::directory_iterator(store().folder.path()))
    EXPECT_EQ(entry.path().string().find(".part"), std::string::npos);
}

TEST_P(Backups, AreOfOneMomentWhileOthersWrite) {
  std::atomic<bool> stop = false;
  std::thread writer([&] {
    for (std::int64_t i = 0; !stop; ++i)
      database().write(Actor::operator_(), {"pair", "thing", "", 2}, [&](Write& write) {
        const std::string id = std::to_string(i);
        write.run("insert into box (id) values ($1)", {id});
        write.run("insert into thing (id, box_id) values ($1, $1)", {id});
      });
  });
  while (count("thing") < 20) std::this_thread::yield();
  backup(database(), file());
  stop = true;
  writer.join();
  const auto copy = empty_store_like(store(), GetParam());
  restore(*copy->database, file());
  copy->database->read([](Read& read) {
    EXPECT_GE(read.number("select count(*) from thing", {}), 20);
    EXPECT_EQ(read.number("select count(*) from thing", {}), read.number("select count(*) from box", {}));
  });
}

TEST_P(Backups, RefuseAnotherKey) {
  fill(database(), 10);
  backup(database(), file());
  tests::Store other(GetParam());
  other.settings.migrations = store().settings.migrations;
  other.reopen();
  EXPECT_THROW(restore(*other.database, file()), Corrupt);
}

TEST_P(Backups, RefuseEveryKindOfDamageAndLeaveTheStoreEmpty) {
  fill(database(), 2000);
  backup(database(), file());
  const std::string good = bytes_of(file());
  ASSERT_GT(good.size(), 150'000U);
  std::vector<std::string> damaged = {"", "CAIRNBK1", good + "x", good + good, good.substr(1)};
  for (std::size_t length = 1; length < good.size(); length += good.size() / 12)
    damaged.push_back(good.substr(0, length));
  damaged.push_back(good.substr(0, good.size() - 1));
  for (std::size_t at = 0; at < good.size(); at += good.size() / 25) {
    std::string flipped = good;
    flipped[at] = static_cast<char>(flipped[at] ^ 4);
    damaged.push_back(flipped);
  }
  // Two whole pieces in each other's place.
  const std::size_t head = 40, piece = 4 + 65536 + 17;
  damaged.push_back(good.substr(0, head) + good.substr(head + piece, piece) + good.substr(head, piece) +
                    good.substr(head + 2 * piece));
  const auto copy = empty_store_like(store(), GetParam());
  copy->migrate();
  const std::string path = store().folder / "damaged.backup";
  for (const std::string& bytes : damaged) {
    put(path, bytes);
    EXPECT_THROW(restore(*copy->database, path), Corrupt) << bytes.size();
  }
  EXPECT_EQ(dump(*copy->database), "");
  EXPECT_THROW(restore(*copy->database, path + ".missing"), Unavailable);
  restore(*copy->database, file());
  EXPECT_EQ(dump(*copy->database), dump(database()));
}

TEST_P(Backups, OfAnOlderSchemaGoIntoAnEmptyStoreAndAreMigrated) {
  fill(database(), 10);
  backup(database(), file());
  store().settings.migrations.push_back(
      {"0003_more.sql", "alter table thing add column colour text; update thing set colour = 'blue';"});
  const auto migrated = empty_store_like(store(), GetParam());
  migrated->migrate();
  EXPECT_THROW(restore(*migrated->database, file()), Conflict);
  const auto fresh = empty_store_like(store(), GetParam());
  restore(*fresh->database, file());
  EXPECT_EQ(fresh->database->schema(), SchemaState::current);
  fresh->database->read(
      [](Read& read) { EXPECT_EQ(read.number("select count(*) from thing where colour = 'blue'", {}), 10); });
}

TEST_P(Backups, OfANewerSchemaAreRefused) {
  fill(database(), 10);
  backup(database(), file());
  store().settings.migrations.pop_back();
  const auto older = empty_store_like(store(), GetParam());
  EXPECT_THROW(restore(*older->database, file()), Conflict);
}

}  // namespace
}  // namespace cairn::db
