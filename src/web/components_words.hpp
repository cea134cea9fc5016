// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "web/html.hpp"
#include "web/language.hpp"
#include "web/request.hpp"

namespace cairn::web {

// ---- Words

Html heading(std::string_view words);  // h1; a page that draws its own has no second one
Html heading(int level, std::string_view words, std::string_view id = {});  // level 1 to 4
Html paragraph(std::string_view words);
Html paragraph(const Html& words);
Html lead(std::string_view words);   // the one larger sentence under the h1
Html quiet(std::string_view words);  // secondary, in stone: never what must be read
Html link(std::string_view label, std::string_view path);
Html bullets(const std::vector<std::string>& points);
Html bullets(const std::vector<Html>& points);
// A figure inside a sentence: the words of `sentence` with every occurrence of `figure` in bold. "9 of 58 put it in
// their top three."
Html stat(std::string_view figure, std::string_view sentence);
// What somebody said, with who that was in words that name nobody.
Html quotation(std::string_view words, std::string_view who);

// ---- Acts

enum class Button {
  main,    // one on a page
  second,  // outlined
  warning  // takes something away; always behind a page that says what
};
Html button(std::string_view label, Button kind = Button::main);  // sends the form it stands in
// The same with a name and value of its own, where one form has several.
Html button(std::string_view label, Button kind, std::string_view name, std::string_view value);
Html link_button(std::string_view label, std::string_view path, Button kind = Button::main);
Html print_button(const Language& say);            // shown only where script runs
Html button_group(const std::vector<Html>& acts);  // side by side, stacked on a phone

// ---- Boxes

Html panel(const Html& content);  // white, with a hairline
Html panel(std::string_view title, const Html& content);
Html note(const Html& content);  // mist with a lichen edge: good to know
Html note(std::string_view title, const Html& content);
Html attention(std::string_view title, const Html& content);  // clay edge: needs a conversation
Html details(std::string_view summary, const Html& content);
Html do_dont_list(std::string_view do_title, const std::vector<std::string>& dos, std::string_view dont_title,
                  const std::vector<std::string>& donts);
enum class Banner { done, important };
Html banner(const Language& say, Banner kind, const Html& content);  // at the top of the main part
// Side by side on a wide screen, one under the other on a phone. `aside` is context, never what must be read.
Html columns(const Html& main, const Html& aside);

struct EmptyState {
  std::string what;     // what this place is for
  std::string example;  // one example, from the made-up programme
  Html first_step;      // usually a link_button
};
Html empty_state(const EmptyState& empty);

// ---- Small marks

enum class Tone {
  plain,
  waiting,  // sand: "Their turn"
  yours,    // sky: "Your turn"
  done,     // moss
  talk,     // clay: needs a conversation
  personal  // heather: belongs to someone
};
Html tag_mark(std::string_view words, Tone tone = Tone::plain);

// Who can see the words beside it, in heather: "Only totals, never names".
Html privacy(std::string_view words);
Html only_me(const Language& say);
// The readers of one part, until when ("until 1 March", may be empty), and a link to change it (may be empty).
struct Sharing {
  std::vector<std::string> readers;
  std::string until;
  std::string change_label;
  std::string change_path;
};
Html shared_with(const Language& say, const Sharing& sharing);  // without readers: "Only me"

// ---- Ways

Html breadcrumb(const Language& say, const std::vector<Link>& trail);
// Views of one thing as links; `label` names the group for a screen reader. The current one has Link::current.
Html tabs(std::string_view label, const std::vector<Link>& views);
// Nothing where `last` is 1 or less. `path_of` gives the address of a page, counted from 1.
Html pagination(const Language& say, std::int64_t current, std::int64_t last,
                const std::function<std::string(std::int64_t)>& path_of);
// "Part 2 of 6 · What people expect of the role" over a bar. `of` is at least 1, `done` 0 to `of`.
Html progress(std::string_view label, std::int64_t done, std::int64_t of);

// ---- Live rooms

// A part that fetches itself again every `seconds` where script runs. `path` answers with the same part (same id).
Html live(std::string_view id, std::string_view path, int seconds, const Html& content);
// A code to join by, as large as a room needs it. `picture` may be a QR code or empty.
Html join_code(std::string_view label, std::string_view code, std::string_view below, const Html& picture = {});
struct WallCard {
  std::string words;
  Tone tone = Tone::done;  // done: a hope (moss), talk: a worry (clay)
  std::string kind;        // the same in words, for a screen reader: "Hope"
};
Html wall(const std::vector<WallCard>& cards);

}  // namespace cairn::web
