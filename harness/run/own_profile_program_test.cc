// Profiles by name: the built-in ones, and the user's own.
#include <fmt/format.h>

#include "run/sample_project.h"

namespace conform {
namespace {

class OwnProfile : public testing::Test {
 protected:
  ProgramResult RunWith(const std::string& name) const {
    return project_.Conform({"run", "--profile", name, "--no-history"},
                            {"XDG_CONFIG_HOME=" + (project_.folder() / "config").string()});
  }
  std::string Own(const std::string& name = "") const {
    return (project_.folder() / "config/conform" / name).lexically_normal().string();
  }

  SampleProject project_;
};

TEST_F(OwnProfile, IsFoundByItsName) {
  project_.Write("config/conform/lab.yaml", "name: lab\ntitle: A lab\ntarget: mock\n");
  const ProgramResult result = RunWith("lab");
  EXPECT_EQ(result.exit_code, 0) << result.output << result.errors;
}

TEST_F(OwnProfile, IsRefusedWhereABuiltInHasTheName) {
  project_.Write("config/conform/mock.yaml", "name: mock\ntitle: Mine\ntarget: mock\n");
  const ProgramResult result = RunWith("mock");
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_TRUE(result.errors.starts_with("--profile mock: error: two profiles have this name: "))
      << result.errors;
  EXPECT_NE(result.errors.find("profiles/mock.yaml and " + Own("mock.yaml") +
                               "\n      rename your own, or name one of them by its path\n"),
            std::string::npos)
      << result.errors;
}

TEST_F(OwnProfile, IsNotTakenFromTheWorkingDirectory) {
  project_.Write("harness/profiles/mock.yaml",
                 "name: mock\ntitle: A stranger's\ntarget: mock\nidentities:\n"
                 "  delegated_work: {command: [touch, started]}\n");
  const ProgramResult result = RunWith("mock");
  EXPECT_EQ(result.exit_code, 0) << result.output << result.errors;
  EXPECT_FALSE(std::filesystem::exists(project_.folder() / "started"));
}

TEST_F(OwnProfile, IsAdvisedWhereABuiltInOneWouldSendAnothersRequestsToGraph) {
  // --dry-run sends nothing.
  const ProgramResult result = project_.Conform({"run", "--profile", "global", "--dry-run"});
  EXPECT_EQ(result.exit_code, 0) << result.output << result.errors;
  EXPECT_EQ(result.errors,
            "conform: warning: things.sync is documented at https://api.example.test, and profile "
            "'global' sends to https://graph.microsoft.com; a profile of your own names another "
            "target\n");
  project_.Write("lab.yaml", "name: lab\ntitle: A lab\ntarget: https://lab.example.test\n");
  EXPECT_EQ(project_.Conform({"run", "--profile", "lab.yaml", "--dry-run"}).errors, "");
}

TEST_F(OwnProfile, ThatIsNotThereIsToldWithThoseThatAre) {
  project_.Write("config/conform/site.yaml", "name: site\ntitle: A site\ntarget: mock\n");
  project_.Write("config/conform/lab.yaml", "name: lab\ntitle: A lab\ntarget: mock\n");
  const ProgramResult result = RunWith("labs");
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_EQ(result.errors.substr(0, result.errors.find("conform: 1")),
            fmt::format("--profile labs: error: no such profile\n"
                        "      built in: china-21vianet, global, mock, us-gov-l4 or us-gov-l5-dod; "
                        "your own in {}: lab or site; or name one by its path\n",
                        (project_.folder() / "config/conform").string()));
}

/// list and self-check are of the mock; a case may need a variable there, too.
TEST_F(OwnProfile, GivesItsVariablesToWhatRunsOnTheMock) {
  project_.Write("cases/things/variable.yaml",
                 "title: V\noperation: things.sync\nclauses: []\nidentity: none\nvars: [colour]\n"
                 "request: {method: GET, path: '/${var.colour}', body: none}\n"
                 "response: {observe: [status]}\n");
  project_.Write("lab.yaml", "name: lab\ntitle: A lab\ntarget: mock\nvariables: {colour: red}\n");
  project_.Write("site.yaml",
                 "name: site\ntitle: S\ntarget: https://a.example\nvariables: {colour: red}\n");
  struct Row {
    std::vector<std::string> arguments;
    int exit_code;
    const char* told;
  };
  const Row rows[] = {
      {{"list"}, 2, "profile 'mock' has no variable 'colour'"},
      {{"list", "--profile", "lab.yaml"}, 0, "3 tests of 3 cases"},
      {{"list", "--profile", "site.yaml"}, 0, "3 tests of 3 cases"},
      {{"list", "--coverage", "--profile", "lab.yaml"}, 0, "sync.204"},
      {{"list", "--coverage", "--profile", "site.yaml"},
       2,
       "conform: --coverage runs on the embedded mock, and profile 'site' is for another target; "
       "name one that has target: mock\n"},
      {{"self-check", "--profile", "site.yaml"},
       2,
       "conform: self-check runs on the embedded mock, and profile 'site' is for another target"},
      {{"self-check", "--profile", "lab.yaml"}, 1, "faults caught"},
  };
  for (const Row& row : rows) {
    const ProgramResult result = project_.Conform(row.arguments);
    const std::string said = result.output + result.errors;
    EXPECT_EQ(result.exit_code, row.exit_code) << row.told << said;
    EXPECT_NE(said.find(row.told), std::string::npos) << said;
  }
}

TEST_F(OwnProfile, WithAMistakeIsToldAtItsPlace) {
  project_.Write("config/conform/lab.yaml",
                 "name: lab\ntitle: A lab\ntarget: mock\nca_file: absent.pem\n");
  const ProgramResult result = RunWith("lab");
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_NE(result.errors.find("lab.yaml:4:10: error: the CA file "), std::string::npos)
      << result.errors;
  EXPECT_NE(result.errors.find("\n 4 | ca_file: absent.pem\n   |          ^^^^^^^^^^\n"),
            std::string::npos)
      << result.errors;
}

}  // namespace
}  // namespace conform
