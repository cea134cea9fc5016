// SPDX-License-Identifier: Apache-2.0
#include "web/server.hpp"

#include <algorithm>
#include <thread>
#include <utility>
#include <vector>

#include "base/stop.hpp"
#include "web/server_lane.hpp"
#include "web/tls.hpp"

namespace cairn::web {
namespace {

using std::chrono::milliseconds;

constexpr int waiting_to_be_accepted = 4096;
constexpr std::size_t turned_away_at_once =
    256;                                    // beyond the connections allowed; what is more is closed without a word
constexpr milliseconds last_requests{200};  // for a client that sends its next request just as the server stops
constexpr milliseconds after_dropping{1000};

// How often the lanes look for connections that are late.
milliseconds tick_of(const ServerSettings& settings) {
  const auto shortest = std::min({settings.header_time, settings.idle_time, settings.write_time});
  return std::clamp(shortest / 10, milliseconds(5), milliseconds(200));
}

asio::awaitable<void> pause(asio::io_context& context, milliseconds time) {
  error_code ec;
  asio::steady_timer timer(context, time);
  co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, ec));
}

// Ends with its context: it waits on nothing that outlives it.
asio::awaitable<void> watch(Lane& lane, milliseconds tick) {
  while (true) {
    co_await pause(lane.context, tick);
    const auto now = std::chrono::steady_clock::now();
    for (auto* connection : lane.connections) connection->look(now);
  }
}

Tcp::acceptor listen_at(asio::io_context& context, const ServerSettings& settings) {
  try {
    const Tcp::endpoint here(asio::ip::make_address(settings.address), settings.port);
    Tcp::acceptor acceptor(context);
    acceptor.open(here.protocol());
    acceptor.set_option(Tcp::acceptor::reuse_address(true));
    acceptor.bind(here);
    acceptor.listen(waiting_to_be_accepted);
    return acceptor;
  } catch (const boost::system::system_error& fault) {
    throw Unavailable("cannot listen at " + settings.address + " port " + std::to_string(settings.port) + ": " +
                      fault.what());
  }
}

std::vector<std::unique_ptr<Lane>> lanes_of(const ServerSettings& settings) {
  std::vector<std::unique_ptr<Lane>> lanes;
  for (int i = 0; i < std::max(settings.io_threads, 1); ++i) lanes.push_back(std::make_unique<Lane>());
  return lanes;
}

std::optional<asio::ssl::context> tls_of(const ServerSettings& settings) {
  if (settings.tls_certificate.empty() && settings.tls_key.empty()) return std::nullopt;
  if (settings.tls_certificate.empty() || settings.tls_key.empty()) {
    throw Unavailable("TLS needs both a certificate and its key");
  }
  return tls_context(settings.tls_certificate, settings.tls_key);
}

}  // namespace

// Members go in the reverse of their order: first the workers, who may still hold connections, then the lanes with
// their connections, and last what both use.
struct Server::Inside {
  Inside(ServerSettings asked, Routes routes, const policy::Policy& policy, Hooks hooks)
      : settings(std::move(asked)),
        door(settings, std::move(routes), policy, std::move(hooks)),
        tls(tls_of(settings)),
        lanes(lanes_of(settings)),
        acceptor(listen_at(lanes.front()->context, settings)),
        port(acceptor.local_endpoint().port()) {}

  asio::awaitable<void> accept();
  asio::awaitable<void> drain();
  void take_in(Tcp::socket socket, Lane& lane);
  void on_each_lane(const std::function<void(Watched&)>& act);

  ServerSettings settings;
  Door door;
  std::optional<asio::ssl::context> tls;
  std::unique_ptr<Shared> shared;
  std::vector<std::unique_ptr<Lane>> lanes;
  Tcp::acceptor acceptor;
  std::uint16_t port;
  std::atomic<bool> stopping{false};
  jobs::Pool streams{std::max(settings.stream_threads, 1), settings.connections};
  jobs::Pool slow{std::max(settings.slow_threads, 1), settings.slow_queue};
  jobs::Pool quick{std::max(settings.act_threads, 1), settings.act_queue};
  jobs::Pool pages{std::max(settings.page_threads, 1), settings.page_queue};
};

