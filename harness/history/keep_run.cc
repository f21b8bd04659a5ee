#include "history/keep_run.h"

#include <fmt/format.h>

#include <map>
#include <set>
#include <string_view>
#include <unordered_map>

#include "base/digest.h"
#include "base/origin.h"
#include "history/behaviour.h"
#include "history/settled_text.h"

namespace conform {
namespace {

/// The profile that comes with conform, and is the one of who names none.
constexpr std::string_view kMockProfile = "mock";

/// Digests of what tests are made of, by the header of their run.
class Definitions {
 public:
  explicit Definitions(const RunHeader& header) : files_(header.files) {
    for (std::size_t i = 0; i < files_.size(); ++i) {
      const FileRecord& file = files_[i];
      places_.emplace(file.path, i);
      if (file.kind == "beside") beside_.emplace(file.path, i);
      if (!file.operation.empty()) specs_[file.operation + " " + file.edition] += file.sha256;
    }
    for (const ClauseRecord& clause : header.clauses) {
      if (!clause.IsContract()) continue;
      clauses_[clause.key.operation + " " + clause.key.edition] +=
          fmt::format("{}\n{}\n{}\n{}\n", clause.key.id, clause.about,
                      static_cast<int>(clause.strength), clause.says);
    }
  }

  TestDefinition Of(const TestRecord& test) {
    const std::string key = test.operation + " " + test.edition;
    auto contract = contracts_.find(key);
    if (contract == contracts_.end()) {
      contract = contracts_.emplace(key, ContractDigest(test)).first;
    }
    auto test_case = cases_.find(test.path);
    if (test_case == cases_.end()) {
      test_case = cases_.emplace(test.path, CaseDigest(test.path)).first;
    }
    return {test_case->second, contract->second};
  }

 private:
  /// Files that a case names lie in its folder: they may belong to any case there.
  std::string CaseDigest(const std::string& path) const {
    const std::string folder = path.substr(0, path.rfind('/') + 1);
    std::set<std::size_t> places;  // in the order of the header
    if (const auto own = places_.find(path); own != places_.end()) places.insert(own->second);
    for (auto each = beside_.lower_bound(folder);
         each != beside_.end() && each->first.starts_with(folder); ++each) {
      places.insert(each->second);
    }
    std::string digests;
    for (const std::size_t place : places) digests += files_[place].sha256 + "\n";
    return digests.empty() ? "" : Sha256Hex(digests);
  }

  /// Of its clauses, and of the file that holds it.
  std::string ContractDigest(const TestRecord& test) const {
    const std::string key = test.operation + " " + test.edition;
    const auto clauses = clauses_.find(key);
    const auto spec = specs_.find(key);
    return Sha256Hex((clauses == clauses_.end() ? "" : clauses->second) +
                     (spec == specs_.end() ? FindByLayout(test) : spec->second));
  }

  /// Records of 1.0.0 do not say which contract a file holds: where specs/ has that of a Microsoft
  /// Graph operation.
  std::string FindByLayout(const TestRecord& test) const {
    std::string folder = "/" + test.operation;
    std::replace(folder.begin(), folder.end(), '.', '/');
    const std::string end = folder + "/" + test.edition + ".yaml";
    std::string digests;
    for (const FileRecord& file : files_) {
      if (file.kind != "spec" || !file.operation.empty()) continue;
      if (("/" + file.path).ends_with(end)) digests += file.sha256;
    }
    return digests;
  }

