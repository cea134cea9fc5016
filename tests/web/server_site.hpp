// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "base/secret.hpp"
#include "base/text.hpp"
#include "web/layout.hpp"
#include "web/server.hpp"
#include "web/static_files.hpp"

namespace cairn::tests {

// What came back over a socket, read to the end of one reply.
struct RawReply {
  int status = 0;  // 0: none came
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  bool broken = false;  // it ended before its length

  std::string header(std::string_view name) const {
    for (const auto& [known, value] : headers)
      if (known == lower(name)) return value;
    return "";
  }
  std::size_t count(std::string_view name) const {
    std::size_t n = 0;
    for (const auto& [known, value] : headers) n += known == lower(name) ? 1U : 0U;
    return n;
  }
};

// A client that writes what it is told, byte for byte.
class Client {
 public:
  explicit Client(std::uint16_t port, int patience_seconds = 10) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    const timeval patience{patience_seconds, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = ::connect(socket_, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0;
  }
  Client(Client&& other) noexcept
      : socket_(std::exchange(other.socket_, -1)), connected_(other.connected_), in_(std::move(other.in_)) {}
  Client& operator=(Client&&) = delete;
  ~Client() {
    if (socket_ >= 0) ::close(socket_);
  }

  bool connected() const { return connected_; }
  int descriptor() const { return socket_; }
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }
  // True when the other side has closed and nothing is left to read.
  bool closed() { return in_.empty() && !more(); }
  std::string until(std::string_view mark) {
    auto at = in_.find(mark);
    while (at == std::string::npos && more()) at = in_.find(mark);
    return take(at == std::string::npos ? in_.size() : at + mark.size());
  }
  RawReply reply(bool head_only = false) {
    RawReply reply;
    const auto head = until("\r\n\r\n");
    if (head.size() < 12) return reply;
    reply.status = std::stoi(head.substr(9, 3));
    for (const auto line : split(head, '\n')) {
      const auto colon = line.find(':');
      if (colon == std::string_view::npos) continue;
      reply.headers.emplace_back(lower(line.substr(0, colon)), std::string(trimmed(line.substr(colon + 1))));
    }
    if (reply.status == 100 || reply.status == 304 || head_only) return reply;
    if (reply.header("transfer-encoding") == "chunked") {
      read_chunks(reply);
    } else if (const auto length = whole_number(reply.header("content-length"))) {
      reply.body = exactly(static_cast<std::size_t>(*length));
      reply.broken = reply.body.size() != static_cast<std::size_t>(*length);
    } else {
      while (more()) {
      }
      reply.body = take(in_.size());
    }
    return reply;
  }

 private:
  bool more() {
    std::array<char, 16384> buffer{};
    const auto count = ::recv(socket_, buffer.data(), buffer.size(), 0);
    if (count <= 0) return false;
    in_.append(buffer.data(), static_cast<std::size_t>(count));
    return true;
  }
  std::string take(std::size_t count) {
    auto bytes = in_.substr(0, count);
    in_.erase(0, count);
    return bytes;
  }
  std::string exactly(std::size_t count) {
    while (in_.size() < count && more()) {
    }
    return take(std::min(count, in_.size()));
  }
  void read_chunks(RawReply& reply) {
    while (true) {
      const auto line = until("\r\n");
      if (line.size() < 3) {
        reply.broken = true;
        return;
      }
      const auto size = std::stoul(line, nullptr, 16);
      reply.body += exactly(size);
      if (until("\r\n") != "\r\n") reply.broken = true;
      if (size == 0 || reply.broken) return;
    }
  }

  int socket_;
  bool connected_ = false;
  std::string in_;
};

inline constexpr const char* site_policy = R"toml(
[[record]]
name = "public_page"
says = "Open to everybody."
[record.allow]
read = ["anyone"]
create = ["anyone"]

[[record]]
name = "study"
says = "What leads work with."
[record.allow]
list = ["lead"]
read = ["lead"]
create = ["lead"]
)toml";

inline const web::Allow anybody_reads{"public_page", policy::Action::read, {Role::anyone}};
inline const web::Allow anybody_posts{"public_page", policy::Action::create, {Role::anyone}};
inline const web::Allow leads_read{"study", policy::Action::read, {Role::lead}};
inline const web::Allow leads_post{"study", policy::Action::create, {Role::lead}};

inline const web::Language& site_language() {
  static const web::Language language = web::Language::from_embedded("en");
  return language;
}

inline web::Reply plain(std::string text) {
  web::Reply reply;
  reply.content_type = "text/plain; charset=utf-8";
  reply.body = std::move(text);
  return reply;
}

