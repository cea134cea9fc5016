// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/check.hpp"
#include "base/id.hpp"
#include "base/time.hpp"

namespace cairn::instruments {

// What somebody wrote, apart from their other answers.
struct Said {
  std::string item;         // id of the statement they chose; "" for anything else they said
  std::string tone;         // "well", "hard", "both" or ""
  std::string words;        // as they wrote them: for the reviewer alone
  std::string stakeholder;  // code of their group, "" where they gave none
  std::string site;         // the site's name, "" where they gave none
  bool operator==(const Said&) const = default;
};

bool has_words(const Said& said);

// Beside what shown words may stand. Never beside two: the same words, read in two places, would tell both.
enum class Beside {
  nobody,  // "somebody who answered"
  group,   // the stakeholder group, where it is shown
  site     // in the report of the site, where it is shown
};
std::string_view code(Beside beside);
std::optional<Beside> beside_from_code(std::string_view code);

struct Review {
  std::int64_t number = 1;
  bool shown = false;
  std::string words;  // as they may be shown
  Beside beside = Beside::nobody;
  std::string reviewed_by;  // account
  Moment reviewed_at;
  bool operator==(const Review&) const = default;
};

struct KeptReason {
  Id<KeptReason> id;
  Said said;
  std::optional<Review> review;        // the latest
  std::optional<Beside> stood_beside;  // what shown words stood beside before: a group or a site
  bool is_shown() const { return review && review->shown; }
};

// What a reviewer decides, as sent.
struct ReviewForm {
  std::string outcome;  // "shown", "kept_back"
  std::string words;    // with what was struck out as [name], [place] ...
  std::string beside;
  bool read_again = false;  // the reviewer says that what still looks telling may stay
};
struct NewReview {
  bool shown = false;
  std::string words;
  Beside beside = Beside::nobody;
};
// Refuses an outcome or a beside that is none; words that are not the person's own with parts struck out ("words"):
// what stands outside square brackets must be in what they wrote, in its order; nothing left to show; a group or a site
// where the words stood beside the other before ("beside"); and, for words that are to be shown while `telling`
// places in them still look telling, that nobody has said they may stay ("read_again"). What is kept back needs no
// more.
Checked<NewReview> check_review(const ReviewForm& form, const KeptReason& reason, std::size_t telling);

// True where `words` is `original` with nothing but parts replaced by square brackets, or left out.
bool only_struck_out(std::string_view original, std::string_view words);

// Somebody left the statements out.
struct SaidLeftOut {
  std::string why;  // one of left_out_reasons
  std::string site;
  bool operator==(const SaidLeftOut&) const = default;
};
// What may be said of them: nothing unless at least `smallest_group` people did. Of one site only where at every site
// nobody or at least so many did: else the others could be worked out by subtraction.
struct LeftOutFinding {
  std::int64_t people = 0;
  std::string mostly;  // the reason that more than half gave; "" where there is none
  bool operator==(const LeftOutFinding&) const = default;
};
std::optional<LeftOutFinding> left_out_finding(const std::vector<SaidLeftOut>& all, std::int64_t smallest_group);
std::optional<LeftOutFinding> left_out_finding_at(const std::vector<SaidLeftOut>& all, std::string_view site,
                                                  std::int64_t smallest_group);

}  // namespace cairn::instruments
