// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "web/components.hpp"

namespace cairn::privacy {

// One look, in words.
struct LookLine {
  std::string id;
  std::string who;   // a name, and the role at the time
  std::string what;  // the kind of record and its part
  std::string why;   // what let them
  std::string when;  // day, time and through what
  bool may_complain = false;
};
struct ComplaintLine {
  std::string words;
  std::string told_on;
  std::string due_on;
  std::string answer;  // "" while there is none
  std::string answered_on;
};
struct LooksView {
  std::vector<LookLine> looks;
  std::vector<ComplaintLine> complaints;
  std::int64_t count = 0;
  std::string older;  // path of those before; "" where there are none
};
// "Who looked at my record".
web::Html looks_page(const web::Language& say, const LooksView& view);
// Where the owner says that a look was not right. Brings its own heading.
web::Html complain_page(const web::Form& form, const LookLine& look);

struct WaitingLine {
  std::string id;
  std::string told_on;
  std::string due_on;
  bool is_late = false;
};
// To the privacy guardian: that complaints wait.
web::Html waiting_complaints_page(const web::Language& say, const std::vector<WaitingLine>& waiting);
struct OpenComplaintView {
  std::string id;
  std::string owner;
  ComplaintLine complaint;
  LookLine look;
};
// Where the privacy guardian reads one and answers it. Brings its own heading.
web::Html open_complaint_page(const web::Form& form, const OpenComplaintView& view);

}  // namespace cairn::privacy
