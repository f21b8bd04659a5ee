#include "mock/entity_tag.h"

#include <gtest/gtest.h>

namespace conform {
namespace {

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

}  // namespace
}  // namespace conform
