// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>
#include <vector>

#include "web/server_site.hpp"

namespace cairn::tests {
namespace {

using namespace std::string_literals;

struct Probe {
  std::string name;
  std::string bytes;
  int status;
  bool closes;
};

std::string get_with(const std::string& lines) {
  return "GET / HTTP/1.1\r\n" + lines + "\r\n";
}
const std::string host = "Host: localhost\r\n";

std::string post_with(const std::string& lines, const std::string& body) {
  return "POST /echo HTTP/1.1\r\n" + host + ours + form_type + lines + "\r\n" + body;
}

// A second request hidden in what may be taken for the body of the first.
const std::string hidden = "GET /who/smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n";

std::vector<Probe> malformed() {
  return {
      {"garbage", "hello there\r\n\r\n", 400, true},
      {"an empty first line", "\r\nGET / HTTP/1.1\r\n" + host + "\r\n", 400, true},
      {"TLS on a plain port", "\x16\x03\x01\x02\x00\x01\x00\x01"s, 400, true},
      {"HTTP/9.9", "GET / HTTP/9.9\r\n" + host + "\r\n", 400, true},
      {"HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400, true},
      {"no version", "GET /\r\n" + host + "\r\n", 400, true},
      {"lower-case version", "GET / http/1.1\r\n" + host + "\r\n", 400, true},
      {"space before the colon", get_with("Host : localhost\r\n"), 400, true},
      {"no colon", get_with(host + "Nonsense\r\n"), 400, true},
      {"empty header name", get_with(host + ": x\r\n"), 400, true},
      {"LF alone", "GET / HTTP/1.1\nHost: localhost\n\n", 400, true},
      {"CR alone", "GET / HTTP/1.1\r\nHost: local\rhost\r\n\r\n", 400, true},
      {"NUL in a header", "GET / HTTP/1.1\r\n" + host + "X: a\0b\r\n\r\n"s, 400, true},
      {"NUL in the target", "GET /\0 HTTP/1.1\r\n"s + host + "\r\n", 400, true},
      {"a folded header", get_with(host + "X: a\r\n b\r\n"), 400, true},
      {"a folded header with a tab", get_with(host + "X: a\r\n\tb\r\n"), 400, true},
      {"space before the first header", "GET / HTTP/1.1\r\n Host: localhost\r\n\r\n", 400, true},
      {"no Host", get_with("X: y\r\n"), 400, true},
      {"no Host in HTTP/1.0", "GET / HTTP/1.0\r\n\r\n", 400, true},
      {"two Hosts", get_with(host + host), 400, true},
      {"a Host that is not ours", get_with("Host: evil.example\r\n"), 400, true},
      {"a Host with a user", get_with("Host: a@localhost\r\n"), 400, true},
      {"a Host with a path", get_with("Host: localhost/x\r\n"), 400, true},
      {"a Host with a bad port", get_with("Host: localhost:99999\r\n"), 400, true},
      {"absolute target", "GET http://localhost/ HTTP/1.1\r\n" + host + "\r\n", 400, true},
      {"asterisk target", "GET * HTTP/1.1\r\n" + host + "\r\n", 400, true},
      {"target without slash", "GET x HTTP/1.1\r\n" + host + "\r\n", 400, true},
      {"fragment in the target", "GET /#x HTTP/1.1\r\n" + host + "\r\n", 400, true},
      {"raw bytes in the target", "GET /\xc3\xa9 HTTP/1.1\r\n" + host + "\r\n", 400, true},
      {"a body with GET", "GET / HTTP/1.1\r\n" + host + "Content-Length: 3\r\n\r\nabc", 400, true},
      {"two cookies headers", get_with(host + "Cookie: a=b\r\nCookie: c=d\r\n"), 400, true},
  };
}

std::vector<Probe> smuggling() {
  const auto length = std::to_string(hidden.size());
  return {
      {"length and chunked", post_with("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n" + hidden),
       400, true},
      {"two lengths", post_with("Content-Length: 0\r\nContent-Length: " + length + "\r\n", hidden), 400, true},
      {"two equal lengths", post_with("Content-Length: 0\r\nContent-Length: 0\r\n", hidden), 400, true},
      {"a list of lengths", post_with("Content-Length: 0, 0\r\n", hidden), 400, true},
      {"a negative length", post_with("Content-Length: -1\r\n", hidden), 400, true},
      {"a length with a plus", post_with("Content-Length: +5\r\n", hidden), 400, true},
      {"a length in hexadecimal", post_with("Content-Length: 0x5\r\n", hidden), 400, true},
      {"an empty length", post_with("Content-Length: \r\n", hidden), 400, true},
      {"a length past 64 bits", post_with("Content-Length: 99999999999999999999\r\n", hidden), 400, true},
      {"xchunked", post_with("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n" + hidden), 400, true},
      {"identity", post_with("Transfer-Encoding: identity\r\n", hidden), 400, true},
      {"gzip, chunked", post_with("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n" + hidden), 400, true},
      {"chunked, chunked", post_with("Transfer-Encoding: chunked, chunked\r\n", "0\r\n\r\n" + hidden), 400, true},
      {"two encodings", post_with("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n" + hidden),
       400, true},
      {"quoted chunked", post_with("Transfer-Encoding: \"chunked\"\r\n", "0\r\n\r\n" + hidden), 400, true},
      {"a chunk with an extension", post_with("Transfer-Encoding: chunked\r\n", "1;a=b\r\nx\r\n0\r\n\r\n" + hidden),
       400, true},
      {"a chunk size that is none", post_with("Transfer-Encoding: chunked\r\n", "zz\r\nx\r\n0\r\n\r\n" + hidden), 400,
       true},
      {"a chunk longer than it says", post_with("Transfer-Encoding: chunked\r\n", "1\r\nxyz\r\n0\r\n\r\n" + hidden),
       400, true},
      {"a chunk ended by LF", post_with("Transfer-Encoding: chunked\r\n", "1\nx\n0\n\n" + hidden), 400, true},
      {"a trailer that will not end", post_with("Transfer-Encoding: chunked\r\n", "0\r\n" + std::string(70000, 'a')),
       400, true},
  };
}

std::vector<Probe> paths() {
  std::vector<Probe> probes;
  for (const std::string target : {"/..",
                                   "/a/../b",
                                   "/.",
                                   "/%2e%2e/x",
                                   "/%2E%2e",
                                   "/a%2fb",
                                   "/a%2Fb",
                                   "/a%5cb",
                                   "/a\\b",
                                   "/%",
                                   "/%4",
                                   "/%zz",
                                   "/%00",
                                   "/who/%c0%af",
                                   "/who/%ff",
                                   "/who/%ed%a0%80",
                                   "/who/%0d%0aX:y",
                                   "/who/%7f",
                                   "/?a=%zz",
                                   "/?a=%00",
                                   "/?%ff=x"}) {
    probes.push_back({target, "GET " + target + " HTTP/1.1\r\n" + host + "\r\n", 400, true});
  }
  std::string many = "/?";
  for (int i = 0; i < 1001; ++i) many += "a=1&";
  probes.push_back({"1,001 fields of a query", "GET " + many + " HTTP/1.1\r\n" + host + "\r\n", 400, true});
  return probes;
}

std::vector<Probe> sizes_and_methods() {
  std::string many;
  for (int i = 0; i < 101; ++i) many += "X-" + std::to_string(i) + ": y\r\n";
  std::vector<Probe> probes = {
      {"a header of 64 KB", get_with(host + "X: " + std::string(65536, 'a') + "\r\n"), 431, true},
      {"102 header lines", get_with(host + many), 431, true},
      {"a target of 100 KB", "GET /" + std::string(100000, 'a') + " HTTP/1.1\r\n" + host + "\r\n", 431, true},
      {"a header that will not end", "GET / HTTP/1.1\r\n" + host + std::string(20000, 'a'), 431, true},
      {"a body over the limit", post_with("Content-Length: 2000000\r\n", std::string(2000000, 'a')), 413, true},
      {"a declared terabyte", post_with("Content-Length: 1099511627776\r\n", "abc"), 413, true},
      {"chunks over the limit",
       post_with("Transfer-Encoding: chunked\r\n", "1e8480\r\n" + std::string(2000000, 'a') + "\r\n0\r\n\r\n"), 413,
       true},
      {"another expectation", post_with("Expect: magic\r\nContent-Length: 1\r\n", ""), 417, true},
      {"text/plain",
       "POST /echo HTTP/1.1\r\n" + host + ours + "Content-Type: text/plain\r\nContent-Length: 3\r\n\r\na=b", 415,
       false},
      {"a packed body", post_with("Content-Encoding: gzip\r\nContent-Length: 3\r\n", "a=b"), 415, false},
      {"a body of no type", "POST /echo HTTP/1.1\r\n" + host + ours + "Content-Length: 3\r\n\r\na=b", 415, false},
      {"POST where only GET is", "POST / HTTP/1.1\r\n" + host + ours + "Content-Length: 0\r\n\r\n", 405, true},
      {"GET where only POST is", "GET /echo HTTP/1.1\r\n" + host + "\r\n", 405, true},
      {"an unknown path", "GET /nowhere HTTP/1.1\r\n" + host + "\r\n", 404, false},
      {"the fine one", get_with(host), 200, false},
      {"the address as Host", get_with("Host: 127.0.0.1:8080\r\n"), 200, false},
      {"HTTP/1.0", "GET / HTTP/1.0\r\n" + host + "\r\n", 200, true},
      {"HTTP/1.0 asking to keep open", "GET / HTTP/1.0\r\n" + host + "Connection: keep-alive\r\n\r\n", 200, true},
      {"Connection: close", get_with(host + "Connection: close\r\n"), 200, true},
  };
  for (const std::string method : {"PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "get", "FROB"}) {
    probes.push_back({method, method + " / HTTP/1.1\r\n" + host + "\r\n", 405, true});
  }
  return probes;
}

void expect_all(const std::vector<Probe>& probes) {
  const Site site;
  for (const auto& probe : probes) {
    SCOPED_TRACE(probe.name);
    auto client = site.client();
    client.send(probe.bytes);
    const auto reply = client.reply();
    EXPECT_EQ(reply.status, probe.status);
    EXPECT_EQ(reply.header("x-content-type-options"), "nosniff");
    EXPECT_EQ(reply.body.find("smuggled"), std::string::npos);
    if (probe.closes) {
      EXPECT_EQ(reply.header("connection"), "close");
      EXPECT_TRUE(client.closed()) << "something came after the reply, or the connection stayed open";
    } else {
      client.send(get_with(host));
      EXPECT_EQ(client.reply().status, 200) << "the connection should go on";
    }
  }
  for (const auto& line : site.log()) EXPECT_EQ(line.find("smuggled"), std::string::npos);
}

TEST(Server, RefusesMalformedRequestsAndCloses) {
  expect_all(malformed());
}
TEST(Server, RefusesEveryAmbiguousBodyLengthAndNeverAnswersAHiddenRequest) {
  expect_all(smuggling());
}
TEST(Server, RefusesPathsThatTwoServersCouldReadDifferently) {
  expect_all(paths());
}
TEST(Server, RefusesWhatIsTooLargeAndMethodsItDoesNotKnow) {
  expect_all(sizes_and_methods());
}

TEST(Server, RefusesBodiesItCannotRead) {
  const Site site;
  const auto json_type = "Content-Type: application/json\r\n"s;
  std::string many_fields;
  for (int i = 0; i < 1001; ++i) many_fields += "&a=b";
  const std::vector<std::pair<std::string, std::string>> bodies = {
      {form_type, "a=%zz"},
      {form_type, "a=%00"},
      {form_type, "a=%ff"},
      {form_type, "a=\xff"},
      {form_type, many_fields},
      {json_type, "{"},
      {json_type, ""},
      {json_type, "[1]"},
      {json_type, "null"},
      {json_type, "{\"a\":1,\"a\":2}"},
      {json_type, "{\"a\":\"\\u0000\"}"},
      {json_type, "{\"a\":\"\xff\"}"},
      {json_type, "{\"a\":" + std::string(100000, '[') + std::string(100000, ']') + "}"},
      {"Content-Type: multipart/form-data\r\n", "--x--"},
      {"Content-Type: multipart/form-data; boundary=x\r\n", "--y--"},
      {"Content-Type: multipart/form-data; boundary=" + std::string(71, 'x') + "\r\n", "--y--"},
  };
  for (const auto& [type, body] : bodies) {
    SCOPED_TRACE(type + body.substr(0, 40));
    EXPECT_EQ(site.post("/echo", body, ours + type).status, 400);
  }
  EXPECT_EQ(site.calls, 0);
}

TEST(Server, GivesEveryRefusalTheNumberThatStandsInTheLog) {
  const Site site;
  auto client = site.client();
  client.send("nonsense\r\n\r\n");
  const auto reply = client.reply();
  const auto end = reply.body.rfind('\n');
  ASSERT_GE(end, 8U);
  const auto reference = reply.body.substr(end - 8, 8);
  EXPECT_TRUE(site.logged("- - 400 "));
  EXPECT_TRUE(site.logged(" " + reference));
}

TEST(Server, AnswersFivePipelinedRequestsInOrder) {
  const Site site;
  auto client = site.client();
  std::string five;
  for (int i = 1; i <= 5; ++i) five += "GET /who/" + std::to_string(i) + " HTTP/1.1\r\n" + host + "\r\n";
  client.send(five);
  for (int i = 1; i <= 5; ++i) EXPECT_EQ(client.reply().body, std::to_string(i));
}

TEST(Server, AnswersPipelinedPostsWithAndWithoutChunks) {
  const Site site;
  auto client = site.client();
  client.send(post_with("Content-Length: 3\r\n", "a=1") +
              post_with("Transfer-Encoding: chunked\r\n", "2\r\na=\r\n1\r\n2\r\n0\r\n\r\n") +
              post_with("Content-Length: 3\r\n", "a=3"));
  EXPECT_EQ(client.reply().body, "a=1;");
  EXPECT_EQ(client.reply().body, "a=2;");
  EXPECT_EQ(client.reply().body, "a=3;");
}

TEST(Server, AnswersExpectContinueBeforeTheBody) {
  const Site site;
  auto client = site.client();
  client.send(post_with("Expect: 100-continue\r\nContent-Length: 3\r\n", ""));
  EXPECT_EQ(client.reply().status, 100);
  client.send("a=1");
  EXPECT_EQ(client.reply().body, "a=1;");
}

TEST(Server, DoesNotAskForABodyItWillRefuse) {
  const Site site;
  auto client = site.client();
  client.send(post_with("Expect: 100-continue\r\nContent-Length: 3000000\r\n", ""));
  EXPECT_EQ(client.reply().status, 413);
}

TEST(Server, AnswersARequestThatComesByteByByte) {
  const Site site;
  auto client = site.client();
  for (const char c : post_with("Content-Length: 3\r\n", "a=1")) client.send(std::string_view(&c, 1));
  EXPECT_EQ(client.reply().body, "a=1;");
}

TEST(Server, KnowsOnlyItsPublicNameWhenItHasOne) {
  web::ServerSettings settings;
  settings.public_host = "Cairn.example";
  const Site site(settings);
  EXPECT_EQ(site.get("/").status, 400);
  auto client = site.client();
  client.send("GET / HTTP/1.1\r\nHost: cairn.EXAMPLE:443\r\n\r\n");
  EXPECT_EQ(client.reply().status, 200);
}

TEST(Server, SurvivesRandomBytes) {
  const Site site;
  std::uint32_t seed = 20260303;
  const auto next = [&seed] { return seed = seed * 1664525 + 1013904223; };
  const auto valid = post_with("Transfer-Encoding: chunked\r\n", "2\r\na=\r\n1\r\n2\r\n0\r\n\r\n");
  for (int round = 0; round < 300; ++round) {
    auto bytes = valid;
    for (int change = 0; change < 3; ++change) bytes[next() / 7 % bytes.size()] = static_cast<char>(next() >> 13);
    auto client = site.client();
    client.send(bytes);
    ::shutdown(client.descriptor(), SHUT_WR);
    const auto status = client.reply().status;
    EXPECT_TRUE(status == 0 || (status >= 200 && status < 500)) << status << "\n" << bytes;
  }
  EXPECT_EQ(site.get("/").status, 200);
}

}  // namespace
}  // namespace cairn::tests
