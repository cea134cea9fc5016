// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "accounts/store_words.hpp"
#include "app/visitor.hpp"
#include "base/secret.hpp"
#include "instruments/actions.hpp"
#include "instruments/asked.hpp"
#include "instruments/store_answers.hpp"

namespace cairn::instruments {
namespace {

using nlohmann::json;

class AnswerPages : public test::AskedWorld {
 protected:
  AnswerPages() {
    ask({person("Ashby Fenn", "ashby@larkmoor.example")});
    path = "/answer/" + secret_of("Ashby Fenn");
  }
  // Of one server, which remembers who has begun.
  tests::Visitor visitor() {
    if (!visitor_) {
      web::Routes routes;
      add_routes(routes, database(), library_);
      visitor_.emplace(std::move(routes));
    }
    return visitor_->at(clock().now());
  }
  web::Reply get(const std::string& at) { return visitor().get(at); }
  json parsed(const std::string& at) { return json::parse(visitor().json().get(at).body); }
  web::Reply post(const std::string& at, const tests::Visitor::Values& form = {}) { return visitor().post(at, form); }
  std::string location(const web::Reply& reply) { return tests::header(reply, "Location"); }

  // Six parts answered by whoever has this link, up to the page to look over.
  void answer_all(const std::string& by) {
    for (std::size_t part = 1; part <= instrument_.sections.size(); ++part) {
      tests::Visitor::Values fields{{"act", "next"}};
      for (const auto& item : instrument_.items)
        if (item.section + 1 == part) {
          fields.emplace_back(item.id + ".a", "yes");
          fields.emplace_back(item.id + ".b", "4");
        }
      EXPECT_EQ(post(by + "/parts/" + std::to_string(part), fields).status, 303);
    }
  }
  std::string join_path(std::int64_t most = 60) {
    const auto made = write([&](db::Write& w) { return add_group_link(w, collection_, {}, "", most); });
    return "/join/" + made.code;
  }
  // The address somebody goes on by who has joined.
  std::string joined(const std::string& join) {
    const std::string stamp = parsed(join)["stamp"];
    clock().advance(5);
    const auto reply = post(join, {{"stamp", stamp}, {"website", ""}, {"site", "1"}, {"stakeholder", "coworker"}});
    EXPECT_EQ(reply.status, 303) << reply.body;
    const auto first = location(reply);
    return first.substr(0, first.rfind("/parts"));
  }

  std::string path;

