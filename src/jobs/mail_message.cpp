// SPDX-License-Identifier: Apache-2.0
#include "jobs/mail_message.hpp"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace cairn::jobs {
namespace {

constexpr std::string_view line_end = "\r\n";

bool is_printable(char c) {
  return c > ' ' && c < 127;
}

std::string base64(std::string_view bytes) {
  std::string out(sodium_base64_ENCODED_LEN(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(out.data(), out.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                    sodium_base64_VARIANT_ORIGINAL);
  out.pop_back();  // sodium ends it with NUL
  return out;
}

std::string without_controls(std::string_view words) {
  std::string out(words);
  std::replace_if(out.begin(), out.end(), [](char c) { return (c >= 0 && c < ' ') || c == 127; }, ' ');
  return std::string(trimmed(out));
}

// At most `most` bytes of the front, cut between characters.
std::string_view front_part(std::string_view text, std::size_t most) {
  if (text.size() <= most) return text;
  auto end = most;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end);
}

// RFC 2047: each encoded word at most 75 characters, of whole characters, with a fold between two.
std::string encoded_words(std::string_view words) {
  constexpr std::size_t bytes_in_one = 42;
  std::string out;
  while (!words.empty()) {
    const auto part = front_part(words, bytes_in_one);
    if (!out.empty()) out += "\r\n ";
    out += "=?UTF-8?B?" + base64(part) + "?=";
    words.remove_prefix(part.size());
  }
  return out;
}

// A header of words alone. Plain where it is short ASCII that nobody could take for an encoded word.
std::string header_words(std::string_view typed) {
  constexpr std::size_t longest_plain = 60;
  const auto words = without_controls(typed);
  const bool plain = words.size() <= longest_plain && words.find("=?") == std::string::npos &&
                     std::all_of(words.begin(), words.end(), [](char c) { return c == ' ' || is_printable(c); });
  return plain ? words : encoded_words(words);
}

// A name before an address: quoted, or encoded.
std::string header_name(std::string_view typed) {
  const auto words = header_words(typed);
  if (words.starts_with("=?")) return words;
  std::string out = "\"";
  for (const char c : words) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

std::string header_date(Moment moment) {
  constexpr std::array<std::string_view, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto written = iso(moment);
  const auto day = date_from_iso(std::string_view(written).substr(0, 10));
  if (!day) return {};
  return fmt::format("{}, {} {} {} {} +0000", days.at(static_cast<std::size_t>(weekday(*day))), day->day,
                     months.at(static_cast<std::size_t>(day->month - 1)), day->year,
                     std::string_view(written).substr(11, 8));
}

// Lines end with CR LF once encoded, whatever they ended with before.
std::string body_lines(std::string_view body) {
  constexpr std::size_t line_length = 76;
  std::string whole;
  whole.reserve(body.size() + 64);
  for (std::size_t i = 0; i < body.size(); ++i) {
    if (body[i] == '\r') continue;
    if (body[i] == '\n') whole += '\r';
    whole += body[i];
  }
  const auto encoded = base64(whole);
  std::string out;
  for (std::size_t at = 0; at < encoded.size(); at += line_length)
    out.append(encoded, at, line_length).append(line_end);
  return out;
}

}  // namespace

bool is_mail_address(std::string_view address) {
  constexpr std::size_t longest = 254;
  constexpr std::string_view refused = "<>()[]\\,;:\"";
  const auto at = address.find('@');
  if (address.size() > longest || at == std::string_view::npos || at == 0) return false;
  const auto printable = [&](char c) { return is_printable(c) && refused.find(c) == std::string_view::npos; };
  const auto in_domain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
  };
  const auto domain = address.substr(at + 1);
  return std::all_of(address.begin(), address.end(), printable) && !domain.empty() &&
         std::all_of(domain.begin(), domain.end(), in_domain) && domain.front() != '.' && domain.front() != '-' &&
         domain.back() != '.' && domain.find("..") == std::string_view::npos;
}

std::string_view mail_domain(std::string_view address) {
  const auto at = address.rfind('@');
  return at == std::string_view::npos ? std::string_view() : address.substr(at + 1);
}

std::string masked_address(std::string_view address) {
  const auto at = address.find('@');
  if (at == std::string_view::npos || at == 0) return {};
  return std::string(address.substr(0, 1)) + "***" + std::string(address.substr(at));
}

std::string mail_message(const Letter& letter, const Envelope& envelope) {
  const auto sender = without_controls(envelope.from);
  const auto name = without_controls(envelope.sender_name);
  std::string out;
  const auto header = [&](std::string_view key, const std::string& value) {
    out.append(key).append(": ").append(value).append(line_end);
  };
  header("Date", header_date(envelope.now));
  header("From", name.empty() ? sender : header_name(name) + " <" + sender + ">");
  header("To", without_controls(letter.to));
  header("Subject", header_words(letter.subject));
  header("Message-ID", "<" + without_controls(envelope.id) + "@" + std::string(mail_domain(sender)) + ">");
  header("Auto-Submitted", "auto-generated");
  header("X-Auto-Response-Suppress", "All");
  header("MIME-Version", "1.0");
  header("Content-Type", "text/plain; charset=utf-8");
  header("Content-Transfer-Encoding", "base64");
  return out.append(line_end) + body_lines(letter.body);
}

}  // namespace cairn::jobs
