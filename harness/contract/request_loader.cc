#include "contract/request_loader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "contract/content_loader.h"
#include "contract/path_template.h"
#include "contract/spelling.h"

namespace conform {
namespace {

constexpr Spelling kServerSpelling = {
    IsServerAddress, "a server's address",
    "write an https origin and the API version's path, without a slash at the end, e.g. "
    "https://graph.microsoft.com/beta (http only to loopback)"};

constexpr std::array<std::string_view, 9> kKnownMethods = {
    "CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE"};

std::string LoadMethod(const YamlContext& context, MapReader& reader) {
  const std::string method = RequireSpelled(context, reader, "method", kTokenSpelling);
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
    std::string path = ReadSpelled(context, "path", *node, node->span, kPathSpelling);
    if (path.empty()) continue;
    if (std::find(paths.begin(), paths.end(), path) != paths.end()) {
      context.Complain(node->span, fmt::format("path '{}' is listed twice", path));
    }
    paths.push_back(std::move(path));
  }
  return paths;
}

constexpr std::array kPlaces = {NamedValue<Parameter::In>{"path", Parameter::In::kPath},
                                NamedValue<Parameter::In>{"query", Parameter::In::kQuery}};

Parameter LoadParameter(const YamlContext& context, const YamlNode& item, FactList& facts) {
  Parameter parameter;
  MapReader reader(context, item, "a parameter", item.span);
  if (!reader.valid()) return parameter;
  parameter.name = RequireSpelled(context, reader, "name", kLineSpelling);
  if (!parameter.name.empty()) {
    const std::string fact = "parameters." + parameter.name;
    if (facts.Has(fact)) {
      context.Complain(reader.Find("name")->value.span,
                       fmt::format("parameter '{}' is written twice", parameter.name));
    } else {
      facts.Add(fact, reader.Find("name")->value.span);
    }
  }
  reader.Require("in");
  parameter.in = reader.OneOf<Parameter::In>("in", kPlaces).value_or(Parameter::In::kQuery);
  const bool in_path = parameter.in == Parameter::In::kPath;
  parameter.required = reader.Bool("required").value_or(in_path);
  if (in_path && !parameter.required) {
    context.Complain(reader.Find("required")->value.span,
                     fmt::format("path parameter '{}' cannot be left out", parameter.name),
                     "write `required: true`, or leave the key out");
  }
  parameter.schema = LoadSchema(context, reader);
  reader.Finish();
  return parameter;
}

/// Every `{name}` of a path has its parameter, and every path parameter its `{name}` in each path.
void CheckPathParameters(const YamlContext& context, MapReader& reader, const Contract& contract,
                         const FactList& facts) {
  const YamlEntry* entry = reader.Find("path");
  if (entry == nullptr) return;
  for (const std::string& path : contract.paths) {
    const std::vector<std::string> names = PlaceholdersOf(path);
    for (const std::string& name : names) {
      const bool declared = std::any_of(
          contract.parameters.begin(), contract.parameters.end(), [&](const Parameter& parameter) {
            return parameter.in == Parameter::In::kPath && parameter.name == name;
          });
      if (declared) continue;
      context.Complain(BlameSpan(*entry),
                       fmt::format("path '{}' has {{{}}}, but no path parameter is named so", path,
                                   name),
                       fmt::format("add {{name: {}, in: path, schema: {{type: string}}}} to "
                                   "parameters",
                                   name));
    }
    for (const Parameter& parameter : contract.parameters) {
      if (parameter.in != Parameter::In::kPath || parameter.name.empty()) continue;
      if (std::find(names.begin(), names.end(), parameter.name) != names.end()) continue;
      const std::string fact = "parameters." + parameter.name;
      const auto found = std::find_if(facts.facts().begin(), facts.facts().end(),
                                      [&](const Fact& known) { return known.name == fact; });
      context.Complain(found->span,
                       fmt::format("path parameter '{}' does not stand in path '{}'",
                                   parameter.name, path),
                       fmt::format("write {{{}}} where its value goes", parameter.name));
    }
  }
}

void LoadParameters(const YamlContext& context, MapReader& reader, Contract& contract,
                    FactList& facts) {
  if (const YamlEntry* entry = reader.Find("parameters")) {
    if (entry->value.kind != YamlNode::Kind::kSequence) {
      context.Complain(BlameSpan(*entry),
                       fmt::format("parameters is {}, not a list", DescribeKind(entry->value)),
                       "write a list of {name, in, required, schema}");
    }
    for (const YamlNode& item : entry->value.items) {
      contract.parameters.push_back(LoadParameter(context, item, facts));
    }
  }
  CheckPathParameters(context, reader, contract, facts);
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
  if (!reader.valid()) return header;
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
