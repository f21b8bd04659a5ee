// What the history keeps of a run: enough to compare it with another, test by test.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "verdict/outcome.h"

namespace conform {

/// A promise that broke, told so that two runs of it read alike.
struct KeptFinding {
  std::string clause;
  std::string step;     ///< empty in the single-request form.
  std::string subject;  ///< `status`, `headers.Allow`, …
  std::string message;
  bool accepted = false;  ///< by a deviation.

  bool operator==(const KeptFinding&) const = default;
};

/// Something that was seen and may be promised by nobody: `headers.x-new` is `present`.
struct BehaviourFact {
  std::string place;
  std::string value;

  bool operator==(const BehaviourFact&) const = default;
};

/// What a test is made of; another digest: it was edited.
struct TestDefinition {
  std::string case_sha256;      ///< of the case and the files beside it that it names.
  std::string contract_sha256;  ///< of the contract of its edition.

  bool operator==(const TestDefinition&) const = default;
};

struct KeptTest {
  std::string id;  ///< `suite.name`.
  std::string case_id;
  std::string operation;
  std::string edition;
  std::string path;  ///< of the case file, as shown.
  TestDefinition definition;
  Outcome outcome = Outcome::kNotRun;
  std::string reason;  ///< why it was not judged; else empty.
  std::vector<KeptFinding> findings;
  std::vector<BehaviourFact> behaviour;              ///< by place, each once.
  std::vector<std::chrono::microseconds> durations;  ///< of its exchanges, in order.
  bool sent = false;                                 ///< at least one request.
  bool answered = false;                             ///< at least one answer came.
  bool unanswered =
      false;               ///< to a request of it none came. Not kept: the run alone is told by it.
  bool throttled = false;  ///< ended by a 429 or 503 that nothing asked for.
};

struct KeptRun {
  std::int64_t number = 0;  ///< in its history, from 1; 0: not kept.
  std::string sha256;       ///< of its run.json; empty: none was written.
  std::string previous_sha256;
  std::chrono::system_clock::time_point started;
  std::chrono::microseconds duration{0};
  std::string tool;  ///< version.
  std::string profile;
  std::string target;
  bool mock = false;
  bool strict = false;
  std::string editions;  ///< the newest it was judged by; empty: those of who names no day.
  int shard_index = 0;
  int shard_count = 1;
  bool complete = true;
  int exit_code = 0;
  std::vector<std::string> left_out;      ///< tests and case files that were not selected.
  std::vector<BehaviourFact> connection;  ///< of secure connections: issuer, TLS version.
  std::vector<KeptTest> tests;            ///< in the order run.

  /// Runs of one series can be compared: same profile, shard, strictness and editions, and the
  /// same target; of profile mock on loopback any port, since a mock or a service started alone has
  /// another each time.
  std::string Series() const;
  /// The same as all texts and documents name it: the key calls all of loopback `a mock`, since
  /// kept histories do.
  std::string ShownSeries() const;
};

}  // namespace conform
