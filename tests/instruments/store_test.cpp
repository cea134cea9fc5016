// SPDX-License-Identifier: Apache-2.0
#include "instruments/store.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "db/verify.hpp"
#include "instruments/store_import.hpp"
#include "instruments/store_staging.hpp"
#include "instruments/worlds.hpp"
#include "stores.hpp"

namespace cairn::instruments {
namespace {

class Responses : public tests::EachEngine {
 protected:
  Responses() {
    actor_ = Actor::operator_();
    actor_.programme_id = "programme-1";
    database().write(actor_, {"test.act", "programme", ""}, [&](db::Write& write) {
      for (const std::string_view id : {"programme-1", "programme-2"})
        write.run(R"sql(
          insert into programme (id, name, zone, created_at) values ($1, $1, 'Europe/London', '2026-03-03')
        )sql",
                  {id});
    });
    id_ = new_collection();
  }

  Id<Collection> new_collection() {
    return database().write(actor_, {"test.act", "collection", ""}, [&](db::Write& write) {
      return add_collection(write, actor_, instrument_, instrument_.smallest_group);
    });
  }
  Actor somebody_else() const {
    Actor other = actor_;
    other.programme_id = "programme-2";
    return other;
  }
  CheckedFile import(const std::string& text) {
    bad_.clear();
    return import_responses(database(), actor_, id_, instrument_, ResponseFile::in_memory(text), watch());
  }
  ImportWatch watch() {
    return {[this](const BadCell& bad) {
              bad_ += std::to_string(bad.row) + ' ' + bad.column + ' ' +
                      bad.problem.key.substr(sizeof "instruments.import") + '\n';
            },
            {}};
  }
  Counter::Result compared() { return comparison_of(database(), actor_, id_, instrument_); }
  std::int64_t people() {
    return database().read([&](db::Read& read) { return responses(read, actor_, id_); });
  }
  std::int64_t number(std::string_view sql) {
    return database().read([&](db::Read& read) { return read.number(sql, {}); });
  }
  std::int64_t journal(std::string_view act) {
    return database().read([&](db::Read& read) {
      return read.number(R"sql(
        select count(*) from journal where act = $1
      )sql",
                         {act});
    });
  }

  // A file of people with these codes; `answer` to every item.
  static std::string file(int first, int last, const std::string& answer = "yes", const std::string& site = "North") {
    std::string text = "respondent,site,1.1.a,1.1.b,1.2.a,top3\n";
    for (int i = first; i <= last; ++i)
      text += "person " + std::to_string(i) + ',' + site + ',' + answer + ",4,no,1.2\n";
    return text;
  }

  Instrument instrument_ = test::small_instrument();
  Actor actor_;
  Id<Collection> id_;
  std::string bad_;
};
CAIRN_EACH_ENGINE(Responses);

TEST_P(Responses, AreCountedOnceImported) {
  const auto checked = import(file(1, 12));
  EXPECT_TRUE(checked.accepted);
  EXPECT_EQ(checked.added, 12);
  EXPECT_EQ(checked.known, 0);
  EXPECT_EQ(people(), 12);
  const auto result = compared();
  EXPECT_EQ(result.shown.through_batch, 1);
  const auto* site = result.comparison.find(Axis::site, "North");
  ASSERT_NE(site, nullptr);
  const Row& row = result.comparison.row(result.comparison.index_of(*site), 0);
  EXPECT_EQ(row.people, 12);
  EXPECT_EQ(row.presence[0], 12);
  EXPECT_EQ(row.mean_tenths(), 40);
  EXPECT_EQ(result.comparison.row(result.comparison.index_of(*site), 1).top3, 12);
}

TEST_P(Responses, ChangeNothingWhenTheSameFileComesAgain) {
  import(file(1, 12));
  const auto rows = number("select count(*) from journal");
  const auto again = import(file(1, 12));
  EXPECT_TRUE(again.accepted);
  EXPECT_EQ(again.added, 0);
  EXPECT_EQ(again.known, 12);
  EXPECT_EQ(people(), 12);
  EXPECT_EQ(number("select count(*) from journal"), rows);
}

TEST_P(Responses, AreKnownWhateverTheOrderOfColumnsAndTheSpelling) {
  import("respondent,site,1.1.a,top3\nr1,North,yes,1.1;1.2\n");
  const auto again = import("top3,1.1.A,Respondent,site\r\n1.2; 1.1, YES,r1,North\r\n");
  EXPECT_EQ(again.known, 1);
  EXPECT_EQ(again.added, 0);
}

