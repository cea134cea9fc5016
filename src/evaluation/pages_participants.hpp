// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "evaluation/pages_rounds.hpp"

namespace cairn::evaluation {

// The people who may be asked. Services are ids with their names.
using Services = std::vector<std::pair<std::string, std::string>>;

struct PeopleView {
  std::vector<instruments::Participant> people;
  Services services;
  std::string service;      // the one that is looked at, "" for all
  std::int64_t added = -1;  // just now, -1 where nobody was
  std::int64_t known = 0;   // of those sent, how many were on the list already
};
web::Html people_page(const web::Language& say, const PeopleView& view);

// Somebody new, or (with an id) somebody whose details are put right.
web::Html person_form_page(const web::Form& form, const Services& services, const instruments::Participant& person);
web::Html several_page(const web::Form& form, const Services& services);

// One person, and where they were asked. `answered` only of a round with names that was counted.
struct PathLine {
  std::string study;
  std::string path;
  std::string how;
  std::string ended;
  std::optional<bool> answered = {};
};
struct PersonView {
  instruments::Participant person;
  std::string site;
  std::vector<PathLine> rounds;
};
web::Html person_page(const web::Form& form, const PersonView& view);

}  // namespace cairn::evaluation
