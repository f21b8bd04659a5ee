#include "report/html_coverage.h"

#include <gtest/gtest.h>

#include <string>

#include "report/html_unjudged.h"
#include "report/sample_run.h"

namespace conform {
namespace {

std::string Coverage(const RunRecord& record) {
  HtmlWriter out;
  WriteCoverage(HtmlRun(record, {}), out);
  return out.html();
}

TEST(WriteCoverage, RowTellsClauseStrengthBindsSourceOutcomeAndTests) {
  EXPECT_NE(
      Coverage(SampleFailingRun())
          .find(
              "<tr><th scope=\"row\">A successful call is answered 204 No "
              "Content.<code>sync.response.204</code></th><td>must</td><td>service</td>"
              "<td>edition 2019-01, Response</td><td><strong class=\"word "
              "fail\">BROKEN</strong></td><td><p>Broken by 1 test:</p>\n"
              "<ul><li><a href=\"#t1\">The documented request is answered 204 with no "
              "content</a></li>\n</ul>\n"
              "<details><summary>kept by 1 test</summary>\n"
              "<ul><li><a href=\"#t2\">A call without Accept gets an answer (row plain)</a></li>\n"
              "</ul>\n</details>\n</td></tr>\n"),
      std::string::npos);
}

TEST(WriteCoverage, TellsEveryOutcomeInWords) {
  RunRecord record = SamplePassingRun();
  record.header.clauses.push_back(ExampleClause("sync.lost", Binds::kService, Strength::kMust));
  record.header.clauses.push_back(ExampleClause("sync.licence", Binds::kTenant, Strength::kMust));
  record.header.clauses.push_back(ExampleClause("sync.note", Binds::kNobody, Strength::kObserve));
  const std::string html = Coverage(record);
  for (const std::string part :
       {"<strong class=\"word pass\">kept</strong>",
        "<strong class=\"word not_run\">not shown by any request</strong>",
        "<strong class=\"word not_run\">untested</strong><p>No test may wait for an hour.</p>",
        "<strong class=\"word inconclusive\">NOT JUDGED</strong>",
        "<strong class=\"word not_run\">a condition of the tenant</strong>",
        "<strong class=\"word not_run\">observed, binds nobody</strong>",
        "<caption>protocol http: 1 clause</caption>"}) {
    EXPECT_NE(html.find(part), std::string::npos) << part;
  }
}

TEST(WriteCoverage, NamesTenTestsAndCountsTheRest) {
  RunRecord record = SamplePassingRun();
  for (int i = 0; i < 12; ++i) record.tests.push_back(SamplePass("n" + std::to_string(i), "Title"));
  const std::string html = Coverage(record);
  EXPECT_NE(html.find("<summary>kept by 14 tests</summary>"), std::string::npos);
  EXPECT_NE(html.find("<li>and 4 more</li>"), std::string::npos);
}

std::string Unjudged(const RunRecord& record) {
  HtmlWriter out;
  WriteUnjudged(HtmlRun(record, {}), out);
  return out.html();
}

TEST(WriteUnjudged, TellsSkippedNotRunNotSelectedAndUntestedWithWhy) {
  const std::string html = Unjudged(SampleMixedRun());
  const std::string skipped =
      "<h3>Tests skipped: 1</h3>\n<dl class=\"facts\"><div><dt>no token for application</dt>\n"
      "<dd><ul><li>skipped — deviceManagement_windowsAutopilotSettings_sync/2019_01.skipped</li>";
  for (const std::string& part :
       {skipped, std::string("<h3>Tests not run: 1</h3>"),
        std::string("<dt>the run was interrupted</dt>"), std::string("<h3>Not selected: 2</h3>"),
        std::string("<dt>--gtest_filter=*sync*</dt>\n<dd><ul><li>suite.other</li>"),
        std::string("<h3>Clauses untested: 1</h3>"),
        std::string("<dt>No test may wait for an hour.</dt>")}) {
    EXPECT_NE(html.find(part), std::string::npos) << part;
  }
}

TEST(WriteUnjudged, GathersWhatHasTheSameReason) {
  RunRecord record;
  for (int i = 0; i < 60; ++i) record.header.left_out.push_back({"t" + std::to_string(i), "PATH"});
  const std::string html = Unjudged(record);
  EXPECT_NE(html.find("<dt>PATH</dt>\n<dd><details><summary>60 names</summary>"),
            std::string::npos);
  EXPECT_NE(html.find("<li>t49</li>\n<li>and 10 more</li>"), std::string::npos);
}

TEST(WriteUnjudged, SaysThatNothingWasLeftOut) {
  EXPECT_NE(Unjudged(RunRecord())
                .find("<p>Nothing: every test that exists ran, and every clause was judged.</p>"),
            std::string::npos);
}

}  // namespace
}  // namespace conform
