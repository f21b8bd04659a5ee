#include "base/json_text.h"

#include <gtest/gtest.h>

#include <string>

namespace conform {
namespace {

struct TextRow {
  std::string name;
  std::string text;
  std::string read;  // as it is written again; empty: no JSON
};

class JsonTextOf : public testing::TestWithParam<TextRow> {};

TEST_P(JsonTextOf, Bytes) {
  const nlohmann::json value = ReadJsonText(GetParam().text);
  EXPECT_EQ(value.is_discarded() ? "" : value.dump(), GetParam().read);
}

INSTANTIATE_TEST_SUITE_P(
    Table, JsonTextOf,
    testing::Values(TextRow{"Object", R"({"a": [1]})", R"({"a":[1]})"}, TextRow{"Nothing", "", ""},
                    TextRow{"ANulBehindIt", std::string("[]\0", 3), ""},
                    TextRow{"ANulAndMoreBehindIt", std::string("[]\0 <html>", 10), ""},
                    TextRow{"ANulWithinIt", std::string("[1,\0 2]", 7), ""},
                    TextRow{"ANulWithinAText", std::string("[\"a\0b\"]", 7), ""},
                    TextRow{"ANulThatIsEscaped", R"(["a\u0000b"])", R"(["a\u0000b"])"},
                    TextRow{"ANumberTooLarge", "1e400", ""}),
    [](const testing::TestParamInfo<TextRow>& row) { return row.param.name; });

TEST(FindRepeatedName, TellsThePlaceOfTheFirst) {
  EXPECT_EQ(FindRepeatedName(R"({"a":1,"a/b":[0,{"c":1,"d":{"c":1},"c":2}],"a":3})"), "/a~1b/1/c");
  EXPECT_EQ(FindRepeatedName(R"({"a":[],"b":{},"\u0061":3})"), "/a");
  EXPECT_EQ(FindRepeatedName(R"([{"a":1},{"a":1}])"), std::nullopt);
  EXPECT_EQ(FindRepeatedName(R"({"a":1,)"), std::nullopt);
}

TEST(ReplaceLoneSurrogates, LeavesPairsAndAllThatIsNoEscape) {
  EXPECT_EQ(ReplaceLoneSurrogates(R"(["\ud800","\uDEAD x"])"), R"(["\ufffd","\ufffd x"])");
  EXPECT_EQ(ReplaceLoneSurrogates(R"("\ud83d\ude00\ud83d")"), R"("\ud83d\ude00\ufffd")");
  EXPECT_EQ(ReplaceLoneSurrogates(R"("\ud83d\ud83d\ude00")"), R"("\ufffd\ud83d\ude00")");
  EXPECT_EQ(ReplaceLoneSurrogates(R"("\ud83d\n\ude00")"), R"("\ufffd\n\ufffd")");
  EXPECT_EQ(ReplaceLoneSurrogates(R"("\\ud800\u00e9")"), R"("\\ud800\u00e9")");
  EXPECT_EQ(ReplaceLoneSurrogates(R"("\ud80)"), R"("\ud80)");
  EXPECT_EQ(ReplaceLoneSurrogates("\\"), "\\");
}

}  // namespace
}  // namespace conform
