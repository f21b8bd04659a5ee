#include "base/unescape.h"

#include <gtest/gtest.h>

#include <ostream>
#include <string>

namespace conform {
namespace {

ByteSet Every() {
  ByteSet every;
  every.fill(true);
  return every;
}

struct UndoneRow {
  std::string escaped;
  std::string text;  // empty: nothing is undone
};
void PrintTo(const UndoneRow& row, std::ostream* out) { *out << row.escaped; }

class UnescapedText : public testing::TestWithParam<UndoneRow> {};

TEST_P(UnescapedText, IsWhatTheEscapesStandFor) {
  EXPECT_EQ(Unescaped(GetParam().escaped, Every()).text(), GetParam().text);
}

INSTANTIATE_TEST_SUITE_P(
    Notations, UnescapedText,
    testing::Values(UndoneRow{"a%2Fb%2fc%", "a/b/c%"}, UndoneRow{"%2", ""}, UndoneRow{"%g0", ""},
                    UndoneRow{R"(\n\r\t\b\f\/\"\'\\)", "\n\r\t\b\f/\"'\\"}, UndoneRow{R"(\a\)", ""},
                    UndoneRow{R"(\u0041\u00f6\u20AC)", "Aö€"}, UndoneRow{R"(\ud83d\ude00!)", "😀!"},
                    UndoneRow{R"(\x41\u{1F600})", "A😀"}, UndoneRow{R"(\u004\xz)", ""},
                    UndoneRow{"&amp;&lt;&gt;&quot;&apos;", "&<>\"'"},
                    UndoneRow{"&#65;&#x42;&#X43;", "ABC"}, UndoneRow{"&#65 &none; &#;", ""},
                    UndoneRow{"~0~1~2", "~/~2"}, UndoneRow{R"(a'\''b)", "a'b"},
                    UndoneRow{R"(%25'\'')", "%'"}, UndoneRow{"plain", ""}));

TEST(Unescaped, KnowsWhereItsBytesCameFrom) {
  const std::string escaped = R"(ab%2Fc\ud83d\ude00d'\'')";
  const Unescaped undone(escaped, Every());
  ASSERT_EQ(undone.text(), "ab/c😀d'");
  const auto from = [&](std::size_t begin, std::size_t end) {
    return escaped.substr(undone.BeginOf(begin), undone.EndOf(end) - undone.BeginOf(begin));
  };
  EXPECT_EQ(from(0, 2), "ab");
  EXPECT_EQ(from(2, 3), "%2F");
  EXPECT_EQ(from(1, 4), "b%2Fc");
  EXPECT_EQ(from(4, 8), R"(\ud83d\ude00)");
  EXPECT_EQ(from(5, 6), R"(\ud83d\ude00)") << "a part of a character is all of it";
  EXPECT_EQ(from(8, 10), R"(d'\'')");
  EXPECT_EQ(undone.BeginOf(undone.text().size()), escaped.size());
}

TEST(Unescaped, LeavesWhatNobodyWants) {
  ByteSet wanted{};
  wanted['/'] = true;
  EXPECT_TRUE(Unescaped(R"(\"a\" %20 &lt;)", wanted).empty());
  EXPECT_EQ(Unescaped(R"(\"a\/b\")", wanted).text(), R"(\"a/b\")");
  EXPECT_EQ(Unescaped("%252F", wanted).text(), "%2F") << "what begins an escape is wanted";
}

TEST(FindUnfinishedEscape, TellsWhereTheLastMayGoOn) {
  const struct {
    std::string text;
    std::size_t at;
  } rows[] = {{"", 0},        {"ab", 2},         {"ab%", 2},         {"ab%2", 2},
              {"ab%2F", 5},   {R"(a\)", 1},      {R"(a\\)", 3},      {R"(a\\\)", 3},
              {R"(\u00)", 0}, {R"(a\ud83d)", 1}, {R"(\ud83d\u)", 0}, {"a&am", 1},
              {"a&name", 6},  {"a&#x4", 1},      {"a~", 1},          {"a'", 1},
              {R"(a'\')", 1}, {"%25%", 3}};
  for (const auto& row : rows) EXPECT_EQ(FindUnfinishedEscape(row.text), row.at) << row.text;
}

}  // namespace
}  // namespace conform
