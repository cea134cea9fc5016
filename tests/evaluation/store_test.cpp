// SPDX-License-Identifier: Apache-2.0
#include "evaluation/store.hpp"

#include "accounts/store.hpp"
#include "evaluation/store_thresholds.hpp"
#include "stores.hpp"

namespace cairn::evaluation {
namespace {

class Studies : public cairn::tests::EachEngine {
 protected:
  Studies() : ours(of_a_new_programme("a1")), theirs(of_a_new_programme("a2")) {}

  Actor of_a_new_programme(const std::string& account) {
    const auto id = database().write(Actor::operator_(), {"programme.add", "programme", ""}, [](db::Write& write) {
      return accounts::add_programme(write, "", "Europe/London");
    });
    return {account, id.text, {{Role::lead, {}, {}, {}}}};
  }
  template <class F>
  auto as(const Actor& actor, F act) {
    return database().write(actor, {"test.act", "study", ""}, act);
  }
  template <class F>
  auto read(F act) {
    return database().read(act);
  }
  Id<Study> add(const Actor& actor, std::string_view name) {
    return as(actor, [&](db::Write& write) { return add_study(write, name, "implementation-inventory", 1); });
  }
  Id<SiteReport> add_report_on(const Actor& actor, const Id<Study>& study, int number, Subject about = everyone()) {
    SiteReport report;
    report.study = study;
    report.round = number;
    report.about = std::move(about);
    report.purpose = Purpose::train;
    return as(actor, [&](db::Write& write) { return add_report(write, report); });
  }

  Actor ours;
  Actor theirs;
};

TEST_P(Studies, ReadAsTheyWereWrittenByName) {
  const auto id = add(ours, "Spring");
  add(ours, "autumn");
  const auto all = read([&](db::Read& r) { return studies(r, ours); });
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].name, "autumn");
  EXPECT_EQ(all[1], (Study{id, "Spring", "implementation-inventory", 1}));
  EXPECT_EQ(read([&](db::Read& r) { return find_study(r, ours, " sPRING"); })->id, id);
  EXPECT_FALSE(read([&](db::Read& r) { return find_study(r, ours, "Winter"); }));
}

TEST_P(Studies, HaveNamesOfTheirOwnInAProgrammeInAnyCase) {
  add(ours, "Spring");
  EXPECT_THROW(add(ours, "SPRING"), Conflict);
  add(theirs, "Spring");
}

TEST_P(Studies, OfAnotherProgrammeAreNotThere) {
  const auto id = add(ours, "Spring");
  EXPECT_THROW(read([&](db::Read& r) { return study(r, theirs, id); }), NotFound);
  EXPECT_THROW(read([&](db::Read& r) { return rounds(r, theirs, id); }), NotFound);
  EXPECT_THROW(as(theirs, [&](db::Write& write) { add_round(write, id, {1, "c1", {}}); }), NotFound);
  EXPECT_FALSE(read([&](db::Read& r) { return find_study(r, theirs, "Spring"); }));
}

TEST_P(Studies, AreReachedByARoleOverThemAlone) {
  const auto first = add(ours, "First");
  const auto second = add(ours, "Second");
  const Actor evaluator{"a3", ours.programme_id, {{Role::researcher, {"study", first.text}, {}, {}}}};
  const auto seen = read([&](db::Read& r) { return studies(r, evaluator); });
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_EQ(seen[0].id, first);
  EXPECT_THROW(read([&](db::Read& r) { return study(r, evaluator, second); }), NotFound);
  EXPECT_FALSE(read([&](db::Read& r) { return find_study(r, evaluator, "Second"); }));
}

TEST_P(Studies, HaveEachRoundOnce) {
  const auto id = add(ours, "Spring");
  as(ours, [&](db::Write& write) { add_round(write, id, {2, "c2", Date{2026, 3, 3}}); });
  as(ours, [&](db::Write& write) { add_round(write, id, {1, "c1", {}}); });
  const auto all = read([&](db::Read& r) { return rounds(r, ours, id); });
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0], (Round{1, "c1", {}}));
  EXPECT_EQ(all[1], (Round{2, "c2", Date{2026, 3, 3}}));
  EXPECT_EQ(read([&](db::Read& r) { return round(r, ours, id, 2); }).collection_id, "c2");
  EXPECT_THROW(read([&](db::Read& r) { return round(r, ours, id, 3); }), NotFound);
  EXPECT_THROW(as(ours, [&](db::Write& write) { add_round(write, id, {1, "c3", {}}); }), Conflict);
}

