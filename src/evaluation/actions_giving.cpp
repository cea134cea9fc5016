// SPDX-License-Identifier: Apache-2.0
#include "evaluation/actions_giving.hpp"

#include <utility>

#include "accounts/store.hpp"
#include "base/text.hpp"
#include "evaluation/pages_words.hpp"
#include "evaluation/store.hpp"
#include "instruments/store_asking.hpp"

namespace cairn::evaluation {

std::string AskedRound::path() const {
  return round_path(study, round);
}

AskedRound asked_round(const Stage& stage, const web::Request& request, std::string_view record,
                       policy::Action action) {
  const auto id = request.id<Study>("study");
  stage.must(request, record, action, id);
  const auto number = whole_number(request.checked_parameter("round"));
  if (!number || *number < 1 || *number > 999) throw NotFound("no such round");
  return stage.database.read([&](db::Read& read) {
    const auto of_it = study(read, request.actor, id);
    const auto its_round = round(read, request.actor, id, static_cast<int>(*number));
    auto asking = instruments::find_asking(read, request.actor, {its_round.collection_id});
    if (!asking) throw NotFound("nobody is asked in round " + std::to_string(its_round.number));
    return AskedRound{of_it, its_round, *std::move(asking), instrument_of(stage.library, of_it),
                      accounts::programme(read, request.actor).zone};
  });
}

std::vector<web::Link> trail_of(const web::Request& request, const AskedRound& asked) {
  return {{request.say()("evaluation.studies.title"), "/studies"},
          {asked.study.name, study_path(asked.study)},
          {round_name(request.say(), asked.round), asked.path()}};
}

Date last_day_of(const AskedRound& asked) {
  return date_in_zone(later(asked.asking.period.closes_at, -1), asked.zone);
}

std::vector<web::Link> trail_to(const web::Request& request, const AskedRound& asked, std::string_view label,
                                std::string_view page) {
  auto links = trail_of(request, asked);
  links.push_back({request.say()(label), asked.path() + std::string(page)});
  return links;
}

}  // namespace cairn::evaluation
