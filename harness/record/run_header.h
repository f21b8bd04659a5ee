// What a report may know of a run before its first test.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "verdict/verdict.h"

namespace conform {

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
  std::string actual;  ///< empty: any of `subject`.
  std::string reason;
  std::string approver;
  std::string issue;
  std::string review;        ///< YYYY-MM-DD.
  bool overdue = false;      ///< past its review date when the run began.
  std::string place;         ///< `cases/deviations.yaml:3:5`.
  std::string subject = {};  ///< of the finding; empty: any.
};

/// Exchanges that another tool recorded.
inline constexpr const char* kRecording = "recording";

/// A file as it was read.
struct FileRecord {
  /// `spec`, `case`, `deviations`, `profile`, `beside`: named by a case, or kRecording.
  std::string kind;
  std::string path;  ///< as shown.
  std::string sha256;
  /// Of which operation a `spec` is the contract, and of which edition of its page; else empty.
  std::string operation = {};
  std::string edition = {};
};

/// What is known of who asked: read from the token's claims, never the token.
struct IdentityRecord {
  std::string identity;             ///< `delegated_work`, …
  std::string source;               ///< where its token comes from, in words; `none`: from nowhere.
  std::string tenant;               ///< tid.
  std::string application;          ///< appid or azp.
  std::vector<std::string> scopes;  ///< scp.
  std::vector<std::string> roles;

  bool operator==(const IdentityRecord&) const = default;
};

/// The program that ran.
struct ToolRecord {
  std::string version;
  std::string commit;  ///< of the source; empty: built outside a repository.
  std::string build;   ///< compiler and build type.
};

/// What `conform self-check` found of this build with these specs and cases.
struct SelfCheckRecord {
  std::chrono::system_clock::time_point when;
  std::uint64_t planted = 0;  ///< faults.
  std::uint64_t caught = 0;   ///< through exactly the clauses that they break.
};

/// A test, a case file or an edition that exists and was not selected.
struct LeftOutRecord {
  std::string what;  ///< `suite.name` of a test, path of a case file, or `operation@edition`.
  std::string by;  ///< `--gtest_filter=…`, `PATH`, `no edition in force`, or kEditionNotInForce….
};

/// `by` of a case file that nobody named on the command line.
inline constexpr std::string_view kLeftOutByPath = "PATH";
/// How `by` begins of an edition by which nothing was judged; how to judge by it stands behind.
inline constexpr std::string_view kEditionNotInForce = "edition not in force";

/// The target of a run on the mock that conform starts itself.
inline constexpr std::string_view kEmbeddedMock = "embedded mock";

/// Exchanges are kept of tests that did not pass alone.
inline constexpr const char* kFailedAlone = "failed";

struct RunHeader {
  ToolRecord tool;
  std::chrono::system_clock::time_point started;
  std::string time_zone;  ///< the host's, as an offset: `+01:00`.
  std::string host;
  std::string ci_run;  ///< address of the CI run, where the environment tells it.
  std::string profile;
  std::string target;  ///< origin, or `embedded mock`.
  bool mock = false;   ///< what it proves: of a mock, the harness; else the service.
  int shard_index = 0;
  int shard_count = 1;
  int jobs = 1;
  int shuffle_seed = 0;  ///< 0: in order.
  bool strict = false;
  std::string evidence;  ///< kFailedAlone, or empty: exchanges are kept of every test.
  std::vector<IdentityRecord> identities;
  std::vector<std::string> requires_clauses;
  std::vector<ClauseRecord> clauses;
  std::vector<DeviationRecord> deviations;
  std::vector<FileRecord> files;
  std::vector<SelfCheckRecord> self_check;  ///< one, or none: not known of this build.
  std::string previous_sha256;   ///< of the run record before this one; empty: none is known.
  std::uint64_t population = 0;  ///< tests that exist.
  std::uint64_t selected = 0;    ///< of them chosen by filter, over all shards.
  std::vector<LeftOutRecord> left_out;  ///< the rest of the population, with why.
  std::string history_head;             ///< of the history, `NUMBER:SHA-256`; empty: none was open.
  /// Paths of those `files` in which a secret of the run stands: no bundle may hold them.
  std::vector<std::string> secret_files;

  /// Whether of tests that passed no exchange is kept.
  bool SparesPasses() const { return evidence == kFailedAlone; }
};

}  // namespace conform
