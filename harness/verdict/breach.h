// How a clause that was kept or broken is written into a verdict.
#pragma once

#include <cstddef>

#include "case/test.h"
#include "verdict/check.h"
#include "verdict/verdict.h"

namespace conform {

/// Which clause of which contract; of a protocol where `contract` is null or has it not.
ClauseKey KeyOf(const Clause& clause, const Contract* contract);
/// Of that contract of the plan's steps which states the clause; of a protocol where none does.
ClauseKey KeyOf(const Clause& clause, const EvidencePlan& plan);

/// Records the clause as broken, and a finding at `span` of the case; `strength` is what it weighs
/// in this run.
void RecordBreach(const Test& test, std::size_t step, const Clause& clause, Strength strength,
                  const Mismatch& mismatch, const Span& span, Verdict& verdict);

}  // namespace conform
