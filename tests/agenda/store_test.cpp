// SPDX-License-Identifier: Apache-2.0
#include "agenda/store.hpp"

#include <atomic>
#include <thread>

#include "accounts/store.hpp"
#include "stores.hpp"

namespace cairn::agenda {
namespace {

class NextSteps : public tests::EachEngine {
 protected:
  NextSteps() : ours(of_a_new_programme("a1")), theirs(of_a_new_programme("a2")) {}

  Actor of_a_new_programme(const std::string& account) {
    const auto id = database().write(Actor::operator_(), {"programme.add", "programme", ""}, [](db::Write& write) {
      return accounts::add_programme(write, "", "Europe/London");
    });
    return {account, id.text, {{Role::lead, {}, {}, {}}}};
  }
  Id<NextStep> add_step(const Actor& actor, const std::string& words, Date due = {2026, 3, 10}) {
    return database().write(actor, {"next_step.add", "next_step", ""}, [&](db::Write& write) {
      return add(write, {{"report", "r1"}, "4.4", words, "Sam Field", due});
    });
  }
  void act(const Actor& actor, void (*it)(db::Write&, const Id<NextStep>&), const Id<NextStep>& id) {
    database().write(actor, {"next_step.act", "next_step", id.text}, [&](db::Write& write) { it(write, id); });
  }
  NextStep read_step(const Actor& actor, const Id<NextStep>& id) {
    return database().read([&](db::Read& read) { return step(read, actor, id); });
  }
  std::vector<std::string> words(const std::vector<NextStep>& steps) {
    std::vector<std::string> all;
    for (const auto& one : steps) all.push_back(one.words);
    return all;
  }

