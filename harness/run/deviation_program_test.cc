// The case of a deviation, as the built program reads it.
#include <fmt/format.h>

#include "run/sample_project.h"

namespace conform {
namespace {

/// One of the case that is named so.
std::string DeviationOf(const std::string& named) {
  return fmt::format(
      "- clause: sync.204\n  case: {}\n  profiles: [mock]\n  actual: '200'\n  reason: known\n"
      "  approver: someone\n  issue: '1'\n  review: 2100-01-01\n",
      named);
}

TEST(DeviationCase, IsEachOfItsRowsOrOne) {
  const SampleProject project;
  std::string rows = project.Read("cases/things/documented.yaml");
  rows.insert(rows.find("identity:"), "rows: {first: {column: 1}, second: {column: 2}}\n");
  project.Write("cases/things/documented.yaml", rows);
  const SampleMock mock(project, {"success_200"});
  struct Named {
    const char* row;
    int exit_code;
    const char* end;
  };
  for (const Named& each :
       {Named{"", 0, "exit code 0: conforms; 2 of 11 contract clauses judged"},
        Named{"/first", 1,
              "exit code 1: nonconformance (1 of 3 tests failed); 2 of 11 contract clauses "
              "judged"},
        Named{"/fist", 2, "conform: 1 mistake"}}) {
    project.Write("cases/deviations.yaml",
                  DeviationOf(std::string("things/documented") + each.row));
    const ProgramResult ran = project.Conform({"run", "--base-url", mock.address()});
    EXPECT_EQ(ran.exit_code, each.exit_code) << each.row << ran.output << ran.errors;
    EXPECT_NE((ran.output + ran.errors).find(each.end), std::string::npos)
        << ran.output << ran.errors;
  }
  EXPECT_NE(project.Conform({"lint"}).errors.find(
                "cases/deviations.yaml:2:9: error: case 'things/documented' has no row 'fist'"),
            std::string::npos);
}

TEST(DeviationCase, IsNamedByItsPath) {
  const SampleProject project;
  const std::string what = "an id is the path of the case below cases/, without .yaml\n";
  const std::string meant = "did you mean 'things/documented'?";
  struct Named {
    const char* named;
    std::string advice;
  };
  for (const Named& each : {Named{"things/documentd", meant + "\n"},
                            Named{"things/documented.yaml", meant + " " + what},
                            Named{"cases/things/documented.yaml", meant + " " + what},
                            Named{"things_sync/2024_08.documented", what}}) {
    project.Write("cases/deviations.yaml", DeviationOf(each.named));
    const ProgramResult ran = project.Conform({"lint"});
    EXPECT_EQ(ran.exit_code, 2) << ran.output << ran.errors;
    EXPECT_NE(ran.errors.find(
                  fmt::format("cases/deviations.yaml:2:9: error: no case '{}'\n", each.named)),
              std::string::npos)
        << ran.errors;
    EXPECT_NE(ran.errors.find("\n      " + each.advice), std::string::npos) << ran.errors;
  }
}

}  // namespace
}  // namespace conform