 private:
  std::optional<tests::Visitor> visitor_;
};

bool shows(const web::Reply& reply, std::string_view words) {
  return reply.body.find(words) != std::string::npos;
}

TEST_P(AnswerPages, TellBeforeTheFirstQuestionWhoAsksAndWhatHappens) {
  const auto page = get(path);
  EXPECT_EQ(page.status, 200);
  for (const char* words : {"Robin Marsh", "To learn", "We add them up", "116 123", "Friday 20 March 2026", "five",
                            "Willow Ward", "/parts/1", "/left-out", "/letters"})
    EXPECT_TRUE(shows(page, words)) << words;
  EXPECT_FALSE(shows(page, "Ashby")) << "a link says nothing about whose it is";
  EXPECT_EQ(parsed(path)["state"], "not_begun");
}

// The usual words stand in the file of the instrument; a site reads its own, the others the programme's.
TEST_P(AnswerPages, SpeakInTheWordsOfTheSite) {
  const auto wording = [](const std::string& one) {
    return accounts::Wording{one, one + "s", "a " + one, accounts::with_capital(one),
                             accounts::with_capital(one) + "s"};
  };
  write([&](db::Write& w) {
    accounts::choose_word(w, {lead_.programme_id}, {"worker"}, wording("walker"));
    accounts::choose_word(w, {lead_.programme_id}, {"worker", "ward"}, wording("guide"));
  });
  const auto of_ward = get(path + "/parts/1").body;
  EXPECT_NE(of_ward.find("Guides have a job description"), std::string::npos);
  EXPECT_EQ(of_ward.find("eer workers"), std::string::npos);
  ask({person("Wren Hale", "wren@larkmoor.example", "mill")});
  const auto of_mill = get("/answer/" + secret_of("Wren Hale") + "/parts/1").body;
  EXPECT_NE(of_mill.find("Walkers have a job description"), std::string::npos);
  EXPECT_EQ(of_mill.find("eer workers"), std::string::npos);
}

TEST_P(AnswerPages, AreNotThereForALinkThatWasGuessed) {
  const auto guessed = get("/answer/" + link_secret());
  EXPECT_EQ(guessed.status, 404);
  for (const char* at : {"/parts/1", "/most-important", "/why", "/check", "/left-out", "/letters", "/withdraw"}) {
    EXPECT_EQ(get("/answer/" + link_secret() + at).status, 404) << at;
    EXPECT_EQ(post("/answer/" + link_secret() + at).status, 404) << at;
  }
  EXPECT_EQ(post("/answer/" + link_secret() + "/send").status, 404);
  EXPECT_EQ(get("/join/" + link_secret()).status, 404);
  EXPECT_EQ(get("/thanks/" + link_secret()).status, 404);
  EXPECT_EQ(get(path + "/parts/99").status, 404);
}

TEST_P(AnswerPages, ChangeNothingWhenAMailScannerOpensThem) {
  for (const char* at : {"", "/parts/1", "/most-important", "/why", "/check", "/left-out", "/letters"})
    EXPECT_EQ(get(path + at).status, 200) << at;
  EXPECT_EQ(number("select count(*) from answer_draft"), 0);
  EXPECT_EQ(number("select count(*) from sent_answer"), 0);
  EXPECT_EQ(number("select count(*) from invitation_quiet"), 0);
}

TEST_P(AnswerPages, KeepEachPartAndShowItAgain) {
  const auto& first = instrument_.items.front();
  const auto reply = post(path + "/parts/1", {{first.id + ".a", "partly"}, {first.id + ".b", "3"}, {"act", "next"}});
  EXPECT_EQ(reply.status, 303);
  EXPECT_EQ(location(reply), path + "/parts/2");
  EXPECT_EQ(parsed(path + "/parts/1")["items"][0]["a"], "partly");
  EXPECT_TRUE(shows(get(path), "Welcome back"));
  EXPECT_EQ(parsed(path)["state"], "begun");
  post(path + "/parts/1", {{"act", "clear"}});
  EXPECT_EQ(parsed(path + "/parts/1")["items"][0]["a"], "");
}

TEST_P(AnswerPages, KeepWhatAPageSendsByItself) {
  const auto& first = instrument_.items.front();
  const auto reply = post(path + "/parts/1", {{first.id + ".a", "no"}, {"act", "keep"}, {"state", ""}});
  EXPECT_EQ(reply.status, 200);
  const auto told = json::parse(reply.body);
  EXPECT_EQ(told["kept"], true);
  EXPECT_EQ(told["state"], parsed(path + "/parts/1")["state"]);
}

TEST_P(AnswerPages, GoFromTheFirstQuestionToThanks) {
  answer_all(path);
  const auto& item = instrument_.items[2];
  EXPECT_EQ(location(post(path + "/most-important", {{"most_important", item.id}})), path + "/why");
  EXPECT_TRUE(shows(get(path + "/why"), item.text));
  EXPECT_EQ(location(post(path + "/why", {{"reason." + item.id + ".tone", "hard"},
                                          {"reason." + item.id + ".words", "Nobody has time"},
                                          {"more", "Thank you for asking"}})),
            path + "/check");
  const auto check = get(path + "/check");
  EXPECT_TRUE(shows(check, item.text));
  EXPECT_TRUE(shows(check, "You wrote in 2 places"));
  const auto sent = post(path + "/send");
  EXPECT_EQ(location(sent), "/thanks/" + asking().results_code);
  EXPECT_EQ(get(location(sent)).status, 200);
  EXPECT_TRUE(shows(get(path), "Thank you"));
  EXPECT_EQ(parsed(path)["state"], "sent");
  // Nothing of it opens again by the same link.
  EXPECT_EQ(get(path + "/parts/1").status, 410);
  EXPECT_EQ(post(path + "/send").status, 303) << "a form sent twice is thanked twice";
  EXPECT_EQ(number("select count(*) from sent_answer"), 1);
}

TEST_P(AnswerPages, RefuseAFourthAndKeepWhatWasTicked) {
  tests::Visitor::Values four;
  for (std::size_t i = 0; i < 4; ++i) four.emplace_back("most_important", instrument_.items[i].id);
  const auto reply = post(path + "/most-important", four);
  EXPECT_EQ(reply.status, 422);
  EXPECT_TRUE(shows(reply, "You chose 4"));
  std::size_t ticked = 0;
  for (std::size_t at = 0; (at = reply.body.find(" checked", at)) != std::string::npos; ++at) ++ticked;
  EXPECT_EQ(ticked, 4U);
}

TEST_P(AnswerPages, SendNothingThatIsEmpty) {
  const auto reply = post(path + "/send");
  EXPECT_EQ(reply.status, 422);
  EXPECT_EQ(number("select count(*) from sent_answer"), 0);
}

TEST_P(AnswerPages, LetSomebodyLeaveTheStatementsOutWithAReason) {
  EXPECT_EQ(post(path + "/left-out", {{"words", "x"}}).status, 422);
  EXPECT_EQ(post(path + "/left-out", {{"why", "words"}, {"words", "They do not fit"}}).status, 303);
  EXPECT_EQ(number("select count(*) from sent_answer"), 1);
  EXPECT_EQ(parsed(path)["state"], "sent");
}

TEST_P(AnswerPages, StopLettersAtOnceWhenAsked) {
  EXPECT_EQ(post(path + "/letters").status, 200);
  EXPECT_TRUE(invitation_of("Ashby Fenn").quiet);
  EXPECT_EQ(get(path).status, 200) << "the link still opens";
}

TEST_P(AnswerPages, SayWhenTheyAreNotOpen) {
  clock().set(*moment_from_iso("2026-03-01T12:00:00.000Z"));
  EXPECT_EQ(get(path).status, 200);
  EXPECT_TRUE(shows(get(path), "Monday 2 March 2026"));
  EXPECT_EQ(post(path + "/parts/1", {{"1.2.a", "yes"}}).status, 200);
  EXPECT_EQ(number("select count(*) from answer_draft"), 0);
  clock().set(*moment_from_iso("2026-03-21T00:00:00.000Z"));
  EXPECT_EQ(get(path).status, 410);
  EXPECT_TRUE(shows(get(path), "/results/"));
  EXPECT_EQ(post(path + "/parts/1", {{"1.2.a", "yes"}}).status, 410);
  clock().set(*moment_from_iso("2026-03-10T00:00:00.000Z"));
  write([&](db::Write& w) { end_invitation(w, collection_, invitation_of("Ashby Fenn").id, "revoked"); });
  EXPECT_EQ(get(path).status, 410);
  EXPECT_TRUE(shows(get(path), "taken back"));
}

TEST_P(AnswerPages, LetWhoHadBegunSendAfterClosingTime) {
  answer_all(path);
  clock().set(*moment_from_iso("2026-03-21T12:00:00.000Z"));
  EXPECT_EQ(get(path + "/check").status, 200);
  EXPECT_EQ(location(post(path + "/send")), "/thanks/" + asking().results_code);
}

TEST_P(AnswerPages, OfANamedRoundCanBeChangedAndTakenBack) {
  collection_ = new_round(Mode::named);
  ask({person("Wren Holt")});
  const auto named = "/answer/" + secret_of("Wren Holt");
  EXPECT_TRUE(shows(get(named), "kept with your name"));
  answer_all(named);
  post(named + "/send");
  EXPECT_TRUE(shows(get(named), "Change my answers"));
  EXPECT_EQ(get(named + "/parts/1").status, 200);
  EXPECT_EQ(get(named + "/withdraw").status, 200);
  EXPECT_EQ(post(named + "/withdraw").status, 200);
  EXPECT_EQ(number("select count(*) from sent_answer"), 0);
  EXPECT_EQ(get(named).status, 410);
  EXPECT_EQ(get(path + "/withdraw").status, 404) << "without a name there is nothing to take back";
}

TEST_P(AnswerPages, OfAGroupLinkGiveEachPersonALinkOfTheirOwn) {
  const auto join = join_path();
  EXPECT_EQ(get(join).status, 200);
  const auto one = joined(join);
  const auto two = joined(join);
  EXPECT_NE(one, two);
  answer_all(one);
  EXPECT_EQ(post(one + "/send").status, 422) << "sooner than anybody reads";
  clock().advance(60);
  EXPECT_EQ(post(one + "/send").status, 303);
  EXPECT_EQ(post(one + "/send").status, 303);
  EXPECT_EQ(number("select count(*) from sent_answer"), 1);
  EXPECT_EQ(get(two + "/letters").status, 404) << "nobody writes to whoever came by a group link";
}

TEST_P(AnswerPages, OfAGroupLinkKeepProgramsOutWithoutPuzzles) {
  const auto join = join_path();
  const std::string stamp = parsed(join)["stamp"];
  const auto with = [&](const std::string& its_stamp, const std::string& trap, const std::string& group) {
    return post(join, {{"stamp", its_stamp}, {"website", trap}, {"site", "1"}, {"stakeholder", group}}).status;
  };
  EXPECT_EQ(with(stamp, "", "coworker"), 422) << "at once";
  clock().advance(5);
  EXPECT_EQ(with(stamp, "https://example.org", "coworker"), 422) << "a field nobody sees";
  EXPECT_EQ(with("", "", "coworker"), 422) << "never looked at the page";
  EXPECT_EQ(with(stamp, "", "astronaut"), 422) << "no such group";
  EXPECT_EQ(with(stamp, "", "coworker"), 303);
  EXPECT_EQ(with(stamp, "", "coworker"), 422) << "the same page twice";
  EXPECT_EQ(number("select count(*) from answer_draft"), 1);
}

TEST_P(AnswerPages, OfAGroupLinkEndWithIt) {
  const auto join = join_path(1);
  const auto one = joined(join);
  answer_all(one);
  clock().advance(60);
  post(one + "/send");
  EXPECT_EQ(get(join).status, 410) << "full";
  const auto other = join_path();
  write([&](db::Write& w) {
    for (const auto& link : group_links(w, lead_, collection_)) end_group_link(w, collection_, link.id, "closed");
  });
  EXPECT_EQ(get(other).status, 410);
}

CAIRN_EACH_ENGINE(AnswerPages);

}  // namespace
}  // namespace cairn::instruments
