// SPDX-License-Identifier: Apache-2.0
#include "evaluation/actions_reports.hpp"

#include "accounts/store.hpp"
#include "agenda/store.hpp"
#include "evaluation/store.hpp"
#include "evaluation/store_thresholds.hpp"
#include "instruments/store_asking.hpp"
#include "instruments/store_reasons.hpp"

namespace cairn::evaluation {
namespace {

std::vector<DescribedService> services(const accounts::Structure& structure) {
  std::vector<DescribedService> all;
  for (const auto& service : structure.services) {
    DescribedService described;
    described.name = service.name;
    described.place.context = accounts::code(service.context);
    for (const auto setting : service.settings) described.place.settings.emplace_back(accounts::code(setting));
    if (const auto* employer = structure.find(service.employer))
      described.employer = accounts::code(accounts::employer_side(employer->kind));
    all.push_back(std::move(described));
  }
  return all;
}

// A round keeps the names its sites had when people were asked: a service that was renamed since is found by them, too.
std::vector<DescribedService> services(const accounts::Structure& structure, const instruments::Asking& asking) {
  const auto now = services(structure);
  std::vector<DescribedService> all;
  for (const auto& site : asking.sites)
    for (std::size_t i = 0; i < now.size(); ++i)
      if (structure.services[i].id.text == site.service_id) {
        all.push_back(now[i]);
        all.back().name = site.name;
      }
  all.insert(all.end(), now.begin(), now.end());
  return all;
}

std::vector<DescribedService> services_of(db::Read& read, const Actor& actor, const Round& round) {
  const auto structure = accounts::structure(read, actor);
  const auto asking = instruments::find_asking(read, actor, {round.collection_id});
  return asking ? services(structure, *asking) : services(structure);
}

UsualPlace usual_place(const instruments::Comparison& comparison, const std::string& site) {
  using instruments::Axis;
  const auto* group = comparison.find(Axis::site, site);
  if (!group) return {};
  const auto of = [&](Axis axis) { return group->usual[static_cast<std::size_t>(axis)]; };
  return {of(Axis::context), of(Axis::setting), of(Axis::employer)};
}

// What people wrote about the subject, and how many left the statements out, as far as either may be told.
void add_words(db::Database& database, const Actor& actor, LoadedReport& loaded) {
  const Id<instruments::Collection> id{loaded.opened.round.collection_id};
  const auto& about = loaded.report.about;
  const auto* group = loaded.opened.comparison.find(about.axis, about.group);
  if (group == nullptr || group->hidden != instruments::Hidden::no) return;
  database.read([&](db::Read& read) {
    loaded.said =
        shown_words(instruments::reasons(read, actor, id), loaded.opened.instrument, loaded.opened.comparison, about);
    const auto smallest = instruments::collection(read, actor, id).smallest_group;
    const auto left_out = instruments::left_out(read, actor, id);
    loaded.left_out = about.is_everyone() ? instruments::left_out_finding(left_out, smallest)
                                          : instruments::left_out_finding_at(left_out, about.group, smallest);
  });
}

}  // namespace

ReportView LoadedReport::view(Date today) const {
  return {*round,
          report,
          site,
          evidence->words(report.purpose),
          content,
          evidence->known,
          web::Html::ready(evidence->discussion_guide),
          programme,
          before_name,
          made_on,
          today,
          steps,
          said,
          left_out};
}

std::unique_ptr<LoadedReport> load_report(db::Database& database, const content::Library& library,
                                          const Evidence& evidence, const Actor& actor, const SiteReport& report,
                                          const web::Language& say) {
  auto loaded = std::make_unique<LoadedReport>();
  loaded->opened = open_round(database, library, actor, report.study, report.round, say);
  loaded->report = report;
  loaded->evidence = &evidence;
  database.read([&](db::Read& read) {
    const auto programme = accounts::programme(read, actor);
    loaded->programme = programme.name;
    loaded->made_on = date_in_zone(report.made_at, programme.zone);
    loaded->thresholds = thresholds(read, actor, evidence.settings);
    if (!report.about.is_everyone())
      loaded->site = describe(report.about.group, services_of(read, actor, loaded->opened.round),
                              usual_place(loaded->opened.comparison, report.about.group));
    if (!report.id.empty()) loaded->steps = agenda::steps_about(read, actor, about_report(report.id.text));
  });
  add_words(database, actor, *loaded);
  const auto before = comparison_before(database, actor, loaded->opened);
  for (const auto& round : loaded->opened.rounds)
    if (round.number < loaded->opened.round.number) loaded->before_name = round_name(say, round);
  loaded->round =
      std::make_unique<RoundView>(RoundView{loaded->opened.study, loaded->opened.round, loaded->opened.instrument,
                                            loaded->opened.comparison, evidence.published, loaded->thresholds});
  loaded->content = report_content(*loaded->round, before ? &*before : nullptr, report.about, loaded->site,
                                   evidence.words(report.purpose), evidence.points);
  return loaded;
}

}  // namespace cairn::evaluation
