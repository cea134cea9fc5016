// SPDX-License-Identifier: Apache-2.0
#include "evaluation/demonstration.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <set>
#include <string_view>
#include <vector>

namespace cairn::evaluation {
namespace {

// What a statement looks like in the story: how many in a hundred would say yes or partly, in each round; how much it
// matters, in tenths; how often people put it among their three.
struct Told {
  std::string_view id;
  int first;
  int second;
  int matters;
  int chosen;
};
constexpr std::array<Told, 40> told{{
    {"1.1", 82, 84, 35, 1},  {"1.2", 90, 90, 35, 3}, {"1.3", 34, 30, 30, 2}, {"1.4", 76, 84, 36, 3},
    {"1.5", 72, 74, 36, 3},  {"1.6", 38, 40, 35, 3}, {"1.7", 36, 44, 31, 0}, {"1.8", 22, 30, 36, 10},
    {"2.1", 38, 56, 37, 14}, {"2.2", 58, 62, 33, 2}, {"2.3", 80, 80, 35, 2}, {"2.4", 52, 46, 28, 2},
    {"2.5", 74, 80, 38, 5},  {"2.6", 48, 56, 33, 1}, {"2.7", 84, 84, 34, 2}, {"2.8", 62, 64, 34, 2},
    {"3.1", 72, 74, 33, 2},  {"3.2", 64, 64, 32, 0}, {"3.3", 42, 44, 32, 2}, {"3.4", 58, 60, 31, 1},
    {"4.1", 86, 88, 38, 6},  {"4.2", 40, 42, 25, 0}, {"4.3", 46, 50, 27, 0}, {"4.4", 14, 38, 37, 13},
    {"4.5", 44, 52, 33, 1},  {"4.6", 16, 20, 28, 0}, {"5.1", 80, 84, 39, 5}, {"5.2", 70, 78, 36, 3},
    {"5.3", 76, 78, 37, 2},  {"5.4", 52, 58, 33, 1}, {"5.5", 64, 64, 33, 0}, {"5.6", 18, 14, 20, 0},
    {"5.7", 46, 50, 34, 2},  {"5.8", 76, 78, 34, 2}, {"5.9", 24, 24, 24, 0}, {"6.1", 78, 80, 37, 4},
    {"6.2", 70, 70, 30, 0},  {"6.3", 74, 76, 33, 1}, {"6.4", 56, 60, 32, 0}, {"6.5", 54, 60, 38, 4},
}};

// Where a group sees a statement otherwise: points added to presence, tenths added to importance.
struct Apart {
  std::string_view id;
  std::string_view group;
  int presence;
  int matters;
};
constexpr std::array<Apart, 19> apart{{{"2.1", "line_manager", 42, -5},
                                       {"2.1", "strategic_manager", 40, -4},
                                       {"2.1", "peer_worker", -26, 2},
                                       {"1.6", "peer_worker", -18, 3},
                                       {"1.6", "service_user", 4, -6},
                                       {"1.8", "peer_worker", -10, 3},
                                       {"1.8", "service_user", 6, -4},
                                       {"4.4", "coworker", -8, 2},
                                       {"4.4", "strategic_manager", 30, -2},
                                       {"2.5", "coworker", -8, 1},
                                       {"5.7", "line_manager", 14, -3},
                                       {"5.7", "service_user", -10, 2},
                                       {"6.5", "strategic_manager", 30, 0},
                                       {"6.5", "peer_worker", -20, 1},
                                       {"4.2", "commissioner", 20, 8},
                                       {"3.3", "commissioner", 0, 5},
                                       {"3.3", "bme", 34, 4},
                                       {"3.4", "bme", 20, 5},
                                       {"4.3", "inpatient", 26, 6}}};

// How many of each stakeholder group answer at each of the three services.
struct Crowd {
  std::string_view stakeholder;
  std::array<int, 3> at;
};
constexpr std::array<Crowd, 6> crowds{{{"peer_worker", {5, 5, 5}},
                                       {"service_user", {4, 4, 4}},
                                       {"coworker", {5, 5, 4}},
                                       {"line_manager", {3, 3, 2}},
                                       {"strategic_manager", {2, 2, 2}},
                                       {"commissioner", {1, 2, 2}}}};

struct Site {
  std::string_view name;
  std::string_view employer;
  std::string_view context;
  std::string_view setting;
};

struct Person {
  int number = 0;
  std::string_view stakeholder;
  const Site* site = nullptr;
};

// A number from 0 to 99 that belongs to this person and question for good: answers of the second round move with the
// story, not by chance.
int luck(int person, std::size_t item, int question) {
  auto x = std::uint64_t{0x9e3779b97f4a7c15U} + static_cast<std::uint64_t>(person) * 1'000'003U + item * 7'919U +
           static_cast<std::uint64_t>(question);  // splitmix64 (Steele, Lea, Flood 2014)
  x = (x ^ (x >> 30U)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27U)) * 0x94d049bb133111ebULL;
  return static_cast<int>((x ^ (x >> 31U)) % 100U);
}

Told seen_by(const Person& person, std::size_t item) {
  auto seen = told[item];
  for (const auto& otherwise : apart) {
    if (otherwise.id != seen.id) continue;
    if (otherwise.group != person.stakeholder && otherwise.group != person.site->setting) continue;
    seen.first += otherwise.presence;
    seen.second += otherwise.presence / 2;  // half a year of talking brings views closer
    seen.matters += otherwise.matters;
  }
  return seen;
}

std::string_view presence(const Person& person, std::size_t item, int round) {
  const auto seen = seen_by(person, item);
  const int level = std::clamp(round == 1 ? seen.first : seen.second, 3, 97);
  const int drawn = luck(person.number, item, 1);
  if (luck(person.number, item, 2) < 2) return "";
  if (drawn < level * 6 / 10) return "yes";
  if (drawn < level) return "partly";
  if (drawn < level + (100 - level) * 7 / 10) return "no";
  return drawn % 4 == 0 ? "nr" : "dk";
}

std::string_view importance(const Person& person, std::size_t item, int round) {
  const auto matters = std::clamp(seen_by(person, item).matters, 11, 40);
  if (luck(person.number, item, 3) < 4) return luck(person.number, item, 4) < 50 ? "dk" : "nr";
  const int drawn = (luck(person.number, item, 5) + (round == 2 ? 7 : 0)) % 100;
  constexpr std::array<std::string_view, 5> scores{"", "1", "2", "3", "4"};
  const int whole = matters / 10;
  const int score = drawn < (matters % 10) * 10 ? whole + 1 : whole;
  return scores[static_cast<std::size_t>(std::clamp(score, 1, 4))];
}

std::string most_important(const Person& person, int round) {
  std::vector<std::size_t> urn;
  for (std::size_t item = 0; item < told.size(); ++item) {
    const auto seen = seen_by(person, item);
    const int times = seen.chosen + (seen.matters > told[item].matters && seen.chosen > 0 ? 3 : 0);
    urn.insert(urn.end(), static_cast<std::size_t>(times), item);
  }
  std::set<std::size_t> picked;
  for (int draw = 0; picked.size() < 3; ++draw)
    picked.insert(urn[static_cast<std::size_t>(luck(person.number, 100U + static_cast<std::size_t>(round), draw) * 97 +
                                               luck(person.number, 200, draw)) %
                      urn.size()]);
  std::string joined;
  for (const auto item : picked) joined += (joined.empty() ? "" : ";") + std::string(told[item].id);
  return joined;
}

// A cell as CSV needs it.
std::string cell(std::string_view text) {
  if (text.find_first_of(",\"\n") == std::string_view::npos) return std::string(text);
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + '"';
}

void add_line(std::string& csv, const Person& person, int round) {
  csv += "p" + std::to_string(100 + person.number) + ',' + cell(person.site->name) + ',' +
         std::string(person.site->employer) + ',' + std::string(person.site->context) + ',' +
         std::string(person.site->setting) + ',' + std::string(person.stakeholder);
  for (std::size_t item = 0; item < told.size(); ++item)
    csv += ',' + std::string(presence(person, item, round)) + ',' + std::string(importance(person, item, round));
  csv += ',' + most_important(person, round) + '\n';
}

}  // namespace

std::string demonstration_answers(const DemonstrationSites& names, int round) {
  const std::array<Site, 3> sites{{{names.inpatient, "voluntary", "partnership", "inpatient"},
                                   {names.community, "nhs", "nhs", "community"},
                                   {names.community_specific, "voluntary", "voluntary", "bme"}}};
  std::string csv = "respondent,site,employer,context,setting,stakeholder";
  for (const auto& item : told) csv += ',' + std::string(item.id) + ".a," + std::string(item.id) + ".b";
  csv += ",top3\n";
  Person person;
  for (const auto& crowd : crowds)
    for (std::size_t at = 0; at < sites.size(); ++at)
      for (int count = 0; count < crowd.at[at]; ++count) {
        ++person.number;
        person.stakeholder = crowd.stakeholder;
        person.site = &sites[at];
        add_line(csv, person, round);
      }
  return csv;
}

}  // namespace cairn::evaluation
