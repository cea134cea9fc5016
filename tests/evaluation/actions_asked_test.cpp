// SPDX-License-Identifier: Apache-2.0
#include <map>
#include <regex>
#include <set>

#include "accounts/store_accounts.hpp"
#include "asking.hpp"
#include "instruments/reminders.hpp"

namespace cairn::evaluation {
namespace {

class AskedRounds : public AskingTest {
 protected:
  AskedRounds() {
    for (const auto* name : {"Ashby Fenn", "Briar Coombe", "Corrin Vale", "Dale Ferris", "Esme Tarn", "Wren Holt"})
      add_person(name, std::string(1, name[0]) + "@larkmoor.example");
    add_person("Ivo Reed", "");
  }
  // What a lead can see of a round without ever being told who has answered, by its address. The id a form brings for
  // what it makes is a new one each time.
  std::map<std::string, std::string> all_pages(const std::string& round) {
    std::vector<std::string> paths{round,
                                   round + "/invitations/new",
                                   round + "/links",
                                   study,
                                   round + "/reminders",
                                   round + "/period",
                                   "/participants",
                                   "/studies",
                                   "/today"};
    for (const auto* name : {"Ashby Fenn", "Wren Holt"}) {
      paths.push_back(invitation_path(round, name));
      paths.push_back(person_path(name));
    }
    const std::regex once("name=\"_once\" value=\"[^\"]*\"");
    std::map<std::string, std::string> bytes;
    for (const auto& path : paths) {
      const auto page = lead().get(path);
      EXPECT_EQ(page.status, 200) << path;
      bytes[path] = std::regex_replace(page.body, once, "") + lead().json().get(path).body;
    }
    return bytes;
  }
  void expect_same(const std::map<std::string, std::string>& before, const std::map<std::string, std::string>& now) {
    for (const auto& [path, bytes] : before)
      EXPECT_TRUE(now.at(path) == bytes) << path << " tells that somebody answered";
  }
};

TEST_P(AskedRounds, InviteEverybodySomeGroupsOrSomePeople) {
  const auto round = make_round();
  add_person("Tamsin Hale", "t@larkmoor.example", "line_manager");
  add_person("Elsewhere", "e2@larkmoor.example", "coworker", mill);
  const auto asked = [&] { return parsed(lead().json().get(round))["invited"].size(); };
  const auto may_be_asked = [&] { return parsed(lead().json().get(round + "/invitations/new"))["people"].size(); };
  EXPECT_EQ(may_be_asked(), 8U) << "who is at another site is not offered";
  EXPECT_EQ(lead().post(round + "/invitations", {{"whom", "groups"}}).status, 422);
  EXPECT_EQ(lead().post(round + "/invitations", {{"whom", "some"}}).status, 422);
  EXPECT_EQ(lead().post(round + "/invitations", {{"whom", "groups"}, {"groups", "1.line_manager"}}).status, 303);
  EXPECT_EQ(asked(), 1U);
  const auto wren = person_path("Wren Holt").substr(14);
  EXPECT_EQ(lead().post(round + "/invitations", {{"whom", "some"}, {"people", wren}}).status, 303);
  EXPECT_EQ(asked(), 2U);
  for (int twice = 0; twice < 2; ++twice) invite_all(round);
  EXPECT_EQ(asked(), 8U);
  EXPECT_EQ(may_be_asked(), 0U);
  EXPECT_EQ(letters(instruments::invitation_letter), 7) << "nobody gets a second letter, and one has no address";
}

TEST_P(AskedRounds, SendLettersNoSoonerThanTheyOpen) {
  const auto round = make_round({{"opens_on-day", "10"}});
  EXPECT_EQ(parsed(lead().json().get(round))["state"], "planned");
  EXPECT_TRUE(has(lead().get(round), "It opens on Tuesday 10 March 2026"));
  invite_all(round);
  const auto due = database().read([](db::Read& r) {
    return *r.find("select min(due_at) from letter", {}, [](const db::Row& row) { return row.string(0); });
  });
  EXPECT_EQ(due, "2026-03-10T00:00:00.000Z");
}

TEST_P(AskedRounds, ShowNothingThatChangesWhenSomebodyAnswers) {
  const auto round = make_round();
  invite_all(round);
  lead().post(round + "/links", {{"group", ""}, {"most", "60"}});
  const auto before = all_pages(round);
  begin("Ashby Fenn");
  expect_same(before, all_pages(round));
  answer("Ashby Fenn");
  answer("Wren Holt");
  expect_same(before, all_pages(round));
}

TEST_P(AskedRounds, SayEnoughOnceAGroupHasEnoughAndNothingOfSmallGroups) {
  const auto round = make_round({{"hoped.2.line_manager", "1"}});
  invite_all(round);
  const auto so_far = [&](const std::string& group) {
    const auto data = parsed(lead().json().get(round));
    for (const auto& one : data["groups"])
      if (one["group"] == group) return one["so_far"].get<std::string>();
    return std::string();
  };
  for (const auto* name : {"Ashby Fenn", "Briar Coombe", "Corrin Vale", "Dale Ferris"}) answer(name);
  answer("Wren Holt", "line_manager");
  EXPECT_EQ(so_far("coworker"), "not_yet");
  EXPECT_EQ(so_far("line_manager"), "too_few");
  answer("Esme Tarn");
  EXPECT_EQ(so_far("coworker"), "enough");
  EXPECT_EQ(parsed(lead().json().get(round))["next"], "wait");
  EXPECT_EQ(so_far("service_user"), "") << "nobody of that group is asked for";
}

TEST_P(AskedRounds, TellWhoAnsweredWithNamesAloneAndOnlyOnceCounted) {
  const auto round = make_round({{"mode", "named"}});
  invite_all(round);
  answer("Ashby Fenn");
  const auto ashby = invitation_path(round, "Ashby Fenn");
  EXPECT_FALSE(parsed(lead().json().get(ashby)).contains("has_answered"));
  set_clock("2026-03-21T10:00:00.000Z");
  EXPECT_EQ(parsed(lead().json().get(round))["state"], "closing");
  EXPECT_FALSE(parsed(lead().json().get(ashby)).contains("has_answered"));
  EXPECT_EQ(lead().post(round + "/counting").status, 303);
  EXPECT_EQ(parsed(lead().json().get(ashby))["has_answered"], true);
  EXPECT_EQ(parsed(lead().json().get(invitation_path(round, "Wren Holt")))["has_answered"], false);
  EXPECT_EQ(parsed(lead().json().get(person_path("Ashby Fenn")))["rounds"][0]["has_answered"], true);
}

TEST_P(AskedRounds, NeverTellWhoAnsweredWithoutNames) {
  const auto round = make_round();
  invite_all(round);
  answer("Ashby Fenn");
  set_clock("2026-03-23T10:00:00.000Z");
  EXPECT_EQ(lead().post(round + "/counting").status, 303);
  EXPECT_EQ(parsed(lead().json().get(round))["state"], "closed");
  EXPECT_FALSE(has(lead().json().get(round), "has_answered"));
  EXPECT_FALSE(has(lead().json().get(invitation_path(round, "Ashby Fenn")), "has_answered"));
  EXPECT_FALSE(has(lead().json().get(person_path("Ashby Fenn")), "has_answered"));
}

TEST_P(AskedRounds, CloseEarlyOnceThoughTwoLeadsDoItAtOnce) {
  const auto round = make_round();
  invite_all(round);
  begin("Ashby Fenn");
  const Values now{{"act", "now"}};
  EXPECT_EQ(lead().post(round + "/period", now).status, 303);
  clock().advance(5);
  EXPECT_EQ(visitor().as(as(Role::lead, "account-2")).post(round + "/period", now).status, 303);
  const auto asking = database().read([&](db::Read& r) { return instruments::asking_of(r, collection()); });
  EXPECT_EQ(asking.period.number, 2) << "the second finds it closed";
  EXPECT_EQ(asking.period.closes_at, later(clock().now(), -5));
  EXPECT_EQ(parsed(lead().json().get(round))["state"], "closing");
  EXPECT_THROW(begin("Wren Holt"), Conflict) << "nobody can begin any more";
  answer("Ashby Fenn");
}

TEST_P(AskedRounds, OpenAgainAfterTheyWereClosedEarly) {
  const auto round = make_round();
  invite_all(round);
  lead().post(round + "/period", {{"act", "now"}});
  const Values longer{{"act", "day"}, {"closes_on-day", "27"}, {"closes_on-month", "3"}, {"closes_on-year", "2026"}};
  EXPECT_EQ(lead().post(round + "/period", longer).status, 303);
  EXPECT_EQ(parsed(lead().json().get(round))["state"], "open");
  EXPECT_EQ(parsed(lead().json().get(round))["last_day"], "2026-03-27");
  answer("Ashby Fenn");
}

TEST_P(AskedRounds, OpenAgainAfterTheyWereCounted) {
  const auto round = make_round();
  invite_all(round);
  answer("Ashby Fenn");
  lead().post(round + "/period", {{"act", "now"}});
  EXPECT_EQ(lead().post(round + "/counting").status, 303);
  EXPECT_EQ(parsed(lead().json().get(round))["state"], "closed");
  EXPECT_TRUE(has(lead().get(round + "/period"), "Open the round again"));
  const Values again{{"closes_on-day", "27"}, {"closes_on-month", "3"}, {"closes_on-year", "2026"}};
  EXPECT_EQ(lead().post(round + "/period", again).status, 303);
  EXPECT_EQ(parsed(lead().json().get(round))["state"], "open");
  answer("Wren Holt");
  set_clock("2026-03-29T10:00:00.000Z");
  EXPECT_EQ(lead().post(round + "/counting").status, 303);
  const auto people =
      database().read([&](db::Read& r) { return instruments::responses(r, operator_(), collection()); });
  EXPECT_EQ(people, 2);
}

TEST_P(AskedRounds, MoveTheirLastDayUnlessSomebodyElseDid) {
  const auto round = make_round();
  const auto day = [](const std::string& d, const std::string& seen) {
    return Values{
        {"act", "day"}, {"closes_on-day", d}, {"closes_on-month", "3"}, {"closes_on-year", "2026"}, {"seen", seen}};
  };
  const std::string first = "2026-03-21T00:00:00.000Z";
  EXPECT_EQ(lead().post(round + "/period", day("25", first)).status, 303);
  EXPECT_EQ(lead().post(round + "/period", day("25", first)).status, 303) << "the same once more changes nothing";
  const auto refused = lead().post(round + "/period", day("28", first));
  EXPECT_EQ(refused.status, 422);
  EXPECT_TRUE(has(refused, "Wednesday 25 March 2026")) << "what the other one chose is shown";
  EXPECT_EQ(parsed(lead().json().get(round))["last_day"], "2026-03-25");
  for (const auto& wrong : {day("1", ""), day("33", ""), day("", "")})
    EXPECT_EQ(lead().post(round + "/period", wrong).status, 422) << wrong[1].second;
}

TEST_P(AskedRounds, CountOnceTheyAreClosedAndLeaveOutWhoHasOnlyBegun) {
  const auto round = make_round();
  invite_all(round);
  answer("Ashby Fenn");
  begin("Wren Holt");
  EXPECT_EQ(lead().post(round + "/counting").status, 409) << "still open";
  EXPECT_EQ(lead().get(round + "/counting").status, 303);
  set_clock("2026-03-21T10:00:00.000Z");
  EXPECT_TRUE(has(lead().get(round + "/counting"), "Somebody is still answering"));
  EXPECT_EQ(lead().post(round + "/counting").status, 303);
  EXPECT_EQ(lead().post(round + "/counting").status, 303) << "twice changes nothing";
  EXPECT_EQ(parsed(lead().json().get(round))["state"], "closed");
  const auto left = database().read([](db::Read& r) { return r.number("select count(*) from answer_draft", {}); });
  EXPECT_EQ(left, 0);
  EXPECT_TRUE(has(lead().get(round), "/compare"));
}

TEST_P(AskedRounds, RemindOnceADayAndOnTheDaysChosen) {
  const auto round = make_round();
  invite_all(round);
  answer("Ashby Fenn");
  for (int twice = 0; twice < 2; ++twice) EXPECT_EQ(lead().post(round + "/reminders").status, 303);
  EXPECT_EQ(letters(instruments::reminder_letter), 5);
  const auto page = lead().get(round + "/reminders");
  EXPECT_TRUE(has(page, "A reminder went out today"));
  EXPECT_FALSE(has(page, "Remind people now"));
  EXPECT_EQ(lead().post(round + "/reminders/days", {{"reminders", "3"}, {"reminders", "14"}}).status, 303);
  EXPECT_EQ(parsed(lead().json().get(round))["reminders"], nlohmann::json({14, 3}));
  EXPECT_EQ(lead().post(round + "/reminders/days", {{"reminders", "5"}}).status, 422);
  EXPECT_EQ(lead().post(round + "/reminders/days").status, 303) << "none at all";
  set_clock("2026-03-22T10:00:00.000Z");
  EXPECT_EQ(lead().post(round + "/reminders").status, 409);
}

TEST_P(AskedRounds, HandOverALinkToWhoHasNoAddress) {
  const auto round = make_round();
  invite_all(round);
  const auto ivo = invitation_path(round, "Ivo Reed");
  EXPECT_FALSE(has(lead().get(ivo), "/answer/")) << "looking shows no link";
  const auto reply = lead().json().post(ivo + "/link");
  const std::string address = parsed(reply)["address"];
  EXPECT_EQ(address, "https://peers.example.org/answer/" + link_of("Ivo Reed").secret);
  const auto page = lead().post(ivo + "/link");
  EXPECT_TRUE(has(page, "cairn-qr"));
  EXPECT_TRUE(has(page, address.substr(8)));
  EXPECT_TRUE(has(lead().get(ivo), "Link handed over on Tuesday 3 March"));
  const auto wren = invitation_path(round, "Wren Holt");
  EXPECT_EQ(lead().post(wren + "/link").status, 409) << "a letter has brought it, and nobody else sees it";
}

TEST_P(AskedRounds, TakeALinkBack) {
  const auto round = make_round();
  invite_all(round);
  const auto wren = invitation_path(round, "Wren Holt");
  EXPECT_EQ(lead().post(wren + "/endings", {{"why", "bored"}}).status, 422);
  EXPECT_EQ(lead().post(wren + "/endings", {{"why", "revoked"}}).status, 303);
  EXPECT_TRUE(link_of("Wren Holt").is_ended());
  EXPECT_EQ(parsed(lead().json().get(wren))["ended"], "revoked");
  EXPECT_TRUE(has(lead().get(round), "Link taken back"));
  EXPECT_EQ(lead().get(round + "/invitations/other").status, 404);
}

TEST_P(AskedRounds, MakeALinkForManyAndItsPoster) {
  const auto round = make_round();
  const auto make = [&](const Values& values) { return lead().json().post(round + "/links", values); };
  EXPECT_EQ(make({{"group", "nurse"}, {"most", "60"}}).status, 422);
  EXPECT_EQ(make({{"group", ""}, {"most", "0"}}).status, 422);
  EXPECT_EQ(make({{"site", "7"}, {"group", ""}, {"most", "60"}}).status, 422);
  const std::string poster = parsed(make({{"group", "coworker"}, {"most", "60"}}))["location"];
  const auto page = lead().get(poster);
  const std::string address = parsed(lead().json().get(poster))["address"];
  EXPECT_TRUE(address.starts_with("https://peers.example.org/join/"));
  for (const auto& words : {address.substr(8), std::string("cairn-qr"), std::string("Robin Marsh"),
                            std::string("Friday 20 March 2026"), std::string("15 minutes"), std::string("116 123")})
    EXPECT_TRUE(has(page, words)) << words;
  const auto code = address.substr(std::string("https://peers.example.org/join/").size());
  const auto opened = database().read([&](db::Read& r) { return instruments::find_group_link(r, code); });
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->link.stakeholder, "coworker");
  EXPECT_EQ(opened->link.site, 1) << "there is one site alone";
  const auto link = poster.substr(0, poster.size() - 7);
  EXPECT_EQ(lead().post(link + "/endings", {{"why", "misused"}}).status, 303);
  EXPECT_EQ(lead().get(poster).status, 404);
  EXPECT_TRUE(has(lead().get(round + "/links"), "Ended, and emptied"));
}

TEST_P(AskedRounds, LeadASignedInPersonToTheirOwnQuestions) {
  const auto round = make_round();
  accounts::NewAccount account{"W@larkmoor.example", "Wren", {"not used here"}, {{Role::mentor, {}, {}, {}}}};
  account.email = "w@larkmoor.example";
  const auto id = database().write(operator_(), {"test.act", "test", ""},
                                   [&](db::Write& w) { return accounts::add(w, {programme}, account, "hash"); });
  const auto wren = visitor().as(as(Role::mentor, id.text));
  EXPECT_EQ(wren.get(round + "/answer").status, 404) << "not asked yet";
  invite_all(round);
  const auto reply = wren.get(round + "/answer");
  EXPECT_EQ(reply.status, 303);
  EXPECT_EQ(tests::header(reply, "Location"), "/answer/" + link_of("Wren Holt").secret);
  EXPECT_TRUE(has(wren.get("/today"), "You are asked: Spring"));
  EXPECT_EQ(lead().get(round + "/answer").status, 404) << "the lead is not asked";
  EXPECT_EQ(visitor().get(round + "/answer").status, 404);
  EXPECT_FALSE(has(lead().get("/today"), "You are asked"));
  answer("Wren Holt");
  EXPECT_FALSE(has(wren.get("/today"), "You are asked"));
}

TEST_P(AskedRounds, AreOpenLoopsUntilSomebodySeesToThem) {
  const auto kinds = [&] {
    std::set<std::string> found;
    const auto data = parsed(lead().json().get("/today"));
    for (const auto& loop : data["yours"]) found.insert(loop["kind"].get<std::string>());
    return found;
  };
  const auto round = make_round();
  EXPECT_EQ(kinds(), std::set<std::string>{"nobody_asked"});
  invite_all(round);
  EXPECT_EQ(kinds(), std::set<std::string>{});
  set_clock("2026-03-18T09:00:00.000Z");
  EXPECT_EQ(kinds(), std::set<std::string>{"closing_soon"});
  for (const auto* name : {"Ashby Fenn", "Briar Coombe", "Corrin Vale", "Dale Ferris", "Esme Tarn"}) answer(name);
  EXPECT_EQ(kinds(), std::set<std::string>{}) << "enough have answered";
  set_clock("2026-03-23T09:00:00.000Z");
  EXPECT_EQ(kinds(), std::set<std::string>{"not_counted"});
  EXPECT_EQ(lead().post(round + "/counting").status, 303);
  EXPECT_EQ(kinds(), std::set<std::string>{"answers_without_report"});
  EXPECT_EQ(lead().post(study + "/report", {{"site", "*"}, {"purpose", "train"}}).status, 303);
  EXPECT_EQ(kinds(), (std::set<std::string>{"report_feedback", "results"}));
}

CAIRN_EACH_ENGINE(AskedRounds);

}  // namespace
}  // namespace cairn::evaluation
