// SPDX-License-Identifier: Apache-2.0
// A link for many: who comes by it says which group they belong to, and gets a link of their own to go on by.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "accounts/throttle.hpp"
#include "base/text.hpp"
#include "instruments/actions_answer.hpp"

namespace cairn::instruments {
namespace {

using nlohmann::json;
using policy::Action;
using web::Reply;
using web::Request;

constexpr std::size_t form_limit = 16 * 1024;

struct Joining {
  OpenedGroupLink opened;
  Instrument instrument;
  Date first_day;
  Date last_day;

  bool asks_site() const { return !opened.link.site && opened.asking.sites.size() > 1; }
  bool asks_stakeholder() const { return opened.link.stakeholder.empty(); }
};

Joining open_joining(const Asked& asked, Request& request) {
  const auto& code = request.checked_parameter("code");
  return asked.database.read([&](db::Read& read) {
    auto opened = find_group_link(read, code);
    if (!opened) throw NotFound("no such group link");
    speak_for_round(asked, request, opened->asking);
    const auto days = days_of(read, opened->asking);
    const auto& sites = opened->asking.sites;
    if (opened->link.site || sites.size() == 1)
      speak_for_site(read, request, opened->asking, opened->link.site.value_or(sites.front().number));
    auto instrument = in_words_of(request, *asked.definitions->of(opened->asking));
    return Joining{*std::move(opened), std::move(instrument), days.first, days.last};
  });
}

std::optional<Reply> shut_for(const Joining& joining, const Request& request) {
  const auto& [link, asking] = joining.opened;
  const bool open = asking.may_begin(request.now);
  if (open && link.ended.empty() && !link.is_full()) return {};
  const bool planned = asking.state(request.now) == AskingState::planned;
  const auto why = !link.ended.empty() ? Shut::ended : planned ? Shut::not_yet : open ? Shut::full : Shut::closed;
  const auto& say = request.say();
  auto reply =
      web::answer(request, {.title = say("shut.title"), .main = shut_page(say, asking, why, joining.first_day)},
                  json{{"state", code(asking.state(request.now))}});
  if (why != Shut::not_yet) reply.status = 410;
  return reply;
}

Reply join_reply(const Asked& asked, const Joining& joining, const Request& request,
                 const std::vector<Problem>& problems) {
  const auto form = web::Form::of(request, problems);
  const auto answers = Answers::none(joining.instrument);
  const AnswerPage page{form, joining.opened.asking, joining.instrument, answers, "", joining.last_day, false, false};
  const JoinView view{request.path, asked.gate->stamp(request.now), joining.asks_site(), joining.asks_stakeholder()};
  const web::PageContent content{.title = request.say()("answer.title"), .main = join_page(page, view)};
  return problems.empty() ? web::answer(request, content, json{{"until", iso(joining.last_day)}, {"stamp", view.stamp}})
                          : web::ask_again(request, content, problems);
}

Reply show_join(const Asked& asked, Request& request) {
  const auto joining = open_joining(asked, request);
  if (auto reply = shut_for(joining, request)) return *std::move(reply);
  return join_reply(asked, joining, request, {});
}

std::vector<Problem> fault_of_joining(const Asked& asked, const std::string& link, const Request& request) {
  const JoinGate::Knock knock{link, accounts::network_of(request.address), request.form.value("stamp"),
                              !request.form.value("website").empty()};
  switch (asked.gate->ask(knock, request.now)) {
    case JoinGate::Verdict::enters:
      return {};
    case JoinGate::Verdict::trapped:
      return {{"", "join.problem.trap"}};
    case JoinGate::Verdict::too_soon:
      return {{"", "join.problem.too_soon"}};
    case JoinGate::Verdict::no_stamp:
      return {{"", "join.problem.again"}};
    case JoinGate::Verdict::too_many:
      return {{"", "join.problem.too_many"}};
  }
  return {};
}

// The group and site people chose, or that the link is for.
Checked<Answers> chosen(const Joining& joining, const Request& request) {
  std::vector<Problem> problems;
  auto answers = Answers::none(joining.instrument);
  const auto& link = joining.opened.link;
  answers.way = "group";
  answers.begun_at = request.now;
  answers.language = request.say().code();
  answers.site = link.site.value_or(joining.asks_site() ? whole_number(request.form.value("site")).value_or(0)
                                                        : joining.opened.asking.sites.front().number);
  if (!joining.opened.asking.site(answers.site)) problems.push_back({"site", "join.problem.site"});
  answers.stakeholder = joining.asks_stakeholder() ? request.form.value("stakeholder") : link.stakeholder;
  const auto& known = known_groups(Axis::stakeholder);
  if (std::find(known.begin(), known.end(), answers.stakeholder) == known.end())
    problems.push_back({"stakeholder", "join.problem.stakeholder"});
  if (!problems.empty()) return problems;
  return answers;
}

Reply join(const Asked& asked, Request& request) {
  const auto joining = open_joining(asked, request);
  if (auto reply = shut_for(joining, request)) return *std::move(reply);
  const auto answers = chosen(joining, request);
  if (!answers) return join_reply(asked, joining, request, answers.problems());
  if (const auto problems = fault_of_joining(asked, joining.opened.link.id, request); !problems.empty())
    return join_reply(asked, joining, request, problems);
  const auto secret = begin_by_group_link(asked.database, joining.opened, joining.instrument, *answers);
  return web::go_to(request, "/answer/" + secret + "/parts/1");
}

}  // namespace

void add_join_routes(web::Routes& routes, const Asked& asked) {
  routes.get("/join/{code}", {"answering", Action::read, {Role::anyone}}, with(asked, show_join));
  routes.post("/join/{code}", {"answering", Action::create, {Role::anyone}}, with(asked, join), web::Pace::quick,
              form_limit);
}

}  // namespace cairn::instruments
