// What is left of a secret where the text that held it was cut.
#include <gtest/gtest.h>

#include <ostream>
#include <string>

#include "base/redactor.h"

namespace conform {
namespace {

struct CutRow {
  const char* name;
  std::string text;
  std::string masked;  ///< what stands for `#`: the mask of it; else the text itself.
};

void PrintTo(const CutRow& row, std::ostream* out) { *out << row.name; }

class RedactCutShort : public testing::TestWithParam<CutRow> {};
TEST_P(RedactCutShort, Row) {
  Redactor redactor("key");
  redactor.AddSecret("Sekret-abc?def&ghi", "password");
  const CutRow& row = GetParam();
  std::string expected = row.text;
  if (!row.masked.empty()) {
    const std::size_t at = expected.find(row.masked);
    ASSERT_NE(at, std::string::npos);
    expected.replace(at, row.masked.size(), redactor.Mask(row.masked, "token"));
  }
  EXPECT_EQ(redactor.Redact(row.text), expected);
  std::string text = row.text;
  std::string* const texts[] = {&text};
  redactor.RedactEach(texts, {});
  EXPECT_EQ(text, expected);
}

INSTANTIATE_TEST_SUITE_P(
    , RedactCutShort,
    testing::Values(CutRow{"MostOfASecret", "a Sekret-abc?def&gh…", "Sekret-abc?def&gh"},
                    CutRow{"InTheMiddle", "it is \"Sekret-a…\", not \"b\"", "Sekret-a"},
                    CutRow{"FourBytes", "Sekr… and more", "Sekr"},
                    CutRow{"ThreeBytesTellNothing", "Sek…", ""},
                    CutRow{"PercentEncoded", "/a?b=Sekret-abc%3Fdef…", "Sekret-abc%3Fdef"},
                    CutRow{"NothingIsCut", "Sekret-abc? is no secret…", ""},
                    CutRow{"BeforeThreeDots", "Sekret-abc...", ""},
                    CutRow{"ATokenNobodyKnows", "x=eyJhbGciOiJSUzI1…", "eyJhbGciOiJSUzI1"},
                    CutRow{"ItsSecondPart", "eyJhbGciOiJSUzI1.eyJhI…", "eyJhbGciOiJSUzI1.eyJhI"},
                    CutRow{"TooLittleOfAToken", "eyJhb…", ""}, CutRow{"Words", "the bear…", ""},
                    CutRow{"OnlyTheCut", "…", ""}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(RedactPart, HoldsBackACutSecretWhoseCutIsCut) {
  Redactor redactor("key");
  redactor.AddSecret("Sekret-abcdefghi", "password");
  for (const std::string whole : {"is Sekret-abcd…", "is eyJhbGciOiJSUzI1…"}) {
    for (std::size_t size = 1; size <= whole.size(); ++size) {
      const std::string begin = whole.substr(0, size);
      const Redactor::Part first = redactor.RedactPart(begin);
      std::string told(first.TellOf(begin));
      told += redactor.Redact(whole.substr(first.taken));
      EXPECT_EQ(told, redactor.Redact(whole)) << size;
    }
  }
}

}  // namespace
}  // namespace conform
