// SPDX-License-Identifier: Apache-2.0
#include <chrono>
#include <nlohmann/json.hpp>
#include <thread>

#include "base/text.hpp"
#include "evaluation/actions_commands.hpp"
#include "evaluation/actions_rounds.hpp"
#include "evaluation/store.hpp"
#include "instruments/store_asking.hpp"
#include "instruments/store_import.hpp"

namespace cairn::evaluation {
namespace {

using jobs::Ended;

constexpr int most_rounds = 999;
// How long an import waits for another one into the same round.
constexpr auto patience = std::chrono::seconds(30);
constexpr auto between_tries = std::chrono::milliseconds(200);

// Whether another import made the study or the round, or adds to it, at this very moment. Then the file is checked anew
// against what is there afterwards.
bool another_was_quicker(const Conflict& conflict) {
  return conflict.key() == "stop.conflict" || conflict.key() == "instruments.import.two_at_once";
}

// Draws how far it is, on one line of a terminal.
std::function<void(std::uint64_t, std::uint64_t)> drawn_on(std::ostream& err) {
  return [&err, last = -1](std::uint64_t done, std::uint64_t total) mutable {
    const int percent = total == 0 ? 100 : static_cast<int>(done * 100 / total);
    if (percent == last) return;
    last = percent;
    err << '\r' << percent << " %" << (percent == 100 ? "\n" : "") << std::flush;
  };
}

instruments::ImportWatch watch(jobs::CommandContext& context, const web::Language& say, std::int64_t& told) {
  instruments::ImportWatch watching;
  watching.bad = [&](const instruments::BadCell& bad) {
    if (told++ == 0) context.err << instruments::bad_cells_header();
    context.err << instruments::bad_cell_line(bad, say(bad.problem));
  };
  if (context.progress) watching.progress = drawn_on(context.err);
  return watching;
}

void tell(jobs::CommandContext& context, const web::Language& say, const ImportArguments& arguments,
          const instruments::CheckedFile& checked) {
  if (context.json) {
    context.out << nlohmann::json{{"study", arguments.study},
                                  {"round", arguments.round},
                                  {"added", checked.added},
                                  {"known", checked.known},
                                  {"kept", !arguments.dry_run}}
                       .dump()
                << '\n';
    return;
  }
  const auto number = std::to_string(arguments.round);
  context.out << say.count("evaluation.command.added", checked.added, {{"study", arguments.study}, {"round", number}})
              << '\n';
  if (checked.known > 0) context.out << say.count("evaluation.command.known", checked.known) << '\n';
  if (arguments.dry_run) context.out << say("evaluation.command.dry_run") << '\n';
}

Ended refuse(jobs::CommandContext& context, const std::string& words) {
  context.err << words << '\n';
  return Ended::refused;
}

// Checks the file and keeps what it holds.
Ended bring_in(const ImportArguments& arguments, jobs::CommandContext& context, const web::Language& say) {
  Destination destination;
  destination.number = arguments.round;
  std::vector<std::string> names;
  bool asks_people = false;
  context.database.read([&](db::Read& read) {
    destination.study = find_study(read, context.actor, arguments.study);
    for (const auto& other : studies(read, context.actor)) names.push_back(other.name);
    if (destination.study) destination.round = find_round(read, context.actor, destination.study->id, arguments.round);
    if (destination.round)
      asks_people = instruments::find_asking(read, context.actor, {destination.round->collection_id}).has_value();
  });
  if (asks_people)
    return refuse(context, say("evaluation.command.asks_people", {{"round", std::to_string(arguments.round)}}));
  if (!destination.study) {
    if (!arguments.create)
      return refuse(context, say("evaluation.command.no_study_create", {{"name", arguments.study}}));
    const auto name = check_study_name(arguments.study, names);
    if (!name) return refuse(context, say(name.problems().front()));
    destination.study_name = *name;
  }
  const auto instrument = destination.study ? instrument_of(context.library, *destination.study, say)
                                            : standard_instrument(context.library);
  std::optional<Id<instruments::Collection>> into;
  if (destination.round) into = Id<instruments::Collection>{destination.round->collection_id};

  std::int64_t told = 0;
  const auto watching = watch(context, say, told);
  const auto file = instruments::ResponseFile::at(arguments.file);
  const auto checked = instruments::check_responses(context.database, context.actor, into, instrument, file, watching);
  if (!checked.accepted) return Ended::refused;
  if (!arguments.dry_run) {
    const auto made = make_destination(context.database, context.actor, destination, instrument);
    instruments::keep_responses(context.database, context.actor, {made.collection_id}, instrument, file, checked,
                                watching);
  }
  tell(context, say, arguments, checked);
  return Ended::done;
}

}  // namespace

Ended inventory_import(const ImportArguments& arguments, jobs::CommandContext& context, const web::Language& say) {
  if (arguments.round < 1 || arguments.round > most_rounds) {
    context.err << say("evaluation.command.round_range") << '\n';
    return Ended::usage;
  }
  const auto until = std::chrono::steady_clock::now() + patience;
  for (;;) {
    try {
      return bring_in(arguments, context, say);
    } catch (const Conflict& conflict) {
      if (!another_was_quicker(conflict) || std::chrono::steady_clock::now() >= until) throw;
    }
    std::this_thread::sleep_for(between_tries);
  }
}

}  // namespace cairn::evaluation
