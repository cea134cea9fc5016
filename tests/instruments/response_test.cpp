// SPDX-License-Identifier: Apache-2.0
#include "instruments/response.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/stop.hpp"
#include "instruments/worlds.hpp"

namespace cairn::instruments {
namespace {

Response example() {
  Response response = test::answered(5, {"voluntary", "nhs", "", "peer_worker", "Nörth \"Ward\""});
  response.presence[1] = Presence::unanswered;
  response.importance[2] = Importance::not_relevant;
  response.most_important = {0, 4};
  response.other_groups = {{"job", "nurse"}, {"team", ""}};
  return response;
}

bool same(const Response& one, const Response& other) {
  return one.groups == other.groups && one.presence == other.presence && one.importance == other.importance &&
         one.most_important == other.most_important && one.other_groups == other.other_groups;
}

TEST(Response, ComesBackAsItWas) {
  EXPECT_TRUE(same(decoded(encoded(example())), example()));
  EXPECT_TRUE(same(decoded(encoded(test::unanswered(0))), test::unanswered(0)));
  Response large = test::answered(255, {std::string(500, 'x'), "", "", "", ""});
  large.most_important = {0, 254};
  EXPECT_TRUE(same(decoded(encoded(large)), large));
}

TEST(Response, IsTheSameForTheSameAnswers) {
  EXPECT_EQ(encoded(example()), encoded(example()));
  Response other = example();
  other.importance[0] = Importance::not_at_all;
  EXPECT_NE(encoded(other), encoded(example()));
}

TEST(Response, ThrowsForWhatItDidNotWrite) {
  const std::string good = encoded(example());
  for (std::size_t size = 0; size < good.size(); ++size) EXPECT_THROW(decoded(good.substr(0, size)), Corrupt) << size;
  EXPECT_THROW(decoded(good + "x"), Corrupt);
  EXPECT_THROW(decoded("\x02" + good.substr(1)), Corrupt);
}

RC_GTEST_PROP(Response, NeverReadsBeyondItsBytes, (const std::string& tail)) {
  try {
    decoded("\x01" + tail);
  } catch (const Corrupt&) {
  }
}

TEST(Codes, AreThoseOfTheImportFile) {
  for (const auto* text : {"", "yes", "partly", "no", "dk", "nr"}) EXPECT_EQ(code(*presence_from_code(text)), text);
  for (const auto* text : {"", "1", "2", "3", "4", "dk", "nr"}) EXPECT_EQ(code(*importance_from_code(text)), text);
  EXPECT_FALSE(presence_from_code("Yes"));
  EXPECT_FALSE(importance_from_code("5"));
  for (const auto axis : all_axes) EXPECT_EQ(axis_from_code(code(axis)), axis);
  EXPECT_FALSE(axis_from_code("everyone"));
}

TEST(Codes, NameTheGroupsOfTheStudyInItsOrder) {
  EXPECT_EQ(known_groups(Axis::employer), (std::vector<std::string>{"voluntary", "statutory"}));
  EXPECT_EQ(known_groups(Axis::context), (std::vector<std::string>{"nhs", "partnership", "voluntary"}));
  EXPECT_EQ(known_groups(Axis::setting), (std::vector<std::string>{"inpatient", "community", "bme"}));
  EXPECT_EQ(known_groups(Axis::stakeholder).size(), 6U);
  EXPECT_TRUE(known_groups(Axis::site).empty());
  EXPECT_TRUE(known_groups(Axis::all).empty());
}

}  // namespace
}  // namespace cairn::instruments
