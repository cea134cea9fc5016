// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/check.hpp"

namespace cairn::privacy {

// A number for everybody, from the data files.
struct HelpLine {
  std::string name;
  std::string dial;  // "116 123"
  std::string text;  // the word to send as a text message; "" for one to call
  std::string says;
  std::string source;  // where it was read
  bool operator==(const HelpLine&) const = default;
};
struct HelpLines {
  std::int64_t version = 0;
  std::vector<HelpLine> lines;
};

// What a programme adds of its own: one contact a line, "Duty desk, 01234 567890". At most 20 lines of 200 characters;
// none is fine. Blank lines are left out. Problems are of the field "contacts".
Checked<std::vector<std::string>> check_contacts(std::string_view typed);
std::vector<std::string> contacts_of(std::string_view kept);  // the lines of what was kept
std::string as_text(const std::vector<std::string>& contacts);

// "tel:116123" for a number to call, "sms:85258" for one to write to.
std::string address_of(const HelpLine& line);

// What a programme's own contacts were when they could last be read, for the time the store is gone. Safe to use from
// several threads.
class LastContacts {
 public:
  void remember(std::vector<std::string> contacts);
  std::vector<std::string> remembered() const;

 private:
  mutable std::mutex mutex_;
  std::vector<std::string> contacts_;
};

}  // namespace cairn::privacy
