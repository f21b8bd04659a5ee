// Permissions that must be held together, from the contract to the verdict, by the built program.
#include <gtest/gtest.h>

#include <regex>

#include "run/sample_project.h"

namespace conform {
namespace {

/// The sample contract, whose work accounts need two permissions together, or a third.
class ProjectThatNeedsTwo : public SampleProject {
 public:
  ProjectThatNeedsTwo() {
    Write("specs/things/sync/2024-08.yaml",
          std::regex_replace(std::string(kSampleContract),
                             std::regex("delegated_work: \\[[^\\]]*\\]"),
                             "delegated_work: [[Things.Read, Shelves.Read], Things.All]"));
  }
};

std::string CaseOf(const std::string& identity, const std::string& clauses,
                   const std::string& status) {
  return SampleCase(clauses, identity, kWithToken, "  status: " + status + "\n");
}

TEST(PermissionsTogether, AreWhatTheDocumentedRequestHolds) {
  const ProjectThatNeedsTwo project;
  const ProgramResult result = project.Conform({"run"});
  EXPECT_EQ(result.exit_code, 0) << result.output << result.errors;
}

TEST(PermissionsTogether, SufficeTogetherAndNotAlone) {
  const ProjectThatNeedsTwo project;
  project.Write("cases/things/both.yaml",
                CaseOf("{delegated_work: [Shelves.Read, Things.Read]}", "[sync.work]", "2xx"));
  project.Write("cases/things/one.yaml",
                CaseOf("{delegated_work: [Things.Read]}", "[sync.work]", "4xx"));
  project.Write("cases/things/third.yaml",
                CaseOf("{delegated_work: [Things.All]}", "[sync.work]", "2xx"));
  const ProgramResult result = project.Conform({"run"});
  EXPECT_EQ(result.exit_code, 0) << result.output << result.errors;
  EXPECT_NE(result.output.find("5 pass"), std::string::npos) << result.output;
}

TEST(PermissionsTogether, OneAloneThatIsServedIsAFinding) {
  const ProjectThatNeedsTwo project;
  project.Write("cases/things/one.yaml",
                CaseOf("{delegated_work: [Things.Read]}", "[sync.work]", "4xx"));
  const SampleMock mock(project, {"permission_ignored"});
  const ProgramResult result = project.Conform({"run", "--base-url", mock.address()});
  EXPECT_EQ(result.exit_code, 1) << result.output << result.errors;
  EXPECT_NE(result.output.find("clause   sync.work"), std::string::npos) << result.output;
}

}  // namespace
}  // namespace conform
