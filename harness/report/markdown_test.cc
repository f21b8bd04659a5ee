#include "report/markdown.h"

#include <gtest/gtest.h>

#include <string>

namespace conform {
namespace {

struct Row {
  const char* text;
  const char* escaped;
};

class EscapesMarkdown : public testing::TestWithParam<Row> {};

TEST_P(EscapesMarkdown, SoThatNothingObeysIt) {
  EXPECT_EQ(EscapeMarkdown(GetParam().text), GetParam().escaped);
}

INSTANTIATE_TEST_SUITE_P(
    AndShowsIt, EscapesMarkdown,
    testing::Values(Row{"plain words, 1.5 of them", "plain words, 1.5 of them"},
                    Row{"<script>&amp;", "&lt;script&gt;&amp;amp;"},
                    Row{"**bold** _it_ `code`", "\\*\\*bold\\*\\* \\_it\\_ \\`code\\`"},
                    Row{"[a](https://x.example)", "\\[a\\]\\(https\\://x.example\\)"},
                    Row{"a | b", "a \\| b"}, Row{"www.x.example", "www\\.x.example"},
                    Row{"@someone #12", "\\@someone \\#12"},
                    Row{"::set-output name=a::b", "\\:\\:set-output name=a\\:\\:b"},
                    Row{"##vso[task.setvariable]x", "\\#\\\\x23vso\\[task.setvariable\\]x"},
                    Row{"##teamcity[x]", "\\#\\\\x23teamcity\\[x\\]"},
                    Row{"two\nlines\r\x1b[0m", "two\\\\nlines\\\\r\\\\x1B\\[0m"},
                    Row{"$x^2$ ~~no~~ :smile:", "\\$x\\^2\\$ \\~\\~no\\~\\~ \\:smile\\:"}));

TEST(MarkdownCode, LeavesNamesAndPlacesAsTheyAre) {
  EXPECT_EQ(MarkdownCode("cases/a_b.yaml:12:3"), "`cases/a_b.yaml:12:3`");
  EXPECT_EQ(MarkdownCode("HTTP/1.1 204 No Content"), "`HTTP/1.1 204 No Content`");
}

TEST(MarkdownCode, EscapesWhatIsMore) {
  EXPECT_EQ(MarkdownCode("::set-output"), "<code>\\:\\:set-output</code>");
  EXPECT_EQ(MarkdownCode("`</code><b>"), "<code>\\`&lt;/code&gt;&lt;b&gt;</code>");
  EXPECT_EQ(MarkdownCode(" padded "), "<code> padded </code>");
  EXPECT_EQ(MarkdownCode(""), "<code></code>");
}

TEST(MarkdownCode, IsCut) { EXPECT_EQ(MarkdownCode("abcdef", 3), "<code>abc…</code>"); }

}  // namespace
}  // namespace conform
