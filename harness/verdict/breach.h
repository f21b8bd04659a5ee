// How a clause that was kept or broken is written into a verdict.
#pragma once

#include <cstddef>
#include <map>
#include <string>

#include "case/test.h"
#include "verdict/check.h"
#include "verdict/verdict.h"

namespace conform {

/// Which clause of which contract; of a protocol where `contract` is null or has it not.
ClauseKey KeyOf(const Clause& clause, const Contract* contract);
/// Of that contract of the plan's steps which states the clause; of a protocol where none does.
ClauseKey KeyOf(const Clause& clause, const EvidencePlan& plan);

/// What a clause of a protocol set weighs in a run that lets the set weigh at most what `softened`
/// says of it.
Strength WeighIn(const std::map<std::string, Strength>& softened, const std::string& set,
                 Strength strength);

/// Whose words what was expected is: a case may hold an answer to more than the page says.
enum class Expecter { kContract, kCase };

/// Of an answer a contract states its status, whether it has content, and header fields that it
/// must have; all else a case adds. `rule` is the contract's of the status that came, or null.
Expecter ExpecterOf(const Expectation& expectation, Role role, const ResponseRule* rule);

/// Records the clause as broken, and a finding at `span` of the case; `strength` is what it weighs
/// in this run. A protocol's clause is asked for by its document, whoever the `expecter`.
void RecordBreach(const Test& test, std::size_t step, const Clause& clause, Strength strength,
                  const Mismatch& mismatch, Expecter expecter, const Span& span, Verdict& verdict);

}  // namespace conform
