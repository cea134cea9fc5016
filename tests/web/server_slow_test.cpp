// SPDX-License-Identifier: Apache-2.0
#include <chrono>
#include <condition_variable>
#include <string>
#include <thread>
#include <vector>

#include "web/server_site.hpp"

namespace cairn::tests {
namespace {

using std::chrono::milliseconds;

web::ServerSettings impatient() {
  web::ServerSettings settings;
  settings.header_time = milliseconds(200);
  settings.idle_time = milliseconds(200);
  settings.write_time = milliseconds(200);
  return settings;
}

void send_slowly(Client& client, std::string_view bytes) {
  for (const char c : bytes) {
    if (!client.send(std::string_view(&c, 1))) return;
    std::this_thread::sleep_for(milliseconds(20));
  }
}

TEST(SlowClients, AreCutOffWhenTheirHeaderTakesTooLong) {
  const Site site(impatient());
  auto client = site.client();
  send_slowly(client, "GET / HTTP/1.1\r\nHost: localhost\r\n");
  EXPECT_EQ(client.reply().status, 408);
  EXPECT_TRUE(client.closed());
}

TEST(SlowClients, AreCutOffWhenTheirBodyStops) {
  const Site site(impatient());
  auto client = site.client();
  client.send("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n" + ours + form_type + "\r\na=");
  EXPECT_EQ(client.reply().status, 408);
  EXPECT_TRUE(client.closed());
  EXPECT_EQ(site.calls, 0);
}

TEST(SlowClients, AreCutOffWhenTheirBodyTrickles) {
  const Site site(impatient());
  auto client = site.client();
  client.send("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n" + ours + form_type + "\r\n");
  send_slowly(client, "a=bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb");
  EXPECT_EQ(client.reply().status, 408);
  EXPECT_EQ(site.calls, 0);
}

TEST(SlowClients, AreClosedQuietlyBetweenRequests) {
  const Site site(impatient());
  auto client = site.client();
  EXPECT_TRUE(client.closed());
  auto second = site.client();
  second.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
  EXPECT_EQ(second.reply().status, 200);
  EXPECT_TRUE(second.closed());
}

TEST(SlowClients, AreCutOffWhenTheyDoNotTakeTheReply) {
  const Site site(impatient(), [](web::Routes& routes) {
    routes.get("/large", anybody_reads, [](const web::Request&) { return plain(std::string(40'000'000, 'x')); });
  });
  auto client = site.client();
  client.send("GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n");
  std::this_thread::sleep_for(milliseconds(1500));
  EXPECT_TRUE(client.reply().broken);
}

TEST(SlowClients, DoNotKeepOthersWaiting) {
  web::ServerSettings settings;
  settings.header_time = std::chrono::seconds(60);
  const Site site(settings);
  std::vector<Client> half_open;
  for (int i = 0; i < 300; ++i) {
    half_open.push_back(site.client());
    half_open.back().send(i % 2 == 0 ? "GET / HTT"
                                     : "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\na");
  }
  EXPECT_EQ(site.get("/").status, 200);
}

TEST(FullServer, RefusesConnectionsOverItsNumberWithAReply) {
  web::ServerSettings settings;
  settings.connections = 3;
  const Site site(settings);
  std::vector<Client> held;
  for (int i = 0; i < 3; ++i) {
    held.push_back(site.client());
    held.back().send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    EXPECT_EQ(held.back().reply().status, 200);
  }
  auto fourth = site.client();
  const auto reply = fourth.reply();
  EXPECT_EQ(reply.status, 503);
  EXPECT_EQ(reply.header("retry-after"), "5");
  EXPECT_TRUE(fourth.closed());
  held.clear();
  for (int i = 0; i < 200 && site.get("/").status != 200; ++i) std::this_thread::sleep_for(milliseconds(10));
  EXPECT_EQ(site.get("/").status, 200);
}

// Lets acts wait for each other.
class Gate {
 public:
  void wait() {
    std::unique_lock lock(mutex_);
    ++waiting_;
    changed_.notify_all();
    changed_.wait(lock, [this] { return open_; });
  }
  void until_waiting(int count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return waiting_ >= count; });
  }
  void open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int waiting_ = 0;
  bool open_ = false;
};

