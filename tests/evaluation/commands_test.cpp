// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "evaluation/actions_commands.hpp"
#include "evaluation/demonstration.hpp"
#include "stage.hpp"

namespace cairn::evaluation {
namespace {

using jobs::Ended;

class Commands : public StageTest {
 protected:
  template <class Arguments>
  Ended run(Ended (*command)(const Arguments&, jobs::CommandContext&, const web::Language&), const Arguments& arguments,
            bool json = false) {
    out.str("");
    err.str("");
    jobs::CommandContext context{database(), carried_library(), out, err, operator_(), clock().now(), false, json, {}};
    return command(arguments, context, tests::english());
  }
  std::string file(const std::string& name, const std::string& bytes) {
    const auto path = store().folder / name;
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
  }
  std::string made_up_answers(int round = 1) {
    return file("answers" + std::to_string(round) + ".csv", demonstration_answers(sites, round));
  }
  Ended bring_in(const std::string& path, int round = 1) {
    return run(inventory_import, ImportArguments{path, "Spring", round, true, false});
  }
  static std::string bytes_of(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream all;
    all << in.rdbuf();
    return all.str();
  }
  std::vector<std::string> lines() const {
    std::vector<std::string> all;
    std::istringstream in(out.str());
    for (std::string line; std::getline(in, line);) all.push_back(line);
    return all;
  }

