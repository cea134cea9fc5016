// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

#include "web/language.hpp"

namespace cairn::app {

// The texts the program carries in one language: locales/CODE.json and locales/CODE/*.json together. A code it does not
// carry gives the English ones. `terms` are the programme's own words. Throws std::runtime_error for a key that stands
// in two files.
web::Language language(const std::string& code = "en", std::map<std::string, std::string> terms = {});

}  // namespace cairn::app
