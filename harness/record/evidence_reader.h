// The tests of a record with all that crossed the wire, one at a time.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string_view>

#include "base/error.h"
#include "record/run_record.h"

namespace conform {

/// The test of that index in RunRecord::tests, its exchanges with every attempt. Errors: the file
/// it is read from was changed or removed. Called from several threads at once.
using EvidenceReader = std::function<Expected<TestRecord>(std::size_t index)>;

/// Of a record that holds every attempt itself; `record` outlives it.
EvidenceReader EvidenceOf(const RunRecord& record);

/// Of a record whose tests know their places in the journal at `path`: there the attempts are read
/// that the record does not hold. `record` outlives it.
EvidenceReader EvidenceIn(const std::filesystem::path& path, const RunRecord& record);

/// Errors: of tests that passed no exchange was kept; `place` tells in which run, as shown.
Expected<void> RequireEvidence(const RunRecord& record, std::string_view place);

/// How much of the evidence of a run is held in memory: the first 4 MB.
class EvidenceBound {
 public:
  /// Drops the attempts of a test that stands in the journal, where the bound is reached; of one
  /// that passed also what it could be sent again by.
  void Hold(TestRecord& test);

 private:
  std::size_t held_ = 0;
};

}  // namespace conform
