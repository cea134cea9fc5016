// SPDX-License-Identifier: Apache-2.0
#include "evaluation/pages_participants.hpp"

namespace cairn::evaluation {
namespace {

using instruments::Participant;
using web::Html;

std::string service_name(const Services& services, const std::string& id) {
  for (const auto& [known, name] : services)
    if (known == id) return name;
  return "";
}

std::vector<web::Option> service_options(const Services& services) {
  std::vector<web::Option> options;
  for (const auto& [id, name] : services) options.push_back({id, name});
  return options;
}

Html row_list_of(const web::Language& say, const PeopleView& view, bool ended) {
  std::vector<web::ListRow> rows;
  for (const auto& one : view.people) {
    if (one.ended.empty() == ended || (!view.service.empty() && one.service_id != view.service)) continue;
    web::ListRow row{one.name, "/participants/" + one.id.text,
                     say("evaluation.people.line", {{"group", person_of(say, one.stakeholder)},
                                                    {"site", service_name(view.services, one.service_id)}})};
    if (ended)
      row.beside = web::tag_mark(say("evaluation.people.ended." + one.ended));
    else if (one.email.empty())
      row.beside = web::tag_mark(say("evaluation.people.no_address"));
    rows.push_back(std::move(row));
  }
  return web::row_list(rows);
}

Html acts(const web::Language& say) {
  return web::button_group(
      {web::link_button(say("evaluation.people.add"), "/participants/new"),
       web::link_button(say("evaluation.people.add_several"), "/participants/several", web::Button::second)});
}

Html site_tabs(const web::Language& say, const PeopleView& view) {
  if (view.services.size() < 2) return {};
  std::vector<web::Link> links{{say("evaluation.people.all_sites"), "/participants", view.service.empty()}};
  for (const auto& [id, name] : view.services) links.push_back({name, "/participants?site=" + id, view.service == id});
  return web::tabs(say("evaluation.people.by_site"), links);
}

Html done(const web::Language& say, const PeopleView& view) {
  if (view.added < 0) return {};
  Html words = web::paragraph(say.count("evaluation.people.added", view.added));
  if (view.known > 0) words += web::paragraph(say.count("evaluation.people.known", view.known));
  return web::banner(say, web::Banner::done, words);
}

web::ChoiceField group_choice(const web::Language& say, const std::string& chosen) {
  web::ChoiceField field{"stakeholder", say("evaluation.people.group"), say("evaluation.people.group_hint")};
  for (const auto& group : instruments::known_groups(Axis::stakeholder))
    field.options.push_back({group, person_of(say, group), say("evaluation.people.is." + group)});
  if (!chosen.empty()) field.chosen = {chosen};
  return field;
}

web::ChoiceField service_choice(const web::Language& say, const Services& services, const std::string& chosen) {
  web::ChoiceField field{"service", say("evaluation.people.site"), ""};
  field.options = service_options(services);
  if (!chosen.empty())
    field.chosen = {chosen};
  else if (services.size() == 1)
    field.chosen = {services.front().first};
  return field;
}

std::string path_words(const web::Language& say, const PathLine& line) {
  if (!line.ended.empty()) return say("evaluation.asked.ended." + line.ended);
  if (line.answered) return say(*line.answered ? "evaluation.asked.answered" : "evaluation.asked.not_answered");
  return line.how;
}

Html take_off(const web::Form& form, const Participant& person) {
  const auto& say = form.say();
  web::ChoiceField why{"why", say("evaluation.people.why")};
  for (const auto reason : instruments::reasons_to_end) {
    const std::string key = "evaluation.people.end." + std::string(reason);
    why.options.push_back({std::string(reason), say(key), say(key + ".hint")});
  }
  return web::heading(2, say("evaluation.people.take_off")) + web::paragraph(say("evaluation.people.take_off_says")) +
         web::post_form(
             form, "/participants/" + person.id.text + "/endings",
             web::radios(form, why) + web::button(say("evaluation.people.take_off_act"), web::Button::warning));
}

}  // namespace

Html people_page(const web::Language& say, const PeopleView& view) {
  Html page = done(say, view) + web::heading(say("evaluation.people.title"));
  if (view.people.empty())
    return page + web::empty_state({say("evaluation.people.empty"), say("evaluation.people.empty_example"), acts(say)});
  page += web::lead(say("evaluation.people.lead")) + site_tabs(say, view);
  const auto here = row_list_of(say, view, false);
  page += here.empty() ? web::paragraph(say("evaluation.people.nobody_here")) : here;
  page += web::privacy(say("evaluation.people.who_sees")) + acts(say);
  const auto gone = row_list_of(say, view, true);
  return gone.empty() ? page : page + web::details(say("evaluation.people.gone"), gone);
}

Html person_form_page(const web::Form& form, const Services& services, const Participant& person) {
  const auto& say = form.say();
  const bool is_new = person.id.empty();
  Html page =
      web::heading(is_new ? say("evaluation.people.add") : say("evaluation.people.change", {{"name", person.name}}));
  if (services.empty())
    return page + web::empty_state({say("evaluation.asking.no_sites"), say("evaluation.asking.no_sites_example"),
                                    web::link_button(say("evaluation.asking.describe_sites"), "/structure")});
  const auto fields = web::text_input(form, {.name = "name",
                                             .label = say("evaluation.people.name"),
                                             .value = person.name,
                                             .longest = instruments::longest_participant_name}) +
                      web::text_input(form, {.name = "email",
                                             .label = say("evaluation.people.email"),
                                             .hint = say("evaluation.people.email_hint"),
                                             .value = person.email,
                                             .kind = web::InputKind::email,
                                             .need = web::Need::optional}) +
                      web::radios(form, group_choice(say, person.stakeholder)) +
                      web::radios(form, service_choice(say, services, person.service_id));
  const Html moved = is_new ? Html() : web::note(web::paragraph(say("evaluation.people.change_says")));
  return page + moved +
         web::post_form(form, is_new ? "/participants" : "/participants/" + person.id.text + "/change",
                        fields + web::button(say(is_new ? "evaluation.people.add_act" : "evaluation.people.save")));
}

Html several_page(const web::Form& form, const Services& services) {
  const auto& say = form.say();
  std::vector<std::string> words;
  for (const auto& group : instruments::known_groups(Axis::stakeholder)) words.push_back(person_of(say, group));
  return web::heading(say("evaluation.people.add_several")) + web::lead(say("evaluation.people.several_lead")) +
         web::post_form(form, "/participants/several",
                        web::radios(form, service_choice(say, services, "")) +
                            web::textarea(form, {.name = "lines",
                                                 .label = say("evaluation.people.lines"),
                                                 .hint = say("evaluation.people.lines_hint"),
                                                 .rows = 12}) +
                            web::details(say("evaluation.people.words_for_groups"), web::bullets(words)) +
                            web::button(say("evaluation.people.add_act")));
}

Html person_page(const web::Form& form, const PersonView& view) {
  const auto& say = form.say();
  const auto& person = view.person;
  const bool here = person.ended.empty();
  const auto change = "/participants/" + person.id.text + "/change";
  std::vector<web::SummaryRow> rows{
      {say("evaluation.people.group"), web::text(person_of(say, person.stakeholder))},
      {say("evaluation.people.site"), web::text(view.site)},
      {say("evaluation.people.email"),
       web::text(person.email.empty() ? say("evaluation.people.no_address") : person.email)}};
  Html page = web::heading(person.name);
  if (!here) page += web::note(web::paragraph(say("evaluation.people.ended_says." + person.ended)));
  page += web::summary_list(rows);
  if (here) page += web::link_button(say("evaluation.people.change_act"), change, web::Button::second);
  page += web::heading(2, say("evaluation.people.rounds"));
  std::vector<web::ListRow> lines;
  for (const auto& line : view.rounds) lines.push_back({line.study, line.path, path_words(say, line)});
  page += lines.empty() ? web::paragraph(say("evaluation.people.never_asked")) : web::row_list(lines);
  page += web::privacy(say("evaluation.people.never_answers"));
  return here ? page + take_off(form, person) : page;
}

}  // namespace cairn::evaluation
