#include "exchange/fields.h"

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

}  // namespace
}  // namespace conform
