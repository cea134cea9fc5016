// SPDX-License-Identifier: Apache-2.0
#include "readiness/actions.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/secret.hpp"
#include "readiness/pages.hpp"
#include "readiness/store.hpp"
#include "web/form.hpp"

namespace cairn::readiness {
namespace {

using nlohmann::json;
using policy::Action;
using web::Allow;
using web::Reply;
using web::Request;

constexpr std::string_view record = "policy_document";
constexpr std::string_view reading = "policy_acknowledgement";
constexpr std::size_t form_limit = 128 * 1024;

bool may_keep(const policy::Policy& policy, const Actor& actor, Action action) {
  return policy.decide(actor, record, action, {.lies_in = {Reach{}}}).allowed;
}
bool may_acknowledge(const policy::Policy& policy, const Actor& actor) {
  return policy.decide(actor, reading, Action::create, {.owner = true}).allowed;
}

struct Shelf {
  db::Database& database;
  const policy::Policy& policy;

  bool may(const Request& request, Action action) const { return may_keep(policy, request.actor, action); }
  void must(const Request& request, Action action) const {
    if (!may(request, action)) throw NotFound("a policy that is not theirs to change");
  }
};

bool is_to_read(const policy::Policy& policy, const Actor& actor, const PolicyDocument& document,
                const std::set<std::string>& read_by_them) {
  return !document.removed && must_read(document.latest, actor.roles) && !read_by_them.contains(document.id.text) &&
         may_acknowledge(policy, actor);
}

PolicyRow row_of(const Shelf& shelf, const Request& request, const PolicyDocument& document,
                 const std::set<std::string>& read_by_them) {
  return {document, request.say().date(document.latest.review_on), document.latest.review_on < request.today,
          is_to_read(shelf.policy, request.actor, document, read_by_them)};
}

json as_json(const PolicyVersion& version) {
  json readers = json::array();
  for (const Role role : version.readers) readers.push_back(name(role));
  return {{"number", version.number},
          {"title", version.title},
          {"words", version.words},
          {"kept_at", version.kept_at},
          {"changed", version.changed},
          {"dated_on", iso(version.dated_on)},
          {"review_on", iso(version.review_on)},
          {"with_peers", version.with_peers},
          {"readers", readers}};
}

json as_json(const PolicyRow& row) {
  auto data = as_json(row.document.latest);
  data["id"] = row.document.id.text;
  data["topic"] = row.document.topic;
  data["removed"] = row.document.removed;
  data["to_read"] = row.to_read;
  return data;
}

// Those on a topic, or all where it is "". What was taken off the list is shown to whoever can put it back.
Reply list(const Shelf& shelf, const Request& request, const std::string& topic) {
  RegisterView view;
  view.may_add = shelf.may(request, Action::create);
  shelf.database.read([&](db::Read& read) {
    const auto all = policy_documents(read, request.actor);
    const auto read_by_them = own_acknowledgements(read, request.actor);
    if (topic.empty()) view.missing = missing(all);
    for (const auto& one : all)
      if ((topic.empty() || one.topic == topic) && (!one.removed || view.may_add))
        view.rows.push_back(row_of(shelf, request, one, read_by_them));
  });
  const auto& say = request.say();
  auto data = json::array();
  for (const auto& row : view.rows) data.push_back(as_json(row));
  web::PageContent page{.title = say("policies.title"), .main = register_page(say, view)};
  if (!topic.empty()) {
    page.title = say("policies.title_about", {{"topic", say("policies.topic." + topic)}});
    page.trail = {{say("policies.title"), "/policies"}};
  }
  return web::answer(request, page, {{"policies", data}});
}

Reply list_all(const Shelf& shelf, const Request& request) {
  return list(shelf, request, "");
}

Reply list_about(const Shelf& shelf, const Request& request) {
  const auto topic = request.checked_parameter("topic");
  if (!is_topic(topic)) throw NotFound("no such topic: " + topic);
  return list(shelf, request, topic);
}

Reply show(const Shelf& shelf, const Request& request) {
  const auto id = request.id<PolicyDocument>("policy");
  PolicyView view;
  view.may_change = shelf.may(request, Action::amend);
  shelf.database.read([&](db::Read& read) {
    const auto document = policy_document(read, request.actor, id);
    if (document.removed && !view.may_change) throw NotFound("a policy off the list: " + id.text);
    const auto read_by_them = own_acknowledgements(read, request.actor);
    view.row = row_of(shelf, request, document, read_by_them);
    view.has_read = read_by_them.contains(id.text);
    view.versions = policy_versions(read, request.actor, id);
  });
  view.dated_on = request.say().date(view.row.document.latest.dated_on);
  auto data = as_json(view.row);
  data["versions"] = json::array();
  for (const auto& version : view.versions) data["versions"].push_back(as_json(version));
  return web::answer(request,
                     {.title = view.row.document.latest.title,
                      .main = policy_page(web::Form::of(request), view),
                      .trail = {{request.say()("policies.title"), "/policies"}}},
                     data);
}

PolicyForm sent(const Request& request, bool is_first) {
  const auto& form = request.form;
  return {form.value("topic"),
          form.value("title"),
          form.value("words"),
          form.value("kept_at"),
          form.value("changed"),
          web::sent_date(form, "dated_on"),
          web::sent_date(form, "review_on"),
          form.value("with_peers"),
          form.values("readers"),
          is_first};
}

Reply form(const Shelf& shelf, const Request& request, const PolicyDocument* known,
           const std::vector<Problem>& problems) {
  shelf.must(request, known ? Action::amend : Action::create);
  const auto& say = request.say();
  const web::PageContent page{.title = say(known ? "policies.form.next" : "policies.form.new"),
                              .main = policy_form_page(web::Form::of(request, problems), known),
                              .trail = {{say("policies.title"), "/policies"}},
                              .has_problems = !problems.empty()};
  return problems.empty() ? web::answer(request, page, json::object()) : web::ask_again(request, page, problems);
}

Reply new_form(const Shelf& shelf, const Request& request) {
  return form(shelf, request, nullptr, {});
}

Reply add(const Shelf& shelf, const Request& request) {
  shelf.must(request, Action::create);
  const auto checked = check_policy(sent(request, true), request.today);
  if (!checked) return form(shelf, request, nullptr, checked.problems());
  const auto once = request.once<PolicyDocument>();
  const auto id = once.text.empty() ? Id<PolicyDocument>{ordered_id(request.now)} : once;
  do_once([&] {
    shelf.database.write(request.actor, {"policy_document.add", std::string(record), id.text},
                         [&](db::Write& write) { add_policy(write, id, *checked); });
  });
  return web::go_to(request, "/policies/" + id.text);
}

PolicyDocument asked(const Shelf& shelf, const Request& request) {
  return shelf.database.read(
      [&](db::Read& read) { return policy_document(read, request.actor, request.id<PolicyDocument>("policy")); });
}

Reply version_form(const Shelf& shelf, const Request& request) {
  shelf.must(request, Action::amend);
  const auto known = asked(shelf, request);
  return form(shelf, request, &known, {});
}

// Two people who change one policy at once: the second gets the form back, filled, with what to do.
Reply add_next(const Shelf& shelf, const Request& request) {
  shelf.must(request, Action::amend);
  const auto known = asked(shelf, request);
  auto problems = std::vector<Problem>{};
  const auto checked = check_policy(sent(request, false), request.today);
  if (!checked) problems = checked.problems();
  if (request.form.value("number") != std::to_string(known.latest.number))
    problems.push_back({"", "policies.problem.newer"});
  if (!problems.empty()) return form(shelf, request, &known, problems);
  shelf.database.write(request.actor, {"policy_document.amend", std::string(record), known.id.text},
                       [&](db::Write& write) { add_version(write, known.id, checked->version, known.latest.number); });
  return web::go_to(request, "/policies/" + known.id.text);
}

Reply remove(const Shelf& shelf, const Request& request) {
  shelf.must(request, Action::erase);
  const auto known = asked(shelf, request);
  shelf.database.write(request.actor, {"policy_document.remove", std::string(record), known.id.text},
                       [&](db::Write& write) { remove_policy(write, known.id); });
  return web::go_to(request, "/policies/" + known.id.text);
}

Reply restore(const Shelf& shelf, const Request& request) {
  shelf.must(request, Action::restore);
  const auto known = asked(shelf, request);
  shelf.database.write(request.actor, {"policy_document.restore", std::string(record), known.id.text},
                       [&](db::Write& write) { restore_policy(write, known.id); });
  return web::go_to(request, "/policies/" + known.id.text);
}

Reply read_it(const Shelf& shelf, const Request& request) {
  const auto known = asked(shelf, request);
  if (known.removed || !may_acknowledge(shelf.policy, request.actor)) throw NotFound("a policy not theirs to read");
  if (request.form.value("number") != std::to_string(known.latest.number))
    throw Conflict("a newer version came meanwhile: " + known.id.text);
  shelf.database.write(request.actor, {"policy_document.read", std::string(reading), known.id.text},
                       [&](db::Write& write) { acknowledge(write, known.id, known.latest.number); });
  return web::go_to(request, "/policies/" + known.id.text);
}

agenda::OpenLoop loop_of(const PolicyDocument& one, const std::string& kind) {
  agenda::OpenLoop loop;
  loop.kind = kind;
  loop.id = one.id.text;
  loop.what = {"policies.loop." + kind, {{"title", one.latest.title}}};
  loop.why = {"policies.loop." + kind + ".why"};
  loop.since = one.latest.dated_on;
  loop.path = "/policies/" + one.id.text;
  loop.act_label = "policies.loop." + kind + ".act";
  return loop;
}

std::vector<agenda::OpenLoop> to_read(const agenda::LoopQuestion& question) {
  std::vector<agenda::OpenLoop> loops;
  const auto read_by_them = own_acknowledgements(question.read, question.actor);
  for (const auto& one : policy_documents(question.read, question.actor)) {
    if (!is_to_read(question.policy, question.actor, one, read_by_them)) continue;
    loops.push_back(loop_of(one, "policy_to_read"));
    loops.back().whose_turn = one.latest.readers;
  }
  return loops;
}

std::vector<agenda::OpenLoop> to_review(const agenda::LoopQuestion& question) {
  std::vector<agenda::OpenLoop> loops;
  if (!may_keep(question.policy, question.actor, Action::amend)) return loops;
  for (const auto& one : policy_documents(question.read, question.actor)) {
    if (one.removed || one.latest.review_on > question.today) continue;
    loops.push_back(loop_of(one, "policy_review"));
    loops.back().whose_turn = {Role::lead, Role::hr};
    loops.back().due_on = one.latest.review_on;
    loops.back().path += "/versions/new";
  }
  return loops;
}

}  // namespace

void add_routes(web::Routes& routes, db::Database& database, const policy::Policy& policy) {
  const Shelf shelf{database, policy};
  const auto act = [shelf](Reply (*one)(const Shelf&, const Request&)) {
    return [shelf, one](const Request& request) { return one(shelf, request); };
  };
  const std::initializer_list<Role> keepers{Role::lead, Role::hr};
  const auto keeping = [&](Action action) { return Allow{record, action, keepers}; };
  routes.get("/policies", {record, Action::list, policy::signed_in}, act(list_all));
  routes.post("/policies", keeping(Action::create), act(add), web::Pace::quick, form_limit);
  routes.get("/policies/new", keeping(Action::create), act(new_form));
  routes.get("/policies/about/{topic}", {record, Action::list, policy::signed_in}, act(list_about));
  routes.get("/policies/{policy}", {record, Action::read, policy::signed_in}, act(show));
  routes.get("/policies/{policy}/versions/new", keeping(Action::amend), act(version_form));
  routes.post("/policies/{policy}/versions", keeping(Action::amend), act(add_next), web::Pace::quick, form_limit);
  routes.post("/policies/{policy}/removals", keeping(Action::erase), act(remove));
  routes.post("/policies/{policy}/returns", keeping(Action::restore), act(restore));
  routes.post("/policies/{policy}/readings", {reading, Action::create, policy::signed_in}, act(read_it));
}

std::vector<agenda::LoopKind> loop_kinds() {
  return {{"policy_to_read", "POST /policies/{policy}/readings", to_read},
          {"policy_review", "POST /policies/{policy}/versions", to_review}};
}

}  // namespace cairn::readiness
