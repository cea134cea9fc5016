// SPDX-License-Identifier: Apache-2.0
// What only the engine with a file of its own promises: one writing process, crashes, and a disk that fills up.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "db/sqlite_connection.hpp"
#include "db/verify.hpp"
#include "things.hpp"

namespace cairn::db {
namespace {

const Entry entry{"thing.add", "thing", "", 1};

void add(Database& database, const std::string& id, const std::string& name = "") {
  database.write(Actor::operator_(), entry,
                 [&](Write& write) { write.run("insert into thing (id, name) values ($1, $2)", {id, name}); });
}

std::int64_t count(Database& database, const std::string& what = "thing") {
  return database.read([&](Read& read) { return read.number("select count(*) from " + what, {}); });
}

std::string key_of_failure(const std::function<void()>& act) {
  try {
    act();
  } catch (const Stop& stop) {
    return stop.key();
  }
  return "nothing";
}

// Runs `act` in a process of its own and returns how it ended, as waitpid tells it.
int in_a_child(const std::function<void()>& act) {
  const pid_t child = fork();
  if (child == 0) {
    act();
    _exit(0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return status;
}

TEST(Folder, IsForItsOwnerAlone) {
  const auto store = tests::things_store(tests::Engine::sqlite);
  struct stat found{};
  ASSERT_EQ(stat(store->settings.folder.c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777, 0700U);
}

TEST(Folder, RefusesASecondWriterInThisProcessAndInAnother) {
  const auto store = tests::things_store(tests::Engine::sqlite);
  const auto open_again = [&] { return key_of_failure([&] { Database::open(store->settings); }); };
  EXPECT_EQ(open_again(), "stop.in_use");
  EXPECT_EQ(in_a_child([&] { _exit(open_again() == "stop.in_use" ? 0 : 1); }), 0);
  add(*store->database, "still the writer");
  store->database.reset();
  EXPECT_EQ(open_again(), "nothing");
}

TEST(Folder, WaitsForTheOtherWriterAsLongAsItWasTold) {
  const auto store = tests::things_store(tests::Engine::sqlite);
  std::thread leaving([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(150));
    store->database.reset();
  });
  Settings patient = store->settings;
  patient.lock_wait_milliseconds = 30'000;
  const auto second = Database::open(patient);
  leaving.join();
  add(*second, "a");
  EXPECT_EQ(count(*second), 1);
}

TEST(Folder, IsReadByOthersWhileOneWrites) {
  const auto store = tests::things_store(tests::Engine::sqlite);
  Settings reading = store->settings;
  reading.read_only = true;
  const auto reader = Database::open(reading);
  add(*store->database, "a");
  EXPECT_EQ(count(*reader), 1);
  EXPECT_EQ(key_of_failure([&] { add(*reader, "b"); }), "stop.read_only");
}

TEST(Folder, IsMadeOnlyWhereAsked) {
  const tests::TemporaryFolder folder;
  start_secrets();
  Settings settings;
  settings.folder = folder / "data";
  settings.migrations = tests::thing_migrations();
  EXPECT_THROW(Database::open(settings), Unavailable);
  EXPECT_FALSE(std::filesystem::exists(settings.folder));
  settings.create = true;
  settings.read_only = true;
  EXPECT_THROW(Database::open(settings), Unavailable);
  EXPECT_FALSE(std::filesystem::exists(settings.folder));
}

TEST(Connections, KeepTheirGuards) {
  const tests::TemporaryFolder folder;
  SqliteConnection writer(folder / "file.sqlite", Access::write);
  writer.run("create table a (id text)");
  SqliteConnection reader(folder / "file.sqlite", Access::read);
  const auto pragma = [](SqliteConnection& connection, const std::string& name) {
    std::string value;
    connection.run("select * from pragma_" + name, {}, [&](const Row& row) {
      value = row.holds(0) == Holds::text ? row.string(0) : std::to_string(row.integer(0));
    });
    return value;
  };
  for (SqliteConnection* connection : {&writer, &reader}) {
    EXPECT_EQ(pragma(*connection, "journal_mode"), "wal");
    EXPECT_EQ(pragma(*connection, "synchronous"), "2");
    EXPECT_EQ(pragma(*connection, "foreign_keys"), "1");
    EXPECT_EQ(pragma(*connection, "trusted_schema"), "0");
    EXPECT_THROW(connection->run("select load_extension('x')"), std::logic_error);
  }
  EXPECT_THROW(reader.run("insert into a values ('x')"), std::logic_error);
  EXPECT_THROW(writer.run("insert into sqlite_master values (1, 2, 3, 4, 5)"), std::logic_error);
}

TEST(Connections, RefuseWritesWhereTheFileCannotBeMade) {
  const tests::TemporaryFolder folder;
  EXPECT_THROW(SqliteConnection(folder / "no/such/folder", Access::write), Unavailable);
  EXPECT_THROW(SqliteConnection(folder / "missing.sqlite", Access::read), Unavailable);
  std::ofstream(folder / "text.sqlite") << std::string(5000, 'x');
  EXPECT_THROW(SqliteConnection(folder / "text.sqlite", Access::write), Corrupt);
}

// Reads acknowledged ids from the child, kills it in the middle of its writing, and looks for each of them.
TEST(Crash, LosesNothingThatWasAcknowledged) {
  const auto store = tests::things_store(tests::Engine::sqlite);
  int acknowledged = 0;
  for (int round = 0; round < 15; ++round) {
    store->database.reset();
    int ends[2];
    ASSERT_EQ(pipe(ends), 0);
    const pid_t child = fork();
    if (child == 0) {
      const auto database = Database::open(store->settings);
      std::vector<std::thread> writers;
      for (int i = 0; i < 8; ++i)
        writers.emplace_back([&, i] {
          for (int n = 0;; ++n) {
            const std::string id = std::to_string(round) + "-" + std::to_string(i) + "-" + std::to_string(n);
            database->write(Actor::operator_(), entry, [&](Write& write) {
              write.run("insert into box (id) values ($1)", {id});
              write.run("insert into thing (id, box_id) values ($1, $1)", {id});
            });
            const std::string line = id + "\n";
            if (write(ends[1], line.data(), line.size()) < 0) _exit(1);
          }
        });
      for (;;) pause();
    }
    close(ends[1]);
    std::string told;
    char some[4096];
    while (told.size() < static_cast<std::size_t>(200 + 97 * round)) {
      const ssize_t got = read(ends[0], some, sizeof some);
      ASSERT_GT(got, 0);
      told.append(some, static_cast<std::size_t>(got));
    }
    kill(child, SIGKILL);
    for (ssize_t got = 0; (got = read(ends[0], some, sizeof some)) > 0;)
      told.append(some, static_cast<std::size_t>(got));
    waitpid(child, nullptr, 0);
    close(ends[0]);
    store->reopen();
    for (std::size_t begin = 0, end = 0; (end = told.find('\n', begin)) != std::string::npos; begin = end + 1) {
      const std::string id = told.substr(begin, end - begin);
      EXPECT_EQ(
          store->database->read([&](Read& r) { return r.number("select count(*) from thing where id = $1", {id}); }), 1)
          << id;
      ++acknowledged;
    }
    EXPECT_EQ(count(*store->database, "thing"), count(*store->database, "box")) << "half a write";
    EXPECT_TRUE(verify(*store->database, {}).empty());
  }
  EXPECT_GT(acknowledged, 100);
}

// A file system of a few megabytes in memory, when the tests may mount one.
class SmallDisk : public testing::Test {
 protected:
  void SetUp() override {
    start_secrets();
    if (mount("tmpfs", folder_.path().c_str(), "tmpfs", 0, "size=6m,mode=0700") != 0)
      GTEST_SKIP() << "a small file system can only be mounted by root";
    mounted_ = true;
    settings_.folder = folder_ / "data";
    settings_.create = true;
    settings_.migrations = tests::thing_migrations();
    database_ = Database::open(settings_);
    database_->migrate([] {});
  }
  void TearDown() override {
    database_.reset();
    if (mounted_) umount(folder_.path().c_str());
  }
  // Takes all the room there is but `bytes`.
  void leave_room(std::size_t bytes) {
    const std::string path = folder_ / "ballast";
    const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    const std::string block(4096, 'b');
    while (write(file, block.data(), block.size()) > 0) {
    }
    const off_t size = lseek(file, 0, SEEK_END);
    EXPECT_EQ(ftruncate(file, size - static_cast<off_t>(bytes)), 0);
    close(file);
  }
  void free_room() { std::filesystem::remove(folder_ / "ballast"); }

  tests::TemporaryFolder folder_;
  Settings settings_;
  std::unique_ptr<Database> database_;
  bool mounted_ = false;
};

TEST_F(SmallDisk, FailsTheWriteReadsOnAndWritesAgainWhenThereIsRoom) {
  const std::string name(2000, 'n');
  int kept = 0;
  for (const std::size_t room : {0U, 4096U, 20'000U, 100'000U, 400'000U}) {
    leave_room(room);
    std::string refused = "nothing";
    for (int i = 0; refused == "nothing" && i < 2000; ++i) {
      refused = key_of_failure([&] { add(*database_, std::to_string(room) + "-" + std::to_string(i), name); });
      if (refused == "nothing") ++kept;
    }
    EXPECT_EQ(refused, "stop.disk_full") << room;
    EXPECT_EQ(count(*database_), kept) << room;
    free_room();
    add(*database_, "again " + std::to_string(room));
    ++kept;
    EXPECT_EQ(count(*database_), kept) << room;
    EXPECT_TRUE(verify(*database_, {}).empty()) << room;
    database_->write(Actor::operator_(), entry, [](Write& write) { write.run("delete from thing", {}); });
    kept = 0;
  }
  database_.reset();
  database_ = Database::open(settings_);
  EXPECT_TRUE(verify(*database_, {}).empty());
}

TEST_F(SmallDisk, FailsAWriteThatIsTooLargeForItAloneAmongOthers) {
  const std::string huge(3'000'000, 'h');
  std::vector<std::thread> clients;
  std::atomic<int> kept = 0;
  for (int i = 0; i < 8; ++i)
    clients.emplace_back([&, i] {
      for (int n = 0; n < 20; ++n) {
        const std::string id = std::to_string(i) + "-" + std::to_string(n);
        const std::string key = key_of_failure([&] { add(*database_, id, i == 0 ? huge : "small"); });
        EXPECT_TRUE(key == "nothing" || key == "stop.disk_full") << key;
        if (key == "nothing") ++kept;
      }
    });
  for (std::thread& client : clients) client.join();
  EXPECT_EQ(count(*database_), kept);
  EXPECT_TRUE(verify(*database_, {}).empty());
}

TEST_F(SmallDisk, LeavesTheOldSchemaWhereAMigrationFindsNoRoom) {
  add(*database_, "a", std::string(1000, 'n'));
  settings_.migrations.push_back({"0003_large.sql", R"sql(
    create table large (id text primary key, body text not null);
    insert into large (id, body)
      with recursive n(i) as (select 1 union all select i + 1 from n where i < 3000)
      select 'row ' || i, hex(randomblob(2000)) from n;)sql"});
  database_.reset();
  database_ = Database::open(settings_);
  EXPECT_EQ(key_of_failure([&] { database_->migrate([] {}); }), "stop.disk_full");
  EXPECT_EQ(database_->schema(), SchemaState::behind);
  EXPECT_EQ(count(*database_), 1);
  add(*database_, "b");
}

// A write that fails and is no full disk: what the file holds is not known, so the process must not go on.
TEST(BrokenDisk, EndsTheProcessAtOnceAndTheLogIsRecovered) {
  const auto store = tests::things_store(tests::Engine::sqlite);
  store->database.reset();
  const int status = in_a_child([&] {
    const auto database = Database::open(store->settings);
    add(*database, "kept");
    signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{40'960, 40'960};
    setrlimit(RLIMIT_FSIZE, &limit);
    const int nowhere = open("/dev/null", O_WRONLY);
    dup2(nowhere, STDERR_FILENO);
    for (int i = 0;; ++i) add(*database, std::to_string(i), std::string(2000, 'n'));
  });
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 3);
  store->reopen();
  EXPECT_EQ(count(*store->database, "thing where id = 'kept'"), 1);
  EXPECT_TRUE(verify(*store->database, {}).empty());
}

TEST(Log, DoesNotGrowWithoutEnd) {
  const auto store = tests::things_store(tests::Engine::sqlite);
  const std::string name(3000, 'n');
  for (int round = 0; round < 40; ++round)
    store->database->write(Actor::operator_(), entry, [&](Write& write) {
      for (int i = 0; i < 300; ++i) {
        const std::string id = std::to_string(round) + "-" + std::to_string(i);
        write.run("insert into thing (id, name) values ($1, $2)", {id, name});
      }
    });
  add(*store->database, "the last");
  EXPECT_LT(std::filesystem::file_size(store->settings.folder + "/cairn.sqlite-wal"), 30'000'000U);
  EXPECT_GT(std::filesystem::file_size(store->settings.folder + "/cairn.sqlite"), 30'000'000U);
}

}  // namespace
}  // namespace cairn::db
