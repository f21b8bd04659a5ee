#include "base/fields.h"

#include <gtest/gtest.h>

namespace conform {
namespace {

struct CombinedRow {
  const char* name;
  Fields fields;
  const char* combined;  // null: nothing
  bool holds;
};

TEST(Fields, OfOneNameStandForOneValue) {
  const std::vector<CombinedRow> rows = {
      {"none", {{"B", "x"}}, nullptr, false},
      {"one", {{"a", "x"}}, "x", true},
      {"empty", {{"A", ""}}, "", false},
      {"two", {{"A", "x"}, {"B", "y"}, {"a", "z"}}, "x, z", true},
      {"an empty one first", {{"A", ""}, {"A", "z"}}, ", z", true},
      {"commas", {{"A", " , ,"}}, " , ,", false},
  };
  for (const CombinedRow& row : rows) {
    const auto combined = CombinedValue(row.fields, "A");
    EXPECT_EQ(combined.has_value(), row.combined != nullptr) << row.name;
    EXPECT_EQ(combined.value_or(""), row.combined == nullptr ? "" : row.combined) << row.name;
    EXPECT_EQ(HoldsValue(row.fields, "A"), row.holds) << row.name;
  }
}

TEST(Fields, AreFoundWhateverTheCaseOfTheirName) {
  const Fields fields = {{"Accept", "a"}, {"X-Two", "1"}, {"x-two", "2"}};
  ASSERT_NE(FindField(fields, "X-TWO"), nullptr);
  EXPECT_EQ(FindField(fields, "X-TWO")->value, "1");
  EXPECT_EQ(FindField(fields, "X-Tw"), nullptr);
  EXPECT_EQ(FieldValues(fields, "X-two"), (std::vector<std::string_view>{"1", "2"}));
}

TEST(Fields, AreReplacedOnlyWhereTheyAre) {
  Fields fields = {{"Date", "then"}};
  ReplaceField(fields, "date", "now");
  ReplaceField(fields, "Age", "1");
  ASSERT_EQ(fields.size(), 1u);
  EXPECT_EQ(fields[0].value, "now");
  RemoveField(fields, "DATE");
  EXPECT_TRUE(fields.empty());
}

TEST(ListsToken, LooksAtWholeMembersOfEveryLine) {
  const auto lists = [](Fields fields) { return ListsToken(fields, "Connection", "close"); };
  EXPECT_TRUE(lists({{"Connection", "close"}}));
  EXPECT_TRUE(lists({{"connection", "Keep-Alive ,\t Close"}}));
  EXPECT_TRUE(lists({{"Connection", "x"}, {"Connection", "y,close"}}));
  EXPECT_FALSE(lists({{"Connection", "closed, clos"}, {"X", "close"}}));
  EXPECT_FALSE(lists({{"Connection", ""}}));
  EXPECT_FALSE(lists({}));
}

}  // namespace
}  // namespace conform
