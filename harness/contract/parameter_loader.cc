#include "contract/parameter_loader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "contract/content_loader.h"
#include "contract/path_template.h"
#include "contract/spelling.h"

namespace conform {
namespace {

constexpr std::array kPlaces = {NamedValue<Parameter::In>{"path", Parameter::In::kPath},
                                NamedValue<Parameter::In>{"query", Parameter::In::kQuery},
                                NamedValue<Parameter::In>{"header", Parameter::In::kHeader},
                                NamedValue<Parameter::In>{"cookie", Parameter::In::kCookie}};

/// A header's and a cookie's name are tokens (RFC 9110 §5.1, RFC 6265 §4.1.1).
void CheckName(const YamlContext& context, MapReader& reader, const Parameter& parameter) {
  const bool token =
      parameter.in == Parameter::In::kHeader || parameter.in == Parameter::In::kCookie;
  const bool elsewhere = parameter.in == Parameter::In::kHeader &&
                         (parameter.name == "Authorization" || parameter.name == "Accept" ||
                          parameter.name == "Content-Type");
  if (elsewhere) {
    context.Complain(
        reader.Find("name")->value.span, fmt::format("{} is no parameter", parameter.name),
        fmt::format("write it under `headers:`, e.g. headers: {{{}: {{…}}}}", parameter.name));
  }
  if (!token || parameter.name.empty() || IsToken(parameter.name)) return;
  context.Complain(reader.Find("name")->value.span,
                   fmt::format("'{}' is no {}'s name", parameter.name, NameOf(parameter.in)),
                   std::string(kTokenSpelling.advice));
}

/// What lets the caller in is no part of an address.
bool LoadKey(const YamlContext& context, MapReader& reader, bool in_path) {
  const bool key = reader.Bool("key").value_or(false);
  if (key && in_path) {
    context.Complain(BlameSpan(*reader.Find("key")), "a key does not stand in the path",
                     "keys stand in a header, the query or a cookie");
  }
  return key;
}

std::string LoadName(const YamlContext& context, MapReader& reader, FactList& facts) {
  std::string name = RequireSpelled(context, reader, "name", kLineSpelling);
  if (name.empty()) return name;
  const Span& span = reader.Find("name")->value.span;
  if (facts.Has("parameters." + name)) {
    context.Complain(span, fmt::format("parameter '{}' is written twice", name));
  } else {
    facts.Add("parameters." + name, span);
  }
  return name;
}

Parameter LoadParameter(const YamlContext& context, const YamlNode& item, FactList& facts) {
  Parameter parameter;
  MapReader reader(context, item, "a parameter", item.span);
  parameter.name = LoadName(context, reader, facts);
  if (reader.Require("in") != nullptr) {
    parameter.in = reader.OneOf<Parameter::In>("in", kPlaces).value_or(Parameter::In::kQuery);
  }
  const bool in_path = parameter.in == Parameter::In::kPath;
  parameter.required = reader.Bool("required").value_or(in_path);
  if (in_path && !parameter.required) {
    context.Complain(BlameSpan(*reader.Find("required")),
                     fmt::format("path parameter '{}' cannot be left out", parameter.name),
                     "write `required: true`, or leave the key out");
  }
  parameter.schema = LoadSchema(context, reader).text;
  parameter.key = LoadKey(context, reader, in_path);
  CheckName(context, reader, parameter);
  reader.Finish();
  return parameter;
}

bool Holds(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// Every `{name}` of `path` has its parameter.
void CheckPlaceholders(const YamlContext& context, const Contract& contract,
                       const std::string& path, const Span& blame) {
  for (const std::string& name : PlaceholdersOf(path)) {
    const bool declared = std::any_of(
        contract.parameters.begin(), contract.parameters.end(), [&](const Parameter& parameter) {
          return parameter.in == Parameter::In::kPath && parameter.name == name;
        });
    if (declared) continue;
    context.Complain(
        blame, fmt::format("path '{}' has {{{}}}, but no path parameter is named so", path, name),
        fmt::format("add {{name: {}, in: path, schema: {{type: string}}}} to parameters", name));
  }
}

/// Every path parameter stands in one of the paths.
void CheckParameters(const YamlContext& context, const Contract& contract, const FactList& facts) {
  if (contract.paths.empty()) return;
  for (const Parameter& parameter : contract.parameters) {
    if (parameter.in != Parameter::In::kPath || parameter.name.empty()) continue;
    const bool stands = std::any_of(
        contract.paths.begin(), contract.paths.end(),
        [&](const std::string& path) { return Holds(PlaceholdersOf(path), parameter.name); });
    if (stands) continue;
    const std::string where =
        contract.paths.size() == 1 ? fmt::format("path '{}'", contract.paths.front()) : "any path";
    context.Complain(facts.SpanOf("parameters." + parameter.name),
                     fmt::format("path parameter '{}' does not stand in {}", parameter.name, where),
                     fmt::format("write {{{}}} where its value goes", parameter.name));
  }
}

}  // namespace

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
  const YamlEntry* path_entry = reader.Find("path");
  for (const std::string& path : contract.paths) {
    CheckPlaceholders(context, contract, path, BlameSpan(*path_entry));
  }
  CheckParameters(context, contract, facts);
}

}  // namespace conform
