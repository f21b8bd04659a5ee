// The built program where it keeps the exchanges of failed tests alone.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "run/sample_project.h"

namespace conform {
namespace {

using nlohmann::json;

class Evidence : public testing::Test {
 protected:
  ProgramResult Run(std::vector<std::string> flags) const {
    flags.insert(flags.begin(), "run");
    return project_.Conform(flags);
  }

  json Record(const std::string& folder) const {
    return json::parse(project_.Read(folder + "/run.json"), nullptr, false);
  }

  /// Of each test its id and verdict, but for what was observed: ids are new each time.
  std::string VerdictsOf(const std::string& folder) const {
    std::string text;
    const json record = Record(folder);
    for (const json& test : record["tests"]) {
      json verdict = test["verdict"];
      verdict.erase("observed");
      text += test["suite"].get<std::string>() + "." + test["name"].get<std::string>() + " " +
              verdict.dump() + "\n";
    }
    return text;
  }

  /// Of exchanges all that is the same in every run.
  static json Settled(const json& exchanges) {
    json settled = exchanges;
    for (json& exchange : settled) {
      for (const char* name : {"client_request_id", "request_id", "duration_us"}) {
        exchange.erase(name);
      }
      for (json& attempt : exchange["attempts"]) {
        for (const char* name : {"started", "times", "reused_connection"}) attempt.erase(name);
        for (json* message : {&attempt["request"], &attempt["response"][0]}) {
          for (json& field : (*message)["fields"]) field.erase("value");
          message->erase("body");
        }
      }
    }
    return settled;
  }

  SampleProject project_;
};

TEST_F(Evidence, OfPassedTestsIsLeftOutAndNothingElse) {
  const SampleMock mock(project_, {"success_200"});
  const std::vector<std::string> to = {"--no-history", "--base-url", mock.address(), "--out"};
  std::vector<std::string> all = to;
  all.emplace_back("all");
  std::vector<std::string> failed = to;
  failed.insert(failed.end(), {"failed", "--evidence", "failed"});
  const ProgramResult whole = Run(all);
  const ProgramResult lean = Run(failed);
  EXPECT_EQ(whole.exit_code, 1);
  EXPECT_EQ(lean.exit_code, 1);
  EXPECT_EQ(VerdictsOf("failed"), VerdictsOf("all"));
  EXPECT_NE(VerdictsOf("failed").find("\"pass\""), std::string::npos);
  const json record = Record("failed");
  EXPECT_EQ(record["header"].value("evidence", ""), "failed");
  EXPECT_FALSE(Record("all")["header"].contains("evidence"));
  const json all_tests = Record("all")["tests"];
  for (std::size_t i = 0; i < record["tests"].size(); ++i) {
    const json& test = record["tests"][i];
    const bool passed = test["verdict"]["outcome"] == "pass";
    EXPECT_EQ(test.contains("exchanges"), !passed) << test["name"];
    if (!passed) {
      EXPECT_EQ(Settled(test["exchanges"]), Settled(all_tests[i]["exchanges"])) << test["name"];
    }
  }
  EXPECT_NE(project_.Read("failed/junit.xml").find("name=\"evidence\" value=\"failed\""),
            std::string::npos);
  EXPECT_NE(project_.Read("failed/report.html").find("of tests that did not pass alone"),
            std::string::npos);
}

/// Steps, polls, pages and waits of the bundled cases, which all pass.
TEST_F(Evidence, IsSparedForCasesOfSeveralStepsToo) {
  std::string verdicts[2];
  std::size_t i = 0;
  for (const char* evidence : {"all", "failed"}) {
    const ProgramResult result =
        RunProgram({{CONFORM_PROGRAM, "run", "--no-history", "--evidence", evidence, "--out",
                     (project_.folder() / evidence).string()},
                    "",
                    CONFORM_SOURCE,
                    {}});
    EXPECT_EQ(result.exit_code, 0) << result.errors;
    verdicts[i++] = VerdictsOf(evidence);
  }
  EXPECT_EQ(verdicts[0], verdicts[1]);
  EXPECT_EQ(project_.Read("failed/run.json").find("\"exchanges\""), std::string::npos);
}

TEST_F(Evidence, IsRefusedWhereSomebodyNeedsIt) {
  ASSERT_EQ(Run({"--no-history", "--evidence", "failed", "--out", "lean"}).exit_code, 0);
  ASSERT_EQ(Run({"--no-history", "--out", "whole"}).exit_code, 0);
  struct Row {
    std::vector<std::string> arguments;
    const char* told;
  };
  const std::vector<Row> rows = {
      {{"run", "--evidence", "failed"}, "give --no-history as well"},
      {{"run", "--no-history", "--evidence", "failed", "--bundle", "b.zip"},
       "--bundle holds the evidence of every test"},
      {{"run", "--no-history", "--evidence", "some"}, "--evidence"},
      {{"diff", "whole", "lean"}, "lean: the run was made with --evidence failed"},
      {{"diff", "lean/run.json", "whole"}, "lean/run.json: the run was made with"},
      {{"report", "lean", "--bundle", "b.zip"}, "lean: the run was made with --evidence failed"},
      {{"run", "--history", "h.sqlite", "--evidence", "failed"}, "and no --history"},
      {{"replay", "lean", "documented"}, "lean: the run was made with --evidence failed"}};
  for (const Row& row : rows) {
    const ProgramResult result = project_.Conform(row.arguments);
    EXPECT_EQ(result.exit_code, 2) << row.told;
    EXPECT_NE(result.errors.find(row.told), std::string::npos) << result.errors;
  }
  EXPECT_FALSE(std::filesystem::exists(project_.folder() / "b.zip"));
}

}  // namespace
}  // namespace conform
