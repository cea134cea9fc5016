// SPDX-License-Identifier: Apache-2.0
#include "db/journal.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "base/text.hpp"
#include "db/verify.hpp"
#include "things.hpp"

namespace cairn::db {
namespace {

class Journals : public tests::EachEngineWithThings {
 protected:
  void write(const Actor& actor, const std::string& record_id) {
    database().write(actor, {"thing.add", "thing", record_id, 3},
                     [&](Write& write) { write.run("insert into thing (id) values ($1)", {record_id}); });
  }
  // Five entries beside those of the migrations, all in the chain.
  void fill() {
    for (const char* id : {"a", "b", "c", "d", "e"}) write(Actor::operator_(), id);
    database().seal_journal();
  }
  std::vector<std::string> places_at_fault() {
    std::vector<std::string> places;
    for (const Fault& fault : verify(database(), {})) places.push_back(fault.where);
    return places;
  }
  std::int64_t number(std::string_view sql) {
    return database().read([&](Read& read) { return read.number(sql, {}); });
  }
};
TEST_P(Journals, KeepNothingOfAWriteThatIsUnrecorded) {
  const auto before = number("select count(*) from journal");
  database().write(Actor::anyone(), Entry::unrecorded(),
                   [](Write& write) { write.run("insert into thing (id) values ('x')", {}); });
  EXPECT_EQ(number("select count(*) from journal"), before);
  EXPECT_EQ(number("select count(*) from thing where id = 'x'"), 1);
  EXPECT_TRUE(places_at_fault().empty());
}

TEST_P(Journals, NameNobodyAndNoDayForWhatAllWhoAnsweredDid) {
  database().write({"account-1", "", {}}, Entry::unrecorded(), [](Write& write) {
    write.note(
        {.act = "asking.settle", .record_type = "collection", .record_id = "c", .count = 7, .by_respondents = true});
  });
  const auto entry = database().read([](Read& read) {
    return read.find("select actor, at, count from journal where act = 'asking.settle'", {}, [](const Row& row) {
      return row.string(0) + " " + row.string(1) + " " + std::to_string(row.integer(2));
    });
  });
  EXPECT_EQ(entry, "respondents 2026-03-02T00:00:00.000Z 7");
  database().seal_journal();
  EXPECT_TRUE(places_at_fault().empty());
}

TEST_P(Journals, LeaveNothingInTheLogOfWhatIsForgotten) {
  database().write(Actor::operator_(), {"thing.add", "thing", "a"},
                   [](Write& write) { write.run("insert into thing (id) values ('canary-in-the-log')", {}); });
  database().write(Actor::operator_(), {"thing.remove", "thing", "a"},
                   [](Write& write) { write.run("delete from thing where id = 'canary-in-the-log'", {}); });
  database().forget_deleted({"thing"});
  EXPECT_EQ(number("select count(*) from thing where id = 'canary-in-the-log'"), 0);
  if (GetParam() == tests::Engine::postgres) return;
  for (const auto* name : {"/cairn.sqlite", "/cairn.sqlite-wal"}) {
    std::ifstream file(store().settings.folder + name, std::ios::binary);
    std::ostringstream bytes;
    bytes << file.rdbuf();
    EXPECT_EQ(bytes.str().find("canary-in-the-log"), std::string::npos) << name;
  }
}

CAIRN_EACH_ENGINE(Journals);

TEST_P(Journals, HoldAnEntryForEachWriteAndNote) {
  const Actor actor{"account-1", "programme", {}};
  database().write(actor, {"plan.sign", "plan", "", 1}, [](Write& write) {
    write.note({"reading.log", "note", "n1", 2});
    write.about("plan-7");
  });
  database().seal_journal();
  struct Told {
    std::string act, type, id;
    std::int64_t count;
    bool operator==(const Told&) const = default;
  };
  const auto told = database().read([](Read& read) {
    return read.list(
        "select act, record_type, record_id, count from journal where act <> 'schema.migrate' order by position", {},
        [](const Row& row) { return Told{row.string(0), row.string(1), row.string(2), row.integer(3)}; });
  });
  EXPECT_EQ(told, (std::vector<Told>{{"plan.sign", "plan", "plan-7", 1}, {"reading.log", "note", "n1", 2}}));
  EXPECT_EQ(number("select count(*) from journal where at = '2026-03-03T09:00:00.000Z'"),
            number("select count(*) from journal"));
}

TEST_P(Journals, NameActorsByFingerprintOrWord) {
  write({"account-1", "programme", {}}, "a");
  write(Actor::operator_(), "b");
  write({{}, {}, {{Role::respondents, {}, {}, {}}}}, "c");
  write(Actor::anyone(), "d");
  write({}, "e");
  const auto actors = database().read([](Read& read) {
    return read.list("select actor from journal where act = 'thing.add' order by record_id", {},
                     [](const Row& row) { return row.string(0); });
  });
  const std::string fingerprint = hex(database().keys().fingerprint("journal.actor", "account-1"));
  EXPECT_EQ(actors, (std::vector<std::string>{fingerprint, "operator", "respondents", "anyone", "system"}));
}

TEST_P(Journals, ChainEveryEntryAndTellNothingWrong) {
  fill();
  EXPECT_EQ(number("select count(*) from journal where position is null"), 0);
  EXPECT_EQ(number("select max(position) from journal"), number("select count(*) from journal"));
  EXPECT_EQ(number("select position from journal_head"), number("select count(*) from journal"));
  EXPECT_TRUE(verify(database(), {}).empty());
  EXPECT_EQ(database().seal_journal(), 0);
}

TEST_P(Journals, LeaveNoHoleWhereAWriteWasUndone) {
  fill();
  EXPECT_THROW(write(Actor::operator_(), "a"), Conflict);
  write(Actor::operator_(), "f");
  database().seal_journal();
  EXPECT_EQ(number("select max(position) from journal"), number("select count(*) from journal"));
  EXPECT_TRUE(verify(database(), {}).empty());
}

TEST_P(Journals, GoOnFromWhereTheyEndedAfterOpeningAgain) {
  fill();
  store().reopen();
  write(Actor::operator_(), "f");
  database().seal_journal();
  EXPECT_TRUE(verify(database(), {}).empty());
}

TEST_P(Journals, ShowEveryAlteredFieldWithItsPosition) {
  fill();
  const std::vector<std::string> changes = {
      "id = 'x'",           "at = '2026-03-03T09:00:00.001Z'", "actor = 'system'",
      "act = 'thing.adds'", "record_type = 'things'",          "record_id = 'other'",
      "count = 4"};
  for (const std::string& change : changes) {
    const std::string column = change.substr(0, change.find(' '));
    tamper("create table kept as select * from journal where position = 4");
    tamper("update journal set " + change + " where position = 4");
    EXPECT_EQ(places_at_fault(), std::vector<std::string>{"journal position 4"}) << change;
    tamper("update journal set " + column + " = (select " + column + " from kept) where position = 4");
    tamper("drop table kept");
    EXPECT_TRUE(places_at_fault().empty()) << change;
  }
}

TEST_P(Journals, ShowAlteredHashesAndPositions) {
  const std::string other_hash =
      GetParam() == tests::Engine::postgres ? "decode(repeat('00', 32), 'hex')" : "zeroblob(32)";
  const std::vector<std::string> changes = {"hash = " + other_hash, "previous_hash = " + other_hash, "position = 40"};
  fill();
  for (const std::string& change : changes) {
    tamper("create table kept as select * from journal where position = 4");
    tamper("update journal set " + change + " where position = 4");
    ASSERT_FALSE(places_at_fault().empty()) << change;
    EXPECT_TRUE(places_at_fault().front() == "journal position 4" || places_at_fault().front() == "journal position 5");
    tamper(
        "update journal set position = 4, hash = (select hash from kept), previous_hash = (select previous_hash from "
        "kept) "
        "where id = (select id from kept)");
    tamper("drop table kept");
    EXPECT_TRUE(places_at_fault().empty()) << change;
  }
}

TEST_P(Journals, ShowEntriesTakenOutOfTheMiddleAndOffTheEnd) {
  fill();
  tamper("delete from journal where position = 3");
  EXPECT_EQ(places_at_fault(), std::vector<std::string>{"journal position 4"});
}

TEST_P(Journals, ShowEntriesCutOffTheEnd) {
  fill();
  tamper("delete from journal where position > 5");
  EXPECT_EQ(places_at_fault(), std::vector<std::string>{"journal position 6"});
}

TEST_P(Journals, ShowAJournalThatWasEmptied) {
  fill();
  tamper("delete from journal");
  EXPECT_EQ(places_at_fault(), std::vector<std::string>{"journal position 1"});
  tamper("delete from journal_head");
  EXPECT_EQ(places_at_fault(), std::vector<std::string>{"journal position 0"});
}

TEST_P(Journals, ShowTwoEntriesThatWereSwapped) {
  fill();
  tamper("update journal set position = 99 where position = 3");
  tamper("update journal set position = 3 where position = 4");
  tamper("update journal set position = 4 where position = 99");
  EXPECT_FALSE(places_at_fault().empty());
}

TEST_P(Journals, ShowAHeadThatWasMovedBackWithTheEndCutOff) {
  fill();
  tamper("delete from journal where position > 5");
  tamper("update journal_head set position = 5, hash = (select hash from journal where position = 5)");
  EXPECT_FALSE(places_at_fault().empty());
}

TEST_P(Journals, SealWhatWaitsInOrder) {
  for (int i = 0; i < 1200; ++i) write(Actor::operator_(), "many" + std::to_string(i));
  EXPECT_TRUE(verify(database(), {}).empty()) << "an unsealed tail is fine";
  EXPECT_EQ(database().seal_journal(), GetParam() == tests::Engine::postgres ? 1200 : 0);
  EXPECT_EQ(number("select count(*) from journal where position is null"), 0);
  EXPECT_TRUE(verify(database(), {}).empty());
}

TEST_P(Journals, ShowAnEntryPutInOutsideTheChain) {
  fill();
  tamper(
      "insert into journal (id, at, actor, act, record_type, record_id, count) values ('x', 'x', 'x', 'x', 'x', 'x', "
      "1)");
  // On PostgreSQL an entry may wait for its place; on SQLite nothing ever does.
  EXPECT_EQ(places_at_fault().size(), GetParam() == tests::Engine::postgres ? 0U : 1U);
}

}  // namespace
}  // namespace cairn::db
