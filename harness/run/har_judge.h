// Judges exchanges that somebody else recorded by what contracts and protocols promise.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/redactor.h"
#include "record/run_record.h"
#include "run/har_match.h"
#include "run/har_reader.h"
#include "run/workspace.h"
#include "verdict/judge.h"

namespace conform {

/// A recorded exchange of an operation.
struct MatchedEntry {
  const HarEntry* entry = nullptr;
  const Contract* contract = nullptr;
  HarAddress address;
};

/// Makes a test of each matched entry and judges it. What a recording does not show is not judged:
/// the bytes on the wire; who asked, so permissions and refusals; the tenant's state, so an answer
/// promised for a condition is inconclusive; what the client owes.
class HarJudge {
 public:
  /// `workspace` gets the tests in place of its own: one a matched entry, named `entry_N` by its
  /// index. It and `matched` outlive the judge. `path`: of the recording, as shown.
  HarJudge(Workspace& workspace, std::vector<MatchedEntry> matched, std::string path, bool strict);

  std::size_t size() const { return matched_.size(); }
  TestRecord Judge(std::size_t index, const Redactor& redactor) const;

 private:
  std::shared_ptr<const EvidencePlan> PlanFor(const Contract& contract);
  Case MakeCase(const MatchedEntry& matched, const std::shared_ptr<const SourceText>& source);

  Workspace& workspace_;
  std::vector<MatchedEntry> matched_;
  JudgeOptions options_;
  std::map<const Contract*, std::shared_ptr<const EvidencePlan>> plans_;
};

/// Says of each clause that a recording cannot show why it is not judged, in `untested`. Returns
/// how many there are.
std::size_t TellUnshown(const Catalog& catalog, std::vector<ClauseRecord>& clauses);

}  // namespace conform
