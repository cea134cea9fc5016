// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <filesystem>
#include <fstream>

#include "base/text.hpp"
#include "evaluation/actions_command_words.hpp"
#include "evaluation/actions_commands.hpp"
#include "evaluation/actions_reports.hpp"
#include "evaluation/pages_spreadsheet.hpp"

namespace cairn::evaluation {
namespace {

using jobs::Ended;

enum class Form { html, pdf, xlsx };

std::optional<Form> form_from_ending(const std::string& out) {
  if (out.ends_with(".html")) return Form::html;
  if (out.ends_with(".pdf")) return Form::pdf;
  if (out.ends_with(".xlsx")) return Form::xlsx;
  return std::nullopt;
}

// The file whole or not at all: written beside and renamed.
void keep(const std::string& path, const std::string& bytes) {
  const auto beside = path + ".part";
  std::ofstream file(beside, std::ios::binary | std::ios::trunc);
  file << bytes;
  file.close();
  std::error_code wrong;
  if (file) std::filesystem::rename(beside, path, wrong);
  if (!file || wrong) {
    std::error_code ignored;
    std::filesystem::remove(beside, ignored);
    throw Unavailable("cannot write " + path, "evaluation.stop.cannot_write");
  }
}

std::string made(Form form, const web::Language& say, const ReportView& view) {
  switch (form) {
    case Form::html:
      return standalone_html(say, view);
    case Form::pdf:
      return pdf_from_html(standalone_html(say, view));
    case Form::xlsx:
      return report_spreadsheet(say, view);
  }
  return "";
}

// The site of that name, in any case of letters; nothing, said on `err`, where there is none.
std::optional<Subject> subject(const ReportArguments& arguments, const OpenedRound& opened,
                               jobs::CommandContext& context, const web::Language& say) {
  if (arguments.everyone) return everyone();
  std::vector<std::string> known;
  for (const auto& group : opened.comparison.groups) {
    if (group.axis != instruments::Axis::site) continue;
    if (lower(group.name) == lower(trimmed(arguments.site))) return site(group.name);
    known.push_back(group.name);
  }
  context.err << (known.empty()
                      ? say("evaluation.command.no_sites", {{"site", arguments.site}})
                      : say("evaluation.command.no_site", {{"site", arguments.site}, {"known", say.list(known)}}))
              << '\n';
  return std::nullopt;
}

std::vector<std::string> purpose_codes() {
  std::vector<std::string> codes;
  for (const auto purpose : all_purposes) codes.emplace_back(code(purpose));
  return codes;
}

}  // namespace

Ended inventory_report(const ReportArguments& arguments, jobs::CommandContext& context, const web::Language& say) {
  const auto form = form_from_ending(arguments.out);
  if (!form) {
    context.err << say("evaluation.command.unknown_ending", {{"out", arguments.out}}) << '\n';
    return Ended::usage;
  }
  if (arguments.everyone != arguments.site.empty()) {
    context.err << say("evaluation.command.site_or_everyone") << '\n';
    return Ended::usage;
  }
  const auto purpose = purpose_from_code(arguments.purpose);
  if (!purpose) {
    context.err << say("evaluation.command.unknown_purpose",
                       {{"purpose", arguments.purpose}, {"known", say.list(purpose_codes())}})
                << '\n';
    return Ended::refused;
  }
  const auto found = find_named_round(context, say, arguments.study, arguments.round);
  if (!found) return Ended::refused;
  const auto opened = open_round(context.database, context.library, context.actor, found->study, found->number, say);
  const auto about = subject(arguments, opened, context, say);
  if (!about) return Ended::refused;
  // A command reads as the operator; every such use is in the journal.
  context.database.write(context.actor, {"site_report.export", "study", found->study.text}, [](db::Write&) {});
  const SiteReport report{{}, found->study, found->number, *about, *purpose, context.now};
  const auto evidence = read_evidence(context.library);
  const auto loaded = load_report(context.database, context.library, evidence, context.actor, report, say);
  keep(arguments.out, made(*form, say, loaded->view(loaded->made_on)));
  if (context.json)
    context.out << "{\"file\":true}\n";
  else
    context.out << say("evaluation.command.report_made", {{"out", arguments.out}}) << '\n';
  return Ended::done;
}

}  // namespace cairn::evaluation
