#include "report/html_finding.h"

#include <gtest/gtest.h>

#include <string>

#include "report/sample_run.h"

namespace conform {
namespace {

std::string Render(const Finding& finding, const TestRecord& test) {
  HtmlWriter out;
  WriteFinding(finding, test, "#t1-x1", out);
  return out.html();
}

TEST(WriteFinding, ShowsExpectedActualAndEvidenceSideBySide) {
  EXPECT_EQ(Render(ExampleFinding(), ExampleFailure()),
            "<div class=\"finding\"><h4>status is 200, the contract promises 204</h4>\n"
            "<dl class=\"sides\"><div><dt>Expected</dt>\n"
            "<dd><code>204</code><p>of status</p>\n"
            "</dd>\n"
            "</div>\n"
            "<div><dt>Actual</dt>\n"
            "<dd><code>200</code><p>of status</p>\n"
            "</dd>\n"
            "</div>\n"
            "<div><dt>Evidence</dt>\n"
            "<dd><p>sent POST "
            "http://127.0.0.1:8080/beta/deviceManagement/windowsAutopilotSettings/sync</p>\n"
            "<p>got HTTP/1.1 200 OK, 2 fields, 17 bytes</p>\n"
            "<p>request-id <code>81ab</code></p>\n"
            "<p>client-request-id <code>6f1c</code></p>\n"
            "<a href=\"#t1-x1\">The whole exchange</a></dd>\n"
            "</div>\n"
            "</dl>\n"
            "<dl class=\"facts\"><div><dt>Promise</dt>\n"
            "<dd>A successful call is answered 204 No Content. (must) "
            "<code>sync.response.204</code></dd>\n"
            "</div>\n"
            "<div><dt>Source</dt>\n"
            "<dd>edition 2019-01, Response, sentence bbfb6-130</dd>\n"
            "</div>\n"
            "<div><dt>Case</dt>\n"
            "<dd><code>cases/graph/beta/deviceManagement/windowsAutopilotSettings/sync/"
            "documented_request.yaml:12:11</code><pre>12 |   status: <mark>204</mark></pre>\n"
            "</dd>\n"
            "</div>\n"
            "<div><dt>Again</dt>\n"
            "<dd><pre>curl -X POST -H &quot;Authorization: Bearer "
            "$CONFORM_TOKEN_DELEGATED_WORK&quot;</pre>\n"
            "</dd>\n"
            "</div>\n"
            "</dl>\n"
            "</div>\n");
}

TEST(WriteFinding, MarksByCharactersNotBytes) {
  Finding finding = ExampleFinding();
  finding.excerpt = "größe: 204";
  finding.span = {3, 8, 3};
  EXPECT_NE(Render(finding, ExampleFailure()).find("<pre>3 | größe: <mark>204</mark></pre>"),
            std::string::npos);
}

TEST(WriteFinding, MarksNothingBeyondTheLine) {
  Finding finding = ExampleFinding();
  finding.span = {3, 90, 7};
  EXPECT_NE(Render(finding, ExampleFailure()).find("<pre>3 |   status: 204<mark></mark></pre>"),
            std::string::npos);
}

TEST(WriteFinding, SaysWhatIsAcceptedAndWhereItDiffers) {
  Finding finding = ExampleFinding();
  finding.deviation = "The service is being repaired.";
  finding.diff = {"/id: expected 8, is 7"};
  const std::string html = Render(finding, ExampleFailure());
  EXPECT_NE(html.find("<pre>/id: expected 8, is 7\n</pre>"), std::string::npos);
  EXPECT_NE(html.find("<dt>Accepted</dt>\n<dd>as a deviation: The service is being repaired.</dd>"),
            std::string::npos);
}

TEST(WriteFinding, OfAStepWithoutAnExchangeSaysSo) {
  Finding finding = ExampleFinding();
  finding.step = "never";
  EXPECT_NE(
      Render(finding, ExampleFailure()).find("<dd>No exchange of this step is in the record.</dd>"),
      std::string::npos);
}

TEST(FindJudgedExchange, IsTheLastOfItsStep) {
  TestRecord test = ExampleFailure();
  test.exchanges = {SampleExchange("poll", "a", ""), SampleExchange("poll", "b", ""),
                    SampleExchange("read", "c", "")};
  EXPECT_EQ(FindJudgedExchange(test, "poll"), 1U);
}

}  // namespace
}  // namespace conform
