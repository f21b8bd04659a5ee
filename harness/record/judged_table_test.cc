#include "record/judged_table.h"

#include <gtest/gtest.h>

namespace conform {
namespace {

const std::vector<JudgedClause> kClauses = {{{"sync.204", "sync", "2019-01"}, true}};

TEST(JudgedTable, GivesWhatCameBeforeAndWhatComesAfter) {
  JudgedTable table;
  EXPECT_TRUE(table.Add("first", kClauses));
  EXPECT_EQ(table.Find("first").size(), 1U);
  const SharedList<JudgedClause> early = table.Find("second");
  EXPECT_TRUE(table.IsOpen());
  EXPECT_EQ(table.FindMissing(), "second");
  EXPECT_TRUE(table.Add("second", kClauses));
  EXPECT_EQ(early.size(), 1U);
  EXPECT_FALSE(table.IsOpen());
  EXPECT_EQ(table.FindMissing(), "");
}

TEST(JudgedTable, TakesAnEmptyListAndEachKeyOnce) {
  JudgedTable table;
  table.Find("none");
  EXPECT_TRUE(table.Add("none", {}));
  EXPECT_FALSE(table.IsOpen());
  EXPECT_FALSE(table.Add("none", kClauses));
  EXPECT_TRUE(table.Find("none").empty());
}

}  // namespace
}  // namespace conform
