// SPDX-License-Identifier: Apache-2.0
#include "privacy/store_reading_log.hpp"

#include <algorithm>
#include <functional>
#include <thread>

#include "world.hpp"

namespace cairn::privacy {
namespace {

class ReadingLog : public World {
 protected:
  std::int64_t rows() {
    return read([](db::Read& r) { return r.number("select count(*) from record_look", {}); });
  }
  // Stops anything from being written into the log.
  void break_log() {
    write_as(Actor::operator_(), [](db::Write& w) { w.run("alter table record_look rename to record_look_gone", {}); });
  }
};

TEST_P(ReadingLog, HoldsEachLookAtSomebodyElsesRecord) {
  const auto grant = give_to(ash, statement(ash), {sam.account_id});
  look_as(sam, statement(ash));
  clock().advance(60);
  look_as(sam, statement(ash), Surface::print);
  const auto seen = looks(ash);
  ASSERT_EQ(seen.size(), 2U);
  EXPECT_EQ(seen[0].surface, Surface::print) << "the latest first";
  EXPECT_EQ(seen[1].surface, Surface::page);
  EXPECT_EQ(seen[0].at, clock().now());
  EXPECT_EQ(seen[0].account, sam.account_id);
  EXPECT_EQ(seen[0].role, Role::line_manager);
  EXPECT_EQ(seen[0].record_type, "lived_experience_statement");
  EXPECT_EQ(seen[0].record_id, "s1");
  EXPECT_EQ(seen[0].part, "");
  EXPECT_EQ(seen[0].action, "read");
  EXPECT_EQ(seen[0].reason, "granted");
  EXPECT_EQ(seen[0].grant, grant.text);
  EXPECT_TRUE(looks(sam).empty()) << "shown to the owner alone";
}

TEST_P(ReadingLog, LeavesOutOwnLooksAndWhatIsNotProtected) {
  EXPECT_EQ(look_as(ash, statement(ash)), "what is in s1");
  auto document = of_type(ash, "policy_document", "p1");
  EXPECT_EQ(look_as(sam, document), "what is in p1");
  EXPECT_EQ(rows(), 0);
}

TEST_P(ReadingLog, IsWrittenBeforeTheContentIsHandedOver) {
  give_to(ash, statement(ash), {sam.account_id});
  for (int i = 1; i <= 3; ++i) {
    const auto content = look_as(sam, statement(ash));
    store().reopen();  // on the disk, not in a memory
    EXPECT_EQ(rows(), i) << content;
  }
}

TEST_P(ReadingLog, ThatCannotBeWrittenStopsTheLook) {
  give_to(ash, statement(ash), {sam.account_id});
  break_log();
  std::string got = "nothing";
  EXPECT_ANY_THROW(got = look_as(sam, statement(ash)));
  EXPECT_EQ(got, "nothing");
  EXPECT_ANY_THROW(look_at_list(
      database(), {policy(), sam, asked(), Surface::list, policy::Action::list},
      [&](db::Read&) { return std::vector<Subject>{statement(ash)}; },
      [&](db::Read&, const std::vector<Subject>& seen) { return seen.size(); }));
  EXPECT_EQ(look_as(ash, statement(ash)), "what is in s1") << "their own needs no log";
}

TEST_P(ReadingLog, RefusesInTheSameWordsWhatIsNotThere) {
  const auto words = [&](const Actor& actor, const std::function<Subject(db::Read&)>& find) {
    bool was_read = false;
    try {
      look(database(), {policy(), actor, asked()}, find, [&](db::Read&) { return was_read = true; });
    } catch (const NotFound& stop) {
      EXPECT_FALSE(was_read);
      return stop.key() + stop.what();
    }
    return std::string("let in");
  };
  const auto there = [&](db::Read&) { return statement(ash); };
  const auto absent = [&](db::Read&) -> Subject { not_there("lived_experience_statement"); };
  EXPECT_EQ(words(sam, there), words(sam, absent));
  EXPECT_EQ(words(kit, there), words(kit, absent));
  EXPECT_EQ(words(Actor::anyone(), there), words(Actor::anyone(), absent));
  EXPECT_EQ(rows(), 0);
}

TEST_P(ReadingLog, AsksToSignInAnewOnlyWhereAllElseIsWell) {
  const auto plan = of_type(ash, "wellness_plan", "w1");
  write_as(ash, [&](db::Write& w) {
    give(w, policy(), plan, {{""}, {sam.account_id}, "to help", {2026, 4, 2}}, asked(true));
  });
  EXPECT_THROW(look_as(sam, plan), SignInAnew);
  EXPECT_THROW(look_as(kit, plan), NotFound);
  EXPECT_EQ(look_as(sam, plan, Surface::page, true), "what is in w1");
}

TEST_P(ReadingLog, TurnsAwayWhatWasTakenBackBetweenReadingAndLogging) {
  const auto grant = give_to(ash, statement(ash), {sam.account_id});
  const Looking looking{policy(), sam, asked()};
  const auto found = read([&](db::Read& r) {
    const auto subject = statement(ash);
    return admitted(r, looking, {&subject, 1});
  });
  EXPECT_EQ(found.subjects.size(), 1U);
  take_back_as(ash, grant);
  EXPECT_FALSE(log_looks(database(), looking, found));
  EXPECT_EQ(rows(), 0);
}

TEST_P(ReadingLog, OfAListIsMadeAnewWhereSomethingWasTakenBackMeanwhile) {
  const auto first = give_to(ash, statement(ash, "s1"), {sam.account_id});
  give_to(ash, statement(ash, "s2"), {sam.account_id});
  int made = 0;
  const auto count = look_at_list(
      database(), {policy(), sam, asked(), Surface::list, policy::Action::list},
      [&](db::Read&) { return std::vector<Subject>{statement(ash, "s1"), statement(ash, "s2")}; },
      [&](db::Read&, const std::vector<Subject>& seen) {
        if (++made == 1) std::thread([&] { take_back_as(ash, first); }).join();
        return seen.size();
      });
  EXPECT_EQ(count, 1U);
  EXPECT_EQ(made, 2);
  EXPECT_EQ(looks(ash).size(), 1U);
}

TEST_P(ReadingLog, OfAListHasARowForEachThatIsSeen) {
  give_to(ash, statement(ash, "s1"), {sam.account_id});
  give_to(ash, statement(ash, "s3"), {"", Role::line_manager, {"team", south}});
  std::vector<Subject> all;
  for (const auto* id : {"s1", "s2", "s3", "s4"}) all.push_back(statement(ash, id));
  all.push_back(statement(sam, "own"));
  all.back().owner = sam.account_id;
  const auto seen = look_at_list(
      database(), {policy(), sam, asked(), Surface::list, policy::Action::list}, [&](db::Read&) { return all; },
      [](db::Read&, const std::vector<Subject>& visible_ones) {
        std::vector<std::string> ids;
        for (const auto& one : visible_ones) ids.push_back(one.id);
        return ids;
      });
  EXPECT_EQ(seen, (std::vector<std::string>{"s1", "s3"})) << "a line manager has no statement of their own to list";
  EXPECT_EQ(looks(ash).size(), 2U);
  EXPECT_EQ(rows(), 2);
}

TEST_P(ReadingLog, IsPagedWithoutLosingAnything) {
  give_to(ash, statement(ash), {sam.account_id});
  std::vector<std::string> all;
  for (int i = 0; i < 7; ++i) {
    look_as(sam, statement(ash));
    clock().advance(1);
  }
  Id<KeptLook> before;
  for (int page = 0; page < 3; ++page)
    for (const auto& one : looks(ash, 3, before)) {
      all.push_back(one.id.text);
      before = one.id;
    }
  EXPECT_EQ(all.size(), 7U);
  EXPECT_TRUE(std::is_sorted(all.rbegin(), all.rend()));
  EXPECT_EQ(read([&](db::Read& r) { return looks_at_mine_count(r, ash, clock().now()); }), 7);
}

CAIRN_EACH_ENGINE(ReadingLog);

}  // namespace
}  // namespace cairn::privacy
