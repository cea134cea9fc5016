// SPDX-License-Identifier: Apache-2.0
#include "content/markdown.hpp"

#include <cmark.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <new>
#include <vector>

namespace cairn::content {
namespace {

struct FreeNode {
  void operator()(cmark_node* node) const { cmark_node_free(node); }
};
struct FreeIterator {
  void operator()(cmark_iter* iterator) const { cmark_iter_free(iterator); }
};
struct FreeText {
  void operator()(char* text) const { std::free(text); }
};

// Shifts headings, and gives the pieces of raw HTML, which the caller removes once the walk is over.
std::vector<cmark_node*> shift_headings(cmark_node* document, int first_heading) {
  std::vector<cmark_node*> raw;
  const std::unique_ptr<cmark_iter, FreeIterator> walk(cmark_iter_new(document));
  for (cmark_event_type event = cmark_iter_next(walk.get()); event != CMARK_EVENT_DONE;
       event = cmark_iter_next(walk.get())) {
    if (event != CMARK_EVENT_ENTER) continue;
    cmark_node* node = cmark_iter_get_node(walk.get());
    const cmark_node_type type = cmark_node_get_type(node);
    if (type == CMARK_NODE_HTML_BLOCK || type == CMARK_NODE_HTML_INLINE) raw.push_back(node);
    if (type == CMARK_NODE_HEADING) {
      cmark_node_set_heading_level(node, std::clamp(cmark_node_get_heading_level(node) + first_heading - 1, 1, 6));
    }
  }
  return raw;
}

}  // namespace

std::string html_from_markdown(std::string_view markdown, int first_heading) {
  constexpr int options = CMARK_OPT_DEFAULT | CMARK_OPT_SMART | CMARK_OPT_VALIDATE_UTF8;
  const std::unique_ptr<cmark_node, FreeNode> document(cmark_parse_document(markdown.data(), markdown.size(), options));
  if (!document) throw std::bad_alloc();
  for (cmark_node* node : shift_headings(document.get(), first_heading)) {
    cmark_node_unlink(node);
    cmark_node_free(node);
  }
  // Without CMARK_OPT_UNSAFE the renderer also empties addresses that begin with javascript:, vbscript:, file: and most
  // data:.
  const std::unique_ptr<char, FreeText> html(cmark_render_html(document.get(), options));
  if (!html) throw std::bad_alloc();
  return html.get();
}

}  // namespace cairn::content
