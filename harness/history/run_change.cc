#include "history/run_change.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "base/breach_kind.h"
#include "history/behaviour.h"

namespace conform {
namespace {

constexpr std::size_t kMostSubjects = 10;

/// `read: ` of `read: headers.date`; empty in the single-request form.
std::string StepOf(const std::string& place) {
  const std::size_t colon = place.find(": ");
  return colon == std::string::npos ? "" : place.substr(0, colon + 2);
}

std::map<std::string, std::string> ByPlace(const std::vector<BehaviourFact>& facts) {
  std::map<std::string, std::string> values;
  for (const BehaviourFact& fact : facts) values[fact.place] = fact.value;
  return values;
}

std::string SubjectsText(const RunChange& change) {
  if (change.subjects.size() == 1) return change.subjects.front();
  return fmt::format("{} {}", change.subjects.size(),
                     change.kind == RunChangeKind::kPage ? "pages" : "tests");
}

/// `pass -> fail`; what is again as it was is told once.
std::string TurnText(const RunChange& change) {
  return change.before == change.now ? change.now
                                     : fmt::format("{} -> {}", change.before, change.now);
}

std::string Headline(const RunChange& change) {
  const std::string subjects = SubjectsText(change);
  switch (change.kind) {
    case RunChangeKind::kOutcome:
      return fmt::format("{}  {}", TurnText(change), subjects);
    case RunChangeKind::kFindings:
      return fmt::format("still {}, otherwise than before  {}", change.now, subjects);
    case RunChangeKind::kNewTest:
      if (change.place.empty()) return fmt::format("new: {}  {}", change.now, subjects);
      return fmt::format("new: {}: {}  {}", change.place, change.now, subjects);
    case RunChangeKind::kGoneTest:
      return fmt::format("gone: was {}  {}", change.before, subjects);
    case RunChangeKind::kBehaviour:
      return fmt::format("behaviour: {}: {}  {}", change.place, TurnText(change), subjects);
    case RunChangeKind::kConnection:
      return fmt::format("connection: {}: {}", change.place, TurnText(change));
    case RunChangeKind::kPage:
      return fmt::format("page: {}: {}", subjects, change.now);
    case RunChangeKind::kAnswers:
      return fmt::format("{}: {}", change.place, change.now);
  }
  return "";
}

/// A line of a verdict's value.
std::string FindingValue(const KeptFinding& finding) {
  return fmt::format("{} {} {}", finding.clause, finding.step, BreachKind(finding.subject));
}

}  // namespace

std::string_view NameOf(RunChangeKind kind) {
  switch (kind) {
    case RunChangeKind::kOutcome:
      return "outcome";
    case RunChangeKind::kFindings:
      return "findings";
    case RunChangeKind::kNewTest:
      return "new test";
    case RunChangeKind::kGoneTest:
      return "gone test";
    case RunChangeKind::kBehaviour:
      return "behaviour";
    case RunChangeKind::kConnection:
      return "connection";
    case RunChangeKind::kPage:
      return "page";
    case RunChangeKind::kAnswers:
      return "answers";
  }
  return "";
}

std::string VerdictValue(const KeptTest& test) {
  std::set<std::string> broken;
  for (const KeptFinding& each : test.findings) broken.insert(FindingValue(each));
  std::string value(NameOf(test.outcome));
  for (const std::string& each : broken) value += "\n" + each;
  return value;
}

std::string VerdictText(const KeptTest& test, std::string_view before) {
  const std::string known = fmt::format("{}\n", before);
  const KeptFinding* told = nullptr;
  for (const KeptFinding& each : test.findings) {
    if (each.accepted) continue;
    const bool is_new = known.find(fmt::format("\n{}\n", FindingValue(each))) == std::string::npos;
    if (is_new || told == nullptr) told = &each;
    if (is_new) break;
  }
  if (told != nullptr) return fmt::format("{} ({})", told->message, told->clause);
  if (!test.findings.empty()) {
    return fmt::format("{} ({}, accepted)", test.findings[0].message, test.findings[0].clause);
  }
  return test.reason;
}

bool FollowsFromStatus(const std::string& place, const std::vector<std::string>& changed_places) {
  const std::string status = StepOf(place) + "status";
  return place != status &&
         std::find(changed_places.begin(), changed_places.end(), status) != changed_places.end();
}

std::vector<RunChange> CompareBehaviour(const KeptTest& before, const KeptTest& now) {
  const auto old_values = ByPlace(before.behaviour);
  const auto new_values = ByPlace(now.behaviour);
  std::vector<RunChange> changes;
  const auto add = [&](const std::string& place, const std::string& was, const std::string& is) {
    if (IsOpenAt(place, before.behaviour) || IsOpenAt(place, now.behaviour)) return;
    changes.push_back({RunChangeKind::kBehaviour, {now.id}, place, was, is, ""});
  };
  for (const auto& [place, value] : old_values) {
    const auto found = new_values.find(place);
    if (found == new_values.end()) {
      add(place, value, kAbsentValue);
    } else if (found->second != value) {
      add(place, value, found->second);
    }
  }
  for (const auto& [place, value] : new_values) {
    if (old_values.count(place) == 0) add(place, kAbsentValue, value);
  }
  std::vector<std::string> places;
  places.reserve(changes.size());
  for (const RunChange& each : changes) places.push_back(each.place);
  changes.erase(
      std::remove_if(changes.begin(), changes.end(),
                     [&](const RunChange& each) { return FollowsFromStatus(each.place, places); }),
      changes.end());
  std::sort(changes.begin(), changes.end(),
            [](const RunChange& a, const RunChange& b) { return a.place < b.place; });
  return changes;
}

std::vector<RunChange> GroupChanges(std::vector<RunChange> changes) {
  using Key = std::tuple<RunChangeKind, std::string, std::string, std::string, std::string>;
  std::map<Key, std::size_t> places;
  std::vector<RunChange> grouped;
  for (RunChange& each : changes) {
    const auto [found, fresh] = places.emplace(
        Key{each.kind, each.place, each.before, each.now, each.note}, grouped.size());
    if (fresh) {
      grouped.push_back(std::move(each));
    } else {
      auto& subjects = grouped[found->second].subjects;
      subjects.insert(subjects.end(), each.subjects.begin(), each.subjects.end());
    }
  }
  std::stable_sort(grouped.begin(), grouped.end(),
                   [](const RunChange& a, const RunChange& b) { return a.kind < b.kind; });
  return grouped;
}

std::string RenderChange(const RunChange& change) {
  std::string text = Headline(change);
  if (!change.note.empty()) text += "\n  " + change.note;
  if (change.subjects.size() < 2) return text;
  for (std::size_t i = 0; i < std::min(change.subjects.size(), kMostSubjects); ++i) {
    text += "\n  " + change.subjects[i];
  }
  if (change.subjects.size() > kMostSubjects) {
    text += fmt::format("\n  and {} more", change.subjects.size() - kMostSubjects);
  }
  return text;
}

}  // namespace conform
