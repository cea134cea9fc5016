// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace cairn::instruments {

// A whole number modulo the prime 2^61 - 1. Sums over groups of people have small whole coefficients, and what is
// linearly dependent in fractions is dependent here too; the reverse could fail only where this one prime divides a
// determinant, and would hide too much.
class Residue {
 public:
  static constexpr std::uint64_t prime = (std::uint64_t{1} << 61) - 1;

  constexpr Residue() = default;
  explicit constexpr Residue(std::uint64_t value) : value_(value % prime) {}

  constexpr bool zero() const { return value_ == 0; }
  constexpr bool operator==(const Residue&) const = default;

  friend constexpr Residue operator+(Residue one, Residue other) { return reduced(one.value_ + other.value_); }
  friend constexpr Residue operator-(Residue one, Residue other) { return reduced(one.value_ + prime - other.value_); }
  friend constexpr Residue operator*(Residue one, Residue other) {
    const Wide product = static_cast<Wide>(one.value_) * other.value_;
    return reduced(static_cast<std::uint64_t>(product & prime) + static_cast<std::uint64_t>(product >> 61));
  }
  // Of anything but zero: by Fermat, the power prime - 2.
  constexpr Residue inverse() const {
    Residue result(1);
    Residue power = *this;
    for (std::uint64_t left = prime - 2; left != 0; left >>= 1) {
      if ((left & 1) != 0) result = result * power;
      power = power * power;
    }
    return result;
  }

 private:
  __extension__ using Wide = unsigned __int128;
  static constexpr Residue reduced(std::uint64_t value) {  // of anything below twice the prime
    Residue result;
    result.value_ = value >= prime ? value - prime : value;
    return result;
  }
  std::uint64_t value_ = 0;
};

}  // namespace cairn::instruments
