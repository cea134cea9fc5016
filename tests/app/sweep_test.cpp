// SPDX-License-Identifier: Apache-2.0
// Every route of the site, tried by everybody: with what belongs to others, with what is not there, with words that
// mean something to a database, and with words that nobody else may read.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>

#include "app/crawl.hpp"
#include "app/demonstration.hpp"
#include "app/world.hpp"
#include "base/secret.hpp"

namespace cairn::app {
namespace {

using policy::Action;
using tests::Crawled;
using tests::header;
using tests::Visitor;

// One id of each kind in a path: "study" and its value.
using Known = std::map<std::string, std::set<std::string>, std::less<>>;

std::string filled(std::string path, const std::map<std::string, std::string, std::less<>>& values) {
  for (const auto& [name, value] : values) {
    const auto key = "{" + name + "}";
    if (const auto at = path.find(key); at != std::string::npos) path.replace(at, key.size(), value);
  }
  return path;
}

std::vector<std::string> names_in(const std::string& pattern) {
  std::vector<std::string> names;
  for (auto at = pattern.find('{'); at != std::string::npos; at = pattern.find('{', at + 1))
    names.push_back(pattern.substr(at + 1, pattern.find('}', at) - at - 1));
  return names;
}

std::string without_query(const std::string& path) {
  return path.substr(0, path.find('?'));
}

class Sweep : public testing::Test {
 protected:
  Sweep() {
    people_.emplace_back("nobody", world_.visitor());
    for (const auto& one : made_up_accounts()) people_.emplace_back(std::string(name(one.role)), proved(one.email));
    for (const auto& [who, visitor] : people_) crawled_.emplace(who, tests::crawl(visitor, most_of_a_kind));
    for (const auto& [who, all] : crawled_) learn(who, all);
  }

  Visitor proved(const std::string& email) {
    const auto account =
        world_.database().read([&](db::Read& read) { return accounts::find_account_by_email(read, email); });
    const Actor actor{account->id.text, account->programme.text, account->roles};
    return world_.visitor().signed_in(
        {actor, "session-1", account->display_name, "forgery-token", "", world_.clock().now()});
  }

  void learn(const std::string& who, const Crawled& all) {
    const auto note = [&](web::Method method, const std::string& path) {
      const auto found = people_.front().second.routes().find(method, without_query(path));
      if (!found.route) return;
      for (const auto& [name, value] : found.parameters) {
        known_[name].insert(value);
        seen_[who].insert(value);
      }
      paths_[found.route->path].insert(without_query(path));
      if (const auto mark = path.find('?'); mark != std::string::npos)
        for (const auto pair : split(std::string_view(path).substr(mark + 1), '&'))
          query_names_[found.route->path].insert(std::string(pair.substr(0, pair.find('='))));
    };
    for (const auto& [path, reply] : all.pages) {
      note(web::Method::get, path);
      for (const auto& link : tests::links_in(reply.body)) note(web::Method::get, link);
    }
    for (const auto& [path, form] : all.forms) note(web::Method::post, path);
  }

  // The paths of a route that anybody was seen to have, and those with one id of each kind put in.
  std::set<std::string> paths_of(const web::Route& route) {
    auto paths = paths_[route.path];
    std::map<std::string, std::string, std::less<>> first;
    for (const auto& name : names_in(route.path)) {
      if (known_[name].empty()) return paths;
      first[name] = *known_[name].begin();
    }
    for (const auto& name : names_in(route.path))
      for (const auto& value : known_[name]) {
        if (paths.size() >= most_paths) break;
        auto values = first;
        values[name] = value;
        paths.insert(filled(route.path, values));
      }
    return paths;
  }

  // Whether the policy opens all records of a kind to somebody, wherever in the programme they lie.
  static bool is_open_to(const Visitor& visitor, const web::Route& route) {
    const policy::Facts facts{.lies_in = {Reach{}}, .step_up = true};
    return tests::shipped_policy().decide(visitor.actor(), route.record, route.action, facts).allowed;
  }

  // Whether somebody was led to everything a path names, may open what it stands under, or all there are.
  bool is_theirs(const std::string& who, const Visitor& visitor, const std::string& path, web::Method method) {
    const auto found = visitor.routes().find(method, path);
    if (is_open_to(visitor, *found.route)) return true;
    const bool was_led_to =
        std::ranges::all_of(found.parameters, [&](const auto& one) { return seen_[who].contains(one.second); });
    if (was_led_to) return true;
    for (auto end = path.rfind('/'); end != 0 && end != std::string::npos; end = path.rfind('/', end - 1)) {
      const auto above = path.substr(0, end);
      const auto place = visitor.routes().find(web::Method::get, above);
      if (!place.route || place.parameters.empty()) continue;
      const auto [known, is_new] = opens_.try_emplace(who + above, false);
      if (is_new) known->second = visitor.get(above).status == 200;
      if (known->second) return true;
    }
    return false;
  }

