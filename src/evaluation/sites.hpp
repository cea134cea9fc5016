// SPDX-License-Identifier: Apache-2.0
#pragma once

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

// What most of those who answered for a site gave; "" where they do not agree.
struct UsualPlace {
  std::string context = {};
  std::string setting = {};
  std::string employer = {};
};

// A service of the same name (in any case of letters) wins over what most people gave.
SiteDescription describe(std::string_view site, const std::vector<DescribedService>& services, const UsualPlace& usual);

}  // namespace cairn::evaluation
