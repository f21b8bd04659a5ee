#include "contract/protocol_loader.h"

#include <fmt/format.h>

#include <array>

#include "base/http_text.h"
#include "contract/clause_loader.h"
#include "contract/clause_source_loader.h"
#include "contract/spelling.h"

namespace conform {
namespace {

constexpr SpellingRule kSetSpelling = {IsSetName, "a set's name",
                                       "use lower-case letters, digits and underscores"};

constexpr std::array kRefusals = {Refusal::kNoLength,     Refusal::kPath,
                                  Refusal::kMethod,       Refusal::kNoToken,
                                  Refusal::kBadToken,     Refusal::kUnsupportedAccount,
                                  Refusal::kNoPermission, Refusal::kPrecondition};

/// `graph.refusal.no_token`, where the set is `graph`.
std::string RefusalClauseId(std::string_view set, std::string_view name) {
  return fmt::format("{}.refusal.{}", set, name);
}

StatusSet LoadStatuses(const YamlContext& context, MapReader& reader, std::string_view key) {
  StatusSet statuses;
  for (const auto& [text, span] : ReadPlacedTexts(reader, key)) {
    if (statuses.Add(text)) continue;
    context.Complain(span, fmt::format("'{}' is no status code or class", text),
                     "write a number from 100 to 599, or 1xx to 5xx");
  }
  return statuses;
}

std::vector<std::string> LoadMethods(const YamlContext& context, MapReader& reader,
                                     std::string_view key) {
  std::vector<std::string> methods;
  for (const auto& [text, span] : ReadPlacedTexts(reader, key)) {
    methods.push_back(text);
    if (IsToken(text)) continue;
    context.Complain(span, fmt::format("'{}' is no method", text),
                     std::string(kTokenSpelling.advice));
  }
  return methods;
}

ExchangeFilter LoadFilter(const YamlContext& context, const YamlEntry& entry) {
  static constexpr std::array kMediaTypes = {NamedValue<std::string_view>{"json", "json"}};
  ExchangeFilter filter;
  MapReader reader(context, entry.value, "when", BlameSpan(entry));
  filter.status = LoadStatuses(context, reader, "status");
  filter.not_status = LoadStatuses(context, reader, "not_status");
  filter.methods = LoadMethods(context, reader, "methods");
  filter.not_methods = LoadMethods(context, reader, "not_methods");
  filter.content = reader.Bool("content");
  filter.media_type = reader.OneOf<std::string_view>("media_type", kMediaTypes).value_or("");
  reader.Finish();
  return filter;
}

nlohmann::json LoadArguments(const YamlContext& context, const YamlEntry& entry) {
  if (entry.value.kind == YamlNode::Kind::kMapping) return ToJson(entry.value);
  context.Complain(BlameSpan(entry),
                   fmt::format("with is {}, not a mapping", DescribeKind(entry.value)),
                   "write the check's arguments, e.g. {name: Allow}");
  return nlohmann::json::object();
}

/// Whether a clause is judged by `refusals:`, or else names its check.
void CheckJudging(const YamlContext& context, MapReader& reader, const ProtocolSet& set,
                  const Clause& clause) {
  const std::string prefix = RefusalClauseId(set.name, "");
  if (clause.id.substr(0, prefix.size()) != prefix) {
    reader.Require("check");
    return;
  }
  for (const std::string_view key : {"when", "check", "with"}) {
    const YamlEntry* entry = reader.Find(key);
    if (entry == nullptr) continue;
    context.Complain(entry->key_span, fmt::format("a refusal's clause has no `{}`", key),
                     "take it out: cases that break the fact judge it by `refusals`");
  }
  for (const auto& [refusal, status] : set.refusals) {
    if (clause.id == RefusalClauseId(set.name, NameOf(refusal))) return;
  }
  const std::string name = clause.id.substr(prefix.size());
  context.Complain(clause.span, fmt::format("refusals has no entry '{}'", name),
                   fmt::format("add `{}: STATUS` to refusals", name));
}

ProtocolClause LoadProtocolClause(const YamlContext& context, const YamlNode& item,
                                  const ProtocolSet& set) {
  ProtocolClause loaded;
  loaded.with = nlohmann::json::object();
  MapReader reader(context, item, "a clause", item.span);
  loaded.clause = LoadClauseCore(context, reader);
  const std::string prefix = set.name + ".";
  const std::string& id = loaded.clause.id;
  if (!set.name.empty() && !id.empty() && id.substr(0, prefix.size()) != prefix) {
    context.Complain(loaded.clause.span,
                     fmt::format("clause id '{}' does not begin with '{}'", id, prefix),
                     "ids of a set begin with the set's name and a dot");
  }
  if (const YamlEntry* when = reader.Find("when")) loaded.when = LoadFilter(context, *when);
  if (reader.Find("check") != nullptr) {
    loaded.check = RequireSpelled(context, reader, "check", kSetSpelling);
  }
  if (const YamlEntry* with = reader.Find("with")) loaded.with = LoadArguments(context, *with);
  CheckJudging(context, reader, set, loaded.clause);
  if (const YamlEntry* source = reader.Require("source")) {
    loaded.clause.source = LoadStandardPlace(context, *source);
  }
  reader.Finish();
  return loaded;
}

std::map<Refusal, int> LoadRefusals(const YamlContext& context, const YamlEntry& entry) {
  std::map<Refusal, int> refusals;
  MapReader reader(context, entry.value, "refusals", BlameSpan(entry));
  for (const Refusal refusal : kRefusals) {
    if (const auto status = reader.Integer(NameOf(refusal), 400, 499)) {
      refusals[refusal] = static_cast<int>(*status);
    } else if (reader.Find(NameOf(refusal)) != nullptr) {
      refusals[refusal] = 0;  // Told already; its clause is not blamed as well.
    }
  }
  reader.Finish();
  return refusals;
}

/// Every entry of `refusals` has its clause.
void CheckRefusals(const YamlContext& context, const YamlEntry& entry, const ProtocolSet& set) {
  for (const auto& [refusal, status] : set.refusals) {
    const std::string id = RefusalClauseId(set.name, NameOf(refusal));
    bool found = false;
    for (const ProtocolClause& clause : set.clauses) found = found || clause.clause.id == id;
    if (found) continue;
    for (const YamlEntry& written : entry.value.entries) {
      if (written.key != NameOf(refusal)) continue;
      context.Complain(written.key_span, fmt::format("no clause has the id '{}'", id),
                       "every refusal has a clause that says so");
    }
  }
}

void LoadMembers(const YamlContext& context, MapReader& reader, ProtocolSet& set) {
  set.name = RequireSpelled(context, reader, "set", kSetSpelling);
  const YamlEntry* refusals = reader.Find("refusals");
  if (refusals != nullptr) set.refusals = LoadRefusals(context, *refusals);
  const YamlEntry* clauses = reader.Require("clauses");
  if (clauses == nullptr) return;
  if (clauses->value.kind != YamlNode::Kind::kSequence) {
    context.Complain(BlameSpan(*clauses),
                     fmt::format("clauses is {}, not a list", DescribeKind(clauses->value)),
                     "write a list of {id, binds, strength, when, check, says, source}");
    return;
  }
  for (const YamlNode& item : clauses->value.items) {
    set.clauses.push_back(LoadProtocolClause(context, item, set));
  }
  std::vector<const Clause*> pointers;
  pointers.reserve(set.clauses.size());
  for (const ProtocolClause& clause : set.clauses) pointers.push_back(&clause.clause);
  CheckUniqueIds(context, pointers);
  if (refusals != nullptr) CheckRefusals(context, *refusals, set);
}

}  // namespace

std::optional<ProtocolSet> LoadProtocolSet(std::shared_ptr<const SourceText> source,
                                           Diagnostics& diagnostics) {
  const std::size_t errors_before = diagnostics.errors();
  const std::optional<YamlNode> root = ParseYaml(*source, diagnostics);
  if (!root.has_value()) return std::nullopt;
  const YamlContext context{*source, diagnostics};
  MapReader reader(context, *root, "a protocol set", root->span);
  ProtocolSet set;
  if (reader.valid()) {
    LoadMembers(context, reader, set);
    reader.Finish();
  }
  if (diagnostics.errors() > errors_before) return std::nullopt;
  set.source = std::move(source);
  return set;
}

}  // namespace conform
