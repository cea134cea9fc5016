// SPDX-License-Identifier: Apache-2.0
#include "web/server_wire.hpp"

#include <algorithm>
#include <ctime>
#include <stdexcept>

#include "base/text.hpp"
#include "web/security_headers.hpp"

namespace cairn::web {
namespace {

std::string_view phrase(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 204:
      return "No Content";
    case 303:
      return "See Other";
    case 304:
      return "Not Modified";
    case 400:
      return "Bad Request";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 408:
      return "Request Timeout";
    case 409:
      return "Conflict";
    case 410:
      return "Gone";
    case 413:
      return "Content Too Large";
    case 415:
      return "Unsupported Media Type";
    case 417:
      return "Expectation Failed";
    case 422:
      return "Unprocessable Content";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 500:
      return "Internal Server Error";
    case 503:
      return "Service Unavailable";
    case 507:
      return "Insufficient Storage";
    default:
      return "Reply";
  }
}

// "Tue, 03 Mar 2026 09:05:00 GMT", made once a second on each thread.
const std::string& date_now() {
  thread_local std::time_t made = 0;
  thread_local std::string text;
  const auto now = std::time(nullptr);
  if (now != made || text.empty()) {
    std::tm parts{};
    gmtime_r(&now, &parts);
    char buffer[64];
    const auto length = std::strftime(buffer, sizeof buffer, "%a, %d %b %Y %H:%M:%S GMT", &parts);
    text.assign(buffer, length);
    made = now;
  }
  return text;
}

void add_header(std::string& out, std::string_view name, std::string_view value) {
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
  if (name.empty() || std::any_of(name.begin(), name.end(), is_control) ||
      std::any_of(value.begin(), value.end(), is_control) || name.find_first_of(": ") != std::string_view::npos) {
    throw std::logic_error("a header of a reply holds a control character");
  }
  out += name;
  out += ": ";
  out += value;
  out += "\r\n";
}

bool has_header(const Reply& reply, std::string_view name) {
  return std::any_of(reply.headers.begin(), reply.headers.end(), [&](const auto& header) {
    return header.first.size() == name.size() && starts_with_ignoring_case(header.first, name);
  });
}

bool may_stand_in_a_host(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
}

bool is_port(std::string_view text) {
  const auto number = whole_number(text);
  return number && *number > 0 && *number < 65536 && text.front() != '-';
}

}  // namespace

HeaderWatch::Seen HeaderWatch::look(std::string_view bytes) {
  while (at_ < bytes.size()) {
    if (at_ >= longest_header) return Seen::too_long;
    const auto byte = static_cast<unsigned char>(bytes[at_]);
    if (at_ == line_start_ && (byte == ' ' || byte == '\t')) return Seen::bad;
    if (byte == '\r') {
      if (at_ + 1 == bytes.size()) return Seen::more_to_come;
      if (bytes[at_ + 1] != '\n') return Seen::bad;
      const bool empty_line = at_ == line_start_;
      if (empty_line && lines_ == 0) return Seen::bad;
      at_ += 2;
      line_start_ = at_;
      if (empty_line) return Seen::whole;
      if (++lines_ > most_header_lines + 1) return Seen::too_long;
      continue;
    }
    if ((byte < 0x20 && byte != '\t') || byte == 0x7f || (lines_ == 0 && byte >= 0x7f)) return Seen::bad;
    ++at_;
  }
  return at_ >= longest_header ? Seen::too_long : Seen::more_to_come;
}

std::string_view Arrival::header(std::string_view name) const {
  const auto found = std::find_if(headers.begin(), headers.end(), [&](const auto& one) { return one.first == name; });
  return found == headers.end() ? std::string_view() : std::string_view(found->second);
}

std::size_t Arrival::count(std::string_view name) const {
  return static_cast<std::size_t>(
      std::count_if(headers.begin(), headers.end(), [&](const auto& one) { return one.first == name; }));
}

std::optional<BodyKind> body_kind(const Arrival& arrival) {
  const auto lengths = arrival.count("content-length");
  const auto encodings = arrival.count("transfer-encoding");
  if (lengths > 1 || encodings > 1 || (lengths != 0 && encodings != 0)) return std::nullopt;
  BodyKind kind;
  if (encodings == 1) {
    if (lower(arrival.header("transfer-encoding")) != "chunked") return std::nullopt;
    kind.chunked = true;
  }
  if (lengths == 1) {
    const auto text = arrival.header("content-length");
    const bool digits =
        !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    const auto number = digits ? whole_number(text) : std::nullopt;
    if (!number) return std::nullopt;
    kind.length = static_cast<std::uint64_t>(*number);
  }
  return kind;
}

std::optional<std::string> host_name(std::string_view host_header) {
  auto name = lower(host_header);
  if (name.starts_with('[')) {
    const auto close = name.find(']');
    if (close == std::string::npos) return std::nullopt;
    const auto rest = std::string_view(name).substr(close + 1);
    if (!rest.empty() && (rest.front() != ':' || !is_port(rest.substr(1)))) return std::nullopt;
    name.resize(close + 1);
    const auto inside = std::string_view(name).substr(1, close - 1);
    if (inside.empty() || inside.find_first_not_of("0123456789abcdef:.") != std::string_view::npos) return std::nullopt;
    return name;
  }
  const auto colon = name.find(':');
  if (colon != std::string::npos) {
    if (!is_port(std::string_view(name).substr(colon + 1))) return std::nullopt;
    name.resize(colon);
  }
  if (name.empty() || name.size() > 253 || !std::all_of(name.begin(), name.end(), may_stand_in_a_host)) {
    return std::nullopt;
  }
  return name;
}

std::string reply_head(const Reply& reply, BodyForm form, After after, bool secure) {
  std::string head;
  head.reserve(1024);
  head += "HTTP/1.1 ";
  head += std::to_string(reply.status);
  head += ' ';
  head += phrase(reply.status);
  head += "\r\n";
  add_header(head, "Date", date_now());
  for (const auto& [name, value] : reply.headers) add_header(head, name, value);
  if (reply.status != 304 && reply.status != 204) {
    if (!reply.body.empty() || reply.pieces) add_header(head, "Content-Type", reply.content_type);
    if (form == BodyForm::chunked) add_header(head, "Transfer-Encoding", "chunked");
    if (form == BodyForm::whole) add_header(head, "Content-Length", std::to_string(reply.body.size()));
  }
  if (!has_header(reply, "Cache-Control")) add_header(head, "Cache-Control", "no-store");
  head += security_headers();
  if (secure) head += strict_transport_header();
  if (after == After::close) add_header(head, "Connection", "close");
  head += "\r\n";
  return head;
}

}  // namespace cairn::web
