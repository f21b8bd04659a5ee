// Runs tests ahead of the one who reports them, who takes each in its turn.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "case/test.h"
#include "record/judged_lists.h"
#include "record/run_record.h"
#include "run/stop.h"

namespace conform {

struct DispatchOptions {
  int jobs = 1;                  ///< tests under way at once; the taker's own thread is one.
  std::size_t look_ahead = 512;  ///< tests begun or finished that nobody has taken yet.
  /// A test that waits for its turn: it begins when it is taken, and nothing planned after it
  /// begins before it is done. Empty: none does.
  std::function<bool(const Test&)> waits_for_turn;
  /// Tests of one group are never under way at once, and run in planned order. An empty text: of
  /// none. Empty: none is of a group.
  std::function<std::string_view(const Test&)> group_of;
  /// A test that can be run with its neighbours that can: several in one call, where there are jobs
  /// for the others meanwhile. Empty: each is run alone.
  std::function<bool(const Test&)> joins;
};

/// What a test left, and its line of the journal: made where the test ran, so that the taker need
/// not.
struct FinishedTest {
  TestRecord record;
  const JudgedLists::Text* judged = nullptr;  ///< the list that the line names; null: none.
  std::string line;
  std::string trouble;  ///< why the journal could not tell that it began; empty: it could.
};

/// The order of results is the taker's, whatever the number of jobs. Once `stop` is requested no
/// test begins; those under way are finished. Plan and Take are for one thread.
class Dispatcher {
 public:
  /// Gives what each test left, in their order. Called from several threads at once.
  using RunTests = std::function<std::vector<FinishedTest>(const std::vector<const Test*>&)>;

  /// `stop` outlives it.
  Dispatcher(DispatchOptions options, RunTests run, Stop& stop);
  /// Waits for what is under way.
  ~Dispatcher();
  Dispatcher(const Dispatcher&) = delete;
  Dispatcher& operator=(const Dispatcher&) = delete;

  /// Tests that will be taken in this order, after those planned before. They begin at once.
  void Plan(const std::vector<const Test*>& order);

  /// The next test's record; runs it, and others meanwhile, where it has not run yet. Nothing
  /// where a stop came before it began. A test that is not the next one planned is run at once.
  std::optional<FinishedTest> Take(const Test& test);

  /// Whether Take would not have to wait.
  bool IsReady();

  /// Waits for what is under way; the records that were never taken, in planned order. Nothing
  /// begins any more. Where threads are few they end, and leave their heaps to others; where they
  /// are many they are left to wait.
  std::vector<FinishedTest> TakeRest();

 private:
  static constexpr int kFew = 16;  ///< jobs.

  enum class State { kQueued, kRunning, kDone };
  struct Slot {
    const Test* test = nullptr;
    bool waits_for_turn = false;
    std::string_view group = {};
    bool joins = false;
    State state = State::kQueued;
    std::unique_ptr<FinishedTest> finished;
  };
  using Lock = std::unique_lock<std::mutex>;

  bool HasFewThreads() const { return options_.jobs <= kFew; }
  void AddThreads(std::size_t tests);
  void EndThreads();
  void Work();
  std::optional<std::size_t> FindNext() const;
  /// How many from that slot on are run with it.
  std::size_t CountJoined(std::size_t index) const;
  /// Runs the test there, and those that join it.
  void RunSlots(std::size_t index, Lock& lock);

  DispatchOptions options_;
  RunTests run_;
  Stop& stop_;
  std::mutex mutex_;
  std::condition_variable work_;  ///< something may begin.
  std::condition_variable done_;  ///< a test was finished.
  std::vector<Slot> slots_;
  std::size_t next_ = 0;     ///< the first slot that was not begun.
  std::size_t taken_ = 0;    ///< the first slot that was not taken.
  std::size_t running_ = 0;  ///< calls of run_ under way.
  bool ended_ = false;       ///< nothing begins any more.
  bool leaving_ = false;     ///< threads end.
  std::vector<std::thread> threads_;
};

}  // namespace conform
