// SPDX-License-Identifier: Apache-2.0
#include "base/secret.hpp"

#include <gtest/gtest.h>

#include <set>

#include "base/actor.hpp"
#include "base/stop.hpp"
#include "base/text.hpp"

namespace cairn {
namespace {

class Secret : public testing::Test {
 protected:
  void SetUp() override { start_secrets(); }
};

TEST_F(Secret, GivesOrderedIdsThatSortByTime) {
  EXPECT_LT(ordered_id(Moment{1000}), ordered_id(Moment{1001}));
  const std::string id = ordered_id(Moment{1772528700000});
  EXPECT_EQ(id.size(), 36U);
  EXPECT_EQ(id[14], '7');
}

TEST_F(Secret, NeverGivesTheSameTwice) {
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) {
    EXPECT_TRUE(seen.insert(unordered_id()).second);
    EXPECT_TRUE(seen.insert(token()).second);
    EXPECT_TRUE(seen.insert(ordered_id(Moment{5})).second);
  }
}

TEST_F(Secret, MakesTokensSafeForAddressesAndCookies) {
  EXPECT_EQ(token().size(), 43U);
  EXPECT_EQ(token().find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
            std::string::npos);
  EXPECT_EQ(reference_number().size(), 8U);
}

TEST_F(Secret, HashesAsTheStandardSays) {
  // FIPS 180-2, appendix B.1.
  EXPECT_EQ(hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_NE(blake2b("abc", std::string(32, 'a')), blake2b("abc", std::string(32, 'b')));
  EXPECT_EQ(blake2b("abc", std::string(32, 'a')).size(), 32U);
}

TEST_F(Secret, ComparesSecretsWhole) {
  EXPECT_TRUE(same_secret("abc", "abc"));
  EXPECT_FALSE(same_secret("abc", "abd"));
  EXPECT_FALSE(same_secret("abc", "abcd"));
  EXPECT_TRUE(same_secret("", ""));
}

TEST_F(Secret, ChecksPasswordsWithArgon2id) {
  const std::string hash = hash_password("correct horse battery");
  EXPECT_EQ(hash.substr(0, 30), "$argon2id$v=19$m=65536,t=3,p=1");
  EXPECT_TRUE(password_matches(hash, "correct horse battery"));
  EXPECT_FALSE(password_matches(hash, "correct horse batterz"));
  EXPECT_FALSE(password_matches("", "correct horse battery"));
  EXPECT_FALSE(password_matches("not a hash", "correct horse battery"));
}

TEST(ActorRoles, HaveANameEachThatReadsBack) {
  for (int i = 0; i <= static_cast<int>(Role::administrator); ++i) {
    const auto role = static_cast<Role>(i);
    ASSERT_FALSE(name(role).empty()) << i;
    EXPECT_EQ(role_from_name(name(role)), role);
  }
  EXPECT_FALSE(role_from_name("emperor"));
}

TEST(Secrets, OfLinksAreThirtyTwoLettersAndDigits) {
  start_secrets();
  const auto one = link_secret();
  EXPECT_TRUE(could_be_link_secret(one));
  EXPECT_NE(one, link_secret());
  EXPECT_EQ(link_secret_from(std::string(20, '\0')), std::string(32, 'a'));
  EXPECT_EQ(link_secret_from(std::string(32, '\xff')), std::string(32, '7'));
  for (const auto& other : {std::string(), std::string(31, 'a'), std::string(33, 'a'), std::string(32, 'A'),
                            std::string(32, '1'), std::string(31, 'a') + "/"})
    EXPECT_FALSE(could_be_link_secret(other)) << other;
}

TEST(Secrets, SealedToAPublicKeyOpenWithThePrivateKeyAlone) {
  start_secrets();
  const auto pair = key_pair();
  const auto sealed = sealed_to(pair.public_key, "answers");
  EXPECT_EQ(opened_by(pair, sealed), "answers");
  EXPECT_NE(sealed, sealed_to(pair.public_key, "answers"));
  EXPECT_THROW(opened_by(key_pair(), sealed), Corrupt);
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    auto flipped = sealed;
    flipped[i] = static_cast<char>(flipped[i] ^ 1);
    EXPECT_THROW(opened_by(pair, flipped), Corrupt) << i;
  }
  EXPECT_THROW(opened_by(pair, "short"), Corrupt);
  EXPECT_THROW(sealed_to("short", "answers"), Corrupt);
}

TEST(Secrets, LockedOpenUnderTheSameKeyAndForTheSameThing) {
  start_secrets();
  const std::string key(32, 'k');
  const auto bytes = locked("draft", key, "row-1");
  EXPECT_EQ(unlocked(bytes, key, "row-1"), "draft");
  EXPECT_THROW(unlocked(bytes, key, "row-2"), Corrupt);
  EXPECT_THROW(unlocked(bytes, std::string(32, 'x'), "row-1"), Corrupt);
  EXPECT_THROW(unlocked(bytes.substr(1), key, "row-1"), Corrupt);
  EXPECT_THROW(unlocked("", key, "row-1"), Corrupt);
}

}  // namespace
}  // namespace cairn
