// SPDX-License-Identifier: Apache-2.0
#include "instruments/response.hpp"

#include <algorithm>

#include "base/stop.hpp"

namespace cairn::instruments {
namespace {

constexpr char form = 1;  // the first byte of everything encoded() writes
constexpr std::array<std::string_view, 6> presence_codes{"", "yes", "partly", "no", "dk", "nr"};
constexpr std::array<std::string_view, 7> importance_codes{"", "1", "2", "3", "4", "dk", "nr"};
constexpr std::array<std::string_view, 6> axis_codes{"employer", "context", "setting", "stakeholder", "site", "all"};
constexpr std::size_t answers_a = presence_codes.size();
constexpr std::size_t answers_b = importance_codes.size();

template <class Answer, std::size_t count>
std::optional<Answer> answer_from(std::string_view code, const std::array<std::string_view, count>& codes) {
  for (std::size_t i = 0; i < count; ++i)
    if (codes[i] == code) return static_cast<Answer>(i);
  return {};
}

void append_number(std::string& bytes, std::size_t number) {
  for (; number >= 0x80; number >>= 7) bytes.push_back(static_cast<char>((number & 0x7F) | 0x80));
  bytes.push_back(static_cast<char>(number));
}

void append_text(std::string& bytes, std::string_view text) {
  append_number(bytes, text.size());
  bytes += text;
}

// Takes encoded bytes apart from the front.
class Bytes {
 public:
  explicit Bytes(std::string_view left) : left_(left) {}

  std::size_t byte() {
    if (left_.empty()) damaged();
    const auto first = static_cast<unsigned char>(left_.front());
    left_.remove_prefix(1);
    return first;
  }
  std::size_t number() {
    std::size_t value = 0;
    for (unsigned shift = 0; shift < 35; shift += 7) {
      const std::size_t next = byte();
      value |= (next & 0x7F) << shift;
      if (next >= 0x80) continue;
      if (next == 0 && shift != 0) damaged();  // a longer form of a shorter number
      return value;
    }
    damaged();
  }
  std::string text() {
    const std::size_t size = number();
    if (size > left_.size()) damaged();
    std::string text(left_.substr(0, size));
    left_.remove_prefix(size);
    return text;
  }
  std::size_t left() const { return left_.size(); }
  [[noreturn]] static void damaged() { throw Corrupt("a stored response cannot be read"); }

 private:
  std::string_view left_;
};

void take_most_important(Bytes& bytes, Response& response) {
  const std::size_t items = response.presence.size();
  const std::size_t chosen = bytes.number();
  if (chosen > items) Bytes::damaged();
  for (std::size_t i = 0; i < chosen; ++i) {
    const std::size_t item = bytes.byte();
    if (item >= items || (i > 0 && item <= response.most_important.back())) Bytes::damaged();
    response.most_important.push_back(static_cast<std::uint8_t>(item));
  }
}

}  // namespace

std::string_view code(Presence answer) {
  return presence_codes[static_cast<std::size_t>(answer)];
}
std::string_view code(Importance answer) {
  return importance_codes[static_cast<std::size_t>(answer)];
}
std::optional<Presence> presence_from_code(std::string_view code) {
  return answer_from<Presence>(code, presence_codes);
}
std::optional<Importance> importance_from_code(std::string_view code) {
  return answer_from<Importance>(code, importance_codes);
}
std::string_view code(Axis axis) {
  return axis_codes[static_cast<std::size_t>(axis)];
}
std::optional<Axis> axis_from_code(std::string_view code) {
  return answer_from<Axis>(code, axis_codes);
}

const std::vector<std::string>& known_groups(Axis axis) {
  static const std::array<std::vector<std::string>, 6> groups{{
      {"voluntary", "statutory"},
      {"nhs", "partnership", "voluntary"},
      {"inpatient", "community", "bme"},
      {"peer_worker", "service_user", "coworker", "line_manager", "strategic_manager", "commissioner"},
      {},
      {},
  }};
  return groups[static_cast<std::size_t>(axis)];
}

// Form, groups, how many items, one byte for both answers of each item, the chosen items, the other groups.
std::string encoded(const Response& response) {
  std::string bytes(1, form);
  bytes.reserve(64 + response.presence.size());
  for (const auto& group : response.groups) append_text(bytes, group);
  append_number(bytes, response.presence.size());
  for (std::size_t i = 0; i < response.presence.size(); ++i)
    bytes.push_back(static_cast<char>(static_cast<std::size_t>(response.presence[i]) * answers_b +
                                      static_cast<std::size_t>(response.importance[i])));
  append_number(bytes, response.most_important.size());
  for (const auto item : response.most_important) bytes.push_back(static_cast<char>(item));
  append_number(bytes, response.other_groups.size());
  for (const auto& [name, value] : response.other_groups) {
    append_text(bytes, name);
    append_text(bytes, value);
  }
  return bytes;
}

Response decoded(std::string_view encoded_bytes) {
  Bytes bytes(encoded_bytes);
  if (bytes.byte() != static_cast<unsigned char>(form)) Bytes::damaged();
  Response response;
  for (auto& group : response.groups) group = bytes.text();
  const std::size_t items = bytes.number();
  if (items > bytes.left()) Bytes::damaged();
  response.presence.reserve(items);
  response.importance.reserve(items);
  for (std::size_t i = 0; i < items; ++i) {
    const std::size_t both = bytes.byte();
    if (both >= answers_a * answers_b) Bytes::damaged();
    response.presence.push_back(static_cast<Presence>(both / answers_b));
    response.importance.push_back(static_cast<Importance>(both % answers_b));
  }
  take_most_important(bytes, response);
  std::string last;
  for (std::size_t left = bytes.number(); left > 0; --left) {
    std::string name = bytes.text();
    if (name.empty() || name <= last) Bytes::damaged();
    last = name;
    response.other_groups.emplace_hint(response.other_groups.end(), std::move(name), bytes.text());
  }
  if (bytes.left() != 0) Bytes::damaged();
  return response;
}

}  // namespace cairn::instruments
