// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace cairn::tests {

// A mail server on this machine that says what it is told to: for what a real one does only on its bad days. Answers
// one connection after the other. tests/faults/mail_test.py speaks to a real one.
class ScriptedMailServer {
 public:
  // The answer to a line of the client, "" for none. Greetings and the dot at the end of a text are asked as "CONNECT"
  // and ".".
  using Script = std::function<std::string(const std::string& line)>;

  explicit ScriptedMailServer(Script script) : script_(std::move(script)) {
    listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof at;
    if (bind(listener_, reinterpret_cast<sockaddr*>(&at), length) != 0 || listen(listener_, 8) != 0 ||
        getsockname(listener_, reinterpret_cast<sockaddr*>(&at), &length) != 0)
      throw std::runtime_error("no port for a mail server");
    port_ = ntohs(at.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  ~ScriptedMailServer() {
    ending_ = true;
    thread_.join();
    close(listener_);
  }
  ScriptedMailServer(const ScriptedMailServer&) = delete;
  ScriptedMailServer& operator=(const ScriptedMailServer&) = delete;

  std::string address() const { return "smtp://127.0.0.1:" + std::to_string(port_); }
  // What came as text, whole letters only.
  std::vector<std::string> letters() const {
    const std::lock_guard lock(mutex_);
    return letters_;
  }
  // Every line the client said, but the text.
  std::vector<std::string> lines() const {
    const std::lock_guard lock(mutex_);
    return lines_;
  }

  // Takes everything.
  static std::string polite(const std::string& line) {
    if (line == "CONNECT") return "220 here\r\n";
    if (line == "DATA") return "354 go on\r\n";
    if (line == "QUIT") return "221 bye\r\n";
    return "250 ok\r\n";
  }

 private:
  bool wait_for(int handle) const {
    pollfd one{handle, POLLIN, 0};
    while (!ending_)
      if (poll(&one, 1, 20) > 0) return true;
    return false;
  }

  void serve() {
    while (wait_for(listener_)) {
      const int client = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
      if (client < 0) continue;
      talk(client);
      close(client);
    }
  }

  void talk(int client) {
    std::string text;
    bool in_text = false;
    std::string said;
    if (!answer(client, "CONNECT")) return;
    std::array<char, 4096> bytes{};
    while (wait_for(client)) {
      const auto count = recv(client, bytes.data(), bytes.size(), 0);
      if (count <= 0) return;
      said.append(bytes.data(), static_cast<std::size_t>(count));
      for (auto end = said.find("\r\n"); end != std::string::npos; end = said.find("\r\n")) {
        const auto line = said.substr(0, end);
        said.erase(0, end + 2);
        if (in_text && line != ".") {
          text += line + "\r\n";
          continue;
        }
        if (!in_text) keep(lines_, line);
        const auto reply = script_(line);
        if (in_text && reply.starts_with("2")) keep(letters_, text);
        if (in_text) text.clear();
        in_text = line == "DATA" && reply.starts_with("3");
        if (!send_all(client, reply)) return;
      }
    }
  }

  bool answer(int client, const std::string& line) { return send_all(client, script_(line)); }
  static bool send_all(int client, const std::string& bytes) {
    return bytes.empty() || send(client, bytes.data(), bytes.size(), MSG_NOSIGNAL) > 0;
  }
  void keep(std::vector<std::string>& list, const std::string& one) {
    const std::lock_guard lock(mutex_);
    list.push_back(one);
  }

  const Script script_;
  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::atomic<bool> ending_ = false;
  mutable std::mutex mutex_;
  std::vector<std::string> letters_;
  std::vector<std::string> lines_;
  std::thread thread_;
};

}  // namespace cairn::tests
