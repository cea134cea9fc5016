// SPDX-License-Identifier: Apache-2.0
// Reading what people wrote, and deciding what of it may be shown.
#include <nlohmann/json.hpp>

#include "accounts/store.hpp"
#include "accounts/store_accounts.hpp"
#include "base/text.hpp"
#include "evaluation/actions_giving.hpp"
#include "evaluation/pages_reasons.hpp"
#include "evaluation/pages_said.hpp"
#include "instruments/store_invitations.hpp"
#include "instruments/store_reasons.hpp"

namespace cairn::evaluation {
namespace {

using instruments::KeptReason;
using nlohmann::json;
using policy::Action;
using web::Reply;
using web::Request;

constexpr std::string_view record = "reason";

// What the programme knows by name.
instruments::Redaction redaction_for(const Stage& stage, const Request& request, const AskedRound& asked) {
  std::vector<std::string> people;
  std::vector<std::string> places;
  stage.database.read([&](db::Read& read) {
    for (const auto& account : accounts::accounts(read, {request.actor.programme_id}))
      people.push_back(account.display_name);
    for (const auto& participant : instruments::participants(read, request.actor)) people.push_back(participant.name);
    places.push_back(accounts::programme(read, request.actor).name);
    const auto structure = accounts::structure(read, request.actor);
    for (const auto& organisation : structure.organisations) places.push_back(organisation.name);
    for (const auto& service : structure.services) places.push_back(service.name);
    for (const auto& team : structure.teams) places.push_back(team.name);
  });
  for (const auto& site : asked.asking.sites) places.push_back(site.name);
  return {stage.evidence->redaction, people, places};
}

// Those with words: how a statement goes, ticked without a word, needs no reading.
std::vector<KeptReason> with_words(db::Read& read, const Actor& actor, const AskedRound& asked) {
  auto all = instruments::reasons(read, actor, asked.asking.collection);
  std::erase_if(all, [](const KeptReason& one) { return !instruments::has_words(one.said); });
  return all;
}

std::string outcome_of(const KeptReason& reason) {
  if (!reason.review) return "";
  return reason.review->shown ? "shown" : "kept_back";
}

std::string item_of(const AskedRound& asked, const KeptReason& reason) {
  const auto item = asked.instrument.index_of(reason.said.item);
  return item ? item_name(asked.instrument.items[*item]) : "";
}

Reply list_reasons(const Stage& stage, const Request& request) {
  const auto asked = asked_round(stage, request, record, Action::list);
  ReasonsView view{asked.path(), false, last_day_of(asked), {}, ""};
  stage.database.read([&](db::Read& read) {
    for (const auto& one : with_words(read, request.actor, asked))
      view.lines.push_back(
          {one.id.text, item_of(asked, one), one.is_shown() ? one.review->words : one.said.words, outcome_of(one)});
    const auto finding = instruments::left_out_finding(
        instruments::left_out(read, request.actor, asked.asking.collection), asked.asking.smallest_group);
    if (finding) view.left_out = left_out_sentence(request.say(), *finding);
  });
  view.still_asking = asked.asking.state(request.now) != instruments::AskingState::closed && view.lines.empty();
  json data{{"still_asking", view.still_asking}, {"reasons", json::array()}};
  for (const auto& line : view.lines)
    data["reasons"].push_back({{"id", line.id}, {"item", line.item}, {"outcome", line.outcome}});
  web::PageContent page{request.say()("evaluation.reasons.title"), reasons_page(request.say(), view),
                        trail_of(request, asked)};
  return web::answer(request, page, data);
}

// A reason as its page is drawn.
struct ReadReason {
  AskedRound asked;
  KeptReason reason;
  ReasonView view;
};

ReadReason read_reason(const Stage& stage, const Request& request, Action action) {
  ReadReason found{asked_round(stage, request, record, action), {}, {}};
  found.reason = stage.database.read([&](db::Read& read) {
    return instruments::reason(read, request.actor, found.asked.asking.collection, request.id<KeptReason>("reason"));
  });
  const auto list = found.asked.path() + "/reasons";
  found.view.post_path = list + "/" + found.reason.id.text;
  found.view.list_path = list;
  found.view.item = item_of(found.asked, found.reason);
  found.view.original = found.reason.said.words;
  found.view.outcome = outcome_of(found.reason);
  if (found.reason.review) found.view.seen = found.reason.review->number;
  if (found.reason.stood_beside) found.view.stood_beside = code(*found.reason.stood_beside);
  return found;
}

web::PageContent reason_content(const Request& request, const ReadReason& found, std::vector<Problem> problems) {
  web::PageContent page;
  page.title = request.say()("evaluation.reasons.one_title");
  page.main = reason_page(web::Form::of(request, std::move(problems)), found.view);
  page.trail = trail_to(request, found.asked, "evaluation.reasons.title", "/reasons");
  return page;
}

json as_json(const ReadReason& found) {
  json data{{"item", found.reason.said.item},
            {"words", found.view.now.words},
            {"outcome", found.view.outcome},
            {"telling", json::array()}};
  for (const auto& part : found.view.now.telling)
    data["telling"].push_back({{"from", part.from}, {"to", part.to}, {"why", code(part.why)}});
  return data;
}

Reply show_reason(const Stage& stage, const Request& request) {
  auto found = read_reason(stage, request, Action::read);
  const auto redaction = redaction_for(stage, request, found.asked);
  found.view.now =
      reading_of(found.reason.is_shown() ? found.reason.review->words : found.reason.said.words, redaction);
  return web::answer(request, reason_content(request, found, {}), as_json(found));
}

// Strikes out what was ticked, and shows the words again: nothing is kept yet.
Reply strike_out(const Request& request, ReadReason& found, const instruments::Redaction& redaction) {
  const auto out = ticked_parts(found.view.now, request.form.values("strike"));
  found.view.struck = request.say().count("evaluation.reasons.struck", static_cast<std::int64_t>(out.size()));
  const auto mark = [&](instruments::Telling why) { return strike_mark(request.say(), why); };
  found.view.now = reading_of(instruments::struck_out(found.view.now.words, out, mark), redaction);
  return web::answer(request, reason_content(request, found, {}), as_json(found));
}

// The next one nobody has read yet, or the list.
std::string next_path(const Stage& stage, const Request& request, const AskedRound& asked) {
  const auto all = stage.database.read([&](db::Read& read) { return with_words(read, request.actor, asked); });
  for (const auto& one : all)
    if (!one.review) return asked.path() + "/reasons/" + one.id.text;
  return asked.path() + "/reasons";
}

std::string without_returns(std::string text) {
  std::erase(text, '\r');
  return text;
}

Reply review_reason(const Stage& stage, const Request& request) {
  auto found = read_reason(stage, request, Action::amend);
  const auto redaction = redaction_for(stage, request, found.asked);
  const auto words = without_returns(request.form.value("words"));
  if (is_utf8(words)) found.view.now = reading_of(words, redaction);
  const auto act = request.form.value("act");
  if (act == "strike") return strike_out(request, found, redaction);
  const instruments::ReviewForm form{act, words, request.form.value("beside"),
                                     request.form.value("read_again") == "yes"};
  const auto review = instruments::check_review(form, found.reason, found.view.now.telling.size());
  if (!review) return web::ask_again(request, reason_content(request, found, review.problems()), review.problems());
  const auto seen = whole_number(request.form.value("seen")).value_or(0);
  stage.database.write(request.actor, {"reason.review", "reason", found.reason.id.text}, [&](db::Write& write) {
    instruments::review(write, found.asked.asking.collection, found.reason.id, *review, seen);
  });
  return web::go_to(request, next_path(stage, request, found.asked));
}

}  // namespace

void add_reason_routes(web::Routes& routes, const Stage& stage) {
  const auto act = [&stage](auto what) {
    return [stage, what](const Request& request) { return what(stage, request); };
  };
  routes.get("/studies/{study}/rounds/{round}/reasons", allowed::list_reasons, act(list_reasons));
  routes.get("/studies/{study}/rounds/{round}/reasons/{reason}", allowed::read_reason, act(show_reason));
  routes.post("/studies/{study}/rounds/{round}/reasons/{reason}", allowed::review_reason, act(review_reason));
}

}  // namespace cairn::evaluation
