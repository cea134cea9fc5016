// SPDX-License-Identifier: Apache-2.0
#include "web/reply.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "base/text.hpp"
#include "web/components_fields.hpp"
#include "web/components_words.hpp"
#include "web/form.hpp"
#include "web/layout.hpp"

namespace cairn::web {
namespace {

using nlohmann::json;

Reply json_reply(int status, const json& data) {
  Reply reply;
  reply.status = status;
  reply.content_type = "application/json";
  reply.body = data.dump(-1, ' ', false, json::error_handler_t::replace);
  return reply;
}

Reply page_reply(int status, const Request& request, const PageContent& page) {
  Reply reply;
  reply.status = status;
  reply.body = (request.is_htmx ? main_part(request, page) : layout(request, page)).bytes();
  return reply;
}

struct Kind {
  int status;
  std::string_view key;  // of the title where the stop's own key has none
};

Kind kind_of(const Stop& stop) {
  if (dynamic_cast<const NotFound*>(&stop)) return {404, "stop.not_found"};
  if (dynamic_cast<const NotAllowed*>(&stop)) return {403, "stop.not_allowed"};
  if (dynamic_cast<const SignInAnew*>(&stop)) return {403, "stop.sign_in_anew"};
  if (dynamic_cast<const Conflict*>(&stop)) return {409, "stop.conflict"};
  if (dynamic_cast<const Unavailable*>(&stop)) {
    return stop.key() == "stop.disk_full" ? Kind{507, "stop.disk_full"} : Kind{503, "stop.unavailable"};
  }
  if (dynamic_cast<const Corrupt*>(&stop)) return {500, "stop.corrupt"};
  return {500, "stop.broken"};
}

std::string title_of(const Language& say, const std::string& key, std::string_view otherwise) {
  return say(say.has(key + ".title") ? key + ".title" : std::string(otherwise) + ".title");
}

// Where somebody gives their password again, to come back to the page that asked for it.
constexpr std::string_view again_path = "/sign-in/again";

Reply to_sign_in_again(const Request& request) {
  const auto address = std::string(again_path) + "?next=" + percent_encoded(request.path);
  Reply reply;
  reply.status = request.is_htmx ? 403 : 303;
  reply.headers.emplace_back(request.is_htmx ? "HX-Redirect" : "Location", address);
  return reply;
}

bool may_stand_in_a_cookie(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte > 0x20 && byte < 0x7f && c != '"' && c != ',' && c != ';' && c != '\\';
}

}  // namespace

Reply answer(const Request& request, const PageContent& page, const json& data) {
  return request.wants_json ? json_reply(200, data) : page_reply(200, request, page);
}

Reply answer(const Request& request, const std::function<PageContent()>& page, const std::function<json()>& data) {
  return request.wants_json ? json_reply(200, data()) : page_reply(200, request, page());
}

Reply ask_again(const Request& request, const PageContent& page, const std::vector<Problem>& problems) {
  if (request.wants_json) {
    json listed = json::array();
    for (const auto& problem : problems) {
      listed.push_back({{"field", problem.field}, {"key", problem.key}, {"message", request.say()(problem)}});
    }
    return json_reply(422, {{"problems", std::move(listed)}});
  }
  PageContent with_problems = page;
  with_problems.has_problems = true;
  const bool own_heading = page.main.bytes().find("<h1") != std::string::npos;
  with_problems.main =
      error_summary(request.say(), problems) + (own_heading ? Html() : heading(page.title)) + page.main;
  return page_reply(422, request, with_problems);
}

Reply go_to(const Request& request, const std::string& path) {
  if (!path.starts_with('/') || path.starts_with("//") || path.find('\\') != std::string::npos) {
    throw std::logic_error("go_to leads only to a path of this site");
  }
  Reply reply;
  if (request.wants_json) {
    reply = json_reply(201, {{"location", path}});
  } else {
    reply.status = 303;
  }
  reply.headers.emplace_back("Location", path);
  return reply;
}

Reply download(std::string bytes, std::string content_type, const std::string& file_name) {
  std::string plain;
  for (const char c : file_name) {
    const auto byte = static_cast<unsigned char>(c);
    const bool safe = byte >= 0x20 && byte < 0x7f && c != '"' && c != '\\' && c != '/' && c != '%';
    plain += safe ? c : '_';
  }
  Reply reply;
  reply.content_type = std::move(content_type);
  reply.body = std::move(bytes);
  reply.headers.emplace_back("Content-Disposition",
                             "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + percent_encoded(file_name));
  return reply;
}

Reply events(std::function<std::optional<std::string>()> next) {
  Reply reply;
  reply.content_type = "text/event-stream";
  reply.headers.emplace_back("X-Accel-Buffering", "no");  // nginx would otherwise hold events back
  reply.pieces = [next = std::move(next)]() -> std::optional<std::string> {
    const auto data = next();
    if (!data || data->empty()) return data;
    std::string event;
    for (auto line : split(*data, '\n')) {
      if (line.ends_with('\r')) line.remove_suffix(1);
      event += "data: ";
      std::replace_copy(line.begin(), line.end(), std::back_inserter(event), '\r', ' ');
      event += '\n';
    }
    return event + "\n";
  };
  return reply;
}

Reply stopped(const Request& request, const Stop& stop) {
  const bool anew = dynamic_cast<const SignInAnew*>(&stop) != nullptr;
  if (anew && request.method == Method::get && !request.wants_json) return to_sign_in_again(request);
  const auto kind = kind_of(stop);
  const auto& say = request.say();
  // A key without a text is a fault of ours; the person still reads the text of the kind.
  const auto key = say.has(stop.key()) ? stop.key() : std::string(kind.key);
  Reply reply;
  if (request.wants_json) {
    reply =
        json_reply(kind.status, {{"stop", {{"key", key}, {"message", say(key)}, {"reference", request.reference}}}});
  } else {
    PageContent page;
    page.title = title_of(say, key, kind.key);
    page.main =
        tag("p", {}, say(key)) +
        (anew ? paragraph(link(say("stop.sign_in_anew.link"), again_path)) : tag("p", {}, say("stop.who_to_ask"))) +
        tag("p", {{"class", "cairn-reference"}}, say("stop.reference", {{"reference", request.reference}}));
    reply = page_reply(kind.status, request, page);
  }
  if (kind.status == 503 || kind.status == 507) reply.headers.emplace_back("Retry-After", "5");
  return reply;
}

void set_cookie(Reply& reply, std::string_view name, std::string_view value, std::int64_t seconds) {
  constexpr std::string_view prefix = "__Host-";
  if (!name.starts_with(prefix) || !std::all_of(name.begin(), name.end(), may_stand_in_a_cookie) ||
      name.find('=') != std::string_view::npos || !std::all_of(value.begin(), value.end(), may_stand_in_a_cookie)) {
    throw std::logic_error("a cookie's name starts with __Host-, and its value needs no quoting");
  }
  std::string cookie(name);
  cookie += '=';
  cookie += value;
  cookie += "; Max-Age=" + std::to_string(std::max<std::int64_t>(seconds, 0));
  cookie += "; Path=/; Secure; HttpOnly; SameSite=Lax";
  reply.headers.emplace_back("Set-Cookie", std::move(cookie));
}

}  // namespace cairn::web