  Actor ours;
  Actor theirs;
};

TEST_P(NextSteps, ReadAsTheyWereWritten) {
  const auto id = add_step(ours, "Ünderstand – the role");
  const auto read = read_step(ours, id);
  EXPECT_EQ(read.words, "Ünderstand – the role");
  EXPECT_EQ(read.owner, "Sam Field");
  EXPECT_EQ(read.item, "4.4");
  EXPECT_EQ(read.about, (About{"report", "r1"}));
  EXPECT_EQ(read.due_on, (Date{2026, 3, 10}));
  EXPECT_EQ(read.made_by, "a1");
  EXPECT_EQ(read.made_at, clock().now());
  EXPECT_TRUE(read.is_open());
}

TEST_P(NextSteps, SentTwiceCountOnce) {
  const Id<NextStep> once{"01900000-0000-7000-8000-00000000000a"};
  const auto send = [&](const Actor& actor, const std::string& words) {
    return database().write(actor, {"next_step.add", "next_step", ""}, [&](db::Write& write) {
      return add(write, {{"report", "r1"}, "4.4", words, "Sam Field", {2026, 3, 10}}, once);
    });
  };
  const auto entries = [&] {
    return database().read([](db::Read& read) { return read.number("select count(*) from journal", {}); });
  };
  EXPECT_EQ(send(ours, "Meet"), once);
  const auto before = entries();
  EXPECT_THROW(send(ours, "Meet"), Repeated);
  EXPECT_EQ(entries(), before);
  // Gone back in the browser and typed something else: another step.
  EXPECT_NE(send(ours, "Meet again"), once);
  // Somebody else's form that happens to bring the same id, here and in another programme.
  auto colleague = ours;
  colleague.account_id = "a9";
  EXPECT_NE(send(colleague, "Meet"), once);
  EXPECT_EQ(send(theirs, "Meet"), once);
  const auto kept = database().read([&](db::Read& read) { return words(steps_about(read, ours, {"report", "r1"})); });
  EXPECT_EQ(kept.size(), 3U);
}

TEST_P(NextSteps, SentTwiceAtOnceCountOnce) {
  const Id<NextStep> once{"01900000-0000-7000-8000-00000000000b"};
  std::atomic<int> repeated = 0;
  std::vector<std::thread> clients;
  for (int i = 0; i < 8; ++i)
    clients.emplace_back([&] {
      try {
        database().write(ours, {"next_step.add", "next_step", ""}, [&](db::Write& write) {
          add(write, {{"report", "r1"}, "4.4", "Meet", "Sam Field", {2026, 3, 10}}, once);
        });
      } catch (const Repeated&) {
        ++repeated;
      }
    });
  for (auto& client : clients) client.join();
  EXPECT_EQ(repeated, 7);
  EXPECT_EQ(database().read([&](db::Read& read) { return open_steps(read, ours); }).size(), 1U);
}

TEST_P(NextSteps, OfAnotherProgrammeAreNotThere) {
  const auto id = add_step(ours, "Ours");
  EXPECT_THROW(read_step(theirs, id), NotFound);
  EXPECT_THROW(act(theirs, tick_off, id), NotFound);
  EXPECT_THROW(act(theirs, remove, id), NotFound);
  EXPECT_TRUE(read_step(ours, id).is_open());
  EXPECT_TRUE(database().read([&](db::Read& read) { return open_steps(read, theirs); }).empty());
}

TEST_P(NextSteps, AreTickedOffAndReopened) {
  const auto id = add_step(ours, "Meet");
  act(ours, tick_off, id);
  EXPECT_EQ(read_step(ours, id).done_at, clock().now());
  act(ours, tick_off, id);  // again: nothing changes
  act(ours, reopen, id);
  EXPECT_TRUE(read_step(ours, id).is_open());
  act(ours, reopen, id);
  clock().advance(60);
  act(ours, tick_off, id);
  EXPECT_EQ(read_step(ours, id).done_at, clock().now());
}

TEST_P(NextSteps, RestThirtyDaysOnceRemoved) {
  const auto id = add_step(ours, "Meet");
  act(ours, remove, id);
  EXPECT_THROW(act(ours, tick_off, id), NotFound);
  EXPECT_THROW(act(ours, reopen, id), NotFound);
  clock().advance(30 * 86400);
  act(ours, put_back, id);
  EXPECT_TRUE(read_step(ours, id).is_open());
  act(ours, remove, id);
  clock().advance(30 * 86400 + 1);
  EXPECT_THROW(act(ours, put_back, id), Conflict);
}

TEST_P(NextSteps, OfOneThingStandWithOpenOnesFirst) {
  const auto done = add_step(ours, "done", {2026, 3, 4});
  add_step(ours, "later", {2026, 5, 1});
  add_step(ours, "soon", {2026, 3, 5});
  const auto gone = add_step(ours, "gone", {2026, 3, 4});
  act(ours, tick_off, done);
  act(ours, remove, gone);
  const auto about = database().read([&](db::Read& read) { return steps_about(read, ours, {"report", "r1"}); });
  EXPECT_EQ(words(about), (std::vector<std::string>{"soon", "later", "done", "gone"}));
  const auto open = database().read([&](db::Read& read) { return open_steps(read, ours); });
  EXPECT_EQ(words(open), (std::vector<std::string>{"soon", "later"}));
  const auto other = database().read([&](db::Read& read) { return steps_about(read, ours, {"report", "r2"}); });
  EXPECT_TRUE(other.empty());
}

TEST_P(NextSteps, DoneLatelyComeLatestFirstAndWithoutThoseTakenBack) {
  const auto first = add_step(ours, "first");
  const auto second = add_step(ours, "second");
  const auto back = add_step(ours, "back");
  const auto start = clock().now();
  act(ours, tick_off, first);
  act(ours, tick_off, back);
  act(ours, reopen, back);
  clock().advance(60);
  act(ours, tick_off, second);
  const auto done = database().read([&](db::Read& read) { return steps_done_since(read, ours, start); });
  EXPECT_EQ(words(done), (std::vector<std::string>{"second", "first"}));
  const auto late = database().read([&](db::Read& read) { return steps_done_since(read, ours, later(start, 30)); });
  EXPECT_EQ(words(late), (std::vector<std::string>{"second"}));
}

TEST_P(NextSteps, SealTheirWordsAndNames) {
  add_step(ours, "secret words");
  database().read([](db::Read& read) {
    read.each("select words, owner_name from next_step", {}, [](const db::Row& row) {
      EXPECT_EQ(row.bytes(0).find("secret words"), std::string_view::npos);
      EXPECT_EQ(row.bytes(1).find("Sam Field"), std::string_view::npos);
    });
  });
  EXPECT_EQ(sealed_columns().size(), 2U);
}

CAIRN_EACH_ENGINE(NextSteps);

}  // namespace
}  // namespace cairn::agenda
