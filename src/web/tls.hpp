// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "web/server_asio.hpp"

namespace cairn::web {

// TLS 1.2 and 1.3, forward secret authenticated ciphers, no renegotiation, "http/1.1" by ALPN. `certificate` (with its
// chain) and `key` are PEM files. Throws Unavailable where they cannot be read or do not belong together.
boost::asio::ssl::context tls_context(const std::string& certificate, const std::string& key);

}  // namespace cairn::web
