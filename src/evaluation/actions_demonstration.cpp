// SPDX-License-Identifier: Apache-2.0
#include "evaluation/actions_demonstration.hpp"

#include "agenda/store.hpp"
#include "evaluation/actions_rounds.hpp"
#include "evaluation/steps.hpp"
#include "evaluation/store.hpp"
#include "instruments/store_import.hpp"

namespace cairn::evaluation {
namespace {

constexpr std::string_view study_name = "How peer support is settling in";
constexpr int days_between_rounds = 182;

// The words below are the demonstration's, typed by nobody: they stay in English as a programme's own words would.
std::vector<NewStep> made_up_steps(const std::string& report, Date today) {
  return {{about_report(report), "4.4", "Hold a first hour of training for ward colleagues, led by two peer workers",
           "Ashby Fenn", days_after(today, -9)},
          {about_report(report), "1.8", "Write down what a senior peer worker post would do, and what it would cost",
           "Robin Marsh", days_after(today, 24)},
          {about_report(report), "2.1", "Talk through the role with every team, managers and peer workers together",
           "Corrin Vale", days_after(today, 38)}};
}

void bring_in(db::Database& database, const content::Library& library, const Actor& actor,
              const DemonstrationSites& sites, int number, Date dated_on) {
  Destination destination;
  database.read([&](db::Read& read) { destination.study = find_study(read, actor, study_name); });
  destination.study_name = study_name;
  destination.number = number;
  destination.dated_on = dated_on;
  const auto instrument = standard_instrument(library);
  const auto made = make_destination(database, actor, destination, instrument);
  const auto answers = demonstration_answers(sites, number);
  const auto file = instruments::ResponseFile::in_memory(answers);
  const auto checked = instruments::import_responses(database, actor, {made.collection_id}, instrument, file, {});
  if (!checked.accepted) throw Corrupt("the demonstration's answers are refused by the import");
}

}  // namespace

void make_demonstration(db::Database& database, const content::Library& library, const Actor& actor,
                        const DemonstrationSites& sites, Date today) {
  if (database.read([&](db::Read& read) { return find_study(read, actor, study_name).has_value(); }))
    throw Conflict("the demonstration is there already");
  bring_in(database, library, actor, sites, 1, days_after(today, -days_between_rounds - 21));
  bring_in(database, library, actor, sites, 2, days_after(today, -21));
  const auto study = *database.read([&](db::Read& read) { return find_study(read, actor, study_name); });
  SiteReport report;
  report.study = study.id;
  report.round = 2;
  report.about = site(sites.inpatient);
  report.purpose = Purpose::train;
  const auto id = database.write(actor, {"site_report.add", "site_report", ""},
                                 [&](db::Write& write) { return add_report(write, report); });
  database.write(actor, {"next_step.add", "site_report", id.text, 3}, [&](db::Write& write) {
    bool first = true;
    for (const auto& step : made_up_steps(id.text, today)) {
      const auto added = agenda::add(write, step);
      if (first) agenda::tick_off(write, added);
      first = false;
    }
  });
  make_open_round(database, library, actor, sites, study, today);
}

}  // namespace cairn::evaluation
