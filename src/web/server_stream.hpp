// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string_view>

#include "web/server_asio.hpp"

namespace cairn::web {

// The bytes of a connection, plain or through TLS. Nothing here waits for ever only because somebody else cuts the
// socket.
class Stream {
 public:
  virtual ~Stream() = default;
  virtual Tcp::socket& socket() = 0;
  virtual bool is_tls() const = 0;
  virtual asio::awaitable<bool> shake_hands() = 0;
  // 0 where the other side is gone or the wait was cut.
  virtual asio::awaitable<std::size_t> read_some(asio::mutable_buffer into) = 0;
  virtual asio::awaitable<bool> write(std::string_view first, std::string_view second) = 0;
  // Tells the other side that nothing more will come.
  virtual asio::awaitable<void> end_of_sending() = 0;
};

// `tls` is null for plain bytes.
std::unique_ptr<Stream> stream_over(Tcp::socket socket, asio::ssl::context* tls);

}  // namespace cairn::web
