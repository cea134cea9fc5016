// SPDX-License-Identifier: Apache-2.0
#include "instruments/reasons.hpp"

#include <gtest/gtest.h>

#include "asked.hpp"
#include "instruments/store_answers.hpp"
#include "instruments/store_reasons.hpp"

namespace cairn::instruments {
namespace {

KeptReason said(const std::string& words) {
  return {{"r1"}, {"4.1", "well", words, "coworker", "Willow Ward"}, {}, {}};
}

TEST(Reasons, MayBeStruckOutAndNothingElse) {
  const std::string original = "Sam Field on Willow Ward helped me, and I said so.";
  for (const auto* good : {"[name] on [place] helped me, and I said so.", "helped me", "[…] helped me, and I said so.",
                           "Sam Field on Willow Ward helped me, and I said so.", "[name] on [place] helped me,[…]so."})
    EXPECT_TRUE(only_struck_out(original, good)) << good;
  for (const auto* bad : {"[name] on [place] helped us, and I said so.", "I said so. [name] helped me",
                          "[name] was great", "helped me helped me"})
    EXPECT_FALSE(only_struck_out(original, bad)) << bad;
  EXPECT_TRUE(only_struck_out("one\ntwo [sic] three", "one\r\n[name] [sic] three"));
  EXPECT_TRUE(only_struck_out("a [bracket left open", "a [bracket left open"));
}

TEST(Reasons, AreReviewedWithEveryProblemAtOnce) {
  const auto reason = said("Sam helped me");
  struct Case {
    ReviewForm form;
    std::size_t telling;
    std::vector<std::string> fields;
  };
  const Case cases[] = {
      {{"shown", "[name] helped me", "group", false}, 0, {}},
      {{"shown", "[name] helped me", "nobody", false}, 0, {}},
      {{"kept_back", "anything", "", false}, 3, {}},
      {{"", "Sam helped me", "group", false}, 0, {"outcome"}},
      {{"shown", "Sam helped us", "group", false}, 1, {"words", "read_again"}},
      {{"shown", "Sam helped me", "group", true}, 1, {}},
      {{"shown", "[name] […]", "team", false}, 0, {"words", "beside"}},
      {{"shown", "\xff", "group", false}, 0, {"words"}},
  };
  for (const auto& one : cases) {
    const auto review = check_review(one.form, reason, one.telling);
    std::vector<std::string> fields;
    if (!review)
      for (const auto& problem : review.problems()) fields.push_back(problem.field);
    EXPECT_EQ(fields, one.fields) << one.form.words;
  }
}

TEST(Reasons, NeverStandBesideTwoThings) {
  auto reason = said("It helped");
  const auto beside = [&](const char* code) {
    return static_cast<bool>(check_review({"shown", "It helped", code, false}, reason, 0));
  };
  EXPECT_TRUE(beside("group") && beside("site") && beside("nobody"));
  reason.stood_beside = Beside::group;
  EXPECT_TRUE(beside("group") && beside("nobody"));
  EXPECT_FALSE(beside("site"));
  reason.stood_beside = Beside::site;
  EXPECT_FALSE(beside("group"));
}

TEST(Reasons, TellOfThoseWhoLeftOutTheStatementsOnlyWhereThereAreEnough) {
  const auto some = [](std::initializer_list<std::tuple<const char*, const char*, int>> groups) {
    std::vector<SaidLeftOut> all;
    for (const auto& [why, site, n] : groups)
      for (int i = 0; i < n; ++i) all.push_back({why, site});
    return all;
  };
  EXPECT_FALSE(left_out_finding({}, 5));
  EXPECT_FALSE(left_out_finding(some({{"words", "A", 4}}), 5));
  EXPECT_EQ(left_out_finding(some({{"words", "A", 4}, {"time", "A", 3}}), 5), (LeftOutFinding{7, "words"}));
  EXPECT_EQ(left_out_finding(some({{"words", "A", 3}, {"time", "A", 3}}), 5), (LeftOutFinding{6, ""}));
  const auto two = some({{"words", "A", 6}, {"time", "B", 2}});
  EXPECT_EQ(left_out_finding(two, 5), (LeftOutFinding{8, "words"}));
  EXPECT_FALSE(left_out_finding_at(two, "A", 5)) << "the two of B could be worked out";
  const auto enough = some({{"words", "A", 6}, {"time", "B", 5}});
  EXPECT_EQ(left_out_finding_at(enough, "A", 5), (LeftOutFinding{6, "words"}));
  EXPECT_EQ(left_out_finding_at(enough, "B", 5), (LeftOutFinding{5, "time"}));
  EXPECT_FALSE(left_out_finding_at(enough, "C", 5));
}

// ---- Kept in the store.

class KeptReasons : public test::AskedWorld {
 protected:
  void send(const std::string& words, const std::string& tone = "well", std::optional<LeftOut> why = {}) {
    auto answers = Answers::none(instrument_);
    answers.site = 1;
    answers.stakeholder = "coworker";
    if (!why) {
      answers.most_important = {0};
      answers.reasons[0] = {tone, words};
    }
    answers.left_out = std::move(why);
    const auto now = asking();
    write([&](db::Write& w) { send_paper(w, now, instrument_, answers); });
  }
  void settle_it() {
    clock().set(later(asking().period.closes_at, 60));
    settle(database(), library_, lead_, collection_, Begun::leave_out);
  }
  std::vector<KeptReason> all() {
    return read([&](db::Read& r) { return reasons(r, lead_, collection_); });
  }
  bool waits() {
    return read([&](db::Read& r) { return waits_for_review(r, lead_, collection_); });
  }
};

TEST_P(KeptReasons, AreThereOnceTheRoundWasCountedAndNotBefore) {
  send("It helps");
  EXPECT_TRUE(all().empty());
  EXPECT_FALSE(waits());
  settle_it();
  ASSERT_EQ(all().size(), 1U);
  const auto one = all().front();
  EXPECT_EQ(one.said, (Said{instrument_.items[0].id, "well", "It helps", "coworker", "Willow Ward"}));
  EXPECT_FALSE(one.review);
  EXPECT_TRUE(waits());
}

TEST_P(KeptReasons, KeepEveryReviewAndTheLatestHolds) {
  send("Sam helps");
  settle_it();
  const auto id = all().front().id;
  const auto decide = [&](const NewReview& decision, std::int64_t seen) {
    write([&](db::Write& w) { review(w, collection_, id, decision, seen); });
  };
  decide({true, "[name] helps", Beside::group}, 0);
  EXPECT_FALSE(waits());
  EXPECT_TRUE(all().front().is_shown());
  EXPECT_EQ(all().front().review->words, "[name] helps");
  EXPECT_EQ(all().front().stood_beside, Beside::group);
  EXPECT_THROW(decide({true, "Sam helps", Beside::site}, 0), Conflict) << "reviewed meanwhile";
  decide({}, 1);
  EXPECT_FALSE(all().front().is_shown());
  EXPECT_EQ(all().front().stood_beside, Beside::group) << "it stood there, whatever came later";
  EXPECT_EQ(number(R"sql(select count(*) from reason_review)sql"), 2);
}

TEST_P(KeptReasons, WithoutWordsNeedNoReading) {
  send("", "hard");
  settle_it();
  EXPECT_EQ(all().size(), 1U);
  EXPECT_FALSE(waits());
}

TEST_P(KeptReasons, OfLeavingTheStatementsOutAreCountedApart) {
  for (int i = 0; i < 5; ++i) send("", "", LeftOut{"words", i == 0 ? "They do not fit" : ""});
  settle_it();
  const auto out = read([&](db::Read& r) { return left_out(r, lead_, collection_); });
  EXPECT_EQ(left_out_finding(out, 5), (LeftOutFinding{5, "words"}));
  EXPECT_EQ(all().front().said.item, "");
  EXPECT_EQ(read([&](db::Read& r) { return responses(r, lead_, collection_); }), 0);
}

TEST_P(KeptReasons, AreNotThereForAnotherProgramme) {
  send("It helps");
  settle_it();
  const auto id = all().front().id;
  const auto other = programme_of("account-9");
  EXPECT_THROW(read([&](db::Read& r) { return reasons(r, other, collection_); }), NotFound);
  EXPECT_THROW(read([&](db::Read& r) { return reason(r, other, collection_, id); }), NotFound);
  EXPECT_THROW(read([&](db::Read& r) { return left_out(r, other, collection_); }), NotFound);
  EXPECT_THROW(read([&](db::Read& r) { return waits_for_review(r, other, collection_); }), NotFound);
  EXPECT_THROW(read([&](db::Read& r) { return reason(r, lead_, collection_, {}); }), NotFound);
}

CAIRN_EACH_ENGINE(KeptReasons);

}  // namespace
}  // namespace cairn::instruments
