#include "run/exit_code.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "record/example_record.h"

namespace conform {
namespace {

std::string Tell(const RunRecord& record) {
  const RunConclusion conclusion = Conclude(record);
  std::string told =
      fmt::format("{} {}", static_cast<int>(conclusion.code), NameOf(conclusion.code));
  for (const std::string& reason : conclusion.reasons) told += "\n" + reason;
  return told;
}

/// A passing test that judges the one clause promised.
RunRecord Passing() {
  RunRecord record = ExampleRecord();
  record.header.population = record.header.selected = 1;
  TestRecord test = ExampleTest("documented_request", Outcome::kPass);
  test.verdict.judged = {{ExampleFinding().clause, true}};
  test.expects_success = kExampleOperation;
  test.verdict.reached_success = {kExampleOperation};
  record.tests = {test};
  return record;
}

using Change = void (*)(RunRecord&);

struct ExitRow {
  std::string name;
  Change change;
  std::string told;
};

void Deviate(RunRecord& record, const std::string& case_id, bool kept) {
  record.header.deviations = {{ExampleFinding().clause.id, case_id, "200", "known", "someone", "",
                               "2100-01-01", false, "cases/deviations.yaml:1:3"}};
  record.tests[0].verdict.judged[0].kept = kept;
}

/// 403 in place of the success, which a deviation accepts.
void AcceptRefusal(RunRecord& record) {
  Deviate(record, "*", false);
  Verdict& verdict = record.tests[0].verdict;
  verdict.outcome = Outcome::kDeviation;
  verdict.reached_success.clear();
  verdict.findings = {ExampleFinding()};
  verdict.findings[0].actual = "403";
  verdict.findings[0].deviation = "known";
}

const std::string kId = "graph/beta/deviceManagement/windowsAutopilotSettings/sync/";

const std::vector<ExitRow> kWholeRecords = {
    {"all pass", [](RunRecord&) {}, "0 conforms"},
    {"a warning", [](RunRecord& r) { r.tests[0].verdict.outcome = Outcome::kWarn; }, "0 conforms"},
    {"a deviation", [](RunRecord& r) { r.tests[0].verdict.outcome = Outcome::kDeviation; },
     "0 conforms"},
    {"a failure", [](RunRecord& r) { r.tests[0].verdict.outcome = Outcome::kFail; },
     "1 nonconformance\n1 of 1 tests failed"},
    {"an inconclusive one",
     [](RunRecord& r) { r.tests[0].verdict.outcome = Outcome::kInconclusive; },
     "3 could not tell\n1 of 1 tests inconclusive"},
    {"inconclusive ones of which most have one cause",
     [](RunRecord& r) {
       for (const char* why : {"down", "down", "throttled"}) {
         r.tests.push_back(ExampleTest(why, Outcome::kInconclusive, why));
       }
     },
     "3 could not tell\n3 of 4 tests inconclusive, 2 of them: down"},
    {"nobody answers",
     [](RunRecord& r) {
       r.tests[0].verdict = Verdict();
       r.tests[0].verdict.outcome = Outcome::kInconclusive;
       r.tests[0].verdict.reason = "connection refused";
     },
     "3 could not tell\n1 of 1 tests inconclusive: connection refused\n"
     "no clause of a contract was judged"},
    {"one that did not run", [](RunRecord& r) { r.tests[0].verdict.outcome = Outcome::kNotRun; },
     "3 could not tell\n1 of 1 tests did not run"},
    {"a skipped one beside",
     [](RunRecord& r) { r.tests.push_back(ExampleTest("other", Outcome::kSkip)); }, "0 conforms"},
    {"failure and inconclusive",
     [](RunRecord& r) {
       r.tests[0].verdict.outcome = Outcome::kFail;
       r.tests.push_back(ExampleTest("other", Outcome::kInconclusive));
     },
     "1 nonconformance\n1 of 2 tests failed"},
    {"no test exists",
     [](RunRecord& r) {
       r.header.population = r.header.selected = 0;
       r.tests.clear();
     },
     "2 bad input\nthere is no test of these cases by an edition in force"},
    {"the filter selects none",
     [](RunRecord& r) {
       r.header.selected = 0;
       r.tests.clear();
     },
     "2 bad input\nthe filter selects no test"},
    {"all skipped",
     [](RunRecord& r) { r.tests = {ExampleTest("documented_request", Outcome::kSkip)}; },
     "3 could not tell\nevery test was skipped"},
    {"nothing judged", [](RunRecord& r) { r.tests[0].verdict.judged.clear(); },
     "3 could not tell\nno clause of a contract was judged"},
    {"success never reached", [](RunRecord& r) { r.tests[0].verdict.reached_success.clear(); },
     "3 could not tell\nno test reached the success answer of "
     "deviceManagement.windowsAutopilotSettings.sync"},
    {"success as a deviation accepts it",
     [](RunRecord& r) {
       Deviate(r, "*", false);
       r.tests[0].verdict.reached_success.clear();
       r.tests[0].verdict.findings = {ExampleFinding()};
       r.tests[0].verdict.findings[0].deviation = "known";
     },
     "0 conforms"},
    {"no success as a deviation accepts it", &AcceptRefusal, "0 conforms"},
    {"no success as a deviation accepts it of another test",
     [](RunRecord& r) {
       AcceptRefusal(r);
       TestRecord test = ExampleTest("other", Outcome::kSkip, "no token");
       test.expects_success = kExampleOperation;
       r.tests.push_back(test);
     },
     "3 could not tell\nno test reached the success answer of "
     "deviceManagement.windowsAutopilotSettings.sync"},
    {"a required clause judged",
     [](RunRecord& r) { r.header.requires_clauses = {"sync.response.204"}; }, "0 conforms"},
    {"a required clause not judged",
     [](RunRecord& r) { r.header.requires_clauses = {"sync.response.409"}; },
     "3 could not tell\nclause sync.response.409, which the profile requires, was not judged"},
    {"a deviation that happens", [](RunRecord& r) { Deviate(r, "*", false); }, "0 conforms"},
    {"a deviation that no longer happens", [](RunRecord& r) { Deviate(r, "*", true); },
     "2 bad input\ncases/deviations.yaml:1:3: the deviation of sync.response.204 no longer "
     "happens: remove it"},
    {"a deviation of any case where some were not selected",
     [](RunRecord& r) {
       Deviate(r, "*", true);
       ++r.header.population;
     },
     "0 conforms"},
    {"a deviation of any case where some files were not named",
     [](RunRecord& r) {
       Deviate(r, "*", true);
       r.header.left_out = {{"cases/other.yaml", "PATH"}};
     },
     "0 conforms"},
    {"a deviation of any case where one could not be judged",
     [](RunRecord& r) {
       Deviate(r, "*", true);
       r.tests.push_back(ExampleTest("other", Outcome::kInconclusive));
     },
     "3 could not tell\n1 of 2 tests inconclusive"},
    {"a deviation of any case where an edition is not in force",
     [](RunRecord& r) {
       Deviate(r, "*", true);
       r.header.left_out = {{"cases/other.yaml", "no edition in force"}};
     },
     "2 bad input\ncases/deviations.yaml:1:3: the deviation of sync.response.204 no longer "
     "happens: remove it"},
    {"a deviation of this case that no longer happens",
     [](RunRecord& r) { Deviate(r, kId + "documented_request", true); },
     "2 bad input\ncases/deviations.yaml:1:3: the deviation of sync.response.204 no longer "
     "happens: remove it"},
    {"a deviation of a place in what is broken as a whole",
     [](RunRecord& r) {
       Deviate(r, "*", false);
       r.header.deviations[0].subject = "body/a";
       r.tests[0].verdict.outcome = Outcome::kDeviation;
       r.tests[0].verdict.findings = {ExampleFinding()};
       r.tests[0].verdict.findings[0].subject = "body";
       r.tests[0].verdict.findings[0].deviation = "known, too";
     },
     "0 conforms"},
    {"a deviation of a place that is broken no longer, though another is",
     [](RunRecord& r) {
       Deviate(r, "*", false);
       r.header.deviations[0].subject = "body/a";
       r.tests[0].verdict.outcome = Outcome::kDeviation;
       r.tests[0].verdict.findings = {ExampleFinding()};
       r.tests[0].verdict.findings[0].subject = "body/b";
       r.tests[0].verdict.findings[0].deviation = "known, too";
     },
     "2 bad input\ncases/deviations.yaml:1:3: the deviation of sync.response.204 no longer "
     "happens: remove it"},
    {"a deviation of a case that was not run",
     [](RunRecord& r) { Deviate(r, kId + "other", true); }, "0 conforms"},
    {"a deviation of another actual",
     [](RunRecord& r) {
       Deviate(r, kId + "documented_request", false);
       r.tests[0] = ExampleTest("documented_request", Outcome::kFail);
       r.tests[0].verdict.findings = {ExampleFinding()};
       r.tests[0].verdict.findings[0].actual = "500";
     },
     "1 nonconformance\n1 of 1 tests failed\ncases/deviations.yaml:1:3: the deviation of "
     "sync.response.204 accepts '200', not '500'"},
    {"a deviation of another actual than one that happens",
     [](RunRecord& r) {
       Deviate(r, kId + "documented_request", false);
       DeviationRecord other = r.header.deviations[0];
       other.actual = "202";
       other.place = "cases/deviations.yaml:9:3";
       r.header.deviations.push_back(other);
       r.tests[0].verdict.outcome = Outcome::kDeviation;
       r.tests[0].verdict.findings = {ExampleFinding()};
       r.tests[0].verdict.findings[0].deviation = "known";
       r.tests[0].verdict.findings[0].accepted_at = {"cases/deviations.yaml:1:3"};
     },
     "0 conforms\ncases/deviations.yaml:9:3: the deviation of sync.response.204 accepts '202', "
     "not '200'"},
    {"a deviation of another place",
     [](RunRecord& r) {
       Deviate(r, kId + "documented_request", false);
       r.header.deviations[0].subject = "body/value/*/id";
       r.tests[0] = ExampleTest("documented_request", Outcome::kFail);
       r.tests[0].verdict.findings = {ExampleFinding()};
     },
     "1 nonconformance\n1 of 1 tests failed\ncases/deviations.yaml:1:3: the deviation of "
     "sync.response.204 accepts '200' of body/value/*/id, not '200' of status"},
    {"a deviation of any value at another place",
     [](RunRecord& r) {
       Deviate(r, kId + "documented_request", false);
       r.header.deviations[0].subject = "body/value/*/id";
       r.header.deviations[0].actual = "";
       r.tests[0] = ExampleTest("documented_request", Outcome::kFail);
       r.tests[0].verdict.findings = {ExampleFinding()};
     },
     "1 nonconformance\n1 of 1 tests failed\ncases/deviations.yaml:1:3: the deviation of "
     "sync.response.204 accepts any value of body/value/*/id, not any value of status"},
    {"a deviation past its review",
     [](RunRecord& r) {
       Deviate(r, "*", false);
       r.header.deviations[0].overdue = true;
     },
     "2 bad input\ncases/deviations.yaml:1:3: the deviation of sync.response.204 was to be "
     "reviewed by 2100-01-01"},
    {"a deviation past its review, and a failure",
     [](RunRecord& r) {
       Deviate(r, "*", false);
       r.header.deviations[0].overdue = true;
       r.tests.push_back(ExampleTest("other", Outcome::kFail));
     },
     "2 bad input\ncases/deviations.yaml:1:3: the deviation of sync.response.204 was to be "
     "reviewed by 2100-01-01\n1 of 2 tests failed"},
};

TEST(Conclude, DecidesByTheWholeRecord) {
  for (const ExitRow& row : kWholeRecords) {
    RunRecord record = Passing();
    row.change(record);
    EXPECT_EQ(Tell(record), row.told) << row.name;
  }
}

TEST(Conclude, LeavesTheWholeSelectionToItsWhole) {
  const std::vector<ExitRow> rows = {
      {"an empty shard", [](RunRecord& r) { r.tests.clear(); },
       "0 conforms\nno test falls to this shard"},
      {"success never reached", [](RunRecord& r) { r.tests[0].verdict.reached_success.clear(); },
       "0 conforms"},
      {"a required clause not judged",
       [](RunRecord& r) { r.header.requires_clauses = {"sync.response.409"}; }, "0 conforms"},
      {"a deviation of all cases that no test here broke",
       [](RunRecord& r) { Deviate(r, "*", true); }, "0 conforms"},
      {"a failure", [](RunRecord& r) { r.tests[0].verdict.outcome = Outcome::kFail; },
       "1 nonconformance\n1 of 1 tests failed"},
  };
  for (const ExitRow& row : rows) {
    RunRecord record = Passing();
    record.header.shard_count = 4;
    row.change(record);
    EXPECT_EQ(Tell(record), row.told) << row.name;
  }
}

}  // namespace
}  // namespace conform
