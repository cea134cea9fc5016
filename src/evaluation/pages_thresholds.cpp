// SPDX-License-Identifier: Apache-2.0
#include "evaluation/pages_studies.hpp"

namespace cairn::evaluation {
namespace {

using web::Html;

Html one_threshold(const web::Form& form, const ThresholdLine& line, bool changing, bool may_change) {
  const auto& say = form.say();
  const auto& setting = line.setting;
  const auto unit = std::string(setting.unit);
  Html words =
      web::paragraph(say("evaluation.threshold." + setting.id + ".says", {{"value", shown(unit, line.value)}}));
  words += web::quiet(say("evaluation.threshold.standard", {{"standard", shown(unit, setting.standard)},
                                                            {"least", shown(unit, setting.least)},
                                                            {"most", shown(unit, setting.most)},
                                                            {"source", setting.source}}));
  if (!line.history.empty()) {
    std::vector<std::string> past;
    for (const auto& one : line.history)
      past.push_back(say("evaluation.threshold.past",
                         {{"date", one.date}, {"value", shown(unit, one.value)}, {"reason", one.reason}}));
    words += web::details(say("evaluation.threshold.history"), web::bullets(past));
  }
  if (may_change) {
    // Only the form that was sent comes back filled and with its problems: the others are untouched.
    web::Form own;
    own.language = form.language;
    own.token = form.token;
    const auto& shown_form = changing ? form : own;
    const auto fields =
        web::hidden("threshold", setting.id) +
        web::text_input(shown_form, {.name = "value",
                                     .label = say("evaluation.threshold.value"),
                                     .value = shown(unit, line.value),
                                     .width = 5}) +
        web::text_input(shown_form, {.name = "reason", .label = say("evaluation.threshold.reason"), .longest = 500}) +
        web::button(say("evaluation.threshold.change"), web::Button::second);
    const auto whole = web::post_form(shown_form, "/thresholds", fields);
    words += changing ? whole : web::details(say("evaluation.threshold.change_this"), whole);
  }
  return web::panel(say("evaluation.threshold." + setting.id + ".title"), words);
}

}  // namespace

Html thresholds_page(const web::Form& form, const std::vector<ThresholdLine>& lines, std::string_view changing,
                     bool may_change) {
  const auto& say = form.say();
  Html page = web::heading(say("evaluation.thresholds.title")) + web::lead(say("evaluation.thresholds.lead"));
  for (const auto& line : lines) page += one_threshold(form, line, line.setting.id == changing, may_change);
  return page;
}

}  // namespace cairn::evaluation
