#include "run/contract_operands.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <filesystem>

#include "base/nearest_name.h"
#include "contract/contract_loader.h"
#include "page/contract_from_page.h"
#include "page/openapi_import.h"
#include "page/page_fetch.h"
#include "page/page_loader.h"
#include "run/run_host.h"

namespace conform {

namespace fs = std::filesystem;

namespace {

/// Whether a text is an OpenAPI description, in YAML or JSON, rather than a contract.
bool IsDescription(std::string_view text) {
  static const RE2 kYaml(R"re((?m)^openapi\s*:)re");
  static const RE2 kJson(R"re(^\s*\{(?s:.*)"openapi"\s*:)re");
  return RE2::PartialMatch(text, kYaml) || RE2::PartialMatch(text, kJson);
}

/// Where the `#` of OPENAPI#OPERATIONID stands; npos where the place is none.
std::size_t FindOperationMark(const std::string& place) {
  std::error_code ignored;
  const std::size_t hash = place.rfind('#');
  const bool is_one = hash != std::string::npos && !IsUrl(place) &&
                      !fs::is_regular_file(place, ignored) &&
                      fs::is_regular_file(place.substr(0, hash), ignored);
  return is_one ? hash : std::string::npos;
}

}  // namespace

std::optional<Contract> ContractOperands::Read(const std::string& place) {
  std::error_code ignored;
  if (IsUrl(place) || place.ends_with(".md")) return ReadPage(place);
  if (fs::is_regular_file(place, ignored)) return ReadSpec(place);
  const std::size_t hash = FindOperationMark(place);
  if (hash != std::string::npos)
    return ReadDescription(place.substr(0, hash), place.substr(hash + 1));
  const std::size_t at = place.rfind('@');
  if (at != std::string::npos) return ReadNamed(place.substr(0, at), place.substr(at + 1));
  return Refuse(
      fmt::format("{}: no such file; write a contract, a page's Markdown, OPENAPI#OPERATIONID or "
                  "OPERATION@EDITION",
                  place));
}

std::optional<std::pair<Contract, Contract>> ContractOperands::ReadBoth(const std::string& before,
                                                                        const std::string& now) {
  else_server_ = "https://server.invalid";  // RFC 2606 §2: nobody's
  const bool now_first = FindOperationMark(before) != std::string::npos;
  const std::string& leading = now_first ? now : before;
  std::optional<Contract> first = Read(leading);
  if (first && FindOperationMark(leading) == std::string::npos) else_server_ = first->server;
  std::optional<Contract> second = Read(now_first ? before : now);
  if (!first || !second) return std::nullopt;
  if (now_first) std::swap(first, second);
  return std::pair(std::move(*first), std::move(*second));
}

const Catalog* ContractOperands::LoadedCatalog() {
  if (catalog_) return &*catalog_;
  Diagnostics diagnostics;
  Catalog catalog = LoadCatalog(invocation_.folders.specs, diagnostics);
  invocation_.err << diagnostics.RenderAll();
  if (diagnostics.HasErrors()) {
    invocation_.Refuse("the contracts have mistakes");
    return nullptr;
  }
  return &catalog_.emplace(std::move(catalog));
}

std::optional<Contract> ContractOperands::ReadPage(const std::string& place) {
  const Expected<FetchedPage> fetched =
      IsUrl(place) ? FetchPage(place, ProcessEnvironment()) : ReadPageFile(place);
  if (!fetched) return Refuse(fetched.error().message);
  Diagnostics diagnostics;
  const OpenInclude open = IncludesOf(fetched->address, ProcessEnvironment());
  const Expected<Page> page = LoadPage(fetched->address, fetched->bytes, open, diagnostics);
  if (!page) return Refuse(page.error().message);
  ImportOptions options;
  options.today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  Expected<Contract> contract = ContractFromPage(*page, options, diagnostics);
  invocation_.err << diagnostics.RenderAll();
  if (!contract) return Refuse(contract.error().message);
  return std::move(*contract);
}

std::optional<Contract> ContractOperands::ReadDescription(const std::string& file,
                                                          const std::string& operation) {
  Diagnostics diagnostics;
  Expected<OpenApiDocument> document = OpenApiDocument::Open(file, diagnostics);
  if (!document) return Refuse(document.error().message);
  OpenApiOptions options;
  options.selection.operations = {operation};
  options.else_server = else_server_;
  options.date = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  auto read = ContractsFromOpenApi(*document, options);
  invocation_.err << diagnostics.RenderAll();
  if (!read) return Refuse(read.error().message);
  return std::move(read->front().contract);
}

std::optional<Contract> ContractOperands::ReadSpec(const std::string& place) {
  const auto source = SourceText::Load(place);
  if (!source) return Refuse(fmt::format("{}: {}", place, source.error().message));
  if (IsDescription((*source)->text())) {
    return Refuse(fmt::format(
        "{0}: an OpenAPI description has many operations: name one, {0}#OPERATIONID", place));
  }
  Diagnostics diagnostics;
  std::optional<Contract> contract = LoadContract(*source, diagnostics);
  invocation_.err << diagnostics.RenderAll();
  if (!contract) return Refuse(fmt::format("{}: no contract", place));
  return contract;
}

std::optional<Contract> ContractOperands::ReadNamed(const std::string& operation,
                                                    const std::string& edition) {
  const Catalog* catalog = LoadedCatalog();
  if (catalog == nullptr) return std::nullopt;
  if (const Contract* found = catalog->Find(operation, edition)) return *found;
  std::vector<std::string_view> editions;
  for (const Contract* each : catalog->Editions(operation)) editions.push_back(each->edition);
  if (!editions.empty()) {
    return Refuse(
        fmt::format("{} has no edition {}; there is {}", operation, edition, JoinOr(editions)));
  }
  const std::string near = DidYouMean(operation, catalog->Operations());
  return Refuse(
      fmt::format("no operation is named {}{}", operation, near.empty() ? "" : "; " + near));
}

std::nullopt_t ContractOperands::Refuse(const std::string& message) {
  invocation_.Refuse(message);
  return std::nullopt;
}

}  // namespace conform
