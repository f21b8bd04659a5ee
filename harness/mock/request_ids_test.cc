#include "mock/request_ids.h"

#include <gtest/gtest.h>

#include <set>

namespace conform {
namespace {

bool IsVersion4(const std::string& id) {
  if (id.size() != 36) return false;
  for (std::size_t i = 0; i < id.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash != (id[i] == '-')) return false;
    if (!dash && std::string("0123456789abcdef").find(id[i]) == std::string::npos) return false;
  }
  return id[14] == '4' && std::string("89ab").find(id[19]) != std::string::npos;
}

TEST(RequestIds, AreVersion4UuidsAndNeverTwiceTheSame) {
  RequestIds ids(1, 2);
  std::set<std::string> seen;
  for (int i = 0; i < 10'000; ++i) {
    const std::string id = ids.Next();
    ASSERT_TRUE(IsVersion4(id)) << id;
    ASSERT_TRUE(seen.insert(id).second) << id;
  }
}

TEST(RequestIds, StartElsewhereInEachServer) {
  EXPECT_NE(RequestIds().Next(), RequestIds().Next());
}

}  // namespace
}  // namespace conform
