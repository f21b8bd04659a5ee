// A nonconformance known and accepted for now, with reason and date.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/source_text.h"

namespace conform {

struct Deviation {
  std::string clause;
  std::string case_id;                ///< a case's id, that with `/row` for one row, or `*`.
  std::vector<std::string> profiles;  ///< where it is accepted; never empty.
  std::string subject;                ///< of the finding, `*` for places in lists; empty: any.
  std::string actual;  ///< what is accepted, as the finding tells it; empty: any of `subject`.
  std::string reason;
  std::string approver;
  std::string issue;
  std::chrono::sys_days review;  ///< from the day after, it is overdue.
  Span span;
  std::string place;  ///< `cases/deviations.yaml:3:5`.
  Span case_span;     ///< of the case that is named.
};

/// Whether a deviation of the case that is named so is one of the test: `row` is empty where the
/// case has none.
bool NamesTest(std::string_view named, std::string_view case_id, std::string_view row);

struct Deviations {
  std::vector<Deviation> items;
  std::shared_ptr<const SourceText> source;  ///< null where there is no such file.
};

/// Reads `deviations.yaml`, a list.
Deviations LoadDeviations(const std::shared_ptr<const SourceText>& source,
                          Diagnostics& diagnostics);

}  // namespace conform
