// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <fstream>
#include <sstream>

#include "db/person_keys.hpp"
#include "db/verify.hpp"
#include "policy/ways.hpp"
#include "privacy/store.hpp"
#include "privacy/store_blocks.hpp"
#include "privacy/store_conflicts.hpp"
#include "privacy/store_shield.hpp"
#include "world.hpp"

namespace cairn::privacy {
namespace {

class Barriers : public World {
 protected:
  std::string declare_as(const Actor& owner, const Treatment& treatment) {
    return write_as(owner, [&](db::Write& w) { return declare(w, treatment); });
  }
  void block_as(const Actor& owner, const Actor& whom) {
    write_as(owner, [&](db::Write& w) { block(w, whom.account_id); });
  }
  // A record that the directory lets everybody of a role within reach read, so that only barriers keep them out.
  Subject card(const Actor& owner) { return of_type(owner, "directory_card", "c1"); }
  using Reason = policy::Reason;
  Reason why_not(const Actor& actor, const Subject& subject) { return decide(actor, subject).reason; }
};

TEST_P(Barriers, ABlockBeatsEveryRoleAndGrant) {
  const auto lead = add_person("lead", {{Role::lead, {}, {}, {}}, {Role::line_manager, {"team", south}, {}, {}}});
  give_to(ash, statement(ash), {lead.account_id});
  EXPECT_TRUE(may_read(lead, statement(ash)));
  EXPECT_TRUE(may_read(lead, card(ash)));
  block_as(ash, lead);
  block_as(ash, lead);  // once is enough
  EXPECT_EQ(why_not(lead, statement(ash)), Reason::blocked);
  EXPECT_EQ(why_not(lead, card(ash)), Reason::blocked);
  EXPECT_TRUE(read([&](db::Read& r) { return grants_to(r, policy(), lead, asked()); }).empty());
  EXPECT_TRUE(may_read(ash, statement(ash)));
  EXPECT_TRUE(may_read(lead, card(sam))) << "other owners are as they were";
  EXPECT_EQ(read([&](db::Read& r) { return own_blocks(r, ash); }), std::vector<std::string>{lead.account_id});
  EXPECT_TRUE(read([&](db::Read& r) { return own_blocks(r, lead); }).empty());
  write_as(ash, [&](db::Write& w) { unblock(w, sam.account_id); });  // not on the list: nothing happens
  write_as(ash, [&](db::Write& w) { unblock(w, lead.account_id); });
  EXPECT_TRUE(may_read(lead, statement(ash)));
  EXPECT_THROW(block_as(ash, ash), NotFound);
  EXPECT_THROW(write_as(ash, [](db::Write& w) { block(w, "nobody"); }), NotFound);
}

TEST_P(Barriers, ATeamThatTreatsSeesNothingWhateverItsRoles) {
  const auto lead = add_person("lead", {{Role::lead, {}, {}, {}}, {Role::team_member, {"team", south}, {}, {}}});
  EXPECT_TRUE(may_read(lead, card(ash)));
  const auto id = declare_as(ash, {south, {2026, 1, 1}, {}});
  EXPECT_EQ(why_not(lead, card(ash)), Reason::conflict);
  EXPECT_EQ(why_not(sam, statement(ash)), Reason::conflict);
  // A grant to a role does not pass it, one to this very person does.
  give_to(ash, statement(ash), {"", Role::line_manager, {"team", south}});
  EXPECT_EQ(why_not(sam, statement(ash)), Reason::conflict);
  EXPECT_TRUE(read([&](db::Read& r) { return grants_to(r, policy(), sam, asked()); }).empty());
  give_to(ash, statement(ash), {sam.account_id});
  EXPECT_EQ(why_not(sam, statement(ash)), Reason::granted);
  EXPECT_TRUE(may_read(ash, statement(ash)));
  EXPECT_TRUE(may_read(lead, card(kit))) << "other owners are as they were";
  write_as(ash, [&](db::Write& w) { take_back_treatment(w, id); });
  EXPECT_TRUE(may_read(lead, card(ash)));
}

TEST_P(Barriers, WhoWorkedInTheTeamWhileItTreatedIsBarredAfterTheyLeft) {
  auto before = add_person(
      "before", {{Role::lead, {}, {}, {}}, {Role::team_member, {"team", south}, Date{2020, 1, 1}, Date{2023, 12, 31}}});
  auto during = add_person(
      "during", {{Role::lead, {}, {}, {}}, {Role::team_member, {"team", south}, Date{2023, 6, 1}, Date{2024, 1, 1}}});
  declare_as(ash, {south, {2024, 1, 1}, Date{2024, 6, 30}});
  EXPECT_TRUE(may_read(at_next_request(before), card(ash)));
  EXPECT_EQ(why_not(at_next_request(during), card(ash)), Reason::conflict);
  // A role that was ended, while an open treatment lasts.
  auto left = add_person("left", {{Role::lead, {}, {}, {}}, {Role::team_member, {"team", north}, {}, {}}});
  left = without_roles_in(left, north);
  declare_as(ash, {north, {2026, 3, 1}, {}});
  clock().advance(90 * 86400);
  EXPECT_EQ(why_not(at_next_request(left), card(ash)), Reason::conflict);
}

TEST_P(Barriers, JoiningATreatingTeamClosesAtOnce) {
  const auto lead = add_person("lead", {{Role::lead, {}, {}, {}}});
  declare_as(ash, {south, {2024, 1, 1}, Date{2024, 6, 30}});
  EXPECT_TRUE(may_read(lead, card(ash)));
  // In the very transaction, and for a request that began with the roles of before.
  write_as(Actor::operator_(), [&](db::Write& w) {
    accounts::give_role(w, {programme}, {lead.account_id}, {Role::team_member, {"team", south}, {}, {}});
    EXPECT_EQ(decision(w, policy(), lead, policy::Action::read, card(ash), asked()).reason, Reason::conflict);
  });
  EXPECT_EQ(why_not(lead, card(ash)), Reason::conflict);
  EXPECT_THROW(look_as(lead, card(ash)), NotFound);
  clock().advance(86400);
  const auto left = without_roles_in(lead, south);
  EXPECT_EQ(why_not(left, card(ash)), Reason::conflict) << "until the day they left is over";
  clock().advance(86400);
  EXPECT_TRUE(may_read(left, card(ash))) << "they were not there while it lasted";
}

TEST_P(Barriers, WhatIsDeclaredIsItsOwnersAlone) {
  const auto id = declare_as(ash, {south, {2024, 1, 1}, Date{2024, 6, 30}});
  declare_as(ash, {north, {2023, 1, 1}, {}});
  const auto own = read([&](db::Read& r) { return own_treatments(r, ash); });
  ASSERT_EQ(own.size(), 2U);
  EXPECT_EQ(own[0].treatment, (Treatment{north, {2023, 1, 1}, {}}));
  EXPECT_EQ(own[1].treatment, (Treatment{south, {2024, 1, 1}, Date{2024, 6, 30}}));
  EXPECT_EQ(own[1].id, id);
  EXPECT_TRUE(read([&](db::Read& r) { return own_treatments(r, sam); }).empty());
  EXPECT_THROW(write_as(sam, [&](db::Write& w) { take_back_treatment(w, id); }), NotFound);
  EXPECT_THROW(declare_as(ash, {"no team", {2024, 1, 1}, {}}), NotFound);
  EXPECT_THROW(declare_as(Actor::operator_(), {south, {2024, 1, 1}, {}}), NotFound) << "nobody declares for another";
  EXPECT_EQ(read([&](db::Read& r) { return treatments_count(r, guardian); }), 2);
}

TEST_P(Barriers, TheShieldIsUpAgainstTheOwnTeamUntilItsOwnerLowersIt) {
  const auto record = of_type(ash, "incident_or_complaint", "i1");
  auto subject = record;
  subject.assigned_as = {Role::team_member};
  const auto shielded = [&](const Actor& actor) {
    return read([&](db::Read& r) { return facts_about(r, actor, record, asked()).shielded; });
  };
  EXPECT_TRUE(shielded(kit));
  EXPECT_FALSE(shielded(sam)) << "another team";
  EXPECT_FALSE(shielded(ash));
  EXPECT_EQ(read([&](db::Read& r) { return own_shield(r, ash); }), Shield::up);
  const auto set = [&](Shield shield) { write_as(ash, [&](db::Write& w) { set_shield(w, shield); }); };
  set(Shield::up);
  set(Shield::lowered);
  set(Shield::lowered);
  EXPECT_FALSE(shielded(kit));
  EXPECT_EQ(read([&](db::Read& r) { return own_shield(r, ash); }), Shield::lowered);
  EXPECT_EQ(read([&](db::Read& r) { return own_shield(r, kit); }), Shield::up);
  set(Shield::up);
  EXPECT_TRUE(shielded(kit));
  EXPECT_EQ(read([](db::Read& r) { return r.number("select count(*) from shield_setting", {}); }), 2);
  EXPECT_TRUE(shielded(with_role(sam, {Role::team_member, {"team", north}, {}, {}})));
}

// A list, its count and its pages come from one answer; that answer is what each row says by itself.
TEST_P(Barriers, AListAgreesWithDecisionsOneByOne) {
  std::vector<Actor> owners{ash, kit, sam};
  std::vector<Actor> readers{ash, kit, sam, guardian, safety, Actor::anyone()};
  for (int i = 0; i < 4; ++i) {
    owners.push_back(
        add_person("owner" + std::to_string(i), {{Role::worker, {"team", i % 2 ? north : south}, {}, {}}}));
    readers.push_back(owners.back());
  }
  readers.push_back(add_person("lead", {{Role::lead, {}, {}, {}}, {Role::team_member, {"team", south}, {}, {}}}));
  std::vector<Subject> subjects;
  std::uint32_t dice = 7;
  const auto roll = [&](std::uint32_t sides) { return (dice = dice * 1664525u + 1013904223u) / 65536u % sides; };
  for (std::size_t o = 0; o < owners.size(); ++o) {
    if (roll(3) == 0) declare_as(owners[o], {roll(2) ? north : south, {2026, 1, 1}, {}});
    if (roll(3) == 0) {
      const auto& whom = readers[roll(5)];
      if (whom.account_id != owners[o].account_id) block_as(owners[o], whom);
    }
    if (roll(2)) write_as(owners[o], [](db::Write& w) { set_shield(w, Shield::lowered); });
    for (const auto* type : {"lived_experience_statement", "directory_card", "crisis_card", "functional_adjustment"})
      subjects.push_back(of_type(owners[o], type, std::string(type) + std::to_string(o)));
    subjects.back().assigned_as = {Role::line_manager};
    const auto& reader = readers[roll(4) + 2];
    const auto& shared = subjects[4 * o];
    if (owners[o].roles[0].role != Role::worker || reader.account_id.empty()) continue;
    if (reader.account_id == owners[o].account_id) continue;
    const auto grant = give_to(owners[o], shared, {reader.account_id});
    if (roll(4) == 0) take_back_as(owners[o], grant);
    give_to(owners[o], subjects[4 * o + 2], {"", Role::team_member, {"team", roll(2) ? north : south}});
  }
  int seen = 0;
  for (const auto& reader : readers)
    for (const auto action : policy::all_actions()) {
      const auto list = read([&](db::Read& r) { return visible(r, policy(), reader, action, subjects, asked()); });
      std::vector<std::string> listed, singly;
      for (const auto& one : list) listed.push_back(one.id);
      for (const auto& one : subjects) {
        const auto decided = decide(reader, one, action);
        if (decided.allowed) singly.push_back(one.id);
        // The ways of the policy, by which a store may also draw its list, say the same.
        const auto facts = read([&](db::Read& r) { return facts_about(r, reader, one, asked()); });
        const auto all = policy::ways(policy(), reader, one.type, action);
        EXPECT_EQ(std::any_of(all.begin(), all.end(), [&](const policy::Way& way) { return holds(way, facts); }),
                  decided.allowed);
      }
      EXPECT_EQ(listed, singly);
      seen += static_cast<int>(listed.size());
    }
  EXPECT_GT(seen, 100);
}

TEST_P(Barriers, OfWhomeverARecordTellsStandBeforeIt) {
  const auto lead = add_person("lead", {{Role::lead, {}, {}, {}}, {Role::team_member, {"team", south}, {}, {}}});
  auto record = card(kit);
  record.also_about = {ash.account_id};
  EXPECT_TRUE(may_read(lead, record));
  const auto id = declare_as(ash, {south, {2026, 1, 1}, {}});
  EXPECT_EQ(why_not(lead, record), Reason::conflict);
  EXPECT_TRUE(may_read(guardian, record));
  write_as(ash, [&](db::Write& w) { take_back_treatment(w, id); });
  block_as(ash, lead);
  EXPECT_EQ(why_not(lead, record), Reason::blocked);
}

TEST_P(Barriers, OfSomebodyErasedStayAndAListGoesOnWithoutThem) {
  const auto lead = add_person("lead", {{Role::lead, {}, {}, {}}, {Role::team_member, {"team", south}, {}, {}}});
  give_to(ash, statement(ash), {sam.account_id});
  declare_as(ash, {south, {2026, 1, 1}, {}});
  write_as(Actor::operator_(), [&](db::Write& w) { db::destroy_key(w, ash.account_id); });
  EXPECT_EQ(why_not(lead, card(ash)), Reason::conflict);
  EXPECT_TRUE(read([&](db::Read& r) { return grants_to(r, policy(), sam, asked()); }).empty());
  const std::vector<Subject> cards{card(ash), of_type(kit, "directory_card", "c2")};
  const auto seen = read([&](db::Read& r) { return visible(r, policy(), lead, policy::Action::read, cards, asked()); });
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_EQ(seen[0].id, "c2");
}

TEST_P(Barriers, OfAnotherProgrammeOpenNothing) {
  const auto other = write_as(Actor::operator_(),
                              [](db::Write& w) { return accounts::add_programme(w, "Hillside", "Europe/London"); });
  give_to(ash, statement(ash), {"", Role::line_manager, {}});
  Actor stranger = sam;
  EXPECT_TRUE(may_read(stranger, statement(ash)));
  stranger.programme_id = other.text;
  EXPECT_FALSE(may_read(stranger, statement(ash)));
  EXPECT_TRUE(read([&](db::Read& r) { return grants_to(r, policy(), stranger, asked()); }).empty());
}

TEST_P(Barriers, AreSealedAndTheFileTellsNothingOfThem) {
  const std::string canary = "canary-purpose-7f3b";
  give_to(ash, statement(ash), {sam.account_id}, {2026, 4, 2}, canary);
  const auto hidden = add_team("Hidden team");
  const auto unwanted = add_person("unwanted", {{Role::hr, {}, {}, {}}});
  const auto bytes_of_files = [&] {
    std::ostringstream bytes;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(store().settings.folder))
      if (entry.is_regular_file() && entry.file_size() > 0)
        bytes << std::ifstream(entry.path(), std::ios::binary).rdbuf();
    return bytes.str();
  };
  const auto count = [&](const std::string& what) {
    store().database.reset();  // so that everything stands in its place in one file
    const auto bytes = bytes_of_files();
    store().reopen();
    std::int64_t found = 0;
    for (auto at = bytes.find(what); at != std::string::npos; at = bytes.find(what, at + 1)) ++found;
    return found;
  };
  const auto teams_before = count(hidden);
  const auto people_before = count(unwanted.account_id);
  declare_as(ash, {hidden, {2021, 7, 19}, {}});
  block_as(ash, unwanted);
  for (const auto* sealed : {canary.c_str(), "2021-07-19"}) {
    EXPECT_EQ(bytes_of_files().find(sealed), std::string::npos) << "in the log of SQLite: " << sealed;
    EXPECT_EQ(count(sealed), 0);
  }
  if (GetParam() == tests::Engine::sqlite) {
    EXPECT_GT(teams_before, 0) << "the test reads the right files";
    EXPECT_EQ(count(hidden), teams_before);
    EXPECT_EQ(count(unwanted.account_id), people_before);
  }
  for (const auto& fault : db::verify(database(), sealed_columns())) ADD_FAILURE() << fault.where << fault.what;
}

CAIRN_EACH_ENGINE(Barriers);

}  // namespace
}  // namespace cairn::privacy
