// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/actor.hpp"
#include "policy/policy.hpp"
#include "web/reply.hpp"
#include "web/request.hpp"

namespace cairn::web {

// Who may enter, beside the path: the record type and action as in content/policy.toml, and the roles, which must be
// those of the policy. The server refuses to start where a route's row is missing or its roles differ from the
// policy's.
struct Allow {
  std::string_view record;
  policy::Action action;
  std::initializer_list<Role> roles;
};

enum class Pace {
  quick,  // answers within some milliseconds
  slow    // password hashes, PDF, spreadsheets: two at a time, a short queue, 503 with Retry-After when full
};

using Act = std::function<Reply(const Request&)>;

struct Route {
  Method method;
  std::string path;  // "/studies/{study}/report"
  std::string record;
  policy::Action action;
  std::vector<Role> roles;
  Act act;
  Pace pace;
  std::size_t body_limit;  // bytes; what is larger is refused with 413
  bool traced = true;      // a visit leaves a line in the log
  bool always = false;     // answers, as to somebody signed out, while the store is gone
};

// The map of the site. Each stage adds its routes in one function, a line each.
class Routes {
 public:
  void get(std::string path, Allow allow, Act act, Pace pace = Pace::quick);
  void post(std::string path, Allow allow, Act act, Pace pace = Pace::quick, std::size_t body_limit = 1024 * 1024);

  // No visit to a path that begins like this leaves a line in the log: when somebody answered is nobody's business.
  // Faults still do, without the path.
  void leave_no_trace_of(std::string_view beginning);

  // The page at this path answers even while the store does not: whoever asks then counts as signed out. Its act must
  // not need the store either. Throws std::logic_error where no page has this path.
  void answer_always(std::string_view path);

  struct Found {
    const Route* route = nullptr;  // nothing: 404, or 405 when other_method
    bool other_method = false;
    std::map<std::string, std::string, std::less<>> parameters;
  };
  // Fixed segments go before parameters, the leftmost first: "/studies/new" before "/studies/{study}". A parameter is
  // never empty.
  Found find(Method method, std::string_view path) const;
  const std::vector<Route>& all() const { return all_; }

  // Every fault: a route without a policy row, roles that differ, two routes alike. Empty when all is well.
  std::vector<std::string> faults(const policy::Policy& policy) const;

 private:
  // A place on the way along the segments of a path; "{}" leads on for any parameter.
  struct Place {
    std::map<std::string, std::size_t, std::less<>> next;
    std::optional<std::size_t> get;
    std::optional<std::size_t> post;
  };
  static constexpr std::size_t deepest_ = 16;  // segments of a path

  void add(Route route);
  std::optional<std::size_t> place_of(std::size_t at, const std::vector<std::string_view>& segments,
                                      std::size_t depth) const;
  std::vector<Route> all_;
  std::vector<Place> places_ = std::vector<Place>(1);
};

}  // namespace cairn::web
