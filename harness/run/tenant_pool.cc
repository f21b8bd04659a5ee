#include "run/tenant_pool.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/digest.h"
#include "run/effect.h"

namespace conform {
namespace {

std::string TokensOf(const Test& test, const std::string& permissions) {
  return fmt::format("{} {}", NameOf(test.test_case->identity.kind), permissions);
}

}  // namespace

bool IsStateless(const Test& test) {
  const auto& contracts = test.plan->contracts;
  const bool promised = std::all_of(contracts.begin(), contracts.end(), [](const Contract* each) {
    return each != nullptr && each->mock_lasts.empty() && !each->resource &&
           each->responses.size() == 1;
  });
  return promised && TotalWait(*test.test_case) == std::chrono::milliseconds(0);
}

TenantPool::TenantPool(std::string nonce, std::function<void(std::string_view)> forget)
    : nonce_(std::move(nonce)),
      stateless_(NamedUuid(nonce_ + "/stateless")),
      forget_(std::move(forget)) {}

std::string TenantPool::Take(const Test& test, const std::string& permissions) {
  if (IsStateless(test)) return stateless_;
  const std::lock_guard lock(mutex_);
  std::vector<std::string>& free = free_[TokensOf(test, permissions)];
  if (free.empty()) return NamedUuid(fmt::format("{}/{}", nonce_, ++made_));
  std::string tenant = std::move(free.back());
  free.pop_back();
  return tenant;
}

void TenantPool::GiveBack(const Test& test, const std::string& permissions,
                          const std::string& tenant) {
  if (!forget_ || IsStateless(test)) return;
  forget_(tenant);
  const std::lock_guard lock(mutex_);
  free_[TokensOf(test, permissions)].push_back(tenant);
}

}  // namespace conform
