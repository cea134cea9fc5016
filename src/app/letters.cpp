// SPDX-License-Identifier: Apache-2.0
#include "app/letters.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "accounts/model.hpp"
#include "accounts/store_accounts.hpp"
#include "app/letters_page.hpp"
#include "instruments/store_invitations.hpp"
#include "jobs/mail_message.hpp"

namespace cairn::app {
namespace {

using jobs::LetterState;
using nlohmann::json;
using policy::Action;
using web::Reply;
using web::Request;

constexpr std::string_view test_kind = "mail.test";
constexpr std::int64_t most_shown = 100;
constexpr std::string_view somebody = "robin@larkmoor.example";  // made up, for the standard wording

void must(const Request& request, const Site& site, Action action) {
  policy::Facts facts;
  facts.lies_in = {Reach{}};
  if (!site.policy.decide(request.actor, "letter", action, facts).allowed)
    throw NotFound("the letters are not the actor's");
}

bool is_demonstration(const Site& site) {
  return !site.made_up.empty();
}

// The address a letter would go to now; nothing where it is no longer wanted or its kind is unknown.
std::optional<jobs::Letter> composed(db::Read& read, const jobs::LetterKinds& kinds, const std::string& id) {
  const auto waiting = jobs::find_waiting_letter(read, id);
  if (!waiting) return {};
  const auto kind = kinds.find(waiting->kind);
  return kind == kinds.end() ? std::nullopt : kind->second.compose(read, waiting->about);
}

bool is_shown(const jobs::LetterKinds& kinds, const std::string& kind) {
  const auto found = kinds.find(kind);
  return found != kinds.end() && found->second.shown == jobs::Shown::each;
}

LetterLine line_of(db::Read& read, const jobs::LetterRow& row, const jobs::LetterKinds& kinds, const Site& site) {
  const auto day = [&](Moment moment) { return date_in_zone(moment, site.zone()); };
  LetterLine line{row.id,    row.kind,  row.address.value_or(""), row.state, day(row.made_at), day(row.due_at), {},
                  row.tries, row.reason};
  if (row.at) line.ended_on = day(*row.at);
  if (row.state != LetterState::waiting && row.state != LetterState::given_up) return line;
  const auto letter = composed(read, kinds, row.id);
  if (letter) line.to = letter->to;
  return line;
}

LettersView view_for(const Request& request, const Site& site) {
  const auto kinds = letter_kinds(site);
  const bool sees_addresses = accounts::holds_for_programme(request.actor, Role::lead);
  LettersView view;
  view.has_mail_server = site.has_mail_server;
  view.may_open = is_demonstration(site) && sees_addresses;
  for (const auto& [kind, ignored] : kinds) view.kinds.push_back(kind);
  site.database.read([&](db::Read& read) {
    for (auto& count : jobs::letter_counts(read)) {
      view.given_up += count.given_up;
      // How many were reminded, beside how many are asked, would be a count of those who have answered.
      if (!is_shown(kinds, count.kind) && count.kind != instruments::reminder_letter)
        view.totals.push_back(std::move(count));
    }
    for (const auto& kind : view.kinds) {
      if (!is_shown(kinds, kind)) continue;
      for (const auto& row : jobs::letters(read, kind, most_shown)) {
        view.each.push_back(line_of(read, row, kinds, site));
        if (!sees_addresses) view.each.back().to = jobs::masked_address(view.each.back().to);
      }
    }
  });
  std::ranges::stable_sort(view.each, [](const auto& one, const auto& other) { return one.made_on > other.made_on; });
  view.shortened = std::ssize(view.each) > most_shown;
  if (view.shortened) view.each.resize(most_shown);
  return view;
}

json as_json(const LettersView& view) {
  json each = json::array();
  for (const auto& line : view.each)
    each.push_back({{"id", line.id},
                    {"kind", line.kind},
                    {"to", line.to},
                    {"state", std::string(code(line.state))},
                    {"made_on", iso(line.made_on)},
                    {"due_on", iso(line.due_on)},
                    {"ended_on", line.ended_on ? json(iso(*line.ended_on)) : json()},
                    {"tries", line.tries},
                    {"reason", line.reason}});
  json totals = json::array();
  for (const auto& one : view.totals)
    totals.push_back({{"kind", one.kind},
                      {"sent", one.sent},
                      {"waiting", one.waiting},
                      {"dropped", one.dropped},
                      {"given_up", one.given_up}});
  return {{"letters", each},
          {"totals", totals},
          {"kinds", view.kinds},
          {"given_up", view.given_up},
          {"has_mail_server", view.has_mail_server}};
}

Reply list(const Request& request, const Site& site) {
  must(request, site, Action::list);
  const auto view = view_for(request, site);
  return web::answer(request,
                     {.title = request.say()("letter.title"), .main = letters_page(web::Form::of(request), view)},
                     as_json(view));
}

Reply show(const Request& request, const std::string& title, const jobs::Letter& letter, const Site& site) {
  const auto& say = request.say();
  return web::answer(
      request,
      {.title = title, .main = letter_page(say, letter, site.address()), .trail = {{say("letter.title"), "/letters"}}},
      {{"to", letter.to}, {"subject", letter.subject}, {"body", letter.body}});
}

// What was sent is nowhere; what waits is shown in a demonstration alone, where every reader is made up.
Reply open(const Request& request, const Site& site) {
  must(request, site, Action::read);
  const auto id = request.checked_parameter("letter");
  const auto letter = is_demonstration(site)
                          ? site.database.read([&](db::Read& read) { return composed(read, letter_kinds(site), id); })
                          : std::nullopt;
  if (!letter) throw NotFound("no letter to open: " + id);
  return show(request, request.say()("letter.opened"), *letter, site);
}

Reply wording(const Request& request, const Site& site) {
  must(request, site, Action::list);
  const auto kinds = letter_kinds(site);
  const auto found = kinds.find(request.checked_parameter("kind"));
  if (found == kinds.end() || !found->second.example) throw NotFound("no such kind of letter");
  const auto letter = site.database.read([&](db::Read& read) { return found->second.example(read); });
  return show(request, request.say()("letter.kind." + found->first), letter, site);
}

Reply again(const Request& request, const Site& site) {
  must(request, site, Action::amend);
  const auto id = request.checked_parameter("letter");
  site.database.write(request.actor, {"letter.try_again", "letter", id},
                      [&](db::Write& write) { jobs::try_letter_again(write, id); });
  return web::go_to(request, "/letters");
}

Reply all_again(const Request& request, const Site& site) {
  must(request, site, Action::amend);
  site.database.write(request.actor, {"letter.try_again", "letter", ""},
                      [](db::Write& write) { jobs::try_given_up_letters_again(write); });
  return web::go_to(request, "/letters");
}

Reply send_test(const Request& request, const Site& site) {
  must(request, site, Action::create);
  site.database.write(request.actor, {"letter.test", "letter", ""}, [&](db::Write& write) {
    write.about(jobs::post_letter(write, test_kind, request.actor.account_id, write.now()));
  });
  return web::go_to(request, "/letters");
}

jobs::Letter test_letter(const Site& site, std::string to) {
  const auto say = site.languages.usual();
  return {std::move(to), (*say)("letter.test_letter.subject"),
          (*say)("letter.test_letter.body", {{"address", site.address()}})};
}

}  // namespace

void add_letters(web::Routes& routes, const Site& site) {
  static constexpr std::initializer_list<Role> both{Role::lead, Role::administrator};
  const auto with = [site](Reply (*act)(const Request&, const Site&)) {
    return [act, site](const Request& request) { return act(request, site); };
  };
  routes.get("/letters", {"letter", Action::list, both}, with(list));
  routes.get("/letters/kinds/{kind}", {"letter", Action::list, both}, with(wording));
  routes.get("/letters/{letter}", {"letter", Action::read, {Role::lead}}, with(open));
  routes.post("/letters/test", {"letter", Action::create, both}, with(send_test));
  routes.post("/letters/again", {"letter", Action::amend, both}, with(all_again));
  routes.post("/letters/{letter}/again", {"letter", Action::amend, both}, with(again));
}

jobs::LetterKinds test_letters(const Site& site) {
  const auto compose = [site](db::Read& read, const std::string& about) -> std::optional<jobs::Letter> {
    const auto account = accounts::find_account(read, {about});
    if (!account) return {};
    return test_letter(site, account->email);
  };
  return {{std::string(test_kind),
           {compose, [site](db::Read&) { return test_letter(site, std::string(somebody)); }, jobs::Shown::each}}};
}

std::vector<agenda::LoopKind> letter_loops(const Site& site) {
  const auto open_loops = [site](const agenda::LoopQuestion& question) {
    std::vector<agenda::OpenLoop> loops;
    policy::Facts facts;
    facts.lies_in = {Reach{}};
    if (!question.policy.decide(question.actor, "letter", Action::amend, facts).allowed) return loops;
    const auto health = letter_health(question.read, site.database.now(), site);
    const bool stuck = !site.has_mail_server && health.waiting > 0 && !is_demonstration(site);
    if (health.given_up == 0 && !stuck) return loops;
    agenda::OpenLoop loop;
    loop.kind = "letters_unsent";
    loop.id = "letters";
    loop.what = health.given_up > 0 ? agenda::Said{"letter.loop.given_up"} : agenda::Said{"letter.loop.no_server"};
    loop.why =
        health.given_up > 0 ? agenda::Said{"letter.loop.given_up_why"} : agenda::Said{"letter.loop.no_server_why"};
    loop.whose_turn = {Role::administrator, Role::lead};
    loop.since = health.waiting_since.value_or(question.today);
    loop.path = "/letters";
    loop.act_label = "letter.loop.act";
    loops.push_back(std::move(loop));
    return loops;
  };
  return {{"letters_unsent", "POST /letters/again", open_loops}};
}

LetterHealth letter_health(db::Read& read, Moment now, const Site& site) {
  const auto outbox = jobs::outbox_health(read, now);
  LetterHealth health{outbox.waiting, outbox.given_up, {}};
  if (outbox.waiting_since) health.waiting_since = date_in_zone(*outbox.waiting_since, site.zone());
  return health;
}

std::string letter_health_words(const web::Language& say, const LetterHealth& health) {
  if (health.waiting == 0 && health.given_up == 0) return say("health.letters.none");
  std::string words;
  if (health.waiting > 0 && health.waiting_since)
    words = say.count("health.letters.waiting", health.waiting, {{"date", say.day(*health.waiting_since)}});
  if (health.given_up == 0) return words;
  return words + (words.empty() ? "" : " ") + say.count("health.letters.given_up", health.given_up);
}

web::Html letter_advice(const web::Language& say, const LetterHealth& health, const Site& site) {
  web::Html advice;
  if (!site.has_mail_server && health.waiting > 0)
    advice += web::attention(say("letter.no_server.title"), web::paragraph(say("letter.no_server.words")));
  if (health.given_up > 0)
    advice += web::attention(say.count("letter.given_up.title", health.given_up),
                             web::paragraph(web::link(say("letter.title"), "/letters")));
  return advice;
}

}  // namespace cairn::app