  const std::vector<FileRecord>& files_;
  std::unordered_map<std::string_view, std::size_t> places_;  // of files_, by their paths
  std::map<std::string_view, std::size_t> beside_;            // those that cases name
  std::unordered_map<std::string, std::string> cases_;
  std::map<std::string, std::string> clauses_;    // by operation and edition, as the next two
  std::map<std::string, std::string> specs_;      // digests
  std::map<std::string, std::string> contracts_;  // digests of both
};

bool IsThrottled(const TestRecord& test) {
  if (test.verdict.outcome != Outcome::kInconclusive || test.exchanges.empty()) return false;
  const std::string& line = test.exchanges.back().status_line;
  return line.find(" 429") != std::string::npos || line.find(" 503") != std::string::npos;
}

KeptTest KeepTest(const TestRecord& test) {
  KeptTest kept;
  kept.id = test.Id();
  kept.case_id = test.case_id;
  kept.operation = test.operation;
  kept.edition = test.edition;
  kept.path = test.path;
  kept.outcome = test.verdict.outcome;
  kept.reason = Settle(test.verdict.reason);
  // What decides comes first: an alarm has room for one.
  for (const bool must : {true, false}) {
    for (const Finding& finding : test.verdict.findings) {
      if ((finding.strength == Strength::kMust) != must) continue;
      kept.findings.push_back({finding.clause.id, finding.step, finding.subject,
                               Settle(finding.message), !finding.deviation.empty()});
    }
  }
  kept.behaviour = BehaviourOf(test);
  for (const ExchangeRecord& exchange : test.exchanges) {
    kept.sent = true;
    const bool answered = !exchange.status_line.empty();
    kept.answered = kept.answered || answered;
    kept.unanswered = kept.unanswered || !answered;
    if (HasLatency(exchange)) kept.durations.push_back(exchange.duration);
  }
  kept.throttled = IsThrottled(test);
  return kept;
}

KeptRun KeepHeader(const RunRecord& record) {
  const RunHeader& header = record.header;
  KeptRun run;
  run.previous_sha256 = header.previous_sha256;
  run.started = header.started;
  run.duration = record.duration;
  run.tool = header.tool.version;
  run.profile = header.profile;
  run.target = header.target;
  run.mock = header.mock;
  run.strict = header.strict;
  run.shard_index = header.shard_index;
  run.shard_count = header.shard_count;
  run.complete = record.complete;
  for (const LeftOutRecord& each : header.left_out) run.left_out.push_back(each.what);
  return run;
}

/// Whether a mock or a service is there that has another port each time it is started.
bool HasAnyPort(const KeptRun& run) {
  if (run.target == kEmbeddedMock) return false;
  const auto origin = ParseOrigin(run.target);
  return run.mock || (run.profile == kMockProfile && origin && IsLoopback(*origin));
}

std::string NameSeries(const KeptRun& run, std::string_view loopback) {
  const std::string_view target = HasAnyPort(run) ? loopback : std::string_view(run.target);
  std::string series = fmt::format("{} at {}", run.profile, target);
  if (run.strict) series += ", strict";
  if (!run.editions.empty()) series += ", editions of " + run.editions;
  if (run.shard_count > 1) {
    series += fmt::format(", shard {} of {}", run.shard_index, run.shard_count);
  }
  return series;
}

}  // namespace

Expected<KeptRun> KeepRun(const RunRecord& record, const EvidenceReader& evidence, int exit_code,
                          const std::string& sha256) {
  KeptRun run = KeepHeader(record);
  run.exit_code = exit_code;
  run.sha256 = sha256;
  Definitions definitions(record.header);
  for (std::size_t i = 0; i < record.tests.size(); ++i) {
    const Expected<TestRecord> test = evidence(i);
    if (!test) return tl::unexpected(test.error());
    KeptTest kept = KeepTest(*test);
    kept.definition = definitions.Of(*test);
    run.complete = run.complete && kept.outcome != Outcome::kNotRun;
    const std::vector<BehaviourFact> connection = ConnectionOf(*test);
    run.connection.insert(run.connection.end(), connection.begin(), connection.end());
    run.tests.push_back(std::move(kept));
  }
  SortFacts(run.connection);
  return run;
}

std::string KeptRun::Series() const { return NameSeries(*this, "a mock"); }

std::string KeptRun::ShownSeries() const { return NameSeries(*this, "loopback"); }

}  // namespace conform
