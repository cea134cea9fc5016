// SPDX-License-Identifier: Apache-2.0
#include "db/person_keys.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <random>
#include <set>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "base/text.hpp"
#include "db/backup.hpp"
#include "notes.hpp"

namespace cairn::db {
namespace {

using tests::note_columns;

// All bytes of the files below a folder.
std::string bytes_below(const std::string& folder) {
  std::string all;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    std::ostringstream bytes;
    bytes << file.rdbuf();
    all += bytes.str();
  }
  return all;
}

class PersonKeysOf : public tests::EachEngineWithNotes {};
CAIRN_EACH_ENGINE(PersonKeysOf);

TEST_P(PersonKeysOf, OpenWhatTheySealed) {
  for (const std::string& words : {std::string(), std::string("Siân"), std::string(100'000, 'x')}) {
    const std::string id = "n" + std::to_string(words.size());
    add_note(id, "p1", words);
    EXPECT_EQ(opened(database(), id), words);
  }
  EXPECT_TRUE(places_at_fault().empty());
}

TEST_P(PersonKeysOf, AreOneForEachPersonHoweverManyValues) {
  add_notes(40);
  EXPECT_EQ(count("person_key"), 10);
  EXPECT_EQ(count("person_key_secret"), 10);
  std::set<std::string> ids;
  for (int i = 0; i < 10; ++i) ids.insert(stored("words", "n" + std::to_string(i)).substr(1, 8));
  EXPECT_EQ(ids.size(), 10U);
  EXPECT_EQ(stored("words", "n3").substr(0, 9), stored("plan", "n13").substr(0, 9));
}

TEST_P(PersonKeysOf, AreOneAlsoWhereManyBeginAtOnce) {
  std::vector<std::thread> writers;
  for (int i = 0; i < 8; ++i)
    writers.emplace_back([&, i] { add_note("n" + std::to_string(i), "p", tests::EachEngineWithNotes::canary(i)); });
  for (std::thread& writer : writers) writer.join();
  EXPECT_EQ(count("person_key"), 1);
  for (int i = 0; i < 8; ++i) EXPECT_EQ(opened(database(), "n" + std::to_string(i)), canary(i));
}

TEST_P(PersonKeysOf, OpenWhatTheMasterKeySealedBefore) {
  add_note("n", "p", "words");
  EXPECT_EQ(opened(database(), "n", "plain"), "plain of words");
}

TEST_P(PersonKeysOf, SealForNobodyWithoutAName) {
  EXPECT_THROW(add_note("n", "", "words"), std::logic_error);
}

// CR-2
TEST_P(PersonKeysOf, RefuseTenThousandFlippedBits) {
  add_notes(20);
  std::mt19937 random(20260303);
  int refused = 0;
  database().read([&](Read& read) {
    PersonKeys keys(read);
    for (int i = 0; i < 10'000; ++i) {
      const std::string id = "n" + std::to_string(i % 20);
      const std::string person = "p" + std::to_string(i % 10);
      const std::string column = i % 3 == 0 ? "words" : i % 3 == 1 ? "plan" : "plain";
      std::string sealed = *read.find("select " + column + " from note where id = $1", {id},
                                      [](const Row& row) { return std::string(row.bytes(0)); });
      const auto bit = random() % (sealed.size() * 8);
      sealed[bit / 8] = static_cast<char>(sealed[bit / 8] ^ (1 << (bit % 8)));
      try {
        keys.open({"note", column, id, person}, sealed);
      } catch (const Corrupt& corrupt) {
        refused += std::string(corrupt.what()).find("note." + column + ", row " + id) != std::string::npos ? 1 : 0;
      }
    }
  });
  EXPECT_EQ(refused, 10'000);
}

// CR-2
TEST_P(PersonKeysOf, AreNamedWithTheRowWhereAValueWasFlipped) {
  add_notes(20);
  for (const std::string column : {"words", "plan", "plain"}) {
    const std::string kept = stored(column, "n7");
    std::string flipped = kept;
    flipped.back() = static_cast<char>(flipped.back() ^ 4);
    set(column, "n7", flipped);
    EXPECT_EQ(places_at_fault(), std::vector<std::string>{"note, row n7"}) << column;
    EXPECT_THROW(opened(database(), "n7", column), Corrupt) << column;
    set(column, "n7", kept);
  }
}

// CR-4
TEST_P(PersonKeysOf, RefuseAThousandValuesMovedToOtherRowsOwnersAndColumns) {
  add_notes(50);
  std::mt19937 random(20260303);
  int refused = 0;
  database().read([&](Read& read) {
    PersonKeys keys(read);
    for (int i = 0; i < 1000; ++i) {
      const int from = static_cast<int>(random() % 50);
      const std::string id = "n" + std::to_string(from);
      const std::string person = "p" + std::to_string(from % 10);
      const std::string sealed = *read.find("select words from note where id = $1", {id},
                                            [](const Row& row) { return std::string(row.bytes(0)); });
      const int other = (from + 1 + static_cast<int>(random() % 49)) % 50;
      const std::string other_id = "n" + std::to_string(other);
      const std::string other_person = "p" + std::to_string((from + 1 + static_cast<int>(random() % 9)) % 10);
      const std::vector<Place> places = {{"note", "words", other_id, person},
                                         {"note", "words", id, other_person},
                                         {"note", "plan", id, person},
                                         {"thing", "words", id, person},
                                         {"note", "words", other_id, other_person}};
      try {
        keys.open(places[static_cast<std::size_t>(i) % places.size()], sealed);
      } catch (const Corrupt&) {
        ++refused;
      }
    }
  });
  EXPECT_EQ(refused, 1000);
}

// CR-4
TEST_P(PersonKeysOf, AreNamedWhereAKeyWasGivenToAnother) {
  add_notes(20);
  database().write(Actor::operator_(), {"note.alter", "note", ""}, [](Write& write) {
    write.run(
        "update person_key_secret set sealed = (select sealed from person_key_secret where owner_id = 'p1') "
        "where owner_id = 'p2'",
        {});
  });
  EXPECT_THROW(opened(database(), "n2"), Corrupt);
  EXPECT_EQ(opened(database(), "n1"), canary(1));
  EXPECT_FALSE(places_at_fault().empty());
}

TEST_P(PersonKeysOf, LeaveNothingReadableOnceTheyAreDestroyed) {
  add_notes(20);
  const std::string wrapped = database().read([](Read& read) {
    return *read.find("select sealed from person_key_secret where owner_id = 'p3'", {},
                      [](const Row& row) { return std::string(row.bytes(0)); });
  });
  if (GetParam() == tests::Engine::postgres)
    tests::postgres_server().run(store().database_name, "analyze person_key_secret");  // as it does by itself
  database().write(Actor::operator_(), {"person.erase", "person", ""}, [](Write& write) { destroy_key(write, "p3"); });
  forget_destroyed_keys(database());
  EXPECT_THROW(opened(database(), "n3"), Erased);
  EXPECT_THROW(opened(database(), "n13", "plan"), Erased);
  EXPECT_EQ(opened(database(), "n4"), canary(4));
  EXPECT_TRUE(places_at_fault().empty()) << "what was destroyed is not damage";
  database().seal_journal();
  if (GetParam() == tests::Engine::sqlite) {
    EXPECT_EQ(bytes_below(store().settings.folder).find(wrapped), std::string::npos);
  } else {
    auto& server = tests::postgres_server();
    EXPECT_EQ(database().read([](Read& read) {
      return read.number(
          "select count(*) from pg_stats where tablename = 'person_key_secret' and attname = 'sealed' and "
          "(most_common_vals is not null or histogram_bounds is not null)",
          {});
    }),
              0);
    server.run(store().database_name, "checkpoint");
    std::ifstream file(server.file_of(store().database_name, "person_key_secret"), std::ios::binary);
    std::ostringstream bytes;
    bytes << file.rdbuf();
    EXPECT_EQ(bytes.str().find(wrapped), std::string::npos);
  }
}

TEST_P(PersonKeysOf, AreNotMadeAgainForSomebodyErased) {
  add_note("n1", "p", "words");
  database().write(Actor::operator_(), {"person.erase", "person", ""}, [](Write& write) { destroy_key(write, "p"); });
  EXPECT_THROW(add_note("n2", "p", "words"), Erased);
  EXPECT_TRUE(database().read([](Read& read) { return is_erased(read, "p"); }));
  EXPECT_FALSE(database().read([](Read& read) { return is_erased(read, "q"); }));
  EXPECT_EQ(count("person_key"), 0);
}

TEST_P(PersonKeysOf, NameNobodyInTheLedgerAndTheJournal) {
  add_note("n1", "person-with-a-name", "words");
  database().write(Actor::operator_(), {"person.erase", "person", ""},
                   [](Write& write) { destroy_key(write, "person-with-a-name"); });
  EXPECT_EQ(database().read([](Read& read) {
    return read.number("select count(*) from person_key_destroyed where owner_fingerprint like '%name%'", {}) +
           read.number("select count(*) from journal where record_id like '%name%'", {});
  }),
            0);
}

TEST_P(PersonKeysOf, AreMissedWhereTheyWentWithoutBeingDestroyed) {
  add_notes(10);
  database().write(Actor::operator_(), {"note.alter", "note", ""},
                   [](Write& write) { write.run("delete from person_key_secret where owner_id = 'p5'", {}); });
  EXPECT_THROW(opened(database(), "n5"), Corrupt);
  EXPECT_EQ(places_at_fault().size(), 3U);  // the key, and two values
}

class KeptKeys : public tests::EachEngineWithNotes {
 protected:
  std::string file(const std::string& name) { return store().folder / name; }
  // A store made from a backup, under the same master key.
  std::unique_ptr<tests::Store> restored(const std::string& data, const PersonKeysFile& keys) {
    auto other = std::make_unique<tests::Store>(GetParam());
    other->database.reset();
    std::filesystem::remove_all(other->settings.folder);
    other->settings.key_file = store().settings.folder + "/keys/master.key";
    other->settings.migrations = store().settings.migrations;
    other->clock.set(store().clock.now());
    other->reopen();
    restored_ = restore(*other->database, data, keys);
    return other;
  }
  Restored restored_;
};
CAIRN_EACH_ENGINE(KeptKeys);

TEST_P(KeptKeys, AreNotInABackupAndComeBackFromTheirOwn) {
  add_notes(20);
  backup(database(), file("day.cairn"));
  EXPECT_EQ(backup_person_keys(database(), file("keys")), 10);
  const auto with = restored(file("day.cairn"), {file("keys")});
  EXPECT_EQ(restored_.keys_missing, 0);
  EXPECT_EQ(opened(*with->database, "n7"), canary(7));
  EXPECT_TRUE(verify(*with->database, note_columns()).empty());
  const auto without = restored(file("day.cairn"), {});
  EXPECT_EQ(restored_.keys_missing, 10);
  EXPECT_THROW(opened(*without->database, "n7"), Corrupt);
  EXPECT_EQ(opened(*without->database, "n7", "plain"), "plain of " + canary(7));
}

// F28
TEST_P(KeptKeys, BringNobodyBackFromThirtyBackups) {
  add_notes(60);
  for (int day = 0; day < 30; ++day) {
    backup(database(), file("day" + std::to_string(day) + ".cairn"));
    backup_person_keys(database(), file("keys"));
    if (day % 3 == 0)
      database().write(Actor::operator_(), {"person.erase", "person", ""},
                       [&](Write& write) { destroy_key(write, "p" + std::to_string(day / 3)); });
    store().clock.advance(86'400);
  }
  backup_person_keys(database(), file("keys"));
  int readable = 0;
  for (int day = 0; day < 30; day += GetParam() == tests::Engine::sqlite ? 1 : 10) {
    const auto other = restored(file("day" + std::to_string(day) + ".cairn"), {file("keys")});
    for (int note = 0; note < 60; ++note) {
      try {
        opened(*other->database, "n" + std::to_string(note));
        ++readable;
      } catch (const Erased&) {
      }
    }
  }
  EXPECT_EQ(readable, 0);
}

// F28: a key that is in the copy of the keys still, but was destroyed before the data were backed up.
TEST_P(KeptKeys, HonourTheLedgerOfTheDataToo) {
  add_notes(20);
  backup_person_keys(database(), file("keys"));
  database().write(Actor::operator_(), {"person.erase", "person", ""}, [](Write& write) { destroy_key(write, "p3"); });
  backup(database(), file("day.cairn"));
  const auto other = restored(file("day.cairn"), {file("keys")});
  EXPECT_THROW(opened(*other->database, "n3"), Erased);
  EXPECT_EQ(opened(*other->database, "n4"), canary(4));
  EXPECT_TRUE(verify(*other->database, note_columns()).empty());
}

TEST_P(KeptKeys, AreTooOldAfterThirtyDays) {
  add_notes(20);
  backup(database(), file("day.cairn"));
  backup_person_keys(database(), file("keys"));
  store().clock.advance(30 * 86'400 + 1);
  EXPECT_THROW(restored(file("day.cairn"), {file("keys")}), Conflict);
  const auto other = restored(file("day.cairn"), {file("keys"), OldKeys::accept});
  EXPECT_EQ(opened(*other->database, "n4"), canary(4));
}

TEST_P(KeptKeys, AreRefusedWhereTheCopyWasAlteredOrIsNone) {
  add_notes(20);
  backup(database(), file("day.cairn"));
  backup_person_keys(database(), file("keys"));
  {
    std::fstream altered(file("keys"), std::ios::in | std::ios::out | std::ios::binary);
    altered.seekg(200);
    const char byte = static_cast<char>(altered.get() ^ 1);
    altered.seekp(200);
    altered.put(byte);
  }
  EXPECT_THROW(restored(file("day.cairn"), {file("keys")}), Corrupt);
  EXPECT_THROW(restored(file("day.cairn"), {file("day.cairn")}), Corrupt);
}

}  // namespace
}  // namespace cairn::db
