// What a run's exit code says, and why.
#pragma once

#include <string>
#include <vector>

#include "record/run_record.h"

namespace conform {

/// 0 conforms; 1 nonconformance; 2 a bad file or usage; 3 could not tell. Several: 2, else 1,
/// else 3.
enum class ExitCode { kConforms = 0, kNonconformance = 1, kBadInput = 2, kCouldNotTell = 3 };

struct RunConclusion {
  ExitCode code = ExitCode::kConforms;
  std::vector<std::string> reasons;  ///< one sentence each, for the code that was chosen.
};

/// A run is never green by emptiness: what was not judged is no pass. Rules over the whole
/// selection are left out where the record is of one shard. With a `baseline` only failures that
/// are new since then are a nonconformance.
RunConclusion Conclude(const RunRecord& record, const RunRecord* baseline = nullptr);

/// `conforms`, `nonconformance`, `bad input`, `could not tell`.
std::string_view NameOf(ExitCode code);

}  // namespace conform
