// SPDX-License-Identifier: Apache-2.0
#include "web/multipart.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace cairn::web {
namespace {

using namespace std::string_literals;

std::string part(const std::string& header, const std::string& content) {
  return "--XX\r\nContent-Disposition: " + header + "\r\n\r\n" + content + "\r\n";
}

std::string shown(const std::optional<Parts>& parts) {
  if (!parts) return "refused";
  std::string text;
  for (const auto& [name, value] : parts->fields.all()) text += name + "=" + value + ";";
  for (const auto& upload : parts->uploads) text += upload.field + ":" + upload.file_name + ":" + upload.bytes + ";";
  return text;
}

TEST(Multipart, FindsItsBoundary) {
  EXPECT_EQ(multipart_boundary("multipart/form-data; boundary=----WebKitFormBoundaryAbC1"),
            "----WebKitFormBoundaryAbC1");
  EXPECT_EQ(multipart_boundary("multipart/form-data;charset=utf-8; Boundary=\"a b\""), "a b");
  EXPECT_EQ(multipart_boundary("multipart/form-data; boundary=" + std::string(70, 'x')), std::string(70, 'x'));
  for (const auto& bad :
       {"multipart/form-data"s, "multipart/form-data; boundary="s, "multipart/form-data; boundary=\"\""s,
        "multipart/form-data; boundary=\"a \""s, "multipart/form-data; boundary=a\x01"s,
        "multipart/form-data; boundary=<a>"s, "multipart/form-data; boundary=" + std::string(71, 'x')}) {
    EXPECT_EQ(multipart_boundary(bad), std::nullopt) << bad;
  }
}

TEST(Multipart, ReadsFieldsAndFiles) {
  const auto body =
      part("form-data; name=\"a\"", "1") + part("form-data; name=\"é\"", "") +
      part("form-data; name=\"f\"; filename=\"C:\\x\\r%22é.txt\"\r\nContent-Type: text/plain", "x\0\xff\r\n--X"s) +
      part("FORM-DATA;name=\"none\";filename=\"\"", "") + part("form-data; name=\"a\"", "two\r\nlines") + "--XX--\r\n";
  const auto parts = parts_of(body, "XX");
  EXPECT_EQ(shown(parts), "a=1;é=;a=two\r\nlines;f:r\"é.txt:x\0\xff\r\n--X;"s);
  EXPECT_EQ(shown(parts_of("--XX--", "XX")), "") << "a form without fields";
}

TEST(Multipart, RefusesWhatIsNotWrittenAsBrowsersDo) {
  const std::string end = "--XX--\r\n";
  const std::string good = part("form-data; name=\"a\"", "1");
  const std::vector<std::pair<std::string, std::string>> table = {
      {"nothing", ""},
      {"another boundary", "--YY\r\n\r\n\r\n--YY--"},
      {"a preamble", "hello\r\n" + good + end},
      {"an epilogue", good + end + "bye"},
      {"no end", good},
      {"half an end", good + "--XX-"},
      {"LF alone", "--XX\nContent-Disposition: form-data; name=\"a\"\n\n1\n--XX--\n"},
      {"no headers", "--XX\r\n\r\n1\r\n" + end},
      {"no blank line", "--XX\r\nContent-Disposition: form-data; name=\"a\"\r\n" + end},
      {"no disposition", "--XX\r\nContent-Type: text/plain\r\n\r\n1\r\n" + end},
      {"two dispositions", part("form-data; name=\"a\"\r\nContent-Disposition: form-data; name=\"b\"", "1") + end},
      {"no name", part("form-data", "1") + end},
      {"an empty name", part("form-data; name=\"\"", "1") + end},
      {"two names", part("form-data; name=\"a\"; name=\"b\"", "1") + end},
      {"a bare name", part("form-data; name=a", "1") + end},
      {"an open quotation", part("form-data; name=\"a", "1") + end},
      {"words after a quotation", part("form-data; name=\"a\"b", "1") + end},
      {"attachment", part("attachment; name=\"a\"", "1") + end},
      {"another file name", part("form-data; name=\"a\"; filename*=UTF-8''x", "1") + end},
      {"base64", part("form-data; name=\"a\"\r\nContent-Transfer-Encoding: base64", "MQ==") + end},
      {"a folded header", part("form-data;\r\n name=\"a\"", "1") + end},
      {"a field that is not UTF-8", part("form-data; name=\"a\"", "\xff") + end},
      {"a field with NUL", part("form-data; name=\"a\"", "\0"s) + end},
      {"a name that is not UTF-8", part("form-data; name=\"\xff\"", "1") + end},
      {"a header of 9 KB", part("form-data; name=\"a\"\r\nX: " + std::string(9000, 'x'), "1") + end},
  };
  for (const auto& [name, body] : table) EXPECT_EQ(shown(parts_of(body, "XX")), "refused") << name;
  EXPECT_EQ(shown(parts_of(good, "")), "refused");
}

TEST(Multipart, TakesAThousandPartsAndNoMore) {
  std::string body;
  for (int i = 0; i < 1000; ++i) body += part("form-data; name=\"a\"", "1");
  EXPECT_TRUE(parts_of(body + "--XX--", "XX"));
  EXPECT_FALSE(parts_of(body + part("form-data; name=\"a\"", "1") + "--XX--", "XX"));
}

TEST(Multipart, NeverGivesMoreThanItWasGivenWhateverTheBytes) {
  const auto valid =
      part("form-data; name=\"a\"", "1") + part("form-data; name=\"f\"; filename=\"x\"", "yyyy") + "--XX--\r\n";
  std::uint32_t seed = 7;
  const auto next = [&seed] { return seed = seed * 1664525 + 1013904223; };
  int accepted = 0;
  for (int round = 0; round < 50'000; ++round) {
    auto body = valid;
    for (std::uint32_t change = 0; change < 1 + static_cast<std::uint32_t>(round) % 4; ++change) {
      const auto at = next() / 3 % body.size();
      switch (next() >> 30) {
        case 0:
          body[at] = static_cast<char>(next() >> 17);
          break;
        case 1:
          body.erase(at, 1 + next() / 5 % 7);
          break;
        case 2:
          body.insert(at, body.substr(next() / 5 % body.size(), 20));
          break;
        default:
          body.resize(at + 1);
          break;
      }
      if (body.empty()) body = "-";
    }
    const auto parts = parts_of(body, "XX");
    if (!parts) continue;
    ++accepted;
    std::size_t total = 0;
    for (const auto& [name, value] : parts->fields.all()) total += name.size() + value.size();
    for (const auto& upload : parts->uploads) total += upload.bytes.size();
    ASSERT_LE(total, body.size());
  }
  EXPECT_GT(accepted, 0);
}

}  // namespace
}  // namespace cairn::web
