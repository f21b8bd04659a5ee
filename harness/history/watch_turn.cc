#include "history/watch_turn.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/date.h"

namespace conform {
namespace {

constexpr const char* kTargetSubject = "target";
constexpr const char* kAnswersPlace = "answers";
constexpr const char* kThrottlingPlace = "throttling";
constexpr const char* kReadable = "readable";
constexpr const char* kTextPlace = "text";

}  // namespace

std::string FirstLineOf(const std::string& value) { return value.substr(0, value.find('\n')); }

WatchTurn::WatchTurn(WatchedStates& states, const KeptRun& run, const WatchMoment& moment)
    : states_(states), run_(run), moment_(moment) {
  for (const auto& [key, state] : states_) {
    if (key.second == kVerdictPlace) suites_.insert(SuiteOf(key.first));
  }
  result_.first = suites_.empty();
}

WatchResult WatchTurn::Take(const std::vector<WatchedPage>& pages) {
  if (WatchTarget()) {
    for (const KeptTest& test : run_.tests) WatchTest(test);
    WatchGone();
    for (const BehaviourFact& fact : run_.connection) {
      Note({RunChangeKind::kConnection, {fact.place}, fact.place, "", "", ""}, fact.place, "value",
           fact.value);
    }
  }
  for (const WatchedPage& page : pages) WatchPage(page);
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
  const Turn turn = Observe(value, moment_, *state);
  if (turn == Turn::kPending) ++result_.pending;
  if (turn == Turn::kNone || turn == Turn::kPending) return turn;
  if (change.before.empty()) change.before = FirstLineOf(was.told);
  if (change.now.empty()) change.now = FirstLineOf(value);
  if (turn == Turn::kBack) AddNote(change, fmt::format("had been so since {}", ShowDay(was.since)));
  if (turn == Turn::kFlapping) {
    // It may have come back to what was told: then the turn is from what the last run saw.
    if (change.kind == RunChangeKind::kFindings && value == was.told && value != was.last) {
      change.kind = RunChangeKind::kOutcome;
      change.before = FirstLineOf(was.last);
    }
    AddNote(change, fmt::format("flapping: turned {} times in the last {} runs; told again when "
                                "it has settled",
                                state->turns.size(), kFlappingRuns));
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

bool WatchTurn::WatchTarget() {
  const auto count = [&](auto is) {
    return std::count_if(run_.tests.begin(), run_.tests.end(), is);
  };
  const auto sent = count([](const KeptTest& test) { return test.sent; });
  const auto answered = count([](const KeptTest& test) { return test.answered; });
  const auto throttled = count([](const KeptTest& test) { return test.throttled; });
  const auto judged = count([](const KeptTest& test) {
    return test.outcome == Outcome::kPass || test.outcome == Outcome::kFail ||
           test.outcome == Outcome::kWarn || test.outcome == Outcome::kDeviation;
  });
  const bool reached = sent == 0 || answered > 0;
  if (!reached) AddUntold("the target gave no answer at all");
  if (!run_.complete) AddUntold("the run did not finish");
  if (throttled > 0)
    AddUntold(fmt::format("{} of {} tests were throttled", throttled, run_.tests.size()));
  if (reached && throttled == 0 && judged == 0) AddUntold("no test was judged");
  if (sent > 0) {
    Note({RunChangeKind::kAnswers,
          {run_.target},
          kAnswersPlace,
          "",
          reached ? "the target answers again" : "the target gives no answer at all",
          ""},
         kTargetSubject, kAnswersPlace, reached ? kAllIsWell : "no");
  }
  if (sent > 0 && reached) {
    Note({RunChangeKind::kAnswers,
          {run_.target},
          kThrottlingPlace,
          "",
          throttled > 0 ? "the target throttles: some tests cannot be judged"
                        : "the target throttles no more",
          ""},
         kTargetSubject, kThrottlingPlace, throttled > 0 ? "throttled" : kAllIsWell);
  }
  return reached;
}

void WatchTurn::WatchPage(const WatchedPage& page) {
  const bool read = !page.sha256.empty();
  if (!read) AddUntold(page.trouble);
  Note({RunChangeKind::kAnswers,
        {page.address},
        page.address,
        "",
        read ? "the page can be read again" : "the page cannot be read",
        page.trouble},
       page.address, kReadable, read ? kAllIsWell : "no");
  if (!read) return;
  Note({RunChangeKind::kPage,
        {page.address},
        "",
        "",
        page.change.empty() ? "its text changed" : page.change,
        ""},
       page.address, kTextPlace, page.sha256);
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
