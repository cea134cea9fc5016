// SPDX-License-Identifier: Apache-2.0
#include "app/demonstration.hpp"

#include <stdexcept>

#include "accounts/store.hpp"
#include "accounts/store_accounts.hpp"
#include "evaluation/actions_demonstration.hpp"

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

}  // namespace

const std::vector<MadeUpAccount>& made_up_accounts() {
  static const std::vector<MadeUpAccount> all{
      {"robin@larkmoor.example", "Robin Marsh", "seven brass kettles hum", {"lead"}, "sign_in.demonstration.lead"},
      {"wren@larkmoor.example",
       "Wren Holloway",
       "an owl reads the timetable",
       {"administrator"},
       "sign_in.demonstration.administrator"}};
  return all;
}

bool is_demonstration(db::Database& database) {
  return database.read([](db::Read& read) {
    return accounts::find_account_by_email(read, made_up_accounts().front().email).has_value();
  });
}

void make_demonstration(db::Database& database, const content::Library& library) {
  auto actor = Actor::operator_();
  const auto programme = database.read([](db::Read& read) { return accounts::find_programme(read); });
  if (!programme) throw std::logic_error("the demonstration needs a programme to fill");
  actor.programme_id = programme->id.text;
  std::vector<std::pair<accounts::NewAccount, std::string>> people;
  for (const auto& one : made_up_accounts()) {
    auto checked = sound(accounts::check(accounts::AccountForm{one.email, one.display_name, one.password, one.roles},
                                         {std::string(programme_name)}));
    auto kept = accounts::kept_password(database.keys(), checked.password);
    people.emplace_back(std::move(checked), std::move(kept));
  }
  database.write(actor, {"demonstration.make", "programme", programme->id.text}, [&](db::Write& write) {
    accounts::rename_programme(write, programme->id, programme_name);
    add_services(write, actor, add_organisations(write, programme->id));
    for (const auto& [account, kept] : people) accounts::add(write, programme->id, account, kept);
  });
  evaluation::make_demonstration(
      database, library, actor,
      {.inpatient = services()[0].name, .community = services()[1].name, .community_specific = services()[2].name},
      date_in_zone(database.now(), programme->zone));
}

std::vector<accounts::MadeUpPerson> people_to_look_round_as() {
  std::vector<accounts::MadeUpPerson> people;
  for (const auto& one : made_up_accounts()) people.push_back({one.email, one.label_key});
  return people;
}

}  // namespace cairn::app
