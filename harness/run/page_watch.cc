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

/// A page and what its INCLUDE lines name, by their paths.
struct PageTexts {
  std::string page;
  std::map<std::string, std::string> included;
  std::set<std::string> missing = {};

  bool operator==(const PageTexts&) const = default;
};

std::string DigestOf(const PageTexts& texts) {
  std::string all = texts.page;
  for (const auto& [path, text] : texts.included) {
    // Digests, so that no text can pass for the end of another.
    all += "\n" + Sha256Hex(path) + Sha256Hex(text);
  }
  return Sha256Hex(all);
}

/// Where the store keeps an included file.
std::string KeyOf(const std::string& address, const std::string& path) {
  return fmt::format("{} INCLUDE {}", address, path);
}

/// Loads a page for what it includes.
PageTexts FollowIncludes(const std::string& address, const std::string& text,
                         const OpenInclude& open) {
  PageTexts texts{text, {}};
  Diagnostics ignored;
  const auto keep = [&](const std::string& path) {
    std::optional<std::string> included = open(path);
    if (included) {
      texts.included[path] = *included;
    } else {
      texts.missing.insert(path);
    }
    return included;
  };
  (void)LoadPage(address, text, keep, ignored);
  return texts;
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

OpenInclude KeptIncludes(const std::string& address, WatchStore& store) {
  return [&store, address](const std::string& path) -> std::optional<std::string> {
    const auto kept = store.FindPage(KeyOf(address, path));
    return kept && *kept ? std::optional((*kept)->text) : std::nullopt;
  };
}

/// An included file that was read the last time and is not to be had now.
std::string FindMissing(const PageTexts& before, const PageTexts& now) {
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

Expected<ReadPage> ReadWatchedPage(const std::string& page, WatchStore& store) {
  ReadPage read;
  const std::string address = read.seen.address = AddressOf(page);
  const auto kept = store.FindPage(address);
  if (!kept) return tl::unexpected(kept.error());
  const bool known = kept->has_value();
  PageTags tags;
  if (known) tags = {(*kept)->etag, (*kept)->last_modified};
  const auto fetched =
      IsUrl(page) ? FetchPage(page, ProcessEnvironment(), tags) : ReadPageFile(page);
  if (!fetched) {
    read.seen.trouble = fetched.error().message;
    return read;
  }
  PageTexts before;
  if (known) before = FollowIncludes(address, (*kept)->text, KeptIncludes(address, store));
  const PageTexts now = FollowIncludes(address, fetched->unchanged ? (*kept)->text : fetched->bytes,
                                       IncludesOf(fetched->address, ProcessEnvironment()));
  if (const std::string missing = FindMissing(before, now); !missing.empty()) {
    read.seen.trouble = fmt::format("{}: {}, which it includes, cannot be read", address, missing);
    return read;
  }
  read.seen.sha256 = DigestOf(now);
  if (known && before != now) read.seen.change = DescribeChange(address, before, now);
  for (const auto& [path, text] : now.included) {
    read.texts.push_back({KeyOf(address, path), {"", "", text}});
  }
  read.texts.push_back({address, {fetched->tags.etag, fetched->tags.last_modified, now.page}});
  return read;
}

Expected<void> SaveTexts(const std::vector<ReadPage>& pages, WatchStore& store) {
  for (const ReadPage& page : pages) {
    for (const auto& [key, text] : page.texts) {
      if (auto saved = store.SavePage(key, text); !saved) return saved;
    }
  }
  return {};
}

}  // namespace conform
