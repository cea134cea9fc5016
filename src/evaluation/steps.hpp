// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "agenda/model.hpp"

namespace cairn::evaluation {

// Next steps are kept by the agenda; a report shows those that belong to it.
using agenda::NewStep;
using agenda::NextStep;

// How the agenda knows a report.
inline agenda::About about_report(std::string_view report_id) {
  return {"report", std::string(report_id)};
}

}  // namespace cairn::evaluation
