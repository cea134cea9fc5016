// SPDX-License-Identifier: Apache-2.0
#include "app/demonstration.hpp"

#include <stdexcept>

#include "accounts/store.hpp"
#include "accounts/store_accounts.hpp"
#include "base/secret.hpp"
#include "evaluation/actions_demonstration.hpp"
#include "readiness/store.hpp"

namespace cairn::app {
namespace {

using accounts::OrganisationKind;

constexpr std::string_view programme_name = "Larkmoor peer support";

// Made-up words always pass the checks that typed ones must pass.
template <class T>
T sound(const Checked<T>& checked) {
  if (!checked) throw std::logic_error("the demonstration is refused: " + checked.problems().front().key);
  return *checked;
}

struct MadeUpService {
  std::string name;
  bool by_the_trust;  // else by the charity
  bool with_the_trust;
  std::vector<std::string> ties;
  std::vector<std::string> settings;
  std::vector<std::string> teams;
};

const std::vector<MadeUpService>& services() {
  static const std::vector<MadeUpService> all{
      {"Willow Ward", false, true, {"nhs_premises"}, {"inpatient"}, {"Day staff", "Night staff"}},
      {"Mill Lane Community Team", true, false, {}, {"community"}, {"North", "South"}},
      {"Open Door for the Somali community", false, false, {}, {"bme"}, {"Open Door"}}};
  return all;
}

struct Employers {
  std::string trust;
  std::string charity;
};

Employers add_organisations(db::Write& write, const Id<accounts::Programme>& programme) {
  const accounts::Structure none;
  const auto trust = sound(accounts::check(accounts::OrganisationForm{"Larkmoor NHS Trust", "nhs"}, none));
  const auto charity = sound(accounts::check(accounts::OrganisationForm{"Stepping Stones", "voluntary"}, none));
  return {accounts::add(write, programme, trust).text, accounts::add(write, programme, charity).text};
}

void add_services(db::Write& write, const Actor& actor, const Employers& employers) {
  const Id<accounts::Programme> programme{actor.programme_id};
  for (const auto& one : services()) {
    auto structure = accounts::structure(write, actor);
    const auto id = accounts::add(
        write, programme,
        sound(accounts::check(accounts::ServiceForm{one.name, one.by_the_trust ? employers.trust : employers.charity,
                                                    one.with_the_trust ? employers.trust : "", one.ties, one.settings},
                              structure)));
    structure = accounts::structure(write, actor);
    for (const auto& team : one.teams)
      accounts::add(write, programme, sound(accounts::check_team(team, id, structure)));
  }
}

// Where somebody's role reaches: the service or organisation of that name, or everything.
Reach reach_of(const MadeUpAccount& one, const accounts::Structure& structure) {
  for (const auto& service : structure.services)
    if (service.name == one.place) return {"service", service.id.text};
  for (const auto& organisation : structure.organisations)
    if (organisation.name == one.place) return {"organisation", organisation.id.text};
  return {};
}

// Nobody signs in with the password of those who have none here: one that nobody knows will do for all of them.
std::vector<std::string> kept_passwords(const db::Keys& keys) {
  const auto nobody_knows = accounts::kept_password(keys, {token()});
  std::vector<std::string> kept;
  for (const auto& one : made_up_accounts())
    kept.push_back(one.password.empty() ? nobody_knows : accounts::kept_password(keys, {one.password}));
  return kept;
}

void add_policies(db::Write& write, Date today) {
  readiness::NewPolicy kept{"confidentiality", {}};
  kept.version.title = "What stays between us";
  kept.version.words =
      "What a person tells a peer worker stays between the two of them.\n\n"
      "If somebody may come to harm, the peer worker passes on what others need to know to help. They say so first, "
      "wherever that is safe, and tell the person what they will say and to whom.\n\n"
      "Nothing else goes to the team unless the person says yes. A yes holds for that one thing.";
  kept.version.dated_on = days_after(today, -40);
  kept.version.review_on = days_after(today, 325);
  kept.version.with_peers = true;
  kept.version.readers = {Role::worker, Role::line_manager, Role::team_member};
  readiness::add_policy(write, {ordered_id(write.now())}, kept);
  readiness::NewPolicy conduct{"conduct", {}};
  conduct.version.title = "How we behave at work";
  conduct.version.kept_at = "The staff handbook of Larkmoor, chapter 4";
  conduct.version.dated_on = days_after(today, -400);
  conduct.version.review_on = days_after(today, -35);
  conduct.version.readers = {Role::worker};
  readiness::add_policy(write, {ordered_id(write.now())}, conduct);
}

}  // namespace

const std::vector<MadeUpAccount>& made_up_accounts() {
  static const std::vector<MadeUpAccount> all{
      {"robin@larkmoor.example", "Robin Marsh", "seven brass kettles hum", Role::lead, ""},
      {"wren@larkmoor.example", "Wren Holloway", "an owl reads the timetable", Role::administrator, ""},
      {"ash@larkmoor.example", "Ash Fernley", "", Role::worker, "Willow Ward"},
      {"rowan@larkmoor.example", "Rowan Pike", "", Role::line_manager, "Willow Ward"},
      {"bryony@larkmoor.example", "Bryony Wells", "", Role::supervisor, ""},
      {"hazel@larkmoor.example", "Hazel Stott", "", Role::team_member, "Willow Ward"},
      {"linden@larkmoor.example", "Linden Cross", "", Role::hr, ""},
      {"sorrel@larkmoor.example", "Sorrel Vane", "", Role::researcher, ""},
      {"juniper@larkmoor.example", "Juniper Holt", "", Role::commissioner, ""},
      {"heather@larkmoor.example", "Heather Combe", "", Role::partner_lead, "Stepping Stones"},
      {"clover@larkmoor.example", "Clover Nash", "", Role::safeguarding_lead, ""},
      {"moss@larkmoor.example", "Moss Tarrant", "", Role::privacy_guardian, ""}};
  return all;
}

bool is_demonstration(db::Database& database) {
  return database.read([](db::Read& read) {
    return accounts::find_account_by_email(read, made_up_accounts().front().email).has_value();
  });
}

void make_demonstration(db::Database& database, const content::Library& library,
                        const std::vector<std::string>& languages) {
  auto actor = Actor::operator_();
  const auto programme = database.read([](db::Read& read) { return accounts::find_programme(read); });
  if (!programme) throw std::logic_error("the demonstration needs a programme to fill");
  actor.programme_id = programme->id.text;
  const auto kept = kept_passwords(database.keys());
  database.write(actor, {"demonstration.make", "programme", programme->id.text}, [&](db::Write& write) {
    accounts::rename_programme(write, programme->id, programme_name);
    add_services(write, actor, add_organisations(write, programme->id));
    const auto structure = accounts::structure(write, actor);
    for (std::size_t i = 0; i < kept.size(); ++i) {
      const auto& one = made_up_accounts()[i];
      const HeldRole held{one.role, reach_of(one, structure), {}, {}};
      accounts::add(write, programme->id, accounts::NewAccount{one.email, one.display_name, {}, {held}}, kept[i]);
    }
  });
  const auto today = date_in_zone(database.now(), programme->zone);
  database.write(actor, {"demonstration.make", "policy_document", ""},
                 [&](db::Write& write) { add_policies(write, today); });
  evaluation::make_demonstration(database, library, actor,
                                 {.inpatient = services()[0].name,
                                  .community = services()[1].name,
                                  .community_specific = services()[2].name,
                                  .languages = languages},
                                 today);
}

std::vector<accounts::MadeUpPerson> people_to_look_round_as() {
  std::vector<accounts::MadeUpPerson> people;
  for (const auto& one : made_up_accounts())
    people.push_back({one.email, "sign_in.demonstration." + std::string(name(one.role))});
  return people;
}

}  // namespace cairn::app
