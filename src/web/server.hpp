// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "policy/policy.hpp"
#include "web/routes.hpp"

namespace cairn::web {

class StaticFiles;

struct ServerSettings {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;    // 0 takes a free one
  std::string tls_certificate;  // PEM files; both or neither
  std::string tls_key;
  std::string public_host;  // name the site is reached by; empty allows localhost and the address only
  int io_threads = 2;
  int act_threads = 64;  // quick posts; they wait for commits together
  std::size_t act_queue = 1024;
  int page_threads = 4;  // quick pages; more than the processors can draw at once only get in each other's way
  std::size_t page_queue = 1024;
  int slow_threads = 2;
  std::size_t slow_queue = 20;
  std::size_t connections = 10000;  // at most; more are refused cleanly
  std::string trusted_proxy;  // address of a proxy of ours whose X-Forwarded-For and X-Forwarded-Proto are believed
  int stream_threads = 4;     // ask replies that come in pieces for their next one
  std::size_t body_memory = 256 * 1024 * 1024;  // of all bodies being read at one time; beyond it 503
  std::chrono::milliseconds header_time{10000};
  std::chrono::milliseconds idle_time{10000};
  std::chrono::milliseconds write_time{30000};  // for every 64 KB of a reply to be taken
  std::chrono::milliseconds drain_time{15000};
  std::chrono::milliseconds heartbeat{10000};  // of server-sent events, so that a client that is gone is noticed
  // Then a stream of events ends; the browser asks anew and is looked at anew.
  std::chrono::milliseconds events_time{300000};
  const StaticFiles* files = nullptr;  // what /assets/ serves; null means the files the program carries
};

// What the server asks of the program above it. All must be safe to call from several threads.
struct Hooks {
  std::function<std::optional<SignedIn>(const std::string& cookie_token, Moment now)> sign_in_of;
  std::function<Frame(const Request&)> frame;
  // Must not wait: also asked on the threads of the sockets, with a Request that holds nothing but a reference. The
  // request keeps what it gives, so that words may change while it runs.
  std::function<std::shared_ptr<const Language>(const Request&)> language;
  std::function<Date(Moment)> today;
  // One line about a request without query string, names or content; and what() of a Stop with its reference.
  std::function<void(const std::string& line)> log;
  Clock clock;
};

// Serves until stop() is called, then takes no more connections, lets running requests end (up to drain_time) and
// returns from run(). HTTP/1.1 only. Refused: header over 16 KB (431), body over the route's limit (413), any
// Transfer-Encoding but exactly "chunked" (400, closed), Content-Length beside Transfer-Encoding, a missing or doubled
// or unknown Host (400), methods but GET, HEAD and POST (405). "Expect: 100-continue" is answered. A client slower than
// header_time for its header, or 1 KB/s for its body, is cut off. Every reply carries the security headers of
// docs/operating/security-headers.md. POST needs Sec-Fetch-Site same-origin or none, or a matching Origin; a signed-in
// POST also the session's forgery token (403 otherwise).
class Server {
 public:
  // Throws std::runtime_error listing routes.faults(policy), and Unavailable where the port cannot be had.
  Server(ServerSettings settings, Routes routes, const policy::Policy& policy, Hooks hooks);
  ~Server();
  void run();                  // blocks
  void stop();                 // from any thread or after a signal
  std::uint16_t port() const;  // the one in use

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace cairn::web
