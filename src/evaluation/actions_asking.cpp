// SPDX-License-Identifier: Apache-2.0
#include "evaluation/actions_asking.hpp"

#include <nlohmann/json.hpp>

#include "accounts/store.hpp"
#include "accounts/store_accounts.hpp"
#include "base/text.hpp"
#include "evaluation/store.hpp"
#include "instruments/reminders.hpp"
#include "instruments/store_answers.hpp"
#include "instruments/store_asking.hpp"
#include "instruments/store_reminders.hpp"

namespace cairn::evaluation {
namespace {

using nlohmann::json;
using policy::Action;
using web::Reply;
using web::Request;

constexpr int usual_days_open = 21;
constexpr std::string_view hoped_prefix = "hoped.";

// What the form of a new round is drawn from, and the rounds there are.
struct Drawn {
  Study study;
  std::vector<Round> rounds;
  instruments::Instrument instrument;
  std::string zone;
  std::vector<instruments::AskedSite> sites;
  instruments::AskingWords words;

  int next() const { return rounds.empty() ? 1 : rounds.back().number + 1; }
};

instruments::AskingWords standard_words(const Request& request, const std::string& programme,
                                        std::int64_t smallest_group) {
  const auto& say = request.say();
  const auto person = request.signed_in ? request.signed_in->display_name : "";
  const auto what = programme.empty() ? say("evaluation.asking.peer_support_here") : programme;
  return {say("evaluation.asking.who_standard", {{"person", person}, {"programme", what}}),
          say("evaluation.asking.why_standard"),
          say("evaluation.asking.what_next_standard", {{"n", std::to_string(smallest_group)}}),
          say("evaluation.asking.help_standard")};
}

Drawn drawn_for(const Stage& stage, const Request& request) {
  Drawn drawn;
  const auto id = request.id<Study>("study");
  std::string programme;
  stage.database.read([&](db::Read& read) {
    drawn.study = study(read, request.actor, id);
    drawn.rounds = rounds(read, request.actor, id);
    drawn.sites = possible_sites(accounts::structure(read, request.actor));
    const auto found = accounts::programme(read, request.actor);
    drawn.zone = found.zone;
    programme = found.name;
  });
  stage.must(request, "study", Action::amend, id);
  drawn.instrument = instrument_of(stage.library, drawn.study, request.say());
  drawn.words = standard_words(request, programme, drawn.instrument.smallest_group);
  return drawn;
}

web::PageContent page_of(const Stage& stage, const Request& request, const Drawn& drawn,
                         std::vector<Problem> problems) {
  const auto& say = request.say();
  const NewRoundView view{drawn.study,
                          drawn.next(),
                          drawn.instrument.title,
                          static_cast<int>(drawn.instrument.items.size()),
                          instruments::minutes_to_answer(drawn.instrument),
                          drawn.instrument.smallest_group,
                          drawn.sites,
                          drawn.words,
                          stage.languages,
                          request.today,
                          days_after(request.today, usual_days_open)};
  return {say("evaluation.asking.title"),
          new_round_page(web::Form::of(request, std::move(problems)), view),
          {{say("evaluation.studies.title"), "/studies"}, {drawn.study.name, study_path(drawn.study)}}};
}

Reply new_round(const Stage& stage, const Request& request) {
  const auto drawn = drawn_for(stage, request);
  return web::answer(request, page_of(stage, request, drawn, {}), {{"number", drawn.next()}});
}

instruments::AskingForm typed(const Stage& stage, const Request& request, const Drawn& drawn) {
  instruments::AskingForm form;
  const auto& fields = request.form;
  form.mode = fields.value("mode");
  form.words = {fields.value("who"), fields.value("why"), fields.value("what_next"), fields.value("help")};
  form.opens_on = web::sent_date(fields, "opens_on");
  form.closes_on = web::sent_date(fields, "closes_on");
  const auto ticked = fields.values("sites");
  for (const auto& site : drawn.sites)
    if (std::find(ticked.begin(), ticked.end(), std::to_string(site.number)) != ticked.end())
      form.sites.push_back(site);
  form.languages = fields.values("languages");
  if (!stage.languages.empty()) form.possible_languages.clear();
  for (const auto& one : stage.languages) form.possible_languages.push_back(one.code);
  for (const auto& [name, value] : fields.all())
    if (name.starts_with(hoped_prefix)) form.hoped.emplace_back(name, value);
  return form;
}

// The round that a form sent before has made, where this is the same form once more.
std::optional<std::string> made_before(const Stage& stage, const Request& request, const Drawn& drawn,
                                       const instruments::NewAsking& asking) {
  const auto number = request.form.value("number");
  for (const auto& round : drawn.rounds) {
    if (std::to_string(round.number) != number) continue;
    const auto there = stage.database.read(
        [&](db::Read& read) { return instruments::find_asking(read, request.actor, {round.collection_id}); });
    if (there && there->words == asking.words && there->languages == asking.languages &&
        there->period.closes_at == asking.closes_at)
      return round_path(drawn.study, round);
  }
  return {};
}

Reply create_round(const Stage& stage, const Request& request) {
  const auto drawn = drawn_for(stage, request);
  const auto form = typed(stage, request, drawn);
  const auto checked = instruments::check_asking(form, request.today, drawn.zone);
  const auto days = instruments::check_reminders(request.form.values("reminders"));
  auto problems = checked ? std::vector<Problem>() : checked.problems();
  if (!days) problems.insert(problems.end(), days.problems().begin(), days.problems().end());
  if (!problems.empty()) return web::ask_again(request, page_of(stage, request, drawn, problems), problems);
  if (const auto path = made_before(stage, request, drawn, *checked)) return web::go_to(request, *path);

  const Round round{drawn.next(), "", form.opens_on};
  const auto asking = numbered(*checked);
  stage.database.write(request.actor, {"study_round.add", "study", drawn.study.id.text}, [&](db::Write& write) {
    const auto collection =
        instruments::add_collection(write, write.actor(), drawn.instrument, drawn.instrument.smallest_group);
    add_round(write, drawn.study.id, {round.number, collection.text, round.dated_on});
    instruments::add_asking(write, collection, asking);
    instruments::set_reminders(write, collection, *days);
    instruments::plan_reminders(write, instruments::asking_of(write, collection), drawn.zone);
  });
  return web::go_to(request, round_path(drawn.study, round));
}

// A signed-in person who is asked goes on to their own questions.
Reply answer(const Stage& stage, const Request& request) {
  const auto number = whole_number(request.checked_parameter("round"));
  if (!request.signed_in || !number) throw NotFound("nobody is signed in, or no such round");
  const auto secret = stage.database.read([&](db::Read& read) -> std::optional<std::string> {
    const auto collection =
        collection_to_answer(read, request.actor, request.id<Study>("study"), static_cast<int>(*number));
    if (!collection) return {};
    const auto account = accounts::find_account(read, {request.actor.account_id});
    return instruments::link_of_account(read, request.actor, {*collection}, account ? account->email : "");
  });
  if (!secret) throw NotFound("the actor is not asked there");
  return web::go_to(request, "/answer/" + *secret);
}

}  // namespace

AskedRound asked_round(const Stage& stage, const Request& request, std::string_view record, Action action) {
  AskedRound asked;
  const auto id = request.id<Study>("study");
  const auto number = whole_number(request.checked_parameter("round"));
  if (!number || *number > 999) throw NotFound("no such round");
  const auto asking = stage.database.read([&](db::Read& read) {
    asked.study = study(read, request.actor, id);
    asked.round = round(read, request.actor, id, static_cast<int>(*number));
    asked.zone = accounts::programme(read, request.actor).zone;
    return instruments::find_asking(read, request.actor, {asked.round.collection_id});
  });
  stage.must(request, record, action, id);
  if (!asking) throw NotFound("nobody is asked in this round");
  asked.asking = *asking;
  asked.instrument = instrument_of(stage.library, asked.study, request.say());
  return asked;
}

AskedView view_of(const AskedRound& asked, const Request& request, bool anybody) {
  const auto& period = asked.asking.period;
  AskedView view{asked.study, asked.round, asked.asking, asked.asking.state(request.now)};
  view.opens_on = date_in_zone(period.opens_at, asked.zone);
  view.last_day = instruments::last_day(period, asked.zone);
  view.sent_until = date_in_zone(later(period.closes_at, asked.asking.grace_hours * 60 * 60 - 1), asked.zone);
  view.anybody = anybody;
  view.form_title = asked.instrument.title;
  view.minutes = instruments::minutes_to_answer(asked.instrument);
  return view;
}

std::vector<web::Link> trail_of(const Request& request, const AskedRound& asked) {
  return {{request.say()("evaluation.studies.title"), "/studies"},
          {asked.study.name, study_path(asked.study)},
          {round_name(request.say(), asked.round), asked.path()}};
}

std::string way_words(const web::Language& say, db::Read& read, const std::string& zone,
                      const instruments::Invitation& invitation) {
  const auto way = instruments::way_of(read, invitation);
  if (way.did_not_arrive) return say("evaluation.way.did_not_arrive");
  if (way.handed_at) return say("evaluation.way.handed", {{"date", say.day(date_in_zone(*way.handed_at, zone))}});
  return say(way.by_letter ? "evaluation.way.letter" : "evaluation.way.to_hand_over");
}

void add_asking_routes(web::Routes& routes, const Stage& stage) {
  const auto act = [&stage](auto what) {
    return [stage, what](const Request& request) { return what(stage, request); };
  };
  routes.get("/studies/{study}/rounds/new", allowed::amend_study, act(new_round));
  routes.post("/studies/{study}/rounds", allowed::amend_study, act(create_round));
  routes.get("/studies/{study}/rounds/{round}/answer", allowed::answer_own, act(answer));
}

}  // namespace cairn::evaluation
