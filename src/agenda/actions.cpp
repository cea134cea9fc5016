// SPDX-License-Identifier: Apache-2.0
#include "agenda/actions.hpp"

#include <nlohmann/json.hpp>

#include "accounts/store.hpp"
#include "agenda/pages_today.hpp"
#include "agenda/store.hpp"
#include "base/text.hpp"

namespace cairn::agenda {
namespace {

using nlohmann::json;
using policy::Action;
using web::Allow;
using web::Reply;
using web::Request;

constexpr std::int64_t done_lately_seconds = 7 * 24 * 60 * 60;
constexpr std::int64_t hour_seconds = 60 * 60;

// How many whole hours of the day have passed in the zone.
int hour_in_zone(Moment now, const std::string& zone) {
  const auto today = date_in_zone(now, zone);
  int hours = 0;
  while (hours < 23 && date_in_zone(later(now, -(hours + 1) * hour_seconds), zone) == today) ++hours;
  return hours;
}

std::string first_name(const Request& request) {
  if (!request.signed_in) return "";
  const auto& name = request.signed_in->display_name;
  return name.substr(0, name.find(' '));
}

json as_json(const web::Language& say, const OpenLoop& loop) {
  json data{{"kind", loop.kind},
            {"id", loop.id},
            {"what", say(Problem{"", loop.what.key, loop.what.values})},
            {"owner", loop.owner},
            {"since", iso(loop.since)},
            {"path", loop.path},
            {"act", loop.act_path}};
  data["due_on"] = loop.due_on ? json(iso(*loop.due_on)) : json(nullptr);
  return data;
}

json as_json(const web::Language& say, const TodayView& view) {
  json data{{"yours", json::array()}, {"theirs", json::array()}, {"done", json::array()}};
  for (const auto& loop : view.waiting.yours) data["yours"].push_back(as_json(say, loop));
  for (const auto& waits : view.waiting.theirs) data["theirs"].push_back(as_json(say, waits.loop));
  for (const auto& one : view.done)
    data["done"].push_back({{"id", one.step.id.text}, {"what", one.step.words}, {"done_on", iso(one.done_on)}});
  return data;
}

struct Agenda {
  db::Database& database;
  const policy::Policy& policy;
  std::vector<LoopKind> kinds;
  FirstStep first_step;

  Reply today(const Request& request) const;
  Reply change(const Request& request, const char* act, Action action,
               void (*write_it)(db::Write&, const Id<NextStep>&)) const;
};

Reply Agenda::today(const Request& request) const {
  const auto& say = request.say();
  TodayView view;
  view.person = first_name(request);
  view.today = request.today;
  if (policy.could(request.actor, first_step.record, Action::list))
    view.first_step = web::Link{say(first_step.label), first_step.path};
  database.read([&](db::Read& read) {
    const auto zone = accounts::programme(read, request.actor).zone;
    view.part_of_day = std::string(part_of_day(hour_in_zone(request.now, zone)));
    const LoopQuestion question{read, policy, request.actor, request.today, request.now};
    view.waiting = sorted_for(request.actor, request.signed_in ? request.signed_in->display_name : "",
                              open_loops(kinds, question));
    for (auto& step : steps_done_since(read, request.actor, later(request.now, -done_lately_seconds))) {
      if (!may(policy, request.actor, Action::read, step)) continue;
      view.may_reopen = view.may_reopen || may(policy, request.actor, Action::amend, step);
      const auto done_on = date_in_zone(*step.done_at, zone);
      view.done.push_back({std::move(step), done_on});
    }
  });
  return web::answer(
      request, [&] { return web::PageContent{say("agenda.today.title"), today_page(web::Form::of(request), view)}; },
      [&] { return as_json(say, view); });
}

// Where a form said to go afterwards: a page of this site, Today otherwise.
std::string back(const Request& request) {
  const auto path = request.form.value("back");
  const bool ours = path.starts_with('/') && !path.starts_with("//") && path.find('\\') == std::string::npos;
  return ours ? path : "/today";
}

Reply Agenda::change(const Request& request, const char* act, Action action,
                     void (*write_it)(db::Write&, const Id<NextStep>&)) const {
  const auto id = request.id<NextStep>("step");
  database.write(request.actor, {act, "next_step", id.text}, [&](db::Write& write) {
    if (!may(policy, request.actor, action, step(write, request.actor, id))) throw NotFound("not theirs: " + id.text);
    write_it(write, id);
  });
  return web::go_to(request, back(request));
}

}  // namespace

void add_routes(web::Routes& routes, db::Database& database, const policy::Policy& policy, std::vector<LoopKind> kinds,
                FirstStep first_step) {
  const Agenda here{database, policy, std::move(kinds), std::move(first_step)};
  const auto leads = {Role::lead, Role::partner_lead};
  routes.get("/today", Allow{"today", Action::read, policy::signed_in},
             [here](const Request& r) { return here.today(r); });
  routes.post("/next-steps/{step}/done", Allow{"next_step", Action::amend, policy::signed_in},
              [here](const Request& r) { return here.change(r, "next_step.done", Action::amend, tick_off); });
  routes.post("/next-steps/{step}/reopenings", Allow{"next_step", Action::amend, policy::signed_in},
              [here](const Request& r) { return here.change(r, "next_step.reopen", Action::amend, reopen); });
  routes.post("/next-steps/{step}/removals", Allow{"next_step", Action::erase, leads},
              [here](const Request& r) { return here.change(r, "next_step.remove", Action::erase, remove); });
  routes.post("/next-steps/{step}/returns", Allow{"next_step", Action::restore, leads},
              [here](const Request& r) { return here.change(r, "next_step.return", Action::restore, put_back); });
}

}  // namespace cairn::agenda
