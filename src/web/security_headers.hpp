// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace cairn::web {

// The headers every reply carries, whatever its status, as lines that end with CRLF. docs/operating/security-headers.md
// says why each is there; a test compares the two.
std::string_view security_headers();

// With TLS only: browsers then refuse plain HTTP to this name for two years.
std::string_view strict_transport_header();

}  // namespace cairn::web
