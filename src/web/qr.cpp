// SPDX-License-Identifier: Apache-2.0
#include "web/qr.hpp"

#include <qrencode.h>

#include <memory>
#include <stdexcept>
#include <string>

namespace cairn::web {
namespace {

constexpr int quiet_zone = 4;  // modules on each side; ISO/IEC 18004 asks for four

// Dark modules that touch in a line become one bar, so that the path stays short.
std::string path_of(const QRcode& code) {
  const int width = code.width;
  std::string path;
  for (int y = 0; y < width; ++y) {
    for (int x = 0; x < width; ++x) {
      const auto dark = [&](int at) { return at < width && (code.data[y * width + at] & 1) != 0; };
      if (!dark(x)) continue;
      const int from = x;
      while (dark(x + 1)) ++x;
      const auto bar = std::to_string(x + 1 - from);
      path += "M" + std::to_string(from + quiet_zone) + " " + std::to_string(y + quiet_zone) + "h" + bar + "v1h-" +
              bar + "z";
    }
  }
  return path;
}

}  // namespace

Html qr_code(std::string_view text, std::string_view label) {
  const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
      QRcode_encodeString8bit(std::string(text).c_str(), 0, QR_ECLEVEL_M), &QRcode_free);
  if (!code || text.find('\0') != std::string_view::npos) throw std::logic_error("this text fits into no QR code");
  const auto side = std::to_string(code->width + 2 * quiet_zone);
  return tag("svg",
             {{"class", "cairn-qr"},
              {"viewBox", "0 0 " + side + " " + side},
              {"width", side},
              {"height", side},
              {"role", "img"},
              {"focusable", "false"},
              {"aria-label", label},
              {"shape-rendering", "crispEdges"}},
             tag("rect", {{"width", side}, {"height", side}, {"fill", "#ffffff"}}),
             tag("path", {{"d", path_of(*code)}, {"fill", "#000000"}}));
}

}  // namespace cairn::web
