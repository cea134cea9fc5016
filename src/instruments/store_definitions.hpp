// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "content/library.hpp"
#include "instruments/instrument.hpp"

namespace cairn::instruments {

// Reads instruments/<id>.v<version>.toml of the library (content/README.md describes the form). A file with `items_of`
// takes sections, questions and the named items from the file it names, under the same ids. Nothing where there is no
// such file. Throws Corrupt for a file with faults: content check names them.
std::optional<Instrument> find_instrument(const content::Library& library, std::string_view id, int version);

// Every instrument that can be read, by id and version. What cannot be read is left out; `faults` (if given) gets its
// faults.
std::vector<Instrument> instruments(const content::Library& library, std::vector<content::Fault>* faults = nullptr);

}  // namespace cairn::instruments
