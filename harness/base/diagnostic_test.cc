#include "base/diagnostic.h"

#include <gtest/gtest.h>

namespace conform {
namespace {

const SourceText& Case() {
  static const SourceText source("cases/x.yaml",
                                 "title: 漢字を書く\nresponse:\n  status: 204\n\tbody: none\n");
  return source;
}

std::string RenderOne(const Span& span, std::string message, std::string advice = "") {
  Diagnostics diagnostics;
  diagnostics.Add(Case(), span, std::move(message), std::move(advice));
  return diagnostics.RenderAll();
}

TEST(RenderDiagnostic, ShowsPlaceLineCaretsAndAdvice) {
  EXPECT_EQ(RenderOne({3, 11, 3}, "status is 200", "write a number from 100 to 999"),
            R"(cases/x.yaml:3:11: error: status is 200
 3 |   status: 204
   |           ^^^
      write a number from 100 to 999
)");
}

TEST(RenderDiagnostic, IndentsTheCaretsByTheLineNumbersWidth) {
  const SourceText source("cases/x.yaml", std::string(11, '\n') + "  status: 204\n");
  Diagnostics diagnostics;
  diagnostics.Add(source, {12, 11, 3}, "status is 200", "write a number from 100 to 999");
  EXPECT_EQ(diagnostics.RenderAll(),
            R"(cases/x.yaml:12:11: error: status is 200
 12 |   status: 204
    |           ^^^
      write a number from 100 to 999
)");
}

TEST(RenderDiagnostic, HasNoAdviceLineWithoutAdvice) {
  EXPECT_EQ(RenderOne({2, 1, 8}, "'response' is odd"),
            R"(cases/x.yaml:2:1: error: 'response' is odd
 2 | response:
   | ^^^^^^^^
)");
}

TEST(RenderDiagnostic, PadsWideCharactersWithTwoColumns) {
  EXPECT_EQ(RenderOne({1, 10, 2}, "odd"),
            R"(cases/x.yaml:1:10: error: odd
 1 | title: 漢字を書く
   |            ^^^^
)");
}

TEST(RenderDiagnostic, ShowsATabAsOneSpace) {
  EXPECT_EQ(RenderOne({4, 8, 4}, "odd"),
            R"(cases/x.yaml:4:8: error: odd
 4 |  body: none
   |        ^^^^
)");
}

TEST(RenderDiagnostic, PointsBehindTheLineWhereSomethingIsMissing) {
  EXPECT_EQ(RenderOne({2, 10, 1}, "odd"),
            R"(cases/x.yaml:2:10: error: odd
 2 | response:
   |          ^
)");
}

TEST(RenderDiagnostic, KeepsCaretsWithinTheLine) {
  EXPECT_EQ(RenderOne({2, 7, 50}, "odd"),
            R"(cases/x.yaml:2:7: error: odd
 2 | response:
   |       ^^^
)");
}

TEST(RenderDiagnostic, OfAWholeFileHasNoExcerpt) {
  Diagnostics diagnostics;
  diagnostics.AddFile("cases/y.yaml", "no such file", "check the path");
  EXPECT_EQ(diagnostics.RenderAll(), "cases/y.yaml: error: no such file\n      check the path\n");
}

TEST(RenderDiagnostic, SaysWarning) {
  Diagnostics diagnostics;
  diagnostics.Warn(Case(), {2, 1, 8}, "odd");
  EXPECT_EQ(diagnostics.RenderAll(),
            "cases/x.yaml:2:1: warning: odd\n 2 | response:\n   | ^^^^^^^^\n");
}

TEST(RenderDiagnostic, ShowsControlCharactersEscapedAndStillPointsRight) {
  const SourceText source("cases/\x1B.yaml", "a\x1B: b\n");
  Diagnostics diagnostics;
  diagnostics.Add(source, {1, 5, 1}, "a\nb");
  EXPECT_EQ(diagnostics.RenderAll(),
            R"(cases/\x1B.yaml:1:5: error: a\nb
 1 | a\x1B: b
   |        ^
)");
}

TEST(RenderExcerpt, CutsALongLineToAWindowAroundTheSpan) {
  const std::string line = std::string(500, 'a') + "HERE" + std::string(500, 'b');
  EXPECT_EQ(RenderExcerpt(line, {7, 501, 4}), " 7 | …" + std::string(60, 'a') + "HERE" +
                                                  std::string(96, 'b') + "…\n   | " +
                                                  std::string(61, ' ') + "^^^^\n");
}

TEST(RenderExcerpt, CutsOnlyWhereThereIsMore) {
  const std::string line(300, 'a');
  EXPECT_EQ(RenderExcerpt(line, {7, 1, 2}), " 7 | " + std::string(160, 'a') + "…\n   | ^^\n");
  EXPECT_EQ(RenderExcerpt(line, {7, 300, 1}),
            " 7 | …" + std::string(160, 'a') + "\n   | " + std::string(160, ' ') + "^\n");
  EXPECT_EQ(RenderExcerpt(std::string(160, 'a'), {7, 1, 1}),
            " 7 | " + std::string(160, 'a') + "\n   | ^\n");
}

TEST(RenderExcerpt, StandsAnySpan) {
  EXPECT_EQ(RenderExcerpt("ab", {1, 0, 0}), " 1 | ab\n   | ^\n");
  EXPECT_EQ(RenderExcerpt("ab", {1, -5, 1000}), " 1 | ab\n   | ^^\n");
  EXPECT_EQ(RenderExcerpt("ab", {1, 99, 1}), " 1 | ab\n   |   ^\n");
  EXPECT_EQ(RenderExcerpt("", {1, 1, 1}), " 1 | \n   | ^\n");
}

TEST(Diagnostics, AreSortedByPathLineAndColumn) {
  const SourceText other("cases/a.yaml", "title: a\n");
  Diagnostics diagnostics;
  diagnostics.Add(Case(), {3, 3, 6}, "third");
  diagnostics.Add(Case(), {2, 1, 8}, "second");
  diagnostics.Add(Case(), {3, 11, 3}, "fourth");
  diagnostics.Add(other, {1, 1, 5}, "first");
  std::string messages;
  for (const Diagnostic& diagnostic : diagnostics.Sorted()) messages += diagnostic.message + " ";
  EXPECT_EQ(messages, "first second third fourth ");
}

TEST(Diagnostics, CountErrorsButNotWarnings) {
  Diagnostics diagnostics;
  EXPECT_TRUE(diagnostics.empty());
  diagnostics.Warn(Case(), {2, 1, 8}, "odd");
  EXPECT_FALSE(diagnostics.HasErrors());
  EXPECT_FALSE(diagnostics.empty());
  Diagnostics others;
  others.Add(Case(), {2, 1, 8}, "wrong");
  diagnostics.Append(others);
  diagnostics.Append(others);  // said twice, told once
  diagnostics.AddFile("y.yaml", "no such file");
  EXPECT_EQ(diagnostics.errors(), 2U);
  EXPECT_EQ(diagnostics.Sorted().size(), 3U);
}

TEST(Diagnostics, CountWhatWasAppendedAndNotKept) {
  Diagnostics one;
  Diagnostics two;
  for (int line = 1; line <= 150; ++line) {
    (line <= 60 ? one : two).Add(Case(), {line, 1, 1}, "wrong");
  }
  one.Append(std::move(two));
  EXPECT_EQ(one.errors(), 150U);
  EXPECT_EQ(one.Sorted().size(), kMaxDiagnosticsShown + 1);
}

TEST(Diagnostics, TellOneMistakeOnce) {
  const SourceText other("cases/a.yaml", "title: a\n");
  Diagnostics diagnostics;
  diagnostics.Add(other, {2, 1, 8}, "wrong", "mend it");
  for (int edition = 0; edition < 2; ++edition) {
    diagnostics.Add(Case(), {2, 1, 8}, "wrong", "mend it");
    diagnostics.Add(Case(), {3, 1, 8}, "wrong", "mend it");
    diagnostics.Add(Case(), {2, 1, 8}, "odd", "mend it");
    diagnostics.Add(Case(), {2, 1, 8}, "wrong", "or leave it");
  }
  EXPECT_EQ(diagnostics.errors(), 5U);
  EXPECT_EQ(diagnostics.Sorted().size(), 5U);
}

TEST(Diagnostics, KeepNoMoreOfOneFileThanAreRead) {
  Diagnostics diagnostics;
  for (int i = 0; i < 5000; ++i) {
    diagnostics.Add(Case(), {2, 1, 8}, "wrong " + std::to_string(i));
  }
  EXPECT_EQ(diagnostics.errors(), 5000U);
  EXPECT_EQ(diagnostics.Sorted().size(), kMaxDiagnosticsShown + 1);
  EXPECT_EQ(Render(diagnostics.Sorted().front()),
            "cases/x.yaml: error: has over 100 mistakes\n      mend these first; the others are "
            "not shown\n");
}

TEST(Diagnostics, KeepNoExcerptOfAnEndlessLine) {
  const SourceText source("x.yaml", std::string(kMaxExcerptBytes + 1, 'a'));
  Diagnostics diagnostics;
  diagnostics.Add(source, {1, 9, 1}, "wrong");
  EXPECT_EQ(diagnostics.RenderAll(), "x.yaml:1:9: error: wrong\n");
}

}  // namespace
}  // namespace conform
