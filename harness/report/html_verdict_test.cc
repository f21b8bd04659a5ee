#include "report/html_verdict.h"

#include <gtest/gtest.h>

#include <string>

#include "report/sample_run.h"

namespace conform {
namespace {

std::string Sentence(const RunRecord& record, int exit_code, const RunRecord* baseline = nullptr) {
  const Conclusion conclusion = {exit_code, "", {}};
  return RenderVerdictSentence(HtmlRun(record, conclusion, baseline));
}

TEST(RenderVerdictSentence, OfARunThatPassed) {
  EXPECT_EQ(Sentence(SamplePassingRun(), 0),
            "Passed: the mock kept each of the 2 promises that were judged.");
}

TEST(RenderVerdictSentence, OfAServiceThatBrokeAPromise) {
  RunRecord record = SampleFailingRun();
  record.header.mock = false;
  EXPECT_EQ(Sentence(record, 1),
            "Failed: the service broke 1 of the 2 promises judged; 1 of 2 tests failed.");
}

TEST(RenderVerdictSentence, OfAPassWithWhatIsAccepted) {
  RunRecord record = SampleFailingRun();
  record.tests[0].verdict.outcome = Outcome::kDeviation;
  EXPECT_EQ(Sentence(record, 0),
            "Passed: the mock broke 1 of the 2 promises judged, each only advised or accepted.");
}

TEST(RenderVerdictSentence, OfAFailureThatTheBaselineKnows) {
  const RunRecord baseline = SampleFailingRun();
  RunRecord record = baseline;
  EXPECT_EQ(Sentence(record, 0, &baseline),
            "Passed: the mock broke 1 of the 2 promises judged; 1 of 2 tests failed, each as in "
            "the baseline, the run of 2026-11-24T22:54:03.120Z.");
  record.tests.push_back(record.tests[0]);
  record.tests.back().name = "fresh";
  EXPECT_EQ(Sentence(record, 1, &baseline),
            "Failed: the mock broke 1 of the 2 promises judged; 2 of 3 tests failed, all but 1 as "
            "in the baseline, the run of 2026-11-24T22:54:03.120Z.");
  const RunRecord passed = SamplePassingRun();
  EXPECT_EQ(Sentence(baseline, 1, &passed),
            "Failed: the mock broke 1 of the 2 promises judged; 1 of 2 tests failed, none as in "
            "the baseline, the run of 2026-11-24T22:54:03.120Z.");
}

TEST(RenderVerdictSentence, OfAnEmptyShard) {
  EXPECT_EQ(Sentence(RunRecord(), 0), "Passed: no test falls to this shard.");
}

TEST(RenderVerdictSentence, OfBadInput) {
  EXPECT_EQ(Sentence(SamplePassingRun(), 2),
            "No valid verdict: a file or an option must be put right first.");
}

TEST(RenderVerdictSentence, OfBadInputBesideAFailure) {
  EXPECT_EQ(Sentence(SampleFailingRun(), 2),
            "No valid verdict: a file or an option must be put right first; 1 of 2 tests failed.");
}

/// Nobody listens at the target.
RunRecord Unanswered() {
  RunRecord record = SamplePassingRun();
  record.header.target = "http://127.0.0.1:9";
  record.header.mock = false;
  for (TestRecord& test : record.tests) {
    test.verdict = Verdict();
    test.verdict.outcome = Outcome::kInconclusive;
    test.exchanges[0].status_line.clear();
    test.exchanges[0].trouble = "connection refused";
  }
  return record;
}

TEST(RenderVerdictSentence, OfARunThatNobodyAnswered) {
  EXPECT_EQ(Sentence(Unanswered(), 3),
            "Could not tell whether the server on this machine keeps its promises: connection "
            "refused.");
}

TEST(RenderVerdictSentence, OfARunThatCannotTell) {
  EXPECT_EQ(Sentence(SamplePassingRun(), 3), "Could not tell whether the mock keeps its promises.");
}

std::string Opening(const RunRecord& record) {
  const Conclusion conclusion = {1, "nonconformance (1 of 2 tests failed)", {}};
  HtmlWriter out;
  WriteVerdict(HtmlRun(record, conclusion), out);
  return out.html();
}

TEST(WriteVerdict, TellsAMockRunInCapitals) {
  EXPECT_EQ(
      Opening(SampleFailingRun()),
      "<header class=\"fail\"><p class=\"stamp\"><strong>FAILED</strong></p>\n"
      "<p class=\"mock\"><strong>MOCK RUN: THE REAL SERVICE WAS NOT ASKED</strong></p>\n"
      "<h1>Failed: the mock broke 1 of the 2 promises judged; 1 of 2 tests failed.</h1>\n"
      "<p class=\"proof\">A mock made from the contracts answered. A pass proves that cases, "
      "checks "
      "and harness work. It does not prove that the service keeps one promise. 1 of 2 contract "
      "clauses were judged; of the rest it says nothing. With 1 protocol clause they make the 2 "
      "promises judged.</p>\n"
      "<ul class=\"counts\"><li class=\"pass\"><b>1</b> pass</li>\n"
      "<li class=\"fail\"><b>1</b> fail</li>\n"
      "</ul>\n"
      "<p class=\"when\">Exit code 1: nonconformance (1 of 2 tests failed). Target embedded mock, "
      "profile mock, 2026-11-24T22:54:03.120Z in 5.00 ms.</p>\n"
      "</header>\n");
}

TEST(WriteVerdict, ProvesNothingWhereNobodyAnswered) {
  const std::string html = Opening(Unanswered());
  EXPECT_NE(html.find("<p class=\"proof\">It proves nothing: no answer came. 0 of 2 contract "
                      "clauses were judged; of the rest it says nothing.</p>"),
            std::string::npos)
      << html;
  EXPECT_NE(html.find("LOCAL RUN"), std::string::npos);
}

TEST(WriteVerdict, TellsWhatAServiceWasNotAsked) {
  const std::string html = Opening(SampleMixedRun());
  EXPECT_EQ(html.find("MOCK RUN"), std::string::npos);
  EXPECT_NE(html.find("It proves what https://graph.microsoft.com answered to these requests at "
                      "these times. It does not prove what other requests, tenants or times would "
                      "see."),
            std::string::npos);
  EXPECT_NE(html.find("<p><strong>The run was ended early: this is what it left.</strong></p>\n"
                      "<p><strong>12 of 40 tests were selected.</strong></p>\n"
                      "<p><strong>This is shard 0 of 2, counted from 0.</strong></p>"),
            std::string::npos);
}

}  // namespace
}  // namespace conform
