#include "run/dispatcher.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <future>
#include <map>
#include <mutex>
#include <string>
#include <thread>

#include "case/case.h"

namespace conform {
namespace {

using Planned = conform::Test;  // in a fixture, Test is GoogleTest's

/// Tests of nothing, told apart by the names of their rows.
class DispatcherTest : public testing::Test {
 protected:
  void MakeTests(std::size_t count) {
    case_.name = "case";
    case_.steps.resize(1);
    for (std::size_t i = 0; i < count; ++i) case_.rows.push_back({std::to_string(i), {}, {}});
    for (const Row& row : case_.rows) tests_.push_back({&case_, &row, nullptr, nullptr});
    for (const Planned& test : tests_) order_.push_back(&test);
  }

  static FinishedTest RecordOf(const Planned& test) {
    FinishedTest finished;
    finished.record.name = test.row->name;
    return finished;
  }

  /// Runs tests that come together one by one.
  template <typename RunOne>
  static Dispatcher::RunTests Each(RunOne run) {
    return [run](const std::vector<const Planned*>& tests) {
      std::vector<FinishedTest> all;
      for (const Planned* test : tests) all.push_back(run(*test));
      return all;
    };
  }

  /// The names of what is taken, one after the other; `-` for what did not run.
  std::string TakeAll(Dispatcher& dispatcher) {
    std::string names;
    for (const Planned* test : order_) {
      const auto record = dispatcher.Take(*test);
      names += (names.empty() ? "" : " ") + (record ? record->record.name : "-");
    }
    return names;
  }

  static std::string NamesOf(const std::vector<FinishedTest>& records) {
    std::string names;
    for (const FinishedTest& each : records) {
      names += (names.empty() ? "" : " ") + each.record.name;
    }
    return names;
  }

