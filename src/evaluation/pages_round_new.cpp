// SPDX-License-Identifier: Apache-2.0
#include <string_view>

#include "evaluation/pages_rounds.hpp"

namespace cairn::evaluation {
namespace {

using web::Html;

// Strategic managers and commissioners are one or two at most places: nobody is hoped for until somebody says so.
bool usually_hoped_for(std::string_view stakeholder) {
  return stakeholder != "strategic_manager" && stakeholder != "commissioner";
}

Html hoped_for(const web::Form& form, const NewRoundView& view, const instruments::AskedSite& site) {
  const auto& say = form.say();
  Html fields;
  for (const auto& group : instruments::known_groups(Axis::stakeholder))
    fields += web::text_input(form, {.name = "hoped." + std::to_string(site.number) + "." + group,
                                     .label = group_name(say, Axis::stakeholder, group),
                                     .value = usually_hoped_for(group) ? std::to_string(view.smallest_group) : "",
                                     .kind = web::InputKind::whole_number,
                                     .width = 3});
  return web::fieldset(say("evaluation.asking.hoped", {{"site", site.name}}),
                       web::tag("div", {{"class", "cairn-hoped"}}, fields));
}

Html sites(const web::Form& form, const NewRoundView& view) {
  const auto& say = form.say();
  web::ChoiceField field{"sites", say("evaluation.asking.sites"), say("evaluation.asking.sites_hint")};
  for (const auto& site : view.sites)
    field.options.push_back({std::to_string(site.number), site.name, "", hoped_for(form, view, site)});
  if (view.sites.size() == 1) field.chosen = {"1"};
  return web::checkboxes(form, field) +
         web::details(
             say("evaluation.asking.why_five", {{"n", std::to_string(view.smallest_group)}}),
             web::paragraph(say("evaluation.asking.why_five_words", {{"n", std::to_string(view.smallest_group)}})) +
                 web::paragraph(say("evaluation.asking.why_two")));
}

Html mode(const web::Form& form) {
  const auto& say = form.say();
  web::ChoiceField field{"mode", say("evaluation.asking.mode")};
  field.options = {{"anonymous", say("evaluation.asking.anonymous"), say("evaluation.asking.anonymous_hint")},
                   {"named", say("evaluation.asking.named"), say("evaluation.asking.named_hint")}};
  field.chosen = {"anonymous"};
  return web::radios(form, field);
}

Html languages(const web::Form& form, const NewRoundView& view) {
  if (view.languages.size() < 2) return {};
  const auto& say = form.say();
  web::ChoiceField field{"languages", say("evaluation.asking.languages"), say("evaluation.asking.languages_hint")};
  for (const auto& one : view.languages) {
    field.options.push_back({one.code, one.name});
    field.chosen.push_back(one.code);
  }
  return web::checkboxes(form, field);
}

Html days(const web::Form& form, const NewRoundView& view) {
  const auto& say = form.say();
  web::ChoiceField field{"reminders", say("evaluation.asking.reminders"), say("evaluation.asking.reminders_hint")};
  for (const auto day : instruments::possible_reminders)
    field.options.push_back({std::to_string(day), say.count("evaluation.asking.days_before", day)});
  for (const auto day : instruments::usual_reminders) field.chosen.push_back(std::to_string(day));
  field.need = web::Need::optional;
  field.shape = web::Shape::row;
  return web::date_input(form, {"opens_on", say("evaluation.asking.opens_on"), say("evaluation.asking.opens_on_hint"),
                                view.opens_on}) +
         web::date_input(form, {"closes_on", say("evaluation.asking.closes_on"),
                                say("evaluation.asking.closes_on_hint"), view.closes_on}) +
         web::checkboxes(form, field);
}

Html words(const web::Form& form, const NewRoundView& view) {
  const auto& say = form.say();
  const auto area = [&](std::string_view name, const std::string& standard, int rows) {
    const std::string key = "evaluation.asking." + std::string(name);
    return web::textarea(form, {.name = std::string(name),
                                .label = say(key),
                                .hint = say(key + "_hint"),
                                .value = standard,
                                .rows = rows,
                                .longest = static_cast<std::size_t>(instruments::longest_asking_words)});
  };
  return area("who", view.words.who, 2) + area("why", view.words.why, 4) + area("what_next", view.words.what_next, 4) +
         area("help", view.words.help, 4);
}

}  // namespace

Html new_round_page(const web::Form& form, const NewRoundView& view) {
  const auto& say = form.say();
  Html page = web::heading(say("evaluation.asking.title"));
  if (view.sites.empty())
    return page + web::empty_state({say("evaluation.asking.no_sites"), say("evaluation.asking.no_sites_example"),
                                    web::link_button(say("evaluation.asking.describe_sites"), "/structure")});
  page += web::lead(say("evaluation.asking.lead", {{"form", view.form_title},
                                                   {"statements", std::to_string(view.statements)},
                                                   {"minutes", std::to_string(view.minutes)}}));
  const auto section = [&](std::string_view key, const Html& content) { return web::heading(2, say(key)) + content; };
  return page +
         web::post_form(form, study_path(view.study) + "/rounds",
                        web::hidden("number", std::to_string(view.number)) +
                            section("evaluation.asking.whom", sites(form, view) + mode(form) + languages(form, view)) +
                            section("evaluation.asking.when", days(form, view)) +
                            section("evaluation.asking.first_page",
                                    web::paragraph(say("evaluation.asking.first_page_says")) + words(form, view)) +
                            web::note(web::paragraph(say("evaluation.asking.nothing_sent"))) +
                            web::button(say("evaluation.asking.make")));
}

}  // namespace cairn::evaluation
