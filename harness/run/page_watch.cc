#include "run/page_watch.h"

#include <fmt/format.h>

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <sstream>

#include "base/count_text.h"
#include "base/digest.h"
#include "base/utf8.h"
#include "contract/edition_difference.h"
#include "page/contract_from_page.h"
#include "page/page_fetch.h"
#include "page/page_loader.h"
#include "run/run_host.h"

namespace conform {
namespace {

/// A page's texts, and what its INCLUDE lines name that is not to be had.
struct FollowedPage {
  PageTexts texts;
  std::set<std::string> missing;
};

std::string DigestOf(const PageTexts& texts) {
  std::string all = texts.page;
  for (const auto& [path, text] : texts.included) {
    // Digests, so that no text can pass for the end of another.
    all += "\n" + Sha256Hex(path) + Sha256Hex(text);
  }
  return Sha256Hex(all);
}

/// Loads a page for what it includes.
FollowedPage FollowIncludes(const std::string& address, const std::string& text,
                            const OpenInclude& open) {
  FollowedPage followed{{text, {}}, {}};
  Diagnostics ignored;
  const auto keep = [&](const std::string& path) {
    std::optional<std::string> included = open(path);
    if (included) {
      followed.texts.included[path] = *included;
    } else {
      followed.missing.insert(path);
    }
    return included;
  };
  (void)LoadPage(address, text, keep, ignored);
  return followed;
}

std::optional<Contract> ImportTexts(const std::string& address, const PageTexts& texts) {
  Diagnostics ignored;
  const auto open = [&](const std::string& path) -> std::optional<std::string> {
    const auto found = texts.included.find(path);
    return found == texts.included.end() ? std::nullopt : std::optional(found->second);
  };
  const auto page = LoadPage(address, texts.page, open, ignored);
  if (!page) return std::nullopt;
  ImportOptions options;
  options.today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  auto contract = ContractFromPage(*page, options, ignored);
  if (!contract) return std::nullopt;
  return *std::move(contract);
}

struct LineCount {
  std::size_t came = 0;
  std::size_t went = 0;
};

LineCount CountLines(const std::string& before, const std::string& now) {
  std::map<std::string, int> lines;
  std::istringstream old_lines(before);
  std::istringstream new_lines(now);
  for (std::string line; std::getline(old_lines, line);) --lines[line];
  for (std::string line; std::getline(new_lines, line);) ++lines[line];
  LineCount counted;
  for (const auto& [line, count] : lines) {
    (count > 0 ? counted.came : counted.went) += static_cast<std::size_t>(std::abs(count));
  }
  return counted;
}

std::string TextOf(const PageTexts& texts, const std::string& path) {
  const auto found = texts.included.find(path);
  return found == texts.included.end() ? "" : found->second;
}

/// Of a change that no fact tells.
std::string DescribeText(const PageTexts& before, const PageTexts& now) {
  const auto line = [](const std::string& what, const LineCount& counted) {
    return fmt::format("{} changed: {} came, {} went", what, CountOf(counted.came, "line"),
                       counted.went);
  };
  if (before.page != now.page) return line("its text", CountLines(before.page, now.page));
  std::map<std::string, std::string> all = before.included;
  all.insert(now.included.begin(), now.included.end());
  for (const auto& [path, ignored] : all) {
    const std::string was = TextOf(before, path);
    const std::string is = TextOf(now, path);
    if (was != is) return line(fmt::format("{}, which it includes,", path), CountLines(was, is));
  }
  return "";
}

std::string DescribeChange(const std::string& address, const PageTexts& before,
                           const PageTexts& now) {
  const auto old_contract = ImportTexts(address, before);
  const auto new_contract = ImportTexts(address, now);
  if (!old_contract || !new_contract) return DescribeText(before, now);
  const std::vector<EditionChange> changes = CompareEditions(*old_contract, *new_contract);
  if (changes.empty()) return DescribeText(before, now);
  std::map<ChangeKind, std::size_t> counts;
  for (const EditionChange& each : changes) ++counts[each.kind];
  std::string text;
  for (const auto& [kind, count] : counts) {
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, NameOf(kind));
  }
  return fmt::format("{}; {}: {}", text, changes.front().about,
                     ShowLine(changes.front().says, 300));
}

/// An included file that was read the last time and is not to be had now.
std::string FindMissing(const PageTexts& before, const FollowedPage& now) {
  for (const std::string& path : now.missing) {
    if (before.included.count(path) > 0) return path;
  }
  return "";
}

std::string AddressOf(const std::string& page) {
  return IsUrl(page) ? page : std::filesystem::path(page).lexically_normal().string();
}

}  // namespace

std::vector<std::string> EachPageOnce(const std::vector<std::string>& pages) {
  std::vector<std::string> once;
  std::set<std::string> seen;
  for (const std::string& page : pages) {
    std::error_code ignored;
    const bool first =
        seen.insert(IsUrl(page)
                        ? page
                        : std::filesystem::absolute(page, ignored).lexically_normal().string())
            .second;
    if (first) once.push_back(page);
  }
  return once;
}

Expected<WatchedPage> ReadWatchedPage(const std::string& page, const std::string& series,
                                      WatchStore& store) {
  WatchedPage seen;
  seen.address = AddressOf(page);
  seen.describe = [address = seen.address](const PageTexts& before, const PageTexts& now) {
    return DescribeChange(address, before, now);
  };
  const auto kept = store.FindPage(series, seen.address);
  if (!kept) return tl::unexpected(kept.error());
  const KeptPage last = kept->value_or(KeptPage());
  const auto fetched = IsUrl(page)
                           ? FetchPage(page, ProcessEnvironment(), {last.etag, last.last_modified})
                           : ReadPageFile(page);
  if (!fetched) {
    seen.trouble = fetched.error().message;
    return seen;
  }
  FollowedPage now =
      FollowIncludes(seen.address, fetched->unchanged ? last.texts.page : fetched->bytes,
                     IncludesOf(fetched->address, ProcessEnvironment()));
  if (const std::string missing = FindMissing(last.texts, now); !missing.empty()) {
    seen.trouble = fmt::format("{}: {}, which it includes, cannot be read", seen.address, missing);
    return seen;
  }
  seen.read = {DigestOf(now.texts), fetched->tags.etag, fetched->tags.last_modified,
               std::move(now.texts)};
  return seen;
}

}  // namespace conform
