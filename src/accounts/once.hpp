// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cairn::accounts {

// The code that whoever sets up a new programme must know: printed where the server was started, so that a stranger on
// the network cannot be the first. Only its hash is kept, in memory.
class SetupCode {
 public:
  // A fresh code of 60 bits, twelve letters and digits in groups of four: the one time it can be read.
  static std::string fresh();
  explicit SetupCode(std::string_view code);
  // Blanks, hyphens and the case of letters do not matter.
  bool fits(std::string_view typed) const;

 private:
  std::string hash_;
};

// Links that work once and are never written down: only hashes are kept, in memory, for as long as the process lives.
// Safe to use from several threads.
class OneTimeLinks {
 public:
  // A fresh secret of 160 bits that stands for `whom` once.
  std::string add(const std::string& whom);
  // Whom it stands for, without using it up. Nothing where it is unknown or used.
  std::optional<std::string> find(std::string_view secret) const;
  // The same, and it is used up: of several at once only one gets it.
  std::optional<std::string> take(std::string_view secret);

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::string> by_hash_;
};

}  // namespace cairn::accounts
