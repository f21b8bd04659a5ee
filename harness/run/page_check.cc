#include "run/page_check.h"

#include <fmt/format.h>

#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "page/contract_from_page.h"
#include "page/page_fetch.h"
#include "page/page_loader.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

void AddPagesOf(const fs::path& folder, std::set<fs::path>& pages) {
  std::error_code failed;
  for (fs::directory_iterator each(folder, failed), end; !failed && each != end;
       each.increment(failed)) {
    if (each->path().extension() == ".md") pages.insert(each->path());
  }
}

std::set<fs::path> FindPages(const Catalog& catalog, const fs::path& folder,
                             Diagnostics& diagnostics) {
  std::set<fs::path> pages;
  std::set<fs::path> folders;
  for (const Contract& contract : catalog.contracts) {
    folders.insert(fs::path(contract.source->path()).parent_path());
  }
  for (const fs::path& each : folders) AddPagesOf(each.empty() ? "." : each, pages);
  if (folder.empty()) return pages;
  std::error_code failed;
  for (fs::recursive_directory_iterator each(folder, failed), end; !failed && each != end;
       each.increment(failed)) {
    if (each->path().extension() == ".md") pages.insert(each->path());
  }
  if (failed) {
    diagnostics.AddFile(folder.string(), fmt::format("cannot be read: {}", failed.message()),
                        "--pages names the folder that the pages lie in");
  }
  return pages;
}

/// Of its `sha256:`, as the source block has it.
Span DigestSpan(const Contract& contract) {
  const std::string& text = contract.source->text();
  int line = 1;
  for (std::size_t at = 0; at < text.size(); ++line) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::size_t key = text.substr(at, end - at).find(contract.page.sha256);
    if (key != std::string::npos) {
      return {line, contract.source->Column(line, key),
              static_cast<int>(contract.page.sha256.size())};
    }
    at = end + 1;
  }
  return {};
}

const Contract* OwnerOf(const Catalog& catalog, const Contract& read) {
  const std::vector<const Contract*> editions = catalog.Editions(read.operation);
  const Contract* owner = nullptr;
  for (const Contract* each : editions) {
    if (each->page.sha256 == read.page.sha256) return nullptr;  // It was taken from this page.
    if (owner == nullptr || owner->edition != read.edition) owner = each;
  }
  return owner;
}

/// What a page says. Nothing where it is none of an operation.
std::optional<Contract> ReadContract(const fs::path& file) {
  const Expected<FetchedPage> fetched = ReadPageFile(file.string());
  if (!fetched) return std::nullopt;
  Diagnostics unheard;  // What a page leaves open is the importer's to tell.
  const Expected<Page> page =
      LoadPage(fetched->address, fetched->bytes, IncludesBeside(file.parent_path()), unheard);
  if (!page) return std::nullopt;
  ImportOptions options;
  options.today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  Expected<Contract> read = ContractFromPage(*page, options, unheard);
  if (!read) return std::nullopt;
  return *std::move(read);
}

/// `digests`: of the pages of its folder.
void CheckPage(const Catalog& catalog, const fs::path& file, const Contract& read,
               const std::set<std::string>& digests, Diagnostics& diagnostics) {
  const Contract* owner = OwnerOf(catalog, read);
  if (owner == nullptr) return;
  const bool same_edition = owner->edition == read.edition;
  // The page that it was taken from is there: this one is the same in another language.
  if (same_edition && digests.contains(owner->page.sha256)) return;
  diagnostics.Warn(
      *owner->source, DigestSpan(*owner),
      same_edition ? fmt::format("{} is no longer the page that this was taken from", file.string())
                   : fmt::format("no edition was taken from {}, which is of {}", file.string(),
                                 read.edition),
      fmt::format("see `conform diff {} {}`, then import it again", owner->source->path(),
                  file.string()));
}

}  // namespace

void CheckPages(const Catalog& catalog, const fs::path& pages, Diagnostics& diagnostics) {
  std::map<fs::path, Contract> read;
  std::map<fs::path, std::set<std::string>> digests;
  for (const fs::path& file : FindPages(catalog, pages, diagnostics)) {
    std::optional<Contract> contract = ReadContract(file);
    if (!contract) continue;
    digests[file.parent_path()].insert(contract->page.sha256);
    read.emplace(file, *std::move(contract));
  }
  for (const auto& [file, contract] : read) {
    CheckPage(catalog, file, contract, digests[file.parent_path()], diagnostics);
  }
}

}  // namespace conform
