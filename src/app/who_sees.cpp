// SPDX-License-Identifier: Apache-2.0
#include "app/who_sees.hpp"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "web/components.hpp"

namespace cairn::app {
namespace {

using nlohmann::json;
using web::Html;
using web::Reply;
using web::Request;

constexpr std::string_view path = "/who-can-see";

std::string words_of(const policy::Seen& seen, const web::Language& say) {
  auto words = say("who_sees." + std::string(policy::name(seen.sight)));
  if (seen.at_times) words += say("who_sees.at_times");
  return words;
}

// The roles that see the same, by what they see, in the order of Sight.
std::map<std::vector<policy::Seen>, std::vector<Role>> together(const policy::WhoSees& line) {
  std::map<std::vector<policy::Seen>, std::vector<Role>> found;
  for (const auto& [role, seen] : line.seen)
    if (!seen.empty()) found[seen].push_back(role);
  return found;
}

std::string listed(const std::vector<Role>& roles, const web::Language& say) {
  if (std::ranges::equal(roles, policy::signed_in)) return say("who_sees.everybody_signed_in");
  std::string out;
  for (const Role role : roles) {
    const bool has_account = std::ranges::find(policy::signed_in, role) != policy::signed_in.end();
    out += (out.empty() ? "" : ", ") + say((has_account ? "role." : "who_sees.") + std::string(name(role)));
  }
  return out;
}

// What stands behind the barriers is about people: it comes first.
bool is_about_people(const policy::WhoSees& line) {
  return line.closed_to_those_named;
}

Html links(const std::vector<policy::WhoSees>& all, bool about_people) {
  std::vector<Html> points;
  for (const auto& line : all)
    if (line.part.empty() && is_about_people(line) == about_people)
      points.push_back(web::link(heading_of(line), std::string(path) + "/" + line.record));
  return web::bullets(points);
}

Reply show_all(const Request& request, const std::vector<policy::WhoSees>& all) {
  const auto& say = request.say();
  auto records = json::array();
  for (const auto& line : all)
    if (line.part.empty()) records.push_back(line.record);
  return web::answer(request,
                     {.title = say("who_sees.title"),
                      .main = web::lead(say("who_sees.lead")) + web::heading(2, say("who_sees.people")) +
                              links(all, true) + web::heading(2, say("who_sees.programme")) + links(all, false)},
                     {{"records", records}});
}

Html told(const policy::WhoSees& line, const web::Language& say) {
  return web::paragraph(line.says) + web::bullets(sentences_of(line, say));
}

Reply show_one(const Request& request, const std::vector<policy::WhoSees>& all) {
  const auto& say = request.say();
  const auto wanted = request.checked_parameter("record");
  web::PageContent page;
  auto parts = json::array();
  for (const auto& line : all) {
    if (line.record != wanted) continue;
    if (line.part.empty())
      page.title = say("who_sees.title_of", {{"what", heading_of(line)}});
    else
      page.main += web::heading(2, heading_of(line));
    page.main += told(line, say);
    parts.push_back({{"part", line.part}, {"says", line.says}, {"sees", sentences_of(line, say)}});
  }
  if (parts.empty()) throw NotFound("no such record: " + wanted);
  page.main += web::note(web::paragraph(say("who_sees.nobody_else")));
  page.trail = {{say("who_sees.title"), std::string(path)}};
  return web::answer(request, page, {{"record", wanted}, {"parts", parts}});
}

}  // namespace

std::string heading_of(const policy::WhoSees& line) {
  std::string words = line.record + (line.part.empty() ? "" : ": " + line.part);
  std::ranges::replace(words, '_', ' ');
  words.front() = static_cast<char>(words.front() - 'a' + 'A');
  return words;
}

std::vector<std::string> sentences_of(const policy::WhoSees& line, const web::Language& say) {
  std::vector<std::string> sentences;
  const auto groups = together(line);
  for (const auto& [seen, roles] : groups) {
    std::string words;
    for (const auto& one : seen) words += (words.empty() ? "" : "; ") + words_of(one, say);
    sentences.push_back(say("who_sees.line", {{"who", listed(roles, say)}, {"what", words}}));
  }
  if (groups.empty()) sentences.push_back(say("who_sees.nobody"));
  if (line.logged) sentences.push_back(say("who_sees.logged"));
  if (line.closed_to_those_named) sentences.push_back(say("who_sees.closed"));
  if (line.shielded) sentences.push_back(say("who_sees.shielded"));
  return sentences;
}

void add_who_sees(web::Routes& routes, const Site& site) {
  const web::Allow allow{"who_can_see", policy::Action::read, policy::signed_in};
  const auto all = policy::who_sees(site.policy);
  routes.get(std::string(path), allow, [all](const Request& request) { return show_all(request, all); });
  routes.get(std::string(path) + "/{record}", allow, [all](const Request& request) { return show_one(request, all); });
}

}  // namespace cairn::app
