// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "evaluation/guidance.hpp"
#include "web/components.hpp"

namespace cairn::evaluation {

enum class Tone { advice, question };  // a contested statement is asked about

// A text of the guidance, which is written with the usual words, in the programme's own.
std::string guidance_text(const web::Language& say, std::string_view text);

// What the study found, how to take a low score, then points for the site (weaker ones after the others and marked),
// what helps and what gets in the way in general. Its headings are of level 3.
web::Html advice_words(const web::Language& say, const Advice& advice, Tone tone);
// The same as a report says it: without what was found, and without the explanation of the marks, which stands once.
// Its headings are of level 4.
web::Html advice_in_short(const web::Language& say, const Advice& advice, Tone tone);
web::Html advice_marks(const web::Language& say);

}  // namespace cairn::evaluation
