// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "web/components.hpp"
#include "web/html.hpp"

namespace cairn::accounts {

// The first page of a new programme: a code, and who its first lead is.
web::Html first_lead_page(const web::Form& form);

struct SetupTask {
  std::string key;  // of its title; the key with ".hint" behind is its hint
  std::string path;
  bool done = false;
  bool looked_at = false;  // nothing must be done, only looked at
};
web::Html setup_tasks_page(const web::Form& form, const std::vector<SetupTask>& tasks);

struct ProgrammeView {
  std::string name;
  std::string zone;
  std::vector<std::string> zones;
};
web::Html programme_page(const web::Form& form, const ProgrammeView& view);
web::Html first_administrator_page(const web::Form& form);

}  // namespace cairn::accounts
