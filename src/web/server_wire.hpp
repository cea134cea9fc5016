// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "web/reply.hpp"

namespace cairn::web {

inline constexpr std::size_t longest_header = 16 * 1024;
inline constexpr std::size_t most_header_lines = 100;

// Watches the bytes of a request's header come in. Stricter than the parser behind it, which is lenient where two
// servers in a row could read one header in two ways: refused are control characters, a CR or LF alone, a line that
// continues the one before, an empty first line.
class HeaderWatch {
 public:
  enum class Seen { more_to_come, whole, bad, too_long };
  // `bytes` is all that has come so far: what was given before, and more.
  Seen look(std::string_view bytes);
  std::size_t length() const { return at_; }  // of the header with its empty line, once it is whole

 private:
  std::size_t at_ = 0;
  std::size_t line_start_ = 0;
  std::size_t lines_ = 0;
};

// A request as it came over the wire. Names of headers are in lower case.
struct Arrival {
  std::string verb;
  std::string target;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  std::string address;  // of the client
  bool secure = false;  // it reached the server, or the proxy before it, over TLS

  std::string_view header(std::string_view name) const;  // "" where there is none
  bool has(std::string_view name) const { return count(name) != 0; }
  std::size_t count(std::string_view name) const;
};

// Content-Length or Transfer-Encoding as they must be, whatever the parser thinks of them: none or one plain number, or
// exactly "chunked", not both. Nothing otherwise.
struct BodyKind {
  bool chunked = false;
  std::optional<std::uint64_t> length;
};
std::optional<BodyKind> body_kind(const Arrival& arrival);

// The name in a Host header, in lower case and without its port. Nothing where it is not a name or an address.
std::optional<std::string> host_name(std::string_view host_header);

enum class After { keep_open, close };
enum class BodyForm { whole, chunked, until_close, none };

// Status line and headers of a reply, with the security headers, up to and including the empty line. Throws
// std::logic_error for a header that holds a line end: nothing a person typed may start a header of its own.
std::string reply_head(const Reply& reply, BodyForm form, After after, bool secure);

}  // namespace cairn::web
