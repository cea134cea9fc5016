// SPDX-License-Identifier: Apache-2.0
#include "web/html.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "base/text.hpp"

namespace cairn::web {
namespace {

bool is_one_of(std::string_view word, const auto& words) {
  return std::ranges::find(words, word) != words.end();
}

bool is_name(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == ':' ||
           c == '.';
  });
}

// Addresses this site may lead to: its own, and the schemes a person expects behind a link.
bool is_safe_address(std::string_view address) {
  constexpr std::array<std::string_view, 6> schemes{"https", "http", "mailto", "tel", "sms", "webcal"};
  // Browsers drop tabs and line ends and skip blanks before a scheme; nothing of ours contains them.
  if (std::ranges::any_of(address, [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == '\\'; }))
    return false;
  if (address.starts_with("//")) return false;
  const auto colon = address.find(':');
  if (colon == std::string_view::npos || address.find_first_of("/?#") < colon) return true;
  return is_one_of(lower(address.substr(0, colon)), schemes);
}

void check(const Attribute& attribute) {
  constexpr std::array<std::string_view, 10> addresses{"href",   "src",     "action",   "formaction", "poster",
                                                       "hx-get", "hx-post", "hx-patch", "hx-put",     "hx-delete"};
  const auto name = lower(attribute.name);  // SVG's own names (viewBox) have capitals
  const bool carries_code = name.starts_with("on") || name.starts_with("hx-on") || name == "style" || name == "srcdoc";
  if (!is_name(name) || carries_code) throw std::logic_error("an attribute \"" + name + "\" may not stand on a page");
  if (is_one_of(name, addresses) && !is_safe_address(attribute.value))
    throw std::logic_error("the address in \"" + name + "\" may not stand on a page");
}

void check_element(std::string_view name, Attributes attributes) {
  if (!is_name(name)) throw std::logic_error("an element needs a name of letters, digits and '-'");
  if (name == "style") throw std::logic_error("style belongs in cairn.css");
  const auto is_src = [](const Attribute& attribute) { return attribute.name == "src" && attribute.shown; };
  if (name == "script" && std::ranges::none_of(attributes, is_src))
    throw std::logic_error("script belongs in a file of its own");
}

bool is_special(char c) {
  return c == '&' || c == '<' || c == '>' || c == '"' || c == '\'';
}

void add_escaped(std::string& out, std::string_view plain) {
  for (std::size_t start = 0;;) {
    auto at = start;
    while (at < plain.size() && !is_special(plain[at])) ++at;
    out.append(plain, start, at - start);
    if (at == plain.size()) return;
    switch (plain[at]) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += "&#39;";
        break;
    }
    start = at + 1;
  }
}

}  // namespace

namespace detail {

void open(std::string& out, std::string_view name, Attributes attributes) {
  check_element(name, attributes);
  out += '<';
  out += name;
  for (const auto& attribute : attributes) {
    if (!attribute.shown) continue;
    check(attribute);
    out += ' ';
    out += attribute.name;
    if (attribute.bare) continue;
    out += "=\"";
    add_escaped(out, attribute.value);
    out += '"';
  }
  out += '>';
}

void add_text(std::string& out, std::string_view plain) {
  add_escaped(out, plain);
}

}  // namespace detail

Html text(std::string_view plain) {
  std::string out;
  add_escaped(out, plain);
  return Html::ready(std::move(out));
}

Html line_breaks(std::string_view plain) {
  std::string out;
  for (bool first = true; auto line : split(plain, '\n')) {
    if (!first) out += "<br>";
    first = false;
    if (line.ends_with('\r')) line.remove_suffix(1);
    add_escaped(out, line);
  }
  return Html::ready(std::move(out));
}

Html void_tag(std::string_view name, Attributes attributes) {
  std::string out;
  detail::open(out, name, attributes);
  return Html::ready(std::move(out));
}

}  // namespace cairn::web
