// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "policy/policy.hpp"
#include "web/reply.hpp"
#include "web/routes.hpp"
#include "web/server.hpp"
#include "web/server_wire.hpp"

namespace cairn::web {

// Why a request is answered shortly, without an act.
enum class Refused {
  bad_request,
  forged,
  method,
  too_slow,
  too_large,
  media_type,
  expectation,
  header_too_large,
  full,
  broken
};

// One request on its way from the wire to its reply.
struct Visit {
  Arrival arrival;
  const Route* route = nullptr;  // none: a path that is not known
  Request request;
  bool head_only = false;
  std::string pattern = "-";  // for the log, in place of the path
};

// Everything between the wire and an act that needs no socket: which route, who comes, whether the policy lets them in,
// whether a post was made by our own page, and what a person reads where it goes wrong. Safe to use from many threads.
class Door {
 public:
  // Throws std::runtime_error listing routes.faults(policy).
  Door(const ServerSettings& settings, Routes routes, const policy::Policy& policy, Hooks hooks);

  struct Opening {
    std::optional<Reply> at_once;    // answer with this, nothing else is to be done
    After after = After::keep_open;  // whether the connection can go on after it
    std::size_t body_limit = 0;
    bool ask_first = false;  // the body may be large: ask may_send() before reading it
  };
  // Gives the visit its reference number, unless it has one.
  void number(Visit& visit) const;
  // Quick, without waiting for anything: for the threads of the sockets. Fills `visit` but for its body.
  Opening open(Visit& visit) const;
  // On a worker: nothing where the person at the door may post here, else the reply.
  std::optional<Reply> may_send(Visit& visit) const;
  // On a worker: the reply. Never throws.
  Reply act(Visit& visit) const;

  // A short reply that needs no database. Never throws.
  Reply refusal(Refused why, const Visit& visit) const;
  void log(const Visit& visit, int status, std::int64_t milliseconds) const;
  void log_fault(const std::string& reference, std::string_view key, std::string_view what) const;

 private:
  std::optional<Refused> fault_of_form(const Visit& visit) const;
  bool host_is_ours(std::string_view host) const;
  bool from_our_own_page(const Arrival& arrival) const;
  std::optional<Reply> static_file(Visit& visit, std::string_view path) const;
  void meet(Visit& visit) const;  // who is it, and in which language
  void meet_somebody(Visit& visit) const;
  void frame(Visit& visit) const;
  bool policy_allows(const Visit& visit) const;
  std::optional<Reply> stopped_at_the_door(Visit& visit) const;
  std::optional<Refused> read_body(Visit& visit) const;
  Reply not_found(const Visit& visit) const;
  Reply to_sign_in(const Visit& visit) const;
  Reply reply_to(const Visit& visit, const Stop& stop) const;
  template <class Work>
  Reply guarded(Visit& visit, Work work) const;

  ServerSettings settings_;
  Routes routes_;
  policy::Policy policy_;
  Hooks hooks_;
};

}  // namespace cairn::web
