#include "contract/status_set.h"

#include <gtest/gtest.h>

#include <initializer_list>

namespace conform {
namespace {

StatusSet MakeSet(std::initializer_list<std::string_view> texts) {
  StatusSet set;
  for (const std::string_view text : texts) EXPECT_TRUE(set.Add(text)) << text;
  return set;
}

TEST(StatusSet, TakesNumbersAndClassesAlone) {
  for (const char* text : {"100", "204", "599", "1xx", "5xx"}) {
    StatusSet set;
    EXPECT_TRUE(set.Add(text)) << text;
    EXPECT_FALSE(set.empty()) << text;
  }
  for (const char* text : {"", "99", "600", "0xx", "6xx", "20x", "2Xx", "2XX", "2xxx", "0204",
                           "204 ", "+20", "xxx", "4.0"}) {
    StatusSet set;
    EXPECT_FALSE(set.Add(text)) << text;
    EXPECT_TRUE(set.empty()) << text;
  }
}

TEST(StatusSet, ContainsWhatItsRangesCover) {
  const StatusSet set = MakeSet({"204", "4xx"});
  for (const int status : {204, 400, 404, 499}) EXPECT_TRUE(set.Contains(status)) << status;
  for (const int status : {0, 200, 203, 205, 399, 500})
    EXPECT_FALSE(set.Contains(status)) << status;
  EXPECT_FALSE(StatusSet{}.Contains(204));
}

TEST(StatusSet, NamesWhatStandsThereItself) {
  const StatusSet set = MakeSet({"429", "404", "5xx"});
  for (const int status : {429, 404}) EXPECT_TRUE(set.Names(status)) << status;
  for (const int status : {503, 500, 400}) EXPECT_FALSE(set.Names(status)) << status;
}

TEST(StatusSet, IsSingleWithOneNumberOnly) {
  EXPECT_EQ(MakeSet({"204"}).Single(), 204);
  EXPECT_EQ(MakeSet({"2xx"}).Single(), std::nullopt);
  EXPECT_EQ(MakeSet({"200", "204"}).Single(), std::nullopt);
  EXPECT_EQ(StatusSet{}.Single(), std::nullopt);
}

TEST(StatusSet, DescribesItselfInWrittenOrder) {
  EXPECT_EQ(MakeSet({"204"}).Describe(), "204");
  EXPECT_EQ(MakeSet({"204", "200"}).Describe(), "204 or 200");
  EXPECT_EQ(MakeSet({"200", "204", "4xx"}).Describe(), "200, 204 or 4xx");
  EXPECT_EQ(StatusSet{}.Describe(), "");
}

TEST(StatusSet, KnowsSuccessAndRefusal) {
  struct {
    StatusSet set;
    bool success;
    bool refusal;
  } const rows[] = {
      {MakeSet({"204"}), true, false},
      {MakeSet({"2xx"}), true, false},
      {MakeSet({"404", "299"}), true, false},
      {MakeSet({"400", "4xx"}), false, true},
      {MakeSet({"4xx", "500"}), false, false},
      {MakeSet({"199", "300"}), false, false},
      {StatusSet{}, false, false},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(row.set.HasSuccess(), row.success) << row.set.Describe();
    EXPECT_EQ(row.set.IsRefusal(), row.refusal) << row.set.Describe();
  }
}

}  // namespace
}  // namespace conform
