// The exit codes of the built program: each row of DESIGN.md's table.
#include <fmt/format.h>

#include "run/sample_project.h"

namespace conform {
namespace {

const std::string kDeviation =
    "- clause: sync.204\n  case: things/documented\n  profiles: [mock]\n  actual: \"200\"\n"
    "  reason: known\n  approver: someone\n  issue: '1'\n  review: ";

std::string Observing() {
  return SampleCase("[]", "delegated_work", kWithToken, "  observe: [status]\n");
}

/// A target on loopback that is not the mock's profile: tokens come from the environment alone.
std::string Local(const std::string& origin) {
  return fmt::format("name: local\ntitle: A server on loopback\ntarget: {}\n", origin);
}

std::string MockThatRequires(const std::string& clause) {
  return fmt::format("name: mock\ntitle: The mock\ntarget: mock\nrequires: [{}]\n", clause);
}

void Expect(const ProgramResult& result, int code, const std::string& last_line) {
  EXPECT_EQ(result.exit_code, code) << result.output << result.errors;
  EXPECT_EQ(LastLine(result.output), last_line) << result.output << result.errors;
}

TEST(ExitCode, Is0WhereAllConforms) {
  const SampleProject project;
  Expect(project.Conform({"run"}), 0, "exit code 0: conforms; 2 of 11 contract clauses judged");
}

TEST(ExitCode, Is1WhereAMustIsBroken) {
  const SampleProject project;
  const SampleMock mock(project, {"success_200"});
  Expect(project.Conform({"run", "--base-url", mock.address()}), 1,
         "exit code 1: nonconformance (1 of 2 tests failed); 2 of 11 contract clauses judged");
}

TEST(ExitCode, Is0WhereOnlyAShouldIsBrokenAnd1WhereStrict) {
  const SampleProject project;
  const SampleMock mock(project, {"no_request_id"});
  Expect(project.Conform({"run", "--base-url", mock.address()}), 0,
         "exit code 0: conforms; 2 of 11 contract clauses judged");
  Expect(project.Conform({"run", "--strict", "--base-url", mock.address()}), 1,
         "exit code 1: nonconformance (2 of 2 tests failed); 2 of 11 contract clauses judged");
}

TEST(ExitCode, Is0WhereADeviationAcceptsWhatIsBroken) {
  const SampleProject project;
  project.Write("cases/deviations.yaml", kDeviation + "2100-01-01\n");
  const SampleMock mock(project, {"success_200"});
  Expect(project.Conform({"run", "--base-url", mock.address()}), 0,
         "exit code 0: conforms; 2 of 11 contract clauses judged");
}

TEST(ExitCode, Is0WhereAStepThatADeviationAcceptsGoesOn) {
  const SampleProject project;
  std::string everywhere = kDeviation + "2100-01-01\n";
  everywhere.replace(everywhere.find("things/documented"), 17, "'*'");
  project.Write("cases/deviations.yaml", everywhere);
  const std::string post =
      "    request: {method: POST, path: /beta/things/sync, headers: {Authorization: 'Bearer "
      "${token}'}, body: none}\n    response: {status: ";
  project.Write("cases/things/twice.yaml",
                "title: Twice\noperation: things.sync\nclauses: [sync.204, sync.409]\n"
                "identity: delegated_work\nsteps:\n  - name: first\n" +
                    post + "204}\n  - name: second\n" + post + "409}\n");
  const SampleMock mock(project, {"success_200"});
  Expect(project.Conform({"run", "--base-url", mock.address()}), 0,
         "exit code 0: conforms; 3 of 11 contract clauses judged");
}

TEST(ExitCode, Is2ForABadFile) {
  const SampleProject project;
  project.Write("cases/things/bad.yaml", "title: Bad\ntitel: Worse\n");
  const ProgramResult result = project.Conform({"run"});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_EQ(result.output, "");
  EXPECT_NE(result.errors.find("cases/things/bad.yaml:2:1: error: "), std::string::npos);
  EXPECT_NE(result.errors.find("nothing was sent\n"), std::string::npos) << result.errors;
}

TEST(ExitCode, Is2ForBadUsage) {
  const SampleProject project;
  for (const std::vector<std::string>& arguments : std::vector<std::vector<std::string>>{
           {"run", "--bogus"},
           {"run", "--profile", "nowhere"},
           {"run", "--as-of", "yesterday"},
           {"run", "--base-url", "http://example.com"},
           {"run", "--base-url", "ftp://127.0.0.1"},
           {"run", "--gtest_bogus=1"},
           {"run", "cases/absent.yaml"},
           {"run", "--out", "cases/things/documented.yaml/reports"},
           {"run", "--bundle", "cases/things/documented.yaml/run.zip"},
           {"run", "--dry-run", "--deadline", "soon"},
           {"run", "--dry-run", "--baseline", "absent"},
           {"run", "--dry-run", "--explain", "things/documented"},
           {"lint", "--as-of", "1999-01"},
           {"mock", "--as-of", "1999-01"},
           {"history", "--limit", "0"},
           {"mock", "--fault", "nothing"},
           {"mock", "--port", "65536"},
           {"bogus"},
           {}}) {
    const ProgramResult result = project.Conform(arguments);
    EXPECT_EQ(result.exit_code, 2) << fmt::format("{}", arguments.empty() ? "" : arguments.back());
    EXPECT_NE(result.errors, "");
  }
}

TEST(ExitCode, Is2WhereTheSelectionIsEmpty) {
  const SampleProject project;
  Expect(project.Conform({"run", "--gtest_filter=nothing"}), 2,
         "exit code 2: bad input (the filter selects no test); 0 of 11 contract clauses judged");
  // Nor does a shard of nothing pass.
  Expect(project.Conform({"run", "--gtest_filter=nothing"},
                         {"GTEST_TOTAL_SHARDS=2", "GTEST_SHARD_INDEX=0"}),
         2, "exit code 2: bad input (the filter selects no test); 0 of 11 contract clauses judged");
}

TEST(ExitCode, Is2WhereThereIsNoTest) {
  const SampleProject project;
  project.Remove("cases/things/documented.yaml");
  project.Remove("cases/things/without_token.yaml");
  EXPECT_EQ(project.Conform({"run"}).exit_code, 2);
}

TEST(ExitCode, Is2ForADeviationThatNoLongerHappens) {
  const SampleProject project;
  project.Write("cases/deviations.yaml", kDeviation + "2100-01-01\n");
  Expect(project.Conform({"run"}), 2,
         "exit code 2: bad input (cases/deviations.yaml:1:3: the deviation of sync.204 no longer "
         "happens: remove it); 2 of 11 contract clauses judged");
}

TEST(ExitCode, Is2ForADeviationPastItsReview) {
  const SampleProject project;
  project.Write("cases/deviations.yaml", kDeviation + "2020-01-01\n");
  const SampleMock mock(project, {"success_200"});
  Expect(project.Conform({"run", "--base-url", mock.address()}), 2,
         "exit code 2: bad input (cases/deviations.yaml:1:3: the deviation of sync.204 was to be "
         "reviewed by 2020-01-01); 2 of 11 contract clauses judged");
}

TEST(ExitCode, LeavesDeviationsOfOtherProfilesAlone) {
  const SampleProject project;
  std::string other = kDeviation + "2020-01-01\n";
  other.replace(other.find("[mock]"), 6, "[global]");
  project.Write("cases/deviations.yaml", other);
  EXPECT_EQ(project.Conform({"run"}).exit_code, 0);
}

TEST(ExitCode, Is3WhereNobodyAnswers) {
  const SampleProject project;
  const ProgramResult result = project.Conform({"run", "--base-url", "http://127.0.0.1:1"});
  Expect(result, 3,
         "exit code 3: could not tell (2 of 2 tests inconclusive: no connection to "
         "http://127.0.0.1:1: connection refused; no clause of a contract was judged); 0 of 11 "
         "contract clauses "
         "judged");
  EXPECT_NE(result.output.find("connection refused"), std::string::npos) << result.output;
}

TEST(ExitCode, Is2WhereAProfileRequiresAClauseThatThereIsNot) {
  const SampleProject project;
  project.Write("strict.yaml", MockThatRequires("sync.4009"));
  const ProgramResult result = project.Conform({"lint", "--profile", "strict.yaml"});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_NE(result.errors.find("strict.yaml:4:12: error: no clause 'sync.4009'\n"),
            std::string::npos)
      << result.errors;
  EXPECT_NE(result.errors.find("did you mean 'sync.409'?"), std::string::npos) << result.errors;
}

TEST(ExitCode, Is3WhereEveryTestIsSkipped) {
  const SampleProject project;
  const SampleMock mock(project, {});
  project.Write("local.yaml", Local(mock.address()));
  const ProgramResult result =
      project.Conform({"run", "--profile", "local.yaml", "cases/things/documented.yaml"});
  Expect(result, 3,
         "exit code 3: could not tell (every test was skipped); 0 of 11 contract clauses judged");
  EXPECT_NE(result.output.find("no token for delegated_work: set CONFORM_TOKEN_DELEGATED_WORK"),
            std::string::npos)
      << result.output;
}

TEST(ExitCode, Is3WhereOnlyObservationsWereMade) {
  const SampleProject project;
  project.Remove("cases/things/documented.yaml");
  project.Remove("cases/things/without_token.yaml");
  project.Write("cases/things/observing.yaml", Observing());
  Expect(
      project.Conform({"run"}), 3,
      "exit code 3: could not tell (no clause of a contract was judged); 0 of 11 contract clauses "
      "judged");
}

TEST(ExitCode, Is3WhereNoTestReachedTheSuccessThatOneExpects) {
  const SampleProject project;
  const SampleMock mock(project, {});
  project.Write("local.yaml", Local(mock.address()));
  Expect(project.Conform({"run", "--profile", "local.yaml"}), 3,
         "exit code 3: could not tell (no test reached the success answer of things.sync); 1 of 11 "
         "contract clauses judged");
}

TEST(ExitCode, Is3WhereARequiredClauseWasNotJudged) {
  const SampleProject project;
  project.Write("strict.yaml", MockThatRequires("sync.409"));
  Expect(project.Conform({"run", "--profile", "strict.yaml"}), 3,
         "exit code 3: could not tell (clause sync.409, which the profile requires, was not "
         "judged); 2 "
         "of 11 contract clauses judged");
  project.Write("strict.yaml", MockThatRequires("sync.204"));
  EXPECT_EQ(project.Conform({"run", "--profile", "strict.yaml"}).exit_code, 0);
}

TEST(ExitCode, DecidesNothingOverTheWholeSelectionInsideAShard) {
  const SampleProject project;
  project.Write("strict.yaml", MockThatRequires("sync.409"));
  const std::vector<std::string> run = {"run", "--profile", "strict.yaml"};
  for (const char* index : {"GTEST_SHARD_INDEX=0", "GTEST_SHARD_INDEX=1"}) {
    EXPECT_EQ(project.Conform(run, {"GTEST_TOTAL_SHARDS=2", index}).exit_code, 0) << index;
  }
}

TEST(ExitCode, Is0ForAnEmptyShardOfASelectionThatIsNot) {
  const SampleProject project;
  Expect(project.Conform({"run"}, {"GTEST_TOTAL_SHARDS=9", "GTEST_SHARD_INDEX=8"}), 0,
         "exit code 0: conforms (no test falls to this shard); 0 of 11 contract clauses judged");
}

TEST(ExitCode, Of2And1Is2) {
  const SampleProject project;
  std::string everywhere = kDeviation + "2020-01-01\n";
  everywhere.replace(everywhere.find("\"200\""), 5, "\"202\"");
  project.Write("cases/deviations.yaml", everywhere);
  const SampleMock mock(project, {"success_200"});
  const ProgramResult result = project.Conform({"run", "--base-url", mock.address()});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_NE(result.output.find("1 fail"), std::string::npos) << result.output;
}

TEST(ExitCode, Of1And3Is1) {
  const SampleProject project;
  project.Write("strict.yaml", MockThatRequires("sync.409"));
  const SampleMock mock(project, {"success_200"});
  EXPECT_EQ(
      project.Conform({"run", "--profile", "strict.yaml", "--base-url", mock.address()}).exit_code,
      1);
}

TEST(ExitCode, Of2And3Is2) {
  const SampleProject project;
  project.Write("strict.yaml", MockThatRequires("sync.409"));
  project.Write("cases/deviations.yaml", kDeviation + "2020-01-01\n");
  EXPECT_EQ(project.Conform({"run", "--profile", "strict.yaml"}).exit_code, 2);
}

TEST(ExitCode, Is3WhereAVerdictCannotBeWrittenDown) {
  const SampleProject project;
  project.Write("reports/junit.xml/taken", "a folder has the report's name");
  const ProgramResult result = project.Conform({"run"});
  EXPECT_EQ(result.exit_code, 3) << result.output;
  EXPECT_NE(result.errors, "");
}

}  // namespace
}  // namespace conform
