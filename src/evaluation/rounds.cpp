// SPDX-License-Identifier: Apache-2.0
#include "evaluation/rounds.hpp"

#include <algorithm>
#include <map>

namespace cairn::evaluation {

using instruments::AskedGroup;
using instruments::AskedSite;
using instruments::AskingState;

std::vector<AskedSite> possible_sites(const accounts::Structure& structure) {
  std::vector<AskedSite> sites;
  for (const auto& service : structure.services) {
    AskedSite site;
    site.number = static_cast<std::int64_t>(sites.size()) + 1;
    site.service_id = service.id.text;
    site.name = service.name;
    if (const auto* employer = structure.find(service.employer))
      site.employer = accounts::code(accounts::employer_side(employer->kind));
    site.context = accounts::code(service.context);
    if (service.settings.size() == 1) site.setting = accounts::code(service.settings.front());
    sites.push_back(std::move(site));
  }
  return sites;
}

instruments::NewAsking numbered(instruments::NewAsking asking) {
  std::map<std::int64_t, std::int64_t> now;
  for (auto& site : asking.sites) {
    const auto number = static_cast<std::int64_t>(now.size()) + 1;
    now[site.number] = number;
    site.number = number;
  }
  for (auto& group : asking.groups) group.site = now.at(group.site);
  return asking;
}

std::string_view code(Told told) {
  switch (told) {
    case Told::too_few:
      return "too_few";
    case Told::not_yet:
      return "not_yet";
    case Told::enough:
      return "enough";
  }
  return "";
}

std::optional<Told> told(const AskedGroup& group, std::int64_t smallest_group) {
  switch (instruments::standing(group)) {
    case instruments::Standing::not_asked:
      return {};
    case instruments::Standing::not_yet:
      return group.hoped_for < smallest_group ? Told::too_few : Told::not_yet;
    case instruments::Standing::enough:
      return group.hoped_for < smallest_group ? Told::too_few : Told::enough;
  }
  return {};
}

bool some_not_yet(const instruments::Asking& asking) {
  return std::any_of(asking.groups.begin(), asking.groups.end(),
                     [&](const AskedGroup& group) { return told(group, asking.smallest_group) == Told::not_yet; });
}

std::string_view code(NextAct act) {
  switch (act) {
    case NextAct::invite:
      return "invite";
    case NextAct::wait:
      return "wait";
    case NextAct::remind:
      return "remind";
    case NextAct::finish:
      return "finish";
    case NextAct::look:
      return "look";
  }
  return "";
}

NextAct next_act(const instruments::Asking& asking, AskingState state, bool anybody_asked) {
  switch (state) {
    case AskingState::planned:
      return anybody_asked ? NextAct::wait : NextAct::invite;
    case AskingState::open:
      if (!anybody_asked) return NextAct::invite;
      return some_not_yet(asking) ? NextAct::remind : NextAct::wait;
    case AskingState::closing:
    case AskingState::over:
      return NextAct::finish;
    case AskingState::closed:
      break;
  }
  return NextAct::look;
}

}  // namespace cairn::evaluation
