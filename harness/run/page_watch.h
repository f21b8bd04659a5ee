// A documentation page that is watched beside the service.
#pragma once

#include <string>
#include <vector>

#include "history/watch.h"
#include "history/watch_store.h"

namespace conform {

/// Each page once, as it was named first: `./page.md` is page.md.
std::vector<std::string> EachPageOnce(const std::vector<std::string>& pages);

/// Reads it, by its tags only where it is another than the series read last, with the files that
/// its INCLUDE lines name (beside it, or below the same origin). `page` is a URL or a file, which
/// is watched by its normal spelling. What went wrong is in its `trouble`, also that an included
/// file can be read no longer; errors are the store's. What became of its texts is told as `3
/// breaking, 1 editorial; permissions.application: …` where both describe an operation, else as how
/// many lines differ.
Expected<WatchedPage> ReadWatchedPage(const std::string& page, const std::string& series,
                                      WatchStore& store);

}  // namespace conform
