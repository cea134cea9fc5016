// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "content/library.hpp"
#include "db/database.hpp"
#include "instruments/answers.hpp"
#include "instruments/join_gate.hpp"
#include "instruments/pages_answer.hpp"
#include "instruments/store_answers.hpp"
#include "web/languages.hpp"
#include "web/routes.hpp"

// For actions*.cpp of this stage only.
namespace cairn::instruments {

// The definitions of instruments, each read once: whoever answers asks for the same one again and again. Safe to use
// from several threads.
class Definitions {
 public:
  explicit Definitions(const content::Library& library) : library_(library) {}
  // As instrument_of().
  std::shared_ptr<const Instrument> of(const Asking& asking);

 private:
  const content::Library& library_;
  std::mutex mutex_;
  std::map<std::pair<std::string, int>, std::shared_ptr<const Instrument>> read_;
};

struct Asked {
  db::Database& database;
  std::shared_ptr<Definitions> definitions;
  std::shared_ptr<JoinGate> gate;
  std::function<std::string()> address;       // of the site; "" where it is not known
  const web::Languages* languages = nullptr;  // of the site; null where it has the request's alone

  // Of the page of what came of a round, in full.
  std::string results_of(const Asking& asking) const { return address() + "/results/" + asking.results_code; }
};

// The first and the last day on which answers are taken, in the programme's zone.
struct Days {
  Date first;
  Date last;
};
Days days_of(db::Read& read, const Asking& asking);

// A link with all that is needed to answer by it.
struct Visit {
  AnswerLink link;
  Instrument instrument;
  Answers answers;
  bool begun = false;  // there is a draft, or what was sent may be changed
  Date first_day;
  Date last_day;

  std::string path() const { return "/answer/" + link.secret; }
  AnswerPage page(const web::Form& form) const;
};

// An act of answering, over a request of its own, which opening a link makes speak in the words of the site.
using AnswerAct = web::Reply (*)(const Asked&, web::Request&);
web::Act with(const Asked& asked, AnswerAct act);
// From here on the request speaks one of the languages the round asks in, and offers no others to choose from.
void speak_for_round(const Asked& asked, web::Request& request, const Asking& asking);
// From here on the request speaks in the words of one site of a round, where it has its own.
void speak_for_site(db::Read& read, web::Request& request, const Asking& asking, std::int64_t site);
// A definition in the words the request speaks.
Instrument in_words_of(const web::Request& request, const Instrument& instrument);

// Throws NotFound for a link that opens nothing, in the words for a page that is not there.
Visit open_visit(const Asked& asked, web::Request& request);
// The page for a link that opens no questions now; nothing where it does.
std::optional<web::Reply> shut(const Visit& visit, const web::Request& request);
// The programme's words as they are kept with an answer.
std::string words_in_use(const web::Language& say);

void add_step_routes(web::Routes& routes, const Asked& asked);
void add_join_routes(web::Routes& routes, const Asked& asked);

}  // namespace cairn::instruments
