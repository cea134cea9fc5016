// SPDX-License-Identifier: Apache-2.0
#include "web/layout.hpp"

#include <algorithm>
#include <string>

#include "web/components_fields.hpp"
#include "web/components_words.hpp"
#include "web/static_files.hpp"

namespace cairn::web {
namespace {

// The false language of tests is no language a browser knows.
std::string language_of(const Language& say) {
  return say.code() == "zz" ? "en" : say.code();
}

std::string window_title(const Request& request, const PageContent& page) {
  const auto& programme = request.frame.programme;
  const auto key = page.has_problems ? "page.title_with_problems" : "page.title";
  return request.say()(
      key, {{"page", page.title}, {"programme", programme.empty() ? request.say()("page.name") : programme}});
}

// htmx's settings as data, since a page carries no script of its own: no history kept in the browser, nothing
// evaluated, no styles added.
constexpr std::string_view htmx_settings =
    R"({"historyCacheSize":0,"allowEval":false,"includeIndicatorStyles":false,"allowScriptTags":false,"selfRequestsOnly":true})";

Html head(const Request& request, const PageContent& page) {
  const auto meta = [](std::string_view name, std::string_view content) {
    return void_tag("meta", {{"name", name}, {"content", content}});
  };
  return tag("head", {}, void_tag("meta", {{"charset", "utf-8"}}), tag("title", {}, window_title(request, page)),
             meta("viewport", "width=device-width, initial-scale=1, viewport-fit=cover"),
             meta("color-scheme", "light dark"), meta("theme-color", "#2c5a4c"), meta("robots", "noindex"),
             meta("htmx-config", htmx_settings),
             void_tag("link", {{"rel", "icon"}, {"type", "image/svg+xml"}, {"href", asset_path("favicon.svg")}}),
             void_tag("link", {{"rel", "stylesheet"}, {"href", asset_path("cairn.css")}}),
             tag("script", {{"type", "module"}, {"src", asset_path("cairn.js")}}),
             tag("script", {{"defer", true}, {"src", asset_path("htmx.min.js")}}));
}

// Four stones, the top one gold.
Html cairn_logo() {
  return Html::ready(
      R"(<svg class="cairn-logo" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" focusable="false">)"
      R"(<ellipse class="cairn-logo__stone" cx="16" cy="26" rx="14" ry="4.7"></ellipse>)"
      R"(<ellipse class="cairn-logo__stone" cx="16" cy="17.6" rx="9.7" ry="4.1"></ellipse>)"
      R"(<ellipse class="cairn-logo__stone" cx="16" cy="10.2" rx="6.4" ry="3.5"></ellipse>)"
      R"(<ellipse class="cairn-logo__top" cx="16" cy="4" rx="4" ry="2.8"></ellipse></svg>)");
}

Html navigation(const Request& request) {
  const auto& links = request.frame.navigation;
  if (links.empty()) return {};
  const auto one = [](const Link& link) {
    return tag(
        "li", {},
        tag("a", {{"href", link.path}, Attribute::if_any("aria-current", link.current ? "true" : "")}, link.label));
  };
  return tag("nav", {{"class", "cairn-header__nav"}, {"aria-label", request.say()("page.navigation")}},
             tag("ul", {{"role", "list"}}, each(links, one)));
}

// Two ways that must never be far: whom to call, and telling of a worry.
Html help(const Request& request) {
  const auto& say = request.say();
  const auto item = [](const std::string& label, std::string_view path) {
    return tag("li", {}, tag("a", {{"href", path}}, label));
  };
  return tag("nav", {{"class", "cairn-help"}, {"aria-label", say("page.help.label")}},
             tag("ul", {{"class", "nhsuk-width-container"}, {"role", "list"}}, item(say("page.help"), "/help"),
                 request.signed_in ? item(say("page.concern"), "/concerns/new") : Html()));
}

// Who is signed in, opening to their own page and the way out. A <details>, so that it needs no script.
Html person(const Request& request) {
  const auto& say = request.say();
  if (!request.signed_in || request.frame.person.empty()) return {};
  const auto& frame = request.frame;
  const auto sign_out =
      tag("form", {{"method", "post"}, {"action", "/sign-out"}}, hidden("_token", request.signed_in->forgery_token),
          tag("button", {{"type", "submit"}}, say("page.sign_out")));
  return tag(
      "details", {{"class", "cairn-header__person"}},
      tag("summary", {}, tag("span", {{"class", "nhsuk-u-visually-hidden"}}, say("page.person_menu") + " "),
          tag("span", {}, frame.person),
          frame.programme.empty() ? Html()
                                  : tag("span", {{"class", "cairn-header__programme"}}, " · " + frame.programme)),
      tag("ul", {{"role", "list"}}, tag("li", {}, link(say("page.account"), "/account")), tag("li", {}, sign_out)));
}

Html demonstration_stripe(const Request& request) {
  if (!request.frame.demonstration) return {};
  return tag("div", {{"class", "cairn-demonstration"}},
             tag("p", {{"class", "nhsuk-width-container"}}, request.say()("page.demonstration")));
}

// Signed in, the mark says Cairn and the programme stands beside the person; a visitor sees the programme's own name.
Html header(const Request& request) {
  const auto& frame = request.frame;
  const bool inside = request.signed_in && !frame.person.empty();
  const auto name = inside || frame.programme.empty() ? request.say()("page.name") : frame.programme;
  return tag("header", {{"class", "cairn-header"}},
             tag("div", {{"class", "nhsuk-width-container cairn-header__inside"}},
                 tag("a", {{"class", "cairn-header__name"}, {"href", "/"}}, cairn_logo(), tag("span", {}, name)),
                 navigation(request), person(request)),
             help(request), demonstration_stripe(request));
}

// Each language under its own name, so that whoever cannot read this page finds theirs. A form of buttons: choosing
// changes something, which a link must not.
Html language_switch(const Request& request) {
  const auto& say = request.say();
  if (request.frame.languages.size() < 2) return {};
  Html buttons;
  for (const auto& one : request.frame.languages) {
    const bool current = one.code == say.code();
    const auto button = tag("button",
                            {{"type", "submit"},
                             {"name", "language"},
                             {"value", one.code},
                             {"lang", one.code == "zz" ? "en" : one.code},
                             Attribute::if_any("aria-current", current ? "true" : "")},
                            one.name);
    buttons += tag("li", {}, button);
  }
  const auto back = request.method == Method::get ? request.path : "/";
  const auto token = request.signed_in ? hidden("_token", request.signed_in->forgery_token) : Html();
  return tag("form", {{"method", "post"}, {"action", "/language"}, {"class", "cairn-footer__languages"}}, token,
             hidden("back", back), tag("ul", {{"role", "list"}, {"aria-label", say("page.languages")}}, buttons));
}

Html footer(const Request& request) {
  const auto& say = request.say();
  const auto item = [](const std::string& label, std::string_view path) { return tag("li", {}, link(label, path)); };
  const auto& programme = request.frame.programme;
  return tag(
      "footer", {{"class", "cairn-footer"}},
      tag("div", {{"class", "nhsuk-width-container"}},
          tag("nav", {{"aria-label", say("page.footer")}},
              tag("ul", {{"role", "list"}}, item(say("page.privacy"), "/privacy"),
                  item(say("page.accessibility"), "/accessibility"), item(say("page.source"), "/source"),
                  request.signed_in ? item(say("page.policies"), "/policies") : Html(),
                  request.signed_in ? item(say("page.who_can_see"), "/who-can-see") : Html())),
          language_switch(request),
          tag("p", {},
              programme.empty() ? say("page.made_by_nobody") : say("page.made_by", {{"programme", programme}}))));
}

// Shown by cairn.js two minutes before an unused session ends; without script the sign-in page says what happened.
Html time_warning(const Request& request) {
  if (!request.signed_in) return {};
  return tag("div",
             {{"class", "cairn-time-warning"},
              {"role", "alert"},
              {"hidden", true},
              {"data-after-seconds", idle_seconds_of(request.actor.roles) - 2 * 60}},
             tag("p", {}, request.say()("page.time_nearly_up")),
             tag("button", {{"type", "button"}, {"class", "nhsuk-button"}}, request.say()("page.stay")));
}

// Only paper shows these: whose sheet it is, and for one that names a person who printed it and when.
Html print_head(const Request& request) {
  const auto& programme = request.frame.programme;
  return tag("p", {{"class", "cairn-print-head"}, {"aria-hidden", "true"}},
             request.say()("print.name", {{"programme", programme.empty() ? request.say()("page.name") : programme}}));
}

Html print_foot(const Request& request) {
  if (request.frame.person.empty()) return {};
  const auto& say = request.say();
  return tag("p", {{"class", "cairn-print-foot"}, {"aria-hidden", "true"}},
             say("print.by", {{"person", request.frame.person}, {"date", say.date(request.today)}}));
}

}  // namespace

