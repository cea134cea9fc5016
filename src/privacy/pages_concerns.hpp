// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "privacy/concerns.hpp"
#include "web/components.hpp"

namespace cairn::privacy {

// The form that tells of a worry. Brings its own heading. `heard`: somebody looks after safeguarding; where nobody
// does, the page says whom to call instead.
web::Html raise_page(const web::Form& form, bool heard);

// One concern in a list, with its day in words.
struct ConcernRow {
  Concern concern;
  std::string raised_on;
  bool may_open = false;
};
// To whoever told them: that each was stored and whether it was opened, never what was done. `fresh` is the reference
// of one just stored, "" otherwise.
web::Html own_concerns_page(const web::Language& say, const std::vector<ConcernRow>& rows, const std::string& fresh);
// To whoever may know that they are there.
web::Html concerns_page(const web::Language& say, const std::vector<ConcernRow>& rows);

struct NoteView {
  std::string words;
  std::string who;
  std::string on;
};
struct OpenedConcernView {
  OpenedConcern opened;
  std::string who;  // told it
  std::string raised_on;
  std::string closed_on;  // "" while it is open
  std::vector<NoteView> notes;
};
// Brings its own heading.
web::Html opened_concern_page(const web::Form& form, const OpenedConcernView& view);

}  // namespace cairn::privacy
