// SPDX-License-Identifier: Apache-2.0
#include "evaluation/pages_rounds.hpp"

namespace cairn::evaluation {
namespace {

using instruments::AskingState;
using web::Html;

std::string path_of(const AskedView& view) {
  return round_path(view.study, view.round);
}

bool is_over(AskingState state) {
  return state != AskingState::planned && state != AskingState::open;
}

// The one act that helps most now, with why.
Html next_step(const web::Language& say, const RoundPageView& view) {
  const auto& asked = view.asked;
  const auto act = next_act(asked.asking, asked.state, asked.anybody);
  const auto path = path_of(asked);
  const std::string key = "evaluation.asked.next." + std::string(code(act));
  const auto box = [&](const std::string& words, const Html& button) {
    return web::panel(say("evaluation.asked.next"), web::paragraph(words) + button);
  };
  switch (act) {
    case NextAct::invite:
      return box(say(key), web::link_button(say("evaluation.asked.invite"), path + "/invitations/new"));
    case NextAct::remind:
      return box(say(key), web::link_button(say("evaluation.asked.remind"), path + "/reminders"));
    case NextAct::wait:
      return box(say(asked.state == AskingState::planned ? "evaluation.asked.next.planned" : key),
                 web::link_button(say("evaluation.asked.make_link"), path + "/links"));
    case NextAct::finish:
      return box(say(key, {{"date", say.date(asked.sent_until)}}),
                 web::link_button(say("evaluation.asked.count"), path + "/counting"));
    case NextAct::look:
      break;
  }
  return box(say(key), web::link_button(say("evaluation.round.compare"), path + "/compare"));
}

Html told_mark(const web::Language& say, Told told) {
  const auto tone = told == Told::enough ? web::Tone::done : web::Tone::waiting;
  return web::tag_mark(say("evaluation.asked.told." + std::string(code(told))),
                       told == Told::too_few ? web::Tone::plain : tone);
}

Html standing(const web::Language& say, const AskedView& view) {
  const auto& asking = view.asking;
  const bool several = asking.sites.size() > 1;
  web::Table table{say("evaluation.asked.standing_table"), {{say("evaluation.asked.column.group")}}};
  table.fold = web::Fold::scroll;
  if (several) table.columns.push_back({say("evaluation.asked.column.site")});
  table.columns.push_back({say("evaluation.asked.column.hoped"), web::Column::number});
  table.columns.push_back({say("evaluation.asked.column.told")});
  for (const auto& site : asking.sites)
    for (const auto& group_code : instruments::known_groups(Axis::stakeholder))
      for (const auto& group : asking.groups) {
        if (group.site != site.number || group.stakeholder != group_code) continue;
        const auto may_tell = told(group, asking.smallest_group);
        if (!may_tell) continue;
        table.rows.push_back({web::text(group_name(say, Axis::stakeholder, group.stakeholder))});
        if (several) table.rows.back().push_back(web::text(site.name));
        table.rows.back().push_back(web::text(std::to_string(group.hoped_for)));
        table.rows.back().push_back(told_mark(say, *may_tell));
      }
  Html part = web::heading(2, say("evaluation.asked.standing"), "standing");
  if (table.rows.empty()) return part + web::paragraph(say("evaluation.asked.nobody_hoped_for"));
  return part + web::table(table) + web::quiet(say("evaluation.asked.no_counts"));
}

Html how_asked(const web::Language& say, const InvitedLine& line) {
  if (!line.ended.empty()) return web::tag_mark(say("evaluation.asked.ended." + line.ended), web::Tone::plain);
  if (line.answered && *line.answered) return web::tag_mark(say("evaluation.asked.answered"), web::Tone::done);
  return web::text(line.how);
}

Html invited_table(const web::Language& say, const RoundPageView& view) {
  const bool several = view.asked.asking.sites.size() > 1;
  web::Table table{say.count("evaluation.asked.invited_count", static_cast<std::int64_t>(view.invited.size())),
                   {{say("evaluation.asked.column.name")}, {say("evaluation.asked.column.group")}}};
  table.fold = web::Fold::scroll;
  if (several) table.columns.push_back({say("evaluation.asked.column.site")});
  table.columns.push_back({say("evaluation.asked.column.how")});
  for (const auto& line : view.invited) {
    std::vector<Html> row{web::link(line.name, path_of(view.asked) + "/invitations/" + line.id),
                          web::text(person_of(say, line.stakeholder))};
    if (several) row.push_back(web::text(line.site));
    row.push_back(how_asked(say, line));
    table.rows.push_back(std::move(row));
  }
  return web::table(table);
}

Html invited(const web::Language& say, const RoundPageView& view) {
  const auto path = path_of(view.asked);
  Html part = web::heading(2, say("evaluation.asked.invited"), "invited");
  part += view.invited.empty() ? web::paragraph(say("evaluation.asked.nobody_invited")) : invited_table(say, view);
  part += web::privacy(say(view.asked.asking.mode == instruments::Mode::anonymous ? "evaluation.asked.never_who"
                                                                                  : "evaluation.asked.who_later"));
  if (is_over(view.asked.state)) return part;
  return part +
         web::button_group(
             {web::link_button(say("evaluation.asked.invite_more"), path + "/invitations/new", web::Button::second),
              web::link_button(say("evaluation.asked.reminders"), path + "/reminders", web::Button::second)});
}

Html links(const web::Language& say, const RoundPageView& view) {
  const auto path = path_of(view.asked) + "/links";
  std::int64_t open = 0;
  for (const auto& link : view.links) open += link.ended.empty() ? 1 : 0;
  return web::heading(2, say("evaluation.asked.links"), "links") +
         web::paragraph(say.count("evaluation.asked.links_open", open)) +
         web::paragraph(web::link(say("evaluation.asked.links_see"), path));
}

std::string reminder_words(const web::Language& say, const std::vector<int>& days) {
  if (days.empty()) return say("evaluation.asked.no_reminders");
  std::vector<std::string> parts;
  for (const auto day : days) parts.push_back(say.count("evaluation.asking.days_before", day));
  return say("evaluation.asked.reminders_on", {{"days", say.list(parts)}});
}

Html set_up(const web::Language& say, const RoundPageView& view) {
  const auto& asked = view.asked;
  const auto path = path_of(asked);
  std::vector<std::string> names;
  for (const auto& site : asked.asking.sites) names.push_back(site.name);
  const std::string mode(instruments::code(asked.asking.mode));
  std::vector<web::SummaryRow> rows{
      {say("evaluation.asked.row.opens"), web::text(say.date(asked.opens_on))},
      {say("evaluation.asked.row.closes"), web::text(say.date(asked.last_day)), say("evaluation.asked.change"),
       path + "/period"},
      {say("evaluation.asked.row.reminders"), web::text(reminder_words(say, view.reminders)),
       say("evaluation.asked.change"), path + "/reminders"},
      {say("evaluation.asked.row.sites"), web::text(say.list(names))},
      {say("evaluation.asked.row.mode"), web::text(say("evaluation.asking." + mode))},
      {say("evaluation.asked.row.form"),
       web::text(
           say("evaluation.asked.form", {{"form", asked.form_title}, {"minutes", std::to_string(asked.minutes)}}))}};
  if (!view.languages.empty())
    rows.push_back({say("evaluation.asked.row.languages"), web::text(say.list(view.languages))});
  if (is_over(asked.state)) {
    rows[2].act.clear();
    rows[2].act_path.clear();
  }
  return web::heading(2, say("evaluation.asked.set_up")) + web::summary_list(rows) +
         web::details(say("evaluation.asked.words"), asking_words(say, asked.asking.words));
}

// On paper while people are asked; giving back once it is counted.
Html on_paper(const web::Language& say, const RoundPageView& view) {
  const auto path = path_of(view.asked);
  return web::heading(2, say("evaluation.asked.paper"), "paper") +
         web::row_list({{say("evaluation.paper.title"), path + "/paper", say("evaluation.asked.paper_why")},
                        {say("evaluation.sheets.title"), path + "/sheets", say("evaluation.asked.sheets_why")}});
}

Html giving_back(const web::Language& say, const RoundPageView& view) {
  const auto path = path_of(view.asked);
  Html part = web::heading(2, say("evaluation.asked.giving_back"), "giving-back");
  if (!view.left_out.empty()) part += web::note(web::paragraph(view.left_out));
  return part +
         web::row_list({{say("evaluation.reasons.title"), path + "/reasons", say("evaluation.asked.reasons_why")},
                        {say("evaluation.tell.title"), path + "/results", say("evaluation.asked.tell_why")}});
}

web::DateField closing_day(const web::Language& say, const AskedView& view) {
  return {"closes_on", say("evaluation.period.closes_on"), "",
          is_over(view.state) ? std::nullopt : std::optional(view.last_day)};
}

}  // namespace

std::string person_of(const web::Language& say, std::string_view stakeholder) {
  return say("stakeholder." + std::string(stakeholder));
}

std::string state_sentence(const web::Language& say, const AskedView& view) {
  const std::string key = "evaluation.asked.state." + std::string(instruments::code(view.state));
  const auto day = view.state == AskingState::planned ? view.opens_on : view.last_day;
  return say(key, {{"date", say.date(day)}, {"until", say.date(view.sent_until)}});
}

Html asking_words(const web::Language& say, const instruments::AskingWords& words) {
  const auto part = [&](std::string_view name, const std::string& said) {
    return web::heading(3, say("evaluation.asking." + std::string(name))) + web::tag("p", {}, web::line_breaks(said));
  };
  return part("who", words.who) + part("why", words.why) + part("what_next", words.what_next) +
         part("help", words.help);
}

Html round_page(const web::Language& say, const RoundPageView& view) {
  const auto& asked = view.asked;
  Html page = web::heading(say("evaluation.asked.title",
                               {{"study", asked.study.name}, {"number", std::to_string(asked.round.number)}})) +
              web::lead(state_sentence(say, asked)) + next_step(say, view);
  if (!is_over(asked.state)) page += standing(say, asked);
  if (asked.state == AskingState::closed) page += giving_back(say, view);
  page += invited(say, view);
  if (asked.state != AskingState::closed) page += on_paper(say, view);
  page += set_up(say, view);
  return is_over(asked.state) ? page : web::columns(page, links(say, view));
}

Html period_page(const web::Form& form, const AskedView& view) {
  const auto& say = form.say();
  const bool again = view.state == AskingState::closed;
  Html page = web::heading(say(again ? "evaluation.period.title_again" : "evaluation.period.title")) +
              web::lead(state_sentence(say, view));
  const auto kept = web::hidden("seen", iso(view.asking.period.closes_at));
  const auto path = path_of(view) + "/period";
  if (again || is_over(view.state))
    return page + web::paragraph(say(again ? "evaluation.period.again" : "evaluation.period.longer")) +
           web::post_form(form, path,
                          kept + web::hidden("act", "day") + web::date_input(form, closing_day(say, view)) +
                              web::button(say("evaluation.period.open_again")));
  web::ChoiceField field{"act", say("evaluation.period.act")};
  field.options = {{"day", say("evaluation.period.day"), "", web::date_input(form, closing_day(say, view))},
                   {"now", say("evaluation.period.now"), say("evaluation.period.now_hint")}};
  field.chosen = {"day"};
  return page +
         web::post_form(form, path, kept + web::radios(form, field) + web::button(say("evaluation.period.save")));
}

Html counting_page(const web::Form& form, const AskedView& view, bool somebody_answering) {
  const auto& say = form.say();
  Html page = web::heading(say("evaluation.counting.title")) + web::lead(state_sentence(say, view));
  if (somebody_answering)
    page += web::attention(say("evaluation.counting.begun_title"),
                           web::paragraph(say("evaluation.counting.begun", {{"until", say.date(view.sent_until)}})));
  else
    page += web::paragraph(say("evaluation.counting.nobody"));
  page += web::paragraph(say("evaluation.counting.what"));
  return page + web::post_form(
                    form, path_of(view) + "/counting",
                    web::button(say(somebody_answering ? "evaluation.counting.leave_out" : "evaluation.counting.count"),
                                somebody_answering ? web::Button::warning : web::Button::main));
}

Html reminders_page(const web::Form& form, const AskedView& view, const std::vector<int>& days, bool reminded) {
  const auto& say = form.say();
  const auto path = path_of(view) + "/reminders";
  Html page = reminded ? web::banner(say, web::Banner::done, web::paragraph(say("evaluation.reminders.sent"))) : Html();
  page += web::heading(say("evaluation.reminders.title")) + web::lead(say("evaluation.reminders.lead"));
  if (view.state == AskingState::open && !reminded)
    page += web::post_form(form, path, web::button(say("evaluation.reminders.now")));
  page += web::privacy(say("evaluation.reminders.nobody_sees"));
  web::ChoiceField field{"reminders", say("evaluation.asking.reminders"), say("evaluation.asking.reminders_hint")};
  for (const auto day : instruments::possible_reminders)
    field.options.push_back({std::to_string(day), say.count("evaluation.asking.days_before", day)});
  for (const auto day : days) field.chosen.push_back(std::to_string(day));
  field.need = web::Need::optional;
  return page + web::heading(2, say("evaluation.reminders.by_itself")) +
         web::post_form(
             form, path + "/days",
             web::checkboxes(form, field) + web::button(say("evaluation.reminders.save"), web::Button::second));
}

}  // namespace cairn::evaluation
