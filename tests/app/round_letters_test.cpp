// SPDX-License-Identifier: Apache-2.0
// Letters of a round, as the whole site writes them.
#include <gtest/gtest.h>

#include "app/world.hpp"
#include "instruments/store_invitations.hpp"
#include "jobs/store_letters.hpp"

namespace cairn::app {
namespace {

// The letters that wait, of the example world's open round, which asks in these languages.
std::vector<jobs::Letter> letters_of_round_in(const std::vector<std::string>& asked_in) {
  tests::World world(tests::Engine::sqlite, asked_in);
  web::Languages both({"en", "zz"});
  const Site site{.database = world.database(),
                  .policy = tests::shipped_policy(),
                  .library = world.library(),
                  .throttle = world.site().throttle,
                  .languages = both,
                  .clock = world.clock().clock()};
  const auto kinds = letter_kinds(site);
  return world.database().read([&](db::Read& read) {
    std::vector<jobs::Letter> all;
    for (const auto& row : jobs::letters(read, instruments::invitation_letter, 100))
      if (const auto waiting = jobs::find_waiting_letter(read, row.id))
        if (auto letter = kinds.at(waiting->kind).compose(read, waiting->about)) all.push_back(*std::move(letter));
    return all;
  });
}

bool is_in_false_language(const jobs::Letter& letter) {
  return letter.subject.starts_with("[!!") && letter.body.starts_with("[!!");
}

TEST(LettersOfARound, AreInTheLanguageItAsksIn) {
  const auto in_false = letters_of_round_in({"zz"});
  ASSERT_FALSE(in_false.empty());
  for (const auto& letter : in_false) EXPECT_TRUE(is_in_false_language(letter)) << letter.body;
  const auto in_english = letters_of_round_in({"en"});
  ASSERT_EQ(in_english.size(), in_false.size());
  for (const auto& letter : in_english) EXPECT_FALSE(is_in_false_language(letter)) << letter.body;
}

TEST(LettersOfARound, AreInItsFirstLanguageForWhoeverHasChosenNone) {
  for (const auto& letter : letters_of_round_in({"zz", "en"})) EXPECT_TRUE(is_in_false_language(letter));
  for (const auto& letter : letters_of_round_in({"en", "zz"})) EXPECT_FALSE(is_in_false_language(letter));
}

}  // namespace
}  // namespace cairn::app
