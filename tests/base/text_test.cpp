// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"

#include <gtest/gtest.h>

namespace cairn {
namespace {

TEST(Text, TrimsBlanksAtBothEndsOnly) {
  EXPECT_EQ(trimmed("  a b\t\r\n"), "a b");
  EXPECT_EQ(trimmed(" \t "), "");
  EXPECT_EQ(trimmed(""), "");
}

TEST(Text, SplitsIntoEveryPartTheEmptyOnesToo) {
  EXPECT_EQ(split("a;;b", ';'), (std::vector<std::string_view>{"a", "", "b"}));
  EXPECT_EQ(split("", ';'), (std::vector<std::string_view>{""}));
}

TEST(Text, ReadsWholeNumbersAndNothingElse) {
  EXPECT_EQ(whole_number("-12"), -12);
  EXPECT_EQ(whole_number("007"), 7);
  for (const char* text : {"", " 1", "1 ", "1.0", "+1", "0x1", "9223372036854775808", "one"})
    EXPECT_FALSE(whole_number(text)) << text;
}

TEST(Text, RefusesWhatIsNotUtf8) {
  for (const char* text : {"plain", "caf\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x8C\xB1"})
    EXPECT_TRUE(is_utf8(text)) << text;
  for (const char* text :
       {"\xC3", "\xC0\xAF", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "caf\xE9", "\x80"})
    EXPECT_FALSE(is_utf8(text));
  EXPECT_FALSE(is_utf8(std::string_view("a\0b", 3)));
}

TEST(Text, CountsCharactersNotBytes) {
  EXPECT_EQ(characters("caf\xC3\xA9"), 4U);
  EXPECT_EQ(characters(""), 0U);
}

TEST(Text, TurnsBytesToHexAndBack) {
  EXPECT_EQ(hex(std::string_view("\x00\xFFz", 3)), "00ff7a");
  EXPECT_EQ(from_hex("00FF7a"), std::string("\x00\xFFz", 3));
  EXPECT_FALSE(from_hex("abc"));
  EXPECT_FALSE(from_hex("zz"));
}

TEST(Text, WritesBytesInBase32) {
  struct Case {
    std::string bytes;
    std::string text;
  };
  for (const auto& [bytes, text] : {Case{"", ""}, Case{"f", "MY"}, Case{"fo", "MZXQ"}, Case{"foo", "MZXW6"},
                                    Case{"foob", "MZXW6YQ"}, Case{"fooba", "MZXW6YTB"}, Case{"foobar", "MZXW6YTBOI"}})
    EXPECT_EQ(base32(bytes), text);
}

}  // namespace
}  // namespace cairn
