// The items of the collections that the mock keeps, each tenant's its own.
#pragma once

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "contract/contract.h"
#include "mock/tenant_map.h"

namespace conform {

/// The member of an item that holds its tag.
inline constexpr std::string_view kTagMember = "@odata.etag";

/// Of one tenant's collection.
inline constexpr std::size_t kMostItems = 10'000;

/// Some of a collection's items, in the order in which they were created.
struct ItemPage {
  std::vector<nlohmann::json> items;
  std::optional<std::size_t> next;  ///< where the next page begins; nothing after the last.
};

/// What came of changing an item.
enum class ItemChange { kDone, kUnknown, kOtherTag };

/// A tenant begins with the items of the list's example. Every item has an `@odata.etag`, new with
/// each change. An empty tenant keeps nothing. Safe to use from several threads.
class Collections {
 public:
  using Json = nlohmann::json;

  explicit Collections(const std::vector<const Contract*>& contracts);

  /// Adds `item`, which has its key, and gives it back with its tag. A mock may run for weeks:
  /// where there are kMostItems, the oldest goes.
  Json Create(std::string_view tenant, const MockResource& resource, Json item);
  /// Nothing where there is no item of that key.
  std::optional<Json> Find(std::string_view tenant, const MockResource& resource,
                           std::string_view key);
  /// At most `size` items from the one at `begin`.
  ItemPage List(std::string_view tenant, const MockResource& resource, std::size_t begin,
                std::size_t size);
  /// Sets the members of `change`, but for key and tag. `tag`: If-Match's value.
  ItemChange Update(std::string_view tenant, const MockResource& resource, std::string_view key,
                    const Json& change, std::string_view tag);
  /// What Update would make of `item`, with a tag of its own; nothing is kept.
  static Json Changed(const MockResource& resource, Json item, const Json& change);
  /// Of this tenant all is as it was at its begin.
  void Forget(std::string_view tenant) { tenants_.Forget(tenant); }
  ItemChange Delete(std::string_view tenant, const MockResource& resource, std::string_view key,
                    std::string_view tag);

 private:
  struct Collection {
    std::vector<Json> items;
    std::uint64_t changes = 0;
  };
  using OfTenant = std::map<std::string, Collection, std::less<>>;

  // Calls `act` with the tenant's collection, alone.
  template <typename Act>
  auto With(std::string_view tenant, const MockResource& resource, Act act);
  Collection Begin(const MockResource& resource) const;

  std::map<std::string, Json, std::less<>> seeds_;  // by collection: the items it begins with.
  TenantMap<OfTenant> tenants_;
};

}  // namespace conform
