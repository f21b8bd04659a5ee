#include "contract/contract_loader.h"

#include <fmt/format.h>

#include "contract/clause_loader.h"
#include "contract/fact.h"
#include "contract/mock_resource_loader.h"
#include "contract/page_source_loader.h"
#include "contract/permission_loader.h"
#include "contract/request_loader.h"
#include "contract/response_loader.h"
#include "contract/spelling.h"

namespace conform {
namespace {

constexpr SpellingRule kOperationSpelling = {
    IsOperationName, "an operation's name",
    "use words of letters, digits and underscores, joined by dots, e.g. "
    "deviceManagement.windowsAutopilotSettings.sync"};
constexpr SpellingRule kMonthSpelling = {IsMonth, "a month", "write it as YYYY-MM, e.g. 2019-01"};

/// A text that may be left out; where it stands, it is a fact.
std::string LoadTextFact(const YamlContext& context, MapReader& reader, std::string_view key,
                         FactList& facts) {
  const YamlEntry* entry = reader.Find(key);
  if (entry == nullptr) return "";
  facts.Add(entry->key, entry->key_span);
  return RequireSpelled(context, reader, key, kLineSpelling);
}

/// Every unsafe method has an effect unless the file says `none`.
std::string LoadEffect(const YamlContext& context, MapReader& reader, std::string_view method,
                       FactList& facts) {
  const std::string effect = LoadTextFact(context, reader, "effect", facts);
  if (effect == "none") return "";
  return effect.empty() && !IsSafeMethod(method) ? "changes-state" : effect;
}

void LoadNotes(const YamlContext& context, MapReader& reader, Contract& contract, FactList& facts) {
  contract.clouds = reader.Texts("clouds");
  if (!contract.clouds.empty()) facts.Add("clouds", reader.Find("clouds")->key_span);
  const YamlEntry* entry = reader.Find("notes");
  if (entry == nullptr) return;
  if (entry->value.kind != YamlNode::Kind::kSequence) {
    context.Complain(BlameSpan(*entry),
                     fmt::format("notes is {}, not a list", DescribeKind(entry->value)),
                     "write a list of texts");
    return;
  }
  for (const YamlNode& item : entry->value.items) {
    contract.notes.push_back(ReadSpelled(context, "a note", item, item.span, kLineSpelling));
    facts.Add(fmt::format("notes.{}", contract.notes.size()), item.span);
  }
}

void LoadMembers(const YamlContext& context, MapReader& reader, Contract& contract) {
  FactList facts;
  contract.operation = RequireSpelled(context, reader, "operation", kOperationSpelling);
  contract.edition = RequireSpelled(context, reader, "edition", kMonthSpelling);
  if (const YamlEntry* page = reader.Require("source")) {
    contract.page = LoadPageSource(context, *page, contract.edition);
  }
  if (reader.Find("maturity") == nullptr) reader.Require("maturity");
  contract.maturity = LoadTextFact(context, reader, "maturity", facts);
  contract.license = LoadTextFact(context, reader, "license", facts);
  LoadNotes(context, reader, contract, facts);
  LoadRequest(context, reader, contract, facts);
  if (const YamlEntry* permissions = reader.Find("permissions")) {
    contract.permissions = LoadPermissions(context, *permissions, facts);
  }
  contract.effect = LoadEffect(context, reader, contract.method, facts);
  LoadResponses(context, reader, contract, facts);
  LoadMockResource(context, reader, contract);
  if (const YamlEntry* clauses = reader.Require("clauses")) {
    contract.clauses = LoadClauses(context, *clauses, facts);
  }
}

}  // namespace

std::optional<Contract> LoadContract(std::shared_ptr<const SourceText> source,
                                     Diagnostics& diagnostics) {
  const std::size_t errors_before = diagnostics.errors();
  const std::optional<YamlNode> root = ParseYaml(*source, diagnostics);
  if (!root.has_value()) return std::nullopt;
  const YamlContext context{*source, diagnostics};
  MapReader reader(context, *root, "a contract", root->span);
  Contract contract;
  if (reader.valid()) {
    LoadMembers(context, reader, contract);
    reader.Finish();
  }
  if (diagnostics.errors() > errors_before) return std::nullopt;
  contract.source = std::move(source);
  return contract;
}

}  // namespace conform
