// SPDX-License-Identifier: Apache-2.0
#include <chrono>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "web/security_headers.hpp"
#include "web/server_site.hpp"

namespace cairn::tests {
namespace {

using std::chrono::milliseconds;

constexpr std::array<EmbeddedFile, 3> carried{
    {{"content/x.toml", "not served"}, {"static/cairn.css", "body{}"}, {"static/fonts/a.woff2", "font"}}};

const web::StaticFiles& carried_files() {
  static const web::StaticFiles files(carried);
  return files;
}

web::ServerSettings with_files() {
  web::ServerSettings settings;
  settings.files = &carried_files();
  return settings;
}

void expect_security_headers(const RawReply& reply) {
  for (const auto line : split(web::security_headers(), '\n')) {
    if (line.empty()) continue;
    const auto name = line.substr(0, line.find(':'));
    EXPECT_EQ(reply.count(name), 1U) << name;
    EXPECT_EQ(reply.header(name), trimmed(line.substr(name.size() + 1))) << name;
  }
  EXPECT_EQ(reply.header("strict-transport-security"), "") << "only with TLS";
  EXPECT_EQ(reply.header("server"), "");
}

TEST(Replies, CarryTheSecurityHeadersWhateverTheirStatus) {
  const Site site(with_files(), [](web::Routes& routes) {
    routes.get("/conflict", anybody_reads, [](const web::Request&) -> web::Reply { throw Conflict("x"); });
    routes.get("/broken", anybody_reads, [](const web::Request&) -> web::Reply { throw 1; });
    routes.get("/split", anybody_reads, [](const web::Request&) {
      auto reply = plain("x");
      reply.headers.emplace_back("X-Test", "a\r\nSet-Cookie: b=c");
      return reply;
    });
  });
  std::set<int> seen;
  for (const std::string target : {"/", "/nowhere", "/study/mine", "/conflict", "/broken", "/split", "/..", "/echo",
                                   "/assets/cairn.css", "/assets/nothing.css"}) {
    SCOPED_TRACE(target);
    const auto reply = site.get(target);
    seen.insert(reply.status);
    expect_security_headers(reply);
    EXPECT_EQ(reply.header("cache-control"), target == "/assets/cairn.css" ? "no-cache" : "no-store");
    EXPECT_EQ(reply.header("set-cookie"), "");
  }
  for (const auto& [headers, status] :
       std::vector<std::pair<std::string, int>>{{form_type, 403}, {ours, 415}, {ours + form_type, 200}}) {
    const auto reply = site.post("/echo", "a=1", headers);
    EXPECT_EQ(reply.status, status);
    seen.insert(reply.status);
    expect_security_headers(reply);
  }
  EXPECT_EQ(seen, (std::set<int>{200, 303, 400, 403, 404, 405, 409, 415, 500}));
}

TEST(Replies, NeverLetAHeaderStartAnother) {
  const Site site({}, [](web::Routes& routes) {
    routes.get("/split", anybody_reads, [](const web::Request& request) {
      auto reply = plain("x");
      reply.headers.emplace_back("X-Test", "a" + request.query.find("x").value_or(""));
      return reply;
    });
  });
  for (const auto* target :
       {"/split?x=%0d%0aSet-Cookie:b=c", "/split?x=%0aSet-Cookie:b=c", "/split?x=%0dSet-Cookie:b=c"}) {
    const auto reply = site.get(target);
    EXPECT_EQ(reply.status, 500);
    EXPECT_EQ(reply.header("set-cookie"), "");
    EXPECT_NE(reply.body.find(site_language()("stop.broken")), std::string::npos);
  }
}

TEST(Replies, CarryTheHeadersTheDocumentPromises) {
  std::ifstream file(std::string(CAIRN_SOURCE_DIR) + "/docs/operating/security-headers.md");
  std::ostringstream text;
  text << file.rdbuf();
  std::vector<std::string_view> lines = split(web::security_headers(), '\n');
  lines.push_back(web::strict_transport_header());
  for (const auto line : lines) {
    if (trimmed(line).empty()) continue;
    EXPECT_NE(text.str().find(trimmed(line)), std::string::npos) << line;
  }
}

TEST(Replies, ToHeadHaveNoBodyButItsLength) {
  const Site site(with_files());
  auto client = site.client();
  for (const auto& [target, length] : {std::pair("/", "5"), std::pair("/assets/cairn.css", "6")}) {
    client.send("HEAD " + std::string(target) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    const auto reply = client.reply(true);
    EXPECT_EQ(reply.status, 200);
    EXPECT_EQ(reply.header("content-length"), length);
  }
  client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
  EXPECT_EQ(client.reply().body, "front");
}

TEST(StaticFiles, MayBeKeptForEverUnderTheNameThatHoldsTheirHash) {
  const Site site(with_files());
  const auto path = carried_files().path("cairn.css");
  EXPECT_EQ(path.size(), std::string("/assets/cairn.0123456789.css").size());
  const auto first = site.get(path);
  EXPECT_EQ(first.body, "body{}");
  EXPECT_EQ(first.header("content-type"), "text/css; charset=utf-8");
  EXPECT_EQ(first.header("cache-control"), "public, max-age=31536000, immutable");
  const auto again = site.get(path, "If-None-Match: " + first.header("etag") + "\r\n");
  EXPECT_EQ(again.status, 304);
  EXPECT_EQ(again.header("etag"), first.header("etag"));
  EXPECT_EQ(again.body, "");
  EXPECT_EQ(site.get(path, "If-None-Match: \"other\"\r\n").status, 200);
  EXPECT_TRUE(site.logged("GET /assets/* 304 "));
}

TEST(StaticFiles, AreServedUnderTheirPlainNameToo) {
  const Site site(with_files());
  const auto font = site.get("/assets/fonts/a.woff2");
  EXPECT_EQ(font.body, "font");
  EXPECT_EQ(font.header("content-type"), "font/woff2");
  EXPECT_EQ(font.header("cache-control"), "no-cache");
  EXPECT_EQ(carried_files().path("fonts/a.woff2").rfind("/assets/fonts/a.", 0), 0U);
  EXPECT_EQ(site.get("/assets/x.toml").status, 404);
  EXPECT_EQ(site.get("/content/x.toml").status, 404);
  EXPECT_EQ(carried_files().path("nothing.js"), "/assets/nothing.js");
}

TEST(Pieces, AreSentOneAfterTheOther) {
  const Site site({}, [](web::Routes& routes) {
    routes.get("/pieces", anybody_reads, [](const web::Request&) {
      auto reply = plain("");
      reply.pieces = [n = 0]() mutable -> std::optional<std::string> {
        if (++n > 300) return std::nullopt;
        return n % 100 == 0 ? "" : std::string(1000, 'x');
      };
      return reply;
    });
  });
  auto client = site.client();
  client.send("GET /pieces HTTP/1.1\r\nHost: localhost\r\n\r\nGET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
  const auto reply = client.reply();
  EXPECT_EQ(reply.header("transfer-encoding"), "chunked");
  EXPECT_EQ(reply.header("content-length"), "");
  EXPECT_EQ(reply.body.size(), 297'000U);
  EXPECT_EQ(client.reply().body, "front") << "the connection goes on";
  auto old = site.client();
  old.send("GET /pieces HTTP/1.0\r\nHost: localhost\r\n\r\n");
  const auto whole = old.reply();
  EXPECT_EQ(whole.header("transfer-encoding"), "");
  EXPECT_EQ(whole.body.size(), 297'000U);
}

TEST(Pieces, ThatFailLeaveTheReplyVisiblyUnfinished) {
  const Site site({}, [](web::Routes& routes) {
    routes.get("/pieces", anybody_reads, [](const web::Request&) {
      auto reply = plain("");
      reply.pieces = [n = 0]() mutable -> std::optional<std::string> {
        if (++n == 3) throw std::runtime_error("the disk is away");
        return "x";
      };
      return reply;
    });
  });
  const auto reply = site.get("/pieces");
  EXPECT_TRUE(reply.broken);
  EXPECT_TRUE(site.logged("the disk is away"));
}

// Events that come when they are given.
struct Source {
  std::mutex mutex;
  std::vector<std::optional<std::string>> waiting;
  std::atomic<int> asked{0};
  void give(std::optional<std::string> event) {
    const std::lock_guard lock(mutex);
    waiting.push_back(std::move(event));
  }
  std::optional<std::string> next() {
    ++asked;
    const std::lock_guard lock(mutex);
    if (waiting.empty()) return "";
    auto event = waiting.front();
    waiting.erase(waiting.begin());
    return event;
  }
};

web::ServerSettings lively() {
  web::ServerSettings settings;
  settings.heartbeat = milliseconds(30);
  return settings;
}

std::function<void(web::Routes&)> events_of(const std::shared_ptr<Source>& source) {
  return [source](web::Routes& routes) {
    routes.get("/events", anybody_reads,
               [source](const web::Request&) { return web::events([source] { return source->next(); }); });
  };
}

TEST(Events, ArriveAsTheyHappenWithHeartbeatsBetween) {
  const auto source = std::make_shared<Source>();
  const Site site(lively(), events_of(source));
  auto client = site.client();
  client.send("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n");
  EXPECT_NE(client.until("\r\n\r\n").find("Content-Type: text/event-stream\r\n"), std::string::npos);
  source->give("one");
  EXPECT_NE(client.until("\n\n\r\n").find("data: one\n\n"), std::string::npos);
  EXPECT_NE(client.until(":\n\n").find(":\n\n"), std::string::npos);
  source->give("two\nlines\r\nid: 7");
  EXPECT_NE(client.until("7\n\n").find("data: two\ndata: lines\ndata: id: 7\n\n"), std::string::npos);
  source->give(std::nullopt);
  EXPECT_NE(client.until("0\r\n\r\n").find("0\r\n\r\n"), std::string::npos);
}

TEST(Events, AreNotAskedForOnceTheClientIsGone) {
  const auto source = std::make_shared<Source>();
  const Site site(lively(), events_of(source));
  {
    auto client = site.client();
    client.send("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n");
    client.until(":\n\n");
  }
  EXPECT_TRUE(site.logged("GET /events 200"));
}

TEST(Events, EndWhenTheServerStopsAndAfterTheirTime) {
  const auto source = std::make_shared<Source>();
  auto settings = lively();
  settings.events_time = milliseconds(50);
  Site site(settings, events_of(source));
  EXPECT_FALSE(site.get("/events").broken);
  Site stopping(lively(), events_of(source));
  auto client = stopping.client();
  client.send("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n");
  client.until(":\n\n");
  stopping.stop();
  EXPECT_NE(client.until("0\r\n\r\n").find("0\r\n\r\n"), std::string::npos);
}

TEST(Replies, AskAgainWithEveryProblem) {
  web::Request request;
  request.language = &site_language();
  request.wants_json = true;
  const auto json = web::ask_again(request, {}, {{"name", "stop.conflict"}, {"", "stop.full"}});
  EXPECT_EQ(json.status, 422);
  const auto data = nlohmann::json::parse(json.body);
  ASSERT_EQ(data["problems"].size(), 2U);
  EXPECT_EQ(data["problems"][0]["field"], "name");
  EXPECT_EQ(data["problems"][0]["key"], "stop.conflict");
  EXPECT_EQ(data["problems"][0]["message"], site_language()("stop.conflict"));
  request.wants_json = false;
  web::PageContent page;
  page.title = "Form";
  const auto again = web::ask_again(request, page, {{"name", "stop.conflict"}});
  EXPECT_EQ(again.status, 422);
  const auto summary = again.body.find("nhsuk-error-summary");
  ASSERT_NE(summary, std::string::npos);
  EXPECT_NE(again.body.find("href=\"#name\"", summary), std::string::npos);
  EXPECT_LT(summary, again.body.find("<h1")) << "the summary stands above the heading";
}

TEST(Replies, ToHtmxAreTheMainPartAlone) {
  web::Request request;
  request.language = &site_language();
  web::PageContent page;
  page.title = "Page";
  EXPECT_EQ(web::answer(request, page, {}).body.rfind("<!DOCTYPE html>", 0), 0U);
  request.is_htmx = true;
  EXPECT_EQ(web::answer(request, page, {}).body.find("<html"), std::string::npos);
}

TEST(Replies, LeadOnlyToThisSite) {
  web::Request request;
  const auto page = web::go_to(request, "/studies/1");
  EXPECT_EQ(page.status, 303);
  EXPECT_EQ(page.headers[0], std::pair(std::string("Location"), std::string("/studies/1")));
  request.wants_json = true;
  EXPECT_EQ(web::go_to(request, "/studies/1").status, 201);
  EXPECT_EQ(web::go_to(request, "/studies/1").body, "{\"location\":\"/studies/1\"}");
  for (const auto* path : {"https://evil.example/", "//evil.example", "/\\evil.example", "studies", ""}) {
    EXPECT_THROW(web::go_to(request, path), std::logic_error) << path;
  }
}

TEST(Replies, NameDownloadsSafely) {
  const auto reply = web::download("x", "text/csv", "r\"e\r\nport/é.csv");
  EXPECT_EQ(reply.headers[0].second,
            "attachment; filename=\"r_e__port___.csv\"; filename*=UTF-8''r%22e%0D%0Aport%2F%C3%A9.csv");
}

TEST(Replies, SetCookiesThatOnlyThisSiteReads) {
  web::Reply reply;
  web::set_cookie(reply, "__Host-cairn", "abc-_1", 60);
  EXPECT_EQ(reply.headers[0].second, "__Host-cairn=abc-_1; Max-Age=60; Path=/; Secure; HttpOnly; SameSite=Lax");
  web::set_cookie(reply, "__Host-cairn", "", 0);
  EXPECT_EQ(reply.headers[1].second, "__Host-cairn=; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=Lax");
  EXPECT_THROW(web::set_cookie(reply, "cairn", "a", 1), std::logic_error);
  EXPECT_THROW(web::set_cookie(reply, "__Host-cairn", "a;b", 1), std::logic_error);
  EXPECT_THROW(web::set_cookie(reply, "__Host-cairn", "a\r\nb", 1), std::logic_error);
}

}  // namespace
}  // namespace cairn::tests
