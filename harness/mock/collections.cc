#include "mock/collections.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/digest.h"
#include "base/fields.h"
#include "base/json_member.h"
#include "mock/entity_tag.h"

namespace conform {
namespace {

using Json = nlohmann::json;

// Weak: the same item may be written in other bytes (RFC 9110 §8.8.1).
void Tag(Json& item, std::string_view key, std::uint64_t change) {
  item[kTagMember] = fmt::format("W/\"{}\"", NamedUuid(fmt::format("{}/{}", key, change)));
}

auto FindItem(std::vector<Json>& items, const std::string& key_name, std::string_view key) {
  return std::find_if(items.begin(), items.end(),
                      [&](const Json& item) { return TextMember(item, key_name) == key; });
}

// The service alone gives an item its key and its tag.
void SetMembers(Json& item, const std::string& key_name, const Json& change) {
  for (const auto& [name, value] : change.items()) {
    if (name != key_name && name != kTagMember) item[name] = value;
  }
}

}  // namespace

Collections::Collections(const std::vector<const Contract*>& contracts) {
  for (const Contract* contract : contracts) {
    const auto& resource = contract->resource;
    if (!resource || resource->does != MockResource::Does::kList) continue;
    const ResponseRule& success = contract->Success();
    if (success.content.empty()) continue;
    const Json& example = success.content.front().example;
    const auto items = example.is_object() ? example.find("value") : example.end();
    if (!example.is_object() || items == example.end() || !items->is_array()) continue;
    seeds_[resource->collection] = *items;
  }
}

Collections::Collection Collections::Begin(const MockResource& resource) const {
  Collection collection;
  const auto seeds = seeds_.find(resource.collection);
  if (seeds == seeds_.end()) return collection;
  for (Json item : seeds->second) {
    if (!item.is_object()) continue;
    Tag(item, TextMember(item, resource.key), ++collection.changes);
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
  return tenants_.With(tenant, [&](OfTenant& collections) {
    auto found = collections.find(resource.collection);
    if (found == collections.end()) {
      found = collections.emplace(resource.collection, Begin(resource)).first;
    }
    return act(found->second);
  });
}

Json Collections::Create(std::string_view tenant, const MockResource& resource, Json item) {
  return With(tenant, resource, [&](Collection& collection) {
    Tag(item, TextMember(item, resource.key), ++collection.changes);
    if (collection.items.size() >= kMostItems) collection.items.erase(collection.items.begin());
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
    if (!AllowsTag(tag, TextMember(*item, kTagMember))) return ItemChange::kOtherTag;
    SetMembers(*item, resource.key, change);
    Tag(*item, key, ++collection.changes);
    return ItemChange::kDone;
  });
}

Json Collections::Changed(const MockResource& resource, Json item, const Json& change) {
  const std::string before = TextMember(item, kTagMember);
  SetMembers(item, resource.key, change);
  Tag(item, before, 1);
  return item;
}

ItemChange Collections::Delete(std::string_view tenant, const MockResource& resource,
                               std::string_view key, std::string_view tag) {
  return With(tenant, resource, [&](Collection& collection) {
    const auto item = FindItem(collection.items, resource.key, key);
    if (item == collection.items.end()) return ItemChange::kUnknown;
    if (!AllowsTag(tag, TextMember(*item, kTagMember))) return ItemChange::kOtherTag;
    collection.items.erase(item);
    return ItemChange::kDone;
  });
}

}  // namespace conform
