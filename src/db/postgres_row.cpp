// SPDX-License-Identifier: Apache-2.0
#include "db/postgres_row.hpp"

#include <stdexcept>

#include "base/stop.hpp"

namespace cairn::db {
namespace {

// The highest byte first, as PostgreSQL sends numbers; the sign is that of the width sent.
std::int64_t number_in(std::string_view bytes) {
  std::uint64_t number = !bytes.empty() && (bytes[0] & 0x80) != 0 ? ~std::uint64_t{0} : 0;
  for (const char byte : bytes) number = number << 8 | static_cast<unsigned char>(byte);
  return static_cast<std::int64_t>(number);
}

// What sum() of bigint answers: digits of base 10,000, the first worth 10,000 to the power `weight`.
// Nothing where it is no whole number, or too large.
std::optional<std::int64_t> whole_numeric(std::string_view bytes) {
  if (bytes.size() < 8) return {};
  const std::int64_t digits = number_in(bytes.substr(0, 2));
  const std::int64_t weight = number_in(bytes.substr(2, 2));
  const std::int64_t sign = number_in(bytes.substr(4, 2)) & 0xFFFF;
  if ((sign != 0 && sign != 0x4000) || bytes.size() != 8 + 2 * static_cast<std::size_t>(digits) || digits > weight + 1)
    return {};
  std::int64_t number = 0;
  for (std::int64_t place = 0; digits > 0 && place <= weight; ++place) {
    const std::int64_t digit = place < digits ? number_in(bytes.substr(8 + 2 * static_cast<std::size_t>(place), 2)) : 0;
    if (__builtin_mul_overflow(number, 10000, &number) || __builtin_sub_overflow(number, digit, &number)) return {};
  }
  if (sign == 0x4000) return number;
  if (__builtin_mul_overflow(number, -1, &number)) return {};
  return number;
}

}  // namespace

std::string_view PostgresRow::value(int column) const {
  if (column < 0 || column >= PQnfields(answer_))
    throw std::logic_error("the answer has no column " + std::to_string(column));
  return {PQgetvalue(answer_, row_, column), static_cast<std::size_t>(PQgetlength(answer_, row_, column))};
}

void PostgresRow::refuse(int column, const char* wanted) const {
  throw Corrupt(std::string("there is not ") + wanted + " in " + PQfname(answer_, column));
}

Holds PostgresRow::holds(int column) const {
  value(column);
  if (PQgetisnull(answer_, row_, column) != 0) return Holds::nothing;
  switch (PQftype(answer_, column)) {
    case postgres_type::int8:
    case postgres_type::int4:
    case postgres_type::int2:
    case postgres_type::boolean:
    case postgres_type::numeric:
      return Holds::number;
    case postgres_type::text:
    case postgres_type::varchar:
    case postgres_type::bpchar:
    case postgres_type::name:
    case postgres_type::one_char:
    case postgres_type::unknown:
      return Holds::text;
    case postgres_type::bytea:
      return Holds::bytes;
    default:
      return Holds::other;
  }
}

std::int64_t PostgresRow::integer(int column) const {
  if (holds(column) != Holds::number) refuse(column, "a number");
  if (PQftype(answer_, column) != postgres_type::numeric) return number_in(value(column));
  const auto number = whole_numeric(value(column));
  if (!number) refuse(column, "a whole number");
  return *number;
}

std::string_view PostgresRow::text(int column) const {
  if (holds(column) != Holds::text) refuse(column, "text");
  return value(column);
}

std::string_view PostgresRow::bytes(int column) const {
  if (holds(column) != Holds::bytes) refuse(column, "bytes");
  return value(column);
}

}  // namespace cairn::db
