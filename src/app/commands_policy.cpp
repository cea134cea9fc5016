// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <algorithm>
#include <map>

#include "app/commands.hpp"
#include "app/stages.hpp"
#include "content/library.hpp"
#include "policy/who_sees.hpp"

namespace cairn::app {
namespace {

using jobs::Ended;

std::string heading_of(const policy::WhoSees& line) {
  std::string words = line.record + (line.part.empty() ? "" : ": " + line.part);
  std::replace(words.begin(), words.end(), '_', ' ');
  words.front() = static_cast<char>(words.front() - 'a' + 'A');
  return words;
}

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
  if (std::equal(roles.begin(), roles.end(), policy::signed_in.begin(), policy::signed_in.end()))
    return say("who_sees.everybody_signed_in");
  std::string out;
  for (const Role role : roles) {
    const bool has_account =
        std::find(policy::signed_in.begin(), policy::signed_in.end(), role) != policy::signed_in.end();
    out += (out.empty() ? "" : ", ") + say((has_account ? "role." : "who_sees.") + std::string(name(role)));
  }
  return out;
}

void tell_record(const policy::WhoSees& line, const web::Language& say, std::ostream& out) {
  out << "\n## " << heading_of(line) << "\n\n" << line.says << "\n\n";
  for (const auto& [seen, roles] : together(line)) {
    std::string words;
    for (const auto& one : seen) words += (words.empty() ? "" : "; ") + words_of(one, say);
    out << "- " << say("who_sees.line", {{"who", listed(roles, say)}, {"what", words}}) << '\n';
  }
  if (together(line).empty()) out << "- " << say("who_sees.nobody") << '\n';
  if (line.logged) out << "- " << say("who_sees.logged") << '\n';
  if (line.closed_to_those_named) out << "- " << say("who_sees.closed") << '\n';
  if (line.shielded) out << "- " << say("who_sees.shielded") << '\n';
}

// docs/operating/who-can-see-what.md, from the policy the program carries.
Ended tell_policy(const Config& config, const web::Language& say, std::ostream& out) {
  const auto policy = shipped_policy(content::Library::open(config.content));
  out << "# " << say("who_sees.title") << "\n\n" << say("who_sees.about") << '\n';
  for (const auto& line : policy::who_sees(policy)) tell_record(line, say, out);
  return Ended::done;
}

}  // namespace

void add_policy_commands(CLI::App& app, Typed& typed, const Typing&, const web::Language& say) {
  add_command(app, "policy", "command.policy", say, typed, {"content_page", policy::Action::read})
      ->callback([&typed, &say] {
        typed.needs = Needs::nothing;
        typed.alone = [&say](const Typed& all, std::ostream& out, std::ostream&) {
          return tell_policy(all.config, say, out);
        };
      });
}

}  // namespace cairn::app
