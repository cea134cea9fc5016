// SPDX-License-Identifier: Apache-2.0
#include "policy/policy.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>

#include "shipped_policy.hpp"

namespace cairn::policy {
namespace {

using tests::shipped_policy;

Actor with(Role role, Reach reach = {}) {
  return {"account", "programme", {{role, std::move(reach), {}, {}}}};
}

const Facts nothing_known{};

Facts everything_known() {
  Facts facts{true, {}, true, true};
  facts.team = facts.step_up = facts.protocol = facts.two_people = true;
  return facts;
}
const Facts all_known = everything_known();

bool may(Role role, std::string_view record, Action action, const Facts& facts = all_known) {
  return shipped_policy().decide(with(role), record, action, facts).allowed;
}

// What from_toml says against a text, "" where it takes it.
std::string refusal(const std::string& toml) {
  try {
    Policy::from_toml(toml);
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "";
}

const std::string tea = "[[record]]\nname = \"tea\"\nsays = \"Tea.\"\n[record.allow]\n";

const std::string leaf =
    "[[record.part]]\nname = \"leaf\"\nsays = \"Its leaf.\"\n[record.part.allow]\nread = [\"hr\"]\n";

// The kind "tea", which a lead may read, with more lines about the kind itself.
std::string with_more(const std::string& lines) {
  return "[[record]]\nname = \"tea\"\nsays = \"Tea.\"\n" + lines + "[record.allow]\nread = [\"lead\"]\n";
}

TEST(PolicyTable, RefusesWordsItDoesNotKnow) {
  const std::vector<std::pair<std::string, std::string>> table{
      {tea + "read = [\"lead:reach\"]\n", ""},
      {tea + "drink = [\"lead\"]\n", "\"drink\" is no action"},
      {tea + "read = [\"queen\"]\n", "\"queen\" is no role"},
      {tea + "read = [\"lead:sometimes\"]\n", "\"lead:sometimes\" is not understood"},
      {tea + "read = [\"lead\", \"lead\"]\n", "has \"lead\" twice"},
      {tea + "read = [\"signed_in:own\", \"lead:own\"]\n", "\"lead:own\" is not understood, or stands twice"},
      {tea + "read = [\"lead:own\", \"lead:reach\"]\n", ""},
      {tea + "read = []\n", "\"read\" is empty"},
      {tea + "read = \"lead\"\n", "\"read\" must be a list"},
      {tea, "says nothing about anybody"},
      {tea + "read = [\"lead:reach+step_up+protocol+two_people+state=hot\"]\n", ""},
      {tea + "read = [\"lead:reach+own\"]\n", "\"lead:reach+own\" is not understood"},
      {tea + "read = [\"lead:step_up+step_up\"]\n", "is not understood"},
      {tea + "read = [\"lead:state=hot+state=cold\"]\n", "is not understood"},
      {tea + "read = [\"lead:state=\"]\n", "is not understood"},
      {tea + "read = [\"lead:luck\"]\n", "\"lead:luck\" is not understood"},
      {tea + "read = [\"lead\"]\n[record.needs]\nread = [\"hr:grant\"]\n", "\"needs\" is not known here"},
      {with_more("barriers = [\"wall\"]\n"), "\"wall\" is no barrier"},
      {with_more("shield_spares = [\"lead\"]\n"), "there is no shield before \"tea\""},
      {with_more("barriers = [\"shield\"]\nshield_spares = [\"queen\"]\n"), "\"queen\" is no role"},
      {with_more("barriers = [\"shield\"]\nshield_spares = [\"hr\"]\n"), "the shield stops no hr here"},
      {tea + "read = [\"hr:granted\"]\nshare = [\"worker:own\"]\n", "what can be granted must be logged"},
      {with_more("logged = true\n") + "amend = [\"hr:granted\"]\nshare = [\"worker:own\"]\n",
       "a grant lets nobody do more than list and read"},
      {with_more("logged = true\n") + "list = [\"hr:granted\"]\n", "a row by which an owner may share"},
      {with_more("logged = true\n") + "break_glass = [\"hr:reach\"]\n", "the glass breaks only with \"step_up\""},
      {with_more("logged = true\n") + "break_glass = [\"hr:own+step_up\"]\n",
       "nobody breaks the glass of what they may see"},
      {tea + "break_glass = [\"hr:reach+step_up\"]\n", "looks must be logged"},
      {tea + "read = [\"lead\"]\n" + leaf + leaf, "a part's name is small letters and underscores, and stands once"},
      {tea + "read = [\"lead\"]\n" + tea + "list = [\"lead\"]\n", "\"tea\" has two tables"},
      {"[[record]]\nname = \"tea\"\n[record.allow]\nread = [\"lead\"]\n", "\"says\" is missing"},
      {"[[record]]\nname = \"Tea Time\"\nsays = \"x\"\n[record.allow]\nread = [\"lead\"]\n",
       "small letters and underscores"},
      {tea + "read = [\"lead\"]\n[record.alow]\nread = [\"lead\"]\n", "\"alow\" is not known here"},
      {"", "names no record"},
      {"record = 1", "must be tables"},
      {"[[record", "is not TOML"},
  };
  for (const auto& [toml, said] : table) {
    const auto got = refusal(toml);
    if (said.empty()) {
      EXPECT_EQ(got, "") << toml;
    }
    EXPECT_NE(got.find(said), std::string::npos) << toml << "\n" << got;
  }
}

TEST(PolicyTable, TellsEveryFaultAtOnce) {
  const auto said = refusal(tea + "drink = [\"lead\"]\nread = [\"queen\", \"lead:never\"]\n");
  EXPECT_NE(said.find("drink"), std::string::npos);
  EXPECT_NE(said.find("queen"), std::string::npos);
  EXPECT_NE(said.find("never"), std::string::npos);
}

TEST(PolicyTable, NamesItsActionsBothWays) {
  for (const Action action : all_actions()) EXPECT_EQ(action_from_name(name(action)), action);
  EXPECT_EQ(all_actions().size(), 9U);
  EXPECT_EQ(name(Action::export_), "export");
  EXPECT_FALSE(action_from_name("delete"));
}

TEST(PolicyDecision, DeniesWhatNoRowAllows) {
  const Policy policy = Policy::from_toml(tea + "read = [\"lead\"]\n");
  EXPECT_TRUE(policy.decide(with(Role::lead), "tea", Action::read, nothing_known).allowed);
  EXPECT_FALSE(policy.decide(with(Role::lead), "tea", Action::create, all_known).allowed);
  EXPECT_FALSE(policy.decide(with(Role::lead), "coffee", Action::read, all_known).allowed);
  EXPECT_FALSE(policy.decide(with(Role::worker), "tea", Action::read, all_known).allowed);
  EXPECT_FALSE(policy.decide(Actor::anyone(), "tea", Action::read, all_known).allowed);
  EXPECT_FALSE(policy.decide(Actor::operator_(), "tea", Action::read, all_known).allowed);
  EXPECT_FALSE(policy.decide(Actor{}, "tea", Action::read, all_known).allowed);
  EXPECT_EQ(policy.decide(with(Role::lead), "coffee", Action::read, all_known).reason, Reason::no_row);
  EXPECT_EQ(policy.decide(with(Role::worker), "tea", Action::read, all_known).reason, Reason::not_role);
}

TEST(PolicyDecision, HoldsEachCondition) {
  const Policy policy =
      Policy::from_toml(tea + "read = [\"lead:reach\"]\namend = [\"lead:own\"]\nshare = [\"lead:assigned\"]\n");
  struct Case {
    Action action;
    Facts facts;
    bool allowed;
  };
  const std::vector<Case> table{{Action::read, {true, {}, false, false}, true},
                                {Action::read, {false, {}, true, true}, false},
                                {Action::amend, {false, {}, true, false}, true},
                                {Action::amend, {true, {}, false, true}, false},
                                {Action::share, {false, {}, false, true}, true},
                                {Action::share, {true, {}, true, false}, false},
                                {Action::read, nothing_known, false},
                                {Action::amend, nothing_known, false},
                                {Action::share, nothing_known, false}};
  for (const auto& [action, facts, allowed] : table) {
    EXPECT_EQ(policy.decide(with(Role::lead), "tea", action, facts).allowed, allowed) << name(action);
  }
  EXPECT_EQ(policy.decide(with(Role::lead), "tea", Action::read, all_known).reason, Reason::reach);
  EXPECT_EQ(policy.decide(with(Role::lead), "tea", Action::amend, all_known).reason, Reason::own);
}

TEST(PolicyDecision, NeverLendsTheReachOfOneRoleToAnother) {
  const Policy policy =
      Policy::from_toml(tea + "amend = [\"lead:reach\"]\nread = [\"lead:reach\", \"commissioner:reach\"]\n");
  const Actor both{"account",
                   "programme",
                   {{Role::lead, {"organisation", "a"}, {}, {}}, {Role::commissioner, {"organisation", "b"}, {}, {}}}};
  const Facts in_a{false, {{"organisation", "a"}, {"programme", ""}}, false, false};
  const Facts in_b{false, {{"organisation", "b"}, {"programme", ""}}, false, false};
  EXPECT_TRUE(policy.decide(both, "tea", Action::amend, in_a).allowed);
  EXPECT_FALSE(policy.decide(both, "tea", Action::amend, in_b).allowed);
  EXPECT_TRUE(policy.decide(both, "tea", Action::read, in_b).allowed);
  EXPECT_EQ(policy.decide(both, "tea", Action::read, in_b).role, Role::commissioner);
  EXPECT_TRUE(policy.decide(with(Role::lead), "tea", Action::amend, in_b).allowed) << "a lead of the whole programme";
}

TEST(PolicyDecision, LetsEverybodyInWhereARowIsForAnyone) {
  const Policy policy = Policy::from_toml(tea + "read = [\"anyone\"]\n");
  for (const Actor& actor : {Actor::anyone(), Actor::operator_(), with(Role::lead), Actor{}}) {
    EXPECT_TRUE(policy.decide(actor, "tea", Action::read, nothing_known).allowed);
  }
}

TEST(PolicyDecision, GivesTheRolesOfARowOnceEachAndInOrder) {
  const Policy policy =
      Policy::from_toml(tea + "read = [\"administrator\", \"lead:own\", \"lead:reach\", \"anyone\"]\n");
  EXPECT_EQ(policy.roles("tea", Action::read), (std::vector<Role>{Role::anyone, Role::lead, Role::administrator}));
  EXPECT_TRUE(policy.roles("tea", Action::create).empty());
  EXPECT_TRUE(policy.knows("tea"));
  EXPECT_FALSE(policy.knows("coffee"));
  EXPECT_EQ(policy.says("tea"), "Tea.");
  EXPECT_EQ(policy.says("coffee"), "");
}

TEST(PolicyDecision, NeverSaysYesWithFewerFactsWhereItSaidNoWithMore) {
  const std::vector<Facts> growing{
      nothing_known, {true, {}, false, false}, {true, {}, true, false}, {true, {}, true, true}, all_known};
  for (const auto& record : shipped_policy().records()) {
    for (const Action action : all_actions()) {
      for (int role = 0; role <= static_cast<int>(Role::administrator); ++role) {
        bool before = false;
        for (const auto& facts : growing) {
          const bool now = shipped_policy().decide(with(static_cast<Role>(role)), record, action, facts).allowed;
          EXPECT_TRUE(now || !before) << record << " " << name(action);
          before = now;
        }
      }
    }
  }
}

TEST(CarriedPolicy, SignedInStandsForEveryRoleButThree) {
  EXPECT_EQ(signed_in.size(), 21U);
  const std::set<Role> roles(signed_in);
  EXPECT_EQ(roles.size(), 21U);
  for (const Role role : {Role::anyone, Role::operator_, Role::respondents}) EXPECT_FALSE(roles.contains(role));
  const auto told = shipped_policy().roles("today", Action::read);
  EXPECT_EQ(std::set<Role>(told.begin(), told.end()), roles);
}

TEST(CarriedPolicy, HasARowForEveryKindOfRecord) {
  for (const auto* record : {"public_page",
                             "own_session",
                             "own_account",
                             "today",
                             "study",
                             "inventory_comparison",
                             "site_report",
                             "next_step",
                             "report_feedback",
                             "response",
                             "response_import",
                             "programme",
                             "organisation_structure",
                             "account",
                             "held_role",
                             "health",
                             "letter",
                             "backup",
                             "content_page",
                             "who_can_see",
                             "journal_metadata",
                             "directory_card",
                             "employment_file",
                             "application",
                             "lived_experience_statement",
                             "wellness_plan",
                             "crisis_card",
                             "occupational_health_report",
                             "functional_adjustment",
                             "check_disclosure",
                             "check_decision",
                             "supervision_record",
                             "reflective_note",
                             "line_management_note",
                             "training_record",
                             "person_supported_identity",
                             "contact_note",
                             "safeguarding_concern",
                             "incident_or_complaint",
                             "conflict_marker",
                             "consent_grant",
                             "hopes_and_fears_text",
                             "transcript_identifiable",
                             "transcript_pseudonymised",
                             "programme_report",
                             "accesses_to_me",
                             "configuration"}) {
    EXPECT_TRUE(shipped_policy().knows(record)) << record;
    EXPECT_FALSE(shipped_policy().says(record).empty()) << record;
  }
}

TEST(CarriedPolicy, DecidesForEachRoleOnTheRecordsInUse) {
  struct Case {
    std::string_view record;
    Action action;
    std::set<Role> allowed;
  };
  using enum Role;
  const std::set<Role> readers_of_totals{lead,       worker,       line_manager,     supervisor,
                                         hr,         team_member,  sponsor,          commissioner,
                                         researcher, partner_lead, privacy_guardian, operator_};
  const std::set<Role> everybody_signed_in(signed_in);
  const std::vector<Case> table{
      {"study", Action::read, readers_of_totals},
      {"study", Action::create, {lead, researcher, operator_}},
      {"study", Action::amend, {lead, researcher}},
      {"study", Action::erase, {}},
      {"response", Action::create, {respondents, operator_}},
      {"response", Action::read, {}},
      {"response", Action::list, {}},
      {"response", Action::export_, {}},
      {"response_import", Action::create, {lead, researcher, operator_}},
      {"inventory_comparison", Action::read, readers_of_totals},
      {"inventory_comparison", Action::export_, {lead, researcher, partner_lead, operator_}},
      {"inventory_comparison", Action::create, {}},
      {"site_report", Action::read, readers_of_totals},
      {"site_report", Action::create, {lead, researcher, partner_lead, operator_}},
      {"site_report", Action::share, {lead, partner_lead}},
      {"next_step", Action::create, {lead, partner_lead}},
      {"next_step", Action::amend, everybody_signed_in},
      {"today", Action::read, everybody_signed_in},
      {"help_contacts", Action::amend, {lead}},
      {"raised_concern", Action::list, everybody_signed_in},
      {"raised_concern", Action::read, {}},
      {"report_feedback", Action::read, {lead, researcher}},
      {"health", Action::read, {administrator, operator_}},
      {"letter", Action::list, {lead, administrator}},
      {"letter", Action::read, {lead}},
      {"letter", Action::create, {lead, administrator}},
      {"letter", Action::amend, {lead, administrator}},
      {"programme_words", Action::list, {lead}},
      {"programme_words", Action::read, {lead}},
      {"programme_words", Action::amend, {lead}},
      {"language_choice", Action::amend, {anyone}},
      {"backup", Action::create, {operator_}},
      {"account", Action::create, {administrator, operator_}},
      {"account", Action::erase, {administrator, lead}},
      {"account_invitation", Action::create, {administrator, lead}},
      {"account_link", Action::create, {anyone}},
      {"lost_second_step", Action::amend, {administrator, lead}},
      {"held_role", Action::amend, {lead}},
      {"journal_metadata", Action::read, {privacy_guardian}},
      {"own_session", Action::create, {anyone}},
  };
  for (const auto& [record, action, allowed] : table) {
    const auto roles = shipped_policy().roles(record, action);
    EXPECT_EQ(std::set<Role>(roles.begin(), roles.end()), allowed) << record << " " << name(action);
  }
}

TEST(CarriedPolicy, LeavesTheStoreAndItsKeysToTheOperator) {
  for (const auto* record : {"store_upkeep", "master_key", "backup"})
    for (const Action action : all_actions())
      for (const Role role : shipped_policy().roles(record, action))
        EXPECT_TRUE(role == Role::operator_ ||
                    (record == std::string_view("backup") && role == Role::administrator && action == Action::list))
            << record << " " << name(action) << " " << cairn::name(role);
  EXPECT_TRUE(may(Role::operator_, "store_upkeep", Action::create));
  EXPECT_TRUE(may(Role::operator_, "master_key", Action::erase));
}

TEST(CarriedPolicy, AsksForReachAndOwnershipWhereItMust) {
  EXPECT_FALSE(may(Role::lead, "inventory_comparison", Action::read, nothing_known));
  EXPECT_FALSE(may(Role::lead, "site_report", Action::create, nothing_known));
  EXPECT_FALSE(may(Role::worker, "next_step", Action::amend, {true, {}, false, true}));
  EXPECT_TRUE(may(Role::worker, "next_step", Action::amend, {false, {}, true, false}));
}

TEST(CarriedPolicy, ShowsAGrantToWhoeverMayBeGivenOne) {
  const auto& policy = shipped_policy();
  for (const Action action : {Action::list, Action::read}) {
    const auto shown = policy.rules("consent_grant", "", action);
    for (const Rule& rule : policy.rules()) {
      if (rule.condition != Condition::granted) continue;
      EXPECT_TRUE(
          std::any_of(shown.begin(), shown.end(),
                      [&](const Rule& one) { return one.role == rule.role && one.condition == Condition::granted; }))
          << cairn::name(rule.role) << " may be granted " << rule.record << " and is not told why";
    }
  }
}

// Records that hold what people wrote, answered or were told.
const std::vector<std::string_view> content_records{"response",
                                                    "employment_file",
                                                    "application",
                                                    "application_scores",
                                                    "lived_experience_statement",
                                                    "wellness_plan",
                                                    "crisis_card",
                                                    "occupational_health_report",
                                                    "functional_adjustment",
                                                    "check_disclosure",
                                                    "check_decision",
                                                    "supervision_record",
                                                    "reflective_note",
                                                    "line_management_note",
                                                    "training_record",
                                                    "person_supported_identity",
                                                    "contact_note",
                                                    "safeguarding_concern",
                                                    "incident_or_complaint",
                                                    "conflict_marker",
                                                    "consent_grant",
                                                    "hopes_and_fears_text",
                                                    "hopes_and_fears_themes",
                                                    "transcript_identifiable",
                                                    "transcript_pseudonymised",
                                                    "report_feedback"};

TEST(CarriedPolicy, LetsNeitherOperatorNorAdministratorReadContent) {
  for (const auto record : content_records) {
    ASSERT_TRUE(shipped_policy().knows(record)) << record;
    for (const Action action :
         {Action::list, Action::read, Action::amend, Action::share, Action::export_, Action::break_glass}) {
      EXPECT_FALSE(may(Role::operator_, record, action)) << record << " " << name(action);
      EXPECT_FALSE(may(Role::administrator, record, action)) << record << " " << name(action);
    }
  }
  for (const auto record : {"inventory_comparison", "site_report", "study", "programme_report"}) {
    EXPECT_FALSE(may(Role::administrator, record, Action::read)) << record;
  }
}

TEST(CarriedPolicy, LeavesWhatIsOnesOwnToOneself) {
  for (const auto record :
       {"lived_experience_statement", "happy_to_draw_on", "wellness_plan", "crisis_card", "reflective_note"}) {
    for (const Rule& rule : shipped_policy().rules()) {
      if (rule.record != record) continue;
      const bool is_looked_at = rule.action == Action::list || rule.action == Action::read;
      EXPECT_TRUE(rule.condition == Condition::own || rule.action == Action::break_glass ||
                  (is_looked_at && (rule.condition == Condition::granted || rule.role == Role::panel_member)))
          << record << " " << name(rule.action) << " " << cairn::name(rule.role);
    }
  }
}

TEST(CarriedPolicy, LetsSomebodyNotSignedInDoOnlyWhatIsForEverybody) {
  for (const Rule& rule : shipped_policy().rules()) {
    if (rule.role != Role::anyone) continue;
    // The last three open by a secret link alone.
    const std::set<std::string> for_everybody{"public_page",  "first_setup", "language_choice", "own_session",
                                              "content_page", "answering",   "round_results",   "account_link"};
    EXPECT_TRUE(for_everybody.contains(rule.record)) << rule.record;
  }
}

TEST(CarriedPolicy, BreaksGlassWhereTheMatrixShowsIt) {
  using enum Role;
  const std::map<std::string, std::set<Role>> table{{"crisis_card", {line_manager, supervisor, safeguarding_lead}},
                                                    {"supervision_record", {safeguarding_lead}},
                                                    {"person_supported_identity", {safeguarding_lead}},
                                                    {"contact_note", {safeguarding_lead}}};
  for (const auto& record : shipped_policy().records()) {
    const auto roles = shipped_policy().roles(record, Action::break_glass);
    const auto found = table.find(record);
    EXPECT_EQ(std::set<Role>(roles.begin(), roles.end()), found == table.end() ? std::set<Role>() : found->second)
        << record;
  }
}

TEST(CarriedPolicy, LogsEveryLookAtWhatIsAboutPeople) {
  for (const auto& record : shipped_policy().records()) {
    const Kind& kind = *shipped_policy().kind(record);
    if (!kind.barriers.empty()) {
      EXPECT_TRUE(kind.logged) << record;
      EXPECT_TRUE(kind.barriers.contains(Barrier::block) && kind.barriers.contains(Barrier::conflict)) << record;
    }
  }
  const std::set<std::string_view> told_without_names{"response", "hopes_and_fears_themes", "report_feedback"};
  for (const auto record : content_records) {
    if (!told_without_names.contains(record)) {
      EXPECT_TRUE(shipped_policy().kind(record)->logged) << record;
    }
  }
}

TEST(CarriedPolicy, PutsTheShieldBeforeTypes4To7And10To12And14To17) {
  for (const auto record :
       {"lived_experience_statement", "wellness_plan", "crisis_card", "occupational_health_report",
        "functional_adjustment", "supervision_record", "reflective_note", "line_management_note",
        "person_supported_identity", "contact_note", "safeguarding_concern", "incident_or_complaint"}) {
    EXPECT_TRUE(shipped_policy().kind(record)->barriers.contains(Barrier::shield)) << record;
  }
  for (const auto record : {"training_record", "check_decision", "directory_card", "employment_file"}) {
    EXPECT_FALSE(shipped_policy().kind(record)->barriers.contains(Barrier::shield))
        << record << ": it would hide misconduct";
  }
}

}  // namespace
}  // namespace cairn::policy
