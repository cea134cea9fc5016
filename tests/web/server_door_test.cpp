// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <vector>

#include "web/server_site.hpp"

namespace cairn::tests {
namespace {

// All of a reply but the date and the reference number, which is eight characters each time.
std::string without_reference(const RawReply& reply) {
  auto text = std::to_string(reply.status) + "\n";
  for (const auto& [name, value] : reply.headers)
    if (name != "date") text += name + ": " + value + "\n";
  text += reply.body;
  for (const std::string before : {"Reference number: ", "\"reference\":\""})
    if (const auto at = text.find(before); at != std::string::npos) text.replace(at + before.size(), 8, "#");
  return text;
}

TEST(Door, BelievesOnlyPostsOfOurOwnPages) {
  const Site site;
  const auto own_origin = "Origin: http://localhost\r\n";
  const std::vector<std::pair<std::string, int>> table = {
      {"Sec-Fetch-Site: same-origin\r\n", 200},
      {"Sec-Fetch-Site: none\r\n", 200},
      {"Sec-Fetch-Site: same-site\r\n", 403},
      {"Sec-Fetch-Site: cross-site\r\n", 403},
      {"Sec-Fetch-Site: nonsense\r\n", 403},
      {"Sec-Fetch-Site: \r\n", 403},
      {"Sec-Fetch-Site: cross-site\r\n" + std::string(own_origin), 403},
      {"Sec-Fetch-Site: same-origin\r\nSec-Fetch-Site: cross-site\r\n", 400},
      {own_origin, 200},
      {"Origin: http://LOCALHOST\r\n", 200},
      {"Origin: https://localhost\r\n", 403},
      {"Origin: http://localhost:81\r\n", 403},
      {"Origin: http://localhost.evil.example\r\n", 403},
      {"Origin: http://evil.example\r\n", 403},
      {"Origin: null\r\n", 403},
      {"", 403},
  };
  for (const auto& [headers, status] : table) {
    SCOPED_TRACE(headers);
    EXPECT_EQ(site.post("/echo", "a=1", headers + form_type).status, status);
  }
  EXPECT_EQ(site.calls, 4);
}

TEST(Door, AnswersSomePagesWhileNobodyKnowsWhoAsks) {
  Site site({}, [](web::Routes& routes) {
    routes.get("/always", anybody_reads,
               [](const web::Request& request) { return plain(request.signed_in ? "signed in" : "somebody"); });
    routes.answer_always("/always");
    EXPECT_THROW(routes.answer_always("/nowhere"), std::logic_error);
  });
  const std::string unlucky = "Cookie: __Host-cairn=unlucky\r\n";
  EXPECT_EQ(site.get("/", unlucky).status, 503);
  EXPECT_EQ(site.get("/always", unlucky).status, 200);
  EXPECT_EQ(site.get("/always", unlucky).body, "somebody");
  EXPECT_EQ(site.get("/always", as_lead).body, "signed in");
  site.frame = [](const web::Request&) -> web::Frame { throw Unavailable("the database is away"); };
  EXPECT_EQ(site.get("/").status, 503);
  EXPECT_EQ(site.get("/always", as_lead).status, 200);
}

TEST(Door, AsksASignedInPersonForTheForgeryToken) {
  const Site site;
  const std::vector<std::tuple<std::string, std::string, int>> table = {
      {"_token=forgery", form_type, 303},
      {"_token=forger", form_type, 403},
      {"_token=forgery1", form_type, 403},
      {"_token=", form_type, 403},
      {"a=b", form_type, 403},
      {"_token=wrong&_token=forgery", form_type, 403},
      {"a=b", form_type + "X-Cairn-Token: forgery\r\n", 303},
      {"a=b", form_type + "X-Cairn-Token: wrong\r\n", 403},
      {"_token=forgery", form_type + "X-Cairn-Token: wrong\r\n", 403},
      {"{}", "Content-Type: application/json\r\nX-Cairn-Token: forgery\r\n", 303},
      {"{\"_token\":\"forgery\"}", "Content-Type: application/json\r\n", 303},
      {"{}", "Content-Type: application/json\r\n", 403},
      {"--x\r\nContent-Disposition: form-data; name=\"_token\"\r\n\r\nforgery\r\n--x--\r\n",
       "Content-Type: multipart/form-data; boundary=x\r\n", 303},
      {"", "X-Cairn-Token: forgery\r\n", 303},
      {"", "", 403},
  };
  int made = 0;
  for (const auto& [body, headers, status] : table) {
    SCOPED_TRACE(body + headers);
    EXPECT_EQ(site.post("/study", body, ours + as_lead + headers).status, status);
    made += status == 303 ? 1 : 0;
  }
  EXPECT_EQ(site.calls, made);
  EXPECT_EQ(site.post("/study", "_token=forgery", as_lead + form_type).status, 403) << "the token alone is not enough";
}

TEST(Door, SendsPeopleWhoAreSignedOutToSignIn) {
  const Site site;
  const auto page = site.get("/study/mine?secret=1");
  EXPECT_EQ(page.status, 303);
  EXPECT_EQ(page.header("location"), "/sign-in?next=%2Fstudy%2Fmine");
  const auto part = site.get("/study/mine", "HX-Request: true\r\n");
  EXPECT_EQ(part.status, 403);
  EXPECT_EQ(part.header("hx-redirect"), "/sign-in?next=%2Fstudy%2Fmine");
  EXPECT_EQ(site.get("/study/mine", "Accept: application/json\r\n").status, 404);
  EXPECT_EQ(site.post("/study", "", ours).status, 404);
}

TEST(Door, GivesTheSameReplyForWhatIsDeniedAndWhatIsNotThere) {
  Site site;
  site.frame = [](const web::Request& request) {
    web::Frame frame;
    frame.navigation = {{"Studies", "/study/mine", request.path.starts_with("/study")}, {"Here", request.path, true}};
    return frame;
  };
  for (const auto& accept : {std::string(), std::string("Accept: application/json\r\n")}) {
    const auto unknown = site.get("/nowhere", as_trainer + accept);
    const auto denied = site.get("/study/mine", as_trainer + accept);
    EXPECT_EQ(unknown.status, 404);
    EXPECT_EQ(without_reference(denied), without_reference(unknown));
    const auto lead_unknown = site.get("/nowhere", as_lead + accept);
    const auto out_of_reach = site.get("/study/somebody-elses", as_lead + accept);
    EXPECT_EQ(without_reference(out_of_reach), without_reference(lead_unknown));
  }
  const auto denied_post = site.post("/study", "_token=forgery", ours + form_type + as_trainer);
  const auto unknown_post = site.post("/nowhere", "_token=forgery", ours + form_type + as_trainer);
  EXPECT_EQ(without_reference(denied_post), without_reference(unknown_post));
}

TEST(Door, LetsInWhomThePolicyAllows) {
  const Site site;
  const auto page = site.get("/study/mine", as_lead);
  EXPECT_EQ(page.status, 200);
  EXPECT_NE(page.body.find("<h1"), std::string::npos);
  EXPECT_EQ(site.get("/study/mine", as_lead + "Accept: application/json\r\n").body, "{\"title\":\"Mine\"}");
  EXPECT_EQ(site.get("/", as_trainer).status, 200) << "what is open to anyone is open to the signed in";
}

TEST(Door, AsksWhoComesBeforeItReadsALargeBody) {
  const Site site;
  const std::string start =
      "POST /upload HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3000000\r\n"
      "Content-Type: multipart/form-data; boundary=x\r\n" +
      ours;
  auto stranger = site.client();
  stranger.send(start + "\r\n");
  const auto reply = stranger.reply();
  EXPECT_EQ(reply.status, 404);
  EXPECT_EQ(reply.header("connection"), "close");
  const auto file = std::string(10'000'000, 'x');
  const auto body =
      "--x\r\nContent-Disposition: form-data; name=\"_token\"\r\n\r\nforgery\r\n--x\r\nContent-Disposition: "
      "form-data; name=\"f\"; filename=\"a\"\r\n\r\n" +
      file + "\r\n--x--\r\n";
  EXPECT_EQ(site.post("/upload", body, ours + as_lead + "Content-Type: multipart/form-data; boundary=x\r\n").body,
            "10000000");
}

TEST(Door, TakesNoSessionFromACookieItCannotTrust) {
  const Site site;
  for (const auto* cookie :
       {"cairn=lead-token", "__Host-cairn=lead-token; __Host-cairn=other", "__Host-cairn=", "__Host-cairn=lead-token!",
        "x__Host-cairn=lead-token", "__host-cairn=lead-token", "__Host-cairn=\"lead-token\""}) {
    EXPECT_EQ(site.get("/study/mine", "Cookie: " + std::string(cookie) + "\r\n").status, 303) << cookie;
  }
  EXPECT_EQ(site.get("/study/mine", "Cookie: a=b; __Host-cairn=lead-token; c=d\r\n").status, 200);
}

TEST(Door, TurnsWhatAnActThrowsIntoTheRightPage) {
  const auto thrower = [](auto make) { return [make](const web::Request&) -> web::Reply { throw make(); }; };
  const Site site({}, [&](web::Routes& routes) {
    routes.get("/not-found", anybody_reads, thrower([] { return NotFound("inner words"); }));
    routes.get("/not-allowed", anybody_reads, thrower([] { return NotAllowed("inner words"); }));
    routes.post("/not-allowed", anybody_posts, thrower([] { return NotAllowed("inner words"); }));
    routes.get("/conflict", anybody_reads, thrower([] { return Conflict("inner words"); }));
    routes.get("/unavailable", anybody_reads, thrower([] { return Unavailable("inner words"); }));
    routes.get("/disk", anybody_reads, thrower([] { return Unavailable("inner words", "stop.disk_full"); }));
    routes.get("/corrupt", anybody_reads, thrower([] { return Corrupt("inner words"); }));
    routes.get("/broken", anybody_reads, thrower([] { return std::runtime_error("inner words"); }));
    routes.get("/odd-key", anybody_reads, thrower([] { return Conflict("inner words", "stop.no_such_text"); }));
    routes.get("/odder", anybody_reads, thrower([] { return 7; }));
  });
  const std::vector<std::tuple<std::string, int, std::string>> table = {
      {"/not-found", 404, "stop.not_found"},     {"/conflict", 409, "stop.conflict"},
      {"/unavailable", 503, "stop.unavailable"}, {"/disk", 507, "stop.disk_full"},
      {"/corrupt", 500, "stop.corrupt"},         {"/broken", 500, "stop.broken"},
      {"/odd-key", 409, "stop.conflict"},        {"/odder", 500, "stop.broken"}};
  for (const auto& [path, status, key] : table) {
    SCOPED_TRACE(path);
    const auto page = site.get(path);
    EXPECT_EQ(page.status, status);
    EXPECT_EQ(page.body.find("inner words"), std::string::npos) << "what() is for the log alone";
    EXPECT_NE(page.body.find(site_language()(key + ".title")), std::string::npos);
    EXPECT_EQ(page.header("retry-after"), status == 503 || status == 507 ? "5" : "");
    const auto data = nlohmann::json::parse(site.get(path, "Accept: application/json\r\n").body);
    EXPECT_EQ(data["stop"]["key"], key);
    EXPECT_TRUE(site.logged(data["stop"]["reference"].get<std::string>() + " "));
  }
  EXPECT_TRUE(site.logged("stop.conflict: inner words"));
  EXPECT_EQ(site.get("/not-allowed").header("location"), "/sign-in?next=%2Fnot-allowed");
  EXPECT_EQ(site.get("/not-allowed", as_lead).status, 403);
  EXPECT_EQ(site.post("/not-allowed", "", ours).status, 403);
}

TEST(Door, AnswersWhenTheHooksFail) {
  Site site;
  EXPECT_EQ(site.get("/", "Cookie: __Host-cairn=unlucky\r\n").status, 503);
  EXPECT_EQ(site.get("/nowhere", "Cookie: __Host-cairn=unlucky\r\n").status, 503);
  site.frame = [](const web::Request&) -> web::Frame { throw std::runtime_error("no frame"); };
  EXPECT_EQ(site.get("/").status, 500);
  EXPECT_EQ(site.get("/nowhere").status, 500);
  EXPECT_TRUE(site.logged("stop.broken: no frame"));
}

TEST(Door, LogsThePatternAndNeverThePathOrTheQuery) {
  const Site site;
  site.get("/who/Ann?name=Ann");
  site.get("/Ann");
  site.get("/study/Ann", as_lead);
  site.post("/echo", "name=Ann", ours + form_type);
  EXPECT_TRUE(site.logged("GET /who/{name} 200 "));
  EXPECT_TRUE(site.logged("GET - 404 "));
  EXPECT_TRUE(site.logged("GET /study/{study} 404 "));
  EXPECT_TRUE(site.logged("POST /echo 200 "));
  EXPECT_FALSE(site.log_holds("Ann"));
}

TEST(Door, BelievesForwardedHeadersOfItsProxyAlone) {
  const auto tell = [](web::Routes& routes) {
    routes.get("/address", anybody_reads, [](const web::Request& request) { return plain(request.address); });
  };
  const std::string told = "X-Forwarded-For: 1.2.3.4, 203.0.113.9\r\nX-Forwarded-Proto: https\r\n";
  const Site alone({}, tell);
  EXPECT_EQ(alone.get("/address", told).body, "127.0.0.1");
  EXPECT_EQ(alone.get("/address", told).header("strict-transport-security"), "");
  web::ServerSettings settings;
  settings.trusted_proxy = "127.0.0.1";
  const Site behind(settings, tell);
  EXPECT_EQ(behind.get("/address", told).body, "203.0.113.9");
  EXPECT_EQ(behind.get("/address", told).header("strict-transport-security"), "max-age=63072000; includeSubDomains");
  EXPECT_EQ(behind.get("/address", "X-Forwarded-For: nonsense\r\n").body, "127.0.0.1");
  EXPECT_EQ(behind.post("/echo", "a=1", told + form_type + "Origin: https://localhost\r\n").status, 200);
  EXPECT_EQ(behind.post("/echo", "a=1", told + form_type + "Origin: http://localhost\r\n").status, 403);
}

TEST(Door, StaysShutWhenTheRoutesDoNotFitThePolicy) {
  web::Routes routes;
  routes.get("/x", {"nothing", policy::Action::read, {Role::lead}}, [](const web::Request&) { return plain(""); });
  routes.get("/y", {"study", policy::Action::read, {Role::lead, Role::hr}},
             [](const web::Request&) { return plain(""); });
  web::Hooks hooks;
  try {
    const web::Server server({}, std::move(routes), policy::Policy::from_toml(site_policy), hooks);
    FAIL() << "it started";
  } catch (const std::runtime_error& fault) {
    const std::string what = fault.what();
    EXPECT_NE(what.find("GET /x: the policy has no row for \"nothing\" read"), std::string::npos);
    EXPECT_NE(what.find("GET /y: allows lead, hr, but the policy's row for \"study\" read allows lead"),
              std::string::npos);
  }
}

}  // namespace
}  // namespace cairn::tests
