// How a case is evidence for the clauses it lists, checked against what it sends and expects.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "case/case.h"
#include "contract/catalog.h"

namespace conform {

/// In which way one step's answer keeps or breaks one clause.
enum class Role {
  kAnswer,         ///< about responses.*: every expectation of the step keeps it.
  kRefusal,        ///< the request breaks a fact: 4xx keeps the clause, 2xx breaks it.
  kRefusalStatus,  ///< the exact status of a refusal.
  kGrant,          ///< a permission is used: 2xx keeps the clause, 401 and 403 break it.
  kPrecondition,   ///< If-Match is false: the exact status of that refusal is all there is.
  kEffect,         ///< an earlier step's effect is shown by this step's answer.
};

struct Evidence {
  const Clause* clause = nullptr;  ///< of the catalog, which outlives this.
  Role role = Role::kAnswer;
  std::size_t step = 0;

  bool operator==(const Evidence&) const = default;
};

/// What one test's steps are judged by.
struct EvidencePlan {
  std::vector<const Contract*> contracts;  ///< one a step; null for a wait.
  std::set<std::size_t> refused;  ///< steps whose request breaks what a service refuses it for.
  std::vector<Evidence> evidence;
  std::string expects_success;  ///< the operation whose success some step expects, or empty.

  bool operator==(const EvidencePlan&) const = default;
};

/// Holds the case, with one row's values, against one edition. Diagnostics: an unknown clause, one
/// that the case is no evidence for, an expectation that no listed clause is about.
EvidencePlan PlanEvidence(const Case& test_case, const Row* row, const Contract& contract,
                          const Catalog& catalog, Diagnostics& diagnostics);

}  // namespace conform
