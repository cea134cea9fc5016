// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "evaluation/pages_words.hpp"
#include "evaluation/said.hpp"

namespace cairn::evaluation {

// What people wrote about one statement: a heading of level 2 and a quotation each; nothing where there is none.
web::Html said_about_item(const web::Language& say, const std::vector<ShownWords>& said, std::string_view item);
// "What people said" of a report, statement by statement; nothing where there is none.
web::Html said_in_report(const web::Language& say, const std::vector<ShownWords>& said,
                         const instruments::Instrument& instrument);
// "7 people left the statements out; most said ..."
std::string left_out_sentence(const web::Language& say, const instruments::LeftOutFinding& finding);

}  // namespace cairn::evaluation
