// SPDX-License-Identifier: Apache-2.0
// Requests a second for a page with a list of 50 rows, drawn anew from memory each time, over 64 connections kept open;
// beside it a bare server of Beast that sends ready bytes of the same length. Both in this process, in turns, loaded by
// wrk on the same machine. Usage: bench_web [SECONDS]
#define BOOST_ASIO_SEPARATE_COMPILATION
#define BOOST_BEAST_SEPARATE_COMPILATION
#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <vector>

#include "base/secret.hpp"
#include "web/layout.hpp"
#include "web/server.hpp"

namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using Tcp = asio::ip::tcp;
using namespace cairn;

constexpr int rows_shown = 50;
constexpr int rounds = 3;

constexpr const char* policy_text = R"toml(
[[record]]
name = "public_page"
says = "Open to everybody."
[record.allow]
read = ["anyone"]
)toml";

struct Worker {
  std::string id;
  std::string name;
  std::string team;
  std::string since;
};

std::vector<Worker> workers() {
  std::vector<Worker> all;
  for (int i = 0; i < rows_shown; ++i) {
    all.push_back({fmt::format("0190-{}", i), fmt::format("Worker {} O'Neill", i),
                   fmt::format("Team {} & friends", i % 7), "3 March 2026"});
  }
  return all;
}

web::Reply list_page(const web::Request& request) {
  static const auto all = workers();
  web::PageContent page;
  page.title = "Workers";
  page.main = web::tag("table", {{"class", "nhsuk-table"}}, web::each(all, [](const Worker& worker) {
                         return web::tag("tr", {{"class", "nhsuk-table__row"}},
                                         web::tag("td", {{"class", "nhsuk-table__cell"}},
                                                  web::tag("a", {{"href", "/workers/" + worker.id}}, worker.name)),
                                         web::tag("td", {{"class", "nhsuk-table__cell"}}, worker.team),
                                         web::tag("td", {{"class", "nhsuk-table__cell"}}, worker.since));
                       }));
  return web::answer(request, page, {});
}

web::Hooks hooks() {
  static const auto language = web::Language::from_embedded("en");
  web::Hooks hooks;
  hooks.clock = system_clock();
  hooks.today = [](Moment now) { return date_in_zone(now, "Europe/London"); };
  hooks.language = [](const web::Request&) {
    return std::shared_ptr<const web::Language>(std::shared_ptr<void>(), &language);
  };
  hooks.frame = [](const web::Request&) { return web::Frame{}; };
  hooks.sign_in_of = [](const std::string&, Moment) { return std::nullopt; };
  hooks.log = [](const std::string&) {};
  return hooks;
}

// The least a server of Beast can be: no deadlines, no limits, no routes, no drawing.
class BareServer {
 public:
  explicit BareServer(std::size_t body_length)
      : body_(body_length, 'x'), acceptor_(context_, {asio::ip::address_v4::loopback(), 0}) {
    asio::co_spawn(context_, accept(), asio::detached);
    for (int i = 0; i < 2; ++i) threads_.emplace_back([this] { context_.run(); });
  }
  ~BareServer() {
    context_.stop();
    for (auto& thread : threads_) thread.join();
  }
  std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

 private:
  asio::awaitable<void> accept() {
    while (true) {
      auto socket = co_await acceptor_.async_accept(asio::make_strand(context_), asio::use_awaitable);
      auto executor = socket.get_executor();
      asio::co_spawn(executor, serve(boost::beast::tcp_stream(std::move(socket))), asio::detached);
    }
  }
  asio::awaitable<void> serve(boost::beast::tcp_stream stream) {
    boost::beast::flat_buffer buffer;
    boost::system::error_code ec;
    while (!ec) {
      http::request<http::string_body> request;
      co_await http::async_read(stream, buffer, request, asio::redirect_error(asio::use_awaitable, ec));
      if (ec) break;
      http::response<http::string_body> response(http::status::ok, request.version(), body_);
      response.set(http::field::content_type, "text/html; charset=utf-8");
      response.keep_alive(request.keep_alive());
      response.prepare_payload();
      co_await http::async_write(stream, response, asio::redirect_error(asio::use_awaitable, ec));
    }
  }

