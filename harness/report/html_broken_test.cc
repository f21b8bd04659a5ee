#include "report/html_broken.h"

#include <gtest/gtest.h>

#include "report/sample_run.h"

namespace conform {
namespace {

TEST(WriteBrokenPromises, TellsPromiseValuesAndProof) {
  const RunRecord record = SampleFailingRun();
  HtmlWriter out;
  WriteBrokenPromises(HtmlRun(record, {}), out);
  EXPECT_EQ(out.html(),
            "<section id=\"broken\" aria-labelledby=\"broken-title\"><h2 "
            "id=\"broken-title\">The promise that broke</h2>\n"
            "<ol><li><strong>A successful call is answered 204 No Content.</strong> Expected "
            "<code>204</code>, got <code>200</code>, in 1 test. <a href=\"#t1\" aria-label=\"Proof "
            "of sync.response.204 broken\">Proof</a><p class=\"id\"><code>sync.response.204</code> "
            "(must), edition 2019-01, Response, sentence bbfb6-130</p>\n"
            "</li>\n"
            "</ol>\n"
            "</section>\n");
}

TEST(WriteBrokenPromises, CountsTestsOfOtherValuesAndOfDeviationsApart) {
  RunRecord record = SampleFailingRun();
  const auto add = [&](const char* name, const char* actual, const char* deviation) {
    TestRecord test = ExampleFailure();
    test.name = name;
    test.verdict.findings[0].actual = actual;
    test.verdict.findings[0].deviation = deviation;
    record.tests.push_back(test);
  };
  add("alike", "200", "");
  add("other", "500", "");
  add("accepted", "202", "known");
  add("accepted_alike", "200", "known");
  HtmlWriter out;
  WriteBrokenPromises(HtmlRun(record, {}), out);
  EXPECT_NE(out.html().find("got <code>200</code>, in 2 tests; 1 more broke it in other ways; 2 "
                            "more as a deviation accepts. "),
            std::string::npos)
      << out.html();
}

TEST(WriteBrokenPromises, SaysNothingWhereNoneBroke) {
  const RunRecord record = SamplePassingRun();
  HtmlWriter out;
  WriteBrokenPromises(HtmlRun(record, {}), out);
  EXPECT_EQ(out.html(), "");
}

}  // namespace
}  // namespace conform
