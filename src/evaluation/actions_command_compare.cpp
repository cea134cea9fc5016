// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "evaluation/actions_command_words.hpp"
#include "evaluation/actions_commands.hpp"
#include "evaluation/actions_rounds.hpp"
#include "evaluation/store.hpp"
#include "instruments/table.hpp"

namespace cairn::evaluation {

using instruments::Axis;
using jobs::Ended;

Ended inventory_compare(const CompareArguments& arguments, jobs::CommandContext& context, const web::Language& say) {
  const auto axis = instruments::axis_from_code(arguments.by);
  const auto& format = context.json ? std::string("json") : arguments.format;
  if (!arguments.by.empty() && !axis) {
    std::vector<std::string> known;
    for (const auto one : instruments::all_axes) known.emplace_back(instruments::code(one));
    context.err << say("evaluation.command.unknown_axis", {{"by", arguments.by}, {"known", say.list(known)}}) << '\n';
    return Ended::usage;
  }
  if (format != "table" && format != "csv" && format != "json") {
    context.err << say("evaluation.command.unknown_format", {{"format", format}}) << '\n';
    return Ended::usage;
  }
  const auto found = find_named_round(context, say, arguments.study, arguments.round);
  if (!found) return Ended::refused;
  const auto opened = open_round(context.database, context.library, context.actor, found->study, found->number, say);
  // A command reads as the operator; every such use is in the journal.
  context.database.write(context.actor, {"comparison.read", "study", opened.study.id.text}, [](db::Write&) {});
  if (format == "csv")
    instruments::write_csv(context.out, opened.comparison, opened.instrument, axis);
  else if (format == "json")
    instruments::write_json(context.out, opened.comparison, opened.instrument, axis);
  else
    instruments::write_table(context.out, opened.comparison, opened.instrument, axis);
  return Ended::done;
}

}  // namespace cairn::evaluation
