// SPDX-License-Identifier: Apache-2.0
#include "app/operator_socket.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <nlohmann/json.hpp>
#include <thread>
#include <utility>

#include "base/stop.hpp"
#include "jobs/pool.hpp"

namespace cairn::app {
namespace {

using jobs::Ended;

constexpr std::string_view version = CAIRN_VERSION;
constexpr std::size_t longest_message = 1024 * 1024;
constexpr int running = 2;
constexpr std::size_t waiting = 16;
constexpr int patience_seconds = 5;  // for a client to say what it wants

class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  int number() const { return number_; }
  explicit operator bool() const { return number_ >= 0; }

 private:
  int number_;
};

// The address of DATA/socket. A path of any length fits: the folder is named through its open number, which must stay
// open.
sockaddr_un address_in(const Descriptor& folder) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string path = "/proc/self/fd/" + std::to_string(folder.number()) + "/socket";
  std::memcpy(static_cast<char*>(address.sun_path), path.c_str(), path.size() + 1);
  return address;
}

const sockaddr* plain(const sockaddr_un& address) {
  return static_cast<const sockaddr*>(static_cast<const void*>(&address));
}

bool send_all(int socket, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

// All until the other end stops sending; nothing for more than longest_message or a failure. An end that hung up
// without reading what it was sent has still said what it said.
std::optional<std::string> receive_all(int socket) {
  std::string bytes;
  std::array<char, 4096> piece{};
  for (;;) {
    const auto count = ::recv(socket, piece.data(), piece.size(), 0);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0 && errno == ECONNRESET && !bytes.empty()) return bytes;
    if (count < 0) return {};
    if (count == 0) return bytes;
    bytes.append(piece.data(), static_cast<std::size_t>(count));
    if (bytes.size() > longest_message) return {};
  }
}

// One byte, and with it the three open files.
bool send_streams(int socket) {
  const std::array<int, 3> numbers{STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof numbers)> control{};
  char byte = ' ';
  iovec bytes{&byte, 1};
  msghdr message{};
  message.msg_iov = &bytes;
  message.msg_iovlen = 1;
  message.msg_control = control.data();
  message.msg_controllen = control.size();
  cmsghdr* header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(sizeof numbers);
  std::memcpy(CMSG_DATA(header), numbers.data(), sizeof numbers);
  return ::sendmsg(socket, &message, MSG_NOSIGNAL) == 1;
}

std::optional<std::array<Descriptor, 3>> receive_streams(int socket) {
  std::array<int, 3> numbers{-1, -1, -1};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof numbers)> control{};
  char byte = 0;
  iovec bytes{&byte, 1};
  msghdr message{};
  message.msg_iov = &bytes;
  message.msg_iovlen = 1;
  message.msg_control = control.data();
  message.msg_controllen = control.size();
  if (::recvmsg(socket, &message, MSG_CMSG_CLOEXEC) != 1) return {};
  const cmsghdr* header = CMSG_FIRSTHDR(&message);
  if (!header || header->cmsg_type != SCM_RIGHTS || header->cmsg_len != CMSG_LEN(sizeof numbers)) return {};
  std::memcpy(numbers.data(), CMSG_DATA(header), sizeof numbers);
  return std::array{Descriptor(numbers[0]), Descriptor(numbers[1]), Descriptor(numbers[2])};
}

bool is_one_of_us(int socket) {
  ucred who{};
  socklen_t size = sizeof who;
  return ::getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &who, &size) == 0 && (who.uid == ::geteuid() || who.uid == 0);
}

void answer(int socket, const Told& told) {
  send_all(socket, nlohmann::json{{"problem", told.problem}, {"ended", static_cast<int>(told.ended)}}.dump());
}

// What a client wants done, from the first byte to the last.
void serve_one(int socket, const OperatorSocket::Run& run) {
  const timeval patience{patience_seconds, 0};
  ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  const auto streams = receive_streams(socket);
  const auto message = streams ? receive_all(socket) : std::nullopt;
  if (!message) return;
  const auto said = nlohmann::json::parse(*message, nullptr, false);
  if (!said.is_object() || said.value("version", "") != version)
    return answer(socket, {Ended::world, "command.server_other_version"});
  Asked asked{said.value("words", std::vector<std::string>()), said.value("folder", "")};
  const auto ended = run(asked, {(*streams)[0].number(), (*streams)[1].number(), (*streams)[2].number()});
  answer(socket, {ended, ""});
}

