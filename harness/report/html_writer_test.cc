#include "report/html_writer.h"

#include <gtest/gtest.h>

#include <string>

namespace conform {
namespace {

struct EscapeRow {
  const char* name;
  std::string text;
  std::string html;
};

class EscapeHtmlOf : public testing::TestWithParam<EscapeRow> {};

TEST_P(EscapeHtmlOf, IsTextAndNothingElse) {
  EXPECT_EQ(EscapeHtml(GetParam().text), GetParam().html);
}

INSTANTIATE_TEST_SUITE_P(
    All, EscapeHtmlOf,
    testing::Values(EscapeRow{"PlainText", "204 No Content", "204 No Content"},
                    EscapeRow{"Nothing", "", ""},
                    EscapeRow{"Markup", "</style><script>alert('x')</script>",
                              "&lt;/style&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"},
                    EscapeRow{"EndOfAnAttribute", "\" onload=\"x", "&quot; onload=&quot;x"},
                    EscapeRow{"Reference", "&amp;", "&amp;amp;"},
                    EscapeRow{"LineFeedAndTab", "a\n\tb", "a\n\tb"},
                    EscapeRow{"CarriageReturn", "a\rb", "a\\x0Db"},
                    EscapeRow{"Nul", std::string("a\0b", 3), "a\\x00b"},
                    EscapeRow{"TerminalControl", "\x1B[31m", "\\x1B[31m"},
                    EscapeRow{"InvalidUtf8", "\xFF\xC3", "\\xFF\\xC3"},
                    EscapeRow{"TurnOfDirection",
                              "a\xE2\x80\xAE"
                              "b",
                              "a\\u{202E}b"},
                    EscapeRow{"OtherScripts", "Größe 設定", "Größe 設定"}),
    [](const testing::TestParamInfo<EscapeRow>& row) { return std::string(row.param.name); });

TEST(HtmlWriter, ClosesElementsInTheOrderOfTheirScopes) {
  HtmlWriter out;
  {
    const auto list = out.Open("ul", {{"class", "counts"}});
    const auto item = out.Open("li");
    out.Leaf("b", "2");
    out.Text(" fail");
  }
  EXPECT_EQ(out.html(), "<ul class=\"counts\"><li><b>2</b> fail</li>\n</ul>\n");
}

TEST(HtmlWriter, EscapesTextAndAttributes) {
  HtmlWriter out;
  out.Leaf("a", "<b>", {{"href", "\"><script>"}});
  EXPECT_EQ(out.html(), "<a href=\"&quot;&gt;&lt;script&gt;\">&lt;b&gt;</a>");
}

TEST(HtmlWriter, AttributesWithoutAValueOrANameAreTakenAsSuch) {
  HtmlWriter out;
  out.Leaf("i", "", {{"hidden", ""}, {"", "unseen"}});
  EXPECT_EQ(out.html(), "<i hidden></i>");
}

TEST(HtmlWriter, VoidElementsHaveNoEnd) {
  HtmlWriter out;
  out.Void("meta", {{"charset", "utf-8"}});
  EXPECT_EQ(out.html(), "<meta charset=\"utf-8\">\n");
}

}  // namespace
}  // namespace conform
