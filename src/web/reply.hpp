// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/check.hpp"
#include "web/html.hpp"
#include "web/request.hpp"

namespace cairn::web {

struct Reply {
  int status = 200;
  std::string content_type = "text/html; charset=utf-8";
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  // Where set, the body is sent in pieces: asked again until it answers nothing. Called on a worker thread, may wait up
  // to a second; an empty piece is a heartbeat. For server-sent events and large downloads.
  std::function<std::optional<std::string>()> pieces;
};

// A whole page: `title` of the window and, unless the content brings its own, the h1. With htmx, the main part alone.
struct PageContent {
  std::string title;
  Html main;
  std::vector<Link> trail = {};  // breadcrumb, outermost first
  bool wide = false;             // may use the second column
  bool has_problems = false;     // "Error: " before the title, as NHS and GOV.UK pages do
};

// Answers as page, or as JSON where the request wants it. `data` is what a program may read: never more than the page
// shows.
Reply answer(const Request& request, const PageContent& page, const nlohmann::json& data);
// The same for long lists: only the one that is asked for is made.
Reply answer(const Request& request, const std::function<PageContent()>& page,
             const std::function<nlohmann::json()>& data);
// 422: the form again, filled in, below a summary of its problems; as JSON {"problems":[{"field","key","message"}]}.
Reply ask_again(const Request& request, const PageContent& page, const std::vector<Problem>& problems);
// 303 to the thing made or changed; as JSON 201 with {"location": path}.
Reply go_to(const Request& request, const std::string& path);
Reply download(std::string bytes, std::string content_type, const std::string& file_name);
// Server-sent events: `next` gives the data of the next event, "" for none yet, nothing at the end.
Reply events(std::function<std::optional<std::string>()> next);
// A page for what stopped the request: 404, 403, 409, 503, 500, with the reference number and who to ask. SignInAnew
// leads a page that was asked for to where the password is given again, and back; for anything else it is a 403.
Reply stopped(const Request& request, const Stop& stop);

// Cookies: __Host-, Secure, HttpOnly, SameSite=Lax, Path=/. `seconds` 0 forgets it.
void set_cookie(Reply& reply, std::string_view name, std::string_view value, std::int64_t seconds);

}  // namespace cairn::web
