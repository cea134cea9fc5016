// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "evaluation/guidance.hpp"

namespace cairn::evaluation {

// What is known about a site: from the service of that name where the programme has described it, otherwise from what
// most of the people who answered for it gave.
struct SiteDescription {
  std::string name;  // "" for everyone
  Place place;
  std::string employer;    // voluntary or statutory, "" where not known
  bool described = false;  // from a service
};

// A service of the programme as far as a site needs it.
struct DescribedService {
  std::string name;
  Place place;
  std::string employer;
};

// How many of the people who answered for a site gave which value.
struct SiteCounts {
  std::map<std::string, std::int64_t> contexts;
  std::map<std::string, std::int64_t> settings;
  std::map<std::string, std::int64_t> employers;
};

// A service of the same name (in any case of letters) wins. Otherwise the value more than half of those who gave one
// agree on; no such value is not known. Empty values are no answer.
SiteDescription describe(std::string_view site, const std::vector<DescribedService>& services,
                         const SiteCounts& counts);

}  // namespace cairn::evaluation
