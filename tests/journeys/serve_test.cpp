// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <chrono>
#include <nlohmann/json.hpp>
#include <thread>

#include "journeys/program.hpp"
#include "temporary_folder.hpp"
#include "web/server_site.hpp"

// The server and the commands beside it, through the built program.
namespace cairn::tests {
namespace {

using nlohmann::json;

RawReply ask(const std::string& port, const std::string& request_line, const std::string& headers = "",
             const std::string& body = "") {
  Client client(static_cast<std::uint16_t>(std::stoi(port)));
  client.send(request_line + " HTTP/1.1\r\nHost: localhost:" + port + "\r\nConnection: close\r\n" + headers +
              (body.empty() ? ""
                            : "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " +
                                  std::to_string(body.size()) + "\r\n") +
              "\r\n" + body);
  return client.reply();
}

class Serving : public testing::Test {
 protected:
  Ran cairn(const std::vector<std::string>& words, const std::string& input = "") {
    return run(words, folder_.path(), input);
  }
  TemporaryFolder folder_;
};

TEST_F(Serving, AnswersAndStopsInOrder) {
  Running server({"serve", "--port", "0"}, folder_.path());
  const auto port = server.port();
  EXPECT_EQ(ask(port, "GET /health").status, 200);
  EXPECT_EQ(ask(port, "GET /health").body, "ok\n");
  EXPECT_EQ(ask(port, "GET /").header("location"), "/sign-in");
  EXPECT_EQ(ask(port, "GET /sign-in").header("location"), "/setup") << "nobody could sign in yet";
  EXPECT_EQ(ask(port, "GET /setup").status, 200);
  EXPECT_EQ(ask(port, "GET /today").status, 303);
  EXPECT_EQ(ask(port, "GET /setup").body.find("/sign-in/demonstration"), std::string::npos);
  server.signal(SIGTERM);
  const auto ended = server.end();
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_NE(ended.out.find("Nobody can sign in yet"), std::string::npos);
  EXPECT_NE(ended.err.find("GET /health 200"), std::string::npos) << ended.err;
}

TEST_F(Serving, TakesCommandsThroughItsSocket) {
  write_file(folder_ / "password.txt", "seven brass kettles hum\n");
  Running server({"serve", "--port", "0"}, folder_.path());
  const auto port = server.port();
  struct stat socket{};
  ASSERT_EQ(stat((folder_ / "cairn-data/socket").c_str(), &socket), 0);
  EXPECT_EQ(socket.st_mode & 0777U, 0600U);

  EXPECT_EQ(
      cairn({"init", "--organisation", "Riverside", "--email", "lead@example.org", "--password-file", "password.txt"})
          .status,
      0);
  EXPECT_EQ(json::parse(cairn({"account", "list", "--json"}).out)["accounts"].size(), 1U);
  EXPECT_EQ(cairn({"account", "add", "--email", "it@example.org", "--role", "administrator", "--password-file", "-"},
                  "seven brass kettles hum\n")
                .status,
            0)
      << "standard input goes along";
  const auto refused = cairn({"account", "close", "--email", "nobody@example.org"});
  EXPECT_EQ(refused.status, 1);
  EXPECT_NE(refused.err.find("nobody@example.org"), std::string::npos);
  EXPECT_EQ(cairn({"account", "nonsense"}).status, 2);
  EXPECT_EQ(cairn({"backup", "monday.cairn"}).status, 0);
  EXPECT_EQ(access((folder_ / "monday.cairn").c_str(), R_OK), 0) << "paths are meant from where the command was typed";
  EXPECT_EQ(cairn({"verify"}).status, 0);
  EXPECT_EQ(cairn({"migrate"}).status, 0);

  const auto signed_in = ask(port, "POST /sign-in", "Origin: http://localhost:" + port + "\r\n",
                             "email=lead%40example.org&password=seven+brass+kettles+hum");
  EXPECT_EQ(signed_in.status, 303) << "what a command wrote, the server sees";
  server.signal(SIGINT);
  EXPECT_EQ(server.end().status, 0);
  EXPECT_NE(access((folder_ / "cairn-data/socket").c_str(), F_OK), 0) << "the socket goes with the server";
  EXPECT_EQ(json::parse(cairn({"account", "list", "--json"}).out)["accounts"].size(), 2U);
}

TEST_F(Serving, LeavesTheFolderToOneServer) {
  Running server({"serve", "--port", "0"}, folder_.path());
  server.port();
  const auto second = cairn({"serve", "--port", "0"});
  EXPECT_EQ(second.status, 3);
  EXPECT_NE(second.err.find("working on this data folder"), std::string::npos) << second.err;
}

TEST_F(Serving, CommandsGetOverADeadServersSocket) {
  {
    Running server({"serve", "--port", "0"}, folder_.path());
    server.port();
    server.signal(SIGKILL);
    EXPECT_EQ(server.end().status, 128 + SIGKILL);
  }
  EXPECT_EQ(access((folder_ / "cairn-data/socket").c_str(), F_OK), 0) << "it is left lying";
  EXPECT_EQ(cairn({"account", "list"}).status, 0);
  Running again({"serve", "--port", "0"}, folder_.path());
  again.port();
  EXPECT_EQ(cairn({"account", "list"}).status, 0);
}

TEST_F(Serving, ACommandWaitsForTheFolderToBeLetGo) {
  ASSERT_EQ(cairn({"init"}).status, 0);
  const int lock = open((folder_ / "cairn-data/lock").c_str(), O_RDWR | O_CLOEXEC);
  ASSERT_GE(lock, 0);
  ASSERT_EQ(flock(lock, LOCK_EX), 0);
  Running waiting({"account", "list"}, folder_.path());
  std::this_thread::sleep_for(std::chrono::milliseconds(500));
  EXPECT_EQ(kill(waiting.pid(), 0), 0);
  close(lock);
  EXPECT_EQ(waiting.end().status, 0);
}

TEST_F(Serving, RefusesAPortThatIsTaken) {
  Running server({"serve", "--port", "0"}, folder_.path());
  const auto second = cairn({"serve", "--data", "other", "--port", server.port()});
  EXPECT_EQ(second.status, 3) << second.err;
}

TEST_F(Serving, ShowsTheDemonstrationToAnybody) {
  Running server({"demo", "--port", "0"}, folder_.path());
  const auto port = server.port();
  const auto page = ask(port, "GET /sign-in");
  EXPECT_NE(page.body.find("/sign-in/demonstration"), std::string::npos);
  EXPECT_NE(page.body.find("made-up"), std::string::npos) << "the stripe that says so";
  const auto in =
      ask(port, "POST /sign-in/demonstration", "Sec-Fetch-Site: same-origin\r\n", "as=robin%40larkmoor.example&next=");
  ASSERT_EQ(in.status, 303) << in.body;
  const auto cookie = in.header("set-cookie").substr(0, in.header("set-cookie").find(';'));
  for (const auto* path : {"/today", "/studies", "/structure", "/account", "/privacy"}) {
    const auto shown = ask(port, std::string("GET ") + path, "Cookie: " + cookie + "\r\n");
    EXPECT_EQ(shown.status, 200) << path;
    EXPECT_NE(shown.body.find("Robin Marsh"), std::string::npos) << path;
  }
  server.signal(SIGTERM);
  EXPECT_EQ(server.end().status, 0);
  Running again({"demo", "--port", "0"}, folder_.path());
  const auto told = again.port();
  EXPECT_EQ(again.until("\n").find("Making"), std::string::npos) << "made once";
  EXPECT_EQ(ask(told, "GET /health").status, 200);
}

TEST_F(Serving, RefusesToDemonstrateOverAProgrammeInEarnest) {
  write_file(folder_ / "password.txt", "seven brass kettles hum\n");
  ASSERT_EQ(
      cairn({"init", "--organisation", "Riverside", "--email", "lead@example.org", "--password-file", "password.txt"})
          .status,
      0);
  const auto ran = cairn({"demo", "--data", "cairn-data", "--port", "0"});
  EXPECT_EQ(ran.status, 1) << ran.err;
  EXPECT_NE(ran.err.find("not the demonstration"), std::string::npos);
}

}  // namespace
}  // namespace cairn::tests
