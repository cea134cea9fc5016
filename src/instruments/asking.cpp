// SPDX-License-Identifier: Apache-2.0
#include "instruments/asking.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/text.hpp"
#include "instruments/response.hpp"

namespace cairn::instruments {
namespace {

constexpr std::int64_t seconds_an_hour = 60 * 60;
constexpr std::int64_t most_hoped_for = 10000;

void check_words(const AskingWords& words, std::vector<Problem>& problems) {
  const std::array<std::pair<std::string_view, const std::string*>, 4> all{
      {{"who", &words.who}, {"why", &words.why}, {"what_next", &words.what_next}, {"help", &words.help}}};
  for (const auto& [field, typed] : all) {
    const auto said = trimmed(*typed);
    if (said.empty())
      problems.push_back({std::string(field), "instruments.asking." + std::string(field) + "_missing"});
    else if (!is_utf8(said))
      problems.push_back({std::string(field), "instruments.asking.not_text"});
    else if (characters(said) > static_cast<std::size_t>(longest_asking_words))
      problems.push_back(
          {std::string(field), "instruments.asking.words_long", {{"most", std::to_string(longest_asking_words)}}});
  }
}

std::vector<std::string> check_languages(const AskingForm& form, std::vector<Problem>& problems) {
  const auto& possible = form.possible_languages;
  const auto among = [](const std::vector<std::string>& codes, const std::string& code) {
    return std::find(codes.begin(), codes.end(), code) != codes.end();
  };
  const bool known = std::all_of(form.languages.begin(), form.languages.end(),
                                 [&](const std::string& code) { return among(possible, code); });
  if (!known) problems.push_back({"languages", "instruments.asking.unknown_language"});
  if (form.languages.empty()) {
    if (possible.size() > 1) problems.push_back({"languages", "instruments.asking.no_language"});
    return possible;
  }
  std::vector<std::string> chosen;
  std::copy_if(possible.begin(), possible.end(), std::back_inserter(chosen),
               [&](const std::string& code) { return among(form.languages, code); });
  return chosen;
}

void check_days(const AskingForm& form, Date today, std::vector<Problem>& problems) {
  if (!form.opens_on) problems.push_back({"opens_on", "instruments.asking.no_day"});
  if (!form.closes_on) {
    problems.push_back({"closes_on", "instruments.asking.no_day"});
    return;
  }
  if (*form.closes_on < today) problems.push_back({"closes_on", "instruments.asking.day_past"});
  if (!form.opens_on) return;
  if (*form.closes_on < *form.opens_on)
    problems.push_back({"closes_on", "instruments.asking.wrong_order"});
  else if (days_between(*form.opens_on, *form.closes_on) > longest_days_open)
    problems.push_back({"closes_on", "instruments.asking.too_long", {{"most", std::to_string(longest_days_open)}}});
}

// "hoped.1.coworker" as site and group, where it is one of the form's.
std::optional<AskedGroup> group_named(std::string_view field, const std::vector<AskedSite>& sites) {
  const auto parts = split(field, '.');
  if (parts.size() != 3 || parts[0] != "hoped") return {};
  const auto site = whole_number(parts[1]);
  const auto& known = known_groups(Axis::stakeholder);
  const bool is_site =
      site && std::any_of(sites.begin(), sites.end(), [&](const AskedSite& one) { return one.number == *site; });
  if (!is_site || std::find(known.begin(), known.end(), parts[2]) == known.end()) return {};
  return AskedGroup{*site, std::string(parts[2]), 0, 0};
}

std::vector<AskedGroup> check_groups(const AskingForm& form, std::vector<Problem>& problems) {
  std::vector<AskedGroup> groups;
  for (const auto& site : form.sites)
    for (const auto& stakeholder : known_groups(Axis::stakeholder)) groups.push_back({site.number, stakeholder, 0, 0});
  for (const auto& [field, typed] : form.hoped) {
    const auto named = group_named(field, form.sites);
    if (!named || trimmed(typed).empty()) continue;
    const auto number = whole_number(trimmed(typed));
    if (!number || *number < 0 || *number > most_hoped_for) {
      problems.push_back({field, "instruments.asking.not_a_number"});
      continue;
    }
    for (auto& group : groups)
      if (group.site == named->site && group.stakeholder == named->stakeholder) group.hoped_for = *number;
  }
  return groups;
}

AskingWords trimmed_words(const AskingWords& words) {
  return {std::string(trimmed(words.who)), std::string(trimmed(words.why)), std::string(trimmed(words.what_next)),
          std::string(trimmed(words.help))};
}

}  // namespace

std::string_view code(Mode mode) {
  return mode == Mode::named ? "named" : "anonymous";
}

std::optional<Mode> mode_from_code(std::string_view code) {
  if (code == "anonymous") return Mode::anonymous;
  if (code == "named") return Mode::named;
  return {};
}

std::string_view code(Standing standing) {
  switch (standing) {
    case Standing::not_asked:
      return "not_asked";
    case Standing::not_yet:
      return "not_yet";
    case Standing::enough:
      return "enough";
  }
  return "";
}

Standing standing(const AskedGroup& group) {
  if (group.hoped_for == 0) return Standing::not_asked;
  return group.answered >= group.hoped_for ? Standing::enough : Standing::not_yet;
}

std::string_view code(AskingState state) {
  switch (state) {
    case AskingState::planned:
      return "planned";
    case AskingState::open:
      return "open";
    case AskingState::closing:
      return "closing";
    case AskingState::over:
      return "over";
    case AskingState::closed:
      return "closed";
  }
  return "";
}

const AskedSite* Asking::site(std::int64_t number) const {
  const auto found =
      std::find_if(sites.begin(), sites.end(), [&](const AskedSite& one) { return one.number == number; });
  return found == sites.end() ? nullptr : &*found;
}

std::string Asking::language_for(std::string_view chosen) const {
  const bool asks_in_it = std::find(languages.begin(), languages.end(), chosen) != languages.end();
  if (asks_in_it) return std::string(chosen);
  return languages.empty() ? "" : languages.front();
}

AskingState Asking::state(Moment now) const {
  if (period.settled) return AskingState::closed;
  if (now < period.opens_at) return AskingState::planned;
  if (now < period.closes_at) return AskingState::open;
  return now < later(period.closes_at, grace_hours * seconds_an_hour) ? AskingState::closing : AskingState::over;
}

Checked<NewAsking> check_asking(const AskingForm& form, Date today, std::string_view zone) {
  std::vector<Problem> problems;
  if (form.sites.empty()) problems.push_back({"sites", "instruments.asking.no_site"});
  const auto mode = mode_from_code(form.mode);
  if (!mode) problems.push_back({"mode", "instruments.asking.no_mode"});
  auto languages = check_languages(form, problems);
  check_days(form, today, problems);
  auto groups = check_groups(form, problems);
  check_words(form.words, problems);
  if (!problems.empty()) return problems;
  NewAsking asking;
  asking.mode = *mode;
  asking.words = trimmed_words(form.words);
  asking.languages = std::move(languages);
  asking.sites = form.sites;
  asking.groups = std::move(groups);
  asking.opens_at = start_of(*form.opens_on, zone);
  asking.closes_at = start_of(days_after(*form.closes_on, 1), zone);
  return asking;
}

}  // namespace cairn::instruments
