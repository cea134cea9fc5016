// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <nlohmann/json.hpp>

#include "evaluation/actions_asking.hpp"
#include "evaluation/pages_said.hpp"
#include "evaluation/store.hpp"
#include "instruments/reminders.hpp"
#include "instruments/store_asking.hpp"
#include "instruments/store_reasons.hpp"
#include "instruments/store_reminders.hpp"

namespace cairn::evaluation {
namespace {

using instruments::AskingState;
using nlohmann::json;
using policy::Action;
using web::Reply;
using web::Request;

// Whom the round asks, and by which links.
struct Asked {
  std::vector<instruments::Invitation> invitations;
  std::vector<instruments::GroupLink> links;
  std::vector<int> reminders;
  std::vector<std::string> ways = {};  // of each invitation, in words
  bool anybody() const { return !invitations.empty() || !links.empty(); }
};

Asked people_of(const Stage& stage, const Request& request, const AskedRound& asked) {
  return stage.database.read([&](db::Read& read) {
    const auto& collection = asked.asking.collection;
    Asked found{instruments::invitations(read, request.actor, collection),
                instruments::group_links(read, request.actor, collection), instruments::reminders(read, collection)};
    for (const auto& one : found.invitations) found.ways.push_back(way_words(request.say(), read, asked.zone, one));
    return found;
  });
}

RoundPageView page_view(const AskedView& view, const Asked& people) {
  RoundPageView page{view, {}, {}, people.reminders};
  const bool may_tell = view.asking.mode == instruments::Mode::named && view.state == AskingState::closed;
  const auto site_name = [&](std::int64_t number) {
    const auto* site = view.asking.site(number);
    return site == nullptr ? "" : site->name;
  };
  for (std::size_t i = 0; i < people.invitations.size(); ++i) {
    const auto& one = people.invitations[i];
    InvitedLine line{one.id,   one.participant.name, one.participant.stakeholder, site_name(one.site), people.ways[i],
                     one.ended};
    if (may_tell) line.answered = one.answered;
    page.invited.push_back(std::move(line));
  }
  for (const auto& one : people.links)
    page.links.push_back({one.id, one.site ? site_name(*one.site) : "", one.stakeholder, one.most, one.ended});
  return page;
}

// What may be said of those who left the statements out.
std::string left_out_words(const Stage& stage, const Request& request, const AskedRound& asked) {
  const auto all = stage.database.read(
      [&](db::Read& read) { return instruments::left_out(read, request.actor, asked.asking.collection); });
  const auto finding = instruments::left_out_finding(all, asked.asking.smallest_group);
  return finding ? left_out_sentence(request.say(), *finding) : "";
}

// Of those people are asked in, under their own names; none where the site has only one.
std::vector<std::string> language_names(const Stage& stage, const instruments::Asking& asking) {
  std::vector<std::string> names;
  if (stage.languages.size() < 2) return names;
  for (const auto& one : stage.languages)
    if (std::ranges::find(asking.languages, one.code) != asking.languages.end()) names.push_back(one.name);
  return names;
}

json as_json(const RoundPageView& page) {
  const auto& view = page.asked;
  const auto& asking = view.asking;
  json data{{"number", view.round.number},
            {"state", instruments::code(view.state)},
            {"mode", instruments::code(asking.mode)},
            {"languages", asking.languages},
            {"opens_on", iso(view.opens_on)},
            {"last_day", iso(view.last_day)},
            {"next", code(next_act(asking, view.state, view.anybody))},
            {"groups", json::array()},
            {"invited", json::array()},
            {"links", json::array()},
            {"reminders", page.reminders}};
  if (view.state == AskingState::planned || view.state == AskingState::open)
    for (const auto& group : asking.groups)
      if (const auto may_tell = told(group, asking.smallest_group))
        data["groups"].push_back({{"site", group.site},
                                  {"group", group.stakeholder},
                                  {"hoped_for", group.hoped_for},
                                  {"so_far", code(*may_tell)}});
  for (const auto& line : page.invited) {
    json one{
        {"id", line.id}, {"name", line.name}, {"group", line.stakeholder}, {"site", line.site}, {"ended", line.ended}};
    if (line.answered) one["has_answered"] = *line.answered;
    data["invited"].push_back(std::move(one));
  }
  for (const auto& line : page.links)
    data["links"].push_back({{"id", line.id}, {"site", line.site}, {"group", line.stakeholder}, {"ended", line.ended}});
  return data;
}

Reply show_round(const Stage& stage, const Request& request) {
  const auto asked = asked_round(stage, request, "invitation", Action::list);
  const auto people = people_of(stage, request, asked);
  const auto view = view_of(asked, request, people.anybody());
  auto page = page_view(view, people);
  page.left_out = left_out_words(stage, request, asked);
  page.languages = language_names(stage, asked.asking);
  auto trail = trail_of(request, asked);
  trail.pop_back();
  return web::answer(request,
                     {request.say()("evaluation.asked.title",
                                    {{"study", asked.study.name}, {"number", std::to_string(asked.round.number)}}),
                      round_page(request.say(), page), trail, true},
                     as_json(page));
}

web::PageContent form_page(const Request& request, const AskedRound& asked, std::string_view title, web::Html main) {
  return {request.say()(title), std::move(main), trail_of(request, asked)};
}

// ---- When it closes

Reply show_period(const Stage& stage, const Request& request) {
  const auto asked = asked_round(stage, request, "study", Action::amend);
  const auto view = view_of(asked, request, true);
  return web::answer(request,
                     form_page(request, asked, "evaluation.period.title", period_page(web::Form::of(request), view)),
                     {{"state", instruments::code(view.state)}, {"last_day", iso(view.last_day)}});
}

// The moment the form asks for, or what is wrong with it.
Checked<Moment> closing_moment(const Request& request, const AskedRound& asked) {
  if (request.form.value("act") == "now") return request.now;
  const auto day = web::sent_date(request.form, "closes_on");
  if (!day) return std::vector{Problem{"closes_on", "instruments.asking.no_day"}};
  if (*day < request.today) return std::vector{Problem{"closes_on", "instruments.asking.day_past"}};
  const auto opened = date_in_zone(asked.asking.period.opens_at, asked.zone);
  if (*day < opened) return std::vector{Problem{"closes_on", "instruments.asking.wrong_order"}};
  if (days_between(opened, *day) > instruments::longest_days_open)
    return std::vector{Problem{
        "closes_on", "instruments.asking.too_long", {{"most", std::to_string(instruments::longest_days_open)}}}};
  return start_of(days_after(*day, 1), asked.zone);
}

Reply change_period(const Stage& stage, const Request& request) {
  const auto asked = asked_round(stage, request, "study", Action::amend);
  const auto view = view_of(asked, request, true);
  const bool is_now = request.form.value("act") == "now";
  // Of two leads who close it at once, the second finds it done.
  if (is_now && view.state != AskingState::open && view.state != AskingState::planned)
    return web::go_to(request, asked.path());
  auto wanted = closing_moment(request, asked);
  const auto seen = request.form.value("seen");
  const bool changed_meanwhile = !is_now && !seen.empty() && seen != iso(asked.asking.period.closes_at);
  if (wanted && changed_meanwhile && *wanted != asked.asking.period.closes_at)
    wanted = std::vector{
        Problem{"closes_on", "evaluation.problem.period_changed", {{"date", request.say().date(view.last_day)}}}};
  if (!wanted)
    return web::ask_again(request,
                          form_page(request, asked, "evaluation.period.title",
                                    period_page(web::Form::of(request, wanted.problems()), view)),
                          wanted.problems());
  if (*wanted == asked.asking.period.closes_at && !asked.asking.period.settled)
    return web::go_to(request, asked.path());
  stage.database.write(request.actor, {"study_round.period", "collection", asked.asking.collection.text},
                       [&](db::Write& write) {
                         const auto& collection = asked.asking.collection;
                         instruments::set_period(write, collection, is_now ? write.now() : *wanted);
                         instruments::plan_reminders(write, instruments::asking_of(write, collection), asked.zone);
                       });
  return web::go_to(request, asked.path());
}

// ---- Counting

bool somebody_answering(const Stage& stage, const AskedRound& asked) {
  return stage.database.read(
      [&](db::Read& read) { return instruments::somebody_is_answering(read, asked.asking.collection); });
}

Reply show_counting(const Stage& stage, const Request& request) {
  const auto asked = asked_round(stage, request, "study", Action::amend);
  const auto view = view_of(asked, request, true);
  if (view.state != AskingState::closing && view.state != AskingState::over) return web::go_to(request, asked.path());
  const bool answering = view.state == AskingState::closing && somebody_answering(stage, asked);
  return web::answer(
      request,
      form_page(request, asked, "evaluation.counting.title", counting_page(web::Form::of(request), view, answering)),
      {{"state", instruments::code(view.state)}, {"somebody_is_answering", answering}});
}

Reply count(const Stage& stage, const Request& request) {
  const auto asked = asked_round(stage, request, "study", Action::amend);
  const auto state = asked.asking.state(request.now);
  if (state == AskingState::planned || state == AskingState::open)
    throw Conflict("the round still asks people", "evaluation.stop.still_open");
  instruments::settle(stage.database, stage.library, request.actor, asked.asking.collection,
                      instruments::Begun::leave_out);
  return web::go_to(request, asked.path());
}

// ---- Reminders

Reply show_reminders(const Stage& stage, const Request& request, std::vector<Problem> problems) {
  const auto asked = asked_round(stage, request, "invitation", Action::amend);
  const auto view = view_of(asked, request, true);
  bool reminded = false;
  const auto days = stage.database.read([&](db::Read& read) {
    reminded = instruments::was_reminded_by_hand(read, asked.asking.collection, request.today);
    return instruments::reminders(read, asked.asking.collection);
  });
  const auto page = form_page(request, asked, "evaluation.reminders.title",
                              reminders_page(web::Form::of(request, problems), view, days, reminded));
  return problems.empty() ? web::answer(request, page, {{"days", days}, {"reminded_today", reminded}})
                          : web::ask_again(request, page, problems);
}

Reply remind_now(const Stage& stage, const Request& request) {
  const auto asked = asked_round(stage, request, "invitation", Action::amend);
  if (asked.asking.state(request.now) != AskingState::open)
    throw Conflict("nobody can be reminded of a round that is not open", "evaluation.stop.not_open");
  stage.database.write(
      request.actor, {"invitation.remind", "collection", asked.asking.collection.text},
      [&](db::Write& write) { instruments::remind_by_hand(write, asked.asking.collection, request.today); });
  return web::go_to(request, asked.path() + "/reminders");
}

Reply change_reminders(const Stage& stage, const Request& request) {
  const auto asked = asked_round(stage, request, "invitation", Action::amend);
  const auto days = instruments::check_reminders(request.form.values("reminders"));
  if (!days) return show_reminders(stage, request, days.problems());
  stage.database.write(request.actor, {"invitation.reminders", "collection", asked.asking.collection.text},
                       [&](db::Write& write) {
                         instruments::set_reminders(write, asked.asking.collection, *days);
                         instruments::plan_reminders(write, asked.asking, asked.zone);
                       });
  return web::go_to(request, asked.path());
}

}  // namespace

void add_asked_routes(web::Routes& routes, const Stage& stage) {
  const auto act = [&stage](auto what) {
    return [stage, what](const Request& request) { return what(stage, request); };
  };
  const std::string path = "/studies/{study}/rounds/{round}";
  routes.get(path, allowed::list_invitations, act(show_round));
  routes.get(path + "/period", allowed::amend_study, act(show_period));
  routes.post(path + "/period", allowed::amend_study, act(change_period));
  routes.get(path + "/counting", allowed::amend_study, act(show_counting));
  routes.post(path + "/counting", allowed::amend_study, act(count), web::Pace::slow);
  routes.get(path + "/reminders", allowed::amend_invitation,
             [stage](const Request& request) { return show_reminders(stage, request, {}); });
  routes.post(path + "/reminders", allowed::amend_invitation, act(remind_now));
  routes.post(path + "/reminders/days", allowed::amend_invitation, act(change_reminders));
}

}  // namespace cairn::evaluation
