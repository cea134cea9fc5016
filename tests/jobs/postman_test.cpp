// SPDX-License-Identifier: Apache-2.0
#include "jobs/postman.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "base/stop.hpp"
#include "db/verify.hpp"
#include "jobs/mail_server.hpp"
#include "jobs/store_letters.hpp"
#include "stores.hpp"

namespace cairn::jobs {
namespace {

using tests::ScriptedMailServer;
using tests::Store;

constexpr std::int64_t hour = 60 * 60;

class PostmanTest : public testing::TestWithParam<tests::Engine> {
 protected:
  std::string post(const std::string& about = "lou@example.org", std::int64_t in_seconds = 0,
                   const std::string& kind = "test") {
    return store->database->write(Actor::operator_(), {"test.post", "letter", ""}, [&](db::Write& write) {
      return post_letter(write, kind, about, later(write.now(), in_seconds));
    });
  }
  LetterKinds kinds() {
    LetterKind kind;
    kind.compose = [this](db::Read&, const std::string& about) -> std::optional<Letter> {
      if (unwanted.contains(about)) return {};
      return Letter{about, "A letter for you", "Hello,\n\nthis is about " + about + ".\n"};
    };
    auto named = kind;
    named.shown = Shown::each;
    return {{"test", kind}, {"named", named}};
  }
  void serve(ScriptedMailServer::Script script) {
    server = std::make_unique<ScriptedMailServer>(std::move(script));
    settings.server = server->address();
    settings.from = "letters@example.org";
    settings.connect_seconds = 2;
    start();
  }
  void start() {
    queue.reset();
    postman = std::make_unique<Postman>(*store->database, settings, kinds());
    queue = std::make_unique<Queue>(
        *store->database, std::map<std::string, Queue::Work>{{"mail.send", postman->work()}},
        [this](const std::string& line) { log.push_back(line); },
        QueueSettings{.threads = 0, .patience = mail_patience});
  }
  void work_off() {
    while (queue->run_one()) {
    }
  }
  LetterRow letter(const std::string& id) {
    return *store->database->read([&](db::Read& read) { return find_letter(read, id); });
  }
  std::int64_t rows(std::string_view sql) {
    return store->database->read([&](db::Read& read) { return read.number(sql, {}); });
  }
  void again(const std::string& id) {
    store->database->write({"account-1", "", {}}, {"test.again", "letter", id},
                           [&](db::Write& write) { try_letter_again(write, id); });
  }