Html main_part(const Request& request, const PageContent& page) {
  const bool own_heading = page.main.bytes().find("<h1") != std::string::npos;
  const auto title = request.is_htmx ? tag("title", {}, window_title(request, page)) : Html();
  return title +
         tag("div", {{"class", "nhsuk-width-container"}, {"id", "page"}}, breadcrumb(request.say(), page.trail),
             tag("main",
                 {{"class", page.wide ? "cairn-main cairn-main--wide" : "cairn-main"},
                  {"id", "maincontent"},
                  {"tabindex", "-1"}},
                 print_head(request), own_heading ? Html() : heading(page.title), page.main, print_foot(request)));
}

Html layout(const Request& request, const PageContent& page) {
  const auto& say = request.say();
  const auto direction = say("language.direction");
  return Html::ready("<!DOCTYPE html>\n") +
         tag("html", {{"lang", language_of(say)}, Attribute::if_any("dir", direction == "rtl" ? "rtl" : "")},
             head(request, page),
             tag("body", {},
                 tag("a", {{"class", "nhsuk-skip-link"}, {"href", "#maincontent"}, {"data-module", "nhsuk-skip-link"}},
                     say("page.skip")),
                 header(request), main_part(request, page), footer(request), time_warning(request)));
}

}  // namespace cairn::web
