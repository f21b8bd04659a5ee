// What a watched run cannot tell of its tests, and when it can again.
#include <gtest/gtest.h>

#include "history/sample_watch.h"

namespace conform {
namespace {

TEST_F(WatchRunTest, WhatWasThrottledStaysAsItWas) {
  const auto throttled = [](KeptRun& run) {
    Of(run, 0).outcome = Outcome::kInconclusive;
    Of(run, 0).throttled = true;
    Of(run, 0).behaviour = {{"status", "429"}};
    BreakStatus(Of(run, 1));
  };
  EXPECT_EQ(Next(), "first\n");
  EXPECT_EQ(Next(throttled),
            "throttling: the target throttles: some tests cannot be judged\n"
            "pass -> fail  things_sync/2024_08.in_progress\n"
            "  status is 200, the contract promises 204 (sync.204)\n"
            "untold: 1 of 3 tests were throttled\n");
}

TEST_F(WatchRunTest, ThrottlesNoMoreIsSaidByACompleteRunAlone) {
  const auto throttled = [](KeptRun& run) {
    Of(run, 1).outcome = Outcome::kInconclusive;
    Of(run, 1).throttled = true;
  };
  const auto cut = [](KeptRun& run) {
    run.complete = false;
    run.tests.resize(1);
  };
  const std::string untold = "untold: 1 of 3 tests were throttled\n";
  EXPECT_EQ(Next(), "first\n");
  EXPECT_EQ(Next(throttled),
            "throttling: the target throttles: some tests cannot be judged\n" + untold);
  EXPECT_EQ(Next(cut), "untold: the run did not finish\n");
  EXPECT_EQ(Next(throttled), untold);
  EXPECT_EQ(Next(), "throttling: the target throttles no more\n  had been so since 2026-03-02\n");
}

/// What keeps a test from being judged, and how that is told.
struct LostRow {
  const char* name;
  std::function<void(KeptTest&)> lose;
  const char* told;
  const char* untold;
  const char* back;
};

class WatchLostTest : public WatchRunTest, public testing::WithParamInterface<LostRow> {};

TEST_P(WatchLostTest, IsOneAlarmAndWhatIsKnownStaysAsItWas) {
  const LostRow& row = GetParam();
  const std::string untold = std::string("untold: ") + row.untold + "\n";
  const auto lost = [&](KeptRun& run) {
    BreakStatus(Of(run, 0));
    row.lose(Of(run, 1));
  };
  const auto broken = [](KeptRun& run) { BreakStatus(Of(run, 0)); };
  const std::string still = "still things_sync/2024_08.documented\n";
  EXPECT_EQ(Next(broken), "first\n");
  EXPECT_EQ(Next(lost), row.told + untold + still);
  EXPECT_EQ(Next(lost), untold + still);
  EXPECT_EQ(Next(broken), std::string(row.back) + "  had been so since 2026-03-02\n" + still);
  EXPECT_EQ(Next(broken), still);
}

const LostRow kLostRows[] = {
    {"NoAnswer",
     [](KeptTest& test) {
       test.outcome = Outcome::kInconclusive;
       test.unanswered = true;
       test.behaviour = {{"status", "no answer: connect"}};
     },
     "missing answers: the target leaves requests unanswered: 1 test cannot be judged\n",
     "1 of 3 tests had no answer",
     "missing answers: the target leaves no request unanswered any more\n"},
    {"NoToken",
     [](KeptTest& test) {
       test.outcome = Outcome::kSkip;
       test.reason = "no token for application";
       test.sent = test.answered = false;
       test.behaviour.clear();
     },
     "missing verdicts: 1 test is judged no longer\n  no token for application\n",
     "1 of 3 tests were not judged: no token for application",
     "missing verdicts: they are judged again\n"},
    {"NoUsableToken",
     [](KeptTest& test) {
       test.outcome = Outcome::kInconclusive;
       test.reason = "the token expired";
       test.sent = test.answered = false;
       test.behaviour.clear();
     },
     "missing verdicts: 1 test is judged no longer\n  the token expired\n",
     "1 of 3 tests were not judged: the token expired",
     "missing verdicts: they are judged again\n"},
};

INSTANTIATE_TEST_SUITE_P(WatchRun, WatchLostTest, testing::ValuesIn(kLostRows),
                         [](const auto& row) { return std::string(row.param.name); });

void LoseToken(KeptTest& test, const std::string& reason = "no token for application") {
  test.outcome = Outcome::kSkip;
  test.reason = reason;
  test.sent = test.answered = false;
  test.behaviour.clear();
}

/// What a run after a loss saw of the test that was lost, which was no verdict; and what it tells.
struct StillLostRow {
  const char* name;
  std::function<void(KeptRun&)> run;
  const char* told;
};

class WatchStillLostTest : public WatchRunTest, public testing::WithParamInterface<StillLostRow> {};

TEST_P(WatchStillLostTest, IsJudgedAgainOnceItIs) {
  const StillLostRow& row = GetParam();
  const auto lost = [](KeptRun& run) { LoseToken(Of(run, 1)); };
  EXPECT_EQ(Next(), "first\n");
  EXPECT_NE(Next(lost).find("missing verdicts: 1 test is judged no longer\n"), std::string::npos);
  EXPECT_EQ(Next(row.run), row.told);
  EXPECT_EQ(Next(lost).find("missing verdicts"), std::string::npos);
  EXPECT_EQ(Next().substr(0, 40), "missing verdicts: they are judged again\n");
  EXPECT_EQ(Next(), "");
}

const StillLostRow kStillLostRows[] = {
    {"OtherCases",
     [](KeptRun& run) {
       run.left_out = {Of(run, 1).id};
       run.tests.erase(run.tests.begin() + 1);
     },
     ""},
    {"CutOff",
     [](KeptRun& run) {
       run.complete = false;
       run.tests.resize(1);
     },
     "untold: the run did not finish\n"},
    {"Throttled",
     [](KeptRun& run) {
       Of(run, 1).outcome = Outcome::kInconclusive;
       Of(run, 1).throttled = true;
       Of(run, 2).outcome = Outcome::kInconclusive;
       Of(run, 2).throttled = true;
     },
     "throttling: the target throttles: some tests cannot be judged\n"
     "untold: 2 of 3 tests were throttled\n"},
};

INSTANTIATE_TEST_SUITE_P(WatchRun, WatchStillLostTest, testing::ValuesIn(kStillLostRows),
                         [](const auto& row) { return std::string(row.param.name); });

TEST_F(WatchRunTest, ALostTestThatIsDeletedIsNotJudgedAgain) {
  const auto without = [](KeptRun& run) { run.tests.erase(run.tests.begin() + 1); };
  EXPECT_EQ(Next(), "first\n");
  EXPECT_NE(Next([](KeptRun& run) { LoseToken(Of(run, 1)); }), "");
  EXPECT_EQ(Next(without), "gone: was pass  things_sync/2024_08.in_progress\n");
  EXPECT_EQ(Next(without), "");
}

TEST_F(WatchRunTest, ALossThatGetsNoAnswerEither) {
  EXPECT_EQ(Next(), "first\n");
  EXPECT_NE(Next([](KeptRun& run) { LoseToken(Of(run, 1)); }), "");
  EXPECT_EQ(Next([](KeptRun& run) {
              Of(run, 1).outcome = Outcome::kInconclusive;
              Of(run, 1).unanswered = true;
            }),
            "missing answers: the target leaves requests unanswered: 1 test cannot be judged\n"
            "untold: 1 of 3 tests had no answer\n");
}

TEST_F(WatchRunTest, ALossForAnotherCauseIsAnotherAlarm) {
  const auto spent = [](const char* times) {
    return std::string("the last success was ") + times + " ago: wait";
  };
  EXPECT_EQ(Next(), "first\n");
  EXPECT_EQ(Next([&](KeptRun& run) { LoseToken(Of(run, 1), spent("3m20s")); }),
            "missing verdicts: 1 test is judged no longer\n  the last success was 3m20s ago: "
            "wait\nuntold: 1 of 3 tests were not judged: the last success was 3m20s ago: "
            "wait\n");
  EXPECT_EQ(Next([&](KeptRun& run) { LoseToken(Of(run, 1), spent("45s")); }),
            "untold: 1 of 3 tests were not judged: the last success was 45s ago: wait\n");
  const auto all = [](KeptRun& run) {
    for (KeptTest& test : run.tests) LoseToken(test);
  };
  const std::string untold = "untold: 3 of 3 tests were not judged: no token for application\n";
  EXPECT_EQ(Next(all),
            "missing verdicts: 3 tests are judged no longer\n  no token for "
            "application\n" +
                untold);
  EXPECT_EQ(Next(all), untold);
}

}  // namespace
}  // namespace conform
