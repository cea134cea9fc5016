// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace cairn::web {

// The cookie that carries the token of a signed-in session.
inline constexpr std::string_view session_cookie_name = "__Host-cairn";

// The cookie of a browser in which somebody has signed in whole before; it signs nobody in.
inline constexpr std::string_view device_cookie_name = "__Host-cairn-device";

// The cookie of a browser that was told to wait before trying again: its ticket for the next turn.
inline constexpr std::string_view turn_cookie_name = "__Host-cairn-turn";

// The token in a Cookie header. "" where there is none, where it could not be a token of ours (longer than 128, or
// other characters than letters, digits, '-' and '_'), and where two different ones came: which of them is true cannot
// be known.
std::string session_token(std::string_view cookie_header);

// The same for the cookie of another name.
std::string cookie_value(std::string_view cookie_header, std::string_view name);

}  // namespace cairn::web
