// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <libpq-fe.h>

#include "db/row.hpp"

namespace cairn::db {

// PostgreSQL's numbers for the types that stand in tables and answers (pg_type.dat).
namespace postgres_type {
constexpr Oid boolean = 16, bytea = 17, one_char = 18, name = 19, int8 = 20, int2 = 21, int4 = 23, text = 25,
              unknown = 705, bpchar = 1042, varchar = 1043, numeric = 1700;
}

// One row of an answer in binary form. Whole numbers of every width, counts and sums, and true and false read as
// integers.
class PostgresRow final : public Row {
 public:
  explicit PostgresRow(const PGresult* answer) : answer_(answer) {}
  void at(int row) { row_ = row; }

  Holds holds(int column) const override;
  std::int64_t integer(int column) const override;
  std::string_view text(int column) const override;
  std::string_view bytes(int column) const override;

 private:
  std::string_view value(int column) const;
  [[noreturn]] void refuse(int column, const char* wanted) const;

  const PGresult* answer_;
  int row_ = 0;
};

}  // namespace cairn::db
