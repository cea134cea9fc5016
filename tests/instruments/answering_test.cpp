// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/secret.hpp"
#include "base/text.hpp"
#include "db/verify.hpp"
#include "instruments/asked.hpp"
#include "instruments/comparison.hpp"
#include "instruments/store_answers.hpp"

namespace cairn::instruments {
namespace {

class Answering : public test::AskedWorld {
 protected:
  AnswerLink link(const std::string& secret) {
    return read([&](db::Read& r) { return find_answer_link(r, secret); }).value();
  }
  std::optional<Answers> draft(const std::string& secret) {
    const auto its_link = link(secret);
    return read([&](db::Read& r) { return find_draft(r, its_link, instrument_); });
  }
  Answers answered(Presence presence = Presence::yes) {
    auto answers = Answers::none(instrument_);
    answers.site = 1;
    answers.stakeholder = "coworker";
    answers.presence.assign(answers.presence.size(), presence);
    answers.importance.assign(answers.importance.size(), Importance::quite);
    return answers;
  }
  Sent send_by(const std::string& secret, const Answers& answers) {
    return send(database(), link(secret), instrument_, answers, "{}");
  }
  void keep(const std::string& secret, const Answers& answers) {
    keep_draft(database(), link(secret), instrument_, answers);
  }
  std::optional<std::int64_t> count(Begun begun = Begun::wait) {
    return settle(database(), library_, lead_, collection_, begun);
  }
  std::int64_t people() {
    return read([&](db::Read& r) { return responses(r, lead_, collection_); });
  }
  std::string invited(const std::string& name, const std::string& email = "") {
    ask({person(name, email)});
    return secret_of(name);
  }
  OpenedGroupLink group_link(std::int64_t most = 60) {
    const auto made = write([&](db::Write& w) { return add_group_link(w, collection_, {}, "", most); });
    return read([&](db::Read& r) { return find_group_link(r, made.code); }).value();
  }
  std::string key_of(const std::function<void()>& act) {
    try {
      act();
    } catch (const Stop& stop) {
      return stop.key();
    }
    return "";
  }
  void close() { clock().set(*moment_from_iso("2026-03-21T00:00:00.000Z")); }
  void over() { clock().set(*moment_from_iso("2026-03-22T00:00:01.000Z")); }
};

TEST_P(Answering, GoesOnWhereItWasLeft) {
  const auto secret = invited("Ashby Fenn");
  EXPECT_FALSE(draft(secret));
  keep(secret, answered(Presence::partly));
  EXPECT_EQ(draft(secret), answered(Presence::partly));
  keep(secret, answered(Presence::no));
  EXPECT_EQ(draft(secret), answered(Presence::no));
  EXPECT_EQ(number("select count(*) from answer_draft"), 1);
}

TEST_P(Answering, LeavesNoTraceInTheJournal) {
  const auto secret = invited("Ashby Fenn");
  const auto before = number("select count(*) from journal");
  keep(secret, answered());
  send_by(secret, answered());
  EXPECT_EQ(number("select count(*) from journal"), before);
  over();
  EXPECT_EQ(count(), 1);
  // Its own work for the queue aside, one entry: by all who answered, dated by its week.
  const auto entries = read([&](db::Read& r) {
    return r.list("select actor, at, count from journal where act = 'asking.settle'", {}, [](const db::Row& row) {
      return row.string(0) + " " + row.string(1) + " " + std::to_string(row.integer(2));
    });
  });
  EXPECT_EQ(entries, std::vector<std::string>{"respondents 2026-03-16T00:00:00.000Z 1"});
  database().seal_journal();
  EXPECT_TRUE(db::verify(database(), sealed_columns()).empty());
}

TEST_P(Answering, CountsAFormSentTwiceOnce) {
  const auto secret = invited("Ashby Fenn");
  EXPECT_EQ(send_by(secret, answered()), Sent::now);
  EXPECT_EQ(send_by(secret, answered(Presence::no)), Sent::before);
  const auto group = group_link();
  const auto by_group = begin_by_group_link(database(), group, instrument_, answered());
  EXPECT_EQ(send_by(by_group, answered()), Sent::now);
  EXPECT_EQ(send_by(by_group, answered()), Sent::before);
  EXPECT_EQ(number("select count(*) from sent_answer"), 2);
  EXPECT_EQ(number("select taken from group_link"), 1);
  EXPECT_EQ(number("select answered from asking_group where site = 1 and stakeholder = 'coworker'"), 2);
  over();
  EXPECT_EQ(count(), 2);
  EXPECT_EQ(people(), 2);
}

TEST_P(Answering, IsOpenedByItsOwnLinkAlone) {
  const auto secret = invited("Ashby Fenn");
  keep(secret, answered());
  for (const auto& other : {std::string(), std::string("x"), std::string(32, 'a'), secret + "a", secret.substr(1)})
    EXPECT_FALSE(read([&](db::Read& r) { return find_answer_link(r, other); })) << other;
  // Nothing in the draft's row leads to the invitation, and the master key alone does not open it.
  const auto hash = hex(sha256(secret));
  const auto invitation = invitation_of("Ashby Fenn").id;
  read([&](db::Read& r) {
    r.each("select id, answers from answer_draft", {}, [&](const db::Row& row) {
      EXPECT_EQ(hash.find(row.string(0)), std::string::npos);
      EXPECT_EQ(std::string(row.bytes(1)).find(invitation), std::string::npos);
      EXPECT_THROW(r.keys().open({"answer_draft", "answers", row.text(0), collection_.text}, row.bytes(1)), Corrupt);
    });
  });
}

TEST_P(Answering, EndsWithTheTimeButNotForWhoHasBegun) {
  const auto begun = invited("Ashby Fenn");
  const auto late = invited("Wren Holt");
  keep(begun, answered());
  close();
  EXPECT_EQ(key_of([&] { keep(late, answered()); }), "answer.over");
  EXPECT_EQ(key_of([&] { send_by(late, answered()); }), "answer.over");
  EXPECT_FALSE(count()) << "somebody is still answering";
  EXPECT_EQ(send_by(begun, answered()), Sent::now);
  EXPECT_EQ(count(), 1) << "nobody is any more";
  EXPECT_FALSE(count()) << "done already";
  EXPECT_EQ(key_of([&] { keep(late, answered()); }), "answer.over");
}

TEST_P(Answering, CanBeCountedWithoutThoseWhoOnlyBegan) {
  keep(invited("Ashby Fenn"), answered());
  close();
  EXPECT_FALSE(count());
  EXPECT_EQ(count(Begun::leave_out), 0);
  EXPECT_EQ(people(), 0);
  EXPECT_EQ(number("select count(*) from answer_draft"), 0);
}

TEST_P(Answering, IsNotCountedBeforeItsTime) {
  send_by(invited("Ashby Fenn"), answered());
  EXPECT_FALSE(count(Begun::leave_out));
  EXPECT_EQ(people(), 0);
}

TEST_P(Answering, OpensAgainAfterItWasCountedAndStaysCounted) {
  const auto first = invited("Ashby Fenn");
  const auto second = invited("Wren Holt");
  send_by(first, answered());
  write([&](db::Write& w) { set_period(w, collection_, w.now()); });
  EXPECT_EQ(count(), 1);
  // The clock set back opens nothing.
  clock().advance(-24 * 60 * 60);
  EXPECT_EQ(key_of([&] { send_by(second, answered()); }), "answer.over");
  clock().advance(48 * 60 * 60);
  write([&](db::Write& w) { set_period(w, collection_, later(w.now(), 3600)); });
  EXPECT_EQ(send_by(first, answered()), Sent::before);
  EXPECT_EQ(send_by(second, answered()), Sent::now);
  clock().advance(3601);
  EXPECT_EQ(count(), 1);
  EXPECT_EQ(people(), 2);
  EXPECT_EQ(number("select count(*) from response_batch"), 2);
  EXPECT_EQ(number("select count(*) from response_batch where week_on = '2026-03-02'"), 2);
}

TEST_P(Answering, KeepsNothingOfWhatWaitedOnceCounted) {
  auto answers = answered();
  answers.most_important = {1};
  answers.reasons[1] = {"hard", "Canary words of a person"};
  send_by(invited("Ashby Fenn"), answers);
  keep(invited("Wren Holt"), answered());
  over();
  EXPECT_EQ(count(), 1);
  for (const char* table : {"answer_draft", "sent_answer", "asking_key"})
    EXPECT_EQ(number("select count(*) from " + std::string(table)), 0) << table;
  EXPECT_EQ(number("select count(*) from reason"), 1);
  EXPECT_EQ(number("select count(*) from response"), 1);
}

// PostgreSQL takes samples of what it keeps, by itself, and they outlive what they were taken of.
TEST_P(Answering, LeavesNoSampleInTheStatistics) {
  if (GetParam() != tests::Engine::postgres) GTEST_SKIP() << "SQLite takes samples only when asked";
  for (int i = 0; i < 6; ++i) {
    const auto name = "Person " + std::to_string(i);
    i % 2 == 0 ? keep(invited(name), answered()) : static_cast<void>(send_by(invited(name), answered()));
  }
  for (const auto* const table : {"answer_draft", "sent_answer", "asking_key", "paper_sheet"})
    tests::postgres_server().run(store().database_name, std::string("analyze ") + table);
  EXPECT_EQ(number("select count(*) from pg_stats where tablename in ('answer_draft', 'sent_answer') and "
                   "attname in ('id', 'invitation_id', 'answers')"),
            0);
  EXPECT_EQ(number("select count(*) from pg_stats where (tablename = 'asking_key' and attname = 'private_key') or "
                   "(tablename = 'paper_sheet' and attname = 'answers')"),
            0);
}

TEST_P(Answering, ByAGroupLinkEndsWhenTheLinkIsFull) {
  const auto group = group_link(1);
  const auto one = begin_by_group_link(database(), group, instrument_, answered());
  const auto two = begin_by_group_link(database(), group, instrument_, answered());
  EXPECT_EQ(send_by(one, answered()), Sent::now);
  EXPECT_EQ(key_of([&] { send_by(two, answered()); }), "answer.link_full");
  EXPECT_EQ(number("select count(*) from sent_answer"), 1);
}

TEST_P(Answering, MakesRoomForPeopleAmongLinksOpenedByPrograms) {
  const auto group = group_link(500);
  const auto person = begin_by_group_link(database(), group, instrument_, Answers::none(instrument_));
  keep(person, answered());
  for (int i = 0; i < most_empty + 20; ++i)
    begin_by_group_link(database(), group, instrument_, Answers::none(instrument_));
  EXPECT_EQ(number("select count(*) from answer_draft"), most_empty + 1);
  EXPECT_EQ(draft(person), answered()) << "what somebody has answered never gives way";
}

TEST_P(Answering, ThroughALinkTakenBackIsOver) {
  const auto secret = invited("Ashby Fenn");
  keep(secret, answered());
  write([&](db::Write& w) { end_invitation(w, collection_, invitation_of("Ashby Fenn").id, "revoked"); });
  EXPECT_TRUE(link(secret).is_ended());
  EXPECT_EQ(key_of([&] { keep(secret, answered()); }), "answer.over");
  EXPECT_EQ(key_of([&] { send_by(secret, answered()); }), "answer.over");
}

TEST_P(Answering, WithoutANameCannotBeTakenBackAfterSending) {
  const auto secret = invited("Ashby Fenn");
  send_by(secret, answered());
  EXPECT_EQ(key_of([&] { withdraw(database(), link(secret), instrument_); }), "answer.anonymous");
}

TEST_P(Answering, WithANameMayBeChangedAndTakenBackUntilItIsCounted) {
  collection_ = new_round(Mode::named);
  const auto secret = invited("Ashby Fenn");
  const auto other = invited("Wren Holt");
  send_by(secret, answered(Presence::yes));
  EXPECT_EQ(draft(secret)->presence, answered(Presence::yes).presence);
  EXPECT_EQ(send_by(secret, answered(Presence::no)), Sent::now);
  EXPECT_EQ(number("select count(*) from sent_answer"), 1);
  send_by(other, answered());
  EXPECT_EQ(number("select answered from asking_group where collection_id = '" + collection_.text +
                   "' and site = 1 and stakeholder = 'coworker'"),
            2);
  withdraw(database(), link(other), instrument_);
  EXPECT_TRUE(link(other).is_ended());
  EXPECT_EQ(number("select count(*) from sent_answer"), 1);
  over();
  EXPECT_EQ(count(), 1);
  EXPECT_EQ(send_by(secret, answered()), Sent::before);
  EXPECT_EQ(key_of([&] { withdraw(database(), link(secret), instrument_); }), "answer.over");
}

TEST_P(Answering, WithoutTheStatementsIsKeptApartFromTheTotals) {
  auto answers = Answers::none(instrument_);
  answers.site = 1;
  answers.stakeholder = "service_user";
  answers.left_out = LeftOut{"words", "They do not fit us"};
  send_by(invited("Ashby Fenn"), answers);
  over();
  EXPECT_EQ(count(), 1);
  EXPECT_EQ(people(), 0) << "a finding, not a respondent without answers";
  EXPECT_EQ(number("select count(*) from left_out"), 1);
  EXPECT_EQ(number("select count(*) from reason"), 1);
}

TEST_P(Answering, IsComparedOnceCounted) {
  for (int i = 0; i < 6; ++i) send_by(invited("Person " + std::to_string(i)), answered());
  over();
  EXPECT_EQ(count(), 6);
  const auto result = comparison_of(database(), lead_, collection_, instrument_);
  const auto* everyone = result.comparison.find(Axis::all, "everyone");
  ASSERT_NE(everyone, nullptr);
  EXPECT_EQ(everyone->people, 6);
  EXPECT_EQ(result.comparison.find(Axis::site, "Willow Ward")->people, 6);
}

CAIRN_EACH_ENGINE(Answering);

}  // namespace
}  // namespace cairn::instruments
