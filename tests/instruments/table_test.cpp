// SPDX-License-Identifier: Apache-2.0
#include "instruments/table.hpp"

#include <gtest/gtest.h>

#include <sstream>

#include "instruments/worlds.hpp"

namespace cairn::instruments {
namespace {

// Ten people in one site with the given name, four at another; everyone is shown.
Comparison example(const std::string& site) {
  Counter counter(1, {});
  for (int i = 0; i < 10; ++i) {
    Response response = test::answered(1, {"", "", "", "", site});
    if (i < 3) response.importance[0] = Importance::extremely;
    if (i == 9) response.importance[0] = Importance::dont_know;
    if (i < 2) response.most_important = {0};
    counter.add(response, 1);
  }
  return counter.finish(5).comparison;
}

template <class Write>
std::string written(Write write, const Comparison& comparison, std::optional<Axis> axis = {}) {
  std::ostringstream out;
  write(out, comparison, test::small_instrument(1), axis);
  return out.str();
}

constexpr const char* header =
    "item,by,group,people,answers_a,yes,partly,no,dk_a,nr_a,answers_b,mean,dk_b,nr_b,top3,hidden\n";

TEST(Table, WritesCsv) {
  EXPECT_EQ(written(write_csv, example("North")), std::string(header) +
                                                      "1.1,site,North,10,10,10,0,0,0,0,9,3.3,1,0,2,\n"
                                                      "1.1,all,everyone,10,10,10,0,0,0,0,9,3.3,1,0,2,\n");
}

TEST(Table, WritesNothingOfHiddenRowsButWhy) {
  Counter counter(1, {});
  for (int i = 0; i < 3; ++i) counter.add(test::answered(1, {"voluntary", "", "", "", ""}), 1);
  EXPECT_EQ(written(write_csv, counter.finish(5).comparison), std::string(header) +
                                                                  "1.1,employer,voluntary,,,,,,,,,,,,,few_people\n"
                                                                  "1.1,all,everyone,,,,,,,,,,,,,few_people\n");
  EXPECT_EQ(written(write_json, counter.finish(5).comparison, Axis::all),
            "[\n  {\"item\": \"1.1\", \"by\": \"all\", \"group\": \"everyone\", \"hidden\": \"few_people\"}\n]\n");
}

TEST(Table, LeavesTheMeanEmptyWhereNobodyScored) {
  Counter counter(1, {});
  auto response = test::unanswered(1);
  response.presence[0] = Presence::dont_know;
  for (int i = 0; i < 7; ++i) counter.add(response, 1);
  const auto comparison = counter.finish(5).comparison;
  EXPECT_EQ(written(write_csv, comparison), std::string(header) + "1.1,all,everyone,7,7,0,0,0,7,0,0,,0,0,0,\n");
  EXPECT_NE(written(write_json, comparison).find("\"mean\": null"), std::string::npos);
}

TEST(Table, KeepsToOneAxis) {
  EXPECT_EQ(written(write_csv, example("North"), Axis::all),
            std::string(header) + "1.1,all,everyone,10,10,10,0,0,0,0,9,3.3,1,0,2,\n");
  EXPECT_EQ(written(write_csv, example("North"), Axis::setting), header);
}

TEST(Table, WritesJson) {
  EXPECT_EQ(written(write_json, example("N\"1\\"), Axis::site),
            "[\n  {\"item\": \"1.1\", \"by\": \"site\", \"group\": \"N\\\"1\\\\\", \"people\": 10, \"answers_a\": 10, "
            "\"yes\": 10, \"partly\": 0, \"no\": 0, \"dk_a\": 0, \"nr_a\": 0, \"answers_b\": 9, \"mean\": 3.3, "
            "\"dk_b\": 1, \"nr_b\": 0, \"top3\": 2, \"hidden\": null}\n]\n");
  EXPECT_EQ(written(write_json, example("N"), Axis::context), "[\n]\n");
}

TEST(Table, LinesColumnsUpWhateverTheirBytes) {
  std::istringstream lines(written(write_table, example("Ünder")));
  std::string line;
  std::getline(lines, line);
  EXPECT_EQ(line.find("people"), std::string_view("1.1   site  everyone  ").size());
  std::getline(lines, line);
  EXPECT_TRUE(line.starts_with("1.1   site  Ünder         10")) << line;
}

TEST(Table, NeutralisesFormulas) {
  for (const std::string site : {"=1+1", "+44", "-1", "@x"})
    EXPECT_NE(written(write_csv, example(site)).find(",'" + site + ","), std::string::npos) << site;
  EXPECT_EQ(csv_cell("\ttab"), "'\ttab");
  EXPECT_EQ(csv_cell("\rreturn"), "\"'\rreturn\"");
  EXPECT_EQ(csv_cell("1-2"), "1-2");
  EXPECT_EQ(csv_cell(""), "");
  EXPECT_EQ(csv_cell("a,b"), "\"a,b\"");
  EXPECT_EQ(csv_cell("say \"x\""), "\"say \"\"x\"\"\"");
}

}  // namespace
}  // namespace cairn::instruments
