#include "report/markdown.h"

#include <gtest/gtest.h>

#include <string>

namespace conform {
namespace {

struct MarkdownRow {
  const char* text;
  const char* escaped;
};

class EscapesMarkdown : public testing::TestWithParam<MarkdownRow> {};

TEST_P(EscapesMarkdown, SoThatNothingObeysIt) {
  EXPECT_EQ(EscapeMarkdown(GetParam().text), GetParam().escaped);
}

INSTANTIATE_TEST_SUITE_P(
    AndShowsIt, EscapesMarkdown,
    testing::Values(MarkdownRow{"plain words, 1.5 of them", "plain words, 1.5 of them"},
                    MarkdownRow{"<script>&amp;", "&lt;script&gt;&amp;amp;"},
                    MarkdownRow{"**bold** _it_ `code`", "\\*\\*bold\\*\\* \\_it\\_ \\`code\\`"},
                    MarkdownRow{"[a](https://x.example)", "\\[a\\]\\(https\\://x.example\\)"},
                    MarkdownRow{"a | b", "a \\| b"},
                    MarkdownRow{"www.x.example", "www\\.x.example"},
                    MarkdownRow{"@someone #12", "\\@someone \\#12"},
                    MarkdownRow{"::set-output name=a::b", "\\:\\:set-output name=a\\:\\:b"},
                    MarkdownRow{"##vso[task.setvariable]x", "\\#\\\\x23vso\\[task.setvariable\\]x"},
                    MarkdownRow{"##teamcity[x]", "\\#\\\\x23teamcity\\[x\\]"},
                    MarkdownRow{"two\nlines\r\x1b[0m", "two\\\\nlines\\\\r\\\\x1B\\[0m"},
                    MarkdownRow{"$x^2$ ~~no~~ :smile:", "\\$x\\^2\\$ \\~\\~no\\~\\~ \\:smile\\:"}));

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
