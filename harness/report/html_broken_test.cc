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

TEST(WriteBrokenPromises, SaysNothingWhereNoneBroke) {
  const RunRecord record = SamplePassingRun();
  HtmlWriter out;
  WriteBrokenPromises(HtmlRun(record, {}), out);
  EXPECT_EQ(out.html(), "");
}

}  // namespace
}  // namespace conform
