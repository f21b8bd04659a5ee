#include "report/summary.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "record/example_record.h"

namespace conform {
namespace {

SummaryOptions Failed() { return {.verdict = "nonconformance (1 of 2 tests failed)"}; }

constexpr const char* kWhole = R"(# conform: nonconformance \(1 of 2 tests failed\)

> **A MOCK ANSWERED.** This run proves that the harness works; it proves nothing about the service.

Target `embedded mock`, profile `mock`; 2 of 2 tests selected; started 2026-11-24T22:54:03.120Z, took 5ms.

| outcome | tests |
|---|---:|
| FAIL | 1 |
| PASS | 1 |

1 of the 1 clauses that the contracts promise were judged.

## Failures (1)

### deviceManagement\_windowsAutopilotSettings\_sync/2019\_01.documented\_request

The documented request is answered 204 with no content

- `cases/graph/beta/deviceManagement/windowsAutopilotSettings/sync/documented_request.yaml:12:11`: `sync.response.204` (must): A successful call is answered 204 No Content.
  - `status`: expected `204`, actual `200`
  - source: edition 2019-01, Response, sentence bbfb6-130
- sent `POST http://127.0.0.1:8080/beta/deviceManagement/windowsAutopilotSettings/sync`, got `HTTP/1.1 200 OK` (request-id `81ab`)


## Clauses broken or missing

| clause | strength | state | says |
|---|---|---|---|
| `sync.response.204` `2019-01` | must | broken by 1 | Says so. |
)";

TEST(RenderSummary, TellsTheVerdictThenWhatToActOn) {
  EXPECT_EQ(RenderSummary(ExampleRecord(), Failed()), kWhole);
}

TEST(RenderSummary, OnlyAMockIsCalledOne) {
  RunRecord record = ExampleRecord();
  record.header.mock = false;
  EXPECT_EQ(RenderSummary(record, Failed()).find("MOCK"), std::string::npos);
}

TEST(RenderSummary, ARunThatWasCutOffSaysSo) {
  RunRecord record = ExampleRecord();
  record.complete = false;
  record.tests.push_back(ExampleTest("last", Outcome::kNotRun, "the run ended before it"));
  const std::string text = RenderSummary(record, Failed());
  EXPECT_NE(text.find("> **The run was cut off and did not finish.**"), std::string::npos);
  EXPECT_NE(text.find("## Not run (1)\n\n- "
                      "`deviceManagement_windowsAutopilotSettings_sync/2019_01.last`: "
                      "the run ended before it\n"),
            std::string::npos)
      << text;
}

TEST(RenderSummary, AgainstABaselineFailuresAreNewOrNotAndSomeAreFixed) {
  RunRecord baseline = ExampleRecord();
  RunRecord record = ExampleRecord();
  baseline.tests[1].verdict.outcome = Outcome::kFail;  // passes now
  TestRecord fresh = ExampleFailure();
  fresh.name = "fresh";
  record.tests.push_back(fresh);
  SummaryOptions options = Failed();
  options.baseline = &baseline;
  const std::string text = RenderSummary(record, options);
  EXPECT_NE(text.find("\nAgainst the run of 2026-11-24T22:54:03.120Z: 1 new, 1 still failing, "
                      "1 fixed.\n\n## New failures (1)\n\n### "
                      "deviceManagement\\_windowsAutopilotSettings\\_sync/2019\\_01.fresh\n"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("\n## Still failing (1)\n\n### "
                      "deviceManagement\\_windowsAutopilotSettings\\_sync/2019\\_01."
                      "documented\\_request\n"),
            std::string::npos);
  EXPECT_NE(text.find("\n## Fixed (1)\n\n- "
                      "`deviceManagement_windowsAutopilotSettings_sync/2019_01."
                      "without_authorization` \n"),
            std::string::npos);
}

TEST(RenderSummary, TellsWhatWasAnsweredOnlyWhenAskedAgain) {
  RunRecord record = ExampleRecord();
  EXPECT_EQ(RenderSummary(record, Failed()).find("Flaky"), std::string::npos);
  record.tests[1].flaky = true;
  record.tests[1].verdict.reason = "flaky: 429 or 503 was waited out once (1s)";
  EXPECT_NE(RenderSummary(record, Failed())
                .find("\n## Flaky: answered only when asked again (1)\n\n- "
                      "`deviceManagement_windowsAutopilotSettings_sync/2019_01."
                      "without_authorization`: flaky\\: 429 or 503 was waited out once \\(1s\\)\n"),
            std::string::npos)
      << RenderSummary(record, Failed());
}

TEST(RenderSummary, TellsOnceWhatEndedMoreThanAFewTests) {
  RunRecord record = ExampleRecord();
  record.tests.clear();
  for (const char* name : {"a", "b", "c", "d", "e"}) {
    record.tests.push_back(ExampleTest(name, Outcome::kInconclusive, "connection refused"));
  }
  record.tests[1].verdict.reason = "throttled";
  EXPECT_NE(RenderSummary(record, Failed())
                .find("\n## Inconclusive (5)\n\n- 4 tests, of which "
                      "`deviceManagement_windowsAutopilotSettings_sync/2019_01.a` is the first: "
                      "connection refused\n- "
                      "`deviceManagement_windowsAutopilotSettings_sync/2019_01.b`: throttled\n"),
            std::string::npos)
      << RenderSummary(record, Failed());
}

TEST(RenderSummary, IsCutToItsSizeAndSaysHowManyMore) {
  RunRecord record = ExampleRecord();
  record.tests.clear();
  for (int i = 0; i < 1'000; ++i) {
    TestRecord test = ExampleFailure();
    test.name = "test_" + std::to_string(i);
    record.tests.push_back(test);
    test.name += "_unclear";
    test.verdict = Verdict();
    test.verdict.outcome = Outcome::kInconclusive;
    test.verdict.reason = "the service answered 503, " + std::to_string(i);
    record.tests.push_back(test);
  }
  const std::string text = RenderSummary(record, Failed());
  EXPECT_LE(text.size(), 60'000U);
  EXPECT_GT(text.size(), 40'000U);
  EXPECT_NE(text.find("\n## Failures (1000)\n"), std::string::npos);
  std::size_t shown = 0;
  for (std::size_t at = 0; (at = text.find("\n### ", at)) != std::string::npos; ++at) ++shown;
  const std::string more = std::to_string(1'000 - shown) +
                           " more are not shown here; the other reports have them all.\n";
  EXPECT_NE(text.find(more), std::string::npos) << more;
  EXPECT_NE(text.find("\n## Inconclusive (1000)\n\n\n1000 more are not shown here"),
            std::string::npos);
  EXPECT_LE(RenderSummary(record, {.verdict = "x", .max_bytes = 5'000}).size(), 5'000U);
}

TEST(RenderSummary, ObeysNothingThatTheServiceSaid) {
  const std::string evil =
      "</code>|<img src=x>\n::set-output name=a::b\n##vso[task.complete]`**[x](http://e)";
  RunRecord record = ExampleRecord();
  TestRecord& test = record.tests[0];
  Finding& finding = test.verdict.findings[0];
  for (std::string* text :
       {&test.title, &test.verdict.reason, &finding.expected, &finding.actual, &finding.says,
        &finding.subject, &finding.source, &finding.path, &finding.step, &finding.deviation,
        &finding.clause.id, &test.exchanges[0].status_line, &test.exchanges[0].request_line,
        &test.exchanges[0].request_id, &record.header.target, &record.header.profile,
        &record.header.clauses[0].says}) {
    *text = evil;
  }
  const std::string text = RenderSummary(record, {.verdict = evil});
  for (const std::string_view sign :
       {"<img", "::set", "##vso", "</code>|", "`**", "[x]", "](http", "\n::", "p://e"}) {
    EXPECT_EQ(text.find(sign), std::string::npos) << sign << '\n' << text;
  }
}

}  // namespace
}  // namespace conform