  Case case_;
  std::vector<Planned> tests_;
  std::vector<const Planned*> order_;
  Stop stop_;
};

TEST_F(DispatcherTest, GivesRecordsInTheTakersOrderForAnyNumberOfJobs) {
  MakeTests(200);
  std::reverse(order_.begin(), order_.end());
  std::string expected;
  for (const Planned* test : order_) expected += (expected.empty() ? "" : " ") + test->row->name;
  for (const int jobs : {1, 2, 64}) {
    for (const std::size_t look_ahead : {1, 3, 512}) {
      std::atomic<int> runs{0};
      Dispatcher dispatcher({jobs, look_ahead, {}, {}, {}}, Each([&](const Planned& test) {
                              ++runs;
                              return RecordOf(test);
                            }),
                            stop_);
      dispatcher.Plan(order_);
      EXPECT_EQ(TakeAll(dispatcher), expected);
      EXPECT_EQ(runs, 200);
    }
  }
}

TEST_F(DispatcherTest, OfOneJobRunsATestOnlyWhenItIsTaken) {
  MakeTests(3);
  int runs = 0;
  Dispatcher dispatcher({}, Each([&](const Planned& test) {
                          ++runs;
                          return RecordOf(test);
                        }),
                        stop_);
  dispatcher.Plan(order_);
  EXPECT_EQ(runs, 0);
  EXPECT_FALSE(dispatcher.IsReady());
  dispatcher.Take(tests_[0]);
  EXPECT_EQ(runs, 1);
}

TEST_F(DispatcherTest, RunsAsManyAtOnceAsThereAreJobs) {
  MakeTests(3);
  std::promise<void> all_began;
  const std::shared_future<void> begun = all_began.get_future().share();
  std::atomic<int> running{0};
  Dispatcher dispatcher({3, 512, {}, {}, {}}, Each([&](const Planned& test) {
                          if (++running == 3) all_began.set_value();
                          begun.wait();  // for ever, were there fewer
                          return RecordOf(test);
                        }),
                        stop_);
  dispatcher.Plan(order_);
  EXPECT_EQ(TakeAll(dispatcher), "0 1 2");
}

TEST_F(DispatcherTest, NeverHasMoreUntakenThanItMayLookAhead) {
  MakeTests(100);
  std::atomic<int> begun{0};
  std::atomic<int> taken{0};
  std::atomic<int> most{0};
  Dispatcher dispatcher({8, 4, {}, {}, {}}, Each([&](const Planned& test) {
                          const int untaken = ++begun - taken;
                          for (int seen = most; untaken > seen;) {
                            if (most.compare_exchange_weak(seen, untaken)) break;
                          }
                          return RecordOf(test);
                        }),
                        stop_);
  dispatcher.Plan(order_);
  for (const Planned* test : order_) {
    dispatcher.Take(*test);
    ++taken;
  }
  // The counter here lags behind by the one being taken.
  EXPECT_LE(most, 5);
}

TEST_F(DispatcherTest, LetsNothingPassATestThatWaitsForItsTurn) {
  MakeTests(40);
  std::atomic<int> running{0};
  std::atomic<int> wrong{0};
  std::atomic<int> done{0};
  const auto waits = [](const Planned& test) { return test.row->name.back() == '5'; };
  Dispatcher dispatcher({8, 512, waits, {}, {}}, Each([&](const Planned& test) {
                          const int others = running++;
                          if (waits(test) && (others > 0 || done != std::stoi(test.row->name))) {
                            ++wrong;
                          }
                          --running;
                          ++done;
                          return RecordOf(test);
                        }),
                        stop_);
  dispatcher.Plan(order_);
  TakeAll(dispatcher);
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(done, 40);
}

TEST_F(DispatcherTest, RunsTestsOfOneGroupInOrderAndNeverTwoAtOnce) {
  MakeTests(200);
  const std::array<std::string_view, 4> groups = {"a", "", "b", "a"};
  const auto group_of = [&](const Planned& test) {
    return groups.at(std::stoul(test.row->name) % groups.size());
  };
  std::mutex mutex;
  std::map<std::string_view, int> running;
  std::map<std::string_view, std::vector<int>> ran;
  int wrong = 0;
  Dispatcher dispatcher({8, 16, {}, group_of, {}}, Each([&](const Planned& test) {
                          const std::string_view group = group_of(test);
                          std::unique_lock lock(mutex);
                          if (++running[group] > 1 && !group.empty()) ++wrong;
                          ran[group].push_back(std::stoi(test.row->name));
                          lock.unlock();
                          std::this_thread::yield();
                          lock.lock();
                          --running[group];
                          return RecordOf(test);
                        }),
                        stop_);
  dispatcher.Plan(order_);
  TakeAll(dispatcher);
  EXPECT_EQ(wrong, 0);
  EXPECT_TRUE(std::is_sorted(ran["a"].begin(), ran["a"].end()));
  EXPECT_TRUE(std::is_sorted(ran["b"].begin(), ran["b"].end()));
  EXPECT_EQ(ran["a"].size() + ran["b"].size() + ran[""].size(), 200U);
}

TEST_F(DispatcherTest, LetsOthersPassATestWhoseGroupIsBusy) {
  MakeTests(3);
  std::promise<void> last_began;
  const auto group_of = [](const Planned& test) -> std::string_view {
    return test.row->name == "2" ? "" : "a";
  };
  Dispatcher dispatcher({2, 512, {}, group_of, {}}, Each([&](const Planned& test) {
                          if (test.row->name == "0")
                            last_began.get_future().wait();  // for ever, were it held up
                          if (test.row->name == "2") last_began.set_value();
                          return RecordOf(test);
                        }),
                        stop_);
  dispatcher.Plan(order_);
  EXPECT_EQ(TakeAll(dispatcher), "0 1 2");
}

TEST_F(DispatcherTest, BeginsNothingAfterAStopAndKeepsWhatWasUnderWay) {
  MakeTests(5);
  Dispatcher dispatcher({}, Each([&](const Planned& test) {
                          if (test.row->name == "1") stop_.Request("enough");
                          return RecordOf(test);
                        }),
                        stop_);
  dispatcher.Plan(order_);
  EXPECT_EQ(TakeAll(dispatcher), "0 1 - - -");
  EXPECT_EQ(NamesOf(dispatcher.TakeRest()), "");
}

TEST_F(DispatcherTest, GivesWhatRanAheadAndWasNeverTaken) {
  MakeTests(2);
  std::promise<void> second_began;
  Dispatcher dispatcher({2, 512, {}, {}, {}}, Each([&](const Planned& test) {
                          if (test.row->name == "0") second_began.get_future().wait();
                          if (test.row->name == "1") second_began.set_value();
                          return RecordOf(test);
                        }),
                        stop_);
  dispatcher.Plan(order_);
  EXPECT_EQ(dispatcher.Take(tests_[0])->record.name, "0");
  EXPECT_EQ(NamesOf(dispatcher.TakeRest()), "1");
}

TEST_F(DispatcherTest, RunsEachTestAgainWhereItIsPlannedAgain) {
  MakeTests(2);
  std::array<std::atomic<int>, 2> ran = {};
  Dispatcher dispatcher({2, 512, {}, {}, {}}, Each([&](const Planned& test) {
                          FinishedTest record = RecordOf(test);
                          const int time = ran[record.record.name == "0" ? 0 : 1]++;
                          record.record.name += "/" + std::to_string(time);
                          return record;
                        }),
                        stop_);
  std::string names;
  for (int round = 0; round < 2; ++round) {
    dispatcher.Plan(order_);
    for (const Planned* test : order_) names += dispatcher.Take(*test)->record.name + " ";
  }
  EXPECT_EQ(names, "0/0 1/0 0/1 1/1 ");
}

TEST_F(DispatcherTest, RunsTestsThatJoinTogetherAndOthersAlone) {
  MakeTests(100);
  const auto joins = [](const Planned& test) { return test.row->name.back() != '5'; };
  std::mutex mutex;
  std::vector<std::string> calls;
  Dispatcher dispatcher(
      {2, 512, {}, {}, joins},
      [&](const std::vector<const Planned*>& tests) {
        const std::lock_guard lock(mutex);
        calls.push_back(NamesOf(Each(RecordOf)(tests)));
        return Each(RecordOf)(tests);
      },
      stop_);
  dispatcher.Plan(order_);
  EXPECT_EQ(TakeAll(dispatcher).substr(0, 21), "0 1 2 3 4 5 6 7 8 9 1");
  const auto called = [&](const char* names) {
    return std::find(calls.begin(), calls.end(), names) != calls.end();
  };
  EXPECT_TRUE(called("0 1 2 3 4"));
  EXPECT_TRUE(called("5"));
  EXPECT_TRUE(called("6 7 8 9 10 11 12 13"));
  EXPECT_TRUE(called("99"));  // at the end none waits for another
}

TEST_F(DispatcherTest, OfOneJobJoinsNone) {
  MakeTests(20);
  std::size_t most = 0;
  Dispatcher dispatcher(
      {1, 512, {}, {}, [](const Planned&) { return true; }},
      [&](const std::vector<const Planned*>& tests) {
        most = std::max(most, tests.size());
        return Each(RecordOf)(tests);
      },
      stop_);
  dispatcher.Plan(order_);
  TakeAll(dispatcher);
  EXPECT_EQ(most, 1U);
}

}  // namespace
}  // namespace conform
