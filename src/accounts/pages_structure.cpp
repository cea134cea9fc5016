// SPDX-License-Identifier: Apache-2.0
#include "accounts/pages_structure.hpp"

namespace cairn::accounts {
namespace {

using web::Html;

std::string kind_label(const web::Language& say, OrganisationKind kind) {
  return say("structure.kind." + std::string(code(kind)));
}

Html rename_link(const web::Language& say, Changes changes, const std::string& path, const std::string& name) {
  if (changes != Changes::add_and_rename) return {};
  return web::tag("a", {{"href", path}}, say("structure.rename"),
                  web::tag("span", {{"class", "nhsuk-u-visually-hidden"}}, " " + name));
}

Html add_link(const web::Language& say, Changes changes, std::string_view key, const std::string& path) {
  return changes == Changes::none ? Html() : web::link_button(say(key), path, web::Button::second);
}

Html organisations(const web::Language& say, const StructureView& view) {
  std::vector<web::ListRow> rows;
  for (const auto& one : view.structure.organisations)
    rows.push_back(
        {.title = one.name,
         .why = kind_label(say, one.kind),
         .beside = rename_link(say, view.changes, "/structure/organisations/" + one.id.text + "/name", one.name)});
  return web::heading(2, say("structure.organisations")) + web::row_list(rows) +
         add_link(say, view.changes, "structure.organisation.add", "/structure/organisations/new");
}

std::vector<std::string> team_names(const Structure& structure, const Id<Service>& service) {
  std::vector<std::string> names;
  for (const auto& team : structure.teams)
    if (team.service == service) names.push_back(team.name);
  return names;
}

Html teams(const web::Language& say, const StructureView& view, const Service& service) {
  const auto names = team_names(view.structure, service.id);
  const auto words =
      names.empty() ? say("structure.no_teams") : say("structure.teams_are", {{"teams", say.list(names)}});
  Html links;
  if (view.changes != Changes::none)
    links += web::link(say("structure.team.add"), "/structure/services/" + service.id.text + "/teams/new");
  for (const auto& team : view.structure.teams)
    if (team.service == service.id && view.changes == Changes::add_and_rename)
      links += web::text(" · ") + web::link(say("structure.team.rename", {{"team", team.name}}),
                                            "/structure/teams/" + team.id.text + "/name");
  return web::paragraph(words) + (links.empty() ? Html() : web::paragraph(links));
}

Html services(const web::Language& say, const StructureView& view) {
  std::vector<web::ListRow> rows;
  for (const auto& one : view.structure.services) {
    const auto* employer = view.structure.find(one.employer);
    rows.push_back({.title = one.name,
                    .why = say("structure.service.is", {{"employer", employer ? employer->name : ""},
                                                        {"context", context_label(say, one.context)},
                                                        {"settings", settings_label(say, one.settings)}}),
                    .beside = rename_link(say, view.changes, "/structure/services/" + one.id.text + "/name", one.name),
                    .below = teams(say, view, one)});
  }
  const auto none = view.structure.services.empty() ? web::paragraph(say("structure.no_services")) : Html();
  return web::heading(2, say("structure.services")) + none + web::row_list(rows) +
         add_link(say, view.changes, "structure.service.add", "/structure/services/new");
}

Html empty_structure(const web::Language& say, const StructureView& view) {
  const auto step = view.changes == Changes::none
                        ? web::paragraph(say("structure.empty.wait"))
                        : web::link_button(say("structure.organisation.add"), "/structure/organisations/new");
  return web::empty_state(
      {.what = say("structure.empty.what"), .example = say("structure.empty.example"), .first_step = step});
}

std::vector<web::Option> organisation_options(const Structure& structure) {
  std::vector<web::Option> options;
  for (const auto& one : structure.organisations) options.push_back({.value = one.id.text, .label = one.name});
  return options;
}

Html form_page(const web::Form& form, const std::string& title, const std::string& path, const Html& fields) {
  const auto& say = form.say();
  return web::heading(title) + web::post_form(form, path, fields + web::button(say("structure.save")));
}

Html service_fields(const web::Form& form, const Structure& structure) {
  const auto& say = form.say();
  const auto option = [&](std::string_view value, std::string_view key) {
    return web::Option{.value = std::string(value), .label = say(key), .hint = say(std::string(key) + ".hint")};
  };
  auto partners = organisation_options(structure);
  partners.insert(partners.begin(), {.value = "", .label = say("structure.service.no_partner")});
  return web::text_input(form, {.name = "name", .label = say("structure.service.name"), .longest = 200}) +
         web::radios(form, {.name = "employer",
                            .label = say("structure.service.employer"),
                            .hint = say("structure.service.employer.hint"),
                            .options = organisation_options(structure)}) +
         web::radios(form, {.name = "partner",
                            .label = say("structure.service.partner"),
                            .hint = say("structure.service.partner.hint"),
                            .options = partners,
                            .chosen = {""}}) +
         web::checkboxes(form, {.name = "ties",
                                .label = say("structure.service.ties"),
                                .hint = say("structure.service.ties.hint"),
                                .options = {{.value = "nhs_premises", .label = say("structure.service.premises")},
                                            {.value = "nhs_referral", .label = say("structure.service.referral")}},
                                .need = web::Need::optional}) +
         web::checkboxes(form, {.name = "settings",
                                .label = say("structure.service.settings"),
                                .options = {option("inpatient", "structure.setting.inpatient"),
                                            option("community", "structure.setting.community"),
                                            option("bme", "structure.setting.bme")}});
}

}  // namespace

Html structure_page(const web::Language& say, const StructureView& view) {
  Html page = web::lead(say("structure.lead"));
  if (view.may_name_programme)
    page += web::summary_list(
        {{.key = say("structure.programme"),
          .value = web::text(view.programme.empty() ? say("structure.programme.unnamed") : view.programme),
          .act = say("structure.programme.change"),
          .act_path = "/structure/name"}});
  if (view.structure.organisations.empty()) return page + empty_structure(say, view);
  return page + organisations(say, view) + services(say, view);
}

Html organisation_form_page(const web::Form& form) {
  const auto& say = form.say();
  const auto option = [&](OrganisationKind kind) {
    return web::Option{.value = std::string(code(kind)), .label = kind_label(say, kind)};
  };
  return form_page(
      form, say("structure.organisation.add"), "/structure/organisations",
      web::text_input(form, {.name = "name", .label = say("structure.organisation.name"), .longest = 200}) +
          web::radios(form, {.name = "kind",
                             .label = say("structure.organisation.kind"),
                             .options = {option(OrganisationKind::nhs), option(OrganisationKind::council),
                                         option(OrganisationKind::voluntary)}}));
}

Html service_form_page(const web::Form& form, const Structure& structure) {
  return form_page(form, form.say()("structure.service.add"), "/structure/services", service_fields(form, structure));
}

Html team_form_page(const web::Form& form, const Service& service) {
  const auto& say = form.say();
  return form_page(form, say("structure.team.add_to", {{"service", service.name}}),
                   "/structure/services/" + service.id.text + "/teams",
                   web::text_input(form, {.name = "name", .label = say("structure.team.name"), .longest = 200}));
}

Html name_form_page(const web::Form& form, const NameView& view) {
  return form_page(
      form, view.title, view.path,
      web::text_input(form,
                      {.name = "name", .label = form.say()("structure.new_name"), .value = view.name, .longest = 200}));
}

std::string context_label(const web::Language& say, Context context) {
  return say("structure.context." + std::string(code(context)));
}

std::string settings_label(const web::Language& say, const std::vector<Setting>& settings) {
  std::vector<std::string> labels;
  for (const auto setting : settings) labels.push_back(say("structure.setting." + std::string(code(setting))));
  return say.list(labels);
}

}  // namespace cairn::accounts
