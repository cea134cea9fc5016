// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/actor.hpp"
#include "base/embedded.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "policy/policy.hpp"
#include "shipped_policy.hpp"
#include "web/language.hpp"
#include "web/routes.hpp"

namespace cairn::tests {

// Every text of the program, in English and as shipped.
inline const web::Language& english() {
  static const web::Language language = web::Language::from_embedded("en");
  return language;
}

// The value of a header, or "".
inline std::string header(const web::Reply& reply, std::string_view name) {
  for (const auto& [known, value] : reply.headers)
    if (lower(known) == lower(name)) return value;
  return "";
}

// Walks the routes in one process, without sockets, through the door the server keeps: an unknown path, another method,
// or somebody the policy lets in under no facts (404; 303 to /sign-in for a page asked for while signed out).
// Everything else (cookies, forgery tokens, limits, headers) is the server's own and tested there.
//
//   const Visitor visitor(routes);
//   auto reply = visitor.as(lead).get("/studies/abc?round=2");
//   auto made = visitor.as(lead).json().post("/studies", {{"name", "Spring"}});
//   EXPECT_EQ(made.status, 201);
class Visitor {
 public:
  using Values = std::vector<std::pair<std::string, std::string>>;

  explicit Visitor(web::Routes routes) : routes_(std::make_shared<const web::Routes>(std::move(routes))) {}

  // Somebody else from here on; nobody signed in at first.
  Visitor as(Actor actor) const {
    Visitor other = *this;
    other.signed_in_.reset();
    if (actor.signed_in()) other.signed_in_ = web::SignedIn{actor, "session-1", "Robin Example", "forgery-token"};
    other.actor_ = std::move(actor);
    return other;
  }
  // With a session of their own, where one is needed.
  Visitor signed_in(web::SignedIn who) const {
    Visitor other = *this;
    other.actor_ = who.actor;
    other.signed_in_ = std::move(who);
    return other;
  }
  Visitor json() const {
    Visitor other = *this;
    other.json_ = true;
    return other;
  }
  // 9 o'clock on Tuesday 3 March 2026 at first.
  Visitor at(Moment now) const {
    Visitor other = *this;
    other.now_ = now;
    return other;
  }
  // With the cookies of a sign-in that waits for its second step, and of a browser that was used before.
  Visitor with_cookies(std::string session, std::string device) const {
    Visitor other = *this;
    other.session_cookie_ = std::move(session);
    other.device_cookie_ = std::move(device);
    return other;
  }
  // Who reads in another language than English.
  Visitor in(std::shared_ptr<const web::Language> language) const {
    Visitor other = *this;
    other.language_ = std::move(language);
    return other;
  }
  // Whose browser asks for a language, on a site that offers some.
  Visitor preferring(std::string accepted, std::vector<web::LanguageChoice> offered) const {
    Visitor other = *this;
    other.accept_language_ = std::move(accepted);
    other.offered_ = std::move(offered);
    return other;
  }
  // With the ticket of a turn that was waited for.
  Visitor with_ticket(std::string ticket) const {
    Visitor other = *this;
    other.turn_cookie_ = std::move(ticket);
    return other;
  }
  Visitor from(std::string address) const {
    Visitor other = *this;
    other.address_ = std::move(address);
    return other;
  }

  web::Reply get(const std::string& path_and_query) const { return visit(web::Method::get, path_and_query, {}, {}); }
  web::Reply post(const std::string& path_and_query, const Values& form = {},
                  const std::vector<web::Upload>& uploads = {}) const {
    return visit(web::Method::post, path_and_query, form, uploads);
  }
  const web::Routes& routes() const { return *routes_; }
  const Actor& actor() const { return actor_; }

 private:
  web::Reply visit(web::Method method, const std::string& target, const Values& form,
                   const std::vector<web::Upload>& uploads) const {
    web::Request request = asked(method, target, form, uploads);
    try {
      const auto found = routes_->find(method, request.path);
      if (!found.route) throw NotFound("no such path: " + request.path);
      request.parameters = found.parameters;
      if (!enters(*found.route)) {
        if (!actor_.signed_in() && method == web::Method::get && !json_) return to_sign_in(request);
        throw NotFound("the actor has none of the route's roles: " + request.path);
      }
      return found.route->act(request);
    } catch (const Stop& stop) {
      return web::stopped(request, stop);
    }
  }

  web::Request asked(web::Method method, const std::string& target, const Values& form,
                     const std::vector<web::Upload>& uploads) const {
    web::Request request;
    request.method = method;
    const auto mark = target.find('?');
    request.path = target.substr(0, mark);
    if (mark != std::string::npos)
      for (const auto pair : split(std::string_view(target).substr(mark + 1), '&')) {
        const auto equals = pair.find('=');
        request.query.add(std::string(pair.substr(0, equals)),
                          equals == std::string_view::npos ? "" : std::string(pair.substr(equals + 1)));
      }
    for (const auto& [name, value] : form) request.form.add(name, value);
    request.uploads = uploads;
    request.wants_json = json_;
    request.actor = actor_;
    request.signed_in = signed_in_;
    request.address = address_;
    request.session_cookie = session_cookie_;
    request.device_cookie = device_cookie_;
    request.turn_cookie = turn_cookie_;
    request.reference = "TEST2345";
    request.now = now_;
    request.today = date_in_zone(now_, "Europe/London");
    request.language = language_ ? language_.get() : &english();
    request.language_kept = language_;
    request.accept_language = accept_language_;
    request.frame.programme = "Riverside peer support";
    request.frame.languages = offered_;
    return request;
  }

  // As the server's door: whether anybody with these roles could be let in. Finer facts are the act's to ask.
  bool enters(const web::Route& route) const { return shipped_policy().could(actor_, route.record, route.action); }
  web::Reply to_sign_in(const web::Request& request) const {
    web::Reply reply;
    reply.status = 303;
    reply.headers.emplace_back("Location", "/sign-in?next=" + request.path);
    return reply;
  }

  std::shared_ptr<const web::Routes> routes_;
  Actor actor_ = Actor::anyone();
  std::optional<web::SignedIn> signed_in_;
  bool json_ = false;
  Moment now_{1772528400000};
  std::string address_ = "127.0.0.1";
  std::string session_cookie_;
  std::string device_cookie_;
  std::string turn_cookie_;
  std::string accept_language_;
  std::vector<web::LanguageChoice> offered_;
  std::shared_ptr<const web::Language> language_;
};

// A lead and an administrator to visit with.
inline Actor somebody(Role role, std::string programme_id = "programme-1", std::string account_id = "account-1") {
  return {std::move(account_id), std::move(programme_id), {{role, {}, {}, {}}}};
}

}  // namespace cairn::tests
