// A documentation page that is watched beside the service.
#pragma once

#include <string>
#include <vector>

#include "history/watch.h"
#include "history/watch_store.h"

namespace conform {

/// Each page once, as it was named first: `./page.md` is page.md.
std::vector<std::string> EachPageOnce(const std::vector<std::string>& pages);

/// Reads it, by its tags only where it is another than the store has, with the files that its
/// INCLUDE lines name (beside it, or below the same origin), and remembers all. `address` is a URL
/// or a file. What went wrong is in its `trouble`, also that an included file can be read no
/// longer. `change` says what became of its text: `3 breaking, 1 editorial;
/// permissions.application: …` where both texts describe an operation, else how many lines differ.
WatchedPage ReadWatchedPage(const std::string& address, WatchStore& store);

}  // namespace conform
