// SPDX-License-Identifier: Apache-2.0
#include "privacy/store_concerns.hpp"

#include <algorithm>

#include "accounts/store.hpp"
#include "db/person_keys.hpp"
#include "db/verify.hpp"
#include "jobs/store_letters.hpp"
#include "privacy/store.hpp"
#include "stores.hpp"

namespace cairn::privacy {
namespace {

class KeptConcerns : public tests::EachEngine {
 protected:
  KeptConcerns() {
    const auto programme = database().write(Actor::operator_(), {"test.begin", "test", ""}, [](db::Write& write) {
      return std::pair(accounts::add_programme(write, "Ours", "Europe/London"),
                       accounts::add_programme(write, "Theirs", "Europe/London"));
    });
    worker = {"a1", programme.first.text, {{Role::worker, {}, {}, {}}}};
    safeguarding = {"a2", programme.first.text, {{Role::safeguarding_lead, {}, {}, {}}}};
    stranger = {"a3", programme.second.text, {{Role::safeguarding_lead, {}, {}, {}}}};
  }
  Id<Concern> raise_one(const std::string& words, const Id<Concern>& form = {},
                        const Listeners& listeners = {{"a2"}, {"a9"}}) {
    return database().write(worker, {"concern.raise", "safeguarding_concern", ""}, [&](db::Write& write) {
      return raise(write, {words, Urgency::now, "07700 900000"}, listeners, form);
    });
  }
  OpenedConcern open(const Actor& actor, const Id<Concern>& id) {
    return database().write(actor, {"concern.read", "safeguarding_concern", id.text},
                            [&](db::Write& write) { return open_concern(write, id); });
  }
  void tell(const Id<Concern>& id, int minutes) {
    database().write(Actor{}, {"concern.tell_again", "safeguarding_concern", id.text},
                     [&](db::Write& write) { tell_again(write, {id, worker.programme_id, minutes}, {{"a2"}, {}}); });
  }
  template <class Act>
  void write(const Actor& actor, Act act) {
    database().write(actor, {"test.write", "test", ""}, [&](db::Write& w) { act(w); });
  }
  std::size_t letters(std::string_view kind) {
    return database().read([&](db::Read& read) { return jobs::letters(read, kind, 100).size(); });
  }
  std::vector<Concern> own(const Actor& actor) {
    return database().read([&](db::Read& read) { return own_concerns(read, actor); });
  }

