// SPDX-License-Identifier: Apache-2.0
#include "privacy/help.hpp"

#include <gtest/gtest.h>

#include "accounts/store.hpp"
#include "privacy/actions_help.hpp"
#include "privacy/store_help.hpp"
#include "stores.hpp"

namespace cairn::privacy {
namespace {

TEST(Help, TakesOneContactALine) {
  struct Case {
    std::string typed;
    std::vector<std::string> contacts;
    std::string problem;
  };
  std::string many;
  for (int i = 0; i < 21; ++i) many += "Desk " + std::to_string(i) + "\n";
  const Case table[] = {
      {"", {}, ""},
      {" \r\n\r\n", {}, ""},
      {"Duty desk, 01234 567890\r\n\r\n Crisis team, 0123 \n", {"Duty desk, 01234 567890", "Crisis team, 0123"}, ""},
      {std::string(200, 'x'), {std::string(200, 'x')}, ""},
      {std::string(201, 'x'), {}, "help.problem.too_long"},
      {many, {}, "help.problem.too_many"},
      {"\xFF", {}, "help.problem.not_text"},
  };
  for (const auto& row : table) {
    const auto checked = check_contacts(row.typed);
    ASSERT_EQ(static_cast<bool>(checked), row.problem.empty()) << row.typed.substr(0, 20);
    if (!checked) {
      EXPECT_EQ(checked.problems().front().key, row.problem);
      continue;
    }
    EXPECT_EQ(*checked, row.contacts);
    EXPECT_EQ(contacts_of(as_text(*checked)), row.contacts);
  }
}

TEST(Help, CarriesTheNumbersForEverybodyWithTheirSources) {
  const auto found = read_help_lines(content::Library::open(""));
  std::vector<std::string> addresses;
  for (const auto& line : found.lines) {
    addresses.push_back(address_of(line));
    EXPECT_TRUE(line.source.starts_with("https://")) << line.name;
    EXPECT_FALSE(line.says.empty()) << line.name;
  }
  EXPECT_EQ(addresses, (std::vector<std::string>{"tel:999", "tel:111", "tel:116123", "sms:85258"}));
  EXPECT_EQ(found.lines.back().text, "SHOUT");
  EXPECT_EQ(found.version, 1);
}

TEST(Help, RefusesAFileThatNamesNobody) {
  EXPECT_THROW(read_help_lines(content::Library::of({})), std::runtime_error);
  EXPECT_THROW(read_help_lines(content::Library::of({{"help/lines.v1.toml", "version = 1\n"}})), std::runtime_error);
}

class KeptContacts : public tests::EachEngine {};

TEST_P(KeptContacts, HoldAsLastSetInTheirOwnProgramme) {
  const auto [ours, theirs] = database().write(Actor::operator_(), {"test.begin", "test", ""}, [](db::Write& write) {
    return std::pair(accounts::add_programme(write, "Ours", "Europe/London"),
                     accounts::add_programme(write, "Theirs", "Europe/London"));
  });
  const auto kept = [&](const std::string& programme) {
    return database().read([&](db::Read& read) { return help_contacts(read, programme); });
  };
  EXPECT_TRUE(kept(ours.text).empty());
  const Actor lead{"a1", ours.text, {{Role::lead, {}, {}, {}}}};
  for (const auto& contacts : {std::vector<std::string>{"Desk, 1", "Team, 2"}, {"Desk, 3"}, {}}) {
    database().write(lead, {"help_contacts.set", "help_contacts", ""},
                     [&](db::Write& write) { set_help_contacts(write, contacts); });
    EXPECT_EQ(kept(ours.text), contacts);
  }
  EXPECT_TRUE(kept(theirs.text).empty());
}

CAIRN_EACH_ENGINE(KeptContacts);

}  // namespace
}  // namespace cairn::privacy
