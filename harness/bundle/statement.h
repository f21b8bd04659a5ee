// An in-toto Statement (v1) about a bundle: its files by digest, and what was run with which
// outcome.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "record/run_record.h"

namespace conform {

inline constexpr std::string_view kStatementType = "https://in-toto.io/Statement/v1";
/// The predicate's, described by reports/bundle-predicate.schema.json. `.invalid` (RFC 2606): the
/// name is never an address.
inline constexpr std::string_view kPredicateType = "https://conform.invalid/run/v1";
/// Of the envelope that holds a statement.
inline constexpr std::string_view kPayloadType = "application/vnd.in-toto+json";

/// Of a subject, if any, that is the run whose failures this one may have.
inline constexpr std::string_view kBaselineName = "baseline/run.json";

/// What a run came to, as its exit code says.
struct RunOutcome {
  int exit_code = 0;
  std::string meaning;               ///< `conforms`, `nonconformance`, …
  std::vector<std::string> reasons;  ///< one sentence each.
};

/// A file the statement is about.
struct Subject {
  std::string path;
  std::string sha256;  ///< hex.

  bool operator==(const Subject&) const = default;
};

/// JSON on one line: the same arguments are the same text, always. `time_stamped`: its signature
/// will be, so that a stamp that is taken away shows.
std::string RenderStatement(const RunRecord& record, const RunOutcome& outcome,
                            const std::vector<Subject>& subjects, bool time_stamped);

/// What is told of a statement.
struct Statement {
  std::vector<Subject> subjects;
  std::string started;  ///< of the run, RFC 3339.
  std::string target;
  bool mock = false;
  std::string meaning;
  std::uint64_t failed = 0;          ///< tests.
  std::vector<std::string> reasons;  ///< why it is that meaning, a sentence each.
  bool time_stamped = false;
  std::vector<Subject> left_out;  ///< what the run read and the bundle does not hold.
};

/// `json` may be anything. Errors: no such statement, of another predicate, nested deeper than any,
/// or a part of it is missing.
Expected<Statement> ReadStatement(std::string_view json);

}  // namespace conform
