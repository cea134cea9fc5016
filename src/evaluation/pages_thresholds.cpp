// SPDX-License-Identifier: Apache-2.0
#include "evaluation/pages_studies.hpp"

namespace cairn::evaluation {
namespace {

using web::Html;

// One at a time is open, so that a page never has two fields of one name.
Html change_form(const web::Form& form, const ThresholdLine& line) {
  const auto& say = form.say();
  const auto value = shown(std::string(line.setting.unit), line.value);
  return web::post_form(
      form, "/thresholds",
      web::hidden("threshold", line.setting.id) +
          web::text_input(form,
                          {.name = "value", .label = say("evaluation.threshold.value"), .value = value, .width = 5}) +
          web::text_input(form, {.name = "reason", .label = say("evaluation.threshold.reason"), .longest = 500}) +
          web::button(say("evaluation.threshold.change"), web::Button::second));
}

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
  const auto title = say("evaluation.threshold." + setting.id + ".title");
  if (may_change && !changing)
    words += web::paragraph(
        web::link(say("evaluation.threshold.change_this", {{"what", title}}), "/thresholds?change=" + setting.id));
  if (may_change && changing) words += change_form(form, line);
  return web::panel(title, words);
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
