#include "record/known_failures.h"

#include <algorithm>

#include "base/breach_kind.h"

namespace conform {

bool MakesFail(const Finding& finding, const RunRecord& record) {
  const bool fails = finding.strength == Strength::kMust || record.header.strict;
  return fails && finding.deviation.empty();
}

KnownFailures::KnownFailures(const RunRecord& baseline) {
  for (const TestRecord& test : baseline.tests) known_.merge(KeysOf(test, baseline));
}

bool KnownFailures::IsNew(const TestRecord& test, const RunRecord& record) const {
  if (test.verdict.outcome != Outcome::kFail) return false;
  const std::set<Key> keys = KeysOf(test, record);
  return std::any_of(keys.begin(), keys.end(),
                     [this](const Key& key) { return !known_.contains(key); });
}

std::set<KnownFailures::Key> KnownFailures::KeysOf(const TestRecord& test,
                                                   const RunRecord& record) {
  std::set<Key> keys;
  if (test.verdict.outcome != Outcome::kFail) return keys;
  for (const Finding& finding : test.verdict.findings) {
    if (!MakesFail(finding, record)) continue;
    // A status has few values, and 500 instead of 404 is another failure.
    const bool status = finding.subject == "status";
    const auto add = [&](std::string_view subject) {
      keys.emplace(test.Id(), finding.clause.id, finding.step, BreachKind(subject),
                   status ? finding.actual : "");
    };
    add(finding.subject);
    // Each line begins with its place: `/a/3: "x", expected "y"`; the last may say how many more.
    for (const std::string_view line : finding.diff) {
      if (line.starts_with('/')) add(line.substr(0, line.find(": ")));
    }
  }
  if (keys.empty()) keys.emplace(test.Id(), "", "", "flaky", "");
  return keys;
}

}  // namespace conform