// The pool's work must not throw: a message that is no message gets no answer.
void serve_quietly(int socket, const OperatorSocket::Run& run) {
  try {
    serve_one(socket, run);
  } catch (const std::exception&) {
    ::shutdown(socket, SHUT_RDWR);
  }
}

}  // namespace

std::optional<Told> ask_the_server(const std::string& data_folder, const Asked& asked) {
  const Descriptor folder(::open(data_folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  if (!folder) return {};
  const Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const auto address = address_in(folder);
  if (!socket || ::connect(socket.number(), plain(address), sizeof address) != 0) return {};
  const nlohmann::json said{{"version", version}, {"words", asked.words}, {"folder", asked.folder}};
  const auto message = said.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  // A server that is busy answers without listening, so a failure to send does not mean there is no answer.
  if (send_streams(socket.number())) send_all(socket.number(), message);
  ::shutdown(socket.number(), SHUT_WR);
  const auto answered = receive_all(socket.number());
  const auto told = nlohmann::json::parse(answered.value_or(""), nullptr, false);
  if (!told.is_object()) return Told{Ended::world, "command.server_went_away"};
  return Told{static_cast<Ended>(told.value("ended", static_cast<int>(Ended::world))), told.value("problem", "")};
}

struct OperatorSocket::Inside {
  Run run;
  Descriptor folder;
  Descriptor listening;
  Descriptor wake_read;
  Descriptor wake_write;
  std::optional<jobs::Pool> pool;
  std::thread accepting;

  void accept_until_woken() {
    for (;;) {
      std::array<pollfd, 2> watched{pollfd{listening.number(), POLLIN, 0}, pollfd{wake_read.number(), POLLIN, 0}};
      if (::poll(watched.data(), watched.size(), -1) < 0 && errno != EINTR) return;
      if (watched[1].revents != 0) return;
      if (watched[0].revents == 0) continue;
      auto client = std::make_shared<Descriptor>(::accept4(listening.number(), nullptr, nullptr, SOCK_CLOEXEC));
      if (!*client || !is_one_of_us(client->number())) continue;
      if (!pool->offer([client, this] { serve_quietly(client->number(), run); }))
        answer(client->number(), {Ended::world, "command.server_busy"});
    }
  }
};

OperatorSocket::OperatorSocket(const std::string& data_folder, Run run) : inside_(std::make_unique<Inside>()) {
  auto& in = *inside_;
  in.run = std::move(run);
  in.folder = Descriptor(::open(data_folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  in.listening = Descriptor(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!in.folder || !in.listening) throw Unavailable("no socket can be made in " + data_folder);
  ::unlinkat(in.folder.number(), "socket", 0);
  const auto address = address_in(in.folder);
  // The mode must be right from the first moment: nobody else may connect before a chmod.
  const auto mask = ::umask(0177);
  const bool bound = ::bind(in.listening.number(), plain(address), sizeof address) == 0;
  ::umask(mask);
  if (!bound || ::listen(in.listening.number(), 16) != 0)
    throw Unavailable("no socket can be made in " + data_folder + ": " + std::strerror(errno));
  std::array<int, 2> pipe{};
  if (::pipe2(pipe.data(), O_CLOEXEC) != 0) throw Unavailable("no pipe for the socket");
  in.wake_read = Descriptor(pipe[0]);
  in.wake_write = Descriptor(pipe[1]);
  in.pool.emplace(running, waiting);
  in.accepting = std::thread([&in] { in.accept_until_woken(); });
}

OperatorSocket::~OperatorSocket() {
  auto& in = *inside_;
  ::unlinkat(in.folder.number(), "socket", 0);
  in.wake_write = Descriptor();
  if (in.accepting.joinable()) in.accepting.join();
  in.pool.reset();
}

}  // namespace cairn::app
