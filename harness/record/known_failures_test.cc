#include "record/known_failures.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "record/example_record.h"

namespace conform {
namespace {

struct FailingRun {
  RunRecord record;

  FailingRun() { record.tests = {ExampleFailure()}; }
  TestRecord& test() { return record.tests[0]; }
  Finding& finding() { return test().verdict.findings[0]; }
};

struct KnownRow {
  const char* name;
  std::function<void(FailingRun& baseline, FailingRun& now)> change;
  bool is_new;
};

/// The finding as a broken should, beside it or in its place.
Finding Should() {
  Finding finding = FailingRun().finding();
  finding.strength = Strength::kShould;
  finding.clause.id = "should";
  return finding;
}

TEST(KnownFailures, AreThoseThatMadeTheSameTestFail) {
  const std::vector<KnownRow> rows = {
      {"the same", [](FailingRun&, FailingRun&) {}, false},
      {"other texts",
       [](FailingRun&, FailingRun& now) {
         now.finding().message = "m";
         now.finding().expected = "e";
       },
       false},
      {"another test", [](FailingRun&, FailingRun& now) { now.test().name += "2"; }, true},
      {"another clause", [](FailingRun&, FailingRun& now) { now.finding().clause.id += "2"; },
       true},
      {"another step", [](FailingRun&, FailingRun& now) { now.finding().step = "cleanup"; }, true},
      {"another subject",
       [](FailingRun&, FailingRun& now) { now.finding().subject = "headers.Date"; }, true},
      {"another status",
       [](FailingRun& baseline, FailingRun& now) {
         baseline.finding().subject = now.finding().subject = "status";
         baseline.finding().actual = "404";
         now.finding().actual = "500";
       },
       true},
      {"another value",
       [](FailingRun& baseline, FailingRun& now) {
         baseline.finding().subject = now.finding().subject = "body/id";
         baseline.finding().actual = "1";
         now.finding().actual = "2";
       },
       false},
      {"another place in a list",
       [](FailingRun& baseline, FailingRun& now) {
         baseline.finding().subject = "body/value/0/id";
         now.finding().subject = "body/value/7/id";
       },
       false},
      {"a difference besides",
       [](FailingRun& baseline, FailingRun& now) {
         baseline.finding().diff = {"/a: 1, expected 2", "/l/3: 1, expected 2"};
         now.finding().diff = {"/a: 1, expected 2", "/b: 1, expected 2"};
       },
       true},
      {"the same differences with other values",
       [](FailingRun& baseline, FailingRun& now) {
         baseline.finding().diff = {"/a: 1, expected 2", "/l/3: 1, expected 2", "… and 36 more"};
         now.finding().diff = {"/a: 7, expected 2", "/l/0: 1, expected 2", "… and 37 more"};
       },
       false},
      {"it passes",
       [](FailingRun&, FailingRun& now) {
         now.test().verdict = Verdict();
         now.test().verdict.outcome = Outcome::kPass;
       },
       false},
      {"it failed by one of two",
       [](FailingRun& baseline, FailingRun&) {
         baseline.test().verdict.findings.push_back(baseline.finding());
         baseline.test().verdict.findings[1].subject = "other";
       },
       false},
      {"a should besides",
       [](FailingRun&, FailingRun& now) { now.test().verdict.findings.push_back(Should()); },
       false},
      {"a should besides, where it is strict",
       [](FailingRun&, FailingRun& now) {
         now.record.header.strict = true;
         now.test().verdict.findings.push_back(Should());
       },
       true},
      {"a should that only warned",
       [](FailingRun& baseline, FailingRun& now) {
         baseline.test().verdict.outcome = Outcome::kWarn;
         now.record.header.strict = true;
         baseline.finding() = now.finding() = Should();
       },
       true},
      {"a should that failed",
       [](FailingRun& baseline, FailingRun& now) {
         baseline.record.header.strict = now.record.header.strict = true;
         baseline.finding() = now.finding() = Should();
       },
       false},
      {"it was inconclusive",
       [](FailingRun& baseline, FailingRun&) {
         baseline.test().verdict.outcome = Outcome::kInconclusive;
       },
       true},
      {"it was accepted",
       [](FailingRun& baseline, FailingRun&) { baseline.finding().deviation = "known"; }, true},
      {"what is accepted besides",
       [](FailingRun&, FailingRun& now) {
         now.test().verdict.findings.push_back(Should());
         now.test().verdict.findings[1].strength = Strength::kMust;
         now.test().verdict.findings[1].deviation = "known";
       },
       false},
      {"a failure that nothing explains",
       [](FailingRun&, FailingRun& now) { now.test().verdict.findings.clear(); }, true},
      {"it came only by asking again, as before",
       [](FailingRun& baseline, FailingRun& now) {
         baseline.test().verdict.findings.clear();
         now.test().verdict.findings.clear();
       },
       false},
      {"it came only by asking again, and is broken now",
       [](FailingRun& baseline, FailingRun&) { baseline.test().verdict.findings.clear(); }, true},
      {"another test came only by asking again",
       [](FailingRun& baseline, FailingRun& now) {
         baseline.test().verdict.findings.clear();
         now.test().verdict.findings.clear();
         now.test().name += "2";
       },
       true},
  };
  for (const KnownRow& row : rows) {
    FailingRun baseline;
    FailingRun now;
    row.change(baseline, now);
    EXPECT_EQ(KnownFailures(baseline.record).IsNew(now.test(), now.record.header.strict),
              row.is_new)
        << row.name;
  }
}

}  // namespace
}  // namespace conform
