// SPDX-License-Identifier: Apache-2.0
#include "readiness/policies.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace cairn::readiness {
namespace {

constexpr std::size_t longest_title = 200;
constexpr std::size_t longest_words = 20000;
constexpr std::size_t longest_place = 500;
constexpr std::size_t longest_change = 2000;
constexpr int most_days_to_review = 5 * 366;

class Checking {
 public:
  std::string text(const std::string& field, std::string_view typed, std::size_t longest) {
    const auto words = trimmed(typed);
    if (!is_utf8(words))
      fault(field, "policies.problem.not_text");
    else if (characters(words) > longest)
      problems_.push_back({field, "policies.problem.too_long", {{"most", std::to_string(longest)}}});
    return std::string(words);
  }
  void fault(const std::string& field, const std::string& key) { problems_.push_back({field, key}); }
  const std::vector<Problem>& problems() const { return problems_; }

 private:
  std::vector<Problem> problems_;
};

void check_days(Checking& checking, const PolicyForm& form, Date today) {
  if (!form.dated_on)
    checking.fault("dated_on", "policies.problem.dated_on_missing");
  else if (*form.dated_on > today)
    checking.fault("dated_on", "policies.problem.dated_on_to_come");
  if (!form.review_on)
    checking.fault("review_on", "policies.problem.review_on_missing");
  else if (form.dated_on && *form.review_on <= *form.dated_on)
    checking.fault("review_on", "policies.problem.review_on_before");
  else if (form.dated_on && *form.review_on > days_after(*form.dated_on, most_days_to_review))
    checking.fault("review_on", "policies.problem.review_on_far");
}

std::vector<Role> checked_readers(Checking& checking, const std::vector<std::string>& typed) {
  std::vector<Role> readers;
  for (const Role role : possible_readers)
    if (std::ranges::find(typed, name(role)) != typed.end()) readers.push_back(role);
  const auto is_unknown = [](const std::string& one) {
    const auto role = role_from_name(one);
    return !role || std::ranges::find(possible_readers, *role) == possible_readers.end();
  };
  if (std::ranges::any_of(typed, is_unknown)) checking.fault("readers", "policies.problem.reader_unknown");
  return readers;
}

}  // namespace

bool is_topic(std::string_view topic) {
  return std::ranges::find(all_topics, topic) != all_topics.end();
}

Checked<NewPolicy> check_policy(const PolicyForm& form, Date today) {
  Checking checking;
  NewPolicy made{form.topic, {}};
  auto& version = made.version;
  if (form.is_first && !is_topic(form.topic)) checking.fault("topic", "policies.problem.topic_missing");
  version.title = checking.text("title", form.title, longest_title);
  if (version.title.empty()) checking.fault("title", "policies.problem.title_missing");
  version.words = checking.text("words", form.words, longest_words);
  version.kept_at = checking.text("kept_at", form.kept_at, longest_place);
  if (version.words.empty() && version.kept_at.empty()) checking.fault("words", "policies.problem.words_missing");
  if (!form.is_first) {
    version.changed = checking.text("changed", form.changed, longest_change);
    if (version.changed.empty()) checking.fault("changed", "policies.problem.changed_missing");
  }
  check_days(checking, form, today);
  if (form.with_peers != "yes" && form.with_peers != "no")
    checking.fault("with_peers", "policies.problem.with_peers_missing");
  version.with_peers = form.with_peers == "yes";
  version.readers = checked_readers(checking, form.readers);
  if (!checking.problems().empty()) return checking.problems();
  version.dated_on = *form.dated_on;
  version.review_on = *form.review_on;
  return made;
}

std::vector<Missing> missing(const std::vector<PolicyDocument>& documents) {
  std::vector<Missing> found;
  for (const auto topic : needed_topics) {
    const auto is_about = [&](const PolicyDocument& one) { return one.topic == topic && !one.removed; };
    const auto is_good = [&](const PolicyDocument& one) { return is_about(one) && one.latest.with_peers; };
    if (std::ranges::none_of(documents, is_good))
      found.push_back({std::string(topic), std::ranges::any_of(documents, is_about)});
  }
  return found;
}

bool must_read(const PolicyVersion& version, const std::vector<HeldRole>& roles) {
  return std::ranges::any_of(roles, [&](const HeldRole& held) {
    return std::ranges::find(version.readers, held.role) != version.readers.end();
  });
}

}  // namespace cairn::readiness
