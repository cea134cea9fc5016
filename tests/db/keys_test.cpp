// SPDX-License-Identifier: Apache-2.0
#include "db/keys.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <vector>

#include "base/secret.hpp"
#include "base/stop.hpp"
#include "base/text.hpp"
#include "temporary_folder.hpp"

namespace cairn::db {
namespace {

class KeysOf : public testing::Test {
 protected:
  static void SetUpTestSuite() { start_secrets(); }
  const Place place_{"person", "name", "p1", "p1"};
};

TEST_F(KeysOf, OpenWhatTheySealed) {
  const Keys keys = Keys::random();
  for (const std::string& plain :
       {std::string(), std::string("Siân"), std::string("\0\xFF", 2), std::string(100'000, 'x')}) {
    const std::string sealed = keys.seal(place_, plain);
    EXPECT_EQ(sealed.size(), plain.size() + 1 + 8 + 24 + 16);
    EXPECT_EQ(keys.open(place_, sealed), plain);
  }
}

TEST_F(KeysOf, SealTheSameValueDifferentlyEachTime) {
  const Keys keys = Keys::random();
  EXPECT_NE(keys.seal(place_, "same"), keys.seal(place_, "same"));
}

TEST_F(KeysOf, RefuseEveryFlippedBit) {
  const Keys keys = Keys::random();
  const std::string sealed = keys.seal(place_, "a short secret");
  for (std::size_t bit = 0; bit < sealed.size() * 8; ++bit) {
    std::string flipped = sealed;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << (bit % 8)));
    EXPECT_THROW(keys.open(place_, flipped), Corrupt) << bit;
  }
}

TEST_F(KeysOf, RefuseEveryCutAndAddition) {
  const Keys keys = Keys::random();
  const std::string sealed = keys.seal(place_, "a short secret");
  for (std::size_t length = 0; length < sealed.size(); ++length)
    EXPECT_THROW(keys.open(place_, sealed.substr(0, length)), Corrupt) << length;
  EXPECT_THROW(keys.open(place_, sealed + "x"), Corrupt);
}

TEST_F(KeysOf, RefuseAValueMovedToAnotherPlace) {
  const Keys keys = Keys::random();
  const std::string sealed = keys.seal({"ab", "c", "d", "e"}, "secret");
  const std::vector<Place> elsewhere = {{"ax", "c", "d", "e"}, {"ab", "x", "d", "e"}, {"ab", "c", "x", "e"},
                                        {"ab", "c", "d", "x"}, {"a", "bc", "d", "e"}, {"ab", "cd", "", "e"},
                                        {"ab", "c", "de", ""}, {"", "abc", "d", "e"}};
  for (const Place& place : elsewhere) EXPECT_THROW(keys.open(place, sealed), Corrupt);
  EXPECT_EQ(keys.open({"ab", "c", "d", "e"}, sealed), "secret");
}

TEST_F(KeysOf, RefuseAValueOfAnotherKey) {
  EXPECT_THROW(Keys::random().open(place_, Keys::random().seal(place_, "secret")), Corrupt);
}

TEST_F(KeysOf, FingerprintEqualValuesEquallyWithinAPurpose) {
  const Keys keys = Keys::random();
  EXPECT_EQ(keys.fingerprint("email", "a@b.example"), keys.fingerprint("email", "a@b.example"));
  EXPECT_EQ(keys.fingerprint("email", "a").size(), 16U);
  const std::set<std::string> apart = {keys.fingerprint("email", "a"), keys.fingerprint("phone", "a"),
                                       keys.fingerprint("email", "b"), keys.fingerprint("emaila", ""),
                                       Keys::random().fingerprint("email", "a")};
  EXPECT_EQ(apart.size(), 5U);
}

TEST_F(KeysOf, DeriveAKeyForEachPurpose) {
  const Keys keys = Keys::random();
  EXPECT_EQ(keys.derived("backup").size(), 32U);
  EXPECT_EQ(keys.derived("backup"), keys.derived("backup"));
  EXPECT_NE(keys.derived("backup"), keys.derived("journal"));
  EXPECT_EQ(keys.id().size(), 8U);
  EXPECT_NE(keys.id(), Keys::random().id());
}

TEST_F(KeysOf, ShortFingerprintsShareAValueAmongMany) {
  const Keys keys = Keys::random();
  EXPECT_EQ(keys.short_fingerprint("postcode", "a"), keys.short_fingerprint("postcode", "a"));
  std::set<std::int64_t> found;
  for (int i = 0; i < 200'000; ++i) found.insert(keys.short_fingerprint("postcode", std::to_string(i)));
  EXPECT_GE(*found.begin(), 0);
  EXPECT_LT(*found.rbegin(), 65'536);
  EXPECT_GT(found.size(), 55'000U);  // of 200,000 values about 62,400 fall apart by chance
}

TEST_F(KeysOf, KeepWhatIsLookedUpWhenTheyAreRenewed) {
  const tests::TemporaryFolder folder;
  const std::string path = folder / "master.key";
  const Keys keys = Keys::from_file(path, true);
  const std::string before = keys.seal(place_, "secret");
  const std::string found = keys.fingerprint("email", "a@b.example");
  const std::string derived = keys.derived("password");
  const std::string id = keys.id();
  keys.renew();
  EXPECT_NE(keys.id(), id);
  EXPECT_EQ(keys.former_ids(), std::vector<std::string>{id});
  EXPECT_EQ(keys.open(place_, before), "secret");
  EXPECT_NE(keys.seal(place_, "secret").substr(0, 9), before.substr(0, 9));
  EXPECT_EQ(keys.fingerprint("email", "a@b.example"), found);
  EXPECT_EQ(keys.derived("password"), derived);
  EXPECT_EQ(Keys::from_file(path, false).open(place_, before), "secret");
  EXPECT_EQ(Keys::from_file(path, false).open(place_, keys.seal(place_, "newer")), "newer");
}

TEST_F(KeysOf, OfAnotherProcessMeetARenewedKey) {
  const tests::TemporaryFolder folder;
  const std::string path = folder / "master.key";
  const Keys one = Keys::from_file(path, true);
  const Keys other = Keys::from_file(path, false);
  one.renew();
  EXPECT_EQ(other.open(place_, one.seal(place_, "secret")), "secret");
  EXPECT_EQ(other.id(), one.id());
}

TEST_F(KeysOf, OpenNothingOnceTheyAreRetired) {
  const tests::TemporaryFolder folder;
  const std::string path = folder / "master.key";
  const Keys keys = Keys::from_file(path, true);
  const std::string before = keys.seal(place_, "secret");
  const std::string id = keys.id();
  keys.renew();
  keys.retire_former();
  EXPECT_THROW(keys.open(place_, before), Corrupt);
  EXPECT_THROW(Keys::from_file(path, false).open(place_, before), Corrupt);
  EXPECT_TRUE(keys.former_ids().empty());
  const Keys retired = Keys::from_file(folder / ("retired-" + hex(id) + ".key"), false);
  EXPECT_EQ(retired.open(place_, before), "secret");
  EXPECT_EQ(retired.backup_key(), retired.backup_key(id));
}

TEST_F(KeysOf, ReadAFileOfOneSecretForBoth) {
  const tests::TemporaryFolder folder;
  const std::string path = folder / "master.key";
  std::ofstream(path) << "cairn-master-key-1\n" << std::string(64, 'a') << "\n";
  chmod(path.c_str(), 0400);
  const Keys keys = Keys::from_file(path, false);
  EXPECT_EQ(hex(keys.derived("password")), hex(blake2b("cairn/derived/password", std::string(32, '\xAA'))));
  const std::string before = keys.seal(place_, "secret");
  const std::string password = keys.derived("password");
  keys.renew();
  EXPECT_EQ(keys.open(place_, before), "secret");
  EXPECT_EQ(Keys::from_file(path, false).derived("password"), password);
}

TEST_F(KeysOf, MakeAFileThatOthersCannotRead) {
  const tests::TemporaryFolder folder;
  const std::string path = folder / "keys/master.key";
  const Keys made = Keys::from_file(path, true);
  struct stat file{};
  struct stat above{};
  ASSERT_EQ(stat(path.c_str(), &file), 0);
  ASSERT_EQ(stat((folder / "keys").c_str(), &above), 0);
  EXPECT_EQ(file.st_mode & 07777, 0400U);
  EXPECT_EQ(above.st_mode & 07777, 0700U);
  for (const bool create : {true, false}) EXPECT_EQ(Keys::from_file(path, create).id(), made.id());
  EXPECT_EQ(Keys::from_file(path, false).open(place_, made.seal(place_, "secret")), "secret");
}

TEST_F(KeysOf, RefuseAFileThatIsMissingOrOpenToOthers) {
  const tests::TemporaryFolder folder;
  const std::string path = folder / "master.key";
  EXPECT_THROW(Keys::from_file(path, false), Unavailable);
  EXPECT_FALSE(std::filesystem::exists(path));
  Keys::from_file(path, true);
  for (const mode_t mode : {0440U, 0404U, 0420U, 0640U}) {
    ASSERT_EQ(chmod(path.c_str(), mode), 0);
    EXPECT_THROW(Keys::from_file(path, false), Unavailable) << mode;
  }
  EXPECT_THROW(Keys::from_file(folder.path(), false), Unavailable);
}

TEST_F(KeysOf, RefuseAFileThatHoldsNoKey) {
  const tests::TemporaryFolder folder;
  const std::string good = "cairn-master-key-1\n" + std::string(64, 'a') + "\n";
  const std::vector<std::string> wrong = {"",
                                          "key",
                                          std::string(64, 'a'),
                                          "cairn-master-key-1\n",
                                          "cairn-master-key-1\n" + std::string(63, 'a'),
                                          "cairn-master-key-1\n" + std::string(66, 'a'),
                                          "cairn-master-key-1\n" + std::string(64, 'g'),
                                          "cairn-master-key-2\n" + std::string(64, 'a'),
                                          "cairn-master-key-2\nmaster " + std::string(64, 'a') + "\n",
                                          "cairn-master-key-2\nlookup " + std::string(64, 'a') + "\n",
                                          "cairn-master-key-3\n" + std::string(64, 'a'),
                                          good + good};
  int number = 0;
  for (const std::string& text : wrong) {
    const std::string path = folder / ("key" + std::to_string(++number));
    std::ofstream(path) << text;
    chmod(path.c_str(), 0400);
    EXPECT_THROW(Keys::from_file(path, true), Corrupt) << text;
  }
}

}  // namespace
}  // namespace cairn::db
