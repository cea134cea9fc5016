// SPDX-License-Identifier: Apache-2.0
#include "web/components_words.hpp"

#include <array>
#include <stdexcept>
#include <string>

namespace cairn::web {
namespace {

Html hidden_words(std::string_view words) {
  return tag("span", {{"class", "nhsuk-u-visually-hidden"}}, words);
}

std::string_view class_of(Button kind) {
  switch (kind) {
    case Button::main:
      return "nhsuk-button";
    case Button::second:
      return "nhsuk-button nhsuk-button--secondary";
    case Button::warning:
      return "nhsuk-button nhsuk-button--warning";
  }
  return "nhsuk-button";
}

std::string_view name_of(Tone tone) {
  switch (tone) {
    case Tone::plain:
      return "plain";
    case Tone::waiting:
      return "waiting";
    case Tone::yours:
      return "yours";
    case Tone::done:
      return "done";
    case Tone::talk:
      return "talk";
    case Tone::personal:
      return "personal";
  }
  return "plain";
}

Html boxed(std::string_view name, std::string_view title, const Html& content) {
  return tag("div", {{"class", name}},
             title.empty() ? Html() : tag("h2", {{"class", "nhsuk-heading-s cairn-box-title"}}, title), content);
}

Html do_dont_half(std::string_view kind, std::string_view title, const std::vector<std::string>& points) {
  const auto icon = kind == "tick" ? Html::ready(R"(<path d="M5 12.5l4.5 4.5L19 7.5"></path>)")
                                   : Html::ready(R"(<path d="M6.5 6.5l11 11M17.5 6.5l-11 11"></path>)");
  const auto point = [&](const std::string& words) {
    return tag("li", {},
               tag("svg",
                   {{"class", std::string("nhsuk-icon nhsuk-icon--") + std::string(kind)},
                    {"viewBox", "0 0 24 24"},
                    {"width", 24},
                    {"height", 24},
                    {"focusable", "false"},
                    {"aria-hidden", "true"}},
                   icon),
               words);
  };
  return tag(
      "div", {{"class", "cairn-do-dont"}}, tag("h3", {{"class", "nhsuk-heading-s"}}, title),
      tag("ul", {{"class", "nhsuk-list nhsuk-list--" + std::string(kind)}, {"role", "list"}}, each(points, point)));
}

}  // namespace

Html heading(std::string_view words) {
  return heading(1, words);
}

Html heading(int level, std::string_view words, std::string_view id) {
  constexpr std::array<std::string_view, 4> elements{"h1", "h2", "h3", "h4"};
  constexpr std::array<std::string_view, 4> sizes{"l", "m", "s", "xs"};
  if (level < 1 || level > 4) throw std::logic_error("headings have a level of 1 to 4");
  const auto at = static_cast<std::size_t>(level - 1);
  return tag(elements[at], {{"class", "nhsuk-heading-" + std::string(sizes[at])}, Attribute::if_any("id", id)}, words);
}

Html paragraph(std::string_view words) {
  return tag("p", {}, words);
}
Html paragraph(const Html& words) {
  return tag("p", {}, words);
}
Html lead(std::string_view words) {
  return tag("p", {{"class", "cairn-lead"}}, words);
}
Html quiet(std::string_view words) {
  return tag("p", {{"class", "cairn-quiet"}}, words);
}
Html link(std::string_view label, std::string_view path) {
  return tag("a", {{"href", path}}, label);
}

Html bullets(const std::vector<std::string>& points) {
  return tag("ul", {{"class", "nhsuk-list nhsuk-list--bullet"}},
             each(points, [](const std::string& words) { return tag("li", {}, words); }));
}

Html bullets(const std::vector<Html>& points) {
  return tag("ul", {{"class", "nhsuk-list nhsuk-list--bullet"}},
             each(points, [](const Html& words) { return tag("li", {}, words); }));
}

Html stat(std::string_view figure, std::string_view sentence) {
  Html words;
  for (std::size_t start = 0;;) {
    const auto at = figure.empty() ? std::string_view::npos : sentence.find(figure, start);
    words += text(sentence.substr(start, at == std::string_view::npos ? at : at - start));
    if (at == std::string_view::npos) break;
    words += tag("strong", {}, figure);
    start = at + figure.size();
  }
  return tag("p", {{"class", "cairn-stat"}}, words);
}

Html quotation(std::string_view words, std::string_view who) {
  return tag("figure", {{"class", "cairn-quotation"}}, tag("blockquote", {}, tag("p", {}, line_breaks(words))),
             tag("figcaption", {}, who));
}

Html button(std::string_view label, Button kind) {
  return button(label, kind, {}, {});
}

Html button(std::string_view label, Button kind, std::string_view name, std::string_view value) {
  return tag("button",
             {{"class", class_of(kind)},
              {"type", "submit"},
              {"data-module", "nhsuk-button"},
              {"data-prevent-double-click", "true"},
              Attribute::if_any("name", name),
              Attribute::if_any("value", value)},
             label);
}

Html link_button(std::string_view label, std::string_view path, Button kind) {
  return tag("a",
             {{"class", class_of(kind)},
              {"href", path},
              {"role", "button"},
              {"draggable", "false"},
              {"data-module", "nhsuk-button"}},
             label);
}

Html print_button(const Language& say) {
  return tag("button",
             {{"class", "nhsuk-button nhsuk-button--secondary cairn-print"}, {"type", "button"}, {"hidden", true}},
             say("print.button"));
}

Html button_group(const std::vector<Html>& acts) {
  return tag("div", {{"class", "nhsuk-button-group"}}, each(acts, [](const Html& act) { return act; }));
}

Html panel(const Html& content) {
  return boxed("cairn-panel", {}, content);
}
Html panel(std::string_view title, const Html& content) {
  return boxed("cairn-panel", title, content);
}
Html note(const Html& content) {
  return boxed("cairn-note", {}, content);
}
Html note(std::string_view title, const Html& content) {
  return boxed("cairn-note", title, content);
}
Html attention(std::string_view title, const Html& content) {
  return boxed("cairn-attention", title, content);
}

Html details(std::string_view summary, const Html& content) {
  return tag("details", {{"class", "nhsuk-details"}},
             tag("summary", {{"class", "nhsuk-details__summary"}},
                 tag("span", {{"class", "nhsuk-details__summary-text"}}, summary)),
             tag("div", {{"class", "nhsuk-details__text"}}, content));
}

Html do_dont_list(std::string_view do_title, const std::vector<std::string>& dos, std::string_view dont_title,
                  const std::vector<std::string>& donts) {
  return tag("div", {{"class", "cairn-panel cairn-do-donts"}}, do_dont_half("tick", do_title, dos),
             do_dont_half("cross", dont_title, donts));
}

Html banner(const Language& say, Banner kind, const Html& content) {
  const bool done = kind == Banner::done;
  return tag(
      "div",
      {{"class", done ? "nhsuk-notification-banner nhsuk-notification-banner--success" : "nhsuk-notification-banner"},
       {"role", done ? "alert" : "region"},
       {"aria-labelledby", "banner-title"},
       {"data-module", "nhsuk-notification-banner"},
       {"data-disable-auto-focus", "true"}},
      tag("div", {{"class", "nhsuk-notification-banner__header"}},
          tag("h2", {{"class", "nhsuk-notification-banner__title"}, {"id", "banner-title"}},
              say(done ? "banner.done" : "banner.important"))),
      tag("div", {{"class", "nhsuk-notification-banner__content"}}, content));
}

Html columns(const Html& main, const Html& aside) {
  return tag("div", {{"class", "cairn-columns"}}, tag("div", {{"class", "cairn-columns__main"}}, main),
             tag("div", {{"class", "cairn-columns__aside"}}, aside));
}

Html empty_state(const EmptyState& empty) {
  return tag(
      "div", {{"class", "cairn-panel cairn-empty"}},
      Html::ready(R"(<svg class="cairn-empty__stones" viewBox="0 0 48 40" width="48" height="40" aria-hidden="true" )"
                  R"(focusable="false"><ellipse cx="24" cy="33" rx="20" ry="6"></ellipse>)"
                  R"(<ellipse cx="24" cy="21" rx="13" ry="5"></ellipse></svg>)"),
      tag("p", {{"class", "cairn-empty__what"}}, empty.what),
      empty.example.empty() ? Html() : tag("p", {{"class", "cairn-quiet"}}, empty.example), empty.first_step);
}

Html tag_mark(std::string_view words, Tone tone) {
  return tag("strong", {{"class", "nhsuk-tag cairn-tag cairn-tag--" + std::string(name_of(tone))}}, words);
}

Html privacy(std::string_view words) {
  // An eye with a line under it: the same small picture wherever something belongs to someone.
  return tag("p", {{"class", "cairn-privacy"}},
             Html::ready(R"(<svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false">)"
                         R"(<path d="M1.5 10S4.5 4.5 10 4.5 18.5 10 18.5 10 15.5 15.5 10 15.5 1.5 10 1.5 10z"></path>)"
                         R"(<circle cx="10" cy="10" r="2.5"></circle></svg>)"),
             tag("span", {}, words));
}

Html only_me(const Language& say) {
  return tag("strong", {{"class", "cairn-only-me"}}, say("privacy.only_me"));
}

Html shared_with(const Language& say, const Sharing& sharing) {
  Html who = sharing.readers.empty() ? only_me(say)
                                     : hidden_words(say("privacy.shared_with") + " ") +
                                           each(sharing.readers, [](const std::string& reader) {
                                             return tag("span", {{"class", "cairn-reader"}}, reader) + text(" ");
                                           });
  if (!sharing.until.empty()) who += tag("span", {{"class", "cairn-until"}}, sharing.until) + text(" ");
  if (!sharing.change_path.empty()) who += text(" ") + link(sharing.change_label, sharing.change_path);
  return tag("p", {{"class", "cairn-sharing"}}, who);
}

}  // namespace cairn::web
