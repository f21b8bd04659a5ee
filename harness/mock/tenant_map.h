// What the mock keeps for each tenant.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <functional>
#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace conform {

/// Of how many tenants something is kept.
inline constexpr std::size_t kMostTenants = std::size_t{16} * 1024;

/// A mock may run for weeks, and each test has a tenant of its own: where there are too many, one
/// of those that were asked for least lately is forgotten. Safe to use from several threads.
template <typename State>
class TenantMap {
 public:
  explicit TenantMap(std::size_t capacity = kMostTenants)
      : capacity_(std::max<std::size_t>(capacity / kShards, 1)) {}

  /// What `act` gives back for the tenant's state, which nobody else has at that time. One that is
  /// not known begins as `State()`.
  template <typename Act>
  auto With(std::string_view tenant, Act act) {
    Shard& shard = ShardOf(tenant);
    const std::lock_guard lock(shard.mutex);
    if (State* const known = shard.Find(tenant)) return act(*known);
    if (shard.by_name.size() >= capacity_) shard.Erase(shard.entries.back().tenant);
    return act(shard.Add(tenant));
  }

  /// The same; null where the tenant is not known, which it then still is not.
  template <typename Act>
  auto WithKnown(std::string_view tenant, Act act) {
    Shard& shard = ShardOf(tenant);
    const std::lock_guard lock(shard.mutex);
    return act(shard.Find(tenant));
  }

  void Forget(std::string_view tenant) {
    Shard& shard = ShardOf(tenant);
    const std::lock_guard lock(shard.mutex);
    shard.Erase(tenant);
  }

 private:
  struct Entry {
    std::string tenant;
    State state;
  };

  struct Shard {
    State* Find(std::string_view tenant) {
      const auto found = by_name.find(tenant);
      if (found == by_name.end()) return nullptr;
      entries.splice(entries.begin(), entries, found->second);
      return &found->second->state;
    }
    State& Add(std::string_view tenant) {
      entries.push_front(Entry{std::string(tenant), State()});
      by_name.emplace(entries.front().tenant, entries.begin());
      return entries.front().state;
    }
    void Erase(std::string_view tenant) {
      const auto found = by_name.find(tenant);
      if (found == by_name.end()) return;
      const auto entry = found->second;
      by_name.erase(found);
      entries.erase(entry);
    }

    std::mutex mutex;
    std::list<Entry> entries;  // the one asked for last comes first.
    std::unordered_map<std::string_view, typename std::list<Entry>::iterator> by_name;
  };

  static constexpr std::size_t kShards = 16;

  Shard& ShardOf(std::string_view tenant) {
    return shards_[std::hash<std::string_view>{}(tenant) % kShards];
  }

  const std::size_t capacity_;  // of a shard.
  std::array<Shard, kShards> shards_;
};

}  // namespace conform
