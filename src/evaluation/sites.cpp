// SPDX-License-Identifier: Apache-2.0
#include "evaluation/sites.hpp"

#include "base/text.hpp"

namespace cairn::evaluation {

SiteDescription describe(std::string_view site, const std::vector<DescribedService>& services,
                         const UsualPlace& usual) {
  for (const auto& service : services)
    if (lower(trimmed(service.name)) == lower(trimmed(site)))
      return {std::string(site), service.place, service.employer, true};
  SiteDescription described;
  described.name = site;
  described.place.context = usual.context;
  if (!usual.setting.empty()) described.place.settings = {usual.setting};
  described.employer = usual.employer;
  return described;
}

}  // namespace cairn::evaluation
