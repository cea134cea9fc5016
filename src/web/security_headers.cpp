// SPDX-License-Identifier: Apache-2.0
#include "web/security_headers.hpp"

namespace cairn::web {

std::string_view security_headers() {
  return "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
         "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
         "object-src 'none'\r\n"
         "X-Content-Type-Options: nosniff\r\n"
         "Referrer-Policy: same-origin\r\n"
         "Cross-Origin-Opener-Policy: same-origin\r\n"
         "Cross-Origin-Resource-Policy: same-origin\r\n"
         "Permissions-Policy: accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
         "magnetometer=(), microphone=(), midi=(), payment=(), usb=(), browsing-topics=()\r\n"
         "X-Frame-Options: DENY\r\n";
}

std::string_view strict_transport_header() {
  return "Strict-Transport-Security: max-age=63072000; includeSubDomains\r\n";
}

}  // namespace cairn::web
