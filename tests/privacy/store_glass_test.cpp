// SPDX-License-Identifier: Apache-2.0
#include "privacy/store_glass.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>

#include "db/verify.hpp"
#include "privacy/store.hpp"
#include "privacy/store_blocks.hpp"
#include "privacy/store_complaints.hpp"
#include "world.hpp"

namespace cairn::privacy {
namespace {

const std::string reason = "They spoke of ending their life and cannot be reached";

class Glass : public World {
 protected:
  Subject crisis_card(const Actor& owner, const std::string& id = "cc1") { return of_type(owner, "crisis_card", id); }
  Id<BrokenGlass> break_as(const Actor& actor, const Subject& subject, bool step_up = true,
                           Emergency emergency = Emergency::safeguarding) {
    return write_as(
        actor, [&](db::Write& w) { return break_glass(w, policy(), subject, {emergency, reason}, asked(step_up)); });
  }
  std::vector<BrokenGlass> about(const Actor& owner) {
    return read([&](db::Read& r) { return glass_about_me(r, owner, clock().now()); });
  }
  std::vector<BrokenGlass> to_review(const Actor& actor) {
    return glass_to_review(database(), {policy(), actor, asked(), Surface::list});
  }
  void review_as(const Actor& actor, const Id<BrokenGlass>& id) {
    write_as(actor, [&](db::Write& w) { review(w, policy(), id, Finding::not_right, "It was not needed", asked()); });
  }
  void hold_back_as(const Actor& actor, const Id<BrokenGlass>& id, Date until = {2026, 3, 17}) {
    write_as(actor, [&](db::Write& w) { hold_back(w, policy(), id, {until, "an inquiry is on"}, asked()); });
  }
  std::int64_t count(std::string_view sql) {
    return read([&](db::Read& r) { return r.number(sql, {}); });
  }
};

TEST_P(Glass, OpensOneRecordForReadingForAnHour) {
  EXPECT_FALSE(may_read(safety, crisis_card(ash)));
  break_as(safety, crisis_card(ash));
  EXPECT_EQ(decide(safety, crisis_card(ash)).reason, policy::Reason::break_glass);
  EXPECT_FALSE(may_read(safety, crisis_card(ash, "cc2"))) << "no other record";
  EXPECT_FALSE(may_read(safety, of_type(ash, "supervision_record", "cc1"))) << "nor another kind";
  for (const auto action : policy::all_actions()) {
    if (action == policy::Action::read || action == policy::Action::break_glass) continue;
    EXPECT_FALSE(decide(safety, crisis_card(ash), action, true).allowed) << policy::name(action);
  }
  const auto other = add_person("other", {{Role::safeguarding_lead, {}, {}, {}}});
  EXPECT_FALSE(may_read(other, crisis_card(ash))) << "nobody else";
  clock().advance(3599);
  EXPECT_EQ(look_as(safety, crisis_card(ash)), "what is in cc1");
  EXPECT_EQ(looks(ash).at(0).reason, "break_glass");
  clock().advance(1);
  EXPECT_FALSE(may_read(safety, crisis_card(ash)));
}

TEST_P(Glass, IsForWhomThePolicyLetsAndOnceTheySignedInAnew) {
  EXPECT_THROW(break_as(safety, crisis_card(ash), false), SignInAnew);
  EXPECT_THROW(break_as(sam, crisis_card(ash)), NotFound) << "not assigned";
  EXPECT_THROW(break_as(kit, crisis_card(ash)), NotFound);
  EXPECT_THROW(break_as(safety, statement(ash)), NotFound) << "this kind has no glass";
  write_as(ash, [&](db::Write& w) { block(w, safety.account_id); });
  EXPECT_THROW(break_as(safety, crisis_card(ash)), NotFound) << "nor past a block";
  EXPECT_EQ(count("select count(*) from broken_glass"), 0);
  EXPECT_EQ(count("select count(*) from broken_glass_notice"), 0);
}

TEST_P(Glass, TellsTheOwnerAndTheGuardianInTheSameTransaction) {
  const auto id = break_as(safety, crisis_card(ash));
  EXPECT_EQ(count("select count(*) from broken_glass_notice"), 2);
  const auto mine = about(ash);
  ASSERT_EQ(mine.size(), 1U);
  EXPECT_EQ(mine[0].id, id);
  EXPECT_EQ(mine[0].account, safety.account_id);
  EXPECT_EQ(mine[0].role, Role::safeguarding_lead);
  EXPECT_EQ(mine[0].record_type, "crisis_card");
  EXPECT_EQ(mine[0].reason, reason);
  EXPECT_EQ(mine[0].closes_at, later(clock().now(), 3600));
  EXPECT_EQ(mine[0].review_due_on, (Date{2026, 3, 10}));
  EXPECT_TRUE(about(sam).empty());
  const auto theirs = to_review(guardian);
  ASSERT_EQ(theirs.size(), 1U);
  EXPECT_EQ(theirs[0].reason, reason);
  EXPECT_TRUE(to_review(sam).empty());
  EXPECT_TRUE(to_review(safety).empty());
}

TEST_P(Glass, IsNotBrokenWhereTheNoticeCannotBeWritten) {
  write_as(Actor::operator_(),
           [](db::Write& w) { w.run("alter table broken_glass_notice rename to broken_glass_notice_gone", {}); });
  EXPECT_ANY_THROW(break_as(safety, crisis_card(ash)));
  EXPECT_EQ(count("select count(*) from broken_glass"), 0);
  EXPECT_FALSE(may_read(safety, crisis_card(ash)));
}

TEST_P(Glass, IsBrokenThreeTimesInSevenDaysAtMost) {
  for (const auto* id : {"cc1", "cc2", "cc3"}) break_as(safety, crisis_card(ash, id));
  EXPECT_THROW(break_as(safety, crisis_card(kit, "cc4")), Conflict);
  clock().advance(7 * 86400 - 1);
  EXPECT_THROW(break_as(safety, crisis_card(kit, "cc4")), Conflict);
  clock().advance(1);
  break_as(safety, crisis_card(kit, "cc4"));
}

TEST_P(Glass, IsLookedIntoOnceAndTheOwnerReadsWhatWasFound) {
  const auto id = break_as(safety, crisis_card(ash));
  EXPECT_THROW(review_as(sam, id), NotFound);
  EXPECT_THROW(review_as(safety, id), NotFound);
  EXPECT_THROW(review_as(ash, id), NotFound);
  const auto both = with_role(safety, {Role::privacy_guardian, {}, {}, {}});
  EXPECT_THROW(review_as(both, id), NotFound) << "not by whoever broke it";
  review_as(guardian, id);
  EXPECT_THROW(review_as(guardian, id), Conflict);
  EXPECT_TRUE(to_review(guardian).empty());
  ASSERT_TRUE(about(ash).at(0).review);
  EXPECT_EQ(about(ash)[0].review->finding, Finding::not_right);
  EXPECT_EQ(about(ash)[0].review->words, "It was not needed");
  for (const auto& fault : db::verify(database(), sealed_columns())) ADD_FAILURE() << fault.where << fault.what;
}

TEST_P(Glass, BrokenForSafeguardingMayBeHeldBackFromTheOwnerForFourteenDays) {
  const auto id = break_as(safety, crisis_card(ash));
  look_as(safety, crisis_card(ash));
  to_review(guardian);
  EXPECT_EQ(looks(ash).size(), 2U);
  EXPECT_THROW(hold_back_as(safety, id), NotFound);
  EXPECT_THROW(hold_back_as(sam, id), NotFound);
  EXPECT_THROW(hold_back_as(guardian, id, {2026, 3, 18}), Conflict);
  hold_back_as(guardian, id);
  EXPECT_THROW(hold_back_as(guardian, id), Conflict) << "once";
  EXPECT_TRUE(about(ash).empty());
  EXPECT_TRUE(looks(ash).empty()) << "neither the look nor the guardian's";
  EXPECT_EQ(read([&](db::Read& r) { return looks_at_mine_count(r, ash, clock().now()); }), 0);
  EXPECT_EQ(to_review(guardian).size(), 1U) << "the guardian's own clock runs on";
  clock().set(*moment_from_iso("2026-03-17T23:59:59.000Z"));
  EXPECT_TRUE(about(ash).empty());
  clock().advance(1);
  EXPECT_EQ(about(ash).size(), 1U);
  EXPECT_EQ(looks(ash).size(), 3U);
  clock().advance(86400);
  const auto other = break_as(safety, crisis_card(ash), true, Emergency::life);
  EXPECT_THROW(hold_back_as(guardian, other, {2026, 3, 20}), Conflict) << "not for another emergency";
}

TEST_P(Glass, ALookOfASafeguardingLeadMayBeHeldBackAndNoOther) {
  auto concern = of_type(ash, "safeguarding_concern", "k1");
  look_as(safety, concern, Surface::page, true);
  give_to(ash, statement(ash), {sam.account_id});
  look_as(sam, statement(ash));
  const auto all = looks(ash);
  ASSERT_EQ(all.size(), 2U);
  const auto of_safety = all[0].account == safety.account_id ? all[0].id : all[1].id;
  const auto of_sam = all[0].account == sam.account_id ? all[0].id : all[1].id;
  const auto back = [&](const Actor& actor, const Id<KeptLook>& id, Date until) {
    write_as(actor, [&](db::Write& w) { hold_back(w, id, {until, "an inquiry is on"}); });
  };
  EXPECT_THROW(back(sam, of_safety, {2026, 3, 17}), NotFound);
  EXPECT_THROW(back(safety, of_safety, {2026, 3, 17}), NotFound);
  EXPECT_THROW(back(guardian, of_sam, {2026, 3, 17}), NotFound);
  EXPECT_THROW(back(guardian, of_safety, {2026, 3, 18}), Conflict);
  back(guardian, of_safety, {2026, 3, 17});
  EXPECT_THROW(back(guardian, of_safety, {2026, 3, 16}), Conflict) << "once";
  ASSERT_EQ(looks(ash).size(), 1U);
  EXPECT_EQ(looks(ash)[0].account, sam.account_id);
  EXPECT_THROW(read([&](db::Read& r) { return look_at_mine(r, ash, of_safety, clock().now()); }), NotFound);
  clock().set(*moment_from_iso("2026-03-18T00:00:00.000Z"));
  EXPECT_EQ(looks(ash).size(), 2U);
  for (const auto& fault : db::verify(database(), sealed_columns())) ADD_FAILURE() << fault.where << fault.what;
}

TEST_P(Glass, ALookThatWasNotRightIsAnsweredByTheGuardian) {
  give_to(ash, statement(ash), {sam.account_id});
  look_as(sam, statement(ash));
  const auto look_id = looks(ash).at(0).id;
  const auto complain_as = [&](const Actor& actor) {
    return write_as(actor, [&](db::Write& w) { return complain(w, look_id, "Sam had no need to"); });
  };
  const auto answer_as = [&](const Actor& actor, const Id<Complaint>& id) {
    write_as(actor, [&](db::Write& w) { answer(w, policy(), id, "You are right", asked()); });
  };
  const auto waiting = [&](const Actor& actor) {
    return open_complaints(database(), {policy(), actor, asked(), Surface::list});
  };
  EXPECT_THROW(complain_as(sam), NotFound) << "not about them";
  const auto id = complain_as(ash);
  EXPECT_THROW(complain_as(ash), Conflict) << "once for each look";
  EXPECT_TRUE(waiting(sam).empty());
  const auto open = waiting(guardian);
  ASSERT_EQ(open.size(), 1U);
  EXPECT_EQ(open[0].words, "Sam had no need to");
  EXPECT_EQ(open[0].look, look_id);
  EXPECT_EQ(open[0].due_on, (Date{2026, 3, 10}));
  EXPECT_FALSE(open[0].answer);
  EXPECT_THROW(answer_as(sam, id), NotFound);
  EXPECT_THROW(answer_as(ash, id), NotFound);
  EXPECT_THROW(answer_as(with_role(sam, {Role::privacy_guardian, {}, {}, {}}), id), NotFound) << "not by the reader";
  answer_as(guardian, id);
  EXPECT_THROW(answer_as(guardian, id), Conflict);
  EXPECT_TRUE(waiting(guardian).empty());
  const auto own = read([&](db::Read& r) { return own_complaints(r, ash); });
  ASSERT_EQ(own.size(), 1U);
  ASSERT_TRUE(own[0].answer);
  EXPECT_EQ(own[0].answer->words, "You are right");
  EXPECT_EQ(own[0].answer->by, guardian.account_id);
  for (const auto& fault : db::verify(database(), sealed_columns())) ADD_FAILURE() << fault.where << fault.what;
}

TEST_P(Glass, KeepsItsWordsOutOfTheFiles) {
  const auto id = break_as(safety, crisis_card(ash));
  hold_back_as(guardian, id);
  review_as(guardian, id);
  give_to(ash, statement(ash), {sam.account_id});
  look_as(sam, statement(ash));
  const auto seen = looks(ash).at(0).id;
  const auto complaint = write_as(ash, [&](db::Write& w) { return complain(w, seen, "Sam had no need to"); });
  write_as(guardian, [&](db::Write& w) { answer(w, policy(), complaint, "You are right", asked()); });
  const auto files = [&] {
    std::ostringstream bytes;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(store().settings.folder))
      if (entry.is_regular_file() && entry.file_size() > 0)
        bytes << std::ifstream(entry.path(), std::ios::binary).rdbuf();
    return bytes.str();
  };
  const auto with_log = files();
  store().database.reset();
  const auto all = with_log + files();
  store().reopen();
  if (GetParam() == tests::Engine::sqlite) {
    EXPECT_NE(all.find("crisis_card"), std::string::npos) << "the right files";
  }
  for (const auto* words :
       {reason.c_str(), "an inquiry is on", "It was not needed", "Sam had no need", "You are right"})
    EXPECT_EQ(all.find(words), std::string::npos) << words;
  for (const auto& fault : db::verify(database(), sealed_columns())) ADD_FAILURE() << fault.where << fault.what;
}

CAIRN_EACH_ENGINE(Glass);

}  // namespace
}  // namespace cairn::privacy
