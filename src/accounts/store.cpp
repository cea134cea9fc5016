// SPDX-License-Identifier: Apache-2.0
#include "accounts/store.hpp"

#include <algorithm>

#include "base/secret.hpp"

namespace cairn::accounts {
namespace {

void changed(std::int64_t rows, std::string_view what, const std::string& id) {
  if (rows == 0) throw NotFound(std::string(what) + " " + id);
}

// A value that only this program writes: any other is damage.
template <class T>
T known(const std::optional<T>& value, std::string_view column) {
  if (!value) throw Corrupt("unknown value in " + std::string(column));
  return *value;
}

std::vector<Organisation> organisations(db::Read& read, const std::string& programme) {
  return read.list(R"sql(
    select id, name, kind from organisation where programme_id = $1 order by name, id
  )sql",
                   {programme}, [](const db::Row& row) {
                     return Organisation{
                         {row.string(0)}, row.string(1), known(organisation_kind(row.text(2)), "organisation.kind")};
                   });
}

std::vector<Service> services(db::Read& read, const std::string& programme) {
  auto all = read.list(R"sql(
    select id, organisation_id, name, partner_id, nhs_premises, nhs_referral, context
    from service where programme_id = $1 order by name, id
  )sql",
                       {programme}, [](const db::Row& row) {
                         Service service{{row.string(0)},
                                         {row.string(1)},
                                         row.string(2),
                                         {},
                                         row.integer(4) != 0,
                                         row.integer(5) != 0,
                                         known(context_from_code(row.text(6)), "service.context"),
                                         {}};
                         if (const auto partner = row.optional_text(3)) service.partner = Id<Organisation>{*partner};
                         return service;
                       });
  for (auto& service : all) {
    const auto held = read.list(R"sql(
      select setting from service_setting where programme_id = $1 and service_id = $2
    )sql",
                                {programme, service.id.text}, [](const db::Row& row) {
                                  return known(setting_from_code(row.text(0)), "service_setting.setting");
                                });
    for (const auto setting : {Setting::inpatient, Setting::community, Setting::bme})
      if (std::find(held.begin(), held.end(), setting) != held.end()) service.settings.push_back(setting);
  }
  return all;
}

std::vector<Team> teams(db::Read& read, const std::string& programme) {
  return read.list(R"sql(
    select id, service_id, name from team where programme_id = $1 order by name, id
  )sql",
                   {programme},
                   [](const db::Row& row) { return Team{{row.string(0)}, {row.string(1)}, row.string(2)}; });
}

}  // namespace

std::optional<Programme> find_programme(db::Read& read) {
  return read.find(R"sql(
    select id, name, zone from programme order by created_at, id
  )sql",
                   {}, [](const db::Row& row) { return Programme{{row.string(0)}, row.string(1), row.string(2)}; });
}

Programme programme(db::Read& read, const Actor& actor) {
  auto found = read.find(R"sql(
    select id, name, zone from programme where id = $1
  )sql",
                         {actor.programme_id},
                         [](const db::Row& row) { return Programme{{row.string(0)}, row.string(1), row.string(2)}; });
  if (!found) throw NotFound("the programme of the actor");
  return *std::move(found);
}

Id<Programme> add_programme(db::Write& write, std::string_view name, std::string_view zone) {
  Id<Programme> id{ordered_id(write.now())};
  write.run(R"sql(
    insert into programme (id, name, zone, created_at) values ($1, $2, $3, $4)
  )sql",
            {id.text, name, zone, iso(write.now())});
  write.about(id.text);
  return id;
}

void rename_programme(db::Write& write, const Id<Programme>& programme, std::string_view name) {
  changed(write.run(R"sql(
    update programme set name = $2 where id = $1
  )sql",
                    {programme.text, name}),
          "programme", programme.text);
  write.about(programme.text);
}

void set_zone(db::Write& write, const Id<Programme>& programme, std::string_view zone) {
  changed(write.run(R"sql(
    update programme set zone = $2 where id = $1
  )sql",
                    {programme.text, zone}),
          "programme", programme.text);
}

Structure structure(db::Read& read, const Actor& actor) {
  const auto& programme = actor.programme_id;
  return {organisations(read, programme), services(read, programme), teams(read, programme)};
}

Id<Organisation> add(db::Write& write, const Id<Programme>& programme, const NewOrganisation& organisation) {
  Id<Organisation> id{ordered_id(write.now())};
  write.run(R"sql(
    insert into organisation (programme_id, id, name, kind) values ($1, $2, $3, $4)
  )sql",
            {programme.text, id.text, organisation.name, code(organisation.kind)});
  write.about(id.text);
  return id;
}

Id<Service> add(db::Write& write, const Id<Programme>& programme, const NewService& service) {
  Id<Service> id{ordered_id(write.now())};
  const auto partner = service.partner ? std::optional(service.partner->text) : std::nullopt;
  write.run(R"sql(
    insert into service (programme_id, id, organisation_id, name, partner_id, nhs_premises, nhs_referral, context)
    values ($1, $2, $3, $4, $5, $6, $7, $8)
  )sql",
            {programme.text, id.text, service.employer.text, service.name, db::or_null(partner),
             std::int64_t{service.nhs_premises}, std::int64_t{service.nhs_referral}, code(service.context)});
  for (const auto setting : service.settings)
    write.run(R"sql(
      insert into service_setting (programme_id, service_id, setting) values ($1, $2, $3)
    )sql",
              {programme.text, id.text, code(setting)});
  write.about(id.text);
  return id;
}

Id<Team> add(db::Write& write, const Id<Programme>& programme, const NewTeam& team) {
  Id<Team> id{ordered_id(write.now())};
  write.run(R"sql(
    insert into team (programme_id, id, service_id, name) values ($1, $2, $3, $4)
  )sql",
            {programme.text, id.text, team.service.text, team.name});
  write.about(id.text);
  return id;
}

void rename(db::Write& write, const Id<Programme>& programme, const Id<Organisation>& organisation,
            std::string_view name) {
  changed(write.run(R"sql(
    update organisation set name = $3 where programme_id = $1 and id = $2
  )sql",
                    {programme.text, organisation.text, name}),
          "organisation", organisation.text);
  write.about(organisation.text);
}

void rename(db::Write& write, const Id<Programme>& programme, const Id<Service>& service, std::string_view name) {
  changed(write.run(R"sql(
    update service set name = $3 where programme_id = $1 and id = $2
  )sql",
                    {programme.text, service.text, name}),
          "service", service.text);
  write.about(service.text);
}

void rename(db::Write& write, const Id<Programme>& programme, const Id<Team>& team, std::string_view name) {
  changed(write.run(R"sql(
    update team set name = $3 where programme_id = $1 and id = $2
  )sql",
                    {programme.text, team.text, name}),
          "team", team.text);
  write.about(team.text);
}

std::vector<db::SealedColumn> sealed_columns() {
  return {{"account", "email", "id", "id"},
          {"account", "display_name", "id", "id"},
          {"account_name", "display_name", "id", "account_id"},
          {"second_factor", "seed", "id", "account_id"},
          {"account_invitation", "email", "id", "id"},
          {"account_invitation", "display_name", "id", "id"}};
}

}  // namespace cairn::accounts
