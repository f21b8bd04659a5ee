// Pages that are watched beside the service: what became of them, and what is kept of them.
#pragma once

#include <string>
#include <vector>

#include "history/watch.h"
#include "history/watch_turn.h"

namespace conform {

/// Of those that could be read. Errors: the store's.
Expected<PageChanges> DescribePages(const std::vector<WatchedPage>& pages,
                                    const std::string& series, const WatchedStates& states,
                                    WatchStore& store);

/// Keeps them as read last, with what was told of them, for the next comparison.
Expected<void> SavePages(const std::vector<WatchedPage>& pages, const std::string& series,
                         const WatchedStates& states, WatchStore& store);

}  // namespace conform
