// Answers held by the judge against a sample case, and the verdict told as text, for tests.
#pragma once

#include <fmt/format.h>

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "verdict/judge.h"
#include "verdict/sample_bench.h"

namespace conform {

// What is known before the request.
inline const TenantKnowledge kIdle{std::nullopt, true, false};
inline const TenantKnowledge kTenant{std::nullopt, false, false};

/// Outcome and reason; each finding; clauses kept and broken; `success` where it was reached.
inline std::string Tell(const Verdict& verdict) {
  std::string told(NameOf(verdict.outcome));
  if (!verdict.reason.empty()) told += ": " + verdict.reason;
  for (const Finding& finding : verdict.findings) {
    told += fmt::format("\n  {} ({}): {}{}", finding.clause.id, NameOf(finding.strength),
                        finding.message, finding.deviation.empty() ? "" : ", accepted");
  }
  for (const bool kept : {true, false}) {
    std::string ids;
    for (const JudgedClause& judged : verdict.judged) {
      if (judged.kept == kept) ids += " " + judged.clause.id;
    }
    if (!ids.empty()) told += (kept ? "\n  kept" : "\n  broken") + ids;
  }
  if (!verdict.reached_success.empty()) told += "\n  success";
  return told;
}

struct Judging {
  std::vector<Attempt> answers;
  TenantKnowledge known = kIdle;
  JudgeOptions options = {{}, "mock", false};
  Deviations deviations = {};
};

inline const Deviations kNoDeviations;

/// As on the mock, where nothing deviates.
inline Judge SampleJudge(const SampleBench& bench, CheckTable checks = StandardChecks()) {
  return Judge(bench.catalog(), kNoDeviations, std::move(checks), {{}, "mock", false});
}

/// Judges one answer a step until the judge ends the test.
inline Verdict JudgeAll(const SampleBench& bench, const Judging& judging) {
  const Judge judge(bench.catalog(), judging.deviations, StandardChecks(), judging.options);
  const Scope scope;
  Verdict verdict;
  std::size_t next = 0;
  for (std::size_t step = 0; step < bench.test().test_case->steps.size(); ++step) {
    if (bench.test().test_case->steps[step].wait) continue;
    const Exchange exchange{{judging.answers.at(next++)}};
    if (!judge.JudgeStep(bench.test(), {step, &exchange, &scope, judging.known}, verdict)) break;
  }
  judge.Conclude(bench.test(), verdict);
  return verdict;
}

inline const std::string kDocumented =
    SampleCase("[sync.204]", "delegated_work", kWithToken, "  status: 204\n  body: none\n");

/// What an answer that is sound but for its status keeps.
inline const std::string kSound = "\n  kept http.date http.wire graph.request_id";

/// The verdict on an answer to kDocumented that is sound but for its status.
inline std::string NotPromised(int status) {
  return fmt::format(
      "fail\n  sync.204 (must): status is {}, the contract promises 204{}\n  broken sync.204",
      status, kSound);
}

}  // namespace conform
