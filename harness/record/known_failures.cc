#include "record/known_failures.h"

#include <algorithm>

#include "base/breach_kind.h"

namespace conform {

bool MakesFail(const Finding& finding, bool strict) {
  const bool fails = finding.strength == Strength::kMust || strict;
  return fails && finding.deviation.empty();
}

KnownFailures::KnownFailures(const RunRecord& baseline) {
  for (const TestRecord& test : baseline.tests) known_.merge(KeysOf(test, baseline.header.strict));
}

bool KnownFailures::IsNew(const TestRecord& test, bool strict) const {
  if (test.verdict.outcome != Outcome::kFail) return false;
  const std::set<Key> keys = KeysOf(test, strict);
  return std::any_of(keys.begin(), keys.end(),
                     [this](const Key& key) { return !known_.contains(key); });
}

std::set<KnownFailures::Key> KnownFailures::KeysOf(const TestRecord& test, bool strict) {
  std::set<Key> keys;
  if (test.verdict.outcome != Outcome::kFail) return keys;
  for (const Finding& finding : test.verdict.findings) {
    if (!MakesFail(finding, strict)) continue;
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
