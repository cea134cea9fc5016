// SPDX-License-Identifier: Apache-2.0
#include "accounts/actions_words.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "accounts/pages_words.hpp"
#include "accounts/store.hpp"
#include "accounts/store_accounts.hpp"
#include "accounts/store_words.hpp"

namespace cairn::accounts {
namespace {

using nlohmann::json;
using policy::Action;
using web::Reply;
using web::Request;

constexpr std::int64_t a_year = std::int64_t{365} * 24 * 60 * 60;

struct Dictionary {
  db::Database& database;
  const policy::Policy& policy;
  web::Languages& languages;
};

void must(const Request& request, const Dictionary& here, Action action) {
  policy::Facts facts;
  facts.lies_in = {Reach{}};
  if (!here.policy.decide(request.actor, "programme_words", action, facts).allowed)
    throw NotFound("the words are not the actor's");
}

Id<Programme> programme_of(const Request& request) {
  return {request.actor.programme_id};
}

Wording standing(const web::Language& say, const std::string& term) {
  return {say.term(term + ".one"), say.term(term + ".many"), say.term(term + ".article"), say.term(term + ".start"),
          say.term(term + ".starts")};
}

std::string language_in(const web::Fields& fields, const Dictionary& here) {
  const auto asked = fields.value("language");
  if (asked.empty()) return here.languages.codes().front();
  if (!here.languages.has(asked)) throw NotFound("no such language");
  return asked;
}

// Where the request is about: a term that is one, a service of the programme that may have its own word for it.
WordPlace place_of(const Request& request, const Dictionary& here, const web::Fields& fields,
                   const Structure& structure) {
  WordPlace place{request.checked_parameter("term"), fields.value("service"), language_in(fields, here)};
  const auto terms = here.languages.standard(place.language)->term_names();
  if (std::find(terms.begin(), terms.end(), place.term) == terms.end()) throw NotFound("no such word");
  if (place.service.empty()) return place;
  if (!is_word_of_services(place.term) || !structure.find(Id<Service>{place.service}))
    throw NotFound("no such service, or not a word of its own");
  return place;
}

const ChosenWord* find_word(const std::vector<ChosenWord>& words, const WordPlace& place) {
  const auto found = std::find_if(words.begin(), words.end(), [&](const ChosenWord& word) {
    return word.term == place.term && word.service == place.service && word.language == place.language;
  });
  return found == words.end() ? nullptr : &*found;
}

// What holds where nothing was chosen: the programme's word for a service, the usual one for the programme.
Wording without_choice(const Dictionary& here, const std::vector<ChosenWord>& words, const WordPlace& place) {
  if (!place.service.empty())
    if (const auto* general = find_word(words, {place.term, {}, place.language})) return *general->wording;
  return standing(*here.languages.standard(place.language), place.term);
}

WordLine line_of(const Dictionary& here, const std::vector<ChosenWord>& words, const WordPlace& place) {
  const auto* own = find_word(words, place);
  return {place.term, own ? *own->wording : without_choice(here, words, place), own != nullptr};
}

json as_json(const WordLine& line) {
  const auto& word = line.wording;
  return {{"term", line.term},   {"one", word.one},       {"many", word.many}, {"article", word.article},
          {"start", word.start}, {"starts", word.starts}, {"own", line.own}};
}

Reply list(const Request& request, const Dictionary& here) {
  must(request, here, Action::list);
  WordsView view;
  view.language = language_in(request.query, here);
  view.languages = here.languages.choices();
  here.database.read([&](db::Read& read) {
    const auto words = chosen_words(read, programme_of(request));
    for (const auto& term : here.languages.standard(view.language)->term_names())
      view.words.push_back(line_of(here, words, {term, {}, view.language}));
    for (const auto& service : structure(read, request.actor).services) {
      ServiceWords its{service.id.text, service.name, {}};
      for (const auto term : words_of_services)
        its.words.push_back(line_of(here, words, {std::string(term), service.id.text, view.language}));
      view.services.push_back(std::move(its));
    }
  });
  json data{{"language", view.language}, {"words", json::array()}, {"services", json::array()}};
  for (const auto& word : view.words) data["words"].push_back(as_json(word));
  for (const auto& service : view.services) {
    json words = json::array();
    for (const auto& word : service.words) words.push_back(as_json(word));
    data["services"].push_back({{"id", service.id}, {"name", service.name}, {"words", words}});
  }
  return web::answer(request,
                     {.title = request.say()("words.title"),
                      .main = words_page(request.say(), view),
                      .trail = {{request.say()("structure.title"), "/structure"}}},
                     data);
}

WordForm form_of(const Request& request) {
  const auto& form = request.form;
  return {form.value("one"), form.value("many"), form.value("article"), form.value("start"), form.value("starts")};
}

// The page of one word, with what is wrong with what was typed, or what it would look like.
Reply show(const Request& request, const Dictionary& here, const web::Fields& fields,
           const std::vector<Problem>& problems, const std::optional<Wording>& preview) {
  const auto& say = request.say();
  WordView view;
  here.database.read([&](db::Read& read) {
    const auto all = structure(read, request.actor);
    const auto place = place_of(request, here, fields, all);
    const auto words = chosen_words(read, programme_of(request));
    const auto line = line_of(here, words, place);
    view = {place.term, place.service, {}, place.language, line.wording, without_choice(here, words, place),
            line.own,   preview,       {}};
    if (const auto* service = all.find(Id<Service>{place.service})) view.service_name = service->name;
    const auto zone = programme(read, request.actor).zone;
    for (const auto& change : history_of_word(read, programme_of(request), place)) {
      const auto account = find_account(read, {change.given_by});
      view.history.push_back({change.wording, account ? account->display_name : say("words.history.command"),
                              date_in_zone(change.at, zone)});
    }
  });
  const web::PageContent page{.title = say("words.term." + view.term),
                              .main = word_page(web::Form::of(request, problems), view),
                              .trail = {{say("words.title"), words_path(view.language)}}};
  if (!problems.empty()) return web::ask_again(request, page, problems);
  json data = as_json({view.term, preview.value_or(view.now), view.own});
  data["history"] = json::array();
  for (const auto& change : view.history)
    data["history"].push_back(
        {{"on", iso(change.on)}, {"who", change.who}, {"one", change.wording ? change.wording->one : ""}});
  return web::answer(request, page, data);
}

Reply word(const Request& request, const Dictionary& here) {
  must(request, here, Action::read);
  return show(request, here, request.query, {}, {});
}

void keep(const Request& request, const Dictionary& here, const WordPlace& place,
          const std::optional<Wording>& wording) {
  here.database.write(request.actor, {"word.choose", "programme_words", place.term},
                      [&](db::Write& write) { choose_word(write, programme_of(request), place, wording); });
  take_up_words(here.database, here.languages);
}

Reply choose(const Request& request, const Dictionary& here) {
  must(request, here, Action::amend);
  const auto place = here.database.read(
      [&](db::Read& read) { return place_of(request, here, request.form, structure(read, request.actor)); });
  const auto checked = check_wording(form_of(request));
  if (!checked) return show(request, here, request.form, checked.problems(), {});
  if (!request.form.value("show").empty()) return show(request, here, request.form, {}, *checked);
  keep(request, here, place, *checked);
  return web::go_to(request, words_path(place.language));
}

Reply put_back(const Request& request, const Dictionary& here) {
  must(request, here, Action::amend);
  const auto place = here.database.read(
      [&](db::Read& read) { return place_of(request, here, request.form, structure(read, request.actor)); });
  keep(request, here, place, {});
  return web::go_to(request, words_path(place.language));
}

// A page of this site, and nothing else.
std::string back_in(const web::Fields& fields) {
  const auto path = fields.value("back");
  const bool ours = path.starts_with('/') && !path.starts_with("//") && path.find('\\') == std::string::npos;
  return ours ? path : "/";
}

Reply languages_form(const Request& request, const Dictionary& here, const std::vector<Problem>& problems) {
  const auto& fields = request.method == web::Method::post ? request.form : request.query;
  const web::PageContent page{
      .title = request.say()("language.title"),
      .main = language_page(web::Form::of(request, problems), here.languages.choices(), back_in(fields))};
  json data{{"language", request.say().code()}, {"languages", here.languages.codes()}};
  return problems.empty() ? web::answer(request, page, data) : web::ask_again(request, page, problems);
}

Reply read_in(const Request& request, const Dictionary& here) {
  const auto code = request.form.value("language");
  if (!here.languages.has(code)) return languages_form(request, here, {{"language", "language.problem.none"}});
  if (request.signed_in)
    here.database.write(request.actor, {"language.choose", "account", request.actor.account_id},
                        [&](db::Write& write) { accounts::choose_language(write, {request.actor.account_id}, code); });
  auto reply = web::go_to(request, back_in(request.form));
  web::set_cookie(reply, web::language_cookie_name, code, a_year);
  return reply;
}

}  // namespace

void add_words_routes(web::Routes& routes, db::Database& database, const policy::Policy& policy,
                      web::Languages& languages) {
  const Dictionary here{database, policy, languages};
  static constexpr std::string_view record = "programme_words";
  const auto with = [here](Reply (*act)(const Request&, const Dictionary&)) {
    return [act, here](const Request& request) { return act(request, here); };
  };
  routes.get("/words", {record, Action::list, {Role::lead}}, with(list));
  routes.get("/words/{term}", {record, Action::read, {Role::lead}}, with(word));
  routes.post("/words/{term}", {record, Action::amend, {Role::lead}}, with(choose));
  routes.post("/words/{term}/standard", {record, Action::amend, {Role::lead}}, with(put_back));
  routes.get("/language", {"language_choice", Action::amend, {Role::anyone}},
             [here](const Request& request) { return languages_form(request, here, {}); });
  routes.post("/language", {"language_choice", Action::amend, {Role::anyone}}, with(read_in));
}

void take_up_words(db::Database& database, web::Languages& languages) {
  languages.use(database.read([](db::Read& read) {
    const auto programme = find_programme(read);
    return programme ? words_by_language(read, programme->id)
                     : std::map<std::string, std::map<std::string, std::string>>();
  }));
}

}  // namespace cairn::accounts
