// SPDX-License-Identifier: Apache-2.0
// The link itself: before the first question, after the last, no more letters, taking it back.
#include "instruments/actions.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "accounts/store.hpp"
#include "accounts/store_words.hpp"
#include "instruments/actions_answer.hpp"
#include "instruments/reminders.hpp"
#include "instruments/store_asking.hpp"
#include "instruments/store_waiting.hpp"

namespace cairn::instruments {
namespace {

using nlohmann::json;
using policy::Action;
using web::Reply;
using web::Request;

Answers fresh(const AnswerLink& link, const Instrument& instrument, const Request& request) {
  auto answers = Answers::none(instrument);
  answers.begun_at = request.now;
  answers.language = request.say().code();
  if (!link.invitation) return answers;
  answers.site = link.invitation->site;
  answers.stakeholder = link.invitation->participant.stakeholder;
  return answers;
}

Reply thanks(const Asked& asked, const Visit& visit, const Request& request) {
  const auto& say = request.say();
  const bool may_change = visit.link.may_answer(request.now, true);
  const ThanksView view{visit.link.asking, visit.last_day, asked.results_of(visit.link.asking),
                        may_change ? visit.path() : ""};
  return web::answer(request, {.title = say("thanks.title"), .main = thanks_page(say, view)},
                     json{{"state", "sent"}, {"results", "/results/" + visit.link.asking.results_code}});
}

Reply before(const Asked& asked, Request& request) {
  const auto visit = open_visit(asked, request);
  if (visit.link.sent) return thanks(asked, visit, request);
  if (auto reply = shut(visit, request)) return *std::move(reply);
  const auto form = web::Form::of(request);
  const auto page = visit.page(form);
  return web::answer(request, {.title = request.say()("answer.title"), .main = before_page(page)},
                     json{{"state", visit.begun ? "begun" : "not_begun"},
                          {"until", iso(visit.last_day)},
                          {"first", step_path(page, Step::section)}});
}

Reply thanks_for_all(const Asked& asked, Request& request) {
  const auto code = request.checked_parameter("code");
  const auto [asking, days] = asked.database.read([&](db::Read& read) {
    auto found = find_asking_by_results(read, code);
    if (!found) throw NotFound("no round by that code");
    const auto its_days = days_of(read, *found);
    return std::pair{*std::move(found), its_days};
  });
  speak_for_round(asked, request, asking);
  const auto& say = request.say();
  return web::answer(
      request,
      {.title = say("thanks.title"), .main = thanks_page(say, {asking, days.last, asked.results_of(asking), ""})},
      json{{"results", "/results/" + code}});
}

Visit open_personal(const Asked& asked, Request& request) {
  auto visit = open_visit(asked, request);
  if (!visit.link.invitation) throw NotFound("the link is not one person's own");
  return visit;
}

Reply ask_quiet(const Asked& asked, Request& request) {
  const auto visit = open_personal(asked, request);
  const auto form = web::Form::of(request);
  return web::answer(request, {.title = request.say()("answer.quiet.title"), .main = quiet_page(form, visit.path())},
                     json{{"quiet", visit.link.invitation->quiet}});
}

Reply be_quiet_from_now(const Asked& asked, Request& request) {
  const auto visit = open_personal(asked, request);
  const auto& invitation = *visit.link.invitation;
  asked.database.write(as_respondent(visit.link.asking), {"invitation.quiet", "invitation", invitation.id},
                       [&](db::Write& write) { be_quiet(write, invitation.collection, invitation.id); });
  const auto& say = request.say();
  return web::answer(request,
                     {.title = say("answer.quiet.done_title"),
                      .main = web::heading(say("answer.quiet.done_title")) + web::lead(say("answer.quiet.done")) +
                              web::paragraph(web::link(say("answer.quiet.back"), visit.path()))},
                     json{{"quiet", true}});
}

Visit open_named(const Asked& asked, Request& request) {
  auto visit = open_personal(asked, request);
  const bool may = visit.link.asking.mode == Mode::named && visit.link.may_answer(request.now, true);
  if (!may) throw NotFound("there is nothing that could be taken back by this link");
  return visit;
}

Reply ask_withdraw(const Asked& asked, Request& request) {
  const auto visit = open_named(asked, request);
  const auto form = web::Form::of(request);
  return web::answer(request,
                     {.title = request.say()("answer.withdraw.title"), .main = withdraw_page(visit.page(form))},
                     json::object());
}

Reply withdraw_now(const Asked& asked, Request& request) {
  const auto visit = open_named(asked, request);
  withdraw(asked.database, visit.link, visit.instrument);
  const auto& say = request.say();
  return web::answer(request,
                     {.title = say("answer.withdraw.done_title"),
                      .main = web::heading(say("answer.withdraw.done_title")) + web::lead(say("answer.withdraw.done"))},
                     json{{"state", "withdrawn"}});
}

}  // namespace

Days days_of(db::Read& read, const Asking& asking) {
  const auto programme = accounts::find_programme(read);
  const auto zone = programme ? programme->zone : std::string("UTC");
  return {date_in_zone(asking.period.opens_at, zone), last_day(asking.period, zone)};
}

std::shared_ptr<const Instrument> Definitions::of(const Asking& asking) {
  const std::lock_guard lock(mutex_);
  auto& kept = read_[{asking.instrument_id, asking.instrument_version}];
  if (!kept) kept = std::make_shared<const Instrument>(instrument_of(library_, asking));
  return kept;
}

AnswerPage Visit::page(const web::Form& form) const {
  return {form, link.asking, instrument, answers, path(), last_day, link.invitation.has_value(), begun};
}

web::Act with(const Asked& asked, AnswerAct act) {
  return [act, asked](const Request& request) {
    auto own = request;
    return act(asked, own);
  };
}

void speak_for_round(const Asked& asked, Request& request, const Asking& asking) {
  if (asked.languages == nullptr) return;
  request.speak(asked.languages->for_request(request, asking.languages));
  std::erase_if(request.frame.languages, [&](const web::LanguageChoice& one) {
    return std::ranges::find(asking.languages, one.code) == asking.languages.end();
  });
}

void speak_for_site(db::Read& read, Request& request, const Asking& asking, std::int64_t number) {
  const auto* site = asking.site(number);
  if (site == nullptr) return;
  const auto words = accounts::words_for(read, {asking.programme_id}, {site->service_id}, request.say().code());
  if (!words.empty()) request.speak(std::make_shared<const web::Language>(request.say().with(words)));
}

Instrument in_words_of(const Request& request, const Instrument& instrument) {
  return reworded(instrument,
                  [&](std::string_view text) { return request.say().in_own_words(text, {words_of_files}); });
}

Visit open_visit(const Asked& asked, Request& request) {
  const auto& secret = request.checked_parameter("link");
  return asked.database.read([&](db::Read& read) {
    auto link = find_answer_link(read, secret);
    if (!link) throw NotFound("no such link");
    Visit visit;
    visit.link = *std::move(link);
    speak_for_round(asked, request, visit.link.asking);
    visit.instrument = *asked.definitions->of(visit.link.asking);
    auto draft = find_draft(read, visit.link, visit.instrument);
    visit.begun = draft && draft->any();
    visit.answers = draft ? *std::move(draft) : fresh(visit.link, visit.instrument, request);
    speak_for_site(read, request, visit.link.asking, visit.answers.site);
    visit.instrument = in_words_of(request, visit.instrument);
    const auto days = days_of(read, visit.link.asking);
    visit.first_day = days.first;
    visit.last_day = days.last;
    return visit;
  });
}

std::optional<Reply> shut(const Visit& visit, const Request& request) {
  const auto& link = visit.link;
  const bool begun = visit.begun || !link.group_link.empty();
  if (link.may_answer(request.now, begun)) return {};
  const bool planned = link.asking.state(request.now) == AskingState::planned;
  const auto why = link.is_ended() ? Shut::ended : planned ? Shut::not_yet : Shut::closed;
  const auto& say = request.say();
  auto reply =
      web::answer(request, {.title = say("shut.title"), .main = shut_page(say, link.asking, why, visit.first_day)},
                  json{{"state", code(link.asking.state(request.now))}});
  if (why != Shut::not_yet) reply.status = 410;
  return reply;
}

std::string words_in_use(const web::Language& say) {
  return json(say.terms()).dump();
}

void add_routes(web::Routes& routes, db::Database& database, const content::Library& library,
                const std::function<std::string()>& address, const web::Languages* languages) {
  const Asked asked{database, std::make_shared<Definitions>(library),
                    std::make_shared<JoinGate>(database.keys().derived("answer.join")), address, languages};
  const web::Allow read{"answering", Action::read, {Role::anyone}};
  routes.get("/answer/{link}", read, with(asked, before));
  routes.get("/thanks/{code}", read, with(asked, thanks_for_all));
  routes.get("/answer/{link}/letters", read, with(asked, ask_quiet));
  routes.post("/answer/{link}/letters", {"answering", Action::amend, {Role::anyone}}, with(asked, be_quiet_from_now));
  routes.get("/answer/{link}/withdraw", read, with(asked, ask_withdraw));
  routes.post("/answer/{link}/withdraw", {"answering", Action::erase, {Role::anyone}}, with(asked, withdraw_now));
  add_step_routes(routes, asked);
  add_join_routes(routes, asked);
  for (const auto* prefix : {"/answer/", "/thanks/", "/join/"}) routes.leave_no_trace_of(prefix);
}

std::map<std::string, jobs::Queue::Work> queued_work(db::Database& database, const content::Library& library) {
  return {{std::string(settle_job),
           [&](const jobs::Job& job) { settle(database, library, {}, {job.payload}, Begun::wait); }},
          {std::string(forget_job), [&](const jobs::Job&) { forget_what_waited(database); }}};
}

}  // namespace cairn::instruments
