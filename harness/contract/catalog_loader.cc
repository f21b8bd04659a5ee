#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "base/folder.h"
#include "contract/catalog.h"
#include "contract/contract_loader.h"
#include "contract/mock_resource_loader.h"
#include "contract/protocol_loader.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

bool IsProtocolFile(const fs::path& folder, const fs::path& file) {
  return file.parent_path() == folder / "protocol";
}

/// A file is named after what it holds, so that it can be found.
void CheckStem(const SourceText& source, const fs::path& file, std::string_view key,
               const std::string& name, Diagnostics& diagnostics) {
  const std::string stem = file.stem().string();
  if (stem == name) return;
  diagnostics.Add(source, Span{},
                  fmt::format("the file is named '{}', its {} is '{}'", stem, key, name),
                  fmt::format("rename it to {}.yaml", name));
}

void LoadFile(const fs::path& folder, const fs::path& file, Catalog& catalog,
              Diagnostics& diagnostics) {
  auto source = SourceText::Load(file);
  if (!source.has_value()) {
    diagnostics.AddFile(file.string(), source.error().message);
    return;
  }
  if (IsProtocolFile(folder, file)) {
    if (auto set = LoadProtocolSet(*source, diagnostics)) {
      CheckStem(**source, file, "set", set->name, diagnostics);
      catalog.protocols.push_back(std::move(*set));
    }
  } else if (auto contract = LoadContract(*source, diagnostics)) {
    CheckStem(**source, file, "edition", contract->edition, diagnostics);
    catalog.contracts.push_back(std::move(*contract));
  }
}

/// One contract an operation and edition.
void CheckEditions(const Catalog& catalog, Diagnostics& diagnostics) {
  std::map<std::pair<std::string_view, std::string_view>, const Contract*> seen;
  for (const Contract& contract : catalog.contracts) {
    const auto [first, fresh] = seen.try_emplace({contract.operation, contract.edition}, &contract);
    if (fresh) continue;
    diagnostics.Add(*contract.source, Span{},
                    fmt::format("edition {} of {} is also in {}", contract.edition,
                                contract.operation, first->second->source->path()),
                    "keep one of the two files");
  }
}

/// Cases list clauses by their ids alone: a protocol clause's is taken for everybody. Two sets have
/// no id in common, since each id begins with its set's name.
void CheckClauseIds(const Catalog& catalog, Diagnostics& diagnostics) {
  std::map<std::string_view, const SourceText*> owners;
  for (const ProtocolSet& set : catalog.protocols) {
    for (const ProtocolClause& clause : set.clauses) {
      owners.emplace(clause.clause.id, set.source.get());
    }
  }
  for (const Contract& contract : catalog.contracts) {
    for (const Clause& clause : contract.clauses) {
      const auto owner = owners.find(clause.id);
      if (owner == owners.end()) continue;
      diagnostics.Add(
          *contract.source, clause.span,
          fmt::format("clause id '{}' is taken by {}", clause.id, owner->second->path()));
    }
  }
}

/// One set says how requests are refused; two could contradict each other.
void CheckRefusals(const Catalog& catalog, Diagnostics& diagnostics) {
  const ProtocolSet* first = nullptr;
  for (const ProtocolSet& set : catalog.protocols) {
    if (set.refusals.empty()) continue;
    if (first != nullptr) {
      diagnostics.Add(*set.source, Span{},
                      fmt::format("refusals are also in {}", first->source->path()),
                      "keep them in one set");
    }
    first = first == nullptr ? &set : first;
  }
}

}  // namespace

Catalog LoadCatalog(const std::filesystem::path& folder, Diagnostics& diagnostics) {
  Catalog catalog;
  const YamlFiles found =
      FindYamlFiles(folder, diagnostics,
                    "contracts are read from the folder specs/ of the working directory, or the "
                    "installed one");
  for (const fs::path& file : found.misnamed) TellMisnamedFile(file, "contracts", diagnostics);
  for (const fs::path& file : found.files) {
    LoadFile(folder, file, catalog, diagnostics);
  }
  std::stable_sort(catalog.contracts.begin(), catalog.contracts.end(),
                   [](const Contract& a, const Contract& b) {
                     return std::tie(a.operation, a.page.date) < std::tie(b.operation, b.page.date);
                   });
  CheckEditions(catalog, diagnostics);
  CheckClauseIds(catalog, diagnostics);
  CheckRefusals(catalog, diagnostics);
  CheckCollectionKeys(catalog.contracts, diagnostics);
  return catalog;
}

}  // namespace conform
