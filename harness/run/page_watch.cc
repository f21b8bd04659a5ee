#include "run/page_watch.h"

#include <fmt/format.h>

#include <chrono>
#include <map>
#include <optional>
#include <sstream>

#include "base/digest.h"
#include "base/utf8.h"
#include "contract/edition_difference.h"
#include "page/contract_from_page.h"
#include "page/page_fetch.h"
#include "page/page_loader.h"

namespace conform {
namespace {

std::optional<Contract> ImportText(const std::string& address, const std::string& text) {
  Diagnostics ignored;
  const auto nothing_beside = [](const std::string&) { return std::nullopt; };
  const auto page = LoadPage(address, text, nothing_beside, ignored);
  if (!page) return std::nullopt;
  ImportOptions options;
  options.today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  auto contract = ContractFromPage(*page, options, ignored);
  if (!contract) return std::nullopt;
  return *std::move(contract);
}

std::string CountLines(const std::string& before, const std::string& now) {
  std::map<std::string, int> lines;
  std::istringstream old_lines(before);
  std::istringstream new_lines(now);
  for (std::string line; std::getline(old_lines, line);) --lines[line];
  for (std::string line; std::getline(new_lines, line);) ++lines[line];
  int more = 0;
  int fewer = 0;
  for (const auto& [line, count] : lines) (count > 0 ? more : fewer) += std::abs(count);
  return fmt::format("its text is another: {} lines came, {} went", more, fewer);
}

}  // namespace

std::string DescribePageChange(const std::string& address, const std::string& before,
                               const std::string& now) {
  const auto old_contract = ImportText(address, before);
  const auto new_contract = ImportText(address, now);
  if (!old_contract || !new_contract) return CountLines(before, now);
  const std::vector<EditionChange> changes = CompareEditions(*old_contract, *new_contract);
  if (changes.empty()) return CountLines(before, now);
  std::map<ChangeKind, std::size_t> counts;
  for (const EditionChange& each : changes) ++counts[each.kind];
  std::string text;
  for (const auto& [kind, count] : counts) {
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, NameOf(kind));
  }
  return fmt::format("{}; {}: {}", text, changes.front().about,
                     ShowLine(changes.front().says, 300));
}

WatchedPage ReadWatchedPage(const std::string& address, WatchStore& store) {
  WatchedPage page;
  page.address = address;
  const auto kept = store.FindPage(address);
  const bool known = kept && *kept;
  PageTags tags;
  if (known) tags = {(*kept)->etag, (*kept)->last_modified};
  const auto fetched = IsUrl(address) ? FetchPage(address, tags) : ReadPageFile(address);
  if (!fetched) {
    page.trouble = fetched.error().message;
    return page;
  }
  const std::string& text = fetched->unchanged ? (*kept)->text : fetched->bytes;
  page.sha256 = Sha256Hex(text);
  if (known && (*kept)->text != text) {
    page.change = DescribePageChange(address, (*kept)->text, text);
  }
  const auto saved =
      store.SavePage(address, {fetched->tags.etag, fetched->tags.last_modified, text});
  if (!saved) {
    page.sha256.clear();
    page.trouble = saved.error().message;
  }
  return page;
}

}  // namespace conform
