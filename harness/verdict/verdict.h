// Outcome and findings of one test.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <tuple>
#include <vector>

#include "base/shared_list.h"
#include "base/source_text.h"
#include "contract/clause.h"
#include "verdict/outcome.h"

namespace conform {

/// Which clause: ids are unique only within an edition of an operation.
struct ClauseKey {
  std::string id;
  std::string operation;  ///< empty: a protocol clause.
  std::string edition;

  bool operator==(const ClauseKey&) const = default;
  bool operator<(const ClauseKey& other) const {
    return std::tie(id, operation, edition) < std::tie(other.id, other.operation, other.edition);
  }
};

}  // namespace conform

template <>
struct std::hash<conform::ClauseKey> {
  std::size_t operator()(const conform::ClauseKey& key) const {
    const std::hash<std::string> of_text;
    return of_text(key.id) * 31 + of_text(key.edition);
  }
};

namespace conform {

/// One clause broken by one exchange.
struct Finding {
  ClauseKey clause;
  Strength strength = Strength::kMust;  ///< as it weighed here: a profile can soften it.
  std::string says;
  std::string source;    ///< where the clause was read, in words.
  std::string step;      ///< empty in the single-request form.
  std::string subject;   ///< what it is about, path first: `status`, `headers.Allow`, `body/id`.
  std::string expected;  ///< one line.
  std::string actual;    ///< one line.
  std::vector<std::string> diff;  ///< where a JSON value differs, path first; at most a screen.
  std::string message;            ///< `status is 200, the contract promises 204`.
  std::string path;               ///< the file to look at: the case.
  Span span;
  std::string excerpt;                   ///< the line `span` is on.
  std::string deviation;                 ///< the reason for which it is accepted; else empty.
  std::vector<std::string> accepted_at;  ///< the places of all deviations that accept it.
};

/// Whether it is a success with another status than promised, which a deviation accepts.
bool IsAcceptedSuccess(const Finding& finding);

/// A clause that an exchange kept or broke.
struct JudgedClause {
  ClauseKey clause;
  bool kept = true;

  bool operator==(const JudgedClause&) const = default;
};

/// Something recorded and compared between runs, never judged.
struct ObservedFact {
  std::string step;
  std::string name;   ///< `status`, `headers.Retry-After`, …
  std::string value;  ///< `absent` where there was none.
};

struct Verdict {
  Outcome outcome = Outcome::kNotRun;
  /// Of skip, inconclusive and not_run: why. Of fail: what could not be told besides. Of any: which
  /// steps were not run, and what was not cleaned up. Else empty.
  std::string reason;
  std::vector<Finding> findings;
  SharedList<JudgedClause> judged;    ///< service clauses, contract's and protocols'; each once.
  SharedList<ClauseKey> client_kept;  ///< client clauses that the bytes we sent keep.
  std::vector<ObservedFact> observed;
  std::vector<std::string> reached_success;  ///< operations whose success answer came.
};

/// Adds that a clause was kept or broken; broken once, it stays so.
void RecordJudged(const ClauseKey& clause, bool kept, Verdict& verdict);

}  // namespace conform