  Actor worker;
  Actor safeguarding;
  Actor stranger;
  const Id<Concern> once{"01900000-0000-7000-8000-00000000000a"};
};

TEST_P(KeptConcerns, ReadAsTheyWereTold) {
  const auto id = raise_one("Ünder the bridge");
  const auto opened = open(safeguarding, id);
  EXPECT_EQ(opened.words, "Ünder the bridge");
  EXPECT_EQ(opened.contact, "07700 900000");
  EXPECT_EQ(opened.concern.urgency, Urgency::now);
  EXPECT_EQ(opened.concern.raised_by, "a1");
  EXPECT_EQ(opened.concern.opened_at, clock().now());
}

TEST_P(KeptConcerns, SentTwiceCountOnceAndTellOnce) {
  EXPECT_EQ(raise_one("Sam", once), once);
  EXPECT_THROW(raise_one("Sam", once), Repeated);
  EXPECT_EQ(own(worker).size(), 1U);
  EXPECT_EQ(letters(concern_letter), 1U);
  EXPECT_NE(raise_one("Sam, and Lou too", once), once);
  EXPECT_EQ(own(worker).size(), 2U);
}

TEST_P(KeptConcerns, ThatWereNotKeptTellNobody) {
  EXPECT_THROW(database().write(worker, {"concern.raise", "safeguarding_concern", ""},
                                [&](db::Write& write) {
                                  raise(write, {"Sam", Urgency::now, ""}, {{"a2"}, {}}, {});
                                  throw Unavailable("the disk is full");
                                }),
               Unavailable);
  EXPECT_TRUE(own(worker).empty());
  EXPECT_EQ(letters(concern_letter), 0U);
  EXPECT_EQ(database().read([](db::Read& read) { return read.number("select count(*) from job", {}); }), 0);
}

TEST_P(KeptConcerns, AreToldAgainOnceForEachTimeUntilOneIsOpened) {
  const auto id = raise_one("Sam");
  EXPECT_EQ(letters(concern_letter), 1U);
  tell(id, 15);
  tell(id, 15);
  EXPECT_EQ(letters(concern_letter), 2U);
  tell(id, 60);
  EXPECT_EQ(letters(concern_letter), 3U);
  open(safeguarding, id);
  tell(id, 240);
  EXPECT_EQ(letters(concern_letter), 3U);
}

TEST_P(KeptConcerns, WaitForTheirTimesInTheQueue) {
  raise_one("Sam");
  const auto due = database().read([](db::Read& read) {
    return read.list(R"sql(select due_at from job where kind = $1 order by due_at)sql", {tell_again_job},
                     [](const db::Row& row) { return row.string(0); });
  });
  EXPECT_EQ(due, (std::vector<std::string>{"2026-03-03T09:15:00.000Z", "2026-03-03T10:00:00.000Z",
                                           "2026-03-03T13:00:00.000Z"}));
}

TEST_P(KeptConcerns, GoToTheLeadsWhereNobodyCanOpenThem) {
  raise_one("Sam", {}, {{}, {"a9", "a8"}});
  EXPECT_EQ(letters(concern_letter), 0U);
  EXPECT_EQ(letters(nobody_letter), 2U);
}

TEST_P(KeptConcerns, AreFirstOpenedOnce) {
  const auto id = raise_one("Sam");
  const auto first = open(safeguarding, id).concern.opened_at;
  clock().advance(60);
  EXPECT_EQ(open(safeguarding, id).concern.opened_at, first);
  EXPECT_EQ(own(worker).front().opened_at, first);
}

TEST_P(KeptConcerns, CloseOnlyOnceSomebodyNotedWhatWasDone) {
  const auto id = raise_one("Sam");
  const auto close = [&](db::Write& write) { close_concern(write, id); };
  EXPECT_THROW(write(safeguarding, close), Conflict);
  const auto note = [&](db::Write& write) { add_note(write, id, "Rang the family", once.text); };
  write(safeguarding, note);
  EXPECT_THROW(write(safeguarding, note), Repeated);
  write(safeguarding, close);
  write(safeguarding, close);
  const auto opened = open(safeguarding, id);
  ASSERT_EQ(opened.notes.size(), 1U);
  EXPECT_EQ(opened.notes.front(), (ConcernNote{"Rang the family", "a2", clock().now()}));
  EXPECT_EQ(opened.concern.closed_at, clock().now());
  EXPECT_TRUE(database().read([&](db::Read& read) { return open_concerns(read, safeguarding); }).empty());
}

TEST_P(KeptConcerns, AreNotThereForAnotherProgramme) {
  const auto id = raise_one("Sam");
  EXPECT_THROW(open(stranger, id), NotFound);
  EXPECT_THROW(write(stranger, [&](db::Write& w) { add_note(w, id, "words"); }), NotFound);
  EXPECT_THROW(write(stranger, [&](db::Write& w) { close_concern(w, id); }), NotFound);
  database().read([&](db::Read& read) {
    EXPECT_THROW(concern(read, stranger, id), NotFound);
    EXPECT_TRUE(concerns(read, stranger).empty());
    EXPECT_TRUE(open_concerns(read, stranger).empty());
  });
}

TEST_P(KeptConcerns, OutliveTheKeyOfWhoToldThem) {
  write(worker, [](db::Write& w) { db::seal_for(w, {"test", "words", "1", "a1"}, "something of theirs"); });
  const auto id = raise_one("Sam");
  write(Actor::operator_(), [](db::Write& w) { db::destroy_key(w, "a1"); });
  EXPECT_EQ(open(safeguarding, id).words, "Sam");
}

TEST_P(KeptConcerns, AreSealed) {
  const auto id = raise_one("Sam");
  write(safeguarding, [&](db::Write& w) { add_note(w, id, "Rang the family"); });
  if (database().is_postgres()) database().seal_journal();
  EXPECT_TRUE(db::verify(database(), sealed_columns()).empty());
}

CAIRN_EACH_ENGINE(KeptConcerns);

}  // namespace
}  // namespace cairn::privacy
