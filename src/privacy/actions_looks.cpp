// SPDX-License-Identifier: Apache-2.0
#include "privacy/actions_looks.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "accounts/store.hpp"
#include "accounts/store_accounts.hpp"
#include "privacy/pages_looks.hpp"
#include "privacy/store_complaints.hpp"
#include "web/form.hpp"

namespace cairn::privacy {
namespace {

using nlohmann::json;
using policy::Action;
using web::Allow;
using web::Reply;
using web::Request;

constexpr std::int64_t looks_on_a_page = 50;
constexpr std::size_t form_limit = 64 * 1024;

struct Office {
  db::Database& database;
  const policy::Policy& policy;

  static Asked asked(const Request& request) {
    return {request.now, request.signed_in && request.signed_in->proved_lately(request.now)};
  }
  Looking looking(const Request& request) const {
    const auto surface = request.wants_json ? Surface::json : Surface::page;
    return {policy, request.actor, asked(request), surface, Action::read};
  }
};

// Somebody without an account any more is told of as such.
std::string name_of(db::Read& read, const Request& request, const std::string& account_id) {
  const auto account = accounts::find_account(read, {account_id});
  return account ? account->display_name : request.say()("looks.nobody");
}

std::string day_of(const Request& request, Moment at, const std::string& zone) {
  return request.say().date(date_in_zone(at, zone));
}

LookLine line_of(db::Read& read, const Request& request, const KeptLook& look, const std::string& zone) {
  const auto& say = request.say();
  LookLine line;
  line.id = look.id.text;
  line.who = say("looks.who", {{"name", name_of(read, request, look.account)},
                               {"role", say("role." + std::string(name(look.role)))}});
  line.what = say("record." + look.record_type);
  line.why = say("looks.why." + look.reason);
  line.when = say("looks.when." + std::string(code(look.surface)), {{"date", day_of(request, look.at, zone)}});
  return line;
}

ComplaintLine line_of(const Request& request, const Complaint& one, const std::string& zone) {
  ComplaintLine line;
  line.words = one.words;
  line.told_on = day_of(request, one.at, zone);
  line.due_on = request.say().date(one.due_on);
  if (one.answer) line.answer = one.answer->words, line.answered_on = day_of(request, one.answer->at, zone);
  return line;
}

json as_json(const KeptLook& look, const LookLine& line) {
  return {{"id", look.id.text},
          {"who", line.who},
          {"role", name(look.role)},
          {"at", iso(look.at)},
          {"record", look.record_type},
          {"part", look.part},
          {"action", look.action},
          {"reason", look.reason},
          {"surface", code(look.surface)},
          {"may_complain", line.may_complain}};
}

json as_json(const Complaint& one) {
  return {{"id", one.id.text},         {"look", one.look.text},
          {"words", one.words},        {"at", iso(one.at)},
          {"due_on", iso(one.due_on)}, {"answer", one.answer ? json(one.answer->words) : json(nullptr)}};
}

// One more than fits on the page tells whether there are older ones.
Reply show_looks(const Office& office, const Request& request) {
  LooksView view;
  json data{{"looks", json::array()}, {"complaints", json::array()}};
  office.database.read([&](db::Read& read) {
    const auto zone = accounts::programme(read, request.actor).zone;
    const auto complaints = own_complaints(read, request.actor);
    auto looks = looks_at_mine(read, request.actor, request.now, looks_on_a_page + 1, {request.query.value("before")});
    view.count = looks_at_mine_count(read, request.actor, request.now);
    if (std::ssize(looks) > looks_on_a_page) {
      looks.pop_back();
      view.older = "/who-looked?before=" + looks.back().id.text;
    }
    for (const auto& look : looks) {
      view.looks.push_back(line_of(read, request, look, zone));
      const auto is_about = [&](const Complaint& one) { return one.look == look.id; };
      view.looks.back().may_complain = std::ranges::none_of(complaints, is_about);
      data["looks"].push_back(as_json(look, view.looks.back()));
    }
    for (const auto& one : complaints) {
      view.complaints.push_back(line_of(request, one, zone));
      data["complaints"].push_back(as_json(one));
    }
  });
  data["count"] = view.count;
  const auto& say = request.say();
  return web::answer(request, {.title = say("looks.title"), .main = looks_page(say, view)}, data);
}

Reply complain_form(const Office& office, const Request& request, const std::vector<Problem>& problems) {
  const auto line = office.database.read([&](db::Read& read) {
    const auto look = look_at_mine(read, request.actor, request.id<KeptLook>("look"), request.now);
    return line_of(read, request, look, accounts::programme(read, request.actor).zone);
  });
  const auto& say = request.say();
  const web::PageContent page{.title = say("looks.complain.title"),
                              .main = complain_page(web::Form::of(request, problems), line),
                              .trail = {{say("looks.title"), "/who-looked"}},
                              .has_problems = !problems.empty()};
  return problems.empty() ? web::answer(request, page, json{{"look", line.id}})
                          : web::ask_again(request, page, problems);
}

// A look has one complaint at most: the same sent twice finds the first.
Reply complain_about(const Office& office, const Request& request) {
  const auto id = request.id<KeptLook>("look");
  const auto words = check_words(request.form.value("words"));
  if (!words) return complain_form(office, request, words.problems());
  const bool is_there = office.database.read([&](db::Read& read) {
    const auto all = own_complaints(read, request.actor);
    return std::ranges::any_of(all, [&](const Complaint& one) { return one.look == id && one.words == *words; });
  });
  if (!is_there)
    office.database.write(request.actor, {"access_complaint.add", "access_complaint", ""},
                          [&](db::Write& write) { complain(write, id, *words); });
  return web::go_to(request, "/who-looked");
}

// ---- The privacy guardian

Reply show_waiting(const Office& office, const Request& request) {
  std::vector<WaitingLine> lines;
  auto data = json::array();
  office.database.read([&](db::Read& read) {
    const auto zone = accounts::programme(read, request.actor).zone;
    for (const auto& one : complaints_waiting(read, office.policy, request.actor, Office::asked(request))) {
      lines.push_back(
          {one.id.text, day_of(request, one.at, zone), request.say().date(one.due_on), one.due_on < request.today});
      data.push_back({{"id", one.id.text}, {"at", iso(one.at)}, {"due_on", iso(one.due_on)}});
    }
  });
  const auto& say = request.say();
  return web::answer(request, {.title = say("looks.waiting.title"), .main = waiting_complaints_page(say, lines)},
                     {{"complaints", data}});
}

Reply open_form(const Office& office, const Request& request, const std::vector<Problem>& problems) {
  OpenComplaintView view;
  const auto complaint = open_complaint(office.database, office.looking(request), request.id<Complaint>("complaint"));
  office.database.read([&](db::Read& read) {
    const auto zone = accounts::programme(read, request.actor).zone;
    view.id = complaint.id.text;
    view.owner = name_of(read, request, complaint.owner);
    view.complaint = line_of(request, complaint, zone);
    view.look = line_of(read, request, look_for_guardian(read, request.actor, complaint.look), zone);
  });
  const auto& say = request.say();
  auto data = as_json(complaint);
  data["look"] = view.look.who + ". " + view.look.what;
  const web::PageContent page{.title = say("looks.open.title"),
                              .main = open_complaint_page(web::Form::of(request, problems), view),
                              .trail = {{say("looks.waiting.title"), "/guardian/complaints"}},
                              .has_problems = !problems.empty()};
  return problems.empty() ? web::answer(request, page, data) : web::ask_again(request, page, problems);
}

Reply answer_it(const Office& office, const Request& request) {
  const auto id = request.id<Complaint>("complaint");
  const auto words = check_words(request.form.value("words"));
  if (!words) return open_form(office, request, words.problems());
  office.database.write(request.actor, {"access_complaint.answer", "access_complaint", id.text},
                        [&](db::Write& write) { answer(write, office.policy, id, *words, Office::asked(request)); });
  return web::go_to(request, "/guardian/complaints");
}

}  // namespace

void add_look_routes(web::Routes& routes, db::Database& database, const policy::Policy& policy) {
  const Office office{database, policy};
  const auto act = [office](Reply (*one)(const Office&, const Request&)) {
    return [office, one](const Request& request) { return one(office, request); };
  };
  const auto form = [office](Reply (*one)(const Office&, const Request&, const std::vector<Problem>&)) {
    return [office, one](const Request& request) { return one(office, request, {}); };
  };
  const std::string complaint = "access_complaint";
  const Allow complaining{complaint, Action::create, policy::signed_in};
  routes.get("/who-looked", {"accesses_to_me", Action::list, policy::signed_in}, act(show_looks));
  routes.get("/who-looked/{look}", complaining, form(complain_form));
  routes.post("/who-looked/{look}/complaints", complaining, act(complain_about), web::Pace::quick, form_limit);
  const Allow answering{complaint, Action::amend, {Role::privacy_guardian}};
  routes.get("/guardian/complaints", answering, act(show_waiting));
  routes.get("/guardian/complaints/{complaint}", answering, form(open_form));
  routes.post("/guardian/complaints/{complaint}/answers", answering, act(answer_it), web::Pace::quick, form_limit);
}

}  // namespace cairn::privacy
