// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "agenda/store_loops.hpp"
#include "app/stages.hpp"
#include "jobs/mail.hpp"
#include "web/html.hpp"
#include "web/routes.hpp"

namespace cairn::app {

// What was sent, what waits and what was given up: /letters, with another try, the standard wording of each kind, and a
// test letter to oneself. Of kinds shown in totals no single letter and no address is told. Whoever holds no lead's
// role sees addresses masked. In a demonstration a lead can open a letter that waits and follow its link.
void add_letters(web::Routes& routes, const Site& site);

// The letter that tries the way out.
jobs::LetterKinds test_letters(const Site& site);

// Letters that were given up, or wait because no mail server is set.
std::vector<agenda::LoopKind> letter_loops(const Site& site);

// The rows of the health page about letters, and advice above them where something must be done.
struct LetterHealth {
  std::int64_t waiting = 0;
  std::int64_t given_up = 0;
  std::optional<Date> waiting_since;
};
LetterHealth letter_health(db::Read& read, Moment now, const Site& site);
std::string letter_health_words(const web::Language& say, const LetterHealth& health);
web::Html letter_advice(const web::Language& say, const LetterHealth& health, const Site& site);

}  // namespace cairn::app