TEST(FullServer, SaysWhenToComeBackAndGoesOnWithQuickWork) {
  Gate gate;
  web::ServerSettings settings;
  settings.slow_threads = 1;
  settings.slow_queue = 1;
  Site site(settings, [&gate](web::Routes& routes) {
    routes.get(
        "/slow", anybody_reads,
        [&gate](const web::Request&) {
          gate.wait();
          return plain("done");
        },
        web::Pace::slow);
  });
  const std::string request = "GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n";
  auto working = site.client();
  working.send(request);
  gate.until_waiting(1);
  // Of the next two one waits in the queue and one is refused; which of them came first is open.
  auto one = site.client();
  auto other = site.client();
  one.send(request);
  other.send(request);
  std::this_thread::sleep_for(milliseconds(100));
  EXPECT_EQ(site.get("/").status, 200);
  gate.open();
  auto replies = std::vector{one.reply(), other.reply()};
  if (replies[0].status == 200) std::swap(replies[0], replies[1]);
  EXPECT_EQ(replies[0].status, 503);
  EXPECT_EQ(replies[0].count("retry-after"), 1U);
  EXPECT_EQ(replies[0].header("retry-after"), "5");
  EXPECT_NE(replies[0].body.find("Reference number"), std::string::npos);
  EXPECT_EQ(replies[1].status, 200);
  EXPECT_EQ(working.reply().body, "done");
}

TEST(FullServer, HoldsNoMoreBodiesInMemoryThanItMay) {
  web::ServerSettings settings;
  settings.body_memory = 100'000;
  const Site site(settings);
  EXPECT_EQ(site.post("/echo", "a=" + std::string(200'000, 'b'), ours + form_type).status, 503);
  EXPECT_EQ(site.post("/echo", "a=" + std::string(20'000, 'b'), ours + form_type).status, 200);
}

TEST(StoppingServer, LetsRunningRequestsEnd) {
  Gate gate;
  Site site({}, [&gate](web::Routes& routes) {
    routes.get("/wait", anybody_reads, [&gate](const web::Request&) {
      gate.wait();
      return plain("done");
    });
  });
  auto client = site.client();
  client.send("GET /wait HTTP/1.1\r\nHost: localhost\r\n\r\n");
  gate.until_waiting(1);
  site.server().stop();
  while (site.client().connected()) std::this_thread::sleep_for(milliseconds(5));
  gate.open();
  const auto reply = client.reply();
  EXPECT_EQ(reply.body, "done");
  EXPECT_EQ(reply.header("connection"), "close");
  EXPECT_TRUE(client.closed());
  site.wait_until_stopped();
}

TEST(StoppingServer, GivesUpOnClientsAfterItsTime) {
  web::ServerSettings settings;
  settings.drain_time = milliseconds(100);
  Site site(settings);
  auto client = site.client();
  client.send("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n" + ours + form_type + "\r\na");
  auto idle = site.client();
  site.stop();
  EXPECT_TRUE(idle.closed());
  EXPECT_TRUE(client.closed());
}

TEST(StoppingServer, BreaksNoReplyUnderLoad) {
  Site site;
  std::atomic<int> whole{0};
  std::atomic<int> broken{0};
  std::atomic<bool> stopped{false};
  std::vector<std::thread> busy;
  for (int i = 0; i < 16; ++i) {
    busy.emplace_back([&] {
      while (!stopped) {
        auto client = site.client();
        if (!client.connected()) return;
        while (client.send("GET /who/someone HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
          const auto reply = client.reply();
          // Nothing at all is what a connection that was never accepted gets; half a reply is what must not be.
          if (reply.status == 0 && stopped) return;
          (reply.status == 200 && reply.body == "someone" && !reply.broken ? whole : broken)++;
          if (reply.header("connection") == "close") return;
          if (reply.status == 0) return;
        }
      }
    });
  }
  while (whole < 500) std::this_thread::sleep_for(milliseconds(1));
  stopped = true;
  site.stop();
  for (auto& thread : busy) thread.join();
  EXPECT_EQ(broken, 0);
}

TEST(StoppingServer, MayBeStoppedBeforeItRunsAndTwice) {
  Site site;
  site.server().stop();
  site.server().stop();
  site.stop();
}

TEST(Server, RefusesAPortThatIsTaken) {
  const Site site;
  web::ServerSettings settings;
  settings.port = site.port();
  web::Hooks hooks;
  hooks.log = [](const std::string&) {};
  EXPECT_THROW(web::Server(settings, web::Routes(), policy::Policy::from_toml(site_policy), hooks), Unavailable);
}

}  // namespace
}  // namespace cairn::tests
