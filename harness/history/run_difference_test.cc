#include "history/run_difference.h"

#include <gtest/gtest.h>

#include <functional>

#include "history/run_difference_text.h"
#include "history/sample_kept_run.h"

namespace conform {
namespace {

std::string TellChanges(const KeptRun& before, const KeptRun& now) {
  const RunDifference difference = DiffRuns(before, now);
  std::string told;
  for (const RunChange& each : difference.changes) told += RenderChange(each) + "\n";
  for (const std::string& note : difference.notes) told += "note: " + note + "\n";
  return told;
}

struct DifferenceRow {
  const char* name;
  std::function<void(KeptRun& before, KeptRun& now)> change;
  const char* told;
};

class DiffRunsTest : public testing::TestWithParam<DifferenceRow> {};

TEST_P(DiffRunsTest, TellsWhatChanged) {
  KeptRun before = SampleKeptRun(0);
  KeptRun now = SampleKeptRun(1);
  GetParam().change(before, now);
  EXPECT_EQ(TellChanges(before, now), GetParam().told);
}

void Observe(KeptTest& test, const std::string& place, const std::string& value) {
  test.behaviour.insert(test.behaviour.begin() + 1, {place, value});
}

const DifferenceRow kDifferenceRows[] = {
    {"Nothing", [](KeptRun&, KeptRun&) {}, ""},
    {"NoLatency", [](KeptRun&, KeptRun& now) { now.tests[0].durations = {}; }, ""},
    {"AFlipAndNotWhatFollowsFromIt", [](KeptRun&, KeptRun& now) { BreakStatus(now.tests[0]); },
     "pass -> fail  things_sync/2024_08.documented\n"
     "  status is 200, the contract promises 204 (sync.204)\n"},
    {"AnotherFinding",
     [](KeptRun& before, KeptRun& now) {
       BreakStatus(before.tests[0]);
       BreakStatus(now.tests[0]);
       now.tests[0].findings[0].clause = "http.date";
     },
     "still fail, otherwise than before  things_sync/2024_08.documented\n"
     "  status is 200, the contract promises 204 (http.date)\n"},
    {"AFindingBesideAKnownOne",
     [](KeptRun& before, KeptRun& now) {
       BreakStatus(before.tests[0]);
       BreakStatus(now.tests[0]);
       now.tests[0].findings.push_back(now.tests[0].findings[0]);
       now.tests[0].findings[1].subject = "body/id";
       now.tests[0].findings[1].message = "body/id is absent";
     },
     "still fail, otherwise than before  things_sync/2024_08.documented\n"
     "  body/id is absent (sync.204)\n"},
    {"NotTheSameBreachElsewhereInAList",
     [](KeptRun& before, KeptRun& now) {
       BreakStatus(before.tests[0]);
       BreakStatus(now.tests[0]);
       before.tests[0].findings[0].subject = "body/value/0/id";
       now.tests[0].findings[0].subject = "body/value/1/id";
     },
     ""},
    {"EditingOneCaseDoesNotBlindTheOthers",
     [](KeptRun&, KeptRun& now) {
       now.tests[0].definition.case_sha256 = "edited";
       now.tests[0].behaviour.back().value = "202";
       now.tests[1].behaviour.back().value = "202";
     },
     "behaviour: status: 204 -> 202  things_sync/2024_08.in_progress\n"
     "note: 1 test was edited in between: of it the outcome alone is compared\n"},
    {"AnEditedCaseThatFailsNowSaysSo",
     [](KeptRun&, KeptRun& now) {
       now.tests[0].definition.case_sha256 = "edited";
       BreakStatus(now.tests[0]);
     },
     "pass -> fail  things_sync/2024_08.documented\n"
     "  status is 200, the contract promises 204 (sync.204); its case was edited\n"
     "note: 1 test was edited in between: of it the outcome alone is compared\n"},
    {"OneChangeInManyTests",
     [](KeptRun&, KeptRun& now) {
       for (KeptTest& test : now.tests) Observe(test, "headers.x-new", "present");
     },
     "behaviour: headers.x-new: absent -> present  3 tests\n"
     "  things_sync/2024_08.documented\n  things_sync/2024_08.in_progress\n"
     "  things_sync/2024_08.without_token\n"},
    {"BodyShape",
     [](KeptRun& before, KeptRun& now) {
       Observe(before.tests[0], "body/id", "string");
       Observe(now.tests[0], "body/id", "number");
     },
     "behaviour: body/id: string -> number  things_sync/2024_08.documented\n"},
    {"AnEmptyArrayTellsNothingOfItsElements",
     [](KeptRun& before, KeptRun&) {
       before.tests[0].behaviour = {{"body", "object"},          {"body/value", "array"},
                                    {"body/value/*", "object"},  {"body/value/*/id", "string"},
                                    {"headers.date", "present"}, {"status", "204"}};
     },
     "behaviour: body: object -> empty  things_sync/2024_08.documented\n"
     "behaviour: body/value: array -> absent  things_sync/2024_08.documented\n"},
    {"NewAndGone",
     [](KeptRun&, KeptRun& now) { now.tests[0] = SampleKeptTest("another", Outcome::kWarn); },
     "new: warn  things_sync/2024_08.another\ngone: was pass  things_sync/2024_08.documented\n"},
    {"WhatWasNotSelectedIsNeitherNewNorGone",
     [](KeptRun& before, KeptRun& now) {
       before.tests.erase(before.tests.begin());
       before.left_out = {"cases/things/documented.yaml"};
       now.tests.pop_back();
       now.left_out = {"things_sync/2024_08.without_token"};
     },
     ""},
    {"CertificateIssuerAndVersion",
     [](KeptRun&, KeptRun& now) {
       now.connection[0].value = "TLSv1.2";
       now.connection[1].value = "CN=New CA";
     },
     "connection: https://graph.example: TLS version: TLSv1.3 -> TLSv1.2\n"
     "connection: https://graph.example: certificate issuer: CN=Old CA -> CN=New CA\n"},
    {"RunsOfDifferentKinds",
     [](KeptRun&, KeptRun& now) {
       now.profile = "china";
       now.complete = false;
     },
     "note: the runs are of two targets or ways to judge: global at https://graph.example; china "
     "at "
     "https://graph.example\nnote: the later run did not finish\n"},
};

INSTANTIATE_TEST_SUITE_P(RunDifference, DiffRunsTest, testing::ValuesIn(kDifferenceRows),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(DiffRuns, ComparesTheLatencyOfWhatBothRunsCalled) {
  KeptRun before = SampleKeptRun(0);
  KeptRun now = SampleKeptRun(1);
  before.tests[0].operation = "things.gone";
  before.tests[1].operation = "things.left_out";
  now.tests[0].operation = "things.come";
  now.tests[1].operation = "things.left_out";
  now.tests[1].durations = {};
  std::vector<std::string> operations;
  for (const LatencyLine& line : DiffRuns(before, now).latency) {
    operations.push_back(line.operation);
  }
  EXPECT_EQ(operations, std::vector<std::string>{"things.sync"});
}

TEST(PercentileOf, IsTheDurationThatSoManyDoNotPass) {
  std::vector<std::chrono::microseconds> durations;
  for (int i = 100; i >= 1; --i) durations.emplace_back(i);
  EXPECT_EQ(PercentileOf(durations, 50).count(), 50);
  EXPECT_EQ(PercentileOf(durations, 95).count(), 95);
  EXPECT_EQ(PercentileOf({}, 50).count(), 0);
}

TEST(RenderRunDifference, AsTextMarkdownAndJson) {
  const KeptRun before = SampleKeptRun(0);
  KeptRun now = SampleKeptRun(1);
  BreakStatus(now.tests[0]);
  now.tests[0].findings[0].message = "body is <b>*";
  const RunDifference difference = DiffRuns(before, now);
  const ComparedRuns runs{before, now, "@-1", "@", difference};
  EXPECT_EQ(RenderRunDifference(runs, "text"),
            "before  @-1 (2026-03-01T06:00:00.000Z, global at https://graph.example)\n"
            "now     @ (2026-03-02T06:00:00.000Z, global at https://graph.example)\n\n"
            "pass -> fail  things_sync/2024_08.documented\n  body is <b>* (sync.204)\n\n"
            "latency: things.sync: half within 20 ms (was 20 ms), 95 of 100 within 40 ms (was 40 "
            "ms)\n1 change\n");
  const std::string markdown = RenderRunDifference(runs, "markdown");
  EXPECT_EQ(markdown.substr(0, 21), "# conform: 1 change\n\n");
  EXPECT_NE(markdown.find("- **outcome**: pass → fail; body is &lt;b&gt;\\* \\(sync.204\\)\n"
                          "  - `things_sync/2024_08.documented`\n"),
            std::string::npos)
      << markdown;
  const std::string json = RenderRunDifference(runs, "json");
  EXPECT_NE(json.find("\"kind\": \"outcome\""), std::string::npos);
  EXPECT_NE(json.find("\"name\": \"@-1\""), std::string::npos);
  const RunDifference none = DiffRuns(before, before);
  EXPECT_NE(RenderRunDifference({before, before, "@", "@", none}, "text").find("nothing changed\n"),
            std::string::npos);
}

}  // namespace
}  // namespace conform
