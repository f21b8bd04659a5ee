// What a step expects has listed clauses, and a contract that states it.
#pragma once

#include <cstddef>

#include "base/diagnostic.h"
#include "case/broken_facts.h"
#include "case/evidence.h"
#include "case/expected_answer.h"

namespace conform {

/// A step seen against its contract.
struct StepView {
  const Step* step = nullptr;
  const Contract* contract = nullptr;  ///< null for a wait.
  StatusSet statuses;
  BrokenFacts broken;

  bool ExpectsSuccess() const {
    return contract != nullptr && conform::ExpectsSuccess(statuses, *contract);
  }
  /// Of what is not the documented request: nobody promises it.
  bool IsImproperSuccess() const { return ExpectsSuccess() && broken.IsImproper(); }
};

/// `index`: the step's in its case. Diagnostics, in `source`: an expectation that no listed clause
/// is about, and a schema of the contract that it does not state.
void RequireClauses(const SourceText& source, const StepView& view, std::size_t index,
                    const EvidencePlan& plan, Diagnostics& diagnostics);

}  // namespace conform
