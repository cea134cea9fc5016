// SPDX-License-Identifier: Apache-2.0
#include "instruments/respondents.hpp"

#include <algorithm>
#include <cassert>
#include <cstring>

namespace cairn::instruments {
namespace {

std::string_view text(const Respondents::Key& key) {
  return {key.data(), key.size()};
}

std::size_t start_of(std::string_view respondent, std::size_t places) {
  std::uint64_t first = 0;
  std::memcpy(&first, respondent.data(), sizeof first);
  return static_cast<std::size_t>(first) & (places - 1);
}

}  // namespace

void Respondents::add(std::string_view respondent, std::string_view answers, std::uint32_t row, bool stored) {
  assert(respondent.size() == sizeof(Key) && answers.size() == sizeof(Key));
  if ((entries_.size() + 1) * 4 > table_.size() * 3) grow();
  Entry entry{{}, {}, row, stored};
  std::copy(respondent.begin(), respondent.end(), entry.respondent.begin());
  std::copy(answers.begin(), answers.end(), entry.answers.begin());
  const std::size_t place = place_of(respondent);
  entries_.push_back(entry);
  table_[place] = static_cast<std::uint32_t>(entries_.size());
}

Respondents::Entry* Respondents::find(std::string_view respondent) {
  if (table_.empty()) return nullptr;
  const std::uint32_t found = table_[place_of(respondent)];
  return found == 0 ? nullptr : &entries_[found - 1];
}

// Where the respondent stands in the table, or the free place where it would.
std::size_t Respondents::place_of(std::string_view respondent) const {
  std::size_t place = start_of(respondent, table_.size());
  while (table_[place] != 0 && text(entries_[table_[place] - 1].respondent) != respondent)
    place = (place + 1) & (table_.size() - 1);
  return place;
}

void Respondents::grow() {
  table_.assign(std::max<std::size_t>(1024, table_.size() * 2), 0);
  for (std::size_t i = 0; i < entries_.size(); ++i)
    table_[place_of(text(entries_[i].respondent))] = static_cast<std::uint32_t>(i + 1);
}

}  // namespace cairn::instruments
