// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "readiness/policies.hpp"
#include "web/components.hpp"

namespace cairn::readiness {

struct PolicyRow {
  PolicyDocument document;
  std::string review_on;  // in words
  bool is_late = false;   // its review
  bool to_read = false;   // by whoever looks
};
struct RegisterView {
  std::vector<PolicyRow> rows;
  std::vector<Missing> missing;  // shown to whoever may add one
  bool may_add = false;
};
// All policies, or those on one topic, which may be none.
web::Html register_page(const web::Language& say, const RegisterView& view);

struct PolicyView {
  PolicyRow row;
  std::vector<PolicyVersion> versions;  // the latest first
  std::string dated_on;                 // in words
  bool may_change = false;
  bool has_read = false;
};
// Brings its own heading.
web::Html policy_page(const web::Form& form, const PolicyView& view);

// The form of a new policy, or of the next version of `known`. Brings its own heading.
web::Html policy_form_page(const web::Form& form, const PolicyDocument* known);

}  // namespace cairn::readiness
