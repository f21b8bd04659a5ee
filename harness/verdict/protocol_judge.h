// What every exchange must keep, and what the bytes we sent keep.
#pragma once

#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "contract/catalog.h"
#include "verdict/check.h"
#include "verdict/step_facts.h"
#include "verdict/verdict.h"

namespace conform {

/// Holds exchanges against the clauses that bind the service and weigh something here. Safe to use
/// from several threads.
class ProtocolJudge {
 public:
  /// `catalog` outlives it.
  ProtocolJudge(const Catalog& catalog, const CheckTable& checks, const JudgeOptions& options);

  /// Judges the last attempt by every clause that is about it, in written order. Without a whole
  /// answer only what was odd about the bytes can be told.
  void Judge(const Test& test, const StepFacts& facts, Verdict& verdict) const;

 private:
  /// A clause, and what judging it needs.
  struct Applied {
    const ProtocolClause* clause = nullptr;
    Strength strength = Strength::kMust;
    ProtocolCheck check;
    ClauseKey key;
    bool about_bytes = false;
    bool about_all = false;   ///< whatever the exchange: it is not filtered.
    std::string scheme = {};  ///< in which an operation is signed in to that it is about; or any.
  };

  /// Which of applied_ were kept, a byte for each: lists are found by it.
  using Kept = std::string;

  /// One list for all that keep the same.
  SharedList<JudgedClause> ListOf(const Kept& kept) const;
  static bool IsAbout(const Applied& applied, const Attempt& attempt);

  std::vector<Applied> applied_;
  mutable std::mutex mutex_;
  mutable std::unordered_map<Kept, SharedList<JudgedClause>> lists_;
};

/// Adds the client clauses of the step's contract that its request keeps.
void RecordClientClauses(const CheckTable& checks, const Test& test, const StepFacts& facts,
                         Verdict& verdict);

}  // namespace conform