// A server in this process with a handful of pages; two people may sign in: the cookies "lead-token" and
// "trainer-token".
class Site {
 public:
  explicit Site(web::ServerSettings settings = {}, const std::function<void(web::Routes&)>& more = {}) {
    start_secrets();
    settings.port = 0;
    web::Routes routes;
    add_pages(routes);
    if (more) more(routes);
    server_ =
        std::make_unique<web::Server>(settings, std::move(routes), policy::Policy::from_toml(site_policy), hooks());
    thread_ = std::thread([this] { server_->run(); });
  }
  ~Site() { stop(); }

  std::uint16_t port() const { return server_->port(); }
  Client client() const { return Client(port()); }
  web::Server& server() { return *server_; }
  void stop() {
    server_->stop();
    if (thread_.joinable()) thread_.join();
  }
  void wait_until_stopped() { thread_.join(); }

  // One request on a connection of its own. `headers` are lines, each with its CRLF.
  RawReply get(const std::string& target, const std::string& headers = "") const {
    auto one = client();
    one.send("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n");
    return one.reply();
  }
  RawReply post(const std::string& target, const std::string& body, const std::string& headers) const {
    auto one = client();
    one.send(post_text(target, body, headers));
    return one.reply();
  }
  static std::string post_text(const std::string& target, const std::string& body, const std::string& headers) {
    const auto length = std::to_string(body.size());
    return "POST " + target + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + length + "\r\n" + headers + "\r\n" +
           body;
  }
  std::vector<std::string> log() const {
    const std::lock_guard lock(mutex_);
    return log_;
  }
  // The line of a request comes after its reply has gone, so this waits for it.
  bool logged(std::string_view words) const {
    for (int i = 0; i < 1000 && !log_holds(words); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    return log_holds(words);
  }
  bool log_holds(std::string_view words) const {
    for (const auto& line : log())
      if (line.find(words) != std::string::npos) return true;
    return false;
  }

  std::atomic<int> calls{0};  // of the acts of /echo and /study
  std::function<web::Frame(const web::Request&)> frame = [](const web::Request&) { return web::Frame{}; };

 private:
  void add_pages(web::Routes& routes) {
    routes.get("/", anybody_reads, [](const web::Request&) { return plain("front"); });
    routes.get("/who/{name}", anybody_reads,
               [](const web::Request& request) { return plain(request.parameters.at("name")); });
    routes.post("/echo", anybody_posts, [this](const web::Request& request) {
      ++calls;
      auto all = request.body;
      for (const auto& [name, value] : request.form.all()) all += name + "=" + value + ";";
      for (const auto& upload : request.uploads)
        all += upload.file_name + ":" + std::to_string(upload.bytes.size()) + ";";
      return plain(all);
    });
    routes.post(
        "/upload", leads_post,
        [](const web::Request& request) { return plain(std::to_string(request.uploads.at(0).bytes.size())); },
        web::Pace::quick, 20 * 1024 * 1024);
    routes.get("/study/{study}", leads_read, [](const web::Request& request) -> web::Reply {
      if (request.parameters.at("study") != "mine") throw NotFound("no such study");
      web::PageContent page;
      page.title = "Mine";
      return web::answer(request, page, {{"title", "Mine"}});
    });
    routes.post("/study", leads_post, [this](const web::Request& request) {
      ++calls;
      return web::go_to(request, "/study/mine");
    });
  }

  web::Hooks hooks() {
    web::Hooks hooks;
    hooks.clock = [] { return Moment{1'772'528'700'000}; };
    hooks.today = [](Moment) { return Date{2026, 3, 3}; };
    hooks.language = [](auto&) { return std::make_shared<const web::Language>(site_language()); };
    hooks.frame = [this](const web::Request& request) { return frame(request); };
    hooks.sign_in_of = [](const std::string& token, Moment) -> std::optional<web::SignedIn> {
      if (token == "unlucky") throw Unavailable("the database is away");
      if (token != "lead-token" && token != "trainer-token") return std::nullopt;
      const auto role = token == "lead-token" ? Role::lead : Role::trainer;
      return web::SignedIn{{"account", "programme", {{role, {}, {}, {}}}}, "session", "Sam", "forgery"};
    };
    hooks.log = [this](const std::string& line) {
      const std::lock_guard lock(mutex_);
      log_.push_back(line);
    };
    return hooks;
  }

  mutable std::mutex mutex_;
  std::vector<std::string> log_;
  std::unique_ptr<web::Server> server_;
  std::thread thread_;
};

inline const std::string ours = "Sec-Fetch-Site: same-origin\r\n";
inline const std::string form_type = "Content-Type: application/x-www-form-urlencoded\r\n";
inline const std::string as_lead = "Cookie: __Host-cairn=lead-token\r\n";
inline const std::string as_trainer = "Cookie: __Host-cairn=trainer-token\r\n";

}  // namespace cairn::tests
