// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/actor.hpp"
#include "base/check.hpp"
#include "base/id.hpp"
#include "base/time.hpp"

namespace cairn::readiness {

// What a policy is about. The first three are those without which peer support should not begin: how people behave,
// what staff share of their own lives, and what stays between two people (POL-01, POL-02 and POL-04 of the programme's
// catalogue of practice).
inline constexpr std::array<std::string_view, 12> all_topics{
    "conduct",  "sharing_experience", "confidentiality", "safeguarding", "supervision",  "boundaries",
    "sickness", "adjustments",        "checks",          "dignity",      "lone_working", "messaging"};
inline constexpr std::array<std::string_view, 3> needed_topics{"conduct", "sharing_experience", "confidentiality"};
bool is_topic(std::string_view topic);

// Who can be asked to read one.
inline constexpr std::array<Role, 9> possible_readers{Role::worker,      Role::line_manager, Role::supervisor,
                                                      Role::mentor,      Role::trainer,      Role::hr,
                                                      Role::team_member, Role::panel_member, Role::occupational_health};

struct PolicyVersion {
  std::int64_t number = 0;  // from 1
  std::string title;
  std::string words;    // what it says, in paragraphs; "" where it is kept elsewhere alone
  std::string kept_at;  // where else it is kept; "" where nowhere
  std::string changed;  // what is new in this version; "" for the first
  Date dated_on;
  Date review_on;
  bool with_peers = false;  // peer workers looked it through
  std::vector<Role> readers;
  bool operator==(const PolicyVersion&) const = default;
};

struct PolicyDocument {
  Id<PolicyDocument> id;
  std::string topic;
  PolicyVersion latest;
  bool removed = false;
  bool operator==(const PolicyDocument&) const = default;
};

struct PolicyForm {
  std::string topic;
  std::string title;
  std::string words;
  std::string kept_at;
  std::string changed;
  std::optional<Date> dated_on;
  std::optional<Date> review_on;
  std::string with_peers;  // "yes" or "no"
  std::vector<std::string> readers;
  bool is_first = true;  // of a document that is new
};
struct NewPolicy {
  std::string topic;
  PolicyVersion version;  // its number is not set
};
// A known topic (of the first version alone), a title of 1 to 200 characters, what it says (at most 20,000) or where it
// is kept (at most 500), what is new in at most 2,000 characters (asked for from the second version on), a day that is
// not to come, a review after it and within five years of it, whether peers looked it through, readers each of whom can
// be asked. Every problem at once, in the order of the form.
Checked<NewPolicy> check_policy(const PolicyForm& form, Date today);

// The needed topics that none of these documents is about, or none that peers looked through.
struct Missing {
  std::string topic;
  bool is_there = false;  // but not looked through with peers
  bool operator==(const Missing&) const = default;
};
std::vector<Missing> missing(const std::vector<PolicyDocument>& documents);

// Whether somebody with these roles must read it.
bool must_read(const PolicyVersion& version, const std::vector<HeldRole>& roles);

}  // namespace cairn::readiness
