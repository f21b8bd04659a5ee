// A journal for tests, with its first lines.
#pragma once

#include <filesystem>
#include <memory>

#include "base/redactor.h"
#include "record/journal.h"

namespace conform {

inline Expected<std::unique_ptr<Journal>> BeginJournal(const std::filesystem::path& path,
                                                       const RunHeader& header,
                                                       const PlannedTests& planned,
                                                       const Redactor& redactor) {
  auto journal = Journal::Open(path, redactor);
  if (!journal) return journal;
  if (auto written = (*journal)->WritePlan(header, planned); !written) {
    return tl::unexpected(written.error());
  }
  return journal;
}

}  // namespace conform
