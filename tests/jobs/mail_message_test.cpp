// SPDX-License-Identifier: Apache-2.0
#include "jobs/mail_message.hpp"

#include <gtest/gtest.h>
#include <sodium.h>

#include <algorithm>
#include <vector>

#include "base/text.hpp"

namespace cairn::jobs {
namespace {

const Envelope envelope{"k3j4", "letters@example.org", "Example Letters", *moment_from_iso("2026-03-03T09:05:07.000Z")};

std::string decoded(std::string base64) {
  base64.erase(std::remove_if(base64.begin(), base64.end(), [](char c) { return c == '\r' || c == '\n'; }),
               base64.end());
  std::string out(base64.size(), '\0');
  std::size_t length = 0;
  const int bad = sodium_base642bin(reinterpret_cast<unsigned char*>(out.data()), out.size(), base64.data(),
                                    base64.size(), nullptr, &length, nullptr, sodium_base64_VARIANT_ORIGINAL);
  EXPECT_EQ(bad, 0) << base64;
  out.resize(length);
  return out;
}

struct Read {
  std::vector<std::string> headers;  // folded ones joined
  std::string body;
};

Read read(const std::string& message) {
  Read out;
  const auto end = message.find("\r\n\r\n");
  std::string head = message.substr(0, end);
  for (std::size_t at = head.find("\r\n "); at != std::string::npos; at = head.find("\r\n ")) head.erase(at, 2);
  for (const auto line : split(head, '\n')) out.headers.emplace_back(trimmed(line));
  out.body = decoded(message.substr(end + 4));
  return out;
}

std::string header(const Read& message, const std::string& name) {
  std::string found;
  for (const auto& line : message.headers)
    if (line.starts_with(name + ": ")) found += line.substr(name.size() + 2);
  return found;
}

// The words of a header of encoded words.
std::string words(const std::string& header) {
  std::string out;
  for (const auto part : split(header, ' ')) out += decoded(std::string(part.substr(10, part.size() - 12)));
  return out;
}

TEST(MailMessage, SaysWhoWhomAndWhatInPlainHeaders) {
  const auto message = read(mail_message({"lou@example.org", "A letter for you", "Hello,\nLou.\n"}, envelope));
  EXPECT_EQ(header(message, "From"), "\"Example Letters\" <letters@example.org>");
  EXPECT_EQ(header(message, "To"), "lou@example.org");
  EXPECT_EQ(header(message, "Subject"), "A letter for you");
  EXPECT_EQ(header(message, "Date"), "Tue, 3 Mar 2026 09:05:07 +0000");
  EXPECT_EQ(header(message, "Message-ID"), "<k3j4@example.org>");
  EXPECT_EQ(header(message, "Auto-Submitted"), "auto-generated");
  EXPECT_EQ(header(message, "Content-Type"), "text/plain; charset=utf-8");
  EXPECT_EQ(message.body, "Hello,\r\nLou.\r\n");
}

TEST(MailMessage, CarriesEveryLetterOfEveryAlphabetInShortAsciiLines) {
  std::string long_subject;
  for (int i = 0; i < 30; ++i) long_subject += "Zażółć 你好 ";
  const std::string body = "Gwybodaeth – “croeso” ✓\n" + std::string(5000, 'x');
  const auto bytes = mail_message({"lou@example.org", long_subject, body}, envelope);
  for (const auto line : split(bytes, '\n')) {
    EXPECT_LE(line.size(), 79U) << line;
    for (const char c : line) EXPECT_GE(c, 0);
  }
  const auto message = read(bytes);
  EXPECT_EQ(words(header(message, "Subject")), trimmed(long_subject));
  EXPECT_EQ(message.body, "Gwybodaeth – “croeso” ✓\r\n" + std::string(5000, 'x'));
}

TEST(MailMessage, LetsNoFieldEndAHeader) {
  const std::string nasty = "Hello\r\nBcc: everybody@example.org\r\n\r\nBuy";
  Envelope sent = envelope;
  sent.sender_name = nasty;
  sent.from = "letters@example.org\r\nBcc: a@example.org";
  const auto message = read(mail_message({"lou@example.org\r\nBcc: b@example.org", nasty, "body"}, sent));
  EXPECT_EQ(message.headers.size(), 10U);
  EXPECT_EQ(header(message, "Bcc"), "");
  EXPECT_EQ(message.body, "body");
}

TEST(MailMessage, QuotesANameAndEncodesWhatLooksEncoded) {
  Envelope sent = envelope;
  sent.sender_name = "The \"Letters\" \\ office";
  const auto message = read(mail_message({"lou@example.org", "=?UTF-8?B?aGE=?=", ""}, sent));
  EXPECT_EQ(header(message, "From"), R"("The \"Letters\" \\ office" <letters@example.org>)");
  EXPECT_EQ(words(header(message, "Subject")), "=?UTF-8?B?aGE=?=");
  sent.sender_name.clear();
  EXPECT_EQ(header(read(mail_message({"lou@example.org", "x", ""}, sent)), "From"), "letters@example.org");
}

TEST(MailAddress, IsOneThatAServerCanBeTold) {
  for (const auto* good : {"a@b", "lou.field+x@mail.example.org", "o'neil@example.org", "a@xn--bcher-kva.example"})
    EXPECT_TRUE(is_mail_address(good)) << good;
  const std::string long_one = std::string(250, 'a') + "@b.org";
  for (const std::string& bad :
       {std::string(""), std::string("lou"), std::string("@b"), std::string("a@"), std::string("a@b@c"),
        std::string("a b@c"), std::string("a@b\r\nRCPT TO:<c@d>"), std::string("<a@b>"), std::string("a@.b"),
        std::string("a@b."), std::string("a@b..c"), std::string("jürgen@example.org"), std::string("a@b,c@d"),
        std::string("a\0@b", 4), long_one})
    EXPECT_FALSE(is_mail_address(bad)) << bad;
}

TEST(MailAddress, CanBeMaskedSoThatItsOwnerKnowsIt) {
  EXPECT_EQ(masked_address("robin@larkmoor.example"), "r***@larkmoor.example");
  EXPECT_EQ(masked_address("nobody"), "");
  EXPECT_EQ(masked_address(""), "");
}

}  // namespace
}  // namespace cairn::jobs
