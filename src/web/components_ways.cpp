// SPDX-License-Identifier: Apache-2.0
// The ways from page to page, and the parts of a live room.
#include <algorithm>
#include <set>
#include <string>

#include "web/components_words.hpp"

namespace cairn::web {
namespace {

Html hidden_words(std::string_view words) {
  return tag("span", {{"class", "nhsuk-u-visually-hidden"}}, words);
}

// The first, the last and the neighbours of the current one.
std::set<std::int64_t> pages_to_show(std::int64_t current, std::int64_t last) {
  std::set<std::int64_t> shown{1, last};
  for (auto page = std::max<std::int64_t>(1, current - 1); page <= std::min(last, current + 1); ++page)
    shown.insert(page);
  return shown;
}

}  // namespace

Html breadcrumb(const Language& say, const std::vector<Link>& trail) {
  if (trail.empty()) return {};
  const auto step = [](const Link& link) {
    if (link.path.empty() || link.current)
      return tag("li", {{"class", "nhsuk-breadcrumb__list-item"}}, tag("span", {{"aria-current", "page"}}, link.label));
    return tag("li", {{"class", "nhsuk-breadcrumb__list-item"}},
               tag("a", {{"class", "nhsuk-breadcrumb__link"}, {"href", link.path}}, link.label));
  };
  return tag("nav", {{"class", "nhsuk-breadcrumb cairn-breadcrumb"}, {"aria-label", say("breadcrumb.label")}},
             tag("ol", {{"class", "nhsuk-breadcrumb__list"}}, each(trail, step)));
}

Html tabs(std::string_view label, const std::vector<Link>& views) {
  const auto view = [](const Link& link) {
    if (link.current) return tag("li", {}, tag("a", {{"href", link.path}, {"aria-current", "page"}}, link.label));
    return tag("li", {}, tag("a", {{"href", link.path}}, link.label));
  };
  return tag("nav", {{"class", "cairn-tabs"}, {"aria-label", label}}, tag("ul", {{"role", "list"}}, each(views, view)));
}

Html pagination(const Language& say, std::int64_t current, std::int64_t last,
                const std::function<std::string(std::int64_t)>& path_of) {
  if (last <= 1) return {};
  const auto step = [&](std::int64_t page, const char* name, const char* relation, const char* key) {
    return tag("a", {{"class", std::string("nhsuk-pagination__") + name}, {"href", path_of(page)}, {"rel", relation}},
               tag("span", {{"class", "nhsuk-pagination__title"}}, say(key), hidden_words(" " + say("pages.page"))));
  };
  Html numbers;
  std::int64_t before = 0;
  for (const auto page : pages_to_show(current, last)) {
    if (page > before + 1)
      numbers += tag("li", {{"class", "nhsuk-pagination__item nhsuk-pagination__item--ellipsis"}}, "…");
    const bool here = page == current;
    const auto shown = say.number(page);
    numbers += tag(
        "li", {{"class", here ? "nhsuk-pagination__item nhsuk-pagination__item--current" : "nhsuk-pagination__item"}},
        tag("a",
            {{"class", "nhsuk-pagination__link"},
             {"href", path_of(page)},
             {"aria-label", say("pages.number", {{"n", shown}})},
             Attribute::if_any("aria-current", here ? "page" : "")},
            shown));
    before = page;
  }
  return tag("nav", {{"class", "nhsuk-pagination nhsuk-pagination--numbered"}, {"aria-label", say("pages.label")}},
             current > 1 ? step(current - 1, "previous", "prev", "pages.previous") : Html(),
             tag("ul", {{"class", "nhsuk-pagination__list"}}, numbers),
             current < last ? step(current + 1, "next", "next", "pages.next") : Html());
}

Html progress(std::string_view label, std::int64_t done, std::int64_t of) {
  const auto all = std::max<std::int64_t>(of, 1);
  return tag("div", {{"class", "cairn-progress"}}, tag("p", {{"class", "cairn-quiet"}}, label),
             tag("progress", {{"max", all}, {"value", std::clamp<std::int64_t>(done, 0, all)}, {"aria-label", label}}));
}

Html live(std::string_view id, std::string_view path, int seconds, const Html& content) {
  return tag("div",
             {{"id", id},
              {"hx-get", path},
              {"hx-trigger", "every " + std::to_string(std::max(seconds, 1)) + "s"},
              {"hx-select", "#" + std::string(id)},
              {"hx-swap", "outerHTML"},
              {"aria-live", "polite"}},
             content);
}

Html join_code(std::string_view label, std::string_view code, std::string_view below, const Html& picture) {
  return tag("div", {{"class", "cairn-panel cairn-join"}}, tag("p", {{"class", "cairn-quiet"}}, label),
             tag("p", {{"class", "cairn-join__code"}, {"translate", "no"}}, code), picture,
             tag("p", {{"class", "cairn-quiet"}}, below));
}

Html wall(const std::vector<WallCard>& cards) {
  const auto card = [](const WallCard& one) {
    return tag("li", {{"class", one.tone == Tone::talk ? "cairn-card cairn-card--talk" : "cairn-card"}},
               one.kind.empty() ? Html() : tag("span", {{"class", "cairn-card__kind"}}, one.kind),
               tag("p", {}, line_breaks(one.words)));
  };
  return tag("ul", {{"class", "cairn-wall"}, {"role", "list"}}, each(cards, card));
}

}  // namespace cairn::web
