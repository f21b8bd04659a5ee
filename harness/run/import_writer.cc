#include "run/import_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include "base/count_text.h"
#include "contract/contract_loader.h"
#include "page/contract_text.h"
#include "run/import_files.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

/// What is to be written reads back, or is not written.
std::optional<Contract> ReadBack(const std::string& path, const std::string& text,
                                 Invocation& invocation) {
  Diagnostics diagnostics;
  auto contract = LoadContract(std::make_shared<SourceText>(path, text), diagnostics);
  if (contract) return contract;
  invocation.err << diagnostics.RenderAll();
  invocation.Refuse(fmt::format("what was read makes no contract; {} is not written", path));
  return std::nullopt;
}

/// What was exported from a page's contract is still Microsoft Graph's.
bool IsOfGraph(const Contract* contract) { return contract->page.document.empty(); }

/// `read` as an edition that an import wrote before, where nothing but the day differs.
std::optional<Contract> AsBefore(const Contract& read, const fs::path& earlier) {
  const auto last = SourceText::Load(LastImportOf(earlier));
  if (earlier.empty() || !last) return std::nullopt;
  Diagnostics told_by_lint;
  const std::optional<Contract> before = LoadContract(*last, told_by_lint);
  if (!before) return std::nullopt;
  Contract same = read;
  same.edition = before->edition;
  same.page.date = before->page.date;
  return RenderContract(same) == (*last)->text() ? std::optional(std::move(same)) : std::nullopt;
}

bool AsksForBearer(const Contract* contract) { return contract->TakesScheme(kBearerScheme); }

/// Whether a contract of the working directory asks for a bearer token: then it was decided before
/// whether its protocol set is wanted.
bool KnowsBearer() {
  Diagnostics told_by_lint;
  const Catalog catalog = LoadCatalog("specs", told_by_lint);
  return std::any_of(catalog.contracts.begin(), catalog.contracts.end(),
                     [](const Contract& each) { return AsksForBearer(&each); });
}

/// `told` stands behind the operation's name.
std::optional<ImportedOperation> WriteMerged(const ImportedFile& imported, const std::string& told,
                                             Invocation& invocation) {
  const fs::path& file = imported.file;
  if (!ReadBack(file.string(), imported.text, invocation)) return std::nullopt;
  const Expected<ImportOutcome> outcome = MergeImport(imported);
  if (!outcome) {
    invocation.Refuse(outcome.error().message);
    return std::nullopt;
  }
  invocation.err << outcome->diagnostics.RenderAll();
  if (outcome->diagnostics.HasErrors()) {
    invocation.Refuse(fmt::format(
        "{} is {}", file.string(),
        imported.earlier.empty()
            ? std::string("left as it was")
            : fmt::format("not written: it goes on from {}", imported.earlier.string())));
    return std::nullopt;
  }
  std::optional<Contract> contract = ReadBack(file.string(), outcome->text, invocation);
  if (!contract) return std::nullopt;
  auto before = LoadImported(file);
  if (const Expected<void> written = WriteImport(imported, outcome->text, invocation.redactor);
      !written) {
    invocation.Refuse(written.error().message);
    return std::nullopt;
  }
  invocation.out << fmt::format("{}: {}{}, {}{}\n", file.string(), contract->operation, told,
                                CountOf(contract->clauses.size(), "clause"),
                                outcome->merged ? "; what was changed by hand is kept" : "");
  return ImportedOperation{std::move(*contract), std::move(before), ""};
}

/// Servers and titles of the APIs that `read` is of: its own, and what stands under another title
/// with an operation that is called as one of it.
std::set<std::pair<std::string_view, std::string_view>> ApisOf(
    const std::vector<const Contract*>& read, const std::vector<const Contract*>& known) {
  std::set<std::pair<std::string_view, std::string_view>> apis;
  std::set<std::tuple<std::string_view, std::string_view, std::string_view>> calls;
  for (const Contract* each : read) {
    apis.emplace(each->server, each->page.title);
    calls.emplace(each->server, each->method, each->paths.front());
  }
  for (const Contract* each : known) {
    if (calls.contains({each->server, each->method, each->paths.front()}))
      apis.emplace(each->server, each->page.title);
  }
  return apis;
}

}  // namespace

fs::path FolderOf(const Contract& contract) {
  std::string name = contract.operation;
  fs::path api = "graph";
  if (!contract.page.document.empty()) {  // Its name begins with the API's.
    api = name.substr(0, name.find('.'));
    name.erase(0, name.find('.') + 1);
  }
  const fs::path folder = api / fs::path(contract.ServerPath()).relative_path();
  std::replace(name.begin(), name.end(), '.', '/');
  return folder / name;
}

std::optional<ImportedOperation> WriteImportedContract(const Contract& read, const std::string& out,
                                                       const std::string& conflicts,
                                                       Invocation& invocation) {
  const fs::path file =
      out.empty() ? "specs" / FolderOf(read) / (read.edition + ".yaml") : fs::path(out);
  const fs::path earlier = out.empty() ? EarlierEdition(file) : fs::path();
  if (const std::optional<Contract> same = AsBefore(read, earlier)) {
    return WriteMerged({earlier, RenderContract(*same), conflicts, {}},
                       fmt::format(" is unchanged since {}", same->edition), invocation);
  }
  return WriteMerged({file, RenderContract(read), conflicts, earlier},
                     fmt::format(", edition {}", read.edition), invocation);
}

void TellDropped(const std::vector<const Contract*>& read, const Catalog& catalog,
                 Invocation& invocation) {
  const std::vector<const Contract*> known = catalog.Serving(std::nullopt);
  const auto apis = ApisOf(read, known);
  std::set<std::string_view> names;
  for (const Contract* each : read) names.insert(each->operation);
  Diagnostics told;
  for (const Contract* each : known) {
    if (names.contains(each->operation) || each->page.document.empty() ||
        !apis.contains({each->server, each->page.title}))
      continue;
    told.Warn(*each->source, {1, 1, 1},
              fmt::format("of {} no contract is made any more; this one and its cases stay",
                          each->operation),
              "remove them, or keep them while the operation is served");
  }
  invocation.err << told.RenderAll();
}

bool PrepareSpecs(const std::vector<const Contract*>& contracts, Invocation& invocation) {
  std::error_code ignored;
  const bool begun = fs::exists("specs", ignored);
  const bool of_graph = std::any_of(contracts.begin(), contracts.end(), IsOfGraph);
  const bool bearer =
      std::any_of(contracts.begin(), contracts.end(), AsksForBearer) && !(begun && KnowsBearer());
  for (fs::directory_iterator each(invocation.folders.bundled_specs / "protocol", ignored), end;
       !ignored && each != end; each.increment(ignored)) {
    const std::string name = each->path().stem().string();
    const bool first = !begun && (of_graph || name == "http");
    if (!first && !(bearer && name == "oauth")) continue;
    const auto source = SourceText::Load(each->path());
    if (!source) continue;
    const fs::path file = fs::path("specs") / "protocol" / each->path().filename();
    if (const Expected<void> written = WriteWholeFile(file, (*source)->text(), invocation.redactor);
        !written) {
      invocation.Refuse(written.error().message);
      return false;
    }
    invocation.out << fmt::format("{}: what holds for every exchange\n", file.string());
  }
  return true;
}

}  // namespace conform
