// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/check.hpp"
#include "instruments/answers.hpp"
#include "instruments/asking.hpp"
#include "instruments/instrument.hpp"

namespace cairn::instruments {

// A filled-in paper form as somebody types it in: one letter for each tick, so that it goes fast, and everything else
// as it stands on the sheet.

// The number somebody has written on the sheet, so that it is found again; it tells nothing of whose it is.
inline constexpr std::size_t longest_sheet_number = 20;

// The letters of a tick: "y p n d r" for question A, "4 3 2 1 d r" for B, "w h b" for how a chosen statement goes here
// (well, hard, both). "" for no answer, '?' never.
std::string letter(Presence answer);
std::string letter(Importance answer);
std::string tone_letter(std::string_view tone);

// The names of the fields besides presence_field() and importance_field().
std::string choice_field(std::size_t place);  // "top1", "top2", "top3"
std::string tone_field(std::size_t place);    // "tone1" ...
std::string reason_field(std::size_t place);  // "reason1" ...

struct TypedSheet {
  std::string number;
  Answers answers;  // way is "paper"
};
// Every problem at once, in the order of the form: no number ("number") or a long one, no site where there is more than
// one ("site"), a site or a group that is none ("stakeholder"; none at all is fine), a letter that is none beside its
// field, a chosen statement that is none or stands there twice, words over longest_reason, a reason for leaving the
// statements out that is none ("why"), and a sheet with nothing on it ("number"). Small and capital letters are alike;
// statements may be typed as "4.1" or "41".
Checked<TypedSheet> check_sheet(const FieldOf& fields, const Asking& asking, const Instrument& instrument);

// What the fields of a sheet's second typing hold to begin with, pairs of name and value: the number, the chosen
// statements with how they go, and all words, which are read again beside the sheet. Everything that is a tick, the
// site and the group are left to be typed once more.
std::vector<std::pair<std::string, std::string>> fields_to_read_again(const TypedSheet& sheet,
                                                                      const Instrument& instrument);

// What was typed in otherwise the first time. `field` is that of the form ("4.1.a"), "top" for the chosen statements
// with how they go, "why" for why the statements are left out; both sides in the letters of the form.
struct Difference {
  std::string field;
  std::string first;
  std::string second;
  bool operator==(const Difference&) const = default;
};
// In the order of the form. Words are not compared: whoever types the second time reads and mends the first's.
std::vector<Difference> differences(const Answers& first, const Answers& second, const Instrument& instrument);

// The second typing, with the first's answer where `keep_first` names the field of a difference. Words stay the
// second's.
Answers decided(const Answers& first, const Answers& second, const std::vector<std::string>& keep_first,
                const Instrument& instrument);

// Why a sheet is taken away instead of counted: it is in already, it is not a sheet of this round, the person asked for
// it, or nothing is on it.
inline constexpr std::array<std::string_view, 4> sheet_removals{"twice", "mistake", "withdrawn", "empty"};
bool is_sheet_removal(std::string_view why);

}  // namespace cairn::instruments
