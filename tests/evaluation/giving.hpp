// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "asking.hpp"
#include "instruments/store_reasons.hpp"

namespace cairn::evaluation {

// A round at two sites in which people answer on paper, and what comes after it.
class GivingTest : public AskingTest {
 protected:
  struct Answering {
    std::string stakeholder = "coworker";
    std::int64_t site = 2;
    instruments::Presence presence = instruments::Presence::no;
    std::string words = "";  // why they chose the first statement
    std::string left_out = "";
  };

  GivingTest() {
    auto fields = form();
    fields.emplace_back("sites", "1");
    const auto reply = lead().json().post(study + "/rounds", fields);
    EXPECT_EQ(reply.status, 201) << reply.body;
    round = parsed(reply)["location"];
  }

  instruments::Asking asking() {
    return database().read([&](db::Read& r) { return instruments::asking_of(r, collection()); });
  }
  std::int64_t site_number(const std::string& name) {
    const auto now = asking();
    for (const auto& one : now.sites)
      if (one.name == name) return one.number;
    throw NotFound("no site " + name);
  }
  void answer_on_paper(int times, const Answering& how) {
    auto answers = instruments::Answers::none(instrument());
    answers.site = how.site;
    answers.stakeholder = how.stakeholder;
    if (how.left_out.empty()) {
      for (std::size_t i = 0; i < answers.presence.size(); ++i) {
        answers.presence[i] = how.presence;
        answers.importance[i] = instruments::Importance::extremely;
      }
      answers.most_important = {0};
      if (!how.words.empty()) answers.reasons[0] = {"hard", how.words};
    } else {
      answers.left_out = instruments::LeftOut{how.left_out, how.words};
    }
    const auto now = asking();
    for (int i = 0; i < times; ++i)
      database().write(operator_(), {"test.act", "test", ""},
                       [&](db::Write& w) { instruments::send_paper(w, now, instrument(), answers); });
  }
  void count() {
    clock().set(later(asking().period.closes_at, 60));
    instruments::settle(database(), carried_library(), operator_(), collection(), instruments::Begun::leave_out);
  }
  // Six at Willow Ward and six at Mill Lane, with a commissioner among them.
  void answer_and_count(const std::string& words = "") {
    const auto ward_number = site_number("Willow Ward");
    const auto mill_number = site_number("Mill Lane");
    answer_on_paper(6, {"coworker", ward_number});
    answer_on_paper(1, {"coworker", ward_number, instruments::Presence::no, words});
    answer_on_paper(5, {"peer_worker", mill_number});
    answer_on_paper(1, {"commissioner", mill_number, instruments::Presence::no, "The commissioner wrote this"});
    count();
  }
  std::string make_report(const std::string& site) {
    const auto reply = lead().json().post(study + "/report", {{"purpose", "train"}, {"site", site}, {"round", "1"}});
    EXPECT_EQ(reply.status, 201) << reply.body;
    return parsed(reply)["location"];
  }
  std::string results_path() { return "/results/" + asking().results_code; }

  // Every page of `paths` for nobody, for somebody without the role, and for a lead.
  void expect_doors(const std::vector<std::string>& paths) {
    for (const auto& path : paths) {
      EXPECT_EQ(visitor().get(path).status, 303) << path;
      EXPECT_EQ(visitor().json().get(path).status, 404) << path;
      for (const auto role : {Role::worker, Role::administrator, Role::team_member, Role::commissioner})
        EXPECT_EQ(visitor().as(as(role)).get(path).status, 404) << path;
      for (const auto role : {Role::lead, Role::researcher}) {
        const auto page = visitor().as(as(role)).get(path);
        EXPECT_EQ(page.status, 200) << path;
        EXPECT_FALSE(has(page, "[evaluation.") || has(page, "[instruments.")) << path;
        EXPECT_EQ(visitor().as(as(role)).json().get(path).status, 200) << path;
      }
    }
  }
  void expect_shut(const std::vector<std::string>& paths) {
    for (const auto& path : paths) {
      EXPECT_EQ(visitor().post(path).status, 404) << path;
      for (const auto role : {Role::worker, Role::administrator, Role::team_member})
        EXPECT_EQ(visitor().as(as(role)).post(path).status, 404) << path;
    }
  }

  std::string round;
};

}  // namespace cairn::evaluation
