// SPDX-License-Identifier: Apache-2.0
#include "app/stages.hpp"

#include "accounts/store.hpp"

namespace cairn::app {

std::vector<db::SealedColumn> sealed_columns() {
  std::vector<db::SealedColumn> all;
  for (const auto& of_stage : {accounts::sealed_columns()}) all.insert(all.end(), of_stage.begin(), of_stage.end());
  return all;
}

}  // namespace cairn::app
