// SPDX-License-Identifier: Apache-2.0
// The languages a round asks in: kept with it, spoken by the pages people answer on, and by letters.
#include <nlohmann/json.hpp>

#include "accounts/store_accounts.hpp"
#include "accounts/store_words.hpp"
#include "app/visitor.hpp"
#include "instruments/actions.hpp"
#include "instruments/actions_letters.hpp"
#include "instruments/asked.hpp"
#include "instruments/store_answers.hpp"

namespace cairn::instruments {
namespace {

class RoundLanguages : public test::AskedWorld {
 protected:
  // A round in these languages, which asks one more person.
  void ask_in(const std::vector<std::string>& languages) {
    NewAsking asking;
    asking.words = {"Robin Marsh", "To learn", "We add them up", "116 123"};
    asking.languages = languages;
    asking.sites = {{1, "ward", "Willow Ward", "voluntary", "partnership", "inpatient"}};
    asking.groups = {{1, "coworker", 5, 0}};
    asking.opens_at = *moment_from_iso("2026-03-02T00:00:00.000Z");
    asking.closes_at = *moment_from_iso("2026-03-21T00:00:00.000Z");
    collection_ = write([&](db::Write& w) {
      const auto id = add_collection(w, w.actor(), instrument_, 5);
      add_asking(w, id, asking);
      return id;
    });
    name_ = "Ashby Fenn " + std::to_string(++people_);
    email_ = "ashby" + std::to_string(people_) + "@larkmoor.example";
    ask({person(name_, email_)});
  }
  tests::Visitor visitor(const std::string& accepted) {
    web::Routes routes;
    add_routes(routes, database(), library_, [] { return std::string(); }, &languages_);
    return tests::Visitor(std::move(routes)).at(clock().now()).preferring(accepted, languages_.choices());
  }
  std::string path() { return "/answer/" + secret_of(name_); }
  // "en" or "zz", as the link to skip to the main part is.
  static std::string spoken(const web::Reply& reply) {
    return reply.body.find(">" + tests::english()("page.skip")) == std::string::npos ? "zz" : "en";
  }
  static bool offers(const web::Reply& reply, const std::string& code) {
    return reply.body.find("value=\"" + code + "\" lang=") != std::string::npos;
  }
  std::string code_of_letter() {
    std::string code;
    const auto kinds = letter_kinds({library_, [] { return std::string("https://peers.example.org"); },
                                     [&](db::Read&, const std::string&, const std::string&, const std::string& asked) {
                                       code = asked;
                                       return *languages_.in(asked);
                                     },
                                     clock().clock()});
    const auto id = invitation_of(name_).id;
    const auto written = read([&](db::Read& r) { return kinds.at(std::string(invitation_letter)).compose(r, id); });
    EXPECT_TRUE(written);
    EXPECT_EQ(written->body.find("[!!") != std::string::npos, code == "zz") << written->body;
    return code;
  }

  web::Languages languages_{{"en", "zz"}};
  std::string name_;
  std::string email_;
  int people_ = 0;
};

TEST_P(RoundLanguages, AreKeptInTheirOrder) {
  EXPECT_EQ(asking().languages, std::vector<std::string>{"en"}) << "as a round has it that names none";
  const std::vector<std::vector<std::string>> some{{"zz"}, {"en", "zz"}, {"zz", "en"}};
  for (const auto& languages : some) {
    NewAsking made;
    made.languages = languages;
    made.opens_at = *moment_from_iso("2026-03-02T00:00:00.000Z");
    made.closes_at = *moment_from_iso("2026-03-21T00:00:00.000Z");
    const auto id = write([&](db::Write& w) {
      const auto added = add_collection(w, w.actor(), instrument_, 5);
      add_asking(w, added, made);
      return added;
    });
    EXPECT_EQ(read([&](db::Read& r) { return asking_of(r, id); }).languages, languages);
    EXPECT_EQ(read([&](db::Read& r) { return find_asking(r, lead_, id); })->languages, languages);
  }
}

TEST_P(RoundLanguages, AreThoseOfItsPagesWhateverElseTheSiteSpeaks) {
  struct Row {
    std::vector<std::string> languages;
    std::string accepted;
    std::string spoken;
  };
  const Row rows[] = {{{"en", "zz"}, "", "en"},   {{"en", "zz"}, "zz", "zz"}, {{"zz", "en"}, "", "zz"},
                      {{"zz", "en"}, "en", "en"}, {{"en"}, "zz", "en"},       {{"zz"}, "en", "zz"}};
  for (const auto& row : rows) {
    ask_in(row.languages);
    const auto who = visitor(row.accepted);
    const auto join = "/join/" + write([&](db::Write& w) { return add_group_link(w, collection_, {}, "", 9); }).code;
    const std::vector<std::string> pages{path(), path() + "/parts/1", path() + "/letters", join,
                                         "/thanks/" + asking().results_code};
    for (const auto& page : pages) {
      const auto reply = who.get(page);
      EXPECT_EQ(reply.status, 200) << page;
      EXPECT_EQ(spoken(reply), row.spoken) << page;
      const bool several = row.languages.size() > 1;
      EXPECT_EQ(offers(reply, "en"), several) << page << ": one language is no choice";
      EXPECT_EQ(offers(reply, "zz"), several) << page;
    }
    const auto id = invitation_of(name_).id;
    write([&](db::Write& w) { end_invitation(w, collection_, id, "revoked"); });
    EXPECT_EQ(spoken(who.get(path())), row.spoken) << "also where the link opens no questions any more";
  }
}

TEST_P(RoundLanguages, AreKeptWithTheAnswersPeopleBegin) {
  ask_in({"zz"});
  const auto who = visitor("en");
  EXPECT_EQ(who.post(path() + "/parts/1", {{"act", "next"}}).status, 303);
  const auto secret = secret_of(name_);
  const auto draft = read([&](db::Read& r) { return find_draft(r, *find_answer_link(r, secret), instrument_); });
  ASSERT_TRUE(draft);
  EXPECT_EQ(draft->language, "zz");
}

TEST_P(RoundLanguages, AreThoseOfItsLetters) {
  ask_in({"zz", "en"});
  EXPECT_EQ(code_of_letter(), "zz") << "the first, for somebody who has chosen none";
  const auto account = write([&](db::Write& w) {
    return accounts::add(
        w, {lead_.programme_id},
        *accounts::check(accounts::AccountForm{email_, "Ashby", "seven brass kettles hum", {"worker"}}, {}), "hash");
  });
  EXPECT_EQ(code_of_letter(), "zz") << "somebody who signs in may have chosen none, too";
  write([&](db::Write& w) { accounts::choose_language(w, account, "en"); });
  EXPECT_EQ(code_of_letter(), "en");
  write([&](db::Write& w) { accounts::choose_language(w, account, "cy"); });
  EXPECT_EQ(code_of_letter(), "zz") << "nobody is asked in that one";
}

CAIRN_EACH_ENGINE(RoundLanguages);

}  // namespace
}  // namespace cairn::instruments
