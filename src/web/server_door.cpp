// SPDX-License-Identifier: Apache-2.0
#include "web/server_door.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "base/secret.hpp"
#include "base/text.hpp"
#include "web/form.hpp"
#include "web/languages.hpp"
#include "web/layout.hpp"
#include "web/multipart.hpp"
#include "web/session_cookie.hpp"
#include "web/static_files.hpp"

namespace cairn::web {
namespace {

constexpr std::size_t large_body = 1024 * 1024;
constexpr std::size_t longest_languages = 200;  // of what a browser asks for
constexpr std::string_view sign_in_path = "/sign-in";

// Headers that would mean two things if they came twice.
constexpr std::string_view only_once[] = {"host",   "content-type",  "origin", "sec-fetch-site",
                                          "cookie", "x-cairn-token", "expect", "if-none-match"};

struct ShortReply {
  int status;
  std::string_view key;
  bool page;  // a person may well see it: a whole page, else a line of text
};

ShortReply short_reply(Refused why) {
  switch (why) {
    case Refused::bad_request:
      return {400, "stop.bad_request", false};
    case Refused::forged:
      return {403, "stop.forged", true};
    case Refused::method:
      return {405, "stop.method", false};
    case Refused::too_slow:
      return {408, "stop.too_slow", false};
    case Refused::too_large:
      return {413, "stop.too_large", true};
    case Refused::media_type:
      return {415, "stop.media_type", false};
    case Refused::expectation:
      return {417, "stop.bad_request", false};
    case Refused::header_too_large:
      return {431, "stop.header_too_large", false};
    case Refused::full:
      return {503, "stop.full", true};
    case Refused::broken:
      return {500, "stop.broken", true};
  }
  return {500, "stop.broken", false};
}

// For the log: the method where it is one of ours.
std::string_view word(std::string_view verb) {
  return verb == "GET" || verb == "HEAD" || verb == "POST" ? verb : std::string_view("-");
}

// The media type without its parameters, in lower case.
std::string media_type(std::string_view content_type) {
  return lower(trimmed(content_type.substr(0, content_type.find(';'))));
}

// One line of printable text, whatever a library put into its message.
std::string for_the_log(std::string_view what) {
  std::string line(what.substr(0, 500));
  std::replace_if(
      line.begin(), line.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, ' ');
  return line;
}

// The client as a trusted proxy tells: it adds the address it saw at the end.
std::string forwarded_address(std::string_view header) {
  const auto comma = header.rfind(',');
  const auto last = trimmed(comma == std::string_view::npos ? header : header.substr(comma + 1));
  const bool an_address = !last.empty() && last.size() <= 45 &&
                          last.find_first_not_of("0123456789abcdefABCDEF.:") == std::string_view::npos;
  return an_address ? std::string(last) : std::string();
}

}  // namespace

Door::Door(const ServerSettings& settings, Routes routes, const policy::Policy& policy, Hooks hooks)
    : settings_(settings), routes_(std::move(routes)), policy_(policy), hooks_(std::move(hooks)) {
  const auto faults = routes_.faults(policy_);
  if (faults.empty()) return;
  std::string all = "the routes and the policy do not fit:";
  for (const auto& fault : faults) all += "\n  " + fault;
  throw std::runtime_error(all);
}

void Door::number(Visit& visit) const {
  if (visit.request.reference.empty()) visit.request.reference = reference_number();
}

Door::Opening Door::open(Visit& visit) const {
  auto& arrival = visit.arrival;
  auto& request = visit.request;
  number(visit);
  if (!settings_.trusted_proxy.empty() && arrival.address == settings_.trusted_proxy) {
    if (const auto told = forwarded_address(arrival.header("x-forwarded-for")); !told.empty()) arrival.address = told;
    arrival.secure = arrival.secure || arrival.header("x-forwarded-proto") == "https";
  }
  request.address = arrival.address;
  request.wants_json = prefers_json(arrival.header("accept"));
  const auto refuse = [&](Refused why) { return Opening{refusal(why, visit), After::close, 0, false}; };
  if (const auto fault = fault_of_form(visit)) return refuse(*fault);

  const auto target = std::string_view(arrival.target);
  const auto mark = target.find('?');
  auto path = decoded_path(target.substr(0, mark));
  auto query = fields_from_query(mark == std::string_view::npos ? "" : target.substr(mark + 1));
  if (!path || !query || target.find('#') != std::string_view::npos) return refuse(Refused::bad_request);
  request.path = std::move(*path);
  request.query = std::move(*query);
  request.method = arrival.verb == "POST" ? Method::post : Method::get;
  visit.head_only = arrival.verb == "HEAD";
  request.is_htmx = arrival.header("hx-request") == "true" && arrival.header("hx-history-restore-request") != "true";
  request.session_cookie = session_token(arrival.header("cookie"));
  request.device_cookie = cookie_value(arrival.header("cookie"), device_cookie_name);
  request.turn_cookie = cookie_value(arrival.header("cookie"), turn_cookie_name);
  request.language_cookie = cookie_value(arrival.header("cookie"), language_cookie_name);
  request.accept_language = std::string(arrival.header("accept-language").substr(0, longest_languages));

  if (auto file = static_file(visit, request.path)) return {std::move(file), After::keep_open, 0, false};
  auto found = routes_.find(request.method, request.path);
  if (found.other_method) {
    auto opening = refuse(Refused::method);
    opening.at_once->headers.emplace_back("Allow", request.method == Method::get ? "POST" : "GET, HEAD");
    return opening;
  }
  if (request.method == Method::post && !from_our_own_page(arrival)) return refuse(Refused::forged);
  visit.route = found.route;
  request.parameters = std::move(found.parameters);
  if (visit.route) visit.pattern = visit.route->path;
  const auto limit = visit.route ? visit.route->body_limit : (request.method == Method::post ? large_body : 0);
  return {std::nullopt, After::keep_open, limit, limit > large_body};
}

std::optional<Refused> Door::fault_of_form(const Visit& visit) const {
  const auto& arrival = visit.arrival;
  for (const auto name : only_once) {
    if (arrival.count(name) > 1) return Refused::bad_request;
  }
  if (!host_is_ours(arrival.header("host"))) return Refused::bad_request;
  const auto body = body_kind(arrival);
  if (!body) return Refused::bad_request;
  if (arrival.verb != "GET" && arrival.verb != "HEAD" && arrival.verb != "POST") return Refused::method;
  const bool has_body = body->chunked || body->length.value_or(0) > 0;
  if (arrival.verb != "POST" && has_body) return Refused::bad_request;
  if (arrival.has("expect") && lower(arrival.header("expect")) != "100-continue") return Refused::expectation;
  return std::nullopt;
}

bool Door::host_is_ours(std::string_view host) const {
  const auto name = host_name(host);
  if (!name) return false;
  if (!settings_.public_host.empty()) return *name == lower(settings_.public_host);
  const auto own = settings_.address.find(':') == std::string::npos ? settings_.address : "[" + settings_.address + "]";
  return *name == "localhost" || *name == "127.0.0.1" || *name == "[::1]" || *name == lower(own);
}

bool Door::from_our_own_page(const Arrival& arrival) const {
  if (arrival.has("sec-fetch-site")) {
    const auto site = arrival.header("sec-fetch-site");
    return site == "same-origin" || site == "none";
  }
  const auto expected = (arrival.secure ? "https://" : "http://") + lower(arrival.header("host"));
  return arrival.has("origin") && lower(arrival.header("origin")) == expected;
}

std::optional<Reply> Door::static_file(Visit& visit, std::string_view path) const {
  if (visit.request.method != Method::get) return std::nullopt;
  const auto* file = (settings_.files ? *settings_.files : static_files()).find(path);
  if (!file) return std::nullopt;
  visit.pattern = "/assets/*";
  Reply reply;
  reply.content_type = file->content_type;
  reply.headers.emplace_back("ETag", file->tag);
  reply.headers.emplace_back("Cache-Control", file->for_ever ? "public, max-age=31536000, immutable" : "no-cache");
  if (visit.arrival.header("if-none-match").find(file->tag) != std::string_view::npos) {
    reply.status = 304;
  } else {
    reply.body = file->bytes;
  }
  return reply;
}

// A page that answers always is for whoever comes, as long as the store cannot tell who that is.
void Door::meet(Visit& visit) const {
  auto& request = visit.request;
  try {
    meet_somebody(visit);
  } catch (const Stop& stop) {
    if (!visit.route || !visit.route->always) throw;
    log_fault(request.reference, stop.key(), stop.what());
    request.signed_in.reset();
    request.actor = Actor::anyone();
    request.today = date_in_zone(request.now, "UTC");
    request.speak(hooks_.language(request));
  }
}

void Door::frame(Visit& visit) const {
  try {
    visit.request.frame = hooks_.frame(visit.request);
  } catch (const Stop& stop) {
    if (!visit.route->always) throw;
    log_fault(visit.request.reference, stop.key(), stop.what());
    visit.request.frame = {};
  }
}

void Door::meet_somebody(Visit& visit) const {
  auto& request = visit.request;
  request.now = hooks_.clock();
  request.today = hooks_.today(request.now);
  request.speak(hooks_.language(request));
  if (!request.session_cookie.empty()) request.signed_in = hooks_.sign_in_of(request.session_cookie, request.now);
  if (request.signed_in) {
    request.actor = request.signed_in->actor;
    request.speak(hooks_.language(request));  // the person's own
  }
}

// Whether anybody with this person's roles could be let in. The finer facts are the act's to ask.
bool Door::policy_allows(const Visit& visit) const {
  return policy_.could(visit.request.actor, visit.route->record, visit.route->action);
}

std::optional<Reply> Door::stopped_at_the_door(Visit& visit) const {
  const auto& request = visit.request;
  if (!visit.route) return not_found(visit);
  if (policy_allows(visit)) return std::nullopt;
  const bool may_sign_in = !request.signed_in && request.method == Method::get && !request.wants_json;
  return may_sign_in ? to_sign_in(visit) : not_found(visit);
}

template <class Work>
Reply Door::guarded(Visit& visit, Work work) const {
  try {
    return work();
  } catch (const Stop& stop) {
    log_fault(visit.request.reference, stop.key(), stop.what());
    return reply_to(visit, stop);
  } catch (const std::exception& fault) {
    log_fault(visit.request.reference, "stop.broken", fault.what());
    return reply_to(visit, Stop("stop.broken", fault.what()));
  } catch (...) {
    log_fault(visit.request.reference, "stop.broken", "something that is not an exception");
    return reply_to(visit, Stop("stop.broken", "unknown"));
  }
}

std::optional<Reply> Door::may_send(Visit& visit) const {
  bool may = false;
  auto reply = guarded(visit, [&] {
    meet(visit);
    auto stop = stopped_at_the_door(visit);
    may = !stop;
    return may ? Reply{} : std::move(*stop);
  });
  return may ? std::nullopt : std::optional(std::move(reply));
}

Reply Door::act(Visit& visit) const {
  return guarded(visit, [&] {
    auto& request = visit.request;
    meet(visit);
    if (auto stop = stopped_at_the_door(visit)) return std::move(*stop);
    if (request.method == Method::post) {
      if (const auto refused = read_body(visit)) return refusal(*refused, visit);
      if (request.signed_in) {
        const auto header = visit.arrival.header("x-cairn-token");
        const auto token = header.empty() ? request.form.value("_token") : std::string(header);
        if (!same_secret(token, request.signed_in->forgery_token)) return refusal(Refused::forged, visit);
      }
    }
    frame(visit);
    return visit.route->act(request);
  });
}

std::optional<Refused> Door::read_body(Visit& visit) const {
  auto& request = visit.request;
  const auto content_type = visit.arrival.header("content-type");
  auto body = std::move(visit.arrival.body);
  const auto type = media_type(content_type);
  if (body.empty() && type.empty()) return std::nullopt;
  if (visit.arrival.has("content-encoding")) return Refused::media_type;  // packed bytes could grow past the limit
  std::optional<Fields> fields;
  if (type == "application/x-www-form-urlencoded") {
    fields = fields_from_query(body);
  } else if (type == "application/json") {
    fields = fields_from_json(body);
    request.body = std::move(body);
  } else if (type == "multipart/form-data") {
    const auto boundary = multipart_boundary(content_type);
    auto parts = boundary ? parts_of(body, *boundary) : std::nullopt;
    if (parts) {
      fields = std::move(parts->fields);
      request.uploads = std::move(parts->uploads);
    }
  } else {
    return Refused::media_type;
  }
  if (!fields) return Refused::bad_request;
  request.form = std::move(*fields);
  return std::nullopt;
}

// One reply for what is not there and for what may not be known to be there: the path must leave no trace in it, not
// even as the current link of the navigation.
Reply Door::not_found(const Visit& visit) const {
  Request bare;
  bare.path = "/";
  bare.wants_json = visit.request.wants_json;
  bare.is_htmx = visit.request.is_htmx;
  bare.actor = visit.request.actor;
  bare.signed_in = visit.request.signed_in;
  bare.reference = visit.request.reference;
  bare.now = visit.request.now;
  bare.today = visit.request.today;
  bare.speak(visit.request.language_kept);
  bare.frame = hooks_.frame(bare);
  for (auto& link : bare.frame.navigation) link.current = false;
  return stopped(bare, NotFound(""));
}

Reply Door::to_sign_in(const Visit& visit) const {
  const auto address = std::string(sign_in_path) + "?next=" + percent_encoded(visit.request.path);
  Reply reply;
  if (visit.request.is_htmx) {
    // A redirect would put the sign-in form into a part of the page; htmx follows this header with the whole window.
    reply.status = 403;
    reply.headers.emplace_back("HX-Redirect", address);
  } else {
    reply.status = 303;
    reply.headers.emplace_back("Location", address);
  }
  return reply;
}

Reply Door::reply_to(const Visit& visit, const Stop& stop) const {
  const auto& request = visit.request;
  const bool signed_out = dynamic_cast<const NotAllowed*>(&stop) && !request.signed_in;
  if (signed_out && request.method == Method::get && !request.wants_json) return to_sign_in(visit);
  try {
    if (dynamic_cast<const NotFound*>(&stop) && request.language) return not_found(visit);
    Request plain = request;
    if (!plain.language) plain.speak(hooks_.language(plain));
    return stopped(plain, stop);
  } catch (...) {
    // Nothing more can be drawn; the number at least leads to the log.
    log_fault(request.reference, "stop.broken", "its page could not be drawn either");
    Reply reply;
    reply.status = 500;
    reply.content_type = "text/plain; charset=utf-8";
    reply.body = request.reference + "\n";
    return reply;
  }
}

Reply Door::refusal(Refused why, const Visit& visit) const {
  const auto short_one = short_reply(why);
  Reply reply;
  reply.status = short_one.status;
  reply.content_type = "text/plain; charset=utf-8";
  reply.body = visit.request.reference + "\n";
  try {
    Request bare;
    bare.path = "/";
    bare.reference = visit.request.reference;
    bare.wants_json = visit.request.wants_json;
    bare.is_htmx = visit.request.is_htmx;
    bare.language_cookie = visit.request.language_cookie;
    bare.accept_language = visit.request.accept_language;
    bare.speak(hooks_.language(bare));
    if (short_one.page || bare.wants_json) {
      auto page = stopped(bare, Stop(std::string(short_one.key), ""));
      page.status = short_one.status;
      reply = std::move(page);
    } else {
      reply.body = bare.say()(short_one.key) + "\n" + reply.body;
    }
  } catch (const std::exception& fault) {
    log_fault(visit.request.reference, "stop.broken", fault.what());
  }
  if (why == Refused::full) reply.headers.emplace_back("Retry-After", "5");
  return reply;
}

void Door::log(const Visit& visit, int status, std::int64_t milliseconds) const {
  if (visit.route && !visit.route->traced) return;
  hooks_.log(std::string(word(visit.arrival.verb)) + " " + visit.pattern + " " + std::to_string(status) + " " +
             std::to_string(milliseconds) + "ms " + visit.request.reference);
}

void Door::log_fault(const std::string& reference, std::string_view key, std::string_view what) const {
  hooks_.log(reference + " " + std::string(key) + ": " + for_the_log(what));
}

}  // namespace cairn::web
