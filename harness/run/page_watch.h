// A documentation page that is watched beside the service.
#pragma once

#include <string>

#include "history/watch.h"
#include "history/watch_store.h"

namespace conform {

/// Reads it, by its tags only where it is another than the store has, and remembers it. `address`
/// is a URL or a file. What went wrong is in its `trouble`.
WatchedPage ReadWatchedPage(const std::string& address, WatchStore& store);

/// What became of a page's text: `3 breaking, 1 editorial; a permission is no longer accepted`
/// where both describe an operation, else how many lines differ.
std::string DescribePageChange(const std::string& address, const std::string& before,
                               const std::string& now);

}  // namespace conform
