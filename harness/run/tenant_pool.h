// The mock's tenants that tests run in.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "case/test.h"

namespace conform {

/// Whether no answer hangs on what was asked before, nor on the time: such tests can share a
/// tenant.
bool IsStateless(const Test& test);

/// Of each test that leaves something behind, a tenant for as long as it runs. A tenant is used
/// again by tests with the same identity: signing a token takes longer than several exchanges.
/// Safe to use from several threads.
class TenantPool {
 public:
  /// `nonce` tells its tenants from another run's on the same mock. `forget` makes a tenant as it
  /// was before its first request; empty: none is used again.
  TenantPool(std::string nonce, std::function<void(std::string_view)> forget);

  /// One in which nothing has happened yet, and whose tokens hold `permissions`.
  std::string Take(const Test& test, const std::string& permissions);
  /// No request of `test`, which took it, is under way any more.
  void GiveBack(const Test& test, const std::string& permissions, const std::string& tenant);

 private:
  const std::string nonce_;
  const std::string stateless_;  // of all tests that leave nothing behind
  const std::function<void(std::string_view)> forget_;
  std::mutex mutex_;
  std::size_t made_ = 0;
  std::map<std::string, std::vector<std::string>> free_;  // by what tells tokens apart
};

}  // namespace conform
