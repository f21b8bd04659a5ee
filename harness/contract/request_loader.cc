#include "contract/request_loader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/http_text.h"
#include "contract/content_loader.h"
#include "contract/parameter_loader.h"
#include "contract/path_template.h"
#include "contract/spelling.h"

namespace conform {
namespace {

constexpr SpellingRule kServerSpelling = {
    IsServerAddress, "a server's address",
    "write an https origin and the API version's path, without a slash at the end, e.g. "
    "https://graph.microsoft.com/beta (http only to loopback)"};

constexpr std::array<std::string_view, 9> kKnownMethods = {
    "CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE"};

std::string LoadMethod(const YamlContext& context, MapReader& reader) {
  std::string method = RequireSpelled(context, reader, "method", kTokenSpelling);
  std::string upper = method;
  std::transform(upper.begin(), upper.end(), upper.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  const bool known =
      std::find(kKnownMethods.begin(), kKnownMethods.end(), upper) != kKnownMethods.end();
  if (known && upper != method) {
    context.Complain(reader.Find("method")->value.span,
                     fmt::format("method '{}' is not '{}': case counts", method, upper),
                     fmt::format("write `method: {}`", upper));
  }
  return method;
}

std::vector<std::string> LoadPaths(const YamlContext& context, MapReader& reader) {
  std::vector<std::string> paths;
  const YamlEntry* entry = reader.Require("path");
  if (entry == nullptr) return paths;
  std::vector<const YamlNode*> nodes;
  if (entry->value.kind == YamlNode::Kind::kSequence) {
    for (const YamlNode& item : entry->value.items) nodes.push_back(&item);
    if (nodes.empty()) context.Complain(BlameSpan(*entry), "path is an empty list");
  } else {
    nodes.push_back(&entry->value);
  }
  for (const YamlNode* node : nodes) {
    std::string path = ReadSpelled(context, "'path'", *node, node->span, kPathSpelling);
    if (path.empty()) continue;
    if (std::find(paths.begin(), paths.end(), path) != paths.end()) {
      context.Complain(node->span, fmt::format("path '{}' is listed twice", path));
    }
    paths.push_back(std::move(path));
  }
  return paths;
}

HeaderRule LoadHeader(const YamlContext& context, const YamlEntry& entry, bool repeated) {
  HeaderRule header;
  header.name = entry.key;
  if (!IsToken(entry.key)) {
    context.Complain(entry.key_span, fmt::format("'{}' is no field name", entry.key),
                     std::string(kTokenSpelling.advice));
  }
  if (repeated) {
    context.Complain(entry.key_span, fmt::format("header '{}' is written twice", entry.key),
                     "field names do not depend on case");
  }
  MapReader reader(context, entry.value, "headers." + entry.key, BlameSpan(entry));
  header.required = reader.Bool("required").value_or(false);
  if (entry.key == "Authorization") {
    if (reader.Find("scheme") != nullptr) {
      header.scheme = RequireSpelled(context, reader, "scheme", kTokenSpelling);
    }
  }
  if (reader.Find("value") != nullptr) {
    header.value = RequireSpelled(context, reader, "value", kLineSpelling);
  }
  reader.Finish();
  return header;
}

void LoadHeaders(const YamlContext& context, const YamlEntry& entry, Contract& contract,
                 FactList& facts) {
  if (entry.value.kind != YamlNode::Kind::kMapping) {
    context.Complain(BlameSpan(entry),
                     fmt::format("headers is {}, not a mapping", DescribeKind(entry.value)),
                     "write e.g. headers: {Accept: {value: application/json}}");
    return;
  }
  for (const YamlEntry& header : entry.value.entries) {
    const bool repeated = contract.FindHeader(header.key) != nullptr;
    contract.headers.push_back(LoadHeader(context, header, repeated));
    facts.Add("headers." + header.key, header.key_span);
  }
}

/// Adds the fact that stands under `key`, if it does.
void AddFact(MapReader& reader, std::string_view key, FactList& facts) {
  if (const YamlEntry* entry = reader.Find(key)) facts.Add(entry->key, entry->key_span);
}

}  // namespace

void LoadRequest(const YamlContext& context, MapReader& reader, Contract& contract,
                 FactList& facts) {
  contract.server = RequireSpelled(context, reader, "server", kServerSpelling);
  contract.method = LoadMethod(context, reader);
  contract.paths = LoadPaths(context, reader);
  for (const std::string_view key : {"server", "method", "path", "requestBody"}) {
    AddFact(reader, key, facts);
  }
  LoadParameters(context, reader, contract, facts);
  if (const YamlEntry* headers = reader.Find("headers")) {
    LoadHeaders(context, *headers, contract, facts);
  }
  if (const YamlEntry* body = reader.Find("requestBody")) {
    contract.request_body = LoadRequestBody(context, *body);
  }
}

}  // namespace conform
