// What lies in the folder of reports once the built program has ended.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "run/sample_project.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

class ReportFiles : public testing::Test {
 protected:
  /// Which of the reports' files stand in the folder, the first letter of each.
  std::string Standing(const std::string& folder) const {
    std::string all;
    for (const char* file :
         {"run.json", "junit.xml", "report.html", "summary.md", "run.sarif", "run.har"}) {
      if (fs::exists(project_.folder() / folder / file)) all += std::string(file) + " ";
    }
    return all;
  }

  void WriteProfile(const std::string& clause) const {
    project_.Write("strict.yaml",
                   "name: mock\ntitle: The mock\ntarget: mock\nrequires: [" + clause + "]\n");
  }

  SampleProject project_;
};

TEST_F(ReportFiles, TellWhatMakesTheWholeRunNoPass) {
  WriteProfile("sync.409");
  const std::string verdict =
      "could not tell (clause sync.409, which the profile requires, was not judged)";
  ASSERT_EQ(project_.Conform({"run", "--profile", "strict.yaml", "--report", "all", "--out", "one"})
                .exit_code,
            3);
  ASSERT_EQ(project_.Conform({"report", "--merge", "one", "--out", "merged", "--format", "all"})
                .exit_code,
            3);
  ASSERT_EQ(project_
                .Conform({"run", "--profile", "strict.yaml", "--report", "all", "--out", "later",
                          "--baseline", "one"})
                .exit_code,
            3);
  for (const std::string folder : {"one", "merged", "later"}) {
    const std::string junit = project_.Read(folder + "/junit.xml");
    EXPECT_NE(junit.find("<error message=\"" + verdict + "\" type=\"exit_code_3\">"),
              std::string::npos)
        << junit;
    EXPECT_NE(junit.find("<property name=\"verdict\" value=\"" + verdict + "\" />"),
              std::string::npos);
    const auto sarif = nlohmann::json::parse(project_.Read(folder + "/run.sarif"), nullptr, false);
    const nlohmann::json& invocation = sarif["runs"][0]["invocations"][0];
    EXPECT_EQ(invocation["exitCode"], 3);
    EXPECT_EQ(invocation["exitCodeDescription"], verdict);
    EXPECT_EQ(invocation["toolExecutionNotifications"][0]["level"], "error");
  }
  WriteProfile("sync.204");
  ASSERT_EQ(project_.Conform({"run", "--profile", "strict.yaml"}).exit_code, 0);
  const std::string junit = project_.Read("reports/junit.xml");
  EXPECT_NE(junit.find("errors=\"0\""), std::string::npos);
  EXPECT_EQ(junit.find("<error"), std::string::npos);
}

TEST_F(ReportFiles, AreOfOneRun) {
  const std::string all = "run.json junit.xml report.html summary.md run.sarif run.har ";
  project_.Conform({"run", "--report", "all"});
  EXPECT_EQ(Standing("reports"), all);
  project_.Conform({"report", "reports", "--format", "summary"});
  EXPECT_EQ(Standing("reports"), all) << "they are of this run";
  project_.Conform({"run"});
  EXPECT_EQ(Standing("reports"), "run.json junit.xml report.html summary.md ");
}

TEST_F(ReportFiles, OfOthersStay) {
  const std::string kFiles[] = {"junit.xml", "report.html", "run.sarif", "run.har"};
  for (const std::string& each : kFiles) project_.Write("reports/" + each, "<mine/>");
  project_.Conform({"run", "--report", "summary"});
  for (const std::string& each : kFiles) EXPECT_EQ(project_.Read("reports/" + each), "<mine/>");
}

TEST_F(ReportFiles, ThatAreJudgedStay) {
  project_.Conform({"run", "--report", "har"});
  const std::string recording = project_.Read("reports/run.har");
  ASSERT_NE(recording, "");
  project_.Conform({"judge", "reports/run.har"});
  EXPECT_EQ(project_.Read("reports/run.har"), recording);
}

TEST_F(ReportFiles, TellWhichOfTwoDeviationsForOneReasonHappened) {
  const auto deviation = [](const char* actual) {
    return fmt::format(
        "- clause: sync.204\n  case: things/documented\n  profiles: [mock]\n  actual: \"{}\"\n"
        "  reason: known\n  approver: someone\n  issue: '1'\n  review: 2999-01-01\n",
        actual);
  };
  project_.Write("cases/deviations.yaml", deviation("200") + deviation("202"));
  const SampleMock mock(project_, {"success_200"});
  const ProgramResult result = project_.Conform({"run", "--base-url", mock.address()});
  EXPECT_EQ(result.exit_code, 0) << result.output << result.errors;
  EXPECT_NE(result.output.find("exit code 0: conforms (cases/deviations.yaml:9:3: the deviation of "
                               "sync.204 accepts '202', not '200');"),
            std::string::npos)
      << result.output;
  const std::string html = project_.Read("reports/report.html");
  EXPECT_NE(html.find("<td>happened in 1 test</td>"), std::string::npos);
  EXPECT_NE(html.find("<td>did not happen</td>"), std::string::npos);
}

}  // namespace
}  // namespace conform
