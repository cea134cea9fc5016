// SPDX-License-Identifier: Apache-2.0
#include "evaluation/actions_giving.hpp"

#include "instruments/reminders.hpp"

namespace cairn::evaluation {

Date last_day_of(const AskedRound& asked) {
  return instruments::last_day(asked.asking.period, asked.zone);
}

std::vector<web::Link> trail_to(const web::Request& request, const AskedRound& asked, std::string_view label,
                                std::string_view page) {
  auto links = trail_of(request, asked);
  links.push_back({request.say()(label), asked.path() + std::string(page)});
  return links;
}

}  // namespace cairn::evaluation
