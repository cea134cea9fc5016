// SPDX-License-Identifier: Apache-2.0
#include "privacy/actions_help.hpp"

#include <memory>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "accounts/store.hpp"
#include "content/toml.hpp"
#include "privacy/pages_help.hpp"
#include "privacy/store_help.hpp"

namespace cairn::privacy {
namespace {

using nlohmann::json;
using policy::Action;
using web::Reply;
using web::Request;

constexpr std::string_view lines_path = "help/lines.v1.toml";

struct Board {
  db::Database& database;
  const policy::Policy& policy;
  HelpLines lines;
  std::shared_ptr<LastContacts> last = std::make_shared<LastContacts>();

  bool may_change(const Request& request) const {
    return policy.decide(request.actor, "help_contacts", Action::amend, {.lies_in = {Reach{}}}).allowed;
  }
  void read_again() const {
    last->remember(database.read([](db::Read& read) {
      const auto programme = accounts::find_programme(read);
      return programme ? help_contacts(read, programme->id.text) : std::vector<std::string>();
    }));
  }
};

// Whoever looks for help gets it, whatever has happened to the store: with the contacts it last held.
void read_again_if_there(const Board& board) {
  try {
    board.read_again();
  } catch (const Stop&) {
    return;
  }
}

Reply show(const Board& board, const Request& request) {
  read_again_if_there(board);
  const HelpView view{board.last->remembered(), board.lines, board.may_change(request), request.signed_in.has_value()};
  auto lines = json::array();
  for (const auto& line : view.lines.lines)
    lines.push_back(
        {{"name", line.name}, {"dial", line.dial}, {"text", line.text}, {"says", line.says}, {"source", line.source}});
  const auto& say = request.say();
  return web::answer(request, {.title = say("help.title"), .main = help_page(say, view)},
                     {{"version", view.lines.version}, {"lines", lines}, {"contacts", view.contacts}});
}

Reply form(const Board& board, const Request& request, const std::vector<Problem>& problems) {
  if (!board.may_change(request)) throw NotFound("not theirs to change");
  const auto contacts =
      board.database.read([&](db::Read& read) { return help_contacts(read, request.actor.programme_id); });
  const auto& say = request.say();
  const web::PageContent page{.title = say("help.own.edit.title"),
                              .main = help_contacts_page(web::Form::of(request, problems), contacts),
                              .trail = {{say("help.title"), "/help"}},
                              .has_problems = !problems.empty()};
  return problems.empty() ? web::answer(request, page, json{{"contacts", contacts}})
                          : web::ask_again(request, page, problems);
}

Reply change(const Board& board, const Request& request) {
  if (!board.may_change(request)) throw NotFound("not theirs to change");
  const auto contacts = check_contacts(request.form.value("contacts"));
  if (!contacts) return form(board, request, contacts.problems());
  board.database.write(request.actor, {"help_contacts.set", "help_contacts", ""},
                       [&](db::Write& write) { set_help_contacts(write, *contacts); });
  board.last->remember(*contacts);
  return web::go_to(request, "/help");
}

}  // namespace

HelpLines read_help_lines(const content::Library& library) {
  const auto* file = library.find(lines_path);
  if (file == nullptr) throw std::runtime_error("the program carries no " + std::string(lines_path));
  std::vector<content::Fault> faults;
  content::Toml toml(*file, faults);
  auto top = toml.top();
  for (const auto key : {"id", "language", "kind", "title", "source", "licence", "permission"}) top.text(key);
  HelpLines found{top.whole("version", 1, 9999), {}};
  for (auto line : top.tables("line")) {
    found.lines.push_back({line.text("name"), line.text("dial"), line.optional_text("text").value_or(""),
                           line.text("says"), line.text("source")});
  }
  toml.finish();
  if (found.lines.empty()) faults.push_back({file->path, 0, "names nobody to call"});
  std::string words;
  for (const auto& fault : faults) words += fault.path + ":" + std::to_string(fault.line) + ": " + fault.what + "\n";
  if (!words.empty()) throw std::runtime_error(words);
  return found;
}

void add_help_routes(web::Routes& routes, db::Database& database, const policy::Policy& policy,
                     const content::Library& library) {
  const Board board{database, policy, read_help_lines(library)};
  read_again_if_there(board);
  routes.get("/help", {"public_page", Action::read, {Role::anyone}},
             [board](const Request& request) { return show(board, request); });
  routes.answer_always("/help");
  routes.get("/help/contacts", {"help_contacts", Action::amend, {Role::lead}},
             [board](const Request& request) { return form(board, request, {}); });
  routes.post("/help/contacts", {"help_contacts", Action::amend, {Role::lead}},
              [board](const Request& request) { return change(board, request); });
}

}  // namespace cairn::privacy
