#include "mock/header_field.h"

#include <gtest/gtest.h>

namespace conform {
namespace {

TEST(HeaderField, IsFoundWhateverTheCaseOfItsName) {
  const HeaderFields fields = {{"Accept", "a"}, {"X-Two", "1"}, {"x-two", "2"}};
  ASSERT_NE(FindHeaderValue(fields, "X-TWO"), nullptr);
  EXPECT_EQ(*FindHeaderValue(fields, "X-TWO"), "1");
  EXPECT_EQ(FindHeaderValue(fields, "X-Tw"), nullptr);
  EXPECT_EQ(CountHeaderFields(fields, "X-two"), 2u);
}

TEST(HeaderField, IsReplacedOnlyWhereItIs) {
  HeaderFields fields = {{"Date", "then"}};
  ReplaceHeaderValue(fields, "date", "now");
  ReplaceHeaderValue(fields, "Age", "1");
  ASSERT_EQ(fields.size(), 1u);
  EXPECT_EQ(fields[0].value, "now");
  RemoveHeaderField(fields, "DATE");
  EXPECT_TRUE(fields.empty());
}

TEST(HeaderField, OfSeveralIsOneList) {
  const HeaderFields fields = {{"A", "1"}, {"B", "2"}, {"a", "3, 4"}};
  EXPECT_EQ(JoinHeaderValues(fields, "A"), "1, 3, 4");
  EXPECT_EQ(JoinHeaderValues(fields, "C"), std::nullopt);
}

TEST(AllowsTag, ReadsAnAsteriskOrAListOfTags) {
  constexpr const char* kTag = "W/\"a,b\"";
  for (const char* value : {"*", " * ", "W/\"a,b\"", "\"x\", W/\"a,b\" ,\"y\"", ",W/\"a,b\""}) {
    EXPECT_TRUE(AllowsTag(value, kTag)) << value;
  }
  for (const char* value :
       {"", "\"a,b\"", "\"x\", *", "\"x,*,y\"", "\"W/\"a,b\"", "W/\"a\",\"b\""}) {
    EXPECT_FALSE(AllowsTag(value, kTag)) << value;
  }
}

TEST(ListsToken, LooksAtWholeMembersOfTheList) {
  EXPECT_TRUE(ListsToken("close", "close"));
  EXPECT_TRUE(ListsToken("Keep-Alive ,\t Close", "close"));
  EXPECT_FALSE(ListsToken("closed, clos", "close"));
  EXPECT_FALSE(ListsToken("", "close"));
}

}  // namespace
}  // namespace conform