TEST_P(Responses, OfNewPeopleAreAdded) {
  import(file(1, 8));
  const auto more = import(file(5, 14));
  EXPECT_EQ(more.added, 6);
  EXPECT_EQ(more.known, 4);
  EXPECT_EQ(people(), 14);
  EXPECT_EQ(number("select count(*) from response"), 14);
  EXPECT_EQ(number("select count(*) from response_batch where number is not null"), 2);
}

TEST_P(Responses, OfAKnownPersonCannotChange) {
  import(file(1, 8));
  const auto refused = import(file(8, 12, "partly"));
  EXPECT_FALSE(refused.accepted);
  EXPECT_EQ(bad_, "2 respondent other_answers\n");
  EXPECT_EQ(people(), 8);
  const auto elsewhere = import(file(3, 3, "yes", "South"));
  EXPECT_FALSE(elsewhere.accepted);
  EXPECT_EQ(people(), 8);
}

TEST_P(Responses, AreAllRefusedForOneBadCell) {
  const auto refused = import(file(1, 30) + "r31,North,yes,9,no,1.2\nr32,North,perhaps,4,no,1.9\nr1,North\n");
  EXPECT_FALSE(refused.accepted);
  EXPECT_EQ(refused.bad, 4);
  EXPECT_EQ(bad_, "32 1.1.b unknown_b\n33 1.1.a unknown_a\n33 top3 unknown_choice\n34  cells\n");
  EXPECT_EQ(number("select count(*) from response"), 0);
  EXPECT_EQ(number("select count(*) from response_batch"), 0);
}

TEST_P(Responses, RefuseTheSamePersonTwice) {
  import("respondent,1.1.a\na,perhaps\na,yes\n");
  EXPECT_EQ(bad_, "2 1.1.a unknown_a\n3 respondent respondent_twice\n") << "both at once";
  import("respondent,1.1.a\na,yes\nb,no\na,yes\n");
  EXPECT_EQ(bad_, "4 respondent respondent_twice\n");
  import("respondent,1.1.a\na,yes\n");
  import("respondent,1.1.a\na,yes\nb,no\n a ,yes\n");  // known, and twice in the file
  EXPECT_EQ(bad_, "4 respondent respondent_twice\n");
}

TEST_P(Responses, RefuseFilesThatAreNoCsvInUtf8) {
  using namespace std::string_literals;
  const std::vector<std::pair<std::string, std::string>> cases{
      {"", "1  empty\n"},
      {"\n", "1  empty\n"},
      {"\xEF\xBB\xBF", "1  empty\n"},
      {"respondent,1.1.a\n", "1  no_respondents\n"},
      {"respondent,1.1.a\n\n\n", "1  no_respondents\n"},
      {"respondent;1.1.a\nr1;yes\n", "1  semicolons\n"},
      {"respondent\t1.1.a\nr1\tyes\n", "1  tabs\n"},
      {"\xFF\xFEr\0e\0s\0"s, "1  not_utf8\n"},
      {"respondent,site,1.1.a\nr1,K\xF6ln,yes\n", "2  not_utf8\n"},
      {"PK\x03\x04\0\0\x08\0"s, "1  not_utf8\n"},
      {"respondent,1.1.a\nr1,\0\n"s, "2  not_utf8\n"},
      {"respondent,1.1.a\nr1,\"yes", "2  quote_left_open\n"},
      {"respondent,1.1.a\nr1,yes\nr2,\"no\nr3,yes\n", "3  quote_left_open\n"},
      {"respondent,1.1.a\nr1,\"yes\"x\n", "2  text_after_quote\n"},
      {"respondent,1.1.a\nr1,y\"es\n", "2  stray_quote\n"},
      {"respondent,1.1.a\nr1,yes\nr2", "3  cells\n"},
      {"1.1.a,1.1.a\nyes,yes\n", "1 1.1.a column_twice\n1  no_respondent_column\n"},
  };
  for (const auto& [text, told] : cases) {
    const auto refused = import(text);
    EXPECT_FALSE(refused.accepted) << text;
    EXPECT_EQ(bad_, told) << text;
  }
  EXPECT_EQ(number("select count(*) from response_batch"), 0);
}

TEST_P(Responses, ReadByteOrderMarksBothLineEndsQuotesAndBlankLines) {
  const auto checked =
      import("\xEF\xBB\xBFrespondent,site,1.1.a\r\n\"r,1\",\"The \"\"Old\"\" Mill\",yes\r\n\r\nr2,Köln,no");
  EXPECT_TRUE(checked.accepted) << bad_;
  EXPECT_EQ(checked.added, 2);
}

