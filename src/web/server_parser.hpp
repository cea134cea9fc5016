// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "web/server_wire.hpp"

namespace cairn::web {

// Reads one HTTP/1 request: first its header, then its body. The only user of Beast.
class RequestParser {
 public:
  RequestParser();
  ~RequestParser();

  // Takes a whole header, as HeaderWatch found it. False where it is not one.
  bool read_header(std::string_view header, Arrival& arrival);
  bool is_http_1_0() const;
  bool keeps_open() const;  // the client wants to go on with this connection

  bool is_done() const;  // there is no body, or all of it has been fed
  enum class Fed { more_to_come, done, bad, too_large };
  // Takes from the front of `bytes` what belongs to the body. Chunks are allowed, their extensions are not. Call
  // body_limit() first.
  Fed feed(std::string& bytes);
  void body_limit(std::size_t bytes);
  std::string take_body();

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace cairn::web
