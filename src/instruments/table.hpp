// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <initializer_list>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>

#include "instruments/comparison.hpp"
#include "instruments/instrument.hpp"

namespace cairn::instruments {

// The text as one cell of CSV: quoted where it needs it, and with an apostrophe in front where a spreadsheet would take
// it for a formula (it begins with = + - @, a tab or a carriage return).
std::string csv_cell(std::string_view text);

// Tenths as text: 34 is "3.4".
std::string tenths(std::int64_t value);

// The comparison as a table, row by row in its own order (group after group, items in the order of the instrument);
// only the rows of `axis` where one is given. All three forms hold the same numbers; of hidden rows only item, by,
// group and the reason.

// Columns item,by,group,people,answers_a,yes,partly,no,dk_a,nr_a,answers_b,mean,dk_b,nr_b,top3,hidden. `mean` is empty
// where nobody scored the item.
void write_csv(std::ostream& out, const Comparison& comparison, const Instrument& instrument, std::optional<Axis> axis);
// An array of objects with the same names; numbers are numbers, an absent mean is null, a hidden row has "hidden" and
// no numbers.
void write_json(std::ostream& out, const Comparison& comparison, const Instrument& instrument,
                std::optional<Axis> axis);
// Columns lined up for reading.
void write_table(std::ostream& out, const Comparison& comparison, const Instrument& instrument,
                 std::optional<Axis> axis);

}  // namespace cairn::instruments
