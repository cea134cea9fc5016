// SPDX-License-Identifier: Apache-2.0
// What only the engine behind a socket promises: it may go and come back, and its transactions may meet.
#include <gtest/gtest.h>

#include <atomic>
#include <barrier>
#include <string>
#include <thread>
#include <vector>

#include "db/postgres_connection.hpp"
#include "db/verify.hpp"
#include "things.hpp"

namespace cairn::db {
namespace {

const Entry entry{"thing.add", "thing", "", 1};

std::string key_of_failure(const std::function<void()>& act) {
  try {
    act();
  } catch (const Stop& stop) {
    return stop.key();
  }
  return "nothing";
}

class Server : public testing::Test {
 protected:
  void TearDown() override {
    if (!server_.is_running()) server_.start();
  }
  void add(const std::string& id) {
    database_->write(Actor::operator_(), entry,
                     [&](Write& write) { write.run("insert into thing (id) values ($1)", {id}); });
  }
  std::int64_t count() {
    return database_->read([](Read& read) { return read.number("select count(*) from thing", {}); });
  }

  tests::PostgresServer& server_ = tests::postgres_server();
  std::unique_ptr<tests::Store> store_ = tests::things_store(tests::Engine::postgres);
  Settings& settings_ = store_->settings;
  std::unique_ptr<Database>& database_ = store_->database;
};

TEST_F(Server, MayGoAndComeBack) {
  add("a");
  server_.stop();
  EXPECT_EQ(key_of_failure([&] { add("b"); }), "stop.database_gone");
  EXPECT_EQ(key_of_failure([&] { count(); }), "stop.database_gone");
  EXPECT_EQ(key_of_failure([&] { database_->seal_journal(); }), "stop.database_gone");
  EXPECT_EQ(key_of_failure([&] { Database::open(settings_); }), "stop.database_gone");
  server_.start();
  EXPECT_EQ(count(), 1);
  add("b");
  EXPECT_EQ(count(), 2);
}

TEST_F(Server, MayRestartBetweenTwoWritesUnnoticed) {
  add("a");
  server_.stop();
  server_.start();
  add("b");
  EXPECT_EQ(count(), 2);
}

TEST_F(Server, LetsTheLaterOfTwoSeeWhoTookTheKey) {
  for (int round = 0; round < 20; ++round) {
    const auto id = "key " + std::to_string(round);
    std::barrier both_have_looked(2);
    std::atomic<int> made = 0;
    std::atomic<int> repeated = 0;
    const auto add_once = [&] {
      bool first = true;
      try {
        database_->write(Actor::operator_(), entry, [&](Write& write) {
          const auto there = write.number("select count(*) from thing where id = $1", {id});
          if (std::exchange(first, false)) both_have_looked.arrive_and_wait();
          if (there > 0) throw Repeated(id);
          write.run("insert into thing (id) values ($1)", {id});
        });
        ++made;
      } catch (const Repeated&) {
        ++repeated;
      }
    };
    std::thread other(add_once);
    add_once();
    other.join();
    EXPECT_EQ(made, 1);
    EXPECT_EQ(repeated, 1);
  }
  add("taken");
  EXPECT_THROW(add("taken"), Conflict);
}

TEST_F(Server, BreaksOffAWriteUnderWayWholly) {
  EXPECT_EQ(key_of_failure([&] {
              database_->write(Actor::operator_(), entry, [&](Write& write) {
                write.run("insert into thing (id) values ('a')", {});
                server_.stop();
                write.run("insert into thing (id) values ('b')", {});
              });
            }),
            "stop.database_gone");
  server_.start();
  EXPECT_EQ(count(), 0);
}

TEST_F(Server, LosesNothingThatWasAcknowledgedWhenItCrashes) {
  std::vector<std::vector<std::string>> acknowledged(8);
  std::vector<std::thread> clients;
  std::atomic<int> done = 0;
  for (std::size_t i = 0; i < acknowledged.size(); ++i)
    clients.emplace_back([&, i] {
      for (int n = 0;; ++n) {
        const std::string id = std::to_string(i) + "-" + std::to_string(n);
        if (key_of_failure([&] { add(id); }) != "nothing") return;
        acknowledged[i].push_back(id);
        ++done;
      }
    });
  while (done < 300) std::this_thread::yield();
  server_.stop();
  for (std::thread& client : clients) client.join();
  server_.start();
  for (const auto& ids : acknowledged)
    for (const std::string& id : ids)
      EXPECT_EQ(
          database_->read([&](Read& read) { return read.number("select count(*) from thing where id = $1", {id}); }),
          1);
  database_->seal_journal();
  EXPECT_TRUE(verify(*database_, {}).empty());
}

TEST_F(Server, IsRefusedWhereTextWouldBeOrderedOtherwise) {
  server_.run("postgres", "create database latin encoding 'LATIN1' locale 'C' template template0");
  Settings unfit = settings_;
  unfit.postgres = server_.address("latin");
  EXPECT_EQ(key_of_failure([&] { Database::open(unfit); }), "stop.database_unfit");
}

TEST_F(Server, IsReportedWhereItDoesNotSync) {
  server_.run("postgres", "alter system set fsync = off");
  server_.run("postgres", "select pg_reload_conf()");
  std::vector<Fault> faults;
  for (int tries = 0; faults.empty() && tries < 100; ++tries) {  // the server takes up its settings a moment later
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    faults = verify(*database_, {});
  }
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_NE(faults.front().what.find("fsync"), std::string::npos);
  server_.run("postgres", "alter system reset fsync");
  server_.run("postgres", "select pg_reload_conf()");
}

TEST(Meeting, WritesRunAsIfOneAfterTheOther) {
  const auto store = tests::things_store(tests::Engine::postgres);
  store->database->write(Actor::operator_(), entry,
                         [](Write& write) { write.run("insert into thing (id, size) values ('sum', 0)", {}); });
  std::vector<std::thread> clients;
  for (int i = 0; i < 6; ++i)
    clients.emplace_back([&] {
      for (int n = 0; n < 20; ++n)
        store->database->write(Actor::operator_(), entry, [](Write& write) {
          const std::int64_t size = write.number("select size from thing where id = 'sum'", {});
          write.run("update thing set size = $1 where id = 'sum'", {size + 1});
        });
    });
  for (std::thread& client : clients) client.join();
  const std::int64_t sum =
      store->database->read([](Read& read) { return read.number("select size from thing where id = 'sum'", {}); });
  EXPECT_EQ(sum, 120);
}

// Each looks whether the other is there before it comes in: one after the other, only one can find nobody.
TEST(Meeting, NoTwoWritesBothOverlookEachOther) {
  const auto store = tests::things_store(tests::Engine::postgres);
  for (int round = 0; round < 10; ++round) {
    std::vector<std::thread> clients;
    for (int i = 0; i < 4; ++i)
      clients.emplace_back([&, i] {
        const std::string id = std::to_string(round) + "-" + std::to_string(i);
        store->database->write(Actor::operator_(), entry, [&](Write& write) {
          if (write.number("select count(*) from thing where size = $1", {std::int64_t{round}}) == 0)
            write.run("insert into thing (id, size) values ($1, $2)", {id, std::int64_t{round}});
        });
      });
    for (std::thread& client : clients) client.join();
  }
  EXPECT_EQ(store->database->read([](Read& read) { return read.number("select count(*) from thing", {}); }), 10);
}

TEST(Meeting, ATableChangedUnderAKeptStatementIsReadAnew) {
  const auto store = tests::things_store(tests::Engine::postgres);
  const auto columns = [&] {
    return store->database->read([](Read& read) {
      read.each("select * from box", {}, [](const Row&) {});
      return read.number("select count(*) from box", {});
    });
  };
  EXPECT_EQ(columns(), 0);
  store->settings.migrations.push_back({"0003_more.sql", "alter table box add column colour text"});
  Database::open(store->settings)->migrate([] {});
  EXPECT_EQ(columns(), 0);
}

TEST(Sealing, TwoProcessesAtOnceMakeOneChain) {
  const auto store = tests::things_store(tests::Engine::postgres);
  const auto other = Database::open(store->settings);
  std::atomic<bool> stop = false;
  std::vector<std::thread> sealers;
  for (Database* one : {store->database.get(), other.get()})
    sealers.emplace_back([&stop, one] {
      while (!stop) one->seal_journal();
    });
  for (int i = 0; i < 200; ++i)
    (i % 2 == 0 ? *store->database : *other).write(Actor::operator_(), entry, [&](Write& write) {
      const std::string id = std::to_string(i);
      write.run("insert into thing (id) values ($1)", {id});
    });
  stop = true;
  for (std::thread& sealer : sealers) sealer.join();
  store->database->seal_journal();
  EXPECT_TRUE(verify(*store->database, {}).empty());
}

}  // namespace
}  // namespace cairn::db
