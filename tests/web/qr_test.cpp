// SPDX-License-Identifier: Apache-2.0
#include "web/qr.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <stdexcept>
#include <string>
#include <vector>

namespace cairn::web {
namespace {

int number_after(const std::string& text, std::size_t& at) {
  int value = 0;
  for (; at < text.size() && std::isdigit(static_cast<unsigned char>(text[at])) != 0; ++at)
    value = value * 10 + (text[at] - '0');
  return value;
}

// The modules a drawing shows, with its quiet zone, row by row: '#' is dark.
std::vector<std::string> modules(const Html& drawing) {
  const auto& bytes = drawing.bytes();
  auto at = bytes.find("viewBox=\"0 0 ") + 13;
  const auto side = static_cast<std::size_t>(number_after(bytes, at));
  std::vector<std::string> rows(side, std::string(side, '.'));
  at = bytes.find(" d=\"") + 4;
  while (bytes[at] == 'M') {
    const auto x = static_cast<std::size_t>(number_after(bytes, ++at));
    const auto y = static_cast<std::size_t>(number_after(bytes, ++at));
    const auto bar = static_cast<std::size_t>(number_after(bytes, ++at));
    rows.at(y).replace(x, bar, bar, '#');
    at = bytes.find('z', at) + 1;
  }
  return rows;
}

TEST(QrCode, ShowsItsThreeFindersInAQuietZone) {
  const auto rows = modules(qr_code("https://cairn.example/i/abc", "An invitation"));
  const auto side = rows.size();
  ASSERT_EQ((side - 8 - 17) % 4, 0U) << "17 modules and four for each version";
  const std::array<std::string, 7> finder{"#######", "#.....#", "#.###.#", "#.###.#", "#.###.#", "#.....#", "#######"};
  for (std::size_t row = 0; row < 7; ++row) {
    EXPECT_EQ(rows[4 + row].substr(4, 7), finder.at(row));
    EXPECT_EQ(rows[4 + row].substr(side - 11, 7), finder.at(row));
    EXPECT_EQ(rows[side - 11 + row].substr(4, 7), finder.at(row));
  }
  for (std::size_t edge = 0; edge < 4; ++edge) {
    EXPECT_EQ(rows[edge], std::string(side, '.'));
    EXPECT_EQ(rows[side - 1 - edge], std::string(side, '.'));
  }
}

TEST(QrCode, SaysInWordsWhatItLeadsTo) {
  const auto drawing = qr_code("otpauth://totp/x?secret=ABC", "Code for <your> app").bytes();
  EXPECT_NE(drawing.find("role=\"img\""), std::string::npos);
  EXPECT_NE(drawing.find("aria-label=\"Code for &lt;your&gt; app\""), std::string::npos);
  EXPECT_EQ(drawing.find("secret"), std::string::npos);
  EXPECT_EQ(drawing.find("style="), std::string::npos);
}

TEST(QrCode, GrowsWithItsTextUntilItIsFull) {
  EXPECT_LT(modules(qr_code("a", "x")).size(), modules(qr_code(std::string(400, 'a'), "x")).size());
  EXPECT_EQ(modules(qr_code(std::string(2331, 'a'), "x")).size(), 177U + 8);
  EXPECT_THROW(qr_code(std::string(2332, 'a'), "x"), std::logic_error);
  EXPECT_THROW(qr_code("", "x"), std::logic_error);
  EXPECT_THROW(qr_code(std::string("a\0b", 3), "x"), std::logic_error);
}

}  // namespace
}  // namespace cairn::web
