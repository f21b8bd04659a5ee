#include "run/test_filter.h"

#include <gtest/gtest.h>

namespace conform {
namespace {

struct FilterRow {
  const char* filter;
  const char* name;
  bool matches;
};

// That GoogleTest reads them alike is seen in gtest_flags_test.cc.
TEST(MatchesFilter, ReadsPatternsAndWhatToLeaveOut) {
  const FilterRow rows[] = {
      {"*", "a/1.b", true},      {"", "a/1.b", false},         {"a/1.b", "a/1.b", true},
      {"a/1", "a/1.b", false},   {"a*", "a/1.b", true},        {"*b", "a/1.b", true},
      {"*c", "a/1.b", false},    {"a/?.b", "a/1.b", true},     {"a/??.b", "a/1.b", false},
      {"x:*b", "a/1.b", true},   {"x:y", "a/1.b", false},      {"-*b", "a/1.b", false},
      {"-*c", "a/1.b", true},    {"a*-*c:*b", "a/1.b", false}, {"a*-*c:*d", "a/1.b", true},
      {"*a*a*", "banana", true}, {"*an?na", "banana", true},   {"*anab", "banana", false},
      {"b***a", "banana", true}, {"A*", "a/1.b", false},
  };
  for (const FilterRow& row : rows) {
    EXPECT_EQ(MatchesFilter(row.filter, row.name), row.matches) << row.filter;
  }
}

TEST(MatchesFilter, TakesNoLongForManyStars) {
  std::string pattern;
  for (int i = 0; i < 1'000; ++i) pattern += "*a";
  EXPECT_FALSE(MatchesFilter(pattern + "b", std::string(10'000, 'a')));
}

}  // namespace
}  // namespace conform
