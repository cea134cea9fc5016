// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>

#include "base/embedded.hpp"
#include "policy/policy.hpp"

namespace cairn::tests {

// The policy the program carries.
inline const policy::Policy& shipped_policy() {
  static const policy::Policy policy = [] {
    for (const auto& file : embedded_files())
      if (file.path == "content/policy.toml") return policy::Policy::from_toml(file.bytes);
    throw std::runtime_error("the program carries no content/policy.toml");
  }();
  return policy;
}

}  // namespace cairn::tests
