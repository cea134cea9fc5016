// SPDX-License-Identifier: Apache-2.0
#include "evaluation/pages_advice.hpp"

#include <algorithm>

namespace cairn::evaluation {
namespace {

using web::Html;

Html point_words(const web::Language& say, const Point& point) {
  Html words = web::text(guidance_text(say, point.text));
  if (is_weaker(point))
    words += web::text(" ") + web::tag_mark(say(point.footing == Footing::table ? "evaluation.advice.from_table"
                                                                                : "evaluation.advice.general"));
  return words;
}

Html points(const web::Language& say, int level, std::string_view title, const std::vector<Point>& list) {
  if (list.empty()) return {};
  std::vector<Html> lines;
  for (const auto& point : list) lines.push_back(point_words(say, point));
  return web::heading(level, title) + web::bullets(lines);
}

bool any_weaker(const Advice& advice) {
  const auto weaker = [](const std::vector<Point>& list) { return std::any_of(list.begin(), list.end(), is_weaker); };
  return weaker(advice.for_the_site) || weaker(advice.helps) || weaker(advice.hinders);
}

Html advice_under(int level, const web::Language& say, const Advice& advice, Tone tone) {
  Html words;
  if (tone == Tone::question) words += web::paragraph(say("evaluation.contested.ask"));
  if (!advice.reading.empty()) words += web::paragraph(guidance_text(say, advice.reading));
  words += points(say, level, say("evaluation.advice.for_the_site"), advice.for_the_site);
  words += points(say, level, say("evaluation.advice.helps"), advice.helps);
  return words + points(say, level, say("evaluation.advice.hinders"), advice.hinders);
}

}  // namespace

std::string guidance_text(const web::Language& say, std::string_view text) {
  return say.in_own_words(text, {words_of_guidance});
}

Html advice_words(const web::Language& say, const Advice& advice, Tone tone) {
  Html words = advice_under(3, say, advice, tone);
  if (!advice.found.empty())
    words += web::quiet(say("evaluation.advice.found", {{"found", guidance_text(say, advice.found)}}));
  if (any_weaker(advice)) words += advice_marks(say);
  return words;
}

Html advice_in_short(const web::Language& say, const Advice& advice, Tone tone) {
  return advice_under(4, say, advice, tone);
}

Html advice_marks(const web::Language& say) {
  return web::quiet(say("evaluation.advice.marks"));
}

}  // namespace cairn::evaluation
