// SPDX-License-Identifier: Apache-2.0
#include "privacy/store_grants.hpp"

#include <atomic>
#include <thread>

#include "world.hpp"

namespace cairn::privacy {
namespace {

class Grants : public World {
 protected:
  std::vector<std::string> ids(const std::vector<KeptGrant>& grants) {
    std::vector<std::string> all;
    for (const auto& one : grants) all.push_back(one.id.text);
    return all;
  }
  std::vector<KeptGrant> given_by(const Actor& owner) {
    return read([&](db::Read& r) { return own_grants(r, owner, clock().now()); });
  }
  std::vector<KeptGrant> given_to(const Actor& reader) {
    return read([&](db::Read& r) { return grants_to(r, policy(), reader, asked()); });
  }
};

TEST_P(Grants, OpenARecordToOnePersonAndNobodyElse) {
  EXPECT_FALSE(may_read(sam, statement(ash)));
  const auto grant = give_to(ash, statement(ash), {sam.account_id});
  const auto decided = decide(sam, statement(ash));
  EXPECT_TRUE(decided.allowed);
  EXPECT_EQ(decided.reason, policy::Reason::granted);
  EXPECT_EQ(decided.grant, grant.text);
  EXPECT_FALSE(may_read(kit, statement(ash)));
  EXPECT_FALSE(may_read(sam, statement(ash, "s2"))) << "another record of theirs";
  EXPECT_FALSE(may_read(sam, statement(kit))) << "another owner's record of the same id";
  EXPECT_FALSE(decide(sam, statement(ash), policy::Action::amend).allowed) << "to look, never to change";
  EXPECT_FALSE(decide(sam, statement(ash), policy::Action::share).allowed) << "nor to pass on";
}

TEST_P(Grants, OpenOnlyThePartsTheyName) {
  auto why = of_type(ash, "functional_adjustment", "f1");
  give_to(ash, why, {with_role(sam, {Role::lead, {}, {}, {}}).account_id});
  why.part = "why";
  EXPECT_FALSE(may_read(at_next_request(sam), why));
  EXPECT_TRUE(may_read(at_next_request(sam), of_type(ash, "functional_adjustment", "f1")));
}

TEST_P(Grants, ToARoleReachWhoeverHoldsItThereOrInsideIt) {
  struct Case {
    Reach granted, held;
    bool opens;
  };
  const std::vector<Case> cases{
      {{"team", south}, {"team", south}, true},
      {{"team", south}, {"team", north}, false},
      {{"team", south}, {"programme", ""}, false},  // for more than the place
      {{"service", service}, {"team", south}, true},
      {{"organisation", organisation}, {"team", south}, true},
      {{"organisation", organisation}, {"service", service}, true},
      {{"service", service}, {"organisation", organisation}, false},
      {{"programme", ""}, {"team", south}, true},
      {{"programme", ""}, {"programme", ""}, true},
  };
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const auto record = statement(ash, "s" + std::to_string(i));
    give_to(ash, record, {"", Role::line_manager, cases[i].granted});
    Actor reader = sam;
    reader.roles = {{Role::line_manager, cases[i].held, {}, {}}};
    EXPECT_EQ(may_read(reader, record), cases[i].opens) << i;
    reader.roles = {{Role::hr, cases[i].held, {}, {}}};
    EXPECT_FALSE(may_read(reader, record)) << i << ": another role";
  }
}

TEST_P(Grants, EndWithTheirLastDay) {
  const auto grant = give_to(ash, statement(ash), {sam.account_id}, {2026, 4, 2});
  const auto end = *moment_from_iso("2026-04-02T23:00:00.000Z");  // midnight in summer time
  clock().set(later(end, -1));
  EXPECT_TRUE(may_read(sam, statement(ash)));
  EXPECT_EQ(given_to(sam).size(), 1U);
  clock().set({end.milliseconds - 1});
  EXPECT_TRUE(may_read(sam, statement(ash)));
  clock().set(end);
  EXPECT_FALSE(may_read(sam, statement(ash)));
  clock().set(later(end, 1));
  EXPECT_FALSE(may_read(sam, statement(ash)));
  EXPECT_TRUE(given_to(sam).empty());
  EXPECT_EQ(given_by(ash).at(0).standing, policy::Standing::expired);
  EXPECT_THROW(write_as(ash, [&](db::Write& w) { extend(w, grant, {2026, 6, 1}); }), Conflict);
}

TEST_P(Grants, AreNotOpenedByAClockThatIsSetBack) {
  give_to(ash, statement(ash), {sam.account_id}, {2026, 4, 2});
  clock().advance(-59);
  EXPECT_TRUE(may_read(sam, statement(ash)));
  clock().advance(-10 * 365 * 86400);
  EXPECT_FALSE(may_read(sam, statement(ash)));
  EXPECT_TRUE(given_to(sam).empty());
}

TEST_P(Grants, AreExtendedWhileTheyLast) {
  const auto grant = give_to(ash, statement(ash), {sam.account_id}, {2026, 3, 4});
  write_as(ash, [&](db::Write& w) { extend(w, grant, {2026, 5, 1}); });
  clock().set(*moment_from_iso("2026-04-30T12:00:00.000Z"));
  EXPECT_TRUE(may_read(sam, statement(ash)));
  write_as(ash, [&](db::Write& w) { extend(w, grant, {2026, 4, 30}); });  // or shortened
  clock().set(*moment_from_iso("2026-05-01T01:00:00.000Z"));
  EXPECT_FALSE(may_read(sam, statement(ash)));
  EXPECT_EQ(read([](db::Read& r) { return r.number("select count(*) from consent_grant_term", {}); }), 3)
      << "nothing is overwritten";
}

TEST_P(Grants, AreTakenBackAtOnceAndForGood) {
  const auto grant = give_to(ash, statement(ash), {sam.account_id});
  EXPECT_EQ(look_as(sam, statement(ash)), "what is in s1");
  take_back_as(ash, grant);
  EXPECT_FALSE(may_read(sam, statement(ash)));
  EXPECT_THROW(look_as(sam, statement(ash)), NotFound);
  EXPECT_TRUE(given_to(sam).empty());
  take_back_as(ash, grant);  // again: nothing changes
  EXPECT_THROW(write_as(ash, [&](db::Write& w) { extend(w, grant, {2026, 6, 1}); }), NotFound);
  const auto kept = given_by(ash);
  ASSERT_EQ(kept.size(), 1U);
  EXPECT_EQ(kept[0].standing, policy::Standing::revoked);
  EXPECT_EQ(kept[0].taken_back_at, clock().now());
}

TEST_P(Grants, AreTheirOwnersAlone) {
  const auto grant = give_to(ash, statement(ash), {sam.account_id});
  EXPECT_THROW(take_back_as(sam, grant), NotFound);
  EXPECT_THROW(write_as(kit, [&](db::Write& w) { extend(w, grant, {2026, 6, 1}); }), NotFound);
  EXPECT_THROW(give_to(sam, statement(ash), {kit.account_id}), NotFound) << "not theirs to share";
  EXPECT_THROW(give_to(ash, statement(ash), {"nobody"}), NotFound);
  EXPECT_THROW(give_to(ash, statement(ash), {"", Role::hr, {"team", "none"}}), NotFound);
  EXPECT_THROW(give_to(ash, of_type(ash, "benefits_figures", "b1"), {sam.account_id}), NotFound) << "never shared";
  EXPECT_THROW(give_to(ash, of_type(ash, "wellness_plan", "w1"), {sam.account_id}), SignInAnew);
  EXPECT_TRUE(given_by(sam).empty());
  EXPECT_TRUE(may_read(sam, statement(ash)));
}

TEST_P(Grants, TellTheirOwnerAndTheirReaderWhy) {
  const auto first = give_to(ash, statement(ash), {sam.account_id}, {2026, 4, 2}, "so that ünderstanding grows");
  clock().advance(60);
  const auto second = give_to(ash, statement(ash, "s2"), {"", Role::line_manager, {"team", south}});
  const auto mine = given_by(ash);
  EXPECT_EQ(ids(mine), (std::vector<std::string>{second.text, first.text}));
  EXPECT_EQ(mine[1].purpose, "so that ünderstanding grows");
  EXPECT_EQ(mine[1].parts, std::vector<std::string>{""});
  EXPECT_EQ(mine[1].until, (Date{2026, 4, 2}));
  EXPECT_EQ(mine[0].to, (Grantee{"", Role::line_manager, {"team", south}}));
  const auto theirs = given_to(sam);
  EXPECT_EQ(ids(theirs), ids(mine));
  EXPECT_EQ(theirs[1].purpose, "so that ünderstanding grows");
  EXPECT_TRUE(given_to(kit).empty());
  EXPECT_TRUE(given_to(ash).empty());
  const auto about =
      read([&](db::Read& r) { return own_grants_about(r, ash, "lived_experience_statement", "s2", clock().now()); });
  EXPECT_EQ(ids(about), std::vector<std::string>{second.text});
}

// Every look that begins after taking back was answered finds nothing, while others read all the time.
TEST_P(Grants, TakenBackWhileOthersRead) {
  const int rounds = 300;
  std::atomic<int> round{-1};       // readers look at the record of this number
  std::atomic<int> taken_back{-1};  // and this one's grant is gone
  std::atomic<int> looked{0}, late{0};
  std::vector<std::thread> readers;
  for (int i = 0; i < 3; ++i)
    readers.emplace_back([&] {
      while (round < rounds) {
        const int now = round;
        if (now < 0) continue;
        const bool is_gone = taken_back >= now;
        try {
          look_as(sam, statement(ash, "r" + std::to_string(now)));
          (is_gone ? late : looked)++;
        } catch (const NotFound&) {
        }
      }
    });
  for (int i = 0; i < rounds; ++i) {
    const auto grant = give_to(ash, statement(ash, "r" + std::to_string(i)), {sam.account_id});
    round = i;
    const int before = looked;
    while (looked == before) std::this_thread::yield();
    take_back_as(ash, grant);
    taken_back = i;
    EXPECT_THROW(look_as(sam, statement(ash, "r" + std::to_string(i))), NotFound);
  }
  round = rounds;
  for (auto& reader : readers) reader.join();
  EXPECT_EQ(late, 0);
  EXPECT_GE(looked, rounds);
}

CAIRN_EACH_ENGINE(Grants);

}  // namespace
}  // namespace cairn::privacy
