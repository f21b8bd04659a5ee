#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "history/behaviour.h"
#include "history/run_difference.h"
#include "history/watch_turn.h"

namespace conform {
namespace {

/// What a test is made of, and the path of its case.
std::string JoinDefinition(const KeptTest& test) {
  return test.definition.case_sha256 + "\n" + test.definition.contract_sha256 + "\n" + test.path;
}

TestDefinition DefinitionIn(const std::string& text) {
  const std::size_t first = text.find('\n');
  const std::size_t second = text.find('\n', first + 1);
  if (second == std::string::npos) return {};
  return {text.substr(0, first), text.substr(first + 1, second - first - 1)};
}

std::string PathIn(const std::string& text) { return text.substr(text.rfind('\n') + 1); }

}  // namespace

std::string WatchTurn::SuiteOf(const std::string& id) { return id.substr(0, id.find('.')); }

void WatchTurn::WatchTest(const KeptTest& test) {
  if (test.outcome == Outcome::kNotRun || test.throttled) return;
  const std::string definition = JoinDefinition(test);
  WatchedState* state = Find(test.id, kVerdictPlace);
  if (state == nullptr) return AddTest(test);
  if (IsUntold(test)) return;  // what is known stays as it is
  const std::string edited = EditNote(DefinitionIn(state->definition), test.definition);
  state->definition = definition;
  RunChange change{RunChangeKind::kOutcome, {test.id}, "", "", "", VerdictText(test, state->told)};
  if (!edited.empty()) AddNote(change, edited);
  if (FirstLineOf(state->told) == NameOf(test.outcome)) change.kind = RunChangeKind::kFindings;
  const bool flapped = state->flapping;
  const Turn turn = Note(std::move(change), test.id, kVerdictPlace, VerdictValue(test));
  const bool told = turn != Turn::kNone && turn != Turn::kPending;
  if (!told && test.outcome == Outcome::kFail && Fails(state->told)) {
    result_.broken.push_back(test.id);
  }
  if (!edited.empty()) {
    Rebase(test);
  } else {
    WatchBehaviour(test, /*silent=*/told || flapped || state->flapping);
  }
}

void WatchTurn::AddTest(const KeptTest& test) {
  Make(test.id, kVerdictPlace, VerdictValue(test)).definition = JoinDefinition(test);
  Rebase(test);
  RunChange change{RunChangeKind::kNewTest,           {test.id},        "", kAbsentValue,
                   std::string(NameOf(test.outcome)), VerdictText(test)};
  if (suites_.count(SuiteOf(test.id)) == 0) {
    change.place = fmt::format("edition {} of {}", test.edition, test.operation);
  }
  AddAlarm(Turn::kChanged, std::move(change));
}

void WatchTurn::Rebase(const KeptTest& test) {
  DropBehaviour(test.id);
  for (const BehaviourFact& fact : test.behaviour) Make(test.id, fact.place, fact.value);
}

void WatchTurn::DropBehaviour(const std::string& id) {
  std::erase_if(states_, [&](const auto& each) {
    return each.first.first == id && each.first.second != kVerdictPlace;
  });
}

std::vector<BehaviourFact> WatchTurn::KnownFacts(const std::string& id) const {
  std::vector<BehaviourFact> facts;
  for (auto each = states_.lower_bound({id, ""}); each != states_.end() && each->first.first == id;
       ++each) {
    if (each->first.second == kVerdictPlace) continue;
    facts.push_back({each->first.second, each->second.told});
  }
  return facts;
}

void WatchTurn::WatchBehaviour(const KeptTest& test, bool silent) {
  const std::vector<BehaviourFact> known = KnownFacts(test.id);
  std::map<std::string, std::string> values;
  for (const BehaviourFact& fact : known) values[fact.place] = kAbsentValue;
  for (const BehaviourFact& fact : test.behaviour) values[fact.place] = fact.value;
  const std::size_t before = result_.alarms.size();
  const std::size_t pending = result_.pending;
  for (const auto& [place, value] : values) {
    if (value == kAbsentValue && IsOpenAt(place, test.behaviour)) continue;
    if (Find(test.id, place) == nullptr) {
      // Elements of an array that had none before tell nothing new.
      Make(test.id, place, IsOpenAt(place, known) ? value : kAbsentValue);
    }
    Note({RunChangeKind::kBehaviour, {test.id}, place, "", "", ""}, test.id, place, value);
  }
  if (silent) {
    result_.alarms.resize(before);
    result_.pending = pending;
  } else {
    DropFollowing(before);
  }
}

void WatchTurn::DropFollowing(std::size_t from) {
  std::vector<std::string> places;
  for (std::size_t i = from; i < result_.alarms.size(); ++i) {
    places.push_back(result_.alarms[i].change.place);
  }
  const auto begin = result_.alarms.begin() + static_cast<std::ptrdiff_t>(from);
  result_.alarms.erase(std::remove_if(begin, result_.alarms.end(),
                                      [&](const Alarm& alarm) {
                                        return FollowsFromStatus(alarm.change.place, places);
                                      }),
                       result_.alarms.end());
}

void WatchTurn::WatchGone() {
  if (!run_.complete) return;
  std::set<std::string> known(run_.left_out.begin(), run_.left_out.end());
  for (const KeptTest& test : run_.tests) known.insert(test.id);
  std::vector<std::string> gone;
  for (const auto& [key, state] : states_) {
    const bool is_test = key.second == kVerdictPlace;
    if (!is_test || known.count(key.first) > 0) continue;
    if (known.count(PathIn(state.definition)) == 0) gone.push_back(key.first);
  }
  for (const std::string& id : gone) {
    RunChange change{RunChangeKind::kGoneTest, {id}, "", "", kAbsentValue, ""};
    const Turn turn = Note(std::move(change), id, kVerdictPlace, kAbsentValue);
    if (turn != Turn::kChanged && turn != Turn::kBack) continue;
    DropBehaviour(id);
    states_.erase({id, kVerdictPlace});
    ForgetLost(id);
  }
}

}  // namespace conform
