// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <future>
#include <string>
#include <string_view>
#include <vector>

#include "base/actor.hpp"
#include "base/id.hpp"
#include "db/database.hpp"
#include "instruments/store.hpp"

namespace cairn::instruments {

// The fingerprints that tell a respondent and their answers within one collection.
std::string respondent_key(const db::Keys& keys, std::string_view collection, std::string_view code);
std::string answers_key(const db::Keys& keys, std::string_view collection, std::string_view respondent_key,
                        std::string_view encoded_answers);

// Only one import into a collection at a time in this process; the second throws Conflict
// "instruments.import.two_at_once". Of imports of several processes the one that begins last removes what the others
// have put aside, and those then end with the same Conflict.
class Claim {
 public:
  explicit Claim(std::string collection);
  ~Claim();
  Claim(const Claim&) = delete;
  Claim& operator=(const Claim&) = delete;

 private:
  std::string collection_;
};

// A response on its way into the store.
struct StagedResponse {
  std::string id;
  std::string respondent_key;
  std::string answers_key;
  std::string answers;  // sealed
};

// Puts the responses of one batch aside, a thousand to a write, while the next thousand is being made. They count once
// published.
class Staging {
 public:
  Staging(db::Database& database, const Actor& actor, Id<Collection> into);

  // Removes what imports before have left behind, too. `people` is how many will be taken.
  void begin(std::string_view file_fingerprint, std::int64_t people);
  void take(const std::string& respondent_key, const std::string& answers_key, std::string_view answers);
  // Makes all that was put aside part of the collection, in one write.
  void publish();
  // After something went wrong. What cannot be removed now is removed by the next import.
  void give_up() noexcept;

 private:
  void remove_unpublished(db::Write& write) const;
  void flush();
  void write_rows(const std::vector<StagedResponse>& rows, std::int64_t part);

  db::Database& database_;
  const Actor& actor_;
  Id<Collection> into_;
  std::string batch_;
  std::int64_t people_ = 0;
  std::vector<StagedResponse> waiting_;
  std::future<void> writing_;
  std::size_t flushed_ = 0;
};

}  // namespace cairn::instruments
