// SPDX-License-Identifier: Apache-2.0
#include "web/server_stream.hpp"

#include <array>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <string>
#include <utility>

namespace cairn::web {
namespace {

class PlainStream final : public Stream {
 public:
  explicit PlainStream(Tcp::socket socket) : socket_(std::move(socket)) {}
  Tcp::socket& socket() override { return socket_; }
  bool is_tls() const override { return false; }

  asio::awaitable<bool> shake_hands() override { co_return true; }

  asio::awaitable<std::size_t> read_some(asio::mutable_buffer into) override {
    error_code ec;
    const auto count = co_await socket_.async_read_some(into, asio::redirect_error(asio::use_awaitable, ec));
    co_return ec ? 0 : count;
  }

  asio::awaitable<bool> write(std::string_view first, std::string_view second) override {
    error_code ec;
    const std::array<asio::const_buffer, 2> both{asio::buffer(first), asio::buffer(second)};
    co_await asio::async_write(socket_, both, asio::redirect_error(asio::use_awaitable, ec));
    co_return !ec;
  }

  asio::awaitable<void> end_of_sending() override {
    error_code ignored;
    socket_.shutdown(Tcp::socket::shutdown_send, ignored);
    co_return;
  }

 private:
  Tcp::socket socket_;
};

class TlsStream final : public Stream {
 public:
  TlsStream(Tcp::socket socket, asio::ssl::context& tls) : stream_(std::move(socket), tls) {}
  Tcp::socket& socket() override { return stream_.next_layer(); }
  bool is_tls() const override { return true; }

  asio::awaitable<bool> shake_hands() override {
    error_code ec;
    co_await stream_.async_handshake(asio::ssl::stream_base::server, asio::redirect_error(asio::use_awaitable, ec));
    co_return !ec;
  }

  asio::awaitable<std::size_t> read_some(asio::mutable_buffer into) override {
    error_code ec;
    const auto count = co_await stream_.async_read_some(into, asio::redirect_error(asio::use_awaitable, ec));
    co_return ec ? 0 : count;
  }

  // One buffer: a TLS stream would make a record of each.
  asio::awaitable<bool> write(std::string_view first, std::string_view second) override {
    error_code ec;
    const auto both = std::string(first) + std::string(second);
    co_await asio::async_write(stream_, asio::buffer(both), asio::redirect_error(asio::use_awaitable, ec));
    co_return !ec;
  }

  asio::awaitable<void> end_of_sending() override {
    error_code ignored;
    co_await stream_.async_shutdown(asio::redirect_error(asio::use_awaitable, ignored));
    socket().shutdown(Tcp::socket::shutdown_send, ignored);
  }

 private:
  asio::ssl::stream<Tcp::socket> stream_;
};

}  // namespace

std::unique_ptr<Stream> stream_over(Tcp::socket socket, asio::ssl::context* tls) {
  if (tls) return std::make_unique<TlsStream>(std::move(socket), *tls);
  return std::make_unique<PlainStream>(std::move(socket));
}

}  // namespace cairn::web
