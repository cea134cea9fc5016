// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/check.hpp"
#include "base/time.hpp"
#include "instruments/asking.hpp"
#include "instruments/instrument.hpp"
#include "instruments/response.hpp"

namespace cairn::instruments {

// Why somebody chose a statement: whether it goes well or is hard here, and their words. Either may be missing.
struct Reason {
  std::string tone;   // "well", "hard", "both", or ""
  std::string words;  // at most longest_reason characters
  bool operator==(const Reason&) const = default;
};
inline constexpr std::size_t longest_reason = 2000;

// Why somebody leaves the statements out. A finding, not a gap: in the published study 3 of 89 did, since the words did
// not fit their service or there was no time.
struct LeftOut {
  std::string why;    // one of left_out_reasons
  std::string words;  // at most longest_reason characters
  bool operator==(const LeftOut&) const = default;
};
inline constexpr std::array<std::string_view, 5> left_out_reasons{"words", "time", "not_mine", "talk", "other"};

// What somebody has answered so far, or sends. Nothing in it is compulsory.
struct Answers {
  std::int64_t site = 0;    // of Asking::sites; 0 until it is chosen
  std::string stakeholder;  // code; "" until it is chosen
  std::vector<Presence> presence;
  std::vector<Importance> importance;
  std::vector<std::uint8_t> most_important;  // indices of items, ascending
  std::map<std::uint8_t, Reason> reasons;    // of items that were chosen
  std::optional<LeftOut> left_out;
  std::string more;          // anything else, at most longest_reason characters
  std::string way = "link";  // "link", "group", "account", "paper"
  std::string language = "en";
  std::int64_t wording = 1;  // which of the programme's words were shown
  Moment begun_at;           // only while it is a draft; not sent
  std::string group_link;    // the link they came by, "" for a personal one; not sent

  static Answers none(const Instrument& instrument);
  bool any() const;  // something was answered, chosen or written
  // How many statements of a section have an answer to either question.
  std::int64_t answered_in(const Instrument& instrument, std::size_t section) const;
  bool operator==(const Answers&) const = default;
};

// The form in which a draft or a sent answer is sealed: versioned JSON, item by item with its id, so that it stays
// readable. Throws Corrupt for anything encoded() did not write for this instrument.
std::string encoded(const Answers& answers, const Instrument& instrument);
Answers answers_decoded(std::string_view bytes, const Instrument& instrument);

// The names of the fields of one item on a form, and of one section's answers as they were when its form was drawn: in
// codes, "yes,4;,;no,;", so that a second window that saves an older state takes nothing back.
std::string presence_field(const Item& item);    // "4.1.a"
std::string importance_field(const Item& item);  // "4.1.b"
std::string section_state(const Answers& answers, const Instrument& instrument, std::size_t section);

// What was sent for one section. `fields` gives the value of a field, or nothing where the form did not have it.
// `state` is the section_state the form was drawn with: a field that still has that value leaves what is kept
// meanwhile. Codes that are none are passed over: the form has no way to type them.
using FieldOf = std::function<std::optional<std::string>(std::string_view)>;
void take_section(Answers& answers, const Instrument& instrument, std::size_t section, const FieldOf& fields,
                  std::string_view state);

// The statements one may choose from, those rated most important first: the ones with an answer, or all where there is
// none.
std::vector<std::size_t> to_choose_from(const Answers& answers, const Instrument& instrument);

// Up to three, by id. Refuses a fourth, and ids that are none ("most_important").
Checked<std::vector<std::uint8_t>> check_choice(const std::vector<std::string>& ids, const Instrument& instrument);

// Refuses words over longest_reason characters or that are not text; an empty answer is fine.
Checked<Reason> check_reason(std::string_view tone, std::string_view words, std::string_view field);
// Refuses an answer that is none of left_out_reasons ("why"), and long words ("words").
Checked<LeftOut> check_left_out(std::string_view why, std::string_view words);

// What is counted: the site's groups and the answers.
Response response_of(const Answers& answers, const AskedSite& site);

}  // namespace cairn::instruments
