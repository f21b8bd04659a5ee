// Makes a contract of a page: its facts, and for each the clause that says where it was read.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "base/diagnostic.h"
#include "base/error.h"
#include "contract/contract.h"
#include "page/page.h"

namespace conform {

struct ImportOptions {
  std::string repository;  ///< the page's; empty: the Graph documentation's of its language.
  std::string revision;    ///< empty: what the front matter says.
  /// The page's day where its front matter has none.
  std::optional<std::chrono::sys_days> day;
  /// Taken, with a warning, where nothing else tells the day.
  std::chrono::sys_days today;
};

/// What it could not understand, or took without being sure, is a positioned warning. Error: the
/// page describes no operation; the message says what kind of page it seems to be.
Expected<Contract> ContractFromPage(const Page& page, const ImportOptions& options,
                                    Diagnostics& diagnostics);

}  // namespace conform
