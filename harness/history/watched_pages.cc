#include "history/watched_pages.h"

namespace conform {
namespace {

constexpr const char* kReadable = "readable";
constexpr const char* kTextPlace = "text";

/// The digest that was told of it last; nothing: none was.
std::optional<std::string> ToldOf(const WatchedPage& page, const WatchedStates& states) {
  const auto found = states.find({page.address, kTextPlace});
  return found == states.end() ? std::nullopt : std::optional(found->second.told);
}

}  // namespace

Expected<PageChanges> DescribePages(const std::vector<WatchedPage>& pages,
                                    const std::string& series, const WatchedStates& states,
                                    WatchStore& store) {
  PageChanges changes;
  for (const WatchedPage& page : pages) {
    const std::optional<std::string> told = ToldOf(page, states);
    if (!page.IsRead() || !told) continue;
    std::string& change = changes[page.address];
    if (*told == page.read.sha256) {
      change = "its text is as it was told last";
      continue;
    }
    const auto texts = store.FindTexts(series, page.address, *told);
    if (!texts) return tl::unexpected(texts.error());
    if (*texts) change = page.describe(**texts, page.read.texts);
    if (change.empty()) change = "its text changed";
  }
  return changes;
}

Expected<void> SavePages(const std::vector<WatchedPage>& pages, const std::string& series,
                         const WatchedStates& states, WatchStore& store) {
  for (const WatchedPage& page : pages) {
    if (!page.IsRead()) continue;
    const std::string told = ToldOf(page, states).value_or("");
    if (auto saved = store.SavePage(series, page.address, page.read, told); !saved) return saved;
  }
  return {};
}

void WatchTurn::WatchPage(const WatchedPage& page, const PageChanges& changes) {
  if (!page.IsRead()) AddUntold(page.trouble);
  Note({RunChangeKind::kAnswers,
        {page.address},
        page.address,
        "",
        page.IsRead() ? "the page can be read again" : "the page cannot be read",
        page.trouble},
       page.address, kReadable, page.IsRead() ? kAllIsWell : "no");
  if (!page.IsRead()) return;
  const auto change = changes.find(page.address);
  Note({RunChangeKind::kPage,
        {page.address},
        "",
        "",
        change == changes.end() ? "" : change->second,
        ""},
       page.address, kTextPlace, page.read.sha256);
}

}  // namespace conform
