// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "app/stages.hpp"
#include "policy/who_sees.hpp"
#include "web/language.hpp"
#include "web/routes.hpp"

namespace cairn::app {

// "Wellness plan"; of a part "Functional adjustment: why".
std::string heading_of(const policy::WhoSees& line);

// What the policy says of one record or part, in sentences: who sees how much, and what holds for every look.
std::vector<std::string> sentences_of(const policy::WhoSees& line, const web::Language& say);

// The page on which somebody signed in finds who can see what: a list of kinds of record, each one tap away.
void add_who_sees(web::Routes& routes, const Site& site);

}  // namespace cairn::app
