#include "base/utf8.h"

#include <gtest/gtest.h>

#include <ostream>

namespace conform {
namespace {

TEST(CountCharacters, CountsCodePoints) {
  EXPECT_EQ(CountCharacters(""), 0U);
  EXPECT_EQ(CountCharacters("abc"), 3U);
  EXPECT_EQ(CountCharacters("aé漢😀"), 4U);
}

struct Utf8Row {
  std::string_view name;
  std::string_view bytes;
  int malformed_at;  // -1: well-formed
};
void PrintTo(const Utf8Row& row, std::ostream* out) { *out << row.name; }

class FindMalformedUtf8In : public testing::TestWithParam<Utf8Row> {};
TEST_P(FindMalformedUtf8In, Row) {
  const auto at = FindMalformedUtf8(GetParam().bytes);
  EXPECT_EQ(at ? static_cast<int>(*at) : -1, GetParam().malformed_at);
}

INSTANTIATE_TEST_SUITE_P(
    , FindMalformedUtf8In,
    testing::Values(Utf8Row{"Nothing", "", -1}, Utf8Row{"Ascii", "0123456789 abc", -1},
                    Utf8Row{"EveryLength", "aé漢😀", -1},
                    Utf8Row{"TheLastOfEachLength", "\xDF\xBF\xEF\xBF\xBD\xF4\x8F\xBF\xBF", -1},
                    Utf8Row{"TheFirstOfEachLength", "\xC2\x80\xE0\xA0\x80\xF0\x90\x80\x80", -1},
                    Utf8Row{"AroundTheSurrogates", "\xED\x9F\xBF\xEE\x80\x80", -1},
                    Utf8Row{"ALoneContinuation", "ab\x80", 2},
                    Utf8Row{"BehindALongRunOfAscii", "0123456789abcdef\xFF", 16},
                    Utf8Row{"AnOverlongSlash", "a\xC0\xAF", 1},
                    Utf8Row{"AnOverlongThree", "a\xE0\x9F\xBF", 1},
                    Utf8Row{"AnOverlongFour", "a\xF0\x8F\xBF\xBF", 1},
                    Utf8Row{"ASurrogate", "é\xED\xA0\x80", 2},
                    Utf8Row{"AboveTheLast", "\xF4\x90\x80\x80", 0},
                    Utf8Row{"ByteF5", "\xF5\x80\x80\x80", 0}, Utf8Row{"CutShort", "a\xE6\xBC", 1},
                    Utf8Row{"Latin1", "caf\xE9 au lait", 3}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(CutAfter, EndsWithACharacter) {
  EXPECT_EQ(CutAfter("abc", 3), "abc");
  EXPECT_EQ(CutAfter("abcd", 3), "abc");
  EXPECT_EQ(CutAfter("abü", 3), "ab");
  EXPECT_EQ(CutAfter("€", 2), "");
  EXPECT_EQ(CutAfter("a😀b", 4), "a");
  EXPECT_EQ(CutAfter("a😀b", 5), "a😀");
  EXPECT_EQ(CutAfter("\x80\x80\x80\x80\x80\x80", 5), "\x80\x80\x80\x80\x80");
}

TEST(TerminalWidth, IsTwoForEastAsianWideAndNoneForCombiningMarks) {
  EXPECT_EQ(TerminalWidth(U'a'), 1U);
  EXPECT_EQ(TerminalWidth(U'é'), 1U);
  EXPECT_EQ(TerminalWidth(U'漢'), 2U);
  EXPECT_EQ(TerminalWidth(U'の'), 2U);
  EXPECT_EQ(TerminalWidth(U'한'), 2U);
  EXPECT_EQ(TerminalWidth(U'！'), 2U);
  EXPECT_EQ(TerminalWidth(U'😀'), 2U);
  EXPECT_EQ(TerminalWidth(U'\u0301'), 0U);
  EXPECT_EQ(TerminalWidth(U'…'), 1U);
}

struct ShowRow {
  std::string_view name;
  std::string_view bytes;
  std::string_view text;
  std::string_view line;
};
void PrintTo(const ShowRow& row, std::ostream* out) { *out << row.name; }

class Show : public testing::TestWithParam<ShowRow> {};
TEST_P(Show, AsText) { EXPECT_EQ(ShowText(GetParam().bytes), GetParam().text); }
TEST_P(Show, AsLine) { EXPECT_EQ(ShowLine(GetParam().bytes), GetParam().line); }

INSTANTIATE_TEST_SUITE_P(
    , Show,
    testing::Values(ShowRow{"Nothing", "", "", ""},
                    ShowRow{"Plain", "a<b>&\"c\"", "a<b>&\"c\"", "a<b>&\"c\""},
                    ShowRow{"Letters", "aé漢😀", "aé漢😀", "aé漢😀"},
                    ShowRow{"LineEnds", "a\tb\r\nc", "a\tb\\x0D\nc", "a\\tb\\r\\nc"},
                    ShowRow{"CiCommand", "a ##vso[x]y ##[z] ##teamcity[q",
                            "a #\\x23vso[x]y #\\x23[z] #\\x23teamcity[q",
                            "a #\\x23vso[x]y #\\x23[z] #\\x23teamcity[q"},
                    ShowRow{"Hashes", "## heading [1] ##", "## heading [1] ##",
                            "## heading [1] ##"},
                    ShowRow{"Nul", std::string_view("a\0b", 3), "a\\x00b", "a\\x00b"},
                    ShowRow{"Escape", "\x1B[31m", "\\x1B[31m", "\\x1B[31m"},
                    ShowRow{"Delete", "a\x7F", "a\\x7F", "a\\x7F"},
                    ShowRow{"C1", "a\u0085b\u009B", "a\\u{0085}b\\u{009B}", "a\\u{0085}b\\u{009B}"},
                    ShowRow{"Bidirectional", "a\u202Eb\u2066\u200F",
                            "a\\u{202E}b\\u{2066}\\u{200F}", "a\\u{202E}b\\u{2066}\\u{200F}"},
                    ShowRow{"LineSeparator", "a\u2028", "a\\u{2028}", "a\\u{2028}"},
                    ShowRow{"Noncharacters", "\uFFFE\uFFFF\U0001FFFF",
                            "\\u{FFFE}\\u{FFFF}\\u{1FFFF}", "\\u{FFFE}\\u{FFFF}\\u{1FFFF}"},
                    ShowRow{"MalformedBytes", "caf\xE9!\xC0\xAF", "caf\\xE9!\\xC0\\xAF",
                            "caf\\xE9!\\xC0\\xAF"}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(ShowLine, IsCutAfterTheGivenCharacters) {
  EXPECT_EQ(ShowLine("abcdef", 6), "abcdef");
  EXPECT_EQ(ShowLine("abcdefg", 6), "abcdef…");
  EXPECT_EQ(ShowLine("漢字漢字", 3), "漢字漢…");
  EXPECT_EQ(ShowLine(std::string(300, 'a')), std::string(200, 'a') + "…");
}

TEST(ShowLine, NeverCutsAnEscapeInTwo) {
  EXPECT_EQ(ShowLine("ab\x01z", 5), "ab…");
  EXPECT_EQ(ShowLine("ab\x01z", 6), "ab\\x01…");
}

/// Eight bytes are looked at together, and of a rest some twice: an odd one is seen wherever it
/// stands.
TEST(ShowLineOf, IsShowLineWhereverAByteIsOdd) {
  for (const std::string_view odd : {"a", "\n", "\x1F", "\x7F", "#", "##[", "\x80", "\xC3\xA9"}) {
    for (std::size_t size = 0; size < 20; ++size) {
      for (std::size_t at = 0; at <= size; ++at) {
        const std::string bytes = std::string(size, '~').insert(at, odd);
        EXPECT_EQ(ShowLineOf(bytes), ShowLine(bytes)) << bytes;
        EXPECT_EQ(FindMalformedUtf8(bytes).has_value(), odd == "\x80") << bytes;
        EXPECT_TRUE(!IsLineAsShown(bytes) || ShowLine(bytes) == bytes) << bytes;
      }
    }
  }
  EXPECT_EQ(ShowLineOf("0123456789", 4), ShowLine("0123456789", 4));
}

TEST(ShowJsonText, SaysTheSameInCharactersThatAreSafeToShow) {
  const std::pair<std::string_view, std::string_view> rows[] = {
      {R"({"a": "é漢😀 ## [1]"})", R"({"a": "é漢😀 ## [1]"})"},
      {"\"\x7F\u009B\u202E\uFFFF\"", R"("\u007f\u009b\u202e\uffff")"},
      {"\"\U0001FFFF\"", R"("\ud83f\udfff")"},
      {"\"##vso[x]\"", R"("#\u0023vso[x]")"},
      {"[\n\"\\n\"]", "[\n\"\\n\"]"}};
  for (const auto& [json, shown] : rows) {
    EXPECT_EQ(ShowJsonText(json), shown);
    EXPECT_EQ(ShowText(shown), shown);
  }
}

TEST(ShowText, OfAnyBytesIsWellFormedAndWithoutControls) {
  std::string bytes;
  for (int high = 0; high < 256; ++high) {
    for (int low = 0; low < 256; ++low) {
      bytes += static_cast<char>(high);
      bytes += static_cast<char>(low);
    }
  }
  const std::string shown = ShowText(bytes);
  EXPECT_EQ(FindMalformedUtf8(shown), std::nullopt);
  for (const char c : shown) EXPECT_TRUE(c < 0 || c >= ' ' || c == '\n' || c == '\t');
}

}  // namespace
}  // namespace conform
