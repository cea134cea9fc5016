// SPDX-License-Identifier: Apache-2.0
#include "instruments/paper.hpp"

#include <gtest/gtest.h>

#include <map>

#include "asked.hpp"
#include "instruments/store_paper.hpp"
#include "instruments/store_reasons.hpp"

namespace cairn::instruments {
namespace {

using Typed = std::map<std::string, std::string, std::less<>>;

Instrument four_statements() {
  Instrument instrument;
  instrument.id = "small";
  instrument.sections = {{"1", "One"}, {"2", "Two"}};
  for (const auto* id : {"1.1", "1.2", "2.1", "2.2"}) {
    Item item;
    item.id = id;
    item.section = id[0] == '1' ? 0 : 1;
    instrument.items.push_back(item);
  }
  return instrument;
}

Asking two_sites() {
  Asking asking;
  asking.sites = {{1, "ward", "Willow Ward", "", "", ""}, {2, "mill", "Mill Lane", "", "", ""}};
  return asking;
}

Checked<TypedSheet> typed(const Typed& fields, const Asking& asking = two_sites()) {
  return check_sheet(
      [&](std::string_view name) {
        const auto found = fields.find(name);
        return found == fields.end() ? std::nullopt : std::optional(found->second);
      },
      asking, four_statements());
}

Typed a_sheet() {
  return {{"number", " 12 "},
          {"site", "2"},
          {"stakeholder", "coworker"},
          {"1.1.a", "y"},
          {"1.1.b", "4"},
          {"1.2.a", "P"},
          {"1.2.b", "d"},
          {"2.1.a", "n"},
          {"2.2.a", "r"},
          {"2.2.b", "R"},
          {"top1", "21"},
          {"tone1", "w"},
          {"reason1", "It helps"},
          {"top2", "1.1"},
          {"more", "Thanks"},
          {"why", "time"},
          {"why_words", "Too long"}};
}

TEST(Paper, IsTypedInByLetters) {
  const auto sheet = typed(a_sheet());
  ASSERT_TRUE(sheet);
  EXPECT_EQ(sheet->number, "12");
  const auto& answers = sheet->answers;
  EXPECT_EQ(answers.way, "paper");
  EXPECT_EQ(answers.site, 2);
  EXPECT_EQ(answers.stakeholder, "coworker");
  EXPECT_EQ(answers.presence, (std::vector{Presence::yes, Presence::partly, Presence::no, Presence::not_relevant}));
  EXPECT_EQ(answers.importance, (std::vector{Importance::extremely, Importance::dont_know, Importance::unanswered,
                                             Importance::not_relevant}));
  EXPECT_EQ(answers.most_important, (std::vector<std::uint8_t>{0, 2}));
  EXPECT_EQ(answers.reasons.at(2), (Reason{"well", "It helps"}));
  EXPECT_EQ(answers.reasons.count(0), 0U);
  EXPECT_EQ(*answers.left_out, (LeftOut{"time", "Too long"}));
  EXPECT_EQ(answers.more, "Thanks");
}

TEST(Paper, TellsEveryProblemAtOnce) {
  auto wrong = a_sheet();
  wrong["number"] = "";
  wrong["site"] = "3";
  wrong["stakeholder"] = "wizard";
  wrong["1.1.a"] = "x";
  wrong["1.1.b"] = "5";
  wrong["tone1"] = "z";
  wrong["top1"] = "9.9";
  wrong["top3"] = "1.1";
  wrong["reason2"] = std::string(longest_reason + 1, 'x');
  wrong["why"] = "";
  wrong["more"] = "\xff";
  const auto sheet = typed(wrong);
  ASSERT_FALSE(sheet);
  std::vector<std::string> fields;
  for (const auto& problem : sheet.problems()) fields.push_back(problem.field);
  EXPECT_EQ(fields, (std::vector<std::string>{"number", "site", "stakeholder", "1.1.a", "1.1.b", "tone1", "top1",
                                              "reason2", "top3", "why", "more"}));
}

TEST(Paper, RefusesASheetWithNothingOnItAndWordsAboutNoStatement) {
  const auto empty = typed({{"number", "1"}, {"site", "1"}});
  ASSERT_FALSE(empty);
  EXPECT_EQ(empty.problems().front().key, "instruments.paper.nothing");
  const auto astray = typed({{"number", "1"}, {"site", "1"}, {"reason1", "Because"}});
  ASSERT_FALSE(astray);
  EXPECT_EQ(astray.problems().front(), (Problem{"top1", "instruments.paper.choice_missing"}));
  EXPECT_FALSE(typed({{"number", std::string(21, '1')}, {"site", "1"}, {"more", "Yes"}}));
}

TEST(Paper, NeedsNoSiteWhereThereIsOne) {
  auto asking = two_sites();
  asking.sites.pop_back();
  const auto sheet = typed({{"number", "1"}, {"1.1.a", "y"}}, asking);
  ASSERT_TRUE(sheet);
  EXPECT_EQ(sheet->answers.site, 1);
}

TEST(Paper, SeesWhatWasTypedInOtherwise) {
  const auto first = typed(a_sheet())->answers;
  EXPECT_TRUE(differences(first, first, four_statements()).empty());
  auto other = a_sheet();
  other["site"] = "1";
  other["1.1.a"] = "n";
  other["2.1.b"] = "3";
  other["top2"] = "2.2";
  other["why"] = "words";
  other["reason1"] = "It helps a lot";
  const auto second = typed(other)->answers;
  const auto all = differences(first, second, four_statements());
  EXPECT_EQ(all, (std::vector<Difference>{{"site", "2", "1"},
                                          {"1.1.a", "y", "n"},
                                          {"2.1.b", "", "3"},
                                          {"top", "1.1, 2.1 w", "2.1 w, 2.2"},
                                          {"why", "time", "words"}}));
}

TEST(Paper, TakesTheOrderOfTheChosenForNothing) {
  auto other = a_sheet();
  std::swap(other["top1"], other["top2"]);
  other["tone2"] = other["tone1"];
  other["reason2"] = other["reason1"];
  other["tone1"] = other["reason1"] = "";
  EXPECT_TRUE(differences(typed(a_sheet())->answers, typed(other)->answers, four_statements()).empty());
}

TEST(Paper, KeepsWhatWasChosenOfBothTypings) {
  const auto first = typed(a_sheet())->answers;
  auto other = a_sheet();
  other["1.1.a"] = "n";
  other["1.2.b"] = "1";
  other["top1"] = "2.2";
  other["reason1"] = "Mended";
  other["why"] = "words";
  const auto second = typed(other)->answers;
  const auto none = decided(first, second, {}, four_statements());
  EXPECT_EQ(none, second);
  const auto all = decided(first, second, {"1.1.a", "1.2.b", "top", "why"}, four_statements());
  EXPECT_EQ(all, first);
  const auto some = decided(first, second, {"1.1.a"}, four_statements());
  EXPECT_EQ(some.presence[0], Presence::yes);
  EXPECT_EQ(some.importance[1], Importance::not_at_all);
}

TEST(Paper, ShowsTheWordsAgainAndLetsTicksBeTypedAnew) {
  const auto fields = fields_to_read_again(*typed(a_sheet()), four_statements());
  std::map<std::string, std::string> shown(fields.begin(), fields.end());
  EXPECT_EQ(shown, (std::map<std::string, std::string>{{"number", "12"},
                                                       {"top1", "1.1"},
                                                       {"top2", "2.1"},
                                                       {"tone2", "w"},
                                                       {"reason2", "It helps"},
                                                       {"why_words", "Too long"},
                                                       {"more", "Thanks"}}));
}

// ---- Kept in the store.

class Sheets : public test::AskedWorld {
 protected:
  TypedSheet sheet(const std::string& number = "1", Presence presence = Presence::yes) {
    TypedSheet made{number, Answers::none(instrument_)};
    made.answers.way = "paper";
    made.answers.site = 1;
    made.answers.stakeholder = "coworker";
    made.answers.presence[0] = presence;
    made.answers.reasons[0] = {"well", "CANARY words"};
    made.answers.most_important = {0};
    return made;
  }
  Id<PaperSheet> keep(const TypedSheet& typed, const Id<PaperSheet>& once = {}) {
    const auto now = asking();
    return write([&](db::Write& w) { return add_sheet(w, now, instrument_, typed, once); });
  }
  void count(const Id<PaperSheet>& id, std::int64_t differences = 0) {
    const auto now = asking();
    const auto answers = read([&](db::Read& r) { return first_typing(r, lead_, collection_, id, instrument_); });
    write([&](db::Write& w) { count_sheet(w, now, instrument_, id, answers, differences); });
  }
  PaperSheet one(const Id<PaperSheet>& id) {
    return read([&](db::Read& r) { return paper_sheet(r, lead_, collection_, id); });
  }
  std::int64_t settled() {
    clock().set(later(asking().period.closes_at, 60));
    return *settle(database(), library_, lead_, collection_, Begun::leave_out);
  }
};

TEST_P(Sheets, WaitSealedForTheirSecondCheck) {
  const auto id = keep(sheet("7"));
  EXPECT_TRUE(one(id).waits());
  EXPECT_EQ(one(id).number, "7");
  EXPECT_EQ(one(id).entered_by, "account-1");
  EXPECT_EQ(read([&](db::Read& r) { return first_typing(r, lead_, collection_, id, instrument_); }),
            sheet("7").answers);
  EXPECT_EQ(read([&](db::Read& r) { return sheets_waiting(r, lead_, collection_); }), 1);
  const auto bytes = read([&](db::Read& r) {
    return *r.find(R"sql(select answers from paper_sheet)sql", {},
                   [](const db::Row& row) { return std::string(row.bytes(0)); });
  });
  EXPECT_EQ(bytes.find("CANARY"), std::string::npos);
}

TEST_P(Sheets, CountOnceAndLeaveNothingBehind) {
  const auto id = keep(sheet());
  count(id, 2);
  EXPECT_EQ(one(id).outcome, "counted");
  EXPECT_EQ(one(id).differences, 2);
  EXPECT_EQ(number(R"sql(select count(*) from paper_sheet where answers is not null)sql"), 0);
  EXPECT_EQ(number(R"sql(select count(*) from sent_answer)sql"), 1);
  EXPECT_THROW(count(id), NotFound) << "nothing is left of what was typed in";
  const auto now = asking();
  EXPECT_THROW(write([&](db::Write& w) { count_sheet(w, now, instrument_, id, sheet().answers, 0); }), Conflict);
  EXPECT_THROW(write([&](db::Write& w) { remove_sheet(w, now, id, "twice"); }), Conflict);
  EXPECT_EQ(settled(), 1);
  EXPECT_EQ(read([&](db::Read& r) { return responses(r, lead_, collection_); }), 1);
}

TEST_P(Sheets, AreFoundByTheirNumberAlone) {
  keep(sheet("1"));
  EXPECT_THROW(keep(sheet("1", Presence::no)), Conflict);
  const Id<PaperSheet> once{"00000000-0000-0000-0000-000000000001"};
  EXPECT_EQ(keep(sheet("2"), once), once);
  EXPECT_THROW(keep(sheet("2"), once), Repeated);
  EXPECT_EQ(read([&](db::Read& r) { return paper_sheets(r, lead_, collection_); }).size(), 2U);
}

TEST_P(Sheets, AreTakenAwayWithTheirContentAndTheirNumberIsFreeAgain) {
  const auto id = keep(sheet("1"));
  const auto now = asking();
  write([&](db::Write& w) { remove_sheet(w, now, id, "mistake"); });
  EXPECT_EQ(one(id).outcome, "removed");
  EXPECT_EQ(number(R"sql(select count(*) from paper_sheet where answers is not null)sql"), 0);
  keep(sheet("1"));
  EXPECT_EQ(settled(), 0);
}

TEST_P(Sheets, AreTakenOnlyWhileAnswersAreTaken) {
  const auto id = keep(sheet("1"));
  clock().set(later(asking().period.closes_at, 60 * 60));
  EXPECT_NO_THROW(keep(sheet("2"))) << "who has begun may still send";
  clock().set(later(asking().period.closes_at, (standard_grace_hours + 1) * 60 * 60));
  EXPECT_THROW(keep(sheet("3")), Conflict);
  EXPECT_THROW(count(id), Conflict);
}

TEST_P(Sheets, AreWaitedForBeforeARoundIsCounted) {
  const auto id = keep(sheet("1"));
  clock().set(later(asking().period.closes_at, 60));
  EXPECT_FALSE(settle(database(), library_, lead_, collection_, Begun::wait));
  count(id);
  EXPECT_EQ(settle(database(), library_, lead_, collection_, Begun::wait), 1);
}

TEST_P(Sheets, ThatNobodyCheckedInTimeSaySo) {
  const auto id = keep(sheet("1"));
  EXPECT_EQ(settled(), 0);
  EXPECT_EQ(one(id).outcome, "too_late");
  EXPECT_EQ(read([&](db::Read& r) { return sheets_waiting(r, lead_, collection_); }), 0);
}

TEST_P(Sheets, AreNotThereForAnotherProgramme) {
  const auto id = keep(sheet("1"));
  const auto other = programme_of("account-9");
  EXPECT_THROW(read([&](db::Read& r) { return paper_sheets(r, other, collection_); }), NotFound);
  EXPECT_THROW(read([&](db::Read& r) { return paper_sheet(r, other, collection_, id); }), NotFound);
  EXPECT_THROW(read([&](db::Read& r) { return first_typing(r, other, collection_, id, instrument_); }), NotFound);
  EXPECT_THROW(read([&](db::Read& r) { return sheet_numbered(r, other, collection_, "1"); }), NotFound);
}

CAIRN_EACH_ENGINE(Sheets);

}  // namespace
}  // namespace cairn::instruments
