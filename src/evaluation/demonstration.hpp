// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace cairn::evaluation {

// The names of the three services of the demonstration, as they stand in its organisations.
struct DemonstrationSites {
  std::string inpatient;           // a ward: peer workers of the charity on the trust's premises (partnership)
  std::string community;           // a community team of the trust (nhs)
  std::string community_specific;  // the charity's service for one particular community (voluntary, bme)
  std::vector<std::string> languages = {"en"};  // people are asked in
};

// Answers of sixty made-up people as the file that `cairn inventory import` reads, for round 1 or 2. The same every
// time. The story: much is in place, but managers and peer workers see the role differently (2.1), other staff are not
// trained (4.4), and there is no way to move up (1.8); half a year later the first two are better.
std::string demonstration_answers(const DemonstrationSites& sites, int round);

}  // namespace cairn::evaluation
