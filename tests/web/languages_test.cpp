// SPDX-License-Identifier: Apache-2.0
#include "web/languages.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "web/session_cookie.hpp"

namespace cairn::web {
namespace {

TEST(Languages, AcceptWhatTheBrowserAsksForByItsWeight) {
  const std::vector<std::string> codes{"en", "cy"};
  const std::pair<std::string, std::string> rows[] = {
      {"", ""},
      {"cy", "cy"},
      {"cy-GB, en;q=0.8", "cy"},
      {"en;q=0.5, cy;q=0.9", "cy"},
      {"fr, de;q=0.9", ""},
      {"fr, CY;q=0.3", "cy"},
      {"cy;q=0, en", "en"},
      {"cy;q=nonsense, en;q=0.1", "en"},
      {"cyx", ""},
      {",,;;q=", ""},
  };
  for (const auto& [header, wanted] : rows) EXPECT_EQ(accepted_language(header, codes), wanted) << header;
}

TEST(Languages, AreChosenByThePersonBeforeTheDeviceBeforeTheBrowser) {
  const Languages languages({"en", "zz"});
  Request request;
  EXPECT_EQ(languages.for_request(request)->code(), "en");
  request.accept_language = "zz";
  EXPECT_EQ(languages.for_request(request)->code(), "zz");
  request.language_cookie = "en";
  EXPECT_EQ(languages.for_request(request)->code(), "en");
  request.signed_in = SignedIn{};
  request.signed_in->language = "zz";
  EXPECT_EQ(languages.for_request(request)->code(), "zz");
  request.signed_in->language = "xx";
  EXPECT_EQ(languages.for_request(request)->code(), "en");
}

TEST(Languages, OfSomePagesAreChosenAmongThoseTheyHave) {
  struct Row {
    std::vector<std::string> codes;
    std::string chosen;
    std::string cookie;
    std::string accepted;
    std::string spoken;
  };
  const Row rows[] = {
      {{"zz", "en"}, "", "", "", "zz"},     {{"zz", "en"}, "", "", "en", "en"},
      {{"zz"}, "en", "en", "en", "zz"},     {{"en", "zz"}, "", "zz", "", "zz"},
      {{"en", "zz"}, "zz", "en", "", "zz"}, {{"cy", "zz"}, "", "", "cy", "zz"},
      {{"cy"}, "", "", "", "en"},           {{}, "zz", "", "", "en"},
  };
  const Languages languages({"en", "zz"});
  for (const auto& row : rows) {
    Request request;
    request.language_cookie = row.cookie;
    request.accept_language = row.accepted;
    if (!row.chosen.empty()) {
      request.signed_in = SignedIn{};
      request.signed_in->language = row.chosen;
    }
    EXPECT_EQ(languages.for_request(request, row.codes)->code(), row.spoken) << row.chosen << row.cookie;
  }
}

TEST(Languages, WithOneOfThemAskNobody) {
  const Languages languages({"en"});
  Request request;
  request.accept_language = "zz";
  request.language_cookie = "zz";
  EXPECT_EQ(languages.for_request(request)->code(), "en");
}

TEST(Languages, TakeUpWordsAtOnceAndLeaveWhatWasHandedOut) {
  Languages languages({"en"});
  const auto before = languages.usual();
  languages.use({{"en", {{"worker.one", "ally"}}}});
  EXPECT_EQ(languages.usual()->term("worker.one"), "ally");
  EXPECT_EQ(languages.usual()->term("person.one"), before->term("person.one"));
  EXPECT_EQ(before->term("worker.one"), "peer worker");
  EXPECT_EQ(languages.standard("en")->term("worker.one"), "peer worker");
  languages.use({});
  EXPECT_EQ(languages.usual()->term("worker.one"), "peer worker");
}

TEST(Languages, ChangeWhileOthersRead) {
  Languages languages({"en"});
  std::atomic<bool> over = false;
  std::thread reader([&] {
    while (!over) {
      const auto say = languages.usual();
      const auto word = say->term("worker.one");
      EXPECT_TRUE(word == "peer worker" || word == "ally") << word;
    }
  });
  for (int i = 0; i < 300; ++i) {
    languages.use({{"en", {{"worker.one", "ally"}}}});
    languages.use({});
  }
  over = true;
  reader.join();
}

TEST(Languages, StandInACookieOfTheirOwn) {
  EXPECT_EQ(cookie_value("__Host-cairn=abc; __Host-cairn-language=cy", language_cookie_name), "cy");
  EXPECT_EQ(session_token("__Host-cairn=abc; __Host-cairn-language=cy"), "abc");
  EXPECT_EQ(cookie_value("__Host-cairn-language=c y", language_cookie_name), "");
}

}  // namespace
}  // namespace cairn::web
