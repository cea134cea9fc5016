// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "accounts/store.hpp"
#include "agenda/actions.hpp"
#include "app/visitor.hpp"
#include "content/library.hpp"
#include "evaluation/actions.hpp"
#include "evaluation/actions_demonstration.hpp"
#include "stores.hpp"

namespace cairn::evaluation {

inline const content::Library& carried_library() {
  static const content::Library library = content::Library::open("");
  return library;
}

// The pages of agenda and evaluation over a store with one programme.
class StageTest : public cairn::tests::EachEngine {
 protected:
  StageTest() {
    const auto id = database().write(Actor::operator_(), {"programme.add", "programme", ""}, [](db::Write& write) {
      return accounts::add_programme(write, "Larkmoor peer support", "Europe/London");
    });
    programme = id.text;
  }

  Actor as(Role role, const std::string& account = "account-1") const {
    return tests::somebody(role, programme, account);
  }
  Actor operator_() const {
    auto actor = Actor::operator_();
    actor.programme_id = programme;
    return actor;
  }
  // One set of routes for a test: making them reads every content file.
  tests::Visitor visitor() {
    if (!visitor_) visitor_.emplace(all_routes());
    return visitor_->at(clock().now());
  }
  web::Routes all_routes() {
    web::Routes routes;
    auto kinds = agenda::loop_kinds();
    for (auto& kind : loop_kinds(carried_library())) kinds.push_back(std::move(kind));
    agenda::add_routes(routes, database(), tests::shipped_policy(), std::move(kinds),
                       {"evaluation.studies.title", "/studies", "study"});
    add_routes(routes, database(), tests::shipped_policy(), carried_library(),
               [] { return std::string("https://peers.example.org"); });
    return routes;
  }
  tests::Visitor lead() { return visitor().as(as(Role::lead)); }

  DemonstrationSites sites{"Willow Ward", "Mill Lane", "Open Door"};
  void demonstrate() { make_demonstration(database(), carried_library(), operator_(), sites, Date{2026, 3, 3}); }

  // The address of the first study there is.
  std::string study_path() { return parsed(lead().json().get("/studies"))["studies"][0]["path"]; }
  std::string report_path() {
    return "/reports/" + parsed(lead().json().get("/reports"))["reports"][0]["id"].get<std::string>();
  }

  static nlohmann::json parsed(const web::Reply& reply) { return nlohmann::json::parse(reply.body); }
  static bool has(const web::Reply& reply, std::string_view words) {
    return reply.body.find(words) != std::string::npos;
  }

  std::string programme;

 private:
  std::optional<tests::Visitor> visitor_;
};

// A file of responses: everybody answers the two statements given, with the stakeholder group and site given.
struct Respondents {
  std::string stakeholder;
  std::string site;
  int count;
  std::string presence;  // of 1.1 and 1.2
  std::string importance;
};
inline std::string file_of(std::initializer_list<Respondents> groups) {
  std::string csv = "respondent,site,stakeholder,1.1.a,1.1.b,1.2.a,1.2.b,top3\n";
  int number = 0;
  for (const auto& group : groups)
    for (int i = 0; i < group.count; ++i)
      csv += "p" + std::to_string(++number) + "," + group.site + "," + group.stakeholder + "," + group.presence + "," +
             group.importance + "," + group.presence + "," + group.importance + ",1.1\n";
  return csv;
}

}  // namespace cairn::evaluation
