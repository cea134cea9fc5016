// SPDX-License-Identifier: Apache-2.0
#include "privacy/actions_concerns.hpp"

#include <nlohmann/json.hpp>

#include "accounts/store.hpp"
#include "accounts/store_accounts.hpp"
#include "privacy/actions_concern_listeners.hpp"
#include "privacy/pages_concerns.hpp"
#include "privacy/store_concerns.hpp"
#include "web/form.hpp"

namespace cairn::privacy {
namespace {

using nlohmann::json;
using policy::Action;
using web::Allow;
using web::Reply;
using web::Request;

constexpr std::string_view record = "safeguarding_concern";
constexpr std::size_t form_limit = 64 * 1024;

struct Desk {
  db::Database& database;
  const policy::Policy& policy;

  policy::Decision decide(const Request& request, Action action) const {
    const policy::Facts facts{.lies_in = {Reach{}},
                              .step_up = request.signed_in && request.signed_in->proved_lately(request.now)};
    return policy.decide(request.actor, record, action, facts);
  }
  void must(const Request& request, Action action) const {
    if (!decide(request, action).allowed) throw NotFound("a concern that is not theirs to see");
  }
};

json state_of(const Concern& one) {
  return {{"id", one.id.text},
          {"reference", reference_of(one.id)},
          {"raised_at", iso(one.raised_at)},
          {"opened", one.opened_at.has_value()},
          {"closed", one.closed_at.has_value()}};
}

std::vector<ConcernRow> rows_of(const Request& request, const std::vector<Concern>& all, const std::string& zone,
                                bool may_open) {
  std::vector<ConcernRow> rows;
  for (const auto& one : all) rows.push_back({one, request.say().date(date_in_zone(one.raised_at, zone)), may_open});
  return rows;
}

Reply raise_form(const Desk& desk, const Request& request, const std::vector<Problem>& problems) {
  const bool heard = desk.database.read([&](db::Read& read) {
    return !listeners_of(read, request.actor.programme_id, request.today).safeguarding.empty();
  });
  const web::PageContent page{.title = request.say()("concern.raise.title"),
                              .main = raise_page(web::Form::of(request, problems), heard),
                              .has_problems = !problems.empty()};
  return problems.empty() ? web::answer(request, page, json{{"heard", heard}})
                          : web::ask_again(request, page, problems);
}

Reply show_form(const Desk& desk, const Request& request) {
  return raise_form(desk, request, {});
}

// The answer, and with it the reference, is made only once the concern is on the disk.
Reply raise_it(const Desk& desk, const Request& request) {
  desk.must(request, Action::create);
  const auto checked =
      check_concern({request.form.value("words"), request.form.value("urgency"), request.form.value("contact")});
  if (!checked) return raise_form(desk, request, checked.problems());
  auto id = request.once<Concern>();
  do_once([&] {
    id = desk.database.write(request.actor, {"concern.raise", std::string(record), ""}, [&](db::Write& write) {
      return raise(write, *checked, listeners_of(write, request.actor.programme_id, request.today),
                   request.once<Concern>());
    });
  });
  return web::go_to(request, "/concerns/mine?told=" + id.text);
}

Reply show_own(const Desk& desk, const Request& request) {
  const auto& say = request.say();
  std::string zone;
  const auto all = desk.database.read([&](db::Read& read) {
    zone = accounts::programme(read, request.actor).zone;
    return own_concerns(read, request.actor);
  });
  std::string fresh;
  auto data = json::array();
  for (const auto& one : all) {
    if (one.id.text == request.query.value("told")) fresh = reference_of(one.id);
    data.push_back(state_of(one));
  }
  return web::answer(
      request,
      {.title = say("concern.own.title"), .main = own_concerns_page(say, rows_of(request, all, zone, false), fresh)},
      {{"concerns", data}});
}

Reply show_all(const Desk& desk, const Request& request) {
  desk.must(request, Action::list);
  const auto& say = request.say();
  std::string zone;
  const auto all = desk.database.read([&](db::Read& read) {
    zone = accounts::programme(read, request.actor).zone;
    return concerns(read, request.actor);
  });
  auto data = json::array();
  for (const auto& one : all) {
    data.push_back(state_of(one));
    data.back()["urgency"] = code(one.urgency);
  }
  const auto reading = desk.decide(request, Action::read);
  const bool may_open = reading.allowed || reading.reason == policy::Reason::step_up;
  return web::answer(
      request, {.title = say("concern.list.title"), .main = concerns_page(say, rows_of(request, all, zone, may_open))},
      {{"concerns", data}});
}

// Somebody without an account any more is told of as such.
std::string name_of(db::Read& read, const Request& request, const std::string& account_id) {
  const auto account = accounts::find_account(read, {account_id});
  return account ? account->display_name : request.say()("concern.open.nobody");
}

// Each look is in the journal before anything of it is shown.
OpenedConcernView look_at(const Desk& desk, const Request& request, const Id<Concern>& id) {
  OpenedConcernView view;
  view.opened = desk.database.write(request.actor, {"concern.read", std::string(record), id.text},
                                    [&](db::Write& write) { return open_concern(write, id); });
  desk.database.read([&](db::Read& read) {
    const auto zone = accounts::programme(read, request.actor).zone;
    const auto day = [&](Moment at) { return request.say().date(date_in_zone(at, zone)); };
    const auto& one = view.opened.concern;
    view.who = name_of(read, request, one.raised_by);
    view.raised_on = day(one.raised_at);
    if (one.closed_at) view.closed_on = day(*one.closed_at);
    for (const auto& note : view.opened.notes)
      view.notes.push_back({note.words, name_of(read, request, note.made_by), day(note.made_at)});
  });
  return view;
}

json as_json(const OpenedConcernView& view) {
  auto data = state_of(view.opened.concern);
  data["urgency"] = code(view.opened.concern.urgency);
  data["words"] = view.opened.words;
  data["contact"] = view.opened.contact;
  data["raised_by"] = view.who;
  data["notes"] = json::array();
  for (const auto& note : view.notes) data["notes"].push_back({{"words", note.words}, {"by", note.who}});
  return data;
}

Reply open_page(const Desk& desk, const Request& request, const std::vector<Problem>& problems) {
  const auto id = request.id<Concern>("concern");
  desk.database.read([&](db::Read& read) { concern(read, request.actor, id); });
  const auto reading = desk.decide(request, Action::read);
  if (reading.reason == policy::Reason::step_up) throw SignInAnew("a concern");
  if (!reading.allowed) throw NotFound("a concern that is not theirs to read");
  const auto view = look_at(desk, request, id);
  const auto& say = request.say();
  const web::PageContent page{.title = say("concern.row.title", {{"reference", reference_of(id)}}),
                              .main = opened_concern_page(web::Form::of(request, problems), view),
                              .trail = {{say("concern.list.title"), "/concerns"}},
                              .has_problems = !problems.empty()};
  return problems.empty() ? web::answer(request, page, as_json(view)) : web::ask_again(request, page, problems);
}

Reply show_one(const Desk& desk, const Request& request) {
  return open_page(desk, request, {});
}

Reply note(const Desk& desk, const Request& request) {
  desk.must(request, Action::amend);
  const auto id = request.id<Concern>("concern");
  const auto words = check_concern_note(request.form.value("words"));
  if (!words) return open_page(desk, request, words.problems());
  do_once([&] {
    desk.database.write(request.actor, {"concern.note", std::string(record), id.text},
                        [&](db::Write& write) { add_note(write, id, *words, request.checked_once()); });
  });
  return web::go_to(request, "/concerns/" + id.text);
}

Reply close_it(const Desk& desk, const Request& request) {
  desk.must(request, Action::amend);
  const auto id = request.id<Concern>("concern");
  desk.database.write(request.actor, {"concern.close", std::string(record), id.text},
                      [&](db::Write& write) { close_concern(write, id); });
  return web::go_to(request, "/concerns");
}

}  // namespace

void add_concern_routes(web::Routes& routes, db::Database& database, const policy::Policy& policy) {
  const Desk desk{database, policy};
  const auto act = [desk](Reply (*one)(const Desk&, const Request&)) {
    return [desk, one](const Request& request) { return one(desk, request); };
  };
  const Allow raising{record, Action::create, policy::signed_in};
  const Allow amending{record, Action::amend, {Role::safeguarding_lead}};
  routes.get("/concerns/new", raising, act(show_form));
  routes.post("/concerns", raising, act(raise_it), web::Pace::quick, form_limit);
  routes.get("/concerns/mine", Allow{"raised_concern", Action::list, policy::signed_in}, act(show_own));
  routes.get("/concerns", Allow{record, Action::list, {Role::safeguarding_lead, Role::privacy_guardian}},
             act(show_all));
  routes.get("/concerns/{concern}", Allow{record, Action::read, {Role::safeguarding_lead}}, act(show_one));
  routes.post("/concerns/{concern}/notes", amending, act(note), web::Pace::quick, form_limit);
  routes.post("/concerns/{concern}/closings", amending, act(close_it));
}

}  // namespace cairn::privacy
