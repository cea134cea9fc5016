// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "accounts/doorway.hpp"

namespace cairn::accounts {
namespace {

class Again : public tests::Doorway {
 protected:
  // Who the cookie signs in now.
  web::SignedIn now(const Inside& in) { return *signed_in_by(database(), in.session, clock().now()); }
};

TEST_P(Again, SigningInCountsForFiveMinutes) {
  const auto in = sign_in(Role::worker);
  EXPECT_TRUE(now(in).proved_lately(clock().now()));
  clock().advance(5 * 60);
  EXPECT_TRUE(now(in).proved_lately(clock().now()));
  clock().advance(1);
  EXPECT_FALSE(now(in).proved_lately(clock().now()));
}

TEST_P(Again, ThePasswordCountsForFiveMinutesMoreAndLeadsBack) {
  const auto in = sign_in(Role::worker);
  const auto other = sign_in("worker", ids_[Role::worker], in.device);
  clock().advance(20 * 60);
  const auto page = inside(in).get("/sign-in/again?next=/concerns");
  EXPECT_EQ(page.status, 200);
  EXPECT_NE(page.body.find("Show that it is you"), std::string::npos);
  const auto done = inside(in).post("/sign-in/again", {{"password", std::string(password)}, {"next", "/concerns"}});
  EXPECT_EQ(done.status, 303);
  EXPECT_EQ(tests::header(done, "Location"), "/concerns");
  EXPECT_TRUE(now(in).proved_lately(clock().now()));
  EXPECT_FALSE(now(other).proved_lately(clock().now())) << "another browser of theirs";
  clock().advance(5 * 60 + 1);
  EXPECT_FALSE(now(in).proved_lately(clock().now()));
}

TEST_P(Again, AWrongPasswordCountsForNothing) {
  const auto in = sign_in(Role::worker);
  clock().advance(6 * 60);
  for (const auto* typed : {"", "wrong horse", "seven brass kettles hum "}) {
    clock().advance(60);
    const auto reply = inside(in).json().post("/sign-in/again", {{"password", typed}});
    EXPECT_EQ(reply.status, 422) << typed;
    EXPECT_EQ(reply.body.find("wrong horse"), std::string::npos);
  }
  EXPECT_FALSE(now(in).proved_lately(clock().now()));
}

TEST_P(Again, IsForPeopleWhoAreSignedIn) {
  EXPECT_EQ(visitor().get("/sign-in/again").status, 303);
  EXPECT_EQ(visitor().post("/sign-in/again", {{"password", std::string(password)}}).status, 403);
}

TEST_P(Again, LeadsNowhereElse) {
  const auto in = sign_in(Role::worker);
  for (const auto* next : {"https://bad.example", "//bad.example", "/\\bad", "/sign-out"})
    EXPECT_EQ(tests::header(inside(in).post("/sign-in/again", {{"password", std::string(password)}, {"next", next}}),
                            "Location"),
              "/")
        << next;
}

TEST_P(Again, SomebodyMadeUpNeedsNoPassword) {
  const tests::Visitor demonstration(routes({{"worker@example.org", "sign_in.demonstration.lead"}}));
  const auto in = sign_in(Role::worker);
  clock().advance(6 * 60);
  const auto there = demonstration.at(clock().now()).signed_in(now(in));
  EXPECT_EQ(there.get("/sign-in/again").body.find("type=\"password\""), std::string::npos);
  EXPECT_EQ(there.post("/sign-in/again").status, 303);
  EXPECT_TRUE(now(in).proved_lately(clock().now()));
}

CAIRN_EACH_ENGINE(Again);

}  // namespace
}  // namespace cairn::accounts
