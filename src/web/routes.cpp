// SPDX-License-Identifier: Apache-2.0
#include "web/routes.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>
#include <utility>

#include "base/text.hpp"

namespace cairn::web {
namespace {

bool is_parameter(std::string_view segment) {
  return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

std::string_view inner(std::string_view segment) {
  return segment.substr(1, segment.size() - 2);
}

std::string_view word(Method method) {
  return method == Method::get ? "GET" : "POST";
}

// "/studies/{study}" and "/studies/{other}" are one shape.
std::string shape(std::string_view path) {
  std::string out;
  for (const auto segment : split(path.substr(1), '/')) {
    out += '/';
    out += is_parameter(segment) ? std::string_view("{}") : segment;
  }
  return out;
}

void add_path_faults(const Route& route, const std::string& name, std::vector<std::string>& faults) {
  if (route.path.empty() || route.path.front() != '/') {
    faults.push_back(name + ": a path starts with '/'");
    return;
  }
  if (route.path == "/assets" || route.path.starts_with("/assets/")) {
    faults.push_back(name + ": /assets/ belongs to the files the program carries");
  }
  std::set<std::string_view> seen;
  for (const auto segment : split(std::string_view(route.path).substr(1), '/')) {
    if (segment.empty() && route.path != "/") faults.push_back(name + ": a segment is empty");
    if (segment.find_first_of("{}") != std::string_view::npos) {
      if (!is_parameter(segment) || inner(segment).find_first_of("{}") != std::string_view::npos) {
        faults.push_back(name + ": a parameter is a whole segment in braces");
      } else if (!seen.insert(segment).second) {
        faults.push_back(name + ": the parameter " + std::string(segment) + " stands twice");
      }
    }
  }
}

std::string listed(std::vector<Role> roles) {
  std::string out;
  for (const auto role : roles) {
    if (!out.empty()) out += ", ";
    out += cairn::name(role);
  }
  return out.empty() ? "nobody" : out;
}

std::vector<Role> in_order(std::vector<Role> roles) {
  std::sort(roles.begin(), roles.end());
  roles.erase(std::unique(roles.begin(), roles.end()), roles.end());
  return roles;
}

void add_policy_faults(const Route& route, const std::string& name, const policy::Policy& policy,
                       std::vector<std::string>& faults) {
  const auto row = "\"" + route.record + "\" " + std::string(policy::name(route.action));
  if (!policy.has_row(route.record, route.action)) {
    faults.push_back(name + ": the policy has no row for " + row);
    return;
  }
  const auto here = in_order(route.roles);
  const auto there = in_order(policy.roles(route.record, route.action));
  if (here != there) {
    faults.push_back(name + ": allows " + listed(here) + ", but the policy's row for " + row + " allows " +
                     listed(there));
  }
}

}  // namespace

void Routes::get(std::string path, Allow allow, Act act, Pace pace) {
  add({Method::get, std::move(path), std::string(allow.record), allow.action, allow.roles, std::move(act), pace, 0,
       true});
}

void Routes::post(std::string path, Allow allow, Act act, Pace pace, std::size_t body_limit) {
  add({Method::post, std::move(path), std::string(allow.record), allow.action, allow.roles, std::move(act), pace,
       body_limit, true});
}

void Routes::leave_no_trace_of(std::string_view beginning) {
  for (auto& route : all_)
    if (route.path.starts_with(beginning)) route.traced = false;
}

void Routes::add(Route route) {
  std::size_t at = 0;
  for (const auto segment : split(std::string_view(route.path).substr(route.path.empty() ? 0 : 1), '/')) {
    const auto key = is_parameter(segment) ? std::string("{}") : std::string(segment);
    const auto next = places_[at].next.find(key);
    if (next != places_[at].next.end()) {
      at = next->second;
    } else {
      places_[at].next.emplace(key, places_.size());
      at = places_.size();
      places_.emplace_back();
    }
  }
  auto& here = route.method == Method::get ? places_[at].get : places_[at].post;
  if (!here) here = all_.size();
  all_.push_back(std::move(route));
}

// A fixed segment goes before a parameter, leftmost first; where it leads nowhere the parameter is tried.
std::optional<std::size_t> Routes::place_of(std::size_t at, const std::vector<std::string_view>& segments,
                                            std::size_t depth) const {
  if (depth == segments.size()) {
    return places_[at].get || places_[at].post ? std::optional(at) : std::nullopt;
  }
  if (segments[depth] != "{}") {
    if (const auto next = places_[at].next.find(segments[depth]); next != places_[at].next.end()) {
      if (const auto found = place_of(next->second, segments, depth + 1)) return found;
    }
  }
  if (segments[depth].empty()) return std::nullopt;
  const auto next = places_[at].next.find("{}");
  return next == places_[at].next.end() ? std::nullopt : place_of(next->second, segments, depth + 1);
}

void Routes::answer_always(std::string_view path) {
  const auto route =
      std::ranges::find_if(all_, [&](const Route& one) { return one.method == Method::get && one.path == path; });
  if (route == all_.end()) throw std::logic_error("no page to answer always: " + std::string(path));
  route->always = true;
}

Routes::Found Routes::find(Method method, std::string_view path) const {
  Found found;
  if (path.empty() || path.front() != '/') return found;
  const auto segments = split(path.substr(1), '/');
  if (segments.size() > deepest_) return found;
  const auto at = place_of(0, segments, 0);
  if (!at) return found;
  const auto& here = method == Method::get ? places_[*at].get : places_[*at].post;
  if (!here) {
    found.other_method = true;
    return found;
  }
  found.route = &all_[*here];
  const auto pattern = split(std::string_view(found.route->path).substr(1), '/');
  for (std::size_t i = 0; i < segments.size(); ++i) {
    if (is_parameter(pattern[i])) found.parameters.emplace(inner(pattern[i]), segments[i]);
  }
  return found;
}

std::vector<std::string> Routes::faults(const policy::Policy& policy) const {
  std::vector<std::string> faults;
  std::set<std::pair<Method, std::string>> shapes;
  for (const auto& route : all_) {
    const auto name = std::string(word(route.method)) + " " + route.path;
    const auto before = faults.size();
    add_path_faults(route, name, faults);
    if (faults.size() == before && !shapes.insert({route.method, shape(route.path)}).second) {
      faults.push_back(name + ": another route has the same shape");
    }
    if (!route.act) faults.push_back(name + ": has no act");
    add_policy_faults(route, name, policy, faults);
  }
  return faults;
}

}  // namespace cairn::web
