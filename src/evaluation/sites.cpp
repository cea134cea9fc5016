// SPDX-License-Identifier: Apache-2.0
#include "evaluation/sites.hpp"

#include "base/text.hpp"

namespace cairn::evaluation {
namespace {

// The value more than half agree on; "" where there is none.
std::string majority(const std::map<std::string, std::int64_t>& counts) {
  std::int64_t all = 0;
  for (const auto& [value, count] : counts)
    if (!value.empty()) all += count;
  for (const auto& [value, count] : counts)
    if (!value.empty() && count * 2 > all) return value;
  return "";
}

}  // namespace

SiteDescription describe(std::string_view site, const std::vector<DescribedService>& services,
                         const SiteCounts& counts) {
  for (const auto& service : services)
    if (lower(trimmed(service.name)) == lower(trimmed(site)))
      return {std::string(site), service.place, service.employer, true};
  SiteDescription described;
  described.name = site;
  described.place.context = majority(counts.contexts);
  if (const auto setting = majority(counts.settings); !setting.empty()) described.place.settings = {setting};
  described.employer = majority(counts.employers);
  return described;
}

}  // namespace cairn::evaluation
