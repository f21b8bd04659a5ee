#include "mock/tenant_map.h"

#include <gtest/gtest.h>

namespace conform {
namespace {

bool Knows(TenantMap<int>& map, const std::string& tenant) {
  return map.WithKnown(tenant, [](const int* state) { return state != nullptr; });
}

TEST(TenantMap, KeepsWhatATenantHasUntilItIsForgotten) {
  TenantMap<int> map;
  EXPECT_EQ(map.With("a", [](int& state) { return ++state; }), 1);
  EXPECT_EQ(map.With("a", [](int& state) { return ++state; }), 2);
  EXPECT_FALSE(Knows(map, "b"));
  EXPECT_FALSE(Knows(map, "b"));
  map.Forget("a");
  map.Forget("b");
  EXPECT_FALSE(Knows(map, "a"));
  EXPECT_EQ(map.With("a", [](int& state) { return ++state; }), 1);
}

TEST(TenantMap, ForgetsThoseAskedForLeastLatelyWhereTheyAreTooMany) {
  constexpr int kMany = 1000;
  TenantMap<int> map(64);
  for (int i = 0; i < kMany; ++i) {
    map.With("kept", [](int& state) { return ++state; });
    map.With(std::to_string(i), [](int& state) { return ++state; });
  }
  EXPECT_EQ(map.With("kept", [](const int& state) { return state; }), kMany);
  int known = 0;
  for (int i = 0; i < kMany; ++i) known += Knows(map, std::to_string(i)) ? 1 : 0;
  EXPECT_LE(known, 63);
  EXPECT_TRUE(Knows(map, std::to_string(kMany - 1)));
}

}  // namespace
}  // namespace conform
