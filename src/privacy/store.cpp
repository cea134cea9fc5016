// SPDX-License-Identifier: Apache-2.0
#include "privacy/store.hpp"

namespace cairn::privacy {

std::vector<db::SealedColumn> sealed_columns() {
  return {{"consent_grant", "purpose", "id", "owner_id"},
          {"not_with", "whom", "id", "owner_id"},
          {"treatment_conflict", "team", "id", "owner_id"},
          {"broken_glass", "reason", "id", "owner_id"},
          {"broken_glass_deferred", "reason", "glass_id", "programme_id"},
          {"broken_glass_review", "words", "glass_id", "owner_id"},
          {"record_look_deferred", "reason", "look_id", "programme_id"},
          {"access_complaint", "words", "id", "owner_id"},
          {"access_complaint_answer", "words", "complaint_id", "owner_id"},
          {"concern", "words", "id", "programme_id"},
          {"concern", "contact", "id", "programme_id"},
          {"concern_note", "words", "id", "programme_id"}};
}

}  // namespace cairn::privacy
