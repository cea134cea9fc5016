// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <nlohmann/json.hpp>

#include "evaluation/actions_asking.hpp"
#include "evaluation/pages_invitations.hpp"
#include "evaluation/store.hpp"
#include "instruments/store_asking.hpp"

namespace cairn::evaluation {
namespace {

using instruments::AskingState;
using nlohmann::json;
using policy::Action;
using web::Reply;
using web::Request;

void must_ask(const AskedRound& asked, const Request& request) {
  const auto state = asked.asking.state(request.now);
  if (state != AskingState::planned && state != AskingState::open)
    throw Conflict("nobody can be asked in a round that is over", "evaluation.stop.not_open");
}

std::optional<std::int64_t> site_of(const AskedRound& asked, const instruments::Participant& one) {
  for (const auto& site : asked.asking.sites)
    if (site.service_id == one.service_id) return site.number;
  return {};
}

// Who is on the list at the round's sites, and not asked yet.
std::vector<MayBeAsked> may_be_asked(const Stage& stage, const Request& request, const AskedRound& asked) {
  return stage.database.read([&](db::Read& read) {
    std::vector<std::string> there;
    for (const auto& one : instruments::invitations(read, request.actor, asked.asking.collection))
      there.push_back(one.participant.id.text);
    std::vector<MayBeAsked> people;
    for (const auto& one : instruments::participants(read, request.actor)) {
      const auto site = site_of(asked, one);
      const bool asked_already = std::find(there.begin(), there.end(), one.id.text) != there.end();
      if (site && one.ended.empty() && !asked_already)
        people.push_back({one.id.text, one.name, one.stakeholder, *site, !one.email.empty()});
    }
    return people;
  });
}

Reply show_invite(const Request& request, const AskedRound& asked, const std::vector<MayBeAsked>& people,
                  std::vector<Problem> problems) {
  const auto view = view_of(asked, request, true);
  const web::PageContent page{request.say()("evaluation.invite.title"),
                              invite_page(web::Form::of(request, problems), view, people), trail_of(request, asked)};
  if (!problems.empty()) return web::ask_again(request, page, problems);
  json data{{"people", json::array()}};
  for (const auto& one : people)
    data["people"].push_back({{"id", one.id}, {"name", one.name}, {"group", one.stakeholder}, {"site", one.site}});
  return web::answer(request, page, data);
}

Reply new_invitations(const Stage& stage, const Request& request) {
  const auto asked = asked_round(stage, request, "invitation", Action::create);
  must_ask(asked, request);
  return show_invite(request, asked, may_be_asked(stage, request, asked), {});
}

// Whom the form means, of those who may be asked.
Checked<std::vector<Id<instruments::Participant>>> chosen(const Request& request,
                                                          const std::vector<MayBeAsked>& people) {
  const auto whom = request.form.value("whom");
  if (whom != "all" && whom != "groups" && whom != "some")
    return std::vector{Problem{"whom", "evaluation.problem.whom_missing"}};
  const auto ticked = request.form.values(whom == "groups" ? "groups" : "people");
  const auto is_ticked = [&](const std::string& value) {
    return std::find(ticked.begin(), ticked.end(), value) != ticked.end();
  };
  std::vector<Id<instruments::Participant>> ids;
  for (const auto& one : people) {
    const bool wanted = whom == "all" ||
                        (whom == "groups" && is_ticked(std::to_string(one.site) + "." + one.stakeholder)) ||
                        (whom == "some" && is_ticked(one.id));
    if (wanted) ids.push_back({one.id});
  }
  if (ids.empty() && !people.empty())
    return std::vector{Problem{whom == "groups" ? "groups" : "people", "evaluation.problem.nobody_chosen"}};
  return ids;
}

Reply invite(const Stage& stage, const Request& request) {
  const auto asked = asked_round(stage, request, "invitation", Action::create);
  must_ask(asked, request);
  const auto people = may_be_asked(stage, request, asked);
  const auto ids = chosen(request, people);
  if (!ids) return show_invite(request, asked, people, ids.problems());
  // A form sent twice finds nobody left to ask.
  if (ids->empty()) return web::go_to(request, asked.path());
  const auto count = static_cast<std::int64_t>(ids->size());
  stage.database.write(
      request.actor, {"invitation.add", "collection", asked.asking.collection.text, count}, [&](db::Write& write) {
        instruments::invite(write, asked.asking, *ids, std::max(write.now(), asked.asking.period.opens_at));
      });
  return web::go_to(request, asked.path() + "#invited");
}

// ---- One of them

instruments::Invitation asked_invitation(const Stage& stage, const Request& request, const AskedRound& asked) {
  const auto id = request.checked_parameter("invitation");
  auto found = stage.database.read([&](db::Read& read) { return instruments::find_invitation(read, id); });
  if (!found || found->collection != asked.asking.collection) throw NotFound("no invitation " + id);
  return *std::move(found);
}

bool opens(const AskedRound& asked, const instruments::Invitation& invitation, Moment now) {
  const auto state = asked.asking.state(now);
  return invitation.ended.empty() && (state == AskingState::planned || state == AskingState::open);
}

InvitationView view_of_one(const Stage& stage, const Request& request, const AskedRound& asked, const AskedView& view,
                           const instruments::Invitation& invitation) {
  const auto* site = asked.asking.site(invitation.site);
  InvitationView one{view, {}, invitation.participant.id.text};
  one.line = {invitation.id,
              invitation.participant.name,
              invitation.participant.stakeholder,
              site == nullptr ? "" : site->name,
              "",
              invitation.ended};
  one.line.how =
      stage.database.read([&](db::Read& read) { return way_words(request.say(), read, asked.zone, invitation); });
  if (asked.asking.mode == instruments::Mode::named && view.state == AskingState::closed)
    one.line.answered = invitation.answered;
  one.may_hand_over = invitation.participant.email.empty();
  one.opens = opens(asked, invitation, request.now);
  return one;
}

Reply show_one(const Stage& stage, const Request& request, const AskedRound& asked,
               const instruments::Invitation& invitation, std::vector<Problem> problems) {
  const auto view = view_of(asked, request, true);
  const auto one = view_of_one(stage, request, asked, view, invitation);
  const web::PageContent page{one.line.name, invitation_page(web::Form::of(request, problems), one),
                              trail_of(request, asked)};
  if (!problems.empty()) return web::ask_again(request, page, problems);
  json data{{"id", one.line.id},     {"name", one.line.name}, {"group", one.line.stakeholder},
            {"site", one.line.site}, {"how", one.line.how},   {"ended", one.line.ended}};
  if (one.line.answered) data["has_answered"] = *one.line.answered;
  return web::answer(request, page, data);
}

Reply show_invitation(const Stage& stage, const Request& request) {
  const auto asked = asked_round(stage, request, "invitation", Action::read);
  return show_one(stage, request, asked, asked_invitation(stage, request, asked), {});
}

Reply hand_over(const Stage& stage, const Request& request) {
  const auto asked = asked_round(stage, request, "invitation", Action::amend);
  const auto invitation = asked_invitation(stage, request, asked);
  // Whoever has an address gets their link by letter, and nobody else sees it.
  if (!invitation.participant.email.empty() || !opens(asked, invitation, request.now))
    throw Conflict("no link to hand over", "evaluation.stop.no_link");
  const auto secret =
      stage.database.write(request.actor, {"invitation.hand_over", "invitation", invitation.id}, [&](db::Write& write) {
        instruments::hand_over(write, invitation);
        return instruments::link_of(write, invitation);
      });
  const auto address = stage.address() + "/answer/" + secret;
  const auto view = view_of(asked, request, true);
  const HandedView handed{view, invitation.participant.name, address};
  return web::answer(request,
                     {request.say()("evaluation.handed.title", {{"name", handed.name}}),
                      handed_page(request.say(), handed), trail_of(request, asked)},
                     {{"address", address}});
}

Reply end_one(const Stage& stage, const Request& request) {
  const auto asked = asked_round(stage, request, "invitation", Action::erase);
  const auto invitation = asked_invitation(stage, request, asked);
  const auto why = request.form.value("why");
  if (why != "declined" && why != "revoked")
    return show_one(stage, request, asked, invitation, {{"why", "evaluation.problem.why_missing"}});
  stage.database.write(request.actor, {"invitation.end", "invitation", invitation.id}, [&](db::Write& write) {
    instruments::end_invitation(write, asked.asking.collection, invitation.id, why);
  });
  return web::go_to(request, asked.path() + "#invited");
}

}  // namespace

void add_invitation_routes(web::Routes& routes, const Stage& stage) {
  const auto act = [&stage](auto what) {
    return [stage, what](const Request& request) { return what(stage, request); };
  };
  const std::string path = "/studies/{study}/rounds/{round}/invitations";
  routes.get(path + "/new", allowed::invite, act(new_invitations));
  routes.post(path, allowed::invite, act(invite));
  routes.get(path + "/{invitation}", allowed::read_invitation, act(show_invitation));
  routes.post(path + "/{invitation}/link", allowed::amend_invitation, act(hand_over));
  routes.post(path + "/{invitation}/endings", allowed::end_invitation, act(end_one));
}

}  // namespace cairn::evaluation
