// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "accounts/doorway.hpp"
#include "accounts/store_links.hpp"
#include "accounts/store_roles.hpp"

namespace cairn::accounts {
namespace {

using tests::cookie;

constexpr std::string_view other_password = "nine brass kettles sing";

class Links : public tests::Doorway {
 protected:
  std::string forgotten(const std::string& who) {
    EXPECT_EQ(visitor().post("/sign-in/forgotten", {{"email", who + "@example.org"}}).status, 200);
    const auto sent = letters("account.password");
    return sent.empty() ? "" : link_in(sent.front());
  }
  web::Reply choose(const std::string& path, std::string_view chosen = other_password) {
    return visitor().post(path, {{"password", std::string(chosen)}});
  }
  web::Reply invite(Role by, const std::string& who, const std::string& role, const std::string& reach = "programme") {
    return as(by).post(
        "/people/invite",
        {{"email", who + "@example.org"}, {"display_name", "Sam " + who}, {"role-1", role}, {"reach-1", reach}});
  }
  // The link of the newest invitation.
  std::string invited(const std::string& who, const std::string& role = "worker") {
    clock().advance(1);
    EXPECT_EQ(invite(Role::lead, who, role).status, 303);
    return link_in(letters("account.invitation").front());
  }
  web::Reply accept(const std::string& path, std::string_view chosen = other_password) {
    return visitor().post(path, {{"display_name", "Sam Field"}, {"password", std::string(chosen)}});
  }
  std::optional<Account> account(const std::string& who) {
    return database().read([&](db::Read& read) { return find_account_by_email(read, who + "@example.org"); });
  }
};

TEST_P(Links, ForANewPasswordWorkOnceAndLeadToTheSecondStep) {
  const auto lead = sign_in(Role::lead);
  const auto path = forgotten("lead");
  ASSERT_EQ(path.rfind("/new-password/", 0), 0U);
  EXPECT_EQ(path.size(), 14U + 32U) << "160 bits";
  for (int i = 0; i < 3; ++i) EXPECT_EQ(visitor().get(path).status, 200) << "opening it changes nothing";
  EXPECT_EQ(choose(path, "short").status, 422);
  EXPECT_EQ(choose(path, "lead lead lead lead").status, 422) << "names are kept out of it";
  const auto reply = choose(path);
  ASSERT_EQ(reply.status, 303);
  EXPECT_EQ(tests::header(reply, "Location"), "/sign-in/code") << "the second step is still asked for";
  EXPECT_FALSE(signed_in_by(database(), cookie(reply, "__Host-cairn"), clock().now()));
  EXPECT_FALSE(signed_in_by(database(), lead.session, clock().now())) << "every session ends";
  EXPECT_EQ(choose(path).status, 404);
  EXPECT_EQ(visitor().get(path).status, 404);
  EXPECT_EQ(type_password("lead").status, 422);
  clock().advance(1);
  EXPECT_EQ(type_password("lead", other_password).status, 303);
  EXPECT_EQ(letters("account.notice").size(), 1U);
}

TEST_P(Links, ThatAreDeadAllLookAlike) {
  const auto used = forgotten("lead");
  choose(used);
  const auto replaced = forgotten("worker");
  clock().advance(1);
  const auto newer = forgotten("worker");
  const auto guessed = "/new-password/" + std::string(32, 'a');
  const auto dead = visitor().get(guessed);
  EXPECT_EQ(dead.status, 404);
  for (const auto& path : {used, replaced}) {
    EXPECT_EQ(visitor().get(path).status, 404);
    EXPECT_EQ(visitor().get(path).body, dead.body);
    EXPECT_EQ(choose(path).body, dead.body);
  }
  EXPECT_EQ(visitor().get(newer).status, 200);
  clock().advance(password_link_seconds);
  EXPECT_EQ(visitor().get(newer).body, dead.body) << "too old";
  EXPECT_EQ(visitor().get("/invitation/" + std::string(32, 'a')).body, dead.body);
  clock().advance(-2 * password_link_seconds);
  EXPECT_EQ(visitor().get(newer).status, 404) << "a clock set back makes no link";
}

TEST_P(Links, AreWrittenToNobodyWithoutAnOpenAccount) {
  EXPECT_EQ(forgotten("nobody"), "");
  database().write(Actor::operator_(), {"test.close", "account", ""},
                   [&](db::Write& write) { set_state(write, programme_, ids_[Role::worker], AccountState::closed); });
  clock().advance(7);
  EXPECT_EQ(forgotten("worker"), "");
  clock().advance(7);
  EXPECT_EQ(visitor().post("/sign-in/forgotten", {{"email", "no address"}}).status, 422);
}

TEST_P(Links, AreNoMoreThanThreeAnHour) {
  std::string last;
  for (int i = 0; i < 5; ++i, clock().advance(70)) last = forgotten("lead");
  const auto rows = database().read([](db::Read& read) { return jobs::letters(read, "account.password", 100); });
  EXPECT_EQ(rows.size(), 3U);
  EXPECT_EQ(visitor().get(last).status, 200) << "the last one sent still works";
  EXPECT_EQ(visitor().post("/sign-in/forgotten", {{"email", "lead@example.org"}}).status, 200);
  EXPECT_EQ(visitor().post("/sign-in/forgotten", {{"email", "lead@example.org"}}).status, 429) << "a network waits";
}

TEST_P(Links, OpenAnAccountWithTheRolesOffered) {
  const auto path = invited("sam");
  EXPECT_EQ(path.rfind("/invitation/", 0), 0U);
  const auto page = visitor().get(path);
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(page.body.find("Larkmoor"), std::string::npos) << "nothing of the programme before they are in";
  EXPECT_FALSE(account("sam"));
  EXPECT_EQ(accept(path, "short").status, 422);
  const auto reply = accept(path);
  ASSERT_EQ(reply.status, 303);
  EXPECT_EQ(tests::header(reply, "Location"), "/sign-in/set-up");
  const auto sam = account("sam");
  ASSERT_TRUE(sam);
  EXPECT_EQ(sam->display_name, "Sam Field");
  EXPECT_EQ(sam->roles, (std::vector<HeldRole>{{Role::worker, {}, {}, {}}}));
  EXPECT_EQ(accept(path).status, 404) << "once";
}

TEST_P(Links, AddRolesToAnAccountThatIsThere) {
  const auto path = invited("worker", "trainer");
  EXPECT_EQ(data(visitor().json().get(path))["has_account"], true);
  EXPECT_EQ(accept(path, "something else").status, 422);
  EXPECT_EQ(account("worker")->roles.size(), 1U);
  clock().advance(1);
  EXPECT_EQ(accept(path, password).status, 303);
  EXPECT_EQ(account("worker")->roles.size(), 2U);
}

TEST_P(Links, OfAnEarlierOrRevokedInvitationAreDead) {
  const auto earlier = invited("sam");
  clock().advance(1);
  const auto second = invite(Role::lead, "sam", "supervisor");
  const auto about = tests::header(second, "Location");
  EXPECT_NE(about.find("?replaced=1"), std::string::npos);
  EXPECT_NE(as(Role::lead).get(about).body.find("does not work any more"), std::string::npos) << "and it says so";
  const auto newer = link_in(letters("account.invitation").front());
  EXPECT_EQ(visitor().get(earlier).status, 404);
  EXPECT_EQ(visitor().get(newer).status, 200);
  const auto id = about.substr(about.rfind('/') + 1, about.find('?') - about.rfind('/') - 1);
  EXPECT_EQ(as(Role::worker).post("/people/invitations/" + id + "/revoke").status, 404);
  EXPECT_EQ(as(Role::lead).post("/people/invitations/" + id + "/revoke").status, 303);
  EXPECT_EQ(accept(newer).status, 404);
  EXPECT_EQ(letters("account.invitation").size(), 0U) << "nor are their letters written";
  const auto third = invited("sam");
  clock().advance(invitation_seconds);
  EXPECT_EQ(accept(third).status, 404) << "after a week";
}

TEST_P(Links, RolesAnAdministratorOffersWaitForALead) {
  EXPECT_EQ(invite(Role::administrator, "sam", "worker").status, 303);
  ASSERT_EQ(accept(link_in(letters("account.invitation").front())).status, 303);
  const auto sam = account("sam")->id;
  EXPECT_EQ(account("sam")->roles.size(), 0U);
  const auto page = as(Role::lead).get("/people");
  EXPECT_NE(page.body.find("Roles that wait for you"), std::string::npos);
  const auto held = database().read([&](db::Read& read) { return holdings(read, sam); });
  ASSERT_EQ(held.size(), 1U);
  EXPECT_TRUE(held[0].to_confirm);
  const auto path = "/people/" + sam.text + "/roles/" + held[0].id + "/confirm";
  EXPECT_EQ(as(Role::administrator).post(path).status, 404);
  EXPECT_EQ(as(Role::lead).post(path).status, 303);
  EXPECT_EQ(account("sam")->roles.size(), 1U);
}

TEST_P(Links, SayNothingOfWhatTheyAreAbout) {
  sign_in(Role::lead);
  forgotten("lead");
  invited("sam");
  database().write(Actor::operator_(), {"test.tell", "test", ""}, [&](db::Write& write) {
    for (const std::string what : {"new_device", "code_failures", "password", "second_step", "recovery_code",
                                   "recovery_codes", "lost", "lost_confirmed", "role"})
      jobs::post_letter(write, "account.notice", what + ":" + ids_[Role::lead].text, write.now());
  });
  std::size_t seen = 0;
  for (const std::string kind : {"account.password", "account.invitation", "account.notice"})
    for (const auto& letter : letters(kind)) {
      ++seen;
      const auto text = lower(letter.subject + " " + letter.body);
      for (const std::string word :
           {"larkmoor", "peer", "mental", "health", "support", "wellbeing", "crisis", "nhs", "["})
        EXPECT_EQ(text.find(word), std::string::npos) << word << " in " << text;
    }
  EXPECT_EQ(seen, 11U);
}

CAIRN_EACH_ENGINE(Links);

}  // namespace
}  // namespace cairn::accounts
