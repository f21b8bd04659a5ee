#include "mock/collections.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "base/digest.h"
#include "base/http_text.h"

namespace conform {
namespace {

using Json = nlohmann::json;

// Weak: the same item may be written in other bytes (RFC 9110 §8.8.1).
void Tag(Json& item, std::string_view key, std::uint64_t change) {
  item[kTagMember] = fmt::format("W/\"{}\"", NamedUuid(fmt::format("{}/{}", key, change)));
}

auto FindItem(std::vector<Json>& items, const std::string& key_name, std::string_view key) {
  return std::find_if(items.begin(), items.end(),
                      [&](const Json& item) { return item.value(key_name, "") == key; });
}

// Weak tags are compared as they are written: OData's are all weak, and If-Match must still do.
bool Allows(std::string_view tags, const Json& item) {
  const std::string own = item.value(kTagMember, "");
  while (!tags.empty()) {
    const std::size_t comma = std::min(tags.find(','), tags.size());
    const std::string_view tag = TrimWhiteSpace(tags.substr(0, comma));
    if (tag == "*" || tag == own) return true;
    tags.remove_prefix(std::min(comma + 1, tags.size()));
  }
  return false;
}

}  // namespace

Collections::Collections(const std::vector<const Contract*>& contracts) {
  for (const Contract* contract : contracts) {
    const auto& resource = contract->resource;
    if (!resource || resource->does != MockResource::Does::kList) continue;
    const ResponseRule& success = contract->Success();
    if (success.content.empty()) continue;
    const Json& example = success.content.front().example;
    if (example.is_object() && example.contains("value")) {
      seeds_[resource->collection] = example["value"];
    }
  }
}

Collections::Collection Collections::Begin(const MockResource& resource) const {
  Collection collection;
  const auto seeds = seeds_.find(resource.collection);
  if (seeds == seeds_.end()) return collection;
  for (Json item : seeds->second) {
    Tag(item, item.value(resource.key, ""), ++collection.changes);
    collection.items.push_back(std::move(item));
  }
  return collection;
}

template <typename Act>
auto Collections::With(std::string_view tenant, const MockResource& resource, Act act) {
  if (tenant.empty()) {
    Collection passing = Begin(resource);
    return act(passing);
  }
  Shard& shard = ShardOf(tenant);
  const std::lock_guard lock(shard.mutex);
  auto& collections = shard.tenants[std::string(tenant)];
  auto found = collections.find(resource.collection);
  if (found == collections.end()) {
    found = collections.emplace(resource.collection, Begin(resource)).first;
  }
  return act(found->second);
}

Json Collections::Create(std::string_view tenant, const MockResource& resource, Json item) {
  return With(tenant, resource, [&](Collection& collection) {
    Tag(item, item.value(resource.key, ""), ++collection.changes);
    collection.items.push_back(item);
    return item;
  });
}

std::optional<Json> Collections::Find(std::string_view tenant, const MockResource& resource,
                                      std::string_view key) {
  return With(tenant, resource, [&](Collection& collection) -> std::optional<Json> {
    const auto item = FindItem(collection.items, resource.key, key);
    return item == collection.items.end() ? std::nullopt : std::optional<Json>(*item);
  });
}

ItemPage Collections::List(std::string_view tenant, const MockResource& resource, std::size_t begin,
                           std::size_t size) {
  return With(tenant, resource, [&](Collection& collection) {
    ItemPage page;
    const std::size_t count = collection.items.size();
    const std::size_t first = std::min(begin, count);
    const std::size_t end = first + std::min(size, count - first);
    page.items.assign(collection.items.begin() + static_cast<std::ptrdiff_t>(first),
                      collection.items.begin() + static_cast<std::ptrdiff_t>(end));
    if (end < count) page.next = end;
    return page;
  });
}

ItemChange Collections::Update(std::string_view tenant, const MockResource& resource,
                               std::string_view key, const Json& change, std::string_view tag) {
  return With(tenant, resource, [&](Collection& collection) {
    const auto item = FindItem(collection.items, resource.key, key);
    if (item == collection.items.end()) return ItemChange::kUnknown;
    if (!Allows(tag, *item)) return ItemChange::kOtherTag;
    for (const auto& [name, value] : change.items()) {
      if (name != resource.key) (*item)[name] = value;
    }
    Tag(*item, key, ++collection.changes);
    return ItemChange::kDone;
  });
}

ItemChange Collections::Delete(std::string_view tenant, const MockResource& resource,
                               std::string_view key, std::string_view tag) {
  return With(tenant, resource, [&](Collection& collection) {
    const auto item = FindItem(collection.items, resource.key, key);
    if (item == collection.items.end()) return ItemChange::kUnknown;
    if (!Allows(tag, *item)) return ItemChange::kOtherTag;
    collection.items.erase(item);
    return ItemChange::kDone;
  });
}

void Collections::Forget(std::string_view tenant) {
  Shard& shard = ShardOf(tenant);
  const std::lock_guard lock(shard.mutex);
  shard.tenants.erase(std::string(tenant));
}

Collections::Shard& Collections::ShardOf(std::string_view tenant) {
  return shards_[std::hash<std::string_view>{}(tenant) % shards_.size()];
}

}  // namespace conform
