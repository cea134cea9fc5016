// SPDX-License-Identifier: Apache-2.0
#include "agenda/pages_today.hpp"

namespace cairn::agenda {
namespace {

using web::Html;

std::string sentence(const web::Language& say, const Said& said, const OpenLoop& loop, Date today) {
  Problem filled{"", said.key, said.values};
  filled.values.emplace_back("owner", loop.owner);
  filled.values.emplace_back("since", say.day(loop.since));
  if (loop.due_on) filled.values.emplace_back("due", due(say, *loop.due_on, today));
  return say(filled);
}

web::ListRow row_of(const web::Language& say, const OpenLoop& loop, Date today, Html beside) {
  return {sentence(say, loop.what, loop, today), loop.path, sentence(say, loop.why, loop, today), std::move(beside)};
}

Html act(const web::Form& form, const OpenLoop& loop, web::Button kind) {
  if (loop.act_path.empty()) return web::link_button(form.say()(loop.act_label), loop.path, kind);
  return web::act_form(form, loop.act_path,
                       web::hidden("back", "/today") + web::button(form.say()(loop.act_label), kind));
}

Html yours(const web::Form& form, const TodayView& view) {
  std::vector<web::ListRow> rows;
  for (const auto& loop : view.waiting.yours)
    rows.push_back(
        row_of(form.say(), loop, view.today, act(form, loop, rows.empty() ? web::Button::main : web::Button::second)));
  return rows.empty() ? Html() : web::row_list(rows);
}

Html theirs(const web::Form& form, const TodayView& view) {
  const auto& say = form.say();
  std::vector<web::ListRow> rows;
  for (const auto& waits : view.waiting.theirs) {
    auto beside = web::tag_mark(say("agenda.today.their_turn"), web::Tone::waiting);
    if (waits.may_close && !waits.loop.act_path.empty()) beside += act(form, waits.loop, web::Button::second);
    rows.push_back(row_of(say, waits.loop, view.today, std::move(beside)));
  }
  if (rows.empty()) return {};
  return web::heading(2, say("agenda.today.theirs"), "theirs") + web::row_list(rows);
}

Html done(const web::Form& form, const TodayView& view) {
  if (view.done.empty()) return {};
  const auto& say = form.say();
  std::vector<web::ListRow> rows;
  for (const auto& one : view.done) {
    web::ListRow row{
        one.step.words, {}, say("agenda.today.done_on", {{"owner", one.step.owner}, {"date", say.day(one.done_on)}})};
    if (view.may_reopen)
      row.beside =
          web::act_form(form, "/next-steps/" + one.step.id.text + "/reopenings",
                        web::hidden("back", "/today") + web::button(say("agenda.step.not_done"), web::Button::second));
    rows.push_back(std::move(row));
  }
  return web::heading(2, say("agenda.today.done"), "done") + web::row_list(rows);
}

std::string waiting_sentence(const web::Language& say, std::size_t count) {
  const auto n = static_cast<std::int64_t>(count);
  return say.count("agenda.today.waiting", n, {{"count", say.words(n)}});
}

}  // namespace

Html today_page(const web::Form& form, const TodayView& view) {
  const auto& say = form.say();
  const std::string key = "agenda.today.good." + view.part_of_day;
  Html page = web::heading(view.person.empty() ? say(key + ".all") : say(key + ".named", {{"name", view.person}}));
  page += web::lead(waiting_sentence(say, view.waiting.yours.size()));
  if (view.waiting.yours.empty() && view.waiting.theirs.empty() && view.done.empty())
    return page + web::empty_state(
                      {say("agenda.today.empty_what"), say("agenda.today.empty_example"),
                       view.first_step ? web::link_button(view.first_step->label, view.first_step->path) : Html()});
  return page + yours(form, view) + theirs(form, view) + done(form, view);
}

std::string due(const web::Language& say, Date due_on, Date today) {
  const auto day = due_on.year == today.year ? say.day(due_on) : say.date(due_on);
  return say(due_on < today ? "agenda.step.was_due" : "agenda.step.due", {{"date", day}});
}

}  // namespace cairn::agenda