asio::awaitable<void> Server::Inside::accept() {
  std::size_t next = 0;
  while (!shared->draining) {
    auto& lane = *lanes[next++ % lanes.size()];
    error_code ec;
    auto socket = co_await acceptor.async_accept(lane.context, asio::redirect_error(asio::use_awaitable, ec));
    if (ec == asio::error::operation_aborted) co_return;
    if (ec) {
      // No file descriptors left, as a rule: they come back when connections end.
      co_await pause(lanes.front()->context, milliseconds(50));
      continue;
    }
    take_in(std::move(socket), lane);
  }
}

void Server::Inside::take_in(Tcp::socket socket, Lane& lane) {
  const auto live = shared->live.load();
  const bool full = live >= settings.connections;
  if (full && (tls || live >= settings.connections + turned_away_at_once)) return;
  asio::co_spawn(lane.context,
                 attend(*shared, lane, std::move(socket), tls ? &*tls : nullptr,
                        full ? Welcome::turn_away : Welcome::serve, Place(shared->live)),
                 asio::detached);
}

void Server::Inside::on_each_lane(const std::function<void(Watched&)>& act) {
  for (auto& lane : lanes) {
    asio::post(lane->context, [&lane = *lane, act] {
      // abandon() and cut() only end waits; connections leave the set later, when they are resumed.
      for (auto* connection : lane.connections) act(*connection);
    });
  }
}

asio::awaitable<void> Server::Inside::drain() {
  auto& context = lanes.front()->context;
  shared->draining = true;
  error_code ec;
  acceptor.close(ec);
  on_each_lane([](Watched& connection) {
    if (connection.is_idle()) connection.due_in(last_requests);
  });
  const auto end = std::chrono::steady_clock::now() + settings.drain_time;
  while (shared->live != 0 && std::chrono::steady_clock::now() < end) co_await pause(context, milliseconds(10));
  shared->dropping = true;
  on_each_lane([](Watched& connection) { connection.abandon(); });
  const auto very_end = std::chrono::steady_clock::now() + after_dropping;
  while (shared->live != 0 && std::chrono::steady_clock::now() < very_end) co_await pause(context, milliseconds(10));
  for (auto& lane : lanes) {
    lane->open.reset();
    lane->context.stop();
  }
}

Server::Server(ServerSettings settings, Routes routes, const policy::Policy& policy, Hooks hooks)
    : inside_(std::make_unique<Inside>(std::move(settings), std::move(routes), policy, std::move(hooks))) {
  auto& in = *inside_;
  in.shared = std::make_unique<Shared>(in.settings, in.door, in.pages, in.quick, in.slow, in.streams);
}

Server::~Server() = default;

void Server::run() {
  auto& in = *inside_;
  asio::co_spawn(in.lanes.front()->context, in.accept(), asio::detached);
  const auto tick = tick_of(in.settings);
  for (auto& lane : in.lanes) asio::co_spawn(lane->context, watch(*lane, tick), asio::detached);
  std::vector<std::thread> threads;
  for (std::size_t i = 1; i < in.lanes.size(); ++i) {
    threads.emplace_back([&lane = *in.lanes[i]] { lane.context.run(); });
  }
  in.lanes.front()->context.run();
  for (auto& thread : threads) thread.join();
}

void Server::stop() {
  auto& in = *inside_;
  if (in.stopping.exchange(true)) return;
  asio::co_spawn(in.lanes.front()->context, in.drain(), asio::detached);
}

std::uint16_t Server::port() const {
  return inside_->port;
}

}  // namespace cairn::web
