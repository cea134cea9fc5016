// SPDX-License-Identifier: Apache-2.0
#include "instruments/reasons.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "base/text.hpp"
#include "instruments/answers.hpp"

namespace cairn::instruments {
namespace {

constexpr std::array<std::string_view, 3> beside_codes{"nobody", "group", "site"};
// Room for what stands in the place of what was struck out.
constexpr std::size_t longest_shown = 2 * longest_reason;

// Browsers send line ends as two signs; what was typed elsewhere may hold one.
std::string with_plain_line_ends(std::string_view text) {
  std::string plain;
  for (const char c : text)
    if (c != '\r') plain += c;
  return plain;
}

// What stands outside square brackets, in order, without spaces around each piece.
std::vector<std::string> pieces(std::string_view words) {
  std::vector<std::string> all;
  while (!words.empty()) {
    const auto open = words.find('[');
    const auto close = open == std::string_view::npos ? open : words.find(']', open);
    const auto end = close == std::string_view::npos ? words.size() : open;
    if (const auto piece = trimmed(words.substr(0, end)); !piece.empty()) all.emplace_back(piece);
    words.remove_prefix(close == std::string_view::npos ? words.size() : close + 1);
  }
  return all;
}

void check_words(const ReviewForm& form, const KeptReason& reason, std::size_t telling,
                 std::vector<Problem>& problems) {
  if (!is_utf8(form.words) || characters(form.words) > longest_shown)
    problems.push_back({"words", "instruments.reason.long"});
  else if (!only_struck_out(reason.said.words, form.words))
    problems.push_back({"words", "instruments.reason.changed"});
  else if (pieces(form.words).empty())
    problems.push_back({"words", "instruments.reason.nothing_left"});
  if (telling > 0 && !form.read_again)
    problems.push_back({"read_again", "instruments.reason.still_telling", {{"n", std::to_string(telling)}}});
}

std::optional<LeftOutFinding> finding(const std::vector<const SaidLeftOut*>& all, std::int64_t smallest_group) {
  const auto people = static_cast<std::int64_t>(all.size());
  if (people == 0 || people < smallest_group) return std::nullopt;
  std::map<std::string, std::int64_t> times;
  for (const auto* one : all) ++times[one->why];
  LeftOutFinding found{people, ""};
  for (const auto& [why, n] : times)
    if (2 * n > people) found.mostly = why;
  return found;
}

}  // namespace

bool has_words(const Said& said) {
  return !trimmed(said.words).empty();
}

std::string_view code(Beside beside) {
  return beside_codes[static_cast<std::size_t>(beside)];
}

std::optional<Beside> beside_from_code(std::string_view code) {
  const auto found = std::find(beside_codes.begin(), beside_codes.end(), code);
  if (found == beside_codes.end()) return std::nullopt;
  return static_cast<Beside>(found - beside_codes.begin());
}

bool only_struck_out(std::string_view original, std::string_view words) {
  const auto written = with_plain_line_ends(original);
  std::size_t from = 0;
  for (const auto& piece : pieces(with_plain_line_ends(words))) {
    const auto at = written.find(piece, from);
    if (at == std::string::npos) return false;
    from = at + piece.size();
  }
  return true;
}

Checked<NewReview> check_review(const ReviewForm& form, const KeptReason& reason, std::size_t telling) {
  std::vector<Problem> problems;
  if (form.outcome != "shown" && form.outcome != "kept_back")
    problems.push_back({"outcome", "instruments.reason.no_outcome"});
  if (form.outcome == "kept_back") return NewReview{};
  check_words(form, reason, telling, problems);
  const auto beside = beside_from_code(form.beside);
  if (!beside)
    problems.push_back({"beside", "instruments.reason.no_beside"});
  else if (*beside != Beside::nobody && reason.stood_beside && *reason.stood_beside != *beside)
    problems.push_back({"beside", "instruments.reason.stood_beside"});
  if (!problems.empty()) return problems;
  return NewReview{true, with_plain_line_ends(trimmed(form.words)), *beside};
}

std::optional<LeftOutFinding> left_out_finding(const std::vector<SaidLeftOut>& all, std::int64_t smallest_group) {
  std::vector<const SaidLeftOut*> everyone;
  for (const auto& one : all) everyone.push_back(&one);
  return finding(everyone, smallest_group);
}

std::optional<LeftOutFinding> left_out_finding_at(const std::vector<SaidLeftOut>& all, std::string_view site,
                                                  std::int64_t smallest_group) {
  std::map<std::string_view, std::vector<const SaidLeftOut*>> by_site;
  for (const auto& one : all) by_site[one.site].push_back(&one);
  for (const auto& [_, those] : by_site)
    if (static_cast<std::int64_t>(those.size()) < smallest_group) return std::nullopt;
  const auto found = by_site.find(site);
  return found == by_site.end() ? std::nullopt : finding(found->second, smallest_group);
}

}  // namespace cairn::instruments
