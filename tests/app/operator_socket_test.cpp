// SPDX-License-Identifier: Apache-2.0
#include "app/operator_socket.hpp"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <atomic>
#include <cstring>
#include <filesystem>
#include <future>
#include <thread>

#include "temporary_folder.hpp"

namespace cairn::app {
namespace {

using jobs::Ended;

TEST(OperatorSocket, IsNotThereWithoutAServer) {
  const tests::TemporaryFolder folder;
  EXPECT_FALSE(ask_the_server(folder.path(), {{"verify"}, "/"}));
  EXPECT_FALSE(ask_the_server(folder / "nowhere", {{"verify"}, "/"}));
}

TEST(OperatorSocket, HandsOverWhatWasTypedAndItsStreams) {
  const tests::TemporaryFolder folder;
  Asked heard;
  bool open = false;
  const OperatorSocket socket(folder.path(), [&](const Asked& asked, const Streams& streams) {
    heard = asked;
    struct stat ignored{};
    open = fstat(streams.in, &ignored) == 0 && fstat(streams.out, &ignored) == 0 && fstat(streams.err, &ignored) == 0 &&
           streams.out != STDOUT_FILENO;
    return Ended::refused;
  });
  const auto told = ask_the_server(folder.path(), {{"account", "add", "--name", "Zoë \"Q\"", ""}, "/some/where"});
  ASSERT_TRUE(told);
  EXPECT_EQ(told->ended, Ended::refused);
  EXPECT_EQ(told->problem, "");
  EXPECT_EQ(heard.words, (std::vector<std::string>{"account", "add", "--name", "Zoë \"Q\"", ""}));
  EXPECT_EQ(heard.folder, "/some/where");
  EXPECT_TRUE(open);
}

TEST(OperatorSocket, IsTheOwnersAloneAndGoesWithTheServer) {
  const tests::TemporaryFolder folder;
  {
    const OperatorSocket socket(folder.path(), [](const Asked&, const Streams&) { return Ended::done; });
    struct stat found{};
    ASSERT_EQ(stat((folder / "socket").c_str(), &found), 0);
    EXPECT_TRUE(S_ISSOCK(found.st_mode));
    EXPECT_EQ(found.st_mode & 0777U, 0600U);
  }
  EXPECT_FALSE(std::filesystem::exists(folder / "socket"));
}

TEST(OperatorSocket, ReplacesOneThatWasLeftLying) {
  const tests::TemporaryFolder folder;
  {
    // As a killed server leaves it: bound, and nobody listens any more.
    const int dead = ::socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, (folder / "socket").c_str(), sizeof address.sun_path - 1);
    ASSERT_EQ(::bind(dead, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    ::close(dead);
  }
  EXPECT_FALSE(ask_the_server(folder.path(), {{"verify"}, "/"}));
  const OperatorSocket socket(folder.path(), [](const Asked&, const Streams&) { return Ended::done; });
  EXPECT_TRUE(ask_the_server(folder.path(), {{"verify"}, "/"}));
}

TEST(OperatorSocket, WorksInAFolderWithALongName) {
  const tests::TemporaryFolder top;
  const auto folder = top / std::string(200, 'd');
  std::filesystem::create_directory(folder);
  const OperatorSocket socket(folder, [](const Asked&, const Streams&) { return Ended::done; });
  EXPECT_TRUE(ask_the_server(folder, {{"verify"}, "/"}));
}

TEST(OperatorSocket, SaysSoWhereTooManyCommandsWait) {
  const tests::TemporaryFolder folder;
  std::promise<void> go_on;
  const auto may_go_on = go_on.get_future().share();
  std::atomic<int> done = 0;
  std::atomic<int> busy = 0;
  {
    const OperatorSocket socket(folder.path(), [&](const Asked&, const Streams&) {
      may_go_on.wait();
      return Ended::done;
    });
    std::vector<std::thread> clients;
    for (int i = 0; i < 30; ++i)
      clients.emplace_back([&] {
        const auto told = ask_the_server(folder.path(), {{"verify"}, "/"});
        if (told && told->ended == Ended::done) ++done;
        if (told && told->problem == "command.server_busy") ++busy;
      });
    while (busy < 30 - 18) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    go_on.set_value();
    for (auto& client : clients) client.join();
  }
  EXPECT_EQ(done + busy, 30) << "everybody is told";
  EXPECT_GE(done, 16) << "two run, sixteen wait; those that came before the two began count as waiting";
}

TEST(OperatorSocket, OutlivesAClientThatSaysNothingOfUse) {
  const tests::TemporaryFolder folder;
  std::atomic<int> ran = 0;
  const OperatorSocket socket(folder.path(), [&](const Asked&, const Streams&) {
    ++ran;
    return Ended::done;
  });
  for (const std::string nonsense : {"", " ", "{\"version\":", " {\"version\":1}", " [1,2,3]"}) {
    const int client = ::socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, (folder / "socket").c_str(), sizeof address.sun_path - 1);
    ASSERT_EQ(::connect(client, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    ASSERT_EQ(::send(client, nonsense.data(), nonsense.size(), MSG_NOSIGNAL), static_cast<ssize_t>(nonsense.size()));
    ::shutdown(client, SHUT_WR);
    char byte = 0;
    EXPECT_LE(::recv(client, &byte, 1, 0), 0) << "no answer to nonsense";
    ::close(client);
  }
  EXPECT_EQ(ran, 0);
  EXPECT_TRUE(ask_the_server(folder.path(), {{"verify"}, "/"}));
}

}  // namespace
}  // namespace cairn::app
