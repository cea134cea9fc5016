// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace cairn::tests {

// The built program.
inline std::string program() {
  return std::string(CAIRN_BINARY_DIR) + "/cairn";
}

struct Ran {
  int status = -1;  // the exit code; 128 and the signal's number where a signal ended it
  std::string out;
  std::string err;
};

// The program running beside the tests. Ended with the object, and with the test program however that ends.
class Running {
 public:
  Running(const std::vector<std::string>& words, const std::string& folder, const std::string& input = "") {
    std::array<int, 2> in{};
    if (pipe2(in.data(), O_CLOEXEC) != 0 || pipe2(out_.data(), O_CLOEXEC) != 0 || pipe2(err_.data(), O_CLOEXEC) != 0)
      throw std::runtime_error("no pipe");
    pid_ = fork();
    if (pid_ == 0) become(words, folder, in[0]);
    close(in[0]);
    close(out_[1]);
    close(err_[1]);
    [[maybe_unused]] const auto written = write(in[1], input.data(), input.size());
    close(in[1]);
  }
  ~Running() {
    if (pid_ > 0) {
      kill(pid_, SIGKILL);
      waitpid(pid_, nullptr, 0);
    }
    close(out_[0]);
    close(err_[0]);
  }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

  // Waits until standard output holds `words`, at most a minute. All that was written until then.
  const std::string& until(const std::string& words) {
    while (ran_.out.find(words) == std::string::npos)
      if (!read_some(60000)) throw std::runtime_error("it ended, or never said " + words + ": " + ran_.out + ran_.err);
    return ran_.out;
  }
  // The port in "http://localhost:8080".
  std::string port() {
    until("Cairn is at ");
    until("\n");
    const auto start = ran_.out.find("localhost:", ran_.out.find("Cairn is at ")) + 10;
    return ran_.out.substr(start, ran_.out.find('\n', start) - start);
  }
  void signal(int number) const { kill(pid_, number); }
  pid_t pid() const { return pid_; }
  // Waits until it has ended.
  Ran end() {
    while (read_some(60000)) {
    }
    int status = 0;
    waitpid(pid_, &status, 0);
    pid_ = -1;
    ran_.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return ran_;
  }

 private:
  [[noreturn]] void become(const std::vector<std::string>& words, const std::string& folder, int in) const {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    dup2(in, STDIN_FILENO);
    dup2(out_[1], STDOUT_FILENO);
    dup2(err_[1], STDERR_FILENO);
    const auto path = program();
    std::vector<char*> arguments{const_cast<char*>(path.c_str())};
    for (const auto& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    if (chdir(folder.c_str()) == 0) execv(path.c_str(), arguments.data());
    _exit(127);
  }
  // False once both are closed.
  bool read_some(int milliseconds) {
    std::array<pollfd, 2> watched{pollfd{out_open_ ? out_[0] : -1, POLLIN, 0},
                                  pollfd{err_open_ ? err_[0] : -1, POLLIN, 0}};
    if (!out_open_ && !err_open_) return false;
    if (poll(watched.data(), watched.size(), milliseconds) <= 0) throw std::runtime_error("the program says nothing");
    if (watched[0].revents != 0) out_open_ = take(out_[0], ran_.out);
    if (watched[1].revents != 0) err_open_ = take(err_[0], ran_.err);
    return true;
  }
  static bool take(int from, std::string& into) {
    std::array<char, 65536> piece{};
    const auto count = read(from, piece.data(), piece.size());
    if (count > 0) into.append(piece.data(), static_cast<std::size_t>(count));
    return count > 0;
  }

  std::array<int, 2> out_{};
  std::array<int, 2> err_{};
  bool out_open_ = true;
  bool err_open_ = true;
  pid_t pid_ = -1;
  Ran ran_;
};

// Runs the program from beginning to end.
inline Ran run(const std::vector<std::string>& words, const std::string& folder, const std::string& input = "") {
  return Running(words, folder, input).end();
}

inline void write_file(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}
inline std::string read_file(const std::string& path) {
  std::ostringstream bytes;
  bytes << std::ifstream(path, std::ios::binary).rdbuf();
  return bytes.str();
}

}  // namespace cairn::tests