  std::unique_ptr<Store> store = tests::migrated_store(GetParam());
  std::set<std::string> unwanted;
  std::vector<std::string> log;
  MailServer settings;
  std::unique_ptr<ScriptedMailServer> server;
  std::unique_ptr<Postman> postman;
  std::unique_ptr<Queue> queue;
};

TEST_P(PostmanTest, SendsEachLetterOnceAndKeepsNothingOfIt) {
  serve(ScriptedMailServer::polite);
  const auto first = post("lou@example.org");
  const auto second = post("ade@example.org");
  work_off();
  work_off();
  ASSERT_EQ(server->letters().size(), 2U);
  const auto both = server->letters()[0] + server->letters()[1];
  EXPECT_NE(both.find("Message-ID: <" + first + "@example.org>"), std::string::npos);
  EXPECT_NE(both.find("Message-ID: <" + second + "@example.org>"), std::string::npos);
  EXPECT_EQ(letter(first).state, LetterState::sent);
  EXPECT_EQ(letter(second).state, LetterState::sent);
  EXPECT_EQ(letter(first).address, std::nullopt);
  EXPECT_EQ(rows("select count(*) from job"), 0);
  EXPECT_EQ(rows("select count(*) from letter_waiting"), 0);
  EXPECT_EQ(rows("select count(*) from letter_address"), 0);
}

TEST_P(PostmanTest, TellsTheServerNothingOfThisMachine) {
  serve(ScriptedMailServer::polite);
  post("lou@example.org");
  work_off();
  const auto lines = server->lines();
  ASSERT_GE(lines.size(), 4U);
  EXPECT_EQ(lines[0], "EHLO example.org");
  EXPECT_EQ(lines[1].substr(0, 31), "MAIL FROM:<letters@example.org>");
  EXPECT_EQ(lines[2], "RCPT TO:<lou@example.org>");
}

TEST_P(PostmanTest, KeepsTheAddressSealedWhereItMayBeSeen) {
  serve(ScriptedMailServer::polite);
  const auto id = post("lou@example.org", 0, "named");
  work_off();
  EXPECT_EQ(letter(id).address, "lou@example.org");
  store->database->seal_journal();
  EXPECT_TRUE(db::verify(*store->database, sealed_columns()).empty());
}

TEST_P(PostmanTest, WaitsUntilItIsDue) {
  serve(ScriptedMailServer::polite);
  post("lou@example.org", 2 * hour);
  work_off();
  EXPECT_TRUE(server->letters().empty());
  store->clock.advance(2 * hour);
  work_off();
  EXPECT_EQ(server->letters().size(), 1U);
}

TEST_P(PostmanTest, HoldsNothingOfAWriteThatWasUndone) {
  EXPECT_THROW(store->database->write(Actor::operator_(), {"test.post", "letter", ""},
                                      [](db::Write& write) {
                                        post_letter(write, "test", "lou@example.org", write.now());
                                        throw std::runtime_error("undone");
                                      }),
               std::runtime_error);
  EXPECT_EQ(rows("select count(*) from letter"), 0);
}

TEST_P(PostmanTest, DropsWhatNobodyWantsAnyMore) {
  serve(ScriptedMailServer::polite);
  const auto id = post("lou@example.org");
  unwanted.insert("lou@example.org");
  work_off();
  EXPECT_EQ(letter(id).state, LetterState::dropped);
  EXPECT_TRUE(server->letters().empty());
  EXPECT_EQ(rows("select count(*) from letter_waiting"), 0);
}

// The journal must not tell who got a reminder and who had answered.
TEST_P(PostmanTest, SaysTheSameInTheJournalWhateverBecameOfALetter) {
  serve(ScriptedMailServer::polite);
  post("lou@example.org");
  post("ade@example.org");
  unwanted.insert("ade@example.org");
  work_off();
  EXPECT_EQ(rows("select count(*) from journal where act = 'letter.settle'"), 2);
  EXPECT_EQ(rows("select count(distinct act) from journal where record_type = 'letter' and act <> 'test.post'"), 1);
}

TEST_P(PostmanTest, LosesNothingWhileTheServerIsAwayForADay) {
  settings.server = "smtp://127.0.0.1:1";
  settings.from = "letters@example.org";
  start();
  std::vector<std::string> ids;
  for (const auto* to : {"lou@example.org", "ade@example.org", "sam@example.org"}) ids.push_back(post(to));
  for (int quarters = 0; quarters < 4 * 24; ++quarters) {
    work_off();
    store->clock.advance(hour / 4);
  }
  for (const auto& id : ids) EXPECT_EQ(letter(id).state, LetterState::waiting);
  EXPECT_GT(letter(ids[0]).tries, 5);
  serve(ScriptedMailServer::polite);
  store->clock.advance(2 * hour);
  work_off();
  EXPECT_EQ(server->letters().size(), 3U);
  for (const auto& id : ids) EXPECT_EQ(letter(id).state, LetterState::sent);
}

TEST_P(PostmanTest, GivesUpAfterThreeDaysAndNotBefore) {
  settings.server = "smtp://127.0.0.1:1";
  settings.from = "letters@example.org";
  start();
  const auto id = post();
  for (int hours = 0; hours < 72; ++hours) {
    work_off();
    EXPECT_EQ(letter(id).state, LetterState::waiting) << "after " << hours << " hours";
    store->clock.advance(hour);
  }
  for (int hours = 0; hours < 96; ++hours) {
    work_off();
    store->clock.advance(hour);
  }
  EXPECT_EQ(letter(id).state, LetterState::given_up);
  EXPECT_EQ(letter(id).reason, "too_long");
  EXPECT_EQ(rows("select count(*) from job"), 0);
  serve(ScriptedMailServer::polite);
  again(id);
  EXPECT_EQ(letter(id).state, LetterState::waiting);
  work_off();
  EXPECT_EQ(letter(id).state, LetterState::sent);
}

struct Refusal {
  std::string at;  // the start of the line that is answered so
  std::string answer;
  LetterState then;
};

TEST_P(PostmanTest, TellsARefusalOfTheLetterFromTroubleOfTheServer) {
  const Refusal rows[] = {
      {"RCPT", "550 no such person\r\n", LetterState::given_up},
      {".", "554 we do not like it\r\n", LetterState::given_up},
      {"DATA", "554 no\r\n", LetterState::given_up},
      {"RCPT", "450 busy\r\n", LetterState::waiting},
      {".", "452 full\r\n", LetterState::waiting},
      {"MAIL", "550 not from you\r\n", LetterState::waiting},  // our setting; the letter is well
      {"EHLO", "554 go away\r\n", LetterState::waiting},
      {"CONNECT", "554 closed\r\n", LetterState::waiting},
      {"CONNECT", "\x01\x02 what is this\r\n", LetterState::waiting},
      {"RCPT", "not even a number\r\n", LetterState::waiting},
  };
  settings.whole_seconds = 2;
  for (const auto& row : rows) {
    bool bad = true;
    serve([&](const std::string& line) {
      const bool here = row.at == "." ? line == "." : line.starts_with(row.at);
      if (bad && row.at == "EHLO" && line.starts_with("HELO")) return row.answer;
      return bad && here ? row.answer : ScriptedMailServer::polite(line);
    });
    const auto id = post();
    work_off();
    EXPECT_EQ(letter(id).state, row.then) << row.at << " " << row.answer;
    EXPECT_TRUE(server->letters().empty());
    bad = false;
    if (row.then == LetterState::given_up) again(id);
    store->clock.advance(60);
    work_off();
    EXPECT_EQ(letter(id).state, LetterState::sent) << row.at << " " << row.answer;
    EXPECT_EQ(server->letters().size(), 1U);
  }
  for (const auto& line : log) EXPECT_EQ(line.find("lou@example.org"), std::string::npos) << line;
}

TEST_P(PostmanTest, WaitsForASlowServerNoLongerThanItsTime) {
  settings.whole_seconds = 1;
  serve([](const std::string& line) { return line == "CONNECT" ? std::string() : ScriptedMailServer::polite(line); });
  const auto id = post();
  const auto began = std::chrono::steady_clock::now();
  work_off();
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(5));
  EXPECT_EQ(letter(id).state, LetterState::waiting);
}

TEST_P(PostmanTest, SendsNothingToAnAddressThatIsNone) {
  serve(ScriptedMailServer::polite);
  const auto id = post("lou@example.org\r\nRCPT TO:<everybody@example.org>");
  work_off();
  EXPECT_EQ(letter(id).state, LetterState::given_up);
  EXPECT_EQ(letter(id).reason, "address");
  EXPECT_TRUE(server->lines().empty());
}

TEST_P(PostmanTest, HasNoSecondTryOfWhatIsDone) {
  serve(ScriptedMailServer::polite);
  const auto id = post();
  work_off();
  EXPECT_THROW(again(id), NotFound);
  EXPECT_THROW(again("nothing"), NotFound);
}

TEST_P(PostmanTest, CountsByKindAndKnowsHowTheOutboxIs) {
  serve(ScriptedMailServer::polite);
  post("a@example.org");
  post("b@example.org", 0, "named");
  post("c@example.org");
  unwanted.insert("c@example.org");
  work_off();
  post("nobody", 0, "named");
  work_off();
  post("d@example.org", -hour);
  post("e@example.org", hour);
  store->database->read([&](db::Read& read) {
    const auto counts = letter_counts(read);
    ASSERT_EQ(counts.size(), 2U);
    EXPECT_EQ(counts[0].kind, "named");
    EXPECT_EQ(counts[0].sent, 1);
    EXPECT_EQ(counts[0].given_up, 1);
    EXPECT_EQ(counts[1].waiting, 2);
    EXPECT_EQ(counts[1].dropped, 1);
    const auto health = outbox_health(read, store->clock.now());
    EXPECT_EQ(health.waiting, 1);
    EXPECT_EQ(health.waiting_since, later(store->clock.now(), -hour));
    EXPECT_EQ(health.given_up, 1);
  });
}

INSTANTIATE_TEST_SUITE_P(Engines, PostmanTest, testing::ValuesIn(tests::engines()), tests::engine_name);

TEST(MailServer, IsOfThisMachineOnlyUnderItsOwnNames) {
  for (const auto* here : {"smtp://localhost", "smtp://LOCALHOST:25", "smtp://127.0.0.1:2525", "smtp://[::1]:25"})
    EXPECT_TRUE(is_loopback(here)) << here;
  for (const auto* away :
       {"smtp://mail.example.org", "smtp://127.example.org", "smtp://localhost.example.org:25", "smtps://10.0.0.1"})
    EXPECT_FALSE(is_loopback(away)) << away;
}

}  // namespace
}  // namespace cairn::jobs
