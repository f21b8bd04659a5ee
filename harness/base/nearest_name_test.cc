#include "base/nearest_name.h"

#include <gtest/gtest.h>

#include <ostream>

namespace conform {
namespace {

const std::vector<std::string_view> kKeys = {"status", "headers", "body", "observe", "id"};

struct NameRow {
  std::string_view row;
  std::string_view name;
  std::string_view nearest;
};
void PrintTo(const NameRow& row, std::ostream* out) { *out << row.row; }

class NearestNameOf : public testing::TestWithParam<NameRow> {};
TEST_P(NearestNameOf, Row) { EXPECT_EQ(NearestName(GetParam().name, kKeys), GetParam().nearest); }

INSTANTIATE_TEST_SUITE_P(
    , NearestNameOf,
    testing::Values(NameRow{"OneLeftOut", "staus", "status"},
                    NameRow{"OneTooMany", "statuus", "status"},
                    NameRow{"OneOther", "stetus", "status"}, NameRow{"TwoSwapped", "boyd", "body"},
                    NameRow{"OtherCase", "Status", "status"},
                    NameRow{"OtherCaseAndOneOff", "HEADER", "headers"},
                    NameRow{"AThirdOfSix", "stetuz", "status"},
                    NameRow{"MoreThanAThird", "stztuzz", ""}, NameRow{"TwoOfFour", "bozz", ""},
                    NameRow{"NothingAlike", "title", ""}, NameRow{"ASingleLetter", "x", ""},
                    NameRow{"Nothing", "", ""}),
    [](const auto& row) { return std::string(row.param.row); });

TEST(NearestName, OfSeveralTakesTheNearest) {
  EXPECT_EQ(NearestName("response", {"respond", "responses", "request"}), "responses");
}

TEST(NearestName, OfOneLetterIsNoOtherLetter) { EXPECT_EQ(NearestName("x", {"a"}), ""); }

TEST(NearestName, HasNoneWhereNothingIsKnown) { EXPECT_EQ(NearestName("status", {}), ""); }

TEST(DidYouMean, AsksOrIsEmpty) {
  EXPECT_EQ(DidYouMean("respnse", {"request", "response"}), "did you mean 'response'?");
  EXPECT_EQ(DidYouMean("zebra", {"request", "response"}), "");
}

TEST(JoinOr, PutsOrBeforeTheLast) {
  EXPECT_EQ(JoinOr({}), "");
  EXPECT_EQ(JoinOr({"a"}), "a");
  EXPECT_EQ(JoinOr({"a", "b"}), "a or b");
  EXPECT_EQ(JoinOr({"a", "b", "c"}), "a, b or c");
}

}  // namespace
}  // namespace conform
