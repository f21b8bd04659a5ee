// Everything a report may know of a run. Made redacted: no secret enters it.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "verdict/verdict.h"

namespace conform {

/// One request and its answer, as reports show it.
struct ExchangeRecord {
  std::string step;
  std::string request_line;       ///< `POST https://…/sync`.
  std::string client_request_id;  ///< empty where none was sent.
  std::string status_line;        ///< empty where no answer came.
  std::size_t field_count = 0;
  std::size_t body_bytes = 0;
  std::string request_id;  ///< the service's; empty where it sent none.
  std::string trouble;     ///< why no whole answer came, in one sentence; else empty.
  std::string again;       ///< a shell line that sends the same, secrets as variables.
  /// Of a step that asks until something holds: since the test began, on its tenant's clock.
  std::chrono::microseconds after{0};
  std::chrono::microseconds duration{0};
};

struct TestRecord {
  std::string suite;
  std::string name;
  std::string case_id;
  std::string title;
  std::string operation;
  std::string edition;
  std::string path;  ///< of the case file, as shown.
  int line = 0;
  std::string expects_success;  ///< the operation whose success it expects; else empty.
  Verdict verdict;
  std::vector<ExchangeRecord> exchanges;
  std::chrono::system_clock::time_point started;
  std::chrono::microseconds duration{0};

  std::string Id() const { return suite + "." + name; }
};

/// A clause that stood when the run began.
struct ClauseRecord {
  ClauseKey key;
  std::string about;
  Binds binds = Binds::kService;
  Strength strength = Strength::kMust;
  std::string says;
  std::string source;
  std::string untested;

  bool IsContract() const { return !key.operation.empty(); }
};

/// A deviation that the run's profile names.
struct DeviationRecord {
  std::string clause;
  std::string case_id;
  std::string actual;
  std::string reason;
  std::string approver;
  std::string review;    ///< YYYY-MM-DD.
  bool overdue = false;  ///< past its review date when the run began.
  std::string place;     ///< `cases/deviations.yaml:3:5`.
};

/// Known before the first test.
struct RunHeader {
  std::string tool_version;
  std::chrono::system_clock::time_point started;
  std::string profile;
  std::string target;  ///< origin, or `embedded mock`.
  bool mock = false;   ///< what it proves: of a mock, the harness; else the service.
  int shard_index = 0;
  int shard_count = 1;
  bool strict = false;
  std::vector<std::string> requires_clauses;
  std::vector<ClauseRecord> clauses;
  std::vector<DeviationRecord> deviations;
  std::uint64_t population = 0;     ///< tests that exist.
  std::uint64_t selected = 0;       ///< of them chosen by filter, over all shards.
  std::vector<TestRecord> planned;  ///< selected in this shard; verdict not_run.
};

struct RunRecord {
  RunHeader header;
  std::vector<TestRecord> tests;  ///< in the order run; what did not run follows as not_run.
  std::chrono::microseconds duration{0};
  bool complete = true;  ///< false where it was read from the journal of a run that was killed.
};

}  // namespace conform
