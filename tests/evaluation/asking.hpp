// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "evaluation/store.hpp"
#include "instruments/store_answers.hpp"
#include "instruments/store_asking.hpp"
#include "instruments/store_definitions.hpp"
#include "instruments/store_invitations.hpp"
#include "stage.hpp"

namespace cairn::evaluation {

// A programme with two services, a study, and people who may be asked.
class AskingTest : public StageTest {
 protected:
  using Values = tests::Visitor::Values;

  AskingTest() {
    const Id<accounts::Programme> id{programme};
    const auto write = [&](auto act) { return database().write(operator_(), {"test.act", "test", ""}, act); };
    const auto trust = write([&](db::Write& w) {
      return accounts::add(w, id, accounts::NewOrganisation{"Larkmoor NHS Trust", accounts::OrganisationKind::nhs});
    });
    ward = write([&](db::Write& w) {
             return accounts::add(
                 w, id,
                 accounts::NewService{
                     "Willow Ward", trust, {}, false, false, accounts::Context::nhs, {accounts::Setting::inpatient}});
           }).text;
    mill = write([&](db::Write& w) {
             return accounts::add(w, id,
                                  accounts::NewService{"Mill Lane",
                                                       trust,
                                                       {},
                                                       false,
                                                       false,
                                                       accounts::Context::nhs,
                                                       {accounts::Setting::community, accounts::Setting::inpatient}});
           }).text;
    study = parsed(lead().json().post("/studies", {{"name", "Spring"}}))["location"];
  }

  // The form of a round at Willow Ward (the second by name), open from today to 20 March; what is given takes the place
  // of its fields, and an empty field of sites leaves them out.
  Values form(const Values& changed = {}) {
    Values all{{"number", "1"},           {"mode", "anonymous"},      {"sites", "2"},
               {"opens_on-day", "3"},     {"opens_on-month", "3"},    {"opens_on-year", "2026"},
               {"closes_on-day", "20"},   {"closes_on-month", "3"},   {"closes_on-year", "2026"},
               {"hoped.2.coworker", "5"}, {"reminders", "7"},         {"who", "Robin Marsh"},
               {"why", "To learn"},       {"what_next", "We add up"}, {"help", "116 123"}};
    for (const auto& [name, value] : changed) {
      bool there = false;
      for (auto& [known, kept] : all)
        if (known == name) {
          kept = value;
          there = true;
        }
      if (!there) all.emplace_back(name, value);
    }
    return all;
  }
  std::string make_round(const Values& changed = {}) {
    const auto reply = lead().json().post(study + "/rounds", form(changed));
    EXPECT_EQ(reply.status, 201) << reply.body;
    return parsed(reply)["location"];
  }
  void add_person(const std::string& name, const std::string& email, const std::string& group = "coworker",
                  const std::string& service = "") {
    const auto reply = lead().json().post(
        "/participants",
        {{"name", name}, {"email", email}, {"stakeholder", group}, {"service", service.empty() ? ward : service}});
    EXPECT_EQ(reply.status, 201) << reply.body;
  }
  void invite_all(const std::string& round) {
    EXPECT_EQ(lead().json().post(round + "/invitations", {{"whom", "all"}}).status, 201);
  }
  std::string invitation_path(const std::string& round, const std::string& name) {
    const auto data = parsed(lead().json().get(round));
    for (const auto& one : data["invited"])
      if (one["name"] == name) return round + "/invitations/" + one["id"].get<std::string>();
    return round + "/invitations/none";
  }
  std::string person_path(const std::string& name) {
    const auto data = parsed(lead().json().get("/participants"));
    for (const auto& one : data["people"])
      if (one["name"] == name) return "/participants/" + one["id"].get<std::string>();
    return "/participants/none";
  }

  Id<instruments::Collection> collection() {
    const auto all = database().read([&](db::Read& r) {
      const auto of_it = studies(r, operator_());
      return rounds(r, operator_(), of_it.front().id);
    });
    return {all.back().collection_id};
  }
  instruments::Instrument instrument() {
    return *instruments::find_instrument(carried_library(), "implementation-inventory", 2);
  }
  instruments::AnswerLink link_of(const std::string& name) {
    return database().read([&](db::Read& r) {
      for (const auto& one : instruments::invitations(r, operator_(), collection()))
        if (one.participant.name == name) return *instruments::find_answer_link(r, instruments::link_of(r, one));
      throw NotFound("nobody called " + name);
    });
  }
  // Somebody sends an answer to the first statement, by their own link.
  void answer(const std::string& name, const std::string& group = "coworker") {
    auto answers = instruments::Answers::none(instrument());
    answers.site = 1;
    answers.stakeholder = group;
    answers.presence[0] = instruments::Presence::yes;
    instruments::send(database(), link_of(name), instrument(), answers, "{}");
  }
  void begin(const std::string& name) {
    auto answers = instruments::Answers::none(instrument());
    answers.presence[0] = instruments::Presence::yes;
    instruments::keep_draft(database(), link_of(name), instrument(), answers);
  }
  std::int64_t letters(std::string_view kind) {
    return database().read(
        [&](db::Read& r) { return r.number(R"sql(select count(*) from letter where kind = $1)sql", {kind}); });
  }
  void set_clock(const char* moment) { clock().set(*moment_from_iso(moment)); }

  std::string ward;
  std::string mill;
  std::string study;
};

}  // namespace cairn::evaluation
