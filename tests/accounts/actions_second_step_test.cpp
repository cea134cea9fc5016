// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "accounts/doorway.hpp"
#include "accounts/people.hpp"
#include "accounts/store_devices.hpp"

namespace cairn::accounts {
namespace {

using tests::cookie;

class SecondStep : public tests::Doorway {
 protected:
  // The browser after a right password.
  tests::Visitor begun(const std::string& who, const std::string& device = "") {
    return visitor().json().with_cookies(cookie(type_password(who, password, device), "__Host-cairn"), device);
  }
  const Id<Account>& lead() { return ids_[Role::lead]; }
  std::int64_t left() {
    return database().read(
        [&](db::Read& read) { return recovery_codes_left(read, *find_second_factor(read, lead())); });
  }
};

TEST_P(SecondStep, IsSetUpBeforeAnythingElse) {
  const auto there = begun("lead");
  EXPECT_EQ(there.get("/structure").status, 404) << "whoever has typed a password alone reaches nothing";
  EXPECT_EQ(there.post("/account/name", {{"display_name", "Mine"}}).status, 404);
  const auto page = there.get("/sign-in/set-up");
  ASSERT_EQ(page.status, 200);
  EXPECT_EQ(data(page)["secret"].get<std::string>().size(), 39U) << "160 bits in base 32, in groups of four";
  EXPECT_EQ(data(page)["address"].get<std::string>().rfind("otpauth://totp/Cairn:lead%40example.org?secret=", 0), 0U);
  EXPECT_EQ(there.post("/sign-in/set-up", {{"code", "000000"}}).status, 422);
  EXPECT_EQ(there.post("/sign-in/set-up", {{"code", ""}}).status, 422);
  const auto done = there.post("/sign-in/set-up", {{"code", code_of(lead())}});
  ASSERT_EQ(done.status, 200);
  EXPECT_EQ(data(done)["recovery_codes"].size(), 10U);
  EXPECT_TRUE(signed_in_by(database(), cookie(done, "__Host-cairn"), clock().now()));
  EXPECT_NE(cookie(done, "__Host-cairn-device"), "");
  EXPECT_EQ(there.get("/sign-in/set-up").status, 201) << "that sign-in is over: to the sign-in page";
  EXPECT_EQ(there.post("/sign-in/code", {{"code", code_of(lead())}}).status, 201);
  EXPECT_EQ(letters("account.notice").size(), 0U) << "a first browser is no news";
}

TEST_P(SecondStep, ShowsTheSecretAsPictureAndAsText) {
  const auto page = visitor().with_cookies(cookie(type_password("lead"), "__Host-cairn"), "").get("/sign-in/set-up");
  EXPECT_EQ(page.status, 200);
  EXPECT_NE(page.body.find("<svg class=\"cairn-qr\""), std::string::npos);
  EXPECT_NE(page.body.find("otpauth://totp/"), std::string::npos);
}

TEST_P(SecondStep, IsAskedForAfterThePassword) {
  sign_in(Role::lead);
  clock().advance(30);
  const auto there = begun("lead");
  EXPECT_EQ(there.get("/sign-in/set-up").status, 201) << "nobody sets up another one here";
  EXPECT_EQ(there.get("/sign-in/code").status, 200);
  for (const std::string typed : {"", "12345", "abcdef"})
    EXPECT_EQ(there.post("/sign-in/code", {{"code", typed}}).status, typed.empty() || typed == "12345" ? 422 : 429)
        << typed;
  clock().advance(2);
  const auto again = visitor().json().with_cookies(cookie(type_password("lead"), "__Host-cairn"), "");
  const auto code = code_of(lead());
  EXPECT_EQ(again.post("/sign-in/code", {{"code", code}}).status, 201);
  clock().advance(10);
  EXPECT_EQ(begun("lead").post("/sign-in/code", {{"code", code}}).status, 422) << "each code counts once";
}

TEST_P(SecondStep, IsNothingWithoutAPassword) {
  for (const auto& session : {std::string(), token()}) {
    const auto stranger = visitor().with_cookies(session, "");
    for (const std::string path : {"/sign-in/code", "/sign-in/set-up"}) {
      EXPECT_EQ(tests::header(stranger.get(path), "Location"), "/sign-in") << path;
      EXPECT_EQ(tests::header(stranger.post(path, {{"code", "123456"}}), "Location"), "/sign-in") << path;
    }
  }
  const auto there = begun("lead");
  clock().advance(begun_seconds + 1);
  EXPECT_EQ(data(there.at(clock().now()).get("/sign-in/set-up"))["location"], "/sign-in") << "too late";
}

TEST_P(SecondStep, TakesARecoveryCodeOnceInPlaceOfOne) {
  const auto first = sign_in(Role::lead);
  clock().advance(30);
  EXPECT_EQ(begun("lead").post("/sign-in/code", {{"code", " " + first.recovery_codes[3] + " "}}).status, 201);
  EXPECT_EQ(left(), 9);
  clock().advance(30);
  EXPECT_EQ(begun("lead").post("/sign-in/code", {{"code", first.recovery_codes[3]}}).status, 422);
  EXPECT_EQ(left(), 9);
  const auto told = letters("account.notice");
  ASSERT_GE(told.size(), 1U);
  EXPECT_NE(told.back().body.find("recovery codes was used") == std::string::npos &&
                told.front().body.find("recovery codes was used") == std::string::npos,
            true);
}

TEST_P(SecondStep, TellsTheOwnerOfANewBrowserAlone) {
  const auto first = sign_in(Role::lead);
  sign_in("lead", lead(), first.device);
  EXPECT_EQ(letters("account.notice").size(), 0U);
  const auto other = sign_in("lead", lead());
  ASSERT_EQ(letters("account.notice").size(), 1U);
  EXPECT_NE(letters("account.notice")[0].body.find("new to us"), std::string::npos);
  EXPECT_NE(other.device, first.device);
}

TEST_P(SecondStep, NeedsPasswordAndCodeToBeChanged) {
  const auto in = sign_in(Role::lead);
  clock().advance(31);
  const auto here = inside(in).json();
  EXPECT_EQ(data(here.get("/account/second-step"))["codes_left"], 10);
  EXPECT_EQ(here.get("/account/second-step/new").status, 201) << "nothing to set up before they were asked for";
  EXPECT_EQ(here.post("/account/second-step", {{"act", "nonsense"}}).status, 404);
  EXPECT_EQ(here.post("/account/second-step",
                      {{"act", "phone"}, {"password", "wrong wrong wrong"}, {"code", code_of(lead())}})
                .status,
            422);
  clock().advance(31);
  const auto now = inside(in).json();
  EXPECT_EQ(
      now.post("/account/second-step", {{"act", "phone"}, {"password", std::string(password)}, {"code", "1"}}).status,
      422);
  clock().advance(31);
  const auto then = inside(in).json();
  const auto changed = then.post("/account/second-step",
                                 {{"act", "phone"}, {"password", std::string(password)}, {"code", code_of(lead())}});
  ASSERT_EQ(changed.status, 201);
  EXPECT_EQ(data(changed)["location"], "/account/second-step/new");
  const auto offer = database().read([&](db::Read& read) { return find_offer(read, lead(), clock().now()); });
  ASSERT_TRUE(offer);
  const auto done = then.post("/account/second-step/new", {{"code", code_at(offer->seed, step_at(clock().now()))}});
  ASSERT_EQ(done.status, 200);
  EXPECT_EQ(data(done)["recovery_codes"].size(), 10U);
  EXPECT_FALSE(signed_in_by(database(), in.session, clock().now())) << "every session ends";
  EXPECT_TRUE(signed_in_by(database(), cookie(done, "__Host-cairn"), clock().now()));
  EXPECT_FALSE(database().read([&](db::Read& read) { return knows_device(read, lead(), in.device, clock().now()); }));
  EXPECT_EQ(begun("lead").post("/sign-in/code", {{"code", in.recovery_codes[0]}}).status, 422)
      << "the old codes are dead";
}

TEST_P(SecondStep, GivesFreshRecoveryCodes) {
  const auto in = sign_in(Role::lead);
  const auto done = inside(in).json().post(
      "/account/second-step", {{"act", "codes"}, {"password", std::string(password)}, {"code", in.recovery_codes[0]}});
  ASSERT_EQ(done.status, 200);
  EXPECT_EQ(left(), 10);
  clock().advance(31);
  EXPECT_EQ(begun("lead").post("/sign-in/code", {{"code", in.recovery_codes[1]}}).status, 422);
}

TEST_P(SecondStep, IsGivenUpADayAfterTwoPeopleSaidItIsLost) {
  const auto worker = ids_[Role::worker];
  const auto path = "/people/" + worker.text + "/second-step/";
  EXPECT_EQ(as(Role::lead).post(path + "lost").status, 404) << "there is none yet";
  sign_in(Role::worker);
  EXPECT_EQ(as(Role::worker).post(path + "lost").status, 404);
  EXPECT_EQ(as(Role::lead).post(path + "lost").status, 303);
  EXPECT_EQ(as(Role::lead).post(path + "lost").status, 409);
  EXPECT_EQ(as(Role::lead).post(path + "confirm").status, 404) << "not the same person";
  const auto second_lead = add_account("second", {{Role::lead, {}, {}, {}}});
  EXPECT_EQ(visitor().as(tests::somebody(Role::lead, programme_.text, second_lead.text)).post(path + "confirm").status,
            404)
      << "not of the same office";
  EXPECT_EQ(as(Role::administrator).post(path + "confirm").status, 303);
  EXPECT_EQ(letters("account.notice").size(), 2U) << "the owner hears of both";
  const auto asked_for = [&] { return tests::header(type_password("worker"), "Location"); };
  clock().advance(lost_seconds - 60);
  EXPECT_EQ(asked_for(), "/sign-in/code?next=%2Fstructure");
  clock().advance(60);
  EXPECT_EQ(asked_for(), "/sign-in/set-up?next=%2Fstructure");
}

TEST_P(SecondStep, StaysWhereTheOwnerSaysSoOrSimplyUsesIt) {
  const auto path = "/people/" + ids_[Role::worker].text + "/second-step/";
  const auto tell = [&] {
    EXPECT_EQ(as(Role::lead).post(path + "lost").status, 303);
    EXPECT_EQ(as(Role::administrator).post(path + "confirm").status, 303);
  };
  auto worker = sign_in(Role::worker);
  tell();
  EXPECT_NE(inside(worker).get("/account/second-step").body.find("not-lost"), std::string::npos);
  EXPECT_EQ(inside(worker).post("/account/second-step/not-lost").status, 303);
  EXPECT_EQ(inside(worker).post("/account/second-step/not-lost").status, 404);
  tell();
  worker = sign_in(Role::worker);
  clock().advance(2 * lost_seconds);
  EXPECT_EQ(tests::header(type_password("worker"), "Location"), "/sign-in/code?next=%2Fstructure");
  tell();
  EXPECT_EQ(as(Role::administrator).post(path + "stop").status, 303);
}

CAIRN_EACH_ENGINE(SecondStep);

}  // namespace
}  // namespace cairn::accounts