TEST_P(Responses, CanBeCheckedWithoutAnyCollection) {
  const auto checked = check_responses(database(), actor_, {}, instrument_, ResponseFile::in_memory(file(1, 9)), {});
  EXPECT_TRUE(checked.accepted);
  EXPECT_EQ(checked.added, 9);
  EXPECT_EQ(number("select count(*) from response_batch"), 0);
}

TEST_P(Responses, TellHowFarTheyAre) {
  std::vector<std::uint64_t> done;
  std::uint64_t whole = 0;
  ImportWatch watching{{}, [&](std::uint64_t now, std::uint64_t total) {
                         done.push_back(now);
                         whole = total;
                       }};
  const std::string text = file(1, 9);
  import_responses(database(), actor_, id_, instrument_, ResponseFile::in_memory(text), watching);
  EXPECT_EQ(whole, 2 * text.size());
  EXPECT_EQ(done, (std::vector<std::uint64_t>{text.size(), 2 * text.size()}));
}

TEST_P(Responses, RefuseAFileThatChangedSinceItWasChecked) {
  const std::string before = file(1, 9);
  const std::string after = file(1, 9, "no");
  const auto checked = check_responses(database(), actor_, id_, instrument_, ResponseFile::in_memory(before), {});
  for (const auto& changed : {after, std::string("nothing of the kind"), before + "r99,North,yes,4,no,1.2\n"})
    EXPECT_THROW(keep_responses(database(), actor_, id_, instrument_, ResponseFile::in_memory(changed), checked, {}),
                 Conflict);
  EXPECT_EQ(people(), 0);
  EXPECT_EQ(number("select count(*) from response"), 0);
  EXPECT_EQ(keep_responses(database(), actor_, id_, instrument_, ResponseFile::in_memory(before), checked, {}), 9);
}

TEST_P(Responses, AreReadFromAFile) {
  tests::TemporaryFolder folder;
  std::ofstream(folder / "answers.csv") << file(1, 7);
  const auto checked =
      import_responses(database(), actor_, id_, instrument_, ResponseFile::at(folder / "answers.csv"), {});
  EXPECT_EQ(checked.added, 7);
  EXPECT_THROW(ResponseFile::at(folder / "none.csv"), Unavailable);
  EXPECT_THROW(ResponseFile::at(folder.path()), Unavailable);
  EXPECT_THROW(ResponseFile::at("/dev/stdin"), Unavailable);
}

TEST_P(Responses, PutAsideByAKilledImportDoNotCountAndAreRemoved) {
  {
    Staging killed(database(), actor_, id_);
    killed.begin("some file", 1);
    killed.take(std::string(16, 'k'), std::string(16, 'a'), "answers");
    // Neither published nor given up, as when the process ends here.
  }
  EXPECT_EQ(people(), 0);
  EXPECT_TRUE(compared().comparison.groups.empty());
  import(file(1, 6));
  EXPECT_EQ(people(), 6);
  EXPECT_EQ(number("select count(*) from response_batch"), 1);
  EXPECT_EQ(number("select count(*) from response"), 6);
}

TEST_P(Responses, OfTwoImportsAtOnceOneIsRefused) {
  const Claim other(id_.text);
  try {
    import(file(1, 6));
    FAIL() << "both were let in";
  } catch (const Conflict& conflict) {
    EXPECT_EQ(conflict.key(), "instruments.import.two_at_once");
  }
  EXPECT_EQ(people(), 0);
}

TEST_P(Responses, OfAnotherProcessThatWasTakenOverAreNotPublished) {
  Staging slow(database(), actor_, id_);
  slow.begin("some file", 1);
  import(file(1, 6));  // begins later, and removes what the other has put aside
  slow.take(std::string(16, 'k'), std::string(16, 'a'), "answers");
  EXPECT_THROW(slow.publish(), Conflict);
  slow.give_up();
  EXPECT_EQ(people(), 6);
  EXPECT_EQ(number("select count(*) from response"), 6);
}

TEST_P(Responses, AboutPeopleThemselvesAreNotCompared) {
  import(file(1, 30));
  auto about_health = instrument_;
  about_health.sensitivity = Sensitivity::special;
  EXPECT_THROW(comparison_of(database(), actor_, id_, about_health), Conflict);
}