  std::int64_t journal_length() {
    return world_.database().read(
        [](db::Read& read) { return read.number(R"sql( select count(*) from journal )sql", {}); });
  }

  static std::string shape_of(const web::Reply& reply) {
    std::string shape = std::to_string(reply.status) + reply.content_type;
    for (const auto& [name, value] : reply.headers) shape += name + value;
    return shape + reply.body;
  }

  static constexpr std::size_t most_of_a_kind = 4;
  static constexpr std::size_t most_paths = 12;
  tests::World world_{tests::Engine::sqlite};
  std::vector<std::pair<std::string, Visitor>> people_;
  std::map<std::string, Crawled> crawled_;
  Known known_;
  Known seen_;  // by whom
  std::map<std::string, bool> opens_;
  Known query_names_;  // by the pattern of their route
  Known paths_;        // by the pattern of their route
};

// AZ-5 and AZ-9.
TEST_F(Sweep, WhatBelongsToOthersIsAnsweredLikeWhatNeverWas) {
  std::size_t tried = 0;
  std::set<std::string> faults;
  for (const auto& route : people_.front().second.routes().all()) {
    if (names_in(route.path).empty()) continue;
    std::map<std::string, std::string, std::less<>> never;
    for (const auto& name : names_in(route.path)) never[name] = unordered_id();
    const auto nowhere = filled(route.path, never);
    for (const auto& [who, visitor] : people_)
      for (const auto& path : paths_of(route)) {
        if (is_theirs(who, visitor, path, route.method)) continue;
        for (const bool as_json : {false, true}) {
          const auto asking = as_json ? visitor.json() : visitor;
          const auto ask = [&](const std::string& where) {
            return route.method == web::Method::get ? asking.get(where) : asking.post(where);
          };
          const auto before = journal_length();
          const auto reply = ask(path);
          const auto other = ask(nowhere);
          ++tried;
          if (reply.status == 303 && header(reply, "Location").starts_with("/sign-in?")) continue;
          if (shape_of(reply) != shape_of(other) || journal_length() != before)
            faults.insert(fmt::format("{}: {} answers {}, not {}", who, route.path, reply.status, other.status));
        }
      }
  }
  std::cout << tried << " requests for what is not theirs\n";
  EXPECT_EQ(faults, std::set<std::string>{});
  EXPECT_GT(tried, 1000U);
}

// F16: words that would mean something to a database are words like any others.
TEST_F(Sweep, NoWordSentAnywhereIsTakenForACommandToTheDatabase) {
  const std::vector<std::string> probes{
      "'", "\"", "\\", "';--", "1;select 1", "%00", "$1", "') or ('1'='1", "-1 union select 1"};
  const std::string yes = "x' or '1'='1";
  const std::string no = "x' or '1'='2";
  std::size_t tried = 0;
  std::set<std::string> faults;
  const auto judge = [&](const web::Reply& reply, const std::string& where) {
    ++tried;
    if (reply.status >= 500) faults.insert(fmt::format("{} answers {}", where, reply.status));
  };
  const auto judge_pair = [&](const web::Reply& one, const web::Reply& other, const std::string& where) {
    judge(one, where);
    judge(other, where);
    if (one.status != other.status || one.body.size() != other.body.size())
      faults.insert(fmt::format("{} tells a true condition from a false one", where));
  };
  for (const auto& [who, visitor] : people_) {
    for (const auto& [path, reply] : crawled_[who].pages) {
      const auto route = visitor.routes().find(web::Method::get, without_query(path));
      for (const auto& name : names_in(route.route->path)) {
        auto values = route.parameters;
        const auto ask = [&](const std::string& word) {
          values[name] = word;
          return visitor.get(filled(route.route->path, values));
        };
        for (const auto& probe : probes) judge(ask(probe), route.route->path + " " + name);
        judge_pair(ask(yes), ask(no), route.route->path + " " + name);
      }
      for (const auto& name : query_names_[route.route->path]) {
        const auto ask = [&](const std::string& word) {
          return visitor.get(without_query(path) + "?" + name + "=" + word);
        };
        for (const auto& probe : probes) judge(ask(probe), route.route->path + "?" + name);
        judge_pair(ask(yes), ask(no), route.route->path + "?" + name);
      }
    }
    for (const auto& [path, form] : crawled_[who].forms)
      for (std::size_t i = 0; i < form.values.size(); ++i)
        for (const auto& probe : {probes[0], probes[7], yes}) {
          auto values = form.values;
          values[i].second = probe;
          judge(visitor.post(path, values), path + " " + values[i].first);
        }
  }
  std::cout << tried << " requests with words for a database\n";
  EXPECT_EQ(faults, std::set<std::string>{});
}

// AZ-3: everybody fills in every form there is; then everybody reads everything.
TEST_F(Sweep, WhatSomebodyTypesIsReadByThoseAloneWhomThePolicyLetsIn) {
  struct Typed {
    std::string who;
    const web::Route* route;
    std::string field;
  };
  std::map<std::string, Typed> canaries;
  for (const auto& [who, visitor] : people_)
    for (const auto& [path, form] : crawled_[who].forms) {
      const auto found = visitor.routes().find(web::Method::post, without_query(path));
      if (!found.route) continue;
      auto values = form.values;
      for (auto& [name, value] : values) {
        if (!form.is_typed.contains(name)) continue;
        const auto canary = fmt::format("canary{:05}", canaries.size());
        canaries.emplace(canary, Typed{who, found.route, name});
        value = name == "email" ? canary + "@larkmoor.example" : canary;
      }
      visitor.post(path, values);
    }
  std::map<std::string, std::set<std::string>> read_by;
  for (const auto& [who, visitor] : people_)
    for (const auto& [path, reply] : tests::crawl(visitor, most_of_a_kind).pages) {
      const std::vector<web::Reply> both{reply, visitor.json().get(path)};
      for (const auto& one : both)
        for (auto at = one.body.find("canary"); at != std::string::npos; at = one.body.find("canary", at + 1))
          read_by[one.body.substr(at, 11)].insert(who);
    }
  const std::set<std::string> meant_for_all{"help_contacts"};
  std::set<std::string> faults;
  for (const auto& [who, visitor] : people_)
    for (const auto& [canary, readers] : read_by) {
      const auto typed = canaries.find(canary);
      if (typed == canaries.end() || !readers.contains(who) || typed->second.who == who) continue;
      const auto& record = typed->second.route->record;
      const auto& policy = tests::shipped_policy();
      if (meant_for_all.contains(record)) continue;
      if (!policy.could(visitor.actor(), record, Action::read) && !policy.could(visitor.actor(), record, Action::list))
        faults.insert(
            fmt::format("{} reads {} of {} ({})", who, typed->second.field, typed->second.route->path, record));
    }
  std::cout << canaries.size() << " words typed, " << read_by.size() << " of them read\n";
  EXPECT_EQ(faults, std::set<std::string>{});
}

// F18: no words somebody typed stand on a page, or in an address it answers to, as anything but words.
TEST_F(Sweep, NoWordsBecomeMarkup) {
  const std::vector<std::string> payloads{"<script>alert(1)</script>",
                                          "\"><svg onload=alert(1)>",
                                          "'><img src=x onerror=alert(1)>",
                                          "</textarea><script>alert(1)</script>",
                                          "</title><body onpageshow=alert(1)>",
                                          "\" autofocus onfocus=alert(1) x=\"",
                                          "<a href=javascript:alert(1)>x</a>",
                                          "<iframe srcdoc='<script>alert(1)</script>'>",
                                          "<math><mtext></form><form><mglyph><style><img src onerror=alert(1)>",
                                          "<!--><script>alert(1)</script>-->",
                                          "<details open ontoggle=alert(1)>",
                                          "<base href=//example.org/>"};
  std::size_t tried = 0;
  std::set<std::string> faults;
  const auto judge = [&](const web::Reply& reply, const std::string& where) {
    ++tried;
    if (!reply.content_type.starts_with("text/html")) return;
    for (const auto& payload : payloads)
      if (reply.body.find(payload) != std::string::npos) faults.insert(where + " holds " + payload);
    for (tests::Markup markup(reply.body); markup.next({"a", "form"});)
      if (markup.value("href").starts_with("javascript:") || markup.value("action").starts_with("javascript:"))
        faults.insert(where + " leads to a script");
  };
  for (const auto& payload : payloads)
    for (const auto& [who, visitor] : people_) {
      for (const auto& [path, form] : crawled_[who].forms) {
        auto values = form.values;
        for (auto& [name, value] : values)
          if (form.is_typed.contains(name)) value = payload;
        judge(visitor.post(path, values), "the answer of " + path);
        for (auto& [name, value] : values)
          if (name != "_once") value = payload;
        judge(visitor.post(path, values), "the answer of " + path);
      }
      for (const auto& [pattern, names] : query_names_)
        for (const auto& name : names)
          for (const auto& path : paths_[pattern])
            judge(visitor.get(path + "?" + name + "=" + payload), path + "?" + name);
    }
  for (const auto& [who, visitor] : people_)
    for (const auto& [path, reply] : tests::crawl(visitor, most_of_a_kind).pages) judge(reply, path);
  std::cout << tried << " answers with " << payloads.size() << " kinds of markup\n";
  EXPECT_EQ(faults, std::set<std::string>{});
}

}  // namespace
}  // namespace cairn::app
