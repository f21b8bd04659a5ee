#include "history/watch_turn.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>

#include "base/count_text.h"
#include "base/date.h"

namespace conform {
namespace {

constexpr const char* kTargetSubject = "target";
constexpr const char* kAnswersPlace = "answers";
constexpr const char* kThrottlingPlace = "throttling";
constexpr const char* kUnansweredPlace = "missing answers";
constexpr const char* kUnjudgedPlace = "missing verdicts";

/// Where lost tests are remembered, too: as places of a subject of that name.
constexpr const char* kLostPlaces[] = {kUnansweredPlace, kUnjudgedPlace};

/// A reason without its numbers and durations, which are others each time.
std::string CauseOf(std::string reason) {
  static const RE2 numbers(R"(\b[0-9][0-9a-z.]*)");
  RE2::GlobalReplace(&reason, numbers, "(number)");
  return reason;
}

/// A few of them, as a note.
std::string ShowReasons(const std::map<std::string, std::string>& by_cause) {
  constexpr std::size_t kMost = 3;
  std::string text;
  std::size_t shown = 0;
  for (const auto& [cause, reason] : by_cause) {
    if (++shown > kMost) return text + fmt::format("; and {} more", by_cause.size() - kMost);
    text += text.empty() ? reason : "; " + reason;
  }
  return text;
}

}  // namespace

bool IsUntold(const KeptTest& test) {
  if (test.outcome == Outcome::kSkip) return true;
  return test.outcome == Outcome::kInconclusive && (test.unanswered || !test.sent);
}

std::string FirstLineOf(const std::string& value) { return value.substr(0, value.find('\n')); }

bool Fails(const std::string& verdict) { return FirstLineOf(verdict) == NameOf(Outcome::kFail); }

WatchTurn::WatchTurn(WatchedStates& states, const KeptRun& run, const WatchMoment& moment)
    : states_(states), run_(run), moment_(moment) {
  for (const auto& [key, state] : states_) {
    if (key.second == kVerdictPlace) suites_.insert(SuiteOf(key.first));
  }
  result_.first = suites_.empty() && !run_.tests.empty();
}

WatchResult WatchTurn::Take(const std::vector<WatchedPage>& pages, const PageChanges& changes) {
  if (WatchTarget()) {
    for (const KeptTest& test : run_.tests) WatchTest(test);
    WatchGone();
    for (const BehaviourFact& fact : run_.connection) {
      Note({RunChangeKind::kConnection, {fact.place}, fact.place, "", "", ""}, fact.place, "value",
           fact.value);
    }
  }
  for (const WatchedPage& page : pages) WatchPage(page, changes);
  Group();
  return std::move(result_);
}

WatchedState* WatchTurn::Find(const std::string& subject, const std::string& place) {
  const auto found = states_.find({subject, place});
  return found == states_.end() ? nullptr : &found->second;
}

WatchedState& WatchTurn::Make(const std::string& subject, const std::string& place,
                              const std::string& value) {
  WatchedState& state = states_[{subject, place}];
  state.told = state.last = value;
  state.since = moment_.time;
  return state;
}

void WatchTurn::AddAlarm(Turn turn, RunChange change) {
  if (!result_.first) result_.alarms.push_back({turn, std::move(change)});
}

Turn WatchTurn::Note(RunChange change, const std::string& subject, const std::string& place,
                     const std::string& value) {
  WatchedState* state = Find(subject, place);
  if (state == nullptr) {
    Make(subject, place, value);
    return Turn::kNone;
  }
  const WatchedState was = *state;
  const bool is_verdict = place == kVerdictPlace;
  const bool is_page = change.kind == RunChangeKind::kPage;
  Urgency urgency = is_page ? Urgency::kEdited : Urgency::kNone;
  if (is_verdict && Fails(value) && !Fails(was.told)) urgency = Urgency::kUrgent;
  const Turn turn = Observe(value, moment_, urgency, *state);
  if (turn == Turn::kPending) ++result_.pending;
  if (turn == Turn::kNone || turn == Turn::kPending) return turn;
  if (change.before.empty()) change.before = FirstLineOf(was.told);
  if (change.now.empty()) change.now = FirstLineOf(value);
  if (turn == Turn::kSettled && value == was.told && change.kind == RunChangeKind::kFindings) {
    change.kind = RunChangeKind::kOutcome;  // as it was: nothing is otherwise
  }
  if (turn == Turn::kBack) AddNote(change, fmt::format("had been so since {}", ShowDay(was.since)));
  if (turn == Turn::kFlapping) {
    AddNote(change,
            fmt::format("flapping: turned {} times in the last {} runs; told again when it {}{}has "
                        "not turned for {}",
                        state->turns.size(), kFlappingRuns, is_page ? "is edited or " : "",
                        is_verdict && !Fails(value) ? "fails or " : "", kFlappingRuns / 2));
  }
  AddAlarm(turn, std::move(change));
  return turn;
}

std::string WatchTurn::ShowDay(std::chrono::system_clock::time_point time) {
  return FormatDate(std::chrono::floor<std::chrono::days>(time));
}

void WatchTurn::AddNote(RunChange& change, const std::string& text) {
  change.note += change.note.empty() ? text : "; " + text;
}

void WatchTurn::AddUntold(const std::string& why) {
  result_.untold += result_.untold.empty() ? why : "; " + why;
}

/// A place of the target's that is well, or is not for the reason `trouble`; `causes`, a line each
/// behind a line's end, are what makes one trouble another.
void WatchTurn::NoteTelling(const char* place, const std::string& trouble, const char* over,
                            const std::string& note, const std::string& causes) {
  const bool well = trouble.empty();
  Note({RunChangeKind::kAnswers, {run_.target}, place, "", well ? over : trouble, note},
       kTargetSubject, place, well ? kAllIsWell : "no" + causes);
}

bool WatchTurn::WatchTarget() {
  const auto sent = std::count_if(run_.tests.begin(), run_.tests.end(),
                                  [](const KeptTest& test) { return test.sent; });
  const bool reached = sent == 0 || std::any_of(run_.tests.begin(), run_.tests.end(),
                                                [](const KeptTest& test) { return test.answered; });
  if (!reached) AddUntold("the target gave no answer at all");
  if (!run_.complete) AddUntold("the run did not finish");
  if (sent > 0) {
    NoteTelling(kAnswersPlace, reached ? "" : "the target gives no answer at all",
                "the target answers again", "");
  }
  if (!reached) return false;
  if (sent > 0) WatchThrottling();
  WatchLost();
  const bool judged = std::any_of(run_.tests.begin(), run_.tests.end(),
                                  [](const KeptTest& test) { return IsConclusive(test.outcome); });
  if (!judged && !run_.tests.empty() && result_.untold.empty()) AddUntold("no test was judged");
  return true;
}

void WatchTurn::WatchThrottling() {
  const auto throttled = std::count_if(run_.tests.begin(), run_.tests.end(),
                                       [](const KeptTest& test) { return test.throttled; });
  if (throttled > 0) {
    AddUntold(fmt::format("{} of {} tests were throttled", throttled, run_.tests.size()));
  }
  if (throttled == 0 && !run_.complete) return;  // what did not run may be throttled
  NoteTelling(kThrottlingPlace,
              throttled > 0 ? "the target throttles: some tests cannot be judged" : "",
              "the target throttles no more", "");
}

bool WatchTurn::IsLost(const KeptTest& test) {
  const WatchedState* const state = Find(test.id, kVerdictPlace);
  if (state == nullptr || test.throttled || !IsUntold(test)) return false;
  const auto known = FindOutcome(FirstLineOf(state->told));
  return known && IsConclusive(*known);
}

std::map<std::string, std::string> WatchTurn::LostAt(const char* place) const {
  std::map<std::string, std::string> causes;
  for (auto each = states_.lower_bound({place, ""});
       each != states_.end() && each->first.first == place; ++each) {
    causes[each->first.second] = each->second.told;
  }
  return causes;
}

void WatchTurn::ForgetLost(const std::string& id) {
  for (const char* const place : kLostPlaces) {
    if (states_.erase({place, id}) > 0 && LostAt(place).empty()) {
      states_.erase({kTargetSubject, place});
    }
  }
}

void WatchTurn::WatchLost() {
  std::size_t unanswered = 0;
  std::size_t unjudged = 0;
  std::string why;                             // of the first that was not even asked about
  std::map<std::string, std::string> reasons;  // of all such, by their causes
  for (const KeptTest& test : run_.tests) {
    if (!IsLost(test)) {
      if (test.outcome == Outcome::kNotRun || test.throttled || IsUntold(test)) continue;
      for (const char* const place : kLostPlaces) states_.erase({place, test.id});
      continue;
    }
    const std::string cause = test.unanswered ? "" : CauseOf(test.reason);
    if (run_.complete) Make(test.unanswered ? kUnansweredPlace : kUnjudgedPlace, test.id, cause);
    if (test.unanswered) {
      ++unanswered;
    } else {
      if (++unjudged == 1) why = test.reason;
      reasons.emplace(cause, test.reason);
    }
  }
  if (unanswered > 0) {
    AddUntold(fmt::format("{} of {} tests had no answer", unanswered, run_.tests.size()));
  }
  if (unjudged > 0) {
    AddUntold(fmt::format("{} of {} tests were not judged{}{}", unjudged, run_.tests.size(),
                          why.empty() ? "" : ": ", why));
  }
  if (run_.complete) NoteLost(ShowReasons(reasons));  // else what did not run may be lost as well
}

void WatchTurn::NoteLost(const std::string& reasons) {
  for (const char* const place : kLostPlaces) {
    // Something is known, so that all was well before the first loss.
    if (Find(kTargetSubject, place) == nullptr) Make(kTargetSubject, place, kAllIsWell);
  }
  const std::size_t unanswered = LostAt(kUnansweredPlace).size();
  NoteTelling(kUnansweredPlace,
              unanswered > 0
                  ? fmt::format("the target leaves requests unanswered: {} cannot be judged",
                                CountOf(unanswered, "test"))
                  : "",
              "the target leaves no request unanswered any more", "");
  const auto unjudged = LostAt(kUnjudgedPlace);
  std::set<std::string> causes;
  for (const auto& [id, cause] : unjudged) causes.insert("\n" + cause);
  std::string trouble;
  if (!unjudged.empty()) {
    trouble = fmt::format("{} {} judged no longer", CountOf(unjudged.size(), "test"),
                          unjudged.size() == 1 ? "is" : "are");
  }
  NoteTelling(kUnjudgedPlace, trouble, "they are judged again", reasons,
              fmt::format("{}", fmt::join(causes, "")));
}

void WatchTurn::Group() {
  std::vector<Alarm> grouped;
  for (const Turn turn : {Turn::kChanged, Turn::kBack, Turn::kFlapping, Turn::kSettled}) {
    std::vector<RunChange> changes;
    for (const Alarm& alarm : result_.alarms) {
      if (alarm.turn == turn) changes.push_back(alarm.change);
    }
    for (RunChange& change : GroupChanges(std::move(changes))) {
      grouped.push_back({turn, std::move(change)});
    }
  }
  std::stable_sort(grouped.begin(), grouped.end(),
                   [](const Alarm& a, const Alarm& b) { return a.change.kind < b.change.kind; });
  result_.alarms = std::move(grouped);
}

}  // namespace conform
