// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cassert>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace cairn {

// Something a person can mend. `key` names a text; `values` fill its places. `field` is the form field, or "" for the
// whole.
struct Problem {
  std::string field;
  std::string key;
  std::vector<std::pair<std::string, std::string>> values = {};
  bool operator==(const Problem&) const = default;
};

// A T that has passed its checks, or every problem found. Only checked values are stored.
template <class T>
class Checked {
 public:
  Checked(T value) : value_(std::move(value)) {}
  Checked(std::vector<Problem> problems) : problems_(std::move(problems)) { assert(!problems_.empty()); }

  explicit operator bool() const { return value_.has_value(); }
  const T& operator*() const { return *value_; }
  const T* operator->() const { return &*value_; }
  T&& take() && { return std::move(*value_); }
  const std::vector<Problem>& problems() const { return problems_; }

 private:
  std::optional<T> value_;
  std::vector<Problem> problems_;
};

}  // namespace cairn