TEST_P(Responses, AreOutOfReachOfOtherProgrammes) {
  import(file(1, 6));
  const Actor other = somebody_else();
  EXPECT_THROW(comparison_of(database(), other, id_, instrument_), NotFound);
  EXPECT_THROW(database().read([&](db::Read& read) { return responses(read, other, id_); }), NotFound);
  EXPECT_THROW(database().read([&](db::Read& read) { return collection(read, other, id_); }), NotFound);
  EXPECT_THROW(import_responses(database(), other, id_, instrument_, ResponseFile::in_memory(file(7, 9)), {}),
               NotFound);
  EXPECT_EQ(people(), 6);
}

TEST_P(Responses, OfOneCollectionAreNoneOfAnother) {
  import(file(1, 6));
  const auto first = id_;
  id_ = new_collection();
  EXPECT_EQ(people(), 0);
  EXPECT_TRUE(import(file(1, 6, "no")).accepted);  // the same codes, other answers
  EXPECT_EQ(people(), 6);
  id_ = first;
  EXPECT_EQ(people(), 6);
}

TEST_P(Responses, AreStoredSealedWithoutCodesOrOrder) {
  import("respondent,site,group.job,1.1.a\nperson-canary,Site Canary,job-canary,yes\nr2,Site Canary,job-canary,no\n");
  database().read([&](db::Read& read) {
    read.each(R"sql(
      select id, respondent_key, answers_key, answers from response
    )sql",
              {}, [&](const db::Row& row) {
                EXPECT_EQ(row.bytes(1).size(), 16U);
                for (int column = 1; column < 4; ++column)
                  EXPECT_EQ(row.bytes(column).find("canary"), std::string_view::npos);
                EXPECT_EQ(row.bytes(3).find("Canary"), std::string_view::npos);
              });
  });
  EXPECT_TRUE(db::verify(database(), sealed_columns()).empty());
}

TEST_P(Responses, ThatWereTamperedWithAreNotCounted) {
  import(file(1, 6));
  database().write(actor_, {"test.act", "response", ""}, [&](db::Write& write) {
    write.run(R"sql(
      update response set answers = $1
    )sql",
              {db::BytesView{"not what was written"}});
  });
  EXPECT_THROW(compared(), Corrupt);
  EXPECT_EQ(db::verify(database(), sealed_columns()).size(), 6U);
}

TEST_P(Responses, AreJournaledOnceForEachImportAndEachStateShown) {
  import(file(1, 6));
  import(file(1, 20));
  EXPECT_EQ(journal("inventory.import"), 2);
  EXPECT_EQ(journal("inventory.compare"), 0);
  compared();
  compared();
  EXPECT_EQ(journal("inventory.compare"), 1);
  EXPECT_EQ(number("select count(*) from shown_state"), 1);
}

TEST_P(Responses, WaitUntilEnoughPeopleHaveJoined) {
  import(file(1, 8));
  EXPECT_EQ(compared().comparison.waiting, 0);
  import(file(9, 11));
  auto result = compared();
  EXPECT_EQ(result.shown.through_batch, 1);
  EXPECT_EQ(result.comparison.waiting, 3);
  EXPECT_EQ(result.comparison.find(Axis::all, "everyone")->people, 8);
  EXPECT_EQ(number("select count(*) from shown_state"), 1);
  import(file(12, 13));
  result = compared();
  EXPECT_EQ(result.shown.through_batch, 3);
  EXPECT_EQ(result.comparison.waiting, 0);
  EXPECT_EQ(result.comparison.find(Axis::all, "everyone")->people, 13);
  EXPECT_EQ(number("select count(*) from shown_state"), 2);
}

TEST_P(Responses, OfAFewLeaveNoStateBehindThatLaterOnesMustHeed) {
  import(file(1, 3));
  EXPECT_TRUE(compared().comparison.nothing_shown());
  EXPECT_EQ(number("select count(*) from shown_state"), 0);
  import(file(4, 6));
  EXPECT_EQ(compared().comparison.find(Axis::all, "everyone")->people, 6);
}

TEST_P(Responses, OfManyAreCountedByTwoAtOnce) {
  import(file(1, 2500));
  import(file(2501, 3000, "no", "South"));
  const auto result = compared().comparison;
  const auto& north = result.row(result.index_of(*result.find(Axis::site, "North")), 0);
  const auto& south = result.row(result.index_of(*result.find(Axis::site, "South")), 0);
  EXPECT_EQ(north.people, 2500);
  EXPECT_EQ(north.presence[0], 2500);
  EXPECT_EQ(south.people, 500);
  EXPECT_EQ(south.presence[2], 500);
}

}  // namespace
}  // namespace cairn::instruments
