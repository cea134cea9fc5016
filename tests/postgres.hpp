// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fcntl.h>
#include <grp.h>
#include <libpq-fe.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "temporary_folder.hpp"

namespace cairn::tests {

// A PostgreSQL of the tests' own: made by initdb with page checksums in a temporary folder, reached by a socket there
// and by nothing else, never Debian's own cluster. Removed with the object, and stopped with the test program however
// that ends.
class PostgresServer {
 public:
  PostgresServer() {
    if (geteuid() == 0 && chown(folder_.path().c_str(), postgres().uid, postgres().gid) != 0) fail("cannot chown");
    wait_for(spawn({"initdb", "-k", "-D", data(), "-U", "cairn", "-A", "trust", "-E", "UTF8", "--locale=C"}), "initdb");
    start();
  }
  ~PostgresServer() {
    if (pid_ > 0) stop();
  }
  PostgresServer(const PostgresServer&) = delete;
  PostgresServer& operator=(const PostgresServer&) = delete;

  bool is_running() const { return pid_ > 0; }
  // Returns when it answers.
  void start() {
    pid_ = spawn({"postgres", "-D", data(), "-k", folder_.path(), "-h", "", "-c", "max_connections=150"});
    for (int tries = 0; tries < 1500; ++tries) {
      if (PQping(address("postgres").c_str()) == PQPING_OK) return;
      if (waitpid(pid_, nullptr, WNOHANG) == pid_) break;
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    fail("PostgreSQL did not start; see " + log());
  }
  // Stops it at once, as a crash would: connections break, and the next start recovers from its log.
  void stop() { end(SIGQUIT); }
  // Stops it in order, with everything in its files.
  void stop_cleanly() { end(SIGINT); }
  // A libpq address for one database of it.
  std::string address(const std::string& database) const {
    return "postgresql:///" + database + "?host=" + folder_.path() + "&user=cairn";
  }
  // Runs statements outside the program, as the owner of everything. Returns the first value of the last answer, or "".
  std::string run(const std::string& database, const std::string& sql) const {
    const std::unique_ptr<PGconn, void (*)(PGconn*)> connection(PQconnectdb(address(database).c_str()), PQfinish);
    const std::unique_ptr<PGresult, void (*)(PGresult*)> result(PQexec(connection.get(), sql.c_str()), PQclear);
    const ExecStatusType status = PQresultStatus(result.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) fail(PQerrorMessage(connection.get()));
    return PQntuples(result.get()) > 0 ? PQgetvalue(result.get(), 0, 0) : "";
  }
  // The file a table is kept in.
  std::string file_of(const std::string& database, const std::string& table) const {
    return data() + "/" + run(database, "select pg_relation_filepath('" + table + "')");
  }

 private:
  void end(int signal) {
    kill(pid_, signal);
    waitpid(pid_, nullptr, 0);
    pid_ = -1;
  }
  struct Owner {
    uid_t uid;
    gid_t gid;
  };

  [[noreturn]] static void fail(const std::string& why) {
    throw std::runtime_error("PostgreSQL for the tests: " + why);
  }

  // PostgreSQL refuses to run as root; Debian's package makes the account.
  static Owner postgres() {
    const passwd* entry = getpwnam("postgres");
    if (entry == nullptr) fail("there is no account named postgres");
    return {entry->pw_uid, entry->pw_gid};
  }
  static std::string binaries() {
    std::vector<std::string> found;
    for (const auto& version : std::filesystem::directory_iterator("/usr/lib/postgresql"))
      if (std::filesystem::exists(version.path() / "bin/initdb")) found.push_back(version.path() / "bin");
    if (found.empty()) fail("no /usr/lib/postgresql/*/bin/initdb");
    return *std::max_element(found.begin(), found.end());
  }
  std::string data() const { return folder_.path() + "/data"; }
  std::string log() const { return folder_.path() + "/log"; }

  pid_t spawn(std::vector<std::string> words) const {
    // By its whole path, also for itself: initdb looks for its companions where it was called from.
    words[0] = binaries() + "/" + words[0];
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    const Owner owner = geteuid() == 0 ? postgres() : Owner{geteuid(), getegid()};
    const pid_t parent = getpid();
    const pid_t pid = fork();
    if (pid != 0) return pid;
    if (geteuid() == 0 && (setgroups(1, &owner.gid) != 0 || setgid(owner.gid) != 0 || setuid(owner.uid) != 0))
      _exit(126);
    prctl(PR_SET_PDEATHSIG, SIGQUIT);
    if (getppid() != parent) _exit(126);
    const int out = open(log().c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    dup2(out, STDOUT_FILENO);
    dup2(out, STDERR_FILENO);
    if (chdir("/") != 0) _exit(126);
    execv(words[0].c_str(), arguments.data());
    _exit(127);
  }
  void wait_for(pid_t pid, const std::string& what) const {
    int status = 0;
    if (waitpid(pid, &status, 0) != pid || !WIFEXITED(status) || WEXITSTATUS(status) != 0) fail(what + " failed");
  }

  TemporaryFolder folder_;
  pid_t pid_ = -1;
};

}  // namespace cairn::tests
