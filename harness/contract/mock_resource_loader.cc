#include "contract/mock_resource_loader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "contract/path_template.h"
#include "contract/spelling.h"

namespace conform {
namespace {

using Does = MockResource::Does;

constexpr std::array kDoes = {
    NamedValue<Does>{"create", Does::kCreate}, NamedValue<Does>{"read", Does::kRead},
    NamedValue<Does>{"list", Does::kList}, NamedValue<Does>{"update", Does::kUpdate},
    NamedValue<Does>{"delete", Does::kDelete}};

constexpr std::int64_t kLargestPage = 1000;

constexpr SpellingRule kStateNameSpelling = {
    IsSetName, "a state",
    "name a state that the other operation's `mock:` gives a "
    "length, e.g. in_progress"};
constexpr SpellingRule kOtherOperationSpelling = {
    IsOperationName, "an operation's name", "name the operation whose success begins the state"};

/// The JSON example of the answer to a proper request; null where there is none.
nlohmann::json SuccessExample(const Contract& contract) {
  for (const ResponseRule& response : contract.responses) {
    if (response.when.kind != Condition::Kind::kSuccess || response.content.empty()) continue;
    return response.content.front().example;
  }
  return nullptr;
}

ShownState LoadShownState(const YamlContext& context, const YamlEntry& entry,
                          const nlohmann::json& example) {
  ShownState shown;
  shown.member = entry.key;
  if (!example.contains(entry.key)) {
    context.Complain(entry.key_span,
                     fmt::format("the success answer's example has no member '{}'", entry.key),
                     "the mock shows states in members of the example");
  }
  MapReader reader(context, entry.value, "shows." + entry.key, BlameSpan(entry));
  shown.operation = RequireSpelled(context, reader, "of", kOtherOperationSpelling);
  shown.state = RequireSpelled(context, reader, "while", kStateNameSpelling);
  shown.before = RequireSpelled(context, reader, "before", kLineSpelling);
  shown.during = RequireSpelled(context, reader, "during", kLineSpelling);
  shown.after = RequireSpelled(context, reader, "after", kLineSpelling);
  reader.Finish();
  return shown;
}

void LoadShows(const YamlContext& context, const YamlEntry& entry, const Contract& contract,
               MockResource& resource) {
  if (entry.value.entries.empty()) {
    context.Complain(BlameSpan(entry), "shows is no map of members",
                     "write e.g. shows: {syncStatus: {of: OPERATION, while: STATE, before: …, "
                     "during: …, after: …}}");
    return;
  }
  const nlohmann::json example = SuccessExample(contract);
  for (const YamlEntry& member : entry.value.entries) {
    resource.shows.push_back(LoadShownState(context, member, example));
  }
}

bool NamesItem(Does does) {
  return does == Does::kRead || does == Does::kUpdate || does == Does::kDelete;
}

bool TakesContent(Does does) { return does == Does::kCreate || does == Does::kUpdate; }

/// Whether path, request body and example fit what the operation does to the collection.
void CheckFit(const YamlContext& context, const YamlEntry& does, const Contract& contract,
              const MockResource& resource) {
  const Span& span = does.value.span;
  for (const std::string& path : contract.paths) {
    const std::size_t names = PlaceholdersOf(path).size();
    if (names == (NamesItem(resource.does) ? 1U : 0U)) continue;
    context.Complain(span,
                     fmt::format("'{}' does not fit path '{}', which has {} parameters",
                                 does.value.scalar, path, names),
                     "read, update and delete name one item by one path parameter; create and "
                     "list name none");
  }
  if (TakesContent(resource.does) && contract.request_body.content.empty()) {
    context.Complain(span, fmt::format("'{}' needs a request body", does.value.scalar),
                     "write requestBody: {required: true, content: {application/json: {…}}}");
  }
  const nlohmann::json example = SuccessExample(contract);
  if (resource.does != Does::kList) return;
  const auto items = example.is_object() ? example.find("value") : example.end();
  const bool is_list = example.is_object() && items != example.end() && items->is_array();
  const bool keyed =
      is_list && std::all_of(items->begin(), items->end(), [&](const nlohmann::json& item) {
        const auto key = item.find(resource.key);
        return item.is_object() && key != item.end() && key->is_string();
      });
  if (!keyed) {
    context.Complain(span,
                     fmt::format("the success answer's example is no object whose member value "
                                 "lists items with a text '{}'",
                                 resource.key),
                     "a tenant begins with the items of the list's example");
  }
}

void LoadCollection(const YamlContext& context, MapReader& reader, const Contract& contract,
                    MockResource& resource) {
  resource.collection = RequireSpelled(context, reader, "collection", kLineSpelling);
  const YamlEntry* collection = reader.Find("collection");
  if (collection != nullptr) resource.key_span = collection->value.span;
  if (const YamlEntry* key = reader.Find("key")) {
    resource.key = RequireSpelled(context, reader, "key", kLineSpelling);
    resource.key_span = key->value.span;
  }
  const YamlEntry* does = reader.Require("does");
  const auto known = does == nullptr ? std::nullopt : reader.OneOf<Does>("does", kDoes);
  const auto page_size = reader.Integer("page_size", 1, kLargestPage);
  if (!known) return;
  resource.does = *known;
  resource.page_size = static_cast<std::size_t>(page_size.value_or(0));
  if (page_size && *known != Does::kList) {
    context.Complain(reader.Find("page_size")->key_span,
                     fmt::format("'{}' has no pages", does->value.scalar),
                     "page_size goes with `does: list`");
  }
  CheckFit(context, *does, contract, resource);
}

}  // namespace

void LoadMockResource(const YamlContext& context, MapReader& reader, Contract& contract) {
  const YamlEntry* entry = reader.Find("resource");
  if (entry == nullptr) return;
  MapReader block(context, entry->value, "resource", BlameSpan(*entry));
  MockResource resource;
  const YamlEntry* shows = block.Find("shows");
  const bool keeps = block.Find("collection") != nullptr || block.Find("does") != nullptr;
  if (shows != nullptr && keeps) {
    context.Complain(shows->key_span, "resource has both `shows` and a collection",
                     "an operation shows states, or acts on a collection");
  }
  if (shows != nullptr) {
    LoadShows(context, *shows, contract, resource);
  } else {
    LoadCollection(context, block, contract, resource);
  }
  if (shows == nullptr || !keeps) block.Finish();
  contract.resource = std::move(resource);
}

void CheckCollectionKeys(const std::vector<Contract>& contracts, Diagnostics& diagnostics) {
  std::map<std::string_view, const Contract*> firsts;
  for (const Contract& contract : contracts) {
    if (!contract.resource || contract.resource->collection.empty()) continue;
    const MockResource& resource = *contract.resource;
    const Contract& first = *firsts.try_emplace(resource.collection, &contract).first->second;
    if (first.resource->key == resource.key) continue;
    diagnostics.Add(
        *contract.source, resource.key_span,
        fmt::format("the items of '{}' are named by '{}' here, by '{}' in {}", resource.collection,
                    resource.key, first.resource->key, first.source->path()),
        "a collection has one `key` in all its contracts");
  }
}

}  // namespace conform
