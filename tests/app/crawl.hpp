// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <deque>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/visitor.hpp"
#include "base/text.hpp"

namespace cairn::tests {

// A form as it stands on a page, filled with what stands in it.
struct FoundForm {
  std::string path;                // where it is sent
  Visitor::Values values;          // of every field
  std::set<std::string> is_typed;  // the names of those a person types words into
};

struct Crawled {
  std::map<std::string, web::Reply> pages;  // by path and query; only what answered 200
  std::map<std::string, FoundForm> forms;   // by path; the first of each that was found
};

// Reads just as much HTML as the program writes.
class Markup {
 public:
  explicit Markup(std::string_view html) : html_(html) {}

  // The next tag of one of these names from here on; nothing at the end.
  bool next(std::initializer_list<std::string_view> names) {
    for (auto at = html_.find('<', at_); at != std::string_view::npos; at = html_.find('<', at + 1)) {
      for (const auto name : names) {
        const auto rest = html_.substr(at + 1);
        if (!rest.starts_with(name) || rest.size() <= name.size() ||
            std::string_view(" >/").find(rest[name.size()]) == std::string_view::npos)
          continue;
        name_ = name;
        const auto end = html_.find('>', at);
        tag_ = html_.substr(at, end - at);
        at_ = end + 1;
        return true;
      }
    }
    return false;
  }
  std::string_view name() const { return name_; }
  bool has(std::string_view attribute) const { return tag_.find(" " + std::string(attribute)) != std::string::npos; }
  std::string value(std::string_view attribute) const {
    const auto key = " " + std::string(attribute) + "=\"";
    const auto at = tag_.find(key);
    if (at == std::string::npos) return "";
    const auto begin = at + key.size();
    return plain(tag_.substr(begin, tag_.find('"', begin) - begin));
  }
  // The words from here to the next tag.
  std::string words() const { return plain(html_.substr(at_, html_.find('<', at_) - at_)); }

 private:
  static std::string plain(std::string_view escaped) {
    static const std::vector<std::pair<std::string, std::string>> signs{
        {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&amp;", "&"}};
    std::string words(escaped);
    for (const auto& [from, to] : signs)
      for (auto at = words.find(from); at != std::string::npos; at = words.find(from, at + to.size()))
        words.replace(at, from.size(), to);
    return words;
  }

  std::string_view html_;
  std::string_view tag_;
  std::string_view name_;
  std::size_t at_ = 0;
};

inline std::vector<std::string> links_in(std::string_view html) {
  std::vector<std::string> found;
  for (Markup markup(html); markup.next({"a", "link"});) {
    auto to = markup.value("href");
    to = to.substr(0, to.find('#'));
    if (to.starts_with('/') && !to.starts_with("//") && markup.name() == "a") found.push_back(std::move(to));
  }
  return found;
}

inline std::vector<FoundForm> forms_in(std::string_view html) {
  std::vector<FoundForm> found;
  std::string select;
  bool in_form = false;
  for (Markup markup(html); markup.next({"form", "/form", "input", "textarea", "select", "option", "button"});) {
    const auto tag = markup.name();
    const auto name = markup.value("name");
    if (tag == "form") in_form = markup.value("method") == "post";
    if (tag == "/form") in_form = false;
    if (!in_form) continue;
    if (tag == "form") {
      found.push_back({markup.value("action"), {}, {}});
      continue;
    }
    auto& form = found.back();
    if (tag == "select") select = name;
    if (tag == "option" && !select.empty() && (markup.has("selected") || !markup.value("value").empty())) {
      form.values.emplace_back(select, markup.value("value"));
      select.clear();
    }
    if (name.empty() || tag == "select") continue;
    const auto type = markup.value("type");
    const bool is_choice = type == "radio" || type == "checkbox";
    const bool taken =
        std::any_of(form.values.begin(), form.values.end(), [&](const auto& value) { return value.first == name; });
    if (is_choice && taken && type == "radio") continue;
    form.values.emplace_back(name, tag == "textarea" ? markup.words() : markup.value("value"));
    if (tag == "textarea" || (tag == "input" && (type == "text" || type.empty() || type == "search")))
      form.is_typed.insert(name);
  }
  return found;
}

// Follows every link from the front page on, as somebody who presses all of them; of each kind of page only so many.
// Downloads are asked for too, but for PDF: drawing one takes a second, and it says what its page says.
inline Crawled crawl(const Visitor& visitor, std::size_t most_of_a_kind) {
  Crawled found;
  std::deque<std::string> waiting{"/"};
  std::set<std::string> known{"/"};
  std::map<std::string, std::size_t> of_kind;
  while (!waiting.empty()) {
    const auto path = waiting.front();
    waiting.pop_front();
    const auto route = visitor.routes().find(web::Method::get, path.substr(0, path.find('?')));
    if (!route.route || route.route->path.ends_with(".pdf") || ++of_kind[route.route->path] > most_of_a_kind) continue;
    auto reply = visitor.get(path);
    const auto leads_to = header(reply, "Location");
    if (!leads_to.empty() && known.insert(leads_to).second) waiting.push_back(leads_to);
    if (reply.status != 200) continue;
    for (auto& link : links_in(reply.body))
      if (known.insert(link).second) waiting.push_back(std::move(link));
    for (auto& form : forms_in(reply.body)) {
      if (form.path.empty()) form.path = path;
      found.forms.emplace(form.path, std::move(form));
    }
    found.pages.emplace(path, std::move(reply));
  }
  return found;
}

}  // namespace cairn::tests
