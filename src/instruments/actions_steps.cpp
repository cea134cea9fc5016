// SPDX-License-Identifier: Apache-2.0
// Answering, a step at a time. Each step keeps what it was sent before it goes on.
#include <nlohmann/json.hpp>

#include "base/text.hpp"
#include "instruments/actions_answer.hpp"

namespace cairn::instruments {
namespace {

using nlohmann::json;
using policy::Action;
using web::Reply;
using web::Request;

constexpr std::size_t form_limit = 64 * 1024;
// Whoever came by a group link and sends sooner than this has not read what they answer.
constexpr std::int64_t shortest_answering = 20;  // seconds
constexpr std::int64_t answers_of_a_reader = 5;

using Draw = web::Html (*)(const AnswerPage&);

Reply page_reply(const Visit& visit, const Request& request, const std::string& title,
                 const std::function<web::Html(const AnswerPage&)>& draw, const json& data,
                 const std::vector<Problem>& problems = {}) {
  const auto form = web::Form::of(request, problems);
  const web::PageContent page{.title = title, .main = draw(visit.page(form))};
  return problems.empty() ? web::answer(request, page, data) : web::ask_again(request, page, problems);
}

void keep(const Asked& asked, Visit& visit) {
  keep_draft(asked.database, visit.link, visit.instrument, visit.answers);
}

Reply to_step(const Visit& visit, const Request& request, Step step, std::size_t section = 0) {
  const auto form = web::Form::of(request);
  return web::go_to(request, step_path(visit.page(form), step, section));
}

// A page that saves itself asks for this: what is kept now, so that it can tell later what was changed elsewhere.
Reply kept_reply(const Request&, const std::string& state) {
  Reply reply;
  reply.content_type = "application/json";
  reply.body = json{{"kept", true}, {"state", state}}.dump();
  return reply;
}

std::size_t section_of(const Visit& visit, const Request& request) {
  const auto number = whole_number(request.checked_parameter("part"));
  if (!number || *number < 1 || *number > static_cast<std::int64_t>(visit.instrument.sections.size()))
    throw NotFound("no such part");
  return static_cast<std::size_t>(*number - 1);
}

json section_json(const Visit& visit, std::size_t section) {
  json items = json::array();
  for (std::size_t i = 0; i < visit.instrument.items.size(); ++i) {
    const auto& item = visit.instrument.items[i];
    if (item.section == section)
      items.push_back({{"id", item.id},
                       {"text", item.text},
                       {"a", code(visit.answers.presence[i])},
                       {"b", code(visit.answers.importance[i])}});
  }
  return {{"title", visit.instrument.sections[section].title},
          {"items", std::move(items)},
          {"state", section_state(visit.answers, visit.instrument, section)}};
}

Reply show_section(const Asked& asked, Request& request) {
  const auto visit = open_visit(asked, request);
  if (auto reply = shut(visit, request)) return *std::move(reply);
  const auto section = section_of(visit, request);
  return page_reply(
      visit, request, visit.instrument.sections[section].title,
      [section](const AnswerPage& page) { return section_page(page, section); }, section_json(visit, section));
}

void clear_section(Answers& answers, const Instrument& instrument, std::size_t section) {
  for (std::size_t i = 0; i < instrument.items.size(); ++i)
    if (instrument.items[i].section == section) {
      answers.presence[i] = Presence::unanswered;
      answers.importance[i] = Importance::unanswered;
    }
}

Reply keep_section(const Asked& asked, Request& request) {
  auto visit = open_visit(asked, request);
  if (auto reply = shut(visit, request)) return *std::move(reply);
  const auto section = section_of(visit, request);
  const auto act = request.form.value("act");
  if (act == "clear") {
    clear_section(visit.answers, visit.instrument, section);
    keep(asked, visit);
    return to_step(visit, request, Step::section, section);
  }
  take_section(
      visit.answers, visit.instrument, section, [&](std::string_view name) { return request.form.find(name); },
      request.form.value("state"));
  keep(asked, visit);
  if (act == "keep") return kept_reply(request, section_state(visit.answers, visit.instrument, section));
  const bool last = section + 1 == visit.instrument.sections.size();
  return last ? to_step(visit, request, Step::choose) : to_step(visit, request, Step::section, section + 1);
}

json chosen_json(const Visit& visit) {
  json chosen = json::array();
  for (const auto item : visit.answers.most_important) chosen.push_back(visit.instrument.items[item].id);
  return {{"most_important", std::move(chosen)}};
}

Reply show_choose(const Asked& asked, Request& request) {
  const auto visit = open_visit(asked, request);
  if (auto reply = shut(visit, request)) return *std::move(reply);
  return page_reply(visit, request, request.say()("answer.choose.title"), choose_page, chosen_json(visit));
}

Reply keep_choice(const Asked& asked, Request& request) {
  auto visit = open_visit(asked, request);
  if (auto reply = shut(visit, request)) return *std::move(reply);
  const auto chosen = check_choice(request.form.values("most_important"), visit.instrument);
  if (!chosen)
    return page_reply(visit, request, request.say()("answer.choose.title"), choose_page, {}, chosen.problems());
  visit.answers.most_important = *chosen;
  std::erase_if(visit.answers.reasons,
                [&](const auto& one) { return std::find(chosen->begin(), chosen->end(), one.first) == chosen->end(); });
  keep(asked, visit);
  return request.form.value("act") == "keep" ? kept_reply(request, "") : to_step(visit, request, Step::why);
}

Reply show_why(const Asked& asked, Request& request) {
  const auto visit = open_visit(asked, request);
  if (auto reply = shut(visit, request)) return *std::move(reply);
  return page_reply(visit, request, request.say()("answer.why_title"), why_page, chosen_json(visit));
}

std::vector<Problem> take_reasons(Answers& answers, const Instrument& instrument, const web::Fields& form) {
  std::vector<Problem> problems;
  for (const auto item : answers.most_important) {
    const auto name = "reason." + instrument.items[item].id;
    const auto reason = check_reason(form.value(name + ".tone"), form.value(name + ".words"), name + ".words");
    if (!reason)
      problems.insert(problems.end(), reason.problems().begin(), reason.problems().end());
    else if (*reason == Reason{})
      answers.reasons.erase(item);
    else
      answers.reasons[item] = *reason;
  }
  const auto more = check_reason("", form.value("more"), "more");
  if (!more)
    problems.insert(problems.end(), more.problems().begin(), more.problems().end());
  else
    answers.more = more->words;
  return problems;
}

Reply keep_why(const Asked& asked, Request& request) {
  auto visit = open_visit(asked, request);
  if (auto reply = shut(visit, request)) return *std::move(reply);
  const auto problems = take_reasons(visit.answers, visit.instrument, request.form);
  if (!problems.empty()) return page_reply(visit, request, request.say()("answer.why_title"), why_page, {}, problems);
  keep(asked, visit);
  return request.form.value("act") == "keep" ? kept_reply(request, "") : to_step(visit, request, Step::check);
}

Reply check_reply(const Visit& visit, const Request& request, const std::vector<Problem>& problems) {
  auto data = chosen_json(visit);
  data["answered"] = json::array();
  for (std::size_t section = 0; section < visit.instrument.sections.size(); ++section)
    data["answered"].push_back(visit.answers.answered_in(visit.instrument, section));
  return page_reply(visit, request, request.say()("answer.check.title"), check_page, data, problems);
}

Reply show_check(const Asked& asked, Request& request) {
  const auto visit = open_visit(asked, request);
  if (auto reply = shut(visit, request)) return *std::move(reply);
  return check_reply(visit, request, {});
}

Reply thanks(const Visit& visit, const Request& request) {
  return web::go_to(request, "/thanks/" + visit.link.asking.results_code);
}

// What keeps answers from being sent, where something does.
std::vector<Problem> fault_of_sending(const Visit& visit, Moment now) {
  if (!visit.answers.any()) return {{"", "answer.problem.nothing"}};
  std::int64_t answered = 0;
  for (std::size_t section = 0; section < visit.instrument.sections.size(); ++section)
    answered += visit.answers.answered_in(visit.instrument, section);
  const bool too_quick = now < later(visit.answers.begun_at, shortest_answering);
  if (!visit.link.group_link.empty() && answered >= answers_of_a_reader && too_quick)
    return {{"", "answer.problem.quick"}};
  return {};
}

Reply send_answers(const Asked& asked, Request& request) {
  auto visit = open_visit(asked, request);
  // Sent before, by the same form sent twice: the answer is the first one's.
  if (visit.link.sent && !visit.link.may_answer(request.now, true)) return thanks(visit, request);
  if (auto reply = shut(visit, request)) return *std::move(reply);
  if (const auto problems = fault_of_sending(visit, request.now); !problems.empty())
    return check_reply(visit, request, problems);
  send(asked.database, visit.link, visit.instrument, visit.answers, words_in_use(request.say()));
  return thanks(visit, request);
}

Reply show_left_out(const Asked& asked, Request& request) {
  const auto visit = open_visit(asked, request);
  if (auto reply = shut(visit, request)) return *std::move(reply);
  return page_reply(visit, request, request.say()("left_out.title"), left_out_page, json::object());
}

Reply send_left_out(const Asked& asked, Request& request) {
  auto visit = open_visit(asked, request);
  if (visit.link.sent && !visit.link.may_answer(request.now, true)) return thanks(visit, request);
  if (auto reply = shut(visit, request)) return *std::move(reply);
  const auto left_out = check_left_out(request.form.value("why"), request.form.value("words"));
  if (!left_out)
    return page_reply(visit, request, request.say()("left_out.title"), left_out_page, {}, left_out.problems());
  auto sending = Answers::none(visit.instrument);
  sending.site = visit.answers.site;
  sending.stakeholder = visit.answers.stakeholder;
  sending.language = visit.answers.language;
  sending.way = visit.answers.way;
  sending.left_out = *left_out;
  send(asked.database, visit.link, visit.instrument, sending, words_in_use(request.say()));
  return thanks(visit, request);
}

}  // namespace

void add_step_routes(web::Routes& routes, const Asked& asked) {
  const web::Allow read{"answering", Action::read, {Role::anyone}};
  const web::Allow amend{"answering", Action::amend, {Role::anyone}};
  const web::Allow create{"answering", Action::create, {Role::anyone}};
  const auto step = [&](const std::string& path, auto show, auto keep_it) {
    routes.get("/answer/{link}/" + path, read, with(asked, show));
    routes.post("/answer/{link}/" + path, amend, with(asked, keep_it), web::Pace::quick, form_limit);
  };
  step("parts/{part}", show_section, keep_section);
  step("most-important", show_choose, keep_choice);
  step("why", show_why, keep_why);
  routes.get("/answer/{link}/check", read, with(asked, show_check));
  routes.post("/answer/{link}/send", create, with(asked, send_answers), web::Pace::quick, form_limit);
  routes.get("/answer/{link}/left-out", read, with(asked, show_left_out));
  routes.post("/answer/{link}/left-out", create, with(asked, send_left_out), web::Pace::quick, form_limit);
}

}  // namespace cairn::instruments
