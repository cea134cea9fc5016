// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "web/html.hpp"

namespace cairn::web {

// `text` as a QR code (ISO/IEC 18004, byte mode, error correction M), drawn as one path of an SVG with its quiet zone
// of four modules: black on white in every scheme, or cameras do not read it. `label` says in words what the code leads
// to. The text itself must also stand beside it in words, since a screen reader and a broken camera need it; a page
// that shows a secret must not be kept by the browser. Up to 2,331 bytes without NUL; what does not fit is a mistake of
// the page (std::logic_error).
Html qr_code(std::string_view text, std::string_view label);

}  // namespace cairn::web
