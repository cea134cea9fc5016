// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <concepts>
#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace cairn::web {

// Ready HTML. Made by the functions below only: text becomes Html by being escaped, so nothing unescaped can reach a
// page.
class Html {
 public:
  Html() = default;
  Html& operator+=(const Html& more) {
    bytes_ += more.bytes_;
    return *this;
  }
  friend Html operator+(Html one, const Html& other) { return one += other; }
  const std::string& bytes() const { return bytes_; }
  bool empty() const { return bytes_.empty(); }

  // The one door for bytes that are HTML already (our own Markdown, a drawn SVG). Never for anything a person typed.
  static Html ready(std::string bytes) {
    Html html;
    html.bytes_ = std::move(bytes);
    return html;
  }

 private:
  std::string bytes_;
};

// An attribute: a value (always written in double quotes, escaped), or present / absent.
// Refused with std::logic_error, since the page itself would be wrong: names that carry script or style ("on...",
// "hx-on...", "style", "srcdoc"); addresses (href, src, action, formaction, hx-get ...) other than of this site,
// https:, http:, mailto:, tel:, sms: and webcal:; a <style> element, and a <script> without src.
struct Attribute {
  Attribute(std::string_view attribute, std::string_view text) : name(attribute), value(text) {}
  Attribute(std::string_view attribute, const char* text) : name(attribute), value(text) {}
  Attribute(std::string_view attribute, const std::string& text) : name(attribute), value(text) {}
  Attribute(std::string_view attribute, bool present) : name(attribute), bare(true), shown(present) {}
  template <std::integral T>
    requires(!std::same_as<T, bool>)
  Attribute(std::string_view attribute, T number) : name(attribute), value(std::to_string(number)) {}

  // Left out where the text is empty.
  static Attribute if_any(std::string_view attribute, std::string_view text) {
    Attribute made(attribute, text);
    made.shown = !text.empty();
    return made;
  }

  std::string_view name;
  std::string value;
  bool bare = false;
  bool shown = true;
};
using Attributes = std::initializer_list<Attribute>;

Html text(std::string_view plain);         // escapes & < > " '
Html line_breaks(std::string_view plain);  // escaped, with <br> where a line ends

namespace detail {
void open(std::string& out, std::string_view name, Attributes attributes);
void add_text(std::string& out, std::string_view plain);
inline void add(std::string& out, const Html& child) {
  out += child.bytes();
}
inline void add(std::string& out, std::string_view child) {
  add_text(out, child);
}
// About how long it gets, so that a page is not moved again and again as it grows.
inline std::size_t length(const Html& child) {
  return child.bytes().size();
}
inline std::size_t length(std::string_view child) {
  return child.size();
}
}  // namespace detail

// <name attributes>children</name>; a child is Html, or text to be escaped.
template <class... Children>
Html tag(std::string_view name, Attributes attributes, const Children&... children) {
  std::string out;
  out.reserve(8 + 2 * name.size() + 48 * attributes.size() + (detail::length(children) + ... + 0));
  detail::open(out, name, attributes);
  (detail::add(out, children), ...);
  out += "</";
  out += name;
  out += '>';
  return Html::ready(std::move(out));
}

// Elements without content or end tag: input, br, hr, img, meta, link.
Html void_tag(std::string_view name, Attributes attributes);

// One piece for each element of a range, in order.
template <class Range, class F>
Html each(const Range& range, F&& draw) {
  Html all;
  for (const auto& element : range) all += draw(element);
  return all;
}

}  // namespace cairn::web
