// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "base/text.hpp"
#include "evaluation/actions_asking.hpp"
#include "evaluation/pages_invitations.hpp"
#include "instruments/response.hpp"

namespace cairn::evaluation {
namespace {

using instruments::AskingState;
using nlohmann::json;
using policy::Action;
using web::Reply;
using web::Request;

std::vector<instruments::GroupLink> links_of(const Stage& stage, const Request& request, const AskedRound& asked) {
  return stage.database.read(
      [&](db::Read& read) { return instruments::group_links(read, request.actor, asked.asking.collection); });
}

LinkLine line_of(const AskedRound& asked, const instruments::GroupLink& link) {
  const auto* site = link.site ? asked.asking.site(*link.site) : nullptr;
  return {link.id, site == nullptr ? "" : site->name, link.stakeholder, link.most, link.ended};
}

instruments::GroupLink asked_link(const Stage& stage, const Request& request, const AskedRound& asked) {
  const auto& id = request.checked_parameter("link");
  for (auto& link : links_of(stage, request, asked))
    if (link.id == id) return std::move(link);
  throw NotFound("no link " + id);
}

Reply show_links(const Stage& stage, const Request& request, const AskedRound& asked, std::vector<Problem> problems) {
  const auto view = view_of(asked, request, true);
  LinksView page_view{view, {}, view.state == AskingState::planned || view.state == AskingState::open};
  json data{{"links", json::array()}};
  for (const auto& link : links_of(stage, request, asked)) {
    page_view.links.push_back(line_of(asked, link));
    const auto& line = page_view.links.back();
    data["links"].push_back({{"id", line.id},
                             {"site", line.site},
                             {"group", line.stakeholder},
                             {"most", line.most},
                             {"ended", line.ended}});
  }
  const web::PageContent page{request.say()("evaluation.links.title"),
                              links_page(web::Form::of(request, problems), page_view), trail_of(request, asked)};
  return problems.empty() ? web::answer(request, page, data) : web::ask_again(request, page, problems);
}

Reply list_links(const Stage& stage, const Request& request) {
  return show_links(stage, request, asked_round(stage, request, "group_link", Action::list), {});
}

struct NewLink {
  std::optional<std::int64_t> site;
  std::string stakeholder;
  std::int64_t most;
};

Checked<NewLink> checked_link(const Request& request, const AskedRound& asked) {
  std::vector<Problem> problems;
  NewLink link{{}, request.form.value("group"), 0};
  if (const auto typed = request.form.value("site"); !typed.empty()) {
    link.site = whole_number(typed);
    if (!link.site || asked.asking.site(*link.site) == nullptr)
      problems.push_back({"site", "evaluation.problem.link_site"});
  }
  if (asked.asking.sites.size() == 1) link.site = asked.asking.sites.front().number;
  const auto& known = instruments::known_groups(Axis::stakeholder);
  if (!link.stakeholder.empty() && std::find(known.begin(), known.end(), link.stakeholder) == known.end())
    problems.push_back({"group", "instruments.participant.no_group"});
  const auto most = whole_number(request.form.value("most"));
  if (!most || *most < 1 || *most > instruments::most_by_a_link)
    problems.push_back({"most", "evaluation.problem.most", {{"most", std::to_string(instruments::most_by_a_link)}}});
  if (!problems.empty()) return problems;
  link.most = *most;
  return link;
}

Reply make_link(const Stage& stage, const Request& request) {
  const auto asked = asked_round(stage, request, "group_link", Action::create);
  const auto state = asked.asking.state(request.now);
  if (state != AskingState::planned && state != AskingState::open)
    throw Conflict("no link can be made for a round that is over", "evaluation.stop.not_open");
  const auto link = checked_link(request, asked);
  if (!link) return show_links(stage, request, asked, link.problems());
  const auto id = stage.database.write(request.actor, {"group_link.add", "group_link", ""}, [&](db::Write& write) {
    return instruments::add_group_link(write, asked.asking.collection, link->site, link->stakeholder, link->most).id;
  });
  return web::go_to(request, asked.path() + "/links/" + id + "/poster");
}

Reply poster(const Stage& stage, const Request& asked_for) {
  const auto asked = asked_round(stage, asked_for, "group_link", Action::read);
  const auto request = stage.in_language_of(asked.asking, asked_for);
  const auto link = asked_link(stage, request, asked);
  if (!link.ended.empty()) throw NotFound("the link has ended: " + link.id);
  const auto view = view_of(asked, request, true);
  const PosterView page{view, line_of(asked, link), stage.address() + "/join/" + link.code, request.frame.programme};
  return web::answer(
      request, {request.say()("evaluation.poster.title"), poster_page(request.say(), page), trail_of(request, asked)},
      {{"address", page.address}});
}

Reply show_end(const Stage& stage, const Request& request, std::vector<Problem> problems) {
  const auto asked = asked_round(stage, request, "group_link", Action::erase);
  const auto link = asked_link(stage, request, asked);
  const auto view = view_of(asked, request, true);
  const web::PageContent page{request.say()("evaluation.links.end_title"),
                              end_link_page(web::Form::of(request, problems), view, line_of(asked, link)),
                              trail_of(request, asked)};
  return problems.empty() ? web::answer(request, page, {{"id", link.id}}) : web::ask_again(request, page, problems);
}

Reply end_link(const Stage& stage, const Request& request) {
  const auto asked = asked_round(stage, request, "group_link", Action::erase);
  const auto link = asked_link(stage, request, asked);
  const auto why = request.form.value("why");
  if (why != "closed" && why != "misused") return show_end(stage, request, {{"why", "evaluation.problem.why_missing"}});
  stage.database.write(request.actor, {"group_link.end", "group_link", link.id}, [&](db::Write& write) {
    instruments::end_group_link(write, asked.asking.collection, link.id, why);
  });
  return web::go_to(request, asked.path() + "/links");
}

}  // namespace

void add_link_routes(web::Routes& routes, const Stage& stage) {
  const auto act = [&stage](auto what) {
    return [stage, what](const Request& request) { return what(stage, request); };
  };
  const std::string path = "/studies/{study}/rounds/{round}/links";
  routes.get(path, allowed::list_links, act(list_links));
  routes.post(path, allowed::make_link, act(make_link));
  routes.get(path + "/{link}/poster", allowed::read_link, act(poster));
  routes.get(path + "/{link}/end", allowed::end_link,
             [stage](const Request& request) { return show_end(stage, request, {}); });
  routes.post(path + "/{link}/endings", allowed::end_link, act(end_link));
}

}  // namespace cairn::evaluation
