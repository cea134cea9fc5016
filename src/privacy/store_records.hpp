// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "db/database.hpp"
#include "privacy/store_facts.hpp"

namespace cairn::privacy {

// A record as its stage tells of it to pages that know every kind: sharing it, who looked at it, opening it in an
// emergency.
struct KeptRecord {
  Subject subject;    // with part ""
  std::string title;  // in its owner's words, for whoever may see the record; "" where the kind's name says enough
  std::string path;   // where it is read
};

// What one part says, as whoever may read it is shown it.
struct ShownPart {
  std::string part;     // "" for what is in no named part
  std::string heading;  // key of a text
  std::string words;
};

// What another stage tells of one kind of its records. The name of the kind is the text "record.<type>". Nothing here
// decides or logs: whoever calls `parts` does so through look(), or for the owner alone.
struct RecordKind {
  std::string type;  // its name in content/policy.toml
  // NotFound where there is none in the actor's programme.
  std::function<KeptRecord(db::Read&, const Actor&, const std::string& id)> find;
  // All of the actor's own, the latest first.
  std::function<std::vector<KeptRecord>(db::Read&, const Actor&)> own;
  // What it says, in the order in which it is read. NotFound as above.
  std::function<std::vector<ShownPart>(db::Read&, const Actor&, const std::string& id)> parts;
};
using RecordKinds = std::vector<RecordKind>;

// NotFound for a kind that nobody tells of, as if the record were not there.
const RecordKind& record_kind(const RecordKinds& kinds, std::string_view type);

}  // namespace cairn::privacy
