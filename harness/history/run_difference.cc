#include "history/run_difference.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace conform {
namespace {

using std::chrono::microseconds;

std::map<std::string, const KeptTest*> ById(const KeptRun& run) {
  std::map<std::string, const KeptTest*> tests;
  for (const KeptTest& test : run.tests) tests[test.id] = &test;
  return tests;
}

class DifferenceOfRuns {
 public:
  DifferenceOfRuns(const KeptRun& before, const KeptRun& now)
      : before_(before),
        now_(now),
        left_out_before_(before.left_out.begin(), before.left_out.end()),
        left_out_now_(now.left_out.begin(), now.left_out.end()) {}

  RunDifference Take() {
    const auto old_tests = ById(before_);
    const auto new_tests = ById(now_);
    for (const KeptTest& test : now_.tests) {
      const auto found = old_tests.find(test.id);
      if (found != old_tests.end()) {
        Compare(*found->second, test);
      } else if (!IsLeftOut(test, left_out_before_)) {
        Add({RunChangeKind::kNewTest, {test.id}, "", kAbsentValue, Name(test), VerdictText(test)});
      }
    }
    for (const KeptTest& test : before_.tests) {
      if (new_tests.count(test.id) > 0 || IsLeftOut(test, left_out_now_)) continue;
      Add({RunChangeKind::kGoneTest, {test.id}, "", Name(test), kAbsentValue, ""});
    }
    CompareConnections();
    AddNotes();
    difference_.changes = GroupChanges(std::move(difference_.changes));
    AddLatency();
    return std::move(difference_);
  }

 private:
  static std::string Name(const KeptTest& test) { return std::string(NameOf(test.outcome)); }

  static bool IsLeftOut(const KeptTest& test, const std::set<std::string>& left_out) {
    return left_out.count(test.id) > 0 || left_out.count(test.path) > 0;
  }

  void Add(RunChange change) { difference_.changes.push_back(std::move(change)); }

  void Compare(const KeptTest& before, const KeptTest& now) {
    const std::string edited = EditNote(before.definition, now.definition);
    if (!edited.empty()) ++edited_;
    if (VerdictValue(before) != VerdictValue(now)) {
      const bool flipped = before.outcome != now.outcome;
      std::string note = VerdictText(now, VerdictValue(before));
      if (!edited.empty()) note += note.empty() ? edited : "; " + edited;
      Add({flipped ? RunChangeKind::kOutcome : RunChangeKind::kFindings,
           {now.id},
           "",
           Name(before),
           Name(now),
           note});
    } else if (edited.empty()) {
      for (RunChange& each : CompareBehaviour(before, now)) Add(std::move(each));
    }
  }

  void CompareConnections() {
    for (const BehaviourFact& fact : now_.connection) {
      for (const BehaviourFact& old : before_.connection) {
        if (old.place != fact.place || old.value == fact.value) continue;
        Add({RunChangeKind::kConnection, {fact.place}, fact.place, old.value, fact.value, ""});
      }
    }
  }

  void AddNotes() {
    std::vector<std::string>& notes = difference_.notes;
    if (before_.Series() != now_.Series()) {
      notes.push_back(fmt::format("the runs are of two targets or ways to judge: {}; {}",
                                  before_.ShownSeries(), now_.ShownSeries()));
    }
    if (edited_ > 0) {
      notes.push_back(fmt::format("{} {} edited in between: of {} the outcome alone is compared",
                                  edited_, edited_ == 1 ? "test was" : "tests were",
                                  edited_ == 1 ? "it" : "them"));
    }
    if (!before_.complete) notes.emplace_back("the earlier run did not finish");
    if (!now_.complete) notes.emplace_back("the later run did not finish");
  }

  void AddLatency() {
    std::map<std::string, std::pair<std::vector<microseconds>, std::vector<microseconds>>> all;
    const auto collect = [&](const KeptRun& run, bool now) {
      for (const KeptTest& test : run.tests) {
        auto& [old_ones, new_ones] = all[test.operation];
        auto& into = now ? new_ones : old_ones;
        into.insert(into.end(), test.durations.begin(), test.durations.end());
      }
    };
    collect(before_, false);
    collect(now_, true);
    for (const auto& [operation, durations] : all) {
      const auto& [old_ones, new_ones] = durations;
      // Of what one of the runs did not call there is nothing to hold it against.
      if (old_ones.empty() || new_ones.empty()) continue;
      difference_.latency.push_back({operation, PercentileOf(old_ones, 50),
                                     PercentileOf(old_ones, 95), PercentileOf(new_ones, 50),
                                     PercentileOf(new_ones, 95)});
    }
  }

  const KeptRun& before_;
  const KeptRun& now_;
  std::set<std::string> left_out_before_;
  std::set<std::string> left_out_now_;
  std::size_t edited_ = 0;
  RunDifference difference_;
};

}  // namespace

RunDifference DiffRuns(const KeptRun& before, const KeptRun& now) {
  return DifferenceOfRuns(before, now).Take();
}

microseconds PercentileOf(std::vector<microseconds> durations, std::size_t percent) {
  if (durations.empty()) return microseconds(0);
  std::sort(durations.begin(), durations.end());
  return durations[(durations.size() * percent + 99) / 100 - 1];
}

std::string EditNote(const TestDefinition& before, const TestDefinition& now) {
  const bool case_edited = before.case_sha256 != now.case_sha256;
  const bool contract_edited = before.contract_sha256 != now.contract_sha256;
  if (case_edited && contract_edited) return "its case and contract were edited";
  if (case_edited) return "its case was edited";
  return contract_edited ? "its contract was edited" : "";
}

}  // namespace conform