  std::string body_;
  asio::io_context context_{2};
  Tcp::acceptor acceptor_;
  std::vector<std::thread> threads_;
};

struct Measured {
  double requests_a_second = 0;
  std::string slowest_of_a_hundred;   // as wrk writes it: "8.40ms"
  double processor_microseconds = 0;  // of this program, for each request
  bool failed = false;                // wrk told of an error, or of a reply that was none
};

// The processor time of this program so far, without that of wrk.
double processor_microseconds() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  return static_cast<double>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1e6 +
         static_cast<double>(used.ru_utime.tv_usec + used.ru_stime.tv_usec);
}

Measured load(std::uint16_t port, int seconds) {
  const auto command = fmt::format(
      "wrk --threads 1 --connections 64 --duration {}s --latency http://localhost:{}/workers", seconds, port);
  Measured measured;
  const auto before = processor_microseconds();
  double requests = 0;
  std::FILE* output = ::popen(command.c_str(), "r");
  if (!output) return measured;
  char line[512];
  while (std::fgets(line, sizeof line, output)) {
    const std::string text(line);
    if (const auto at = text.find("Requests/sec:"); at != std::string::npos)
      measured.requests_a_second = std::atof(line + at + 13);
    if (text.find(" requests in ") != std::string::npos) requests = std::atof(line);
    if (const auto at = text.find(" 99% "); at != std::string::npos)
      measured.slowest_of_a_hundred = text.substr(at + 5);
    measured.failed =
        measured.failed || text.find("Non-2xx") != std::string::npos || text.find("Socket errors") != std::string::npos;
  }
  ::pclose(output);
  if (requests > 0) measured.processor_microseconds = (processor_microseconds() - before) / requests;
  auto& words = measured.slowest_of_a_hundred;
  words.erase(std::remove_if(words.begin(), words.end(), [](char c) { return c == ' ' || c == '\n'; }), words.end());
  return measured;
}

Measured median(std::vector<Measured> all) {
  std::sort(all.begin(), all.end(),
            [](const auto& a, const auto& b) { return a.requests_a_second < b.requests_a_second; });
  return all[all.size() / 2];
}

}  // namespace

int main(int count, char** words) {
  if (std::system("command -v wrk >/dev/null") != 0) {
    fmt::print(stderr, "wrk is not installed: nothing measured\n");
    return 0;
  }
  const int seconds = count > 1 ? std::atoi(words[1]) : 3;
  start_secrets();
  web::Routes routes;
  routes.get("/workers", {"public_page", policy::Action::read, {Role::anyone}}, list_page);
  web::ServerSettings settings;
  settings.port = 0;
  web::Server server(settings, std::move(routes), policy::Policy::from_toml(policy_text), hooks());
  std::thread serving([&server] { server.run(); });

  web::Request request;
  const auto all_hooks = hooks();
  request.speak(all_hooks.language(request));
  const auto length = list_page(request).body.size();
  std::vector<Measured> ours;
  std::vector<Measured> bare;
  {
    const BareServer peer(length);
    for (int i = 0; i < rounds; ++i) {
      bare.push_back(load(peer.port(), seconds));
      ours.push_back(load(server.port(), seconds));
    }
  }
  server.stop();
  serving.join();
  const auto one = median(ours);
  const auto other = median(bare);
  fmt::print(
      "| list of {} rows ({} bytes) drawn from memory, 64 connections | at least 7800/s | {:.0f}/s, {:.0f} us of "
      "processor each, 99 in 100 under {}{} |\n",
      rows_shown, length, one.requests_a_second, one.processor_microseconds, one.slowest_of_a_hundred,
      one.failed ? ", with errors" : "");
  fmt::print("| the same beside a bare Beast server that draws nothing ({:.0f}/s, {:.0f} us) | - | {:.2f} |\n",
             other.requests_a_second, other.processor_microseconds, one.requests_a_second / other.requests_a_second);
  return one.failed ? 1 : 0;
}
