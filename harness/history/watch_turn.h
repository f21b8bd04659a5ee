// One run against what is watched of its series: the turns that it brings.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "history/watch.h"

namespace conform {

/// The place of a test's outcome and findings; its other places are of its behaviour.
inline constexpr const char* kVerdictPlace = "verdict";

/// Of what can be told: it can.
inline constexpr const char* kAllIsWell = "yes";

/// Whether the test says nothing of the service: it was not asked as it should have been (no token,
/// no budget), or gave no answer. What a contract leaves open is said by an answer, and is told.
bool IsUntold(const KeptTest& test);

/// The first line of a value is for people.
std::string FirstLineOf(const std::string& value);

/// Of the value of a verdict.
bool Fails(const std::string& verdict);

/// What became of pages since what was told of them, in a sentence each, by their addresses.
using PageChanges = std::map<std::string, std::string>;

/// Its parts outlive it.
class WatchTurn {
 public:
  WatchTurn(WatchedStates& states, const KeptRun& run, const WatchMoment& moment);
  WatchResult Take(const std::vector<WatchedPage>& pages, const PageChanges& changes);

 private:
  static std::string SuiteOf(const std::string& id);
  WatchedState* Find(const std::string& subject, const std::string& place);
  WatchedState& Make(const std::string& subject, const std::string& place,
                     const std::string& value);
  void AddAlarm(Turn turn, RunChange change);
  /// Takes note of a value; `change` is what an alarm of it says, but for before and now.
  Turn Note(RunChange change, const std::string& subject, const std::string& place,
            const std::string& value);
  static std::string ShowDay(std::chrono::system_clock::time_point time);
  static void AddNote(RunChange& change, const std::string& text);
  void AddUntold(const std::string& why);
  /// Whether anything can be known of the tests.
  bool WatchTarget();
  void WatchThrottling();
  /// Tests of which something is known and nothing can be told now: one alarm for each set of
  /// causes, and one once each of them is told of again.
  void WatchLost();
  /// Whether a verdict is known of the test and this run has none.
  bool IsLost(const KeptTest& test);
  /// `reasons`: of this run's losses, for people.
  void NoteLost(const std::string& reasons);
  /// The causes for which tests are lost at a place, by the tests.
  std::map<std::string, std::string> LostAt(const char* place) const;
  /// Of a test that is gone: that was no reason to say that it is judged again.
  void ForgetLost(const std::string& id);
  void NoteTelling(const char* place, const std::string& trouble, const char* over,
                   const std::string& note, const std::string& causes = "");
  void WatchTest(const KeptTest& test);
  void AddTest(const KeptTest& test);
  /// What a test does now is what it is compared with from here on.
  void Rebase(const KeptTest& test);
  void DropBehaviour(const std::string& id);
  /// What is known of a test's places, as facts.
  std::vector<BehaviourFact> KnownFacts(const std::string& id) const;
  void WatchBehaviour(const KeptTest& test, bool silent);
  /// Of the alarms from that index on, those that follow from another status.
  void DropFollowing(std::size_t from);
  void WatchGone();
  void WatchPage(const WatchedPage& page, const PageChanges& changes);
  void Group();

  WatchedStates& states_;
  const KeptRun& run_;
  const WatchMoment& moment_;
  std::set<std::string> suites_;
  WatchResult result_;
};

}  // namespace conform
