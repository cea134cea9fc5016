// SPDX-License-Identifier: Apache-2.0
#include "db/rotation.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "base/text.hpp"
#include "db/backup.hpp"
#include "notes.hpp"

namespace cairn::db {
namespace {

using tests::note_columns;

class Rotation : public tests::EachEngineWithNotes {
 protected:
  void expect_all_open(int notes) {
    for (int i = 0; i < notes; ++i) {
      const std::string id = "n" + std::to_string(i);
      EXPECT_EQ(opened(database(), id), canary(i));
      EXPECT_EQ(opened(database(), id, "plan"), "plan of " + canary(i));
      EXPECT_EQ(opened(database(), id, "plain"), "plain of " + canary(i));
    }
  }
  const Actor operator_ = Actor::operator_();
};
CAIRN_EACH_ENGINE(Rotation);

TEST_P(Rotation, MovesEverythingToTheNewMasterKey) {
  add_notes(600);
  const std::string before = stored("plain", "n5").substr(0, 9);
  database().keys().renew();
  expect_all_open(20);
  EXPECT_EQ(left_under_former_keys(database(), note_columns()), 610);
  const Moved moved = move_to_newest_key(database(), operator_, note_columns());
  EXPECT_EQ(moved.keys, 10);
  EXPECT_EQ(moved.values, 600);
  EXPECT_EQ(left_under_former_keys(database(), note_columns()), 0);
  EXPECT_NE(stored("plain", "n5").substr(0, 9), before);
  database().keys().retire_former();
  store().reopen();
  expect_all_open(600);
  database().seal_journal();
  EXPECT_TRUE(places_at_fault().empty());
}

TEST_P(Rotation, GoesOnWhereItWasBrokenOff) {
  add_notes(300);
  database().keys().renew();
  std::vector<SealedColumn> only_some = note_columns();
  only_some.pop_back();
  move_to_newest_key(database(), operator_, only_some);
  store().reopen();
  EXPECT_EQ(left_under_former_keys(database(), note_columns()), 300);
  database().keys().renew();  // and another key on top
  EXPECT_EQ(move_to_newest_key(database(), operator_, note_columns()).values, 300);
  EXPECT_EQ(left_under_former_keys(database(), note_columns()), 0);
  expect_all_open(300);
}

TEST_P(Rotation, GivesOnePersonANewKey) {
  add_notes(100);
  const std::string before = stored("words", "n3");
  const std::string of_another = stored("words", "n4");
  EXPECT_EQ(renew_person_key(database(), operator_, "p3", note_columns()), 20);
  EXPECT_NE(stored("words", "n3").substr(0, 9), before.substr(0, 9));
  EXPECT_EQ(stored("words", "n4"), of_another);
  EXPECT_EQ(count("person_key"), 10);
  EXPECT_EQ(count("person_key_secret"), 10);
  expect_all_open(100);
  set("words", "n3", before);
  EXPECT_THROW(opened(database(), "n3"), Corrupt) << "the former key is gone";
}

TEST_P(Rotation, GivesEveryPersonANewKeyWhileOthersReadAndWrite) {
  add_notes(400);
  std::atomic<bool> stop = false;
  std::atomic<int> unread = 0;
  std::atomic<int> reads = 0;
  int written = 400;
  std::thread reader([&] {
    for (int i = 0; !stop; i = (i + 7) % 400, ++reads)
      if (opened(database(), "n" + std::to_string(i)) != canary(i)) ++unread;
  });
  std::thread writer([&] {
    for (; !stop; ++written) {
      const std::string id = "n" + std::to_string(written);
      add_note(id, "p" + std::to_string(written % 10), canary(written));
    }
  });
  Moved moved{};
  for (bool done = false; !done;) {
    try {
      moved = renew_person_keys(database(), operator_, note_columns());
      done = true;
    } catch (const Conflict&) {
      continue;  // on PostgreSQL somebody wrote under a former key meanwhile
    }
  }
  stop = true;
  reader.join();
  writer.join();
  EXPECT_EQ(moved.keys, 10);
  EXPECT_EQ(unread, 0);
  EXPECT_EQ(count("person_key"), 10);
  expect_all_open(written);
  EXPECT_TRUE(places_at_fault().empty());
}

TEST_P(Rotation, LeavesWhatIsLeftOfSomebodyErased) {
  add_notes(40);
  const std::string before = stored("words", "n3");
  database().write(operator_, {"person.erase", "person", ""}, [](Write& write) { destroy_key(write, "p3"); });
  database().keys().renew();
  move_to_newest_key(database(), operator_, note_columns());
  EXPECT_EQ(renew_person_keys(database(), operator_, note_columns()).keys, 9);
  EXPECT_EQ(stored("words", "n3"), before);
  EXPECT_THROW(opened(database(), "n3"), Erased);
  EXPECT_EQ(opened(database(), "n4"), canary(4));
}

TEST_P(Rotation, LeavesAnOlderBackupToTheKeyOfItsTime) {
  add_notes(10);
  const std::string key_file = store().settings.folder + "/keys/master.key";
  const std::string former = hex(database().keys().id());
  const std::string file = store().folder / "before.cairn";
  backup(database(), file);
  database().keys().renew();
  move_to_newest_key(database(), operator_, note_columns());
  database().keys().retire_former();
  auto other = std::make_unique<tests::Store>(GetParam());
  other->database.reset();
  std::filesystem::remove_all(other->settings.folder);
  other->settings.migrations = store().settings.migrations;
  other->settings.key_file = key_file;
  other->reopen();
  EXPECT_THROW(restore(*other->database, file), Corrupt);
  other->settings.key_file = store().settings.folder + "/keys/retired-" + former + ".key";
  other->reopen();
  restore(*other->database, file);
  EXPECT_EQ(opened(*other->database, "n7", "plain"), "plain of " + canary(7));
}

}  // namespace
}  // namespace cairn::db
