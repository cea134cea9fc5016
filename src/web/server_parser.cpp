// SPDX-License-Identifier: Apache-2.0
#include "web/server_parser.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <functional>

#include "base/text.hpp"

namespace cairn::web {

namespace http = boost::beast::http;
using boost::system::error_code;

struct RequestParser::Inside {
  http::request_parser<http::string_body> parser;
  // What follows the size of a chunk means nothing to us, and two servers in a row may disagree where it ends.
  std::function<void(std::uint64_t, boost::beast::string_view, error_code&)> no_extensions =
      [](std::uint64_t, boost::beast::string_view extensions, error_code& ec) {
        if (!extensions.empty()) ec = http::error::bad_chunk_extension;
      };
};

RequestParser::RequestParser() : inside_(std::make_unique<Inside>()) {
  inside_->parser.header_limit(longest_header + 4);
  inside_->parser.body_limit(boost::none);  // the route has its own, known once the header is read
  inside_->parser.on_chunk_header(inside_->no_extensions);
}

RequestParser::~RequestParser() = default;

bool RequestParser::read_header(std::string_view header, Arrival& arrival) {
  error_code ec;
  auto& parser = inside_->parser;
  const auto used = parser.put(boost::asio::buffer(header), ec);
  if (ec || used != header.size() || !parser.is_header_done()) return false;
  const auto& message = parser.get();
  arrival.verb = std::string(message.method_string());
  arrival.target = std::string(message.target());
  for (const auto& field : message) {
    arrival.headers.emplace_back(lower(std::string(field.name_string())), std::string(field.value()));
  }
  return true;
}

bool RequestParser::is_http_1_0() const {
  return inside_->parser.get().version() == 10;
}
bool RequestParser::keeps_open() const {
  return inside_->parser.get().keep_alive();
}
bool RequestParser::is_done() const {
  return inside_->parser.is_done();
}

void RequestParser::body_limit(std::size_t bytes) {
  inside_->parser.body_limit(bytes);
  inside_->parser.eager(true);
}

RequestParser::Fed RequestParser::feed(std::string& bytes) {
  auto& parser = inside_->parser;
  if (parser.is_done()) return Fed::done;
  if (bytes.empty()) return Fed::more_to_come;
  error_code ec;
  bytes.erase(0, parser.put(boost::asio::buffer(bytes), ec));
  if (parser.is_done()) return Fed::done;
  if (ec == http::error::body_limit) return Fed::too_large;
  // The size of a chunk, or what follows the last one, that will not end.
  const bool endless = ec == http::error::need_more && bytes.size() > longest_header;
  return endless || (ec && ec != http::error::need_more) ? Fed::bad : Fed::more_to_come;
}

std::string RequestParser::take_body() {
  return std::move(inside_->parser.get().body());
}

}  // namespace cairn::web