  std::ostringstream out;
  std::ostringstream err;
};

TEST_P(Commands, ImportIntoAStudyThatIsThereOrIsToBeMade) {
  const auto path = made_up_answers();
  EXPECT_EQ(run(inventory_import, ImportArguments{path, "Spring"}), Ended::refused);
  EXPECT_NE(err.str().find("--create"), std::string::npos);
  EXPECT_EQ(bring_in(path), Ended::done);
  EXPECT_NE(out.str().find("60 people"), std::string::npos) << out.str();
  EXPECT_EQ(run(inventory_import, ImportArguments{path, "spring"}), Ended::done) << "the same file again";
  EXPECT_EQ(bring_in(made_up_answers(2), 2), Ended::done);
}

TEST_P(Commands, ImportNothingOnADryRun) {
  EXPECT_EQ(run(inventory_import, ImportArguments{made_up_answers(), "Spring", 1, true, true}), Ended::done);
  EXPECT_EQ(run(inventory_compare, CompareArguments{"Spring"}), Ended::refused);
}

TEST_P(Commands, TellEveryBadCellAsCsvAndKeepNothing) {
  const auto path = file("bad.csv", "respondent,1.1.a,1.1.b,top3\np1,perhaps,4,1.1\np2,yes,9,1.1;1.2;1.3;1.4\n");
  EXPECT_EQ(bring_in(path), Ended::refused);
  const auto told = err.str();
  EXPECT_TRUE(told.starts_with("row,column,value,what_to_do\n")) << told;
  EXPECT_EQ(std::count(told.begin(), told.end(), '\n'), 4) << told;
  EXPECT_NE(told.find("2,1.1.a,perhaps,"), std::string::npos);
  EXPECT_EQ(run(inventory_compare, CompareArguments{"Spring"}), Ended::refused) << "not even the study was made";
}

TEST_P(Commands, RefuseAKnownRespondentWithOtherAnswers) {
  bring_in(file("one.csv", "respondent,1.1.a\np1,yes\n"));
  EXPECT_EQ(bring_in(file("other.csv", "respondent,1.1.a\np1,no\n")), Ended::refused);
}

TEST_P(Commands, AnswerImportsInJsonForAProgram) {
  EXPECT_EQ(run(inventory_import, ImportArguments{made_up_answers(), "Spring", 1, true, false}, true), Ended::done);
  const auto told = nlohmann::json::parse(out.str());
  EXPECT_EQ(told["added"], 60);
  EXPECT_EQ(told["kept"], true);
}

TEST_P(Commands, CompareTheLatestRoundAlongEveryAxisAsCsv) {
  bring_in(made_up_answers(1), 1);
  bring_in(made_up_answers(2), 2);
  ASSERT_EQ(run(inventory_compare, CompareArguments{"Spring", {}, "", "csv"}), Ended::done);
  const auto all = lines();
  EXPECT_EQ(all[0], "item,by,group,people,answers_a,yes,partly,no,dk_a,nr_a,answers_b,mean,dk_b,nr_b,top3,hidden");
  // 2 employers, 3 contexts, 3 settings, 6 stakeholder groups, 3 sites and everyone, 40 statements each.
  EXPECT_EQ(all.size(), 1U + 18U * 40U);
  EXPECT_TRUE(
      std::any_of(all.begin(), all.end(), [](const auto& line) { return line.starts_with("1.1,all,everyone,60,"); }));
  const auto latest = out.str();
  run(inventory_compare, CompareArguments{"Spring", 1, "", "csv"});
  EXPECT_NE(out.str(), latest);
}

TEST_P(Commands, CompareByOneAxisAndRefuseWhatTheyDoNotKnow) {
  bring_in(made_up_answers());
  ASSERT_EQ(run(inventory_compare, CompareArguments{"Spring", {}, "setting", "csv"}), Ended::done);
  EXPECT_EQ(lines().size(), 1U + 3U * 40U);
  EXPECT_EQ(run(inventory_compare, CompareArguments{"Spring", {}, "colour"}), Ended::usage);
  EXPECT_EQ(run(inventory_compare, CompareArguments{"Spring", {}, "", "xml"}), Ended::usage);
  EXPECT_EQ(run(inventory_compare, CompareArguments{"Spring", 7}), Ended::refused);
  EXPECT_NE(err.str().find("There are: 1"), std::string::npos) << err.str();
  EXPECT_EQ(run(inventory_compare, CompareArguments{"Autumn"}), Ended::refused);
  EXPECT_NE(err.str().find("Spring"), std::string::npos) << "the known ones are listed";
}

TEST_P(Commands, WriteAReportThatNeedsNoOtherFile) {
  bring_in(made_up_answers());
  const auto path = store().folder / "report.html";
  ASSERT_EQ(run(inventory_report, ReportArguments{"Spring", {}, "willow ward", false, "train", path}), Ended::done)
      << err.str();
  const auto html = bytes_of(path);
  EXPECT_TRUE(html.starts_with("<!doctype html>"));
  for (const auto* never : {"<script", "href=\"/", "src=\"/", "[evaluation.", "<form"})
    EXPECT_EQ(html.find(never), std::string::npos) << never;
  EXPECT_NE(html.find("Willow Ward"), std::string::npos);
  EXPECT_FALSE(std::filesystem::exists(path + ".part"));
}

TEST_P(Commands, KnowFromTheAnswersWhatKindOfPlaceASiteIs) {
  bring_in(made_up_answers());
  const auto path = store().folder / "ward.html";
  ASSERT_EQ(run(inventory_report, ReportArguments{"Spring", {}, "Willow Ward", false, "train", path}), Ended::done);
  EXPECT_NE(bytes_of(path).find(tests::english()("evaluation.advice.for_the_site")), std::string::npos)
      << "no service of that name is described, and there are points for a ward all the same";
}

TEST_P(Commands, WriteAReportAsASpreadsheet) {
  bring_in(made_up_answers());
  const auto path = store().folder / "report.xlsx";
  ASSERT_EQ(run(inventory_report, ReportArguments{"Spring", {}, "", true, "show_value", path}), Ended::done);
  EXPECT_TRUE(bytes_of(path).starts_with("PK"));
}

TEST_P(Commands, SayWhatIsMissingWithoutWeasyprint) {
  bring_in(made_up_answers());
  const std::string path_before = std::getenv("PATH");
  setenv("PATH", (store().folder / "nothing").c_str(), 1);
  const auto path = store().folder / "report.pdf";
  try {
    run(inventory_report, ReportArguments{"Spring", {}, "", true, "train", path});
    ADD_FAILURE() << "it made a PDF out of nothing";
  } catch (const Unavailable& stop) {
    EXPECT_EQ(stop.key(), "evaluation.stop.no_pdf");
  }
  setenv("PATH", path_before.c_str(), 1);
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST_P(Commands, RefuseReportsTheyCannotMake) {
  bring_in(made_up_answers());
  struct Case {
    ReportArguments arguments;
    Ended ended;
    const char* says;
  };
  const auto out_path = store().folder / "r.html";
  for (const auto& [arguments, ended, says] :
       {Case{{"Spring", {}, "Nowhere", false, "train", out_path}, Ended::refused, "Willow Ward"},
        Case{{"Spring", {}, "", true, "other", out_path}, Ended::refused, "job_description"},
        Case{{"Spring", {}, "", true, "train", store().folder / "r.doc"}, Ended::usage, ".pdf"},
        Case{{"Spring", {}, "", false, "train", out_path}, Ended::usage, "--everyone"},
        Case{{"Spring", {}, "Willow Ward", true, "train", out_path}, Ended::usage, "--everyone"},
        Case{{"Autumn", {}, "", true, "train", out_path}, Ended::refused, "Spring"}}) {
    EXPECT_EQ(run(inventory_report, arguments), ended) << says;
    EXPECT_NE(err.str().find(says), std::string::npos) << err.str();
  }
  EXPECT_THROW(run(inventory_report, ReportArguments{"Spring", {}, "", true, "train", "/nowhere/at/all/r.html"}),
               Unavailable);
}

TEST(Demonstration, IsTheSameEveryTimeAndHasSixtyPeople) {
  const DemonstrationSites sites{"Ward, A", "B", "C"};
  const auto csv = demonstration_answers(sites, 1);
  EXPECT_EQ(csv, demonstration_answers(sites, 1));
  EXPECT_NE(csv, demonstration_answers(sites, 2));
  EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 61);
  EXPECT_NE(csv.find("\"Ward, A\""), std::string::npos);
}

CAIRN_EACH_ENGINE(Commands);

}  // namespace
}  // namespace cairn::evaluation
