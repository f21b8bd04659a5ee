// A documentation page that is watched beside the service.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "history/watch.h"
#include "history/watch_store.h"

namespace conform {

/// Each page once, as it was named first: `./page.md` is page.md.
std::vector<std::string> EachPageOnce(const std::vector<std::string>& pages);

/// A page, and the texts that are to be remembered of it, by where the store keeps them.
struct ReadPage {
  WatchedPage seen;
  std::vector<std::pair<std::string, KeptPage>> texts;
};

/// Reads it, by its tags only where it is another than the store has, with the files that its
/// INCLUDE lines name (beside it, or below the same origin). `page` is a URL or a file, which is
/// watched by its normal spelling. What went wrong is in its `trouble`, also that an included file
/// can be read no longer; errors are the store's. `change` says what became of its text: `3
/// breaking, 1 editorial; permissions.application: …` where both texts describe an operation, else
/// how many lines differ.
Expected<ReadPage> ReadWatchedPage(const std::string& page, WatchStore& store);

/// Remembers their texts.
Expected<void> SaveTexts(const std::vector<ReadPage>& pages, WatchStore& store);

}  // namespace conform
