#include "run/tenant_pool.h"

#include <gtest/gtest.h>

#include "verdict/sample_bench.h"

namespace conform {
namespace {

class TenantPoolTest : public testing::Test {
 protected:
  static std::string CaseAs(const char* identity) {
    return SampleCase("[sync.204]", identity, kWithToken, "  status: 204\n");
  }

  const SampleBench bench_{CaseAs("delegated_work")};
  const SampleBench other_{CaseAs("application")};
  std::vector<std::string> forgotten_;
  TenantPool pool_{"", [this](std::string_view tenant) { forgotten_.emplace_back(tenant); }};
};

TEST_F(TenantPoolTest, GivesEachTestUnderWayATenantOfItsOwn) {
  const std::string first = pool_.Take(bench_.test(), "Sync");
  EXPECT_NE(pool_.Take(bench_.test(), "Sync"), first);
  EXPECT_EQ(forgotten_, std::vector<std::string>{});
}

TEST_F(TenantPoolTest, UsesATenantAgainOnceItIsForgotten) {
  const std::string tenant = pool_.Take(bench_.test(), "Sync");
  pool_.GiveBack(bench_.test(), "Sync", tenant);
  EXPECT_EQ(forgotten_, std::vector<std::string>{tenant});
  EXPECT_EQ(pool_.Take(bench_.test(), "Sync"), tenant);
  EXPECT_NE(pool_.Take(bench_.test(), "Sync"), tenant);
}

TEST_F(TenantPoolTest, KeepsApartWhoseTokensDiffer) {
  const std::string tenant = pool_.Take(bench_.test(), "Sync");
  pool_.GiveBack(bench_.test(), "Sync", tenant);
  EXPECT_NE(pool_.Take(bench_.test(), "Read"), tenant);
  EXPECT_NE(pool_.Take(other_.test(), "Sync"), tenant);
}

TEST_F(TenantPoolTest, UsesNoneAgainOnAMockThatDoesNotForget) {
  TenantPool pool("nonce", nullptr);
  const std::string tenant = pool.Take(bench_.test(), "Sync");
  pool.GiveBack(bench_.test(), "Sync", tenant);
  EXPECT_NE(pool.Take(bench_.test(), "Sync"), tenant);
  EXPECT_NE(TenantPool("another", nullptr).Take(bench_.test(), "Sync"), tenant);
}

}  // namespace
}  // namespace conform
