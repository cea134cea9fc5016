// SPDX-License-Identifier: Apache-2.0
#include "evaluation/pages_words.hpp"

namespace cairn::evaluation {
namespace {

using instruments::Hidden;

constexpr std::array<std::string_view, 6> warning_keys{"evaluation.warning.chosen",      "evaluation.warning.no_test",
                                                       "evaluation.warning.not_quality", "evaluation.warning.pointer",
                                                       "evaluation.warning.sizes",       "evaluation.warning.small"};

}  // namespace

std::string group_name(const web::Language& say, Axis axis, std::string_view group) {
  if (axis == Axis::site) return std::string(group);
  if (axis == Axis::all) return say("evaluation.everyone");
  const auto key = "evaluation.group." + std::string(instruments::code(axis)) + "." + std::string(group);
  return say.has(key) ? say(key) : std::string(group);
}

std::string axis_name(const web::Language& say, Axis axis) {
  return say("evaluation.axis." + std::string(instruments::code(axis)));
}

std::string subject_name(const web::Language& say, const Subject& subject) {
  return group_name(say, subject.axis, subject.group);
}

std::string hidden_why(const web::Language& say, Hidden reason) {
  return reason == Hidden::no ? "" : say("evaluation.hidden." + std::string(instruments::code(reason)));
}

std::string item_name(const instruments::Item& item) {
  return item.id + " " + item.label;
}

std::string round_name(const web::Language& say, const Round& round) {
  const auto number = std::to_string(round.number);
  return round.dated_on ? say("evaluation.round.dated", {{"number", number}, {"date", say.short_date(*round.dated_on)}})
                        : say("evaluation.round.name", {{"number", number}});
}

std::string presence_sentence(const web::Language& say, const Finding& finding) {
  if (finding.answers_a == 0) return say("evaluation.presence.nobody");
  return say("evaluation.presence.sentence",
             {{"n", say.number(finding.in_place)}, {"of", say.number(finding.answers_a)}});
}

std::string importance_sentence(const web::Language& say, const Finding& finding) {
  if (!finding.mean_tenths) return say("evaluation.importance.nobody");
  return say("evaluation.importance.sentence", {{"mean", tenths(*finding.mean_tenths)}});
}

std::string top3_sentence(const web::Language& say, const Finding& finding) {
  return say.count("evaluation.top3.sentence", finding.top3, {{"of", say.number(finding.people)}});
}

std::string gap_sentence(const web::Language& say, const Gap& gap) {
  return say("evaluation.gap.sentence", {{"higher", group_name(say, gap.axis, gap.higher)},
                                         {"higher_mean", tenths(gap.higher_tenths)},
                                         {"lower", group_name(say, gap.axis, gap.lower)},
                                         {"lower_mean", tenths(gap.lower_tenths)}});
}

std::vector<std::string> why(const web::Language& say, const Finding& finding) {
  std::vector<std::string> sentences{presence_sentence(say, finding), importance_sentence(say, finding)};
  if (finding.has(Rule::groups_disagree) && finding.widest) sentences.push_back(gap_sentence(say, *finding.widest));
  if (finding.top3 > 0) sentences.push_back(top3_sentence(say, finding));
  return sentences;
}

std::vector<std::string> warning_sentences(const web::Language& say) {
  std::vector<std::string> sentences;
  for (const auto key : warning_keys) sentences.push_back(say(key));
  return sentences;
}

web::Html warnings(const web::Language& say) {
  return web::note(say("evaluation.warning.title"), web::bullets(warning_sentences(say)));
}

std::string study_path(const Study& study) {
  return "/studies/" + study.id.text;
}

std::string round_path(const Study& study, const Round& round) {
  return study_path(study) + "/rounds/" + std::to_string(round.number);
}

std::string compare_path(const RoundView& view, std::string_view page, Axis by) {
  return round_path(view.study, view.round) + "/compare?view=" + std::string(page) +
         "&by=" + std::string(instruments::code(by));
}

std::string item_path(const RoundView& view, std::string_view item, Axis by) {
  return round_path(view.study, view.round) + "/items/" + std::string(item) +
         "?by=" + std::string(instruments::code(by));
}

std::string report_path(const SiteReport& report) {
  return "/reports/" + report.id.text;
}

std::string mean_words(const web::Language& say, const std::optional<std::int64_t>& mean) {
  return mean ? tenths(*mean) : say("evaluation.no_one_yet");
}

std::string percent_words(const web::Language& say, const std::optional<std::int64_t>& percent) {
  return percent ? say("evaluation.percent", {{"n", std::to_string(*percent)}}) : say("evaluation.no_one_yet");
}

}  // namespace cairn::evaluation