TEST_P(Studies, HaveReportsOfTheirRoundsLatestFirst) {
  const auto id = add(ours, "Spring");
  as(ours, [&](db::Write& write) { add_round(write, id, {1, "c1", {}}); });
  const auto first = add_report_on(ours, id, 1);
  clock().advance(60);
  const auto second = add_report_on(ours, id, 1, site("Willow Ward"));
  const auto all = read([&](db::Read& r) { return reports(r, ours); });
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].id, second);
  EXPECT_EQ(all[0].about, site("Willow Ward"));
  EXPECT_EQ(all[0].purpose, Purpose::train);
  EXPECT_EQ(all[0].made_at, clock().now());
  EXPECT_TRUE(all[1].about.is_everyone());
  EXPECT_EQ(read([&](db::Read& r) { return report(r, ours, first); }).id, first);
  EXPECT_THROW(read([&](db::Read& r) { return report(r, theirs, first); }), NotFound);
  EXPECT_THROW(add_report_on(ours, id, 2), NotFound);
  EXPECT_TRUE(read([&](db::Read& r) { return reports(r, theirs); }).empty());
}

TEST_P(Studies, KeepWhatReadersSayOfAReportSealed) {
  const auto id = add(ours, "Spring");
  as(ours, [&](db::Write& write) { add_round(write, id, {1, "c1", {}}); });
  const auto about = add_report_on(ours, id, 1);
  EXPECT_EQ(read([&](db::Read& r) { return reports_without_feedback(r, ours); }).size(), 1U);
  EXPECT_TRUE(read([&](db::Read& r) { return reports_without_feedback(r, theirs); }).empty());
  as(ours, [&](db::Write& write) { add_feedback(write, about, {Useful::partly, "too many words"}); });
  const Actor other{"a9", ours.programme_id, ours.roles};
  EXPECT_TRUE(read([&](db::Read& r) { return reports_without_feedback(r, other); }).empty());
  EXPECT_EQ(read([&](db::Read& r) { return feedback_by(r, ours, about); })->words, "too many words");
  EXPECT_FALSE(read([&](db::Read& r) { return feedback_by(r, other, about); }));
  EXPECT_EQ(read([&](db::Read& r) { return feedback_on(r, other, about); }).size(), 1U);
  EXPECT_THROW(as(theirs, [&](db::Write& write) { add_feedback(write, about, {Useful::yes, ""}); }), NotFound);
  read([](db::Read& r) {
    r.each("select words from report_feedback", {},
           [](const db::Row& row) { EXPECT_EQ(row.bytes(0).find("too many"), std::string_view::npos); });
  });
}

TEST_P(Studies, TakeTheLatestThresholdOfTheirProgramme) {
  const std::vector<Setting> settings{{"low_presence", "r", "percent", 50, 20, 80, "s"},
                                      {"high_presence", "r", "percent", 75, 50, 100, "s"},
                                      {"high_importance", "r", "tenths", 35, 20, 40, "s"},
                                      {"disagreement", "r", "tenths", 5, 3, 20, "s"}};
  const auto change = [&](std::int64_t value) {
    clock().advance(1);
    as(ours, [&](db::Write& write) { change_threshold(write, {"low_presence", value, "because"}); });
  };
  change(40);
  change(60);
  EXPECT_EQ(read([&](db::Read& r) { return thresholds(r, ours, settings); }).low_presence, 60);
  EXPECT_EQ(read([&](db::Read& r) { return thresholds(r, theirs, settings); }).low_presence, 50);
  const auto history = read([&](db::Read& r) { return threshold_history(r, ours); });
  ASSERT_EQ(history.size(), 2U);
  EXPECT_EQ(history[0].value, 60);
  EXPECT_EQ(history[0].reason, "because");
  EXPECT_EQ(history[0].set_by, "a1");
}

CAIRN_EACH_ENGINE(Studies);

}  // namespace
}  // namespace cairn::evaluation
