// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/actor.hpp"
#include "base/id.hpp"
#include "base/stop.hpp"
#include "base/time.hpp"
#include "web/html.hpp"
#include "web/language.hpp"

namespace cairn::web {

enum class Method { get, post };  // head is answered as get without its body; everything else is refused with 405

// Fields of a query or a form, in the order sent; a name may come several times. Decoded, valid UTF-8, at most 1,000.
class Fields {
 public:
  void add(std::string name, std::string value) { all_.emplace_back(std::move(name), std::move(value)); }
  std::string value(std::string_view name) const;  // the first, trimmed; "" where there is none
  std::optional<std::string> find(std::string_view name) const;
  std::vector<std::string> values(std::string_view name) const;
  const std::vector<std::pair<std::string, std::string>>& all() const { return all_; }

 private:
  std::vector<std::pair<std::string, std::string>> all_;
};

// A file sent with a form (multipart/form-data), held in memory up to the route's limit.
struct Upload {
  std::string field;
  std::string file_name;  // as sent, without any folders
  std::string bytes;
};

// Who is signed in, as the stage that keeps sessions told.
struct SignedIn {
  Actor actor;
  std::string session_id;
  std::string display_name;
  std::string forgery_token;  // must come back in the field "_token" of every form
  std::string language = {};  // the code the person has chosen; "" where none
  // When they last showed that it is they: by signing in, or by their password since.
  std::optional<Moment> proved_at = {};

  // Within the last five minutes, as the policy's "step_up" asks.
  bool proved_lately(Moment now) const {
    return proved_at && *proved_at <= now && now <= later(*proved_at, proof_seconds);
  }
  static constexpr std::int64_t proof_seconds = 5 * 60;
};

struct Link {
  std::string label;
  std::string path;
  bool current = false;
};

// A language the site can be read in, under its own name.
struct LanguageChoice {
  std::string code;
  std::string name;
};

// What stands round every page: made by app for each request.
struct Frame {
  std::string programme;  // "Riverside peer support"; empty before sign-in
  std::string person;     // display name; empty when signed out
  std::vector<Link> navigation;
  bool demonstration = false;                  // shows the fictional-people banner
  std::vector<LanguageChoice> languages = {};  // drawn where there are two or more
};

struct Request {
  Method method = Method::get;
  std::string path;                                            // decoded, starts with '/'
  std::map<std::string, std::string, std::less<>> parameters;  // {study} -> value
  Fields query;
  Fields form;  // empty but for POST
  std::vector<Upload> uploads;
  std::string body;         // of JSON posts
  bool wants_json = false;  // Accept prefers application/json
  bool is_htmx = false;
  Actor actor = Actor::anyone();
  std::optional<SignedIn> signed_in;
  std::string session_cookie;  // the token as sent; "" where none
  std::string device_cookie;   // of a browser somebody signed in with before; "" where none
  std::string turn_cookie;     // of a browser that was told to wait before trying again; "" where none
  std::string address;         // of the client, for throttling only
  std::string reference;       // stands in the log and on error pages
  Moment now;
  Date today;  // in the programme's zone
  const Language* language = nullptr;
  std::shared_ptr<const Language> language_kept;  // keeps `language` alive; null where it outlives the request anyway
  std::string language_cookie;                    // the code chosen on this device; "" where none
  std::string accept_language;                    // what the browser asks for; counts where nothing was chosen
  Frame frame;

  void speak(std::shared_ptr<const Language> in) {
    language_kept = std::move(in);
    language = language_kept.get();
  }

  const Language& say() const { return *language; }
  // A parameter of the path as an id. Throws NotFound where it cannot be one (longer than 64, or other than letters,
  // digits, '-', '_', '.').
  template <class Of>
  Id<Of> id(std::string_view parameter) const {
    return Id<Of>{checked_parameter(parameter)};
  }
  const std::string& checked_parameter(std::string_view parameter) const;
  // The id a form brings in "_once" for what it makes, so that a form sent twice makes one thing. Empty where it brings
  // none. Throws Conflict for anything but 8-4-4-4-12 hexadecimal digits in small letters.
  template <class Of>
  Id<Of> once() const {
    return Id<Of>{checked_once()};
  }
  std::string checked_once() const;
};

}  // namespace cairn::web
