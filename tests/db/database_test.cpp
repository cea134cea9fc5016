// SPDX-License-Identifier: Apache-2.0
#include "db/database.hpp"

#include <gtest/gtest.h>

#include "stores.hpp"

namespace cairn::db {
namespace {

class DatabaseOf : public tests::EachEngine {};

TEST_P(DatabaseOf, KeepsWhatIsWritten) {
  EXPECT_EQ(database().schema(), SchemaState::current);
}

CAIRN_EACH_ENGINE(DatabaseOf);

}  // namespace
}  // namespace cairn::db
