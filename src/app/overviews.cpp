// SPDX-License-Identifier: Apache-2.0
#include "app/overviews.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "accounts/account.hpp"
#include "accounts/store.hpp"
#include "accounts/store_health.hpp"
#include "accounts/store_setup.hpp"
#include "app/letters.hpp"
#include "web/components.hpp"

namespace cairn::app {
namespace {

using policy::Action;
using web::Html;
using web::Reply;
using web::Request;

constexpr std::string_view health_path = "/health/details";
constexpr std::array<std::string_view, 4> paths_by_a_link{"/answer/", "/join/", "/thanks/", "/results/"};

bool may(const Request& request, const Site& site, std::string_view record, Action action) {
  return site.policy.could(request.actor, record, action);
}

Reply home(const Request& request) {
  if (!request.signed_in) return web::go_to(request, "/sign-in");
  return web::go_to(request,
                    std::string(accounts::is_administrator_only(request.actor.roles) ? health_path : "/today"));
}

// For whatever watches over the machine: whether the store answers, and nothing else.
Reply probe(const Request&, const Site& site) {
  Reply reply;
  reply.content_type = "text/plain; charset=utf-8";
  try {
    const bool well = site.database.read([](db::Read& read) { return accounts::find_programme(read).has_value(); });
    reply.status = well ? 200 : 503;
  } catch (const Stop&) {
    reply.status = 503;
  }
  reply.body = reply.status == 200 ? "ok\n" : "unavailable\n";
  return reply;
}

std::string megabytes(const web::Language& say, std::uintmax_t bytes) {
  constexpr std::uintmax_t megabyte = 1024 * 1024;
  return say("health.megabytes", {{"n", say.number(static_cast<std::int64_t>((bytes + megabyte - 1) / megabyte))}});
}

// The file and its log. Nothing with PostgreSQL, which is looked after by others.
std::optional<std::uintmax_t> store_size(const Site& site) {
  if (site.folder.empty() || site.database.is_postgres()) return {};
  std::uintmax_t size = 0;
  for (const auto* name : {"/cairn.sqlite", "/cairn.sqlite-wal"}) {
    std::error_code none;
    const auto bytes = std::filesystem::file_size(site.folder + name, none);
    if (!none) size += bytes;
  }
  return size;
}

Reply health(const Request& request, const Site& site) {
  const auto& say = request.say();
  const auto [found, letters] = site.database.read(
      [&](db::Read& read) { return std::pair(accounts::health(read), letter_health(read, request.now, site)); });
  const auto size = store_size(site);
  const auto backup =
      found.last_backup ? say.date(date_in_zone(*found.last_backup, site.zone())) : say("health.no_backup");
  std::vector<web::SummaryRow> rows{
      {.key = say("health.version"), .value = web::text(CAIRN_VERSION)},
      {.key = say("health.database"),
       .value = web::text(site.database.is_postgres() ? say("health.postgres") : say("health.sqlite"))},
      {.key = say("health.schema"), .value = web::text(say("health.schema.current"))},
      {.key = say("health.backup"), .value = web::text(backup)},
      {.key = say("health.journal"),
       .value = web::text(say.count("health.journal.entries", found.journal_entries)) +
                (found.journal_waiting > 0 ? web::text(" " + say.count("health.journal.waiting", found.journal_waiting))
                                           : Html())},
      {.key = say("health.letters"),
       .value = web::text(letter_health_words(say, letters)),
       .act = say("health.letters.see"),
       .act_path = "/letters"},
      {.key = say("health.accounts"), .value = web::text(say.number(found.accounts))}};
  if (size) rows.push_back({.key = say("health.size"), .value = web::text(megabytes(say, *size))});
  nlohmann::json data{{"version", CAIRN_VERSION},
                      {"engine", site.database.is_postgres() ? "postgresql" : "sqlite"},
                      {"last_backup", found.last_backup ? nlohmann::json(iso(*found.last_backup)) : nlohmann::json()},
                      {"journal_entries", found.journal_entries},
                      {"journal_waiting", found.journal_waiting},
                      {"accounts", found.accounts},
                      {"letters_waiting", letters.waiting},
                      {"letters_given_up", letters.given_up},
                      {"has_mail_server", site.has_mail_server},
                      {"bytes", size ? nlohmann::json(*size) : nlohmann::json()}};
  Html advice = letter_advice(say, letters, site);
  if (!found.last_backup)
    advice += web::attention(say("health.backup.title"), web::paragraph(say("health.backup.advice")));
  return web::answer(
      request, {.title = say("health.title"), .main = web::lead(say("health.lead")) + advice + web::summary_list(rows)},
      data);
}

// A page of plain words: a title, and paragraphs under headings.
struct Words {
  std::string_view title;
  std::string_view lead;
  std::vector<std::pair<std::string_view, std::string_view>> parts;  // heading, paragraph
};

Reply words(const Request& request, const Words& page) {
  const auto& say = request.say();
  Html main = web::lead(say(page.lead));
  auto parts = nlohmann::json::array();
  for (const auto& [title, paragraph] : page.parts) {
    main += web::heading(2, say(title)) + web::paragraph(say(paragraph));
    parts.push_back({{"title", say(title)}, {"words", say(paragraph)}});
  }
  return web::answer(request, {.title = say(page.title), .main = main}, {{"title", say(page.title)}, {"parts", parts}});
}

Reply privacy(const Request& request) {
  return words(request, {"privacy.title",
                         "privacy.lead",
                         {{"privacy.answers.title", "privacy.answers.words"},
                          {"privacy.small.title", "privacy.small.words"},
                          {"privacy.administrator.title", "privacy.administrator.words"},
                          {"privacy.kept.title", "privacy.kept.words"},
                          {"privacy.cookie.title", "privacy.cookie.words"}}});
}

Reply accessibility(const Request& request) {
  return words(request, {"accessibility.title",
                         "accessibility.lead",
                         {{"accessibility.ways.title", "accessibility.ways.words"},
                          {"accessibility.trouble.title", "accessibility.trouble.words"}}});
}

Reply source(const Request& request) {
  return words(request,
               {"source.title",
                "source.lead",
                {{"source.licence.title", "source.licence.words"}, {"source.parts.title", "source.parts.words"}}});
}

web::Link link_to(const Request& request, std::string_view key, std::string_view path) {
  const std::string at(path);
  return {request.say()(key), at, request.path == at || request.path.starts_with(at + "/")};
}

}  // namespace

void add_overviews(web::Routes& routes, const Site& site) {
  const web::Allow everybody{"public_page", Action::read, {Role::anyone}};
  routes.get("/", everybody, home);
  routes.get("/health", everybody, [site](const Request& request) { return probe(request, site); });
  routes.get(std::string(health_path), {"health", Action::read, {Role::operator_, Role::administrator}},
             [site](const Request& request) { return health(request, site); });
  routes.get("/privacy", everybody, privacy);
  routes.get("/accessibility", everybody, accessibility);
  routes.get("/source", everybody, source);
}

web::Frame frame_of(const Request& request, const Site& site) {
  web::Frame frame;
  frame.demonstration = !site.made_up.empty();
  if (site.languages.codes().size() > 1) frame.languages = site.languages.choices();
  // Whoever was given a link is told by whom; to anybody else the program says nothing of the programme.
  const auto by_a_link = [&](std::string_view beginning) { return request.path.starts_with(beginning); };
  if (std::ranges::any_of(paths_by_a_link, by_a_link)) {
    const auto programme = site.database.read([](db::Read& read) { return accounts::find_programme(read); });
    if (programme && !request.signed_in) frame.programme = programme->name;
  }
  if (!request.signed_in) return frame;
  frame.person = request.signed_in->display_name;
  bool setting_up = false;
  frame.programme = site.database.read([&](db::Read& read) {
    setting_up = accounts::holds_for_programme(request.actor, Role::lead) &&
                 accounts::setup_is_open(read, {request.actor.programme_id});
    return accounts::programme(read, request.actor).name;
  });
  if (setting_up) frame.navigation.push_back(link_to(request, "setup.tasks.title", "/setup"));
  if (!accounts::is_administrator_only(request.actor.roles))
    frame.navigation.push_back(link_to(request, "navigation.today", "/today"));
  if (may(request, site, "safeguarding_concern", Action::list))
    frame.navigation.push_back(link_to(request, "navigation.concerns", "/concerns"));
  if (may(request, site, "study", Action::list))
    frame.navigation.push_back(link_to(request, "navigation.learn", "/studies"));
  if (may(request, site, "organisation_structure", Action::list))
    frame.navigation.push_back(link_to(request, "navigation.structure", "/structure"));
  if (may(request, site, "account", Action::list))
    frame.navigation.push_back(link_to(request, "people.title", "/people"));
  if (may(request, site, "letter", Action::list))
    frame.navigation.push_back(link_to(request, "navigation.letters", "/letters"));
  if (may(request, site, "health", Action::read))
    frame.navigation.push_back(link_to(request, "navigation.health", health_path));
  return frame;
}

}  // namespace cairn::app
