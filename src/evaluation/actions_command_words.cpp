// SPDX-License-Identifier: Apache-2.0
#include "evaluation/actions_command_words.hpp"

#include <algorithm>
#include <vector>

#include "evaluation/store.hpp"

namespace cairn::evaluation {

std::optional<NamedRound> find_named_round(jobs::CommandContext& context, const web::Language& say,
                                           const std::string& study_name, std::optional<int> number) {
  std::optional<Study> study;
  std::vector<Round> of_the_study;
  std::vector<std::string> names;
  context.database.read([&](db::Read& read) {
    study = find_study(read, context.actor, study_name);
    for (const auto& other : studies(read, context.actor)) names.push_back(other.name);
    if (study) of_the_study = rounds(read, context.actor, study->id);
  });
  if (!study) {
    context.err << (names.empty()
                        ? say("evaluation.command.no_studies", {{"name", study_name}})
                        : say("evaluation.command.no_study", {{"name", study_name}, {"known", say.list(names)}}))
                << '\n';
    return std::nullopt;
  }
  if (of_the_study.empty()) {
    context.err << say("evaluation.command.no_rounds", {{"name", study->name}}) << '\n';
    return std::nullopt;
  }
  const auto wanted = number.value_or(of_the_study.back().number);
  std::vector<std::string> numbers;
  for (const auto& round : of_the_study) numbers.push_back(std::to_string(round.number));
  if (std::find(numbers.begin(), numbers.end(), std::to_string(wanted)) == numbers.end()) {
    context.err << say("evaluation.command.no_round",
                       {{"name", study->name}, {"round", std::to_string(wanted)}, {"known", say.list(numbers)}})
                << '\n';
    return std::nullopt;
  }
  return NamedRound{study->id, wanted};
}

}  // namespace cairn::evaluation
