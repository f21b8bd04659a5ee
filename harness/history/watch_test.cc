#include "history/watch.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <functional>

#include "history/sample_kept_run.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

/// A run's test of that index.
KeptTest& Of(KeptRun& run, std::size_t index) { return run.tests[index]; }

class WatchRunTest : public testing::Test {
 protected:
  WatchRunTest()
      : path_(fs::path(testing::TempDir()) / ("watch_run." + std::to_string(::getpid()))) {
    for (const char* end : {"", "-wal", "-shm"}) fs::remove(path_.string() + end);
    file_ = *HistoryFile::Open(path_);
    store_.emplace(*file_);
  }
  ~WatchRunTest() override {
    for (const char* end : {"", "-wal", "-shm"}) fs::remove(path_.string() + end);
  }

  /// What the next day's run tells.
  std::string Next(const std::function<void(KeptRun&)>& change = {},
                   const std::vector<WatchedPage>& pages = {}, int confirm = 1) {
    KeptRun run = SampleKeptRun(day_++);
    if (change) change(run);
    if (const auto watched = CheckIsWatched(*store_, run); !watched) return watched.error().message;
    const auto result = WatchRun(*store_, run, pages, confirm);
    if (!result) return result.error().message;
    std::string told = result->first ? "first\n" : "";
    for (const Alarm& alarm : result->alarms) told += RenderAlarm(alarm) + "\n";
    if (result->pending > 0) told += "pending " + std::to_string(result->pending) + "\n";
    if (!result->untold.empty()) told += "untold: " + result->untold + "\n";
    for (const std::string& each : result->broken) told += "still " + each + "\n";
    return told;
  }

  fs::path path_;
  std::unique_ptr<HistoryFile> file_;
  std::optional<WatchStore> store_;
  int day_ = 0;
};

TEST_F(WatchRunTest, WhatCannotBeKeptIsNotRememberedAsTold) {
  EXPECT_EQ(Next(), "first\n");
  KeptRun run = SampleKeptRun(day_++);
  BreakStatus(Of(run, 0));
  std::size_t alarms = 0;
  const auto refused =
      WatchRun(*store_, run, {}, 1, [&](const WatchResult& seen) -> Expected<void> {
        alarms = seen.alarms.size();
        file_->database().exec(
            "INSERT INTO outbox (receiver, made_us, subject, body) "
            "VALUES ('a', 0, 'b', 'c')");
        return Fail("the disk is full");
      });
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message, "the disk is full");
  EXPECT_EQ(alarms, 1u);
  EXPECT_EQ(file_->database().execAndGet("SELECT count(*) FROM outbox").getInt(), 0);
  EXPECT_NE(Next([](KeptRun& each) { BreakStatus(Of(each, 0)); }).find("pass -> fail"),
            std::string::npos);
}

TEST_F(WatchRunTest, TellsAFlipOnceAndOnceWhenItGoesBack) {
  const auto broken = [](KeptRun& run) { BreakStatus(Of(run, 0)); };
  EXPECT_EQ(Next(), "first\n");
  EXPECT_EQ(Next(), "");
  EXPECT_EQ(Next(broken),
            "pass -> fail  things_sync/2024_08.documented\n"
            "  status is 200, the contract promises 204 (sync.204)\n");
  EXPECT_EQ(Next(broken), "still things_sync/2024_08.documented\n");
  EXPECT_EQ(Next(),
            "back: fail -> pass  things_sync/2024_08.documented\n  had been so since 2026-03-03\n");
  EXPECT_EQ(Next(), "");
}

TEST_F(WatchRunTest, SaysWhatTurnedWhereItFlapsBackToWhatWasTold) {
  const auto broken = [](KeptRun& run) { BreakStatus(Of(run, 0)); };
  std::string told;
  for (const bool breaks : {false, true, true, true, false, false, true, false}) {
    told = breaks ? Next(broken, {}, 2) : Next({}, {}, 2);
  }
  EXPECT_EQ(told,
            "flapping: fail -> pass  things_sync/2024_08.documented\n"
            "  flapping: turned 4 times in the last 10 runs; told again when it has settled\n");
}

TEST_F(WatchRunTest, WatchesNoCasesOfAnotherProject) {
  const auto of_others = [](KeptRun& run) {
    for (KeptTest& test : run.tests)
      test.id = "notes_read/" + test.id.substr(test.id.find('/') + 1);
  };
  const auto of_next_edition = [](KeptRun& run) {
    for (KeptTest& test : run.tests)
      test.id = "things_sync/2025_01" + test.id.substr(test.id.find('.'));
  };
  EXPECT_EQ(Next(), "first\n");
  EXPECT_EQ(Next(of_others),
            SampleKeptRun(0).Series() +
                ": this history watches the operations of other cases; give these one of their own "
                "with --history FILE");
  EXPECT_EQ(Next(), "");
  EXPECT_EQ(Next(of_next_edition).find("this history"), std::string::npos);
}

TEST_F(WatchRunTest, WaitsForSoManyRuns) {
  const auto other = [](KeptRun& run) { Of(run, 1).behaviour[1].place = "headers.x-date"; };
  EXPECT_EQ(Next({}, {}, 2), "first\n");
  EXPECT_EQ(Next(other, {}, 2), "pending 2\n");
  EXPECT_EQ(Next(other, {}, 2),
            "behaviour: headers.date: present -> absent  things_sync/2024_08.in_progress\n"
            "behaviour: headers.x-date: absent -> present  things_sync/2024_08.in_progress\n");
  EXPECT_EQ(Next({}, {}, 2), "pending 2\n");
  EXPECT_EQ(Next(other, {}, 2), "");
}

TEST_F(WatchRunTest, AnOutageIsOneAlarmAndTellsNothingOfTheTests) {
  const auto out = [](KeptRun& run) {
    for (KeptTest& test : run.tests) {
      test.outcome = Outcome::kInconclusive;
      test.answered = false;
      test.behaviour = {{"status", "no answer: connect"}};
    }
  };
  EXPECT_EQ(Next(), "first\n");
  EXPECT_EQ(Next(out),
            "answers: the target gives no answer at all\nuntold: the target gave no answer at "
            "all\n");
  EXPECT_EQ(Next(out), "untold: the target gave no answer at all\n");
  EXPECT_EQ(Next(), "answers: the target answers again\n  had been so since 2026-03-02\n");
}

TEST_F(WatchRunTest, AnOutageAtFirstIsNoFirstRun) {
  const auto out = [](KeptRun& run) {
    for (KeptTest& test : run.tests) test.answered = false;
  };
  EXPECT_EQ(Next(out), "first\nuntold: the target gave no answer at all\n");
  EXPECT_EQ(Next(), "first\n");
  EXPECT_EQ(Next(), "");
}

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
     "missing answers: the target leaves requests unanswered: some tests cannot be judged\n",
     "1 of 3 tests had no answer",
     "missing answers: the target leaves no request unanswered any more\n"},
    {"NoToken",
     [](KeptTest& test) {
       test.outcome = Outcome::kSkip;
       test.reason = "no token for application";
       test.sent = test.answered = false;
       test.behaviour.clear();
     },
     "missing verdicts: tests that were judged are judged no longer\n  no token for application\n",
     "1 of 3 tests were not judged: no token for application",
     "missing verdicts: they are judged again\n"},
    {"NoUsableToken",
     [](KeptTest& test) {
       test.outcome = Outcome::kInconclusive;
       test.reason = "the token expired";
       test.sent = test.answered = false;
       test.behaviour.clear();
     },
     "missing verdicts: tests that were judged are judged no longer\n  the token expired\n",
     "1 of 3 tests were not judged: the token expired",
     "missing verdicts: they are judged again\n"},
};

INSTANTIATE_TEST_SUITE_P(WatchRun, WatchLostTest, testing::ValuesIn(kLostRows),
                         [](const auto& row) { return std::string(row.param.name); });

TEST_F(WatchRunTest, AnAnswerThatLeavesItOpenIsTold) {
  const auto open = [](KeptRun& run) {
    Of(run, 0).outcome = Outcome::kInconclusive;
    Of(run, 0).reason = "409 is promised while a sync is under way";
  };
  EXPECT_EQ(Next(), "first\n");
  EXPECT_EQ(Next(open),
            "pass -> inconclusive  things_sync/2024_08.documented\n"
            "  409 is promised while a sync is under way\n");
  EXPECT_EQ(Next(open), "");
}

TEST_F(WatchRunTest, WhatWasNeverJudgedIsNotLost) {
  const auto skipped = [](KeptRun& run) {
    Of(run, 0).outcome = Outcome::kSkip;
    Of(run, 0).behaviour.clear();
  };
  EXPECT_EQ(Next(skipped), "first\n");
  EXPECT_EQ(Next(skipped), "");
  EXPECT_EQ(Next(), "skip -> pass  things_sync/2024_08.documented\n");
}

TEST_F(WatchRunTest, AShardWithoutTestsKnowsNothingAndLacksNothing) {
  const auto none = [](KeptRun& run) { run.tests.clear(); };
  const std::vector<WatchedPage> page = {{"page.md", "aa", "", ""}};
  EXPECT_EQ(Next(none, page), "");
  EXPECT_EQ(Next(none, page), "");
  EXPECT_EQ(Next(none, {{"page.md", "bb", "", "1 breaking"}}), "page: page.md: 1 breaking\n");
}

TEST_F(WatchRunTest, WhatSettledAsItWasIsNotOtherwise) {
  const auto broken = [](KeptRun& run) { BreakStatus(Of(run, 0)); };
  EXPECT_EQ(Next(), "first\n");
  std::string told;
  for (const char* each = "fpfpffffff"; *each != '\0'; ++each) {
    told = *each == 'f' ? Next(broken) : Next();
    if (told.starts_with("settled")) break;
  }
  EXPECT_EQ(told,
            "settled: fail  things_sync/2024_08.documented\n"
            "  status is 200, the contract promises 204 (sync.204)\n");
}

TEST_F(WatchRunTest, OnlyWhatWasToldStillFails) {
  const auto broken = [](KeptRun& run) { BreakStatus(Of(run, 0)); };
  EXPECT_EQ(Next({}, {}, 2), "first\n");
  EXPECT_EQ(Next(broken, {}, 2), "pending 2\n");
  EXPECT_NE(Next(broken, {}, 2).find("pass -> fail"), std::string::npos);
  EXPECT_EQ(Next(broken, {}, 2), "still things_sync/2024_08.documented\n");
}

TEST_F(WatchRunTest, ATestThatWasEditedBeginsAnew) {
  const auto edited = [](KeptRun& run) {
    Of(run, 0).definition.case_sha256 = "edited";
    Of(run, 0).behaviour.back().value = "202";
  };
  EXPECT_EQ(Next(), "first\n");
  EXPECT_EQ(Next(edited), "");
  EXPECT_EQ(Next(edited), "");
  EXPECT_EQ(Next([](KeptRun& run) {
              Of(run, 0).definition.contract_sha256 = "edited";
              BreakStatus(Of(run, 0));
            }),
            "pass -> fail  things_sync/2024_08.documented\n"
            "  status is 200, the contract promises 204 (sync.204); its case and contract were "
            "edited\n");
}

TEST_F(WatchRunTest, TellsNewAndGoneTestsAndNotWhatWasLeftOut) {
  EXPECT_EQ(Next(), "first\n");
  EXPECT_EQ(Next([](KeptRun& run) { Of(run, 0) = SampleKeptTest("another", Outcome::kWarn); }),
            "new: warn  things_sync/2024_08.another\n"
            "gone: was pass  things_sync/2024_08.documented\n");
  EXPECT_EQ(Next([](KeptRun& run) {
              run.tests.erase(run.tests.begin());
              run.left_out = {"cases/things/another.yaml"};
            }),
            "");
  EXPECT_EQ(Next([](KeptRun& run) { run.tests.erase(run.tests.begin()); }),
            "gone: was warn  things_sync/2024_08.another\n");
}

TEST_F(WatchRunTest, ARunThatWasCutTellsNothingOfWhatDidNotRun) {
  EXPECT_EQ(Next(), "first\n");
  EXPECT_EQ(Next([](KeptRun& run) {
              run.complete = false;
              run.tests.pop_back();
              Of(run, 1).outcome = Outcome::kNotRun;
            }),
            "untold: the run did not finish\n");
}

TEST_F(WatchRunTest, TellsTheCertificatesIssuer) {
  EXPECT_EQ(Next(), "first\n");
  EXPECT_EQ(Next([](KeptRun& run) { run.connection[1].value = "CN=New CA"; }),
            "connection: https://graph.example: certificate issuer: CN=Old CA -> CN=New CA\n");
}

TEST_F(WatchRunTest, ElementsOfAnArrayThatWasEmptyAreNothingNew) {
  const auto with = [](bool elements) {
    return [elements](KeptRun& run) {
      Of(run, 0).behaviour = {{"body", "object"}, {"body/value", "array"}};
      if (elements) {
        Of(run, 0).behaviour.push_back({"body/value/*", "object"});
        Of(run, 0).behaviour.push_back({"body/value/*/id", "string"});
      }
      Of(run, 0).behaviour.push_back({"status", "200"});
    };
  };
  EXPECT_EQ(Next(with(false)), "first\n");
  EXPECT_EQ(Next(with(true)), "");
  EXPECT_EQ(Next(with(false)), "");
  EXPECT_EQ(Next([&](KeptRun& run) {
              with(true)(run);
              Of(run, 0).behaviour[3].value = "number";
            }),
            "behaviour: body/value/*/id: string -> number  things_sync/2024_08.documented\n");
}

TEST_F(WatchRunTest, TellsWhatBecameOfAPage) {
  EXPECT_EQ(Next({}, {{"page.md", "aa", "", ""}}), "first\n");
  EXPECT_EQ(Next({}, {{"page.md", "bb", "", "1 breaking"}}), "page: page.md: 1 breaking\n");
  EXPECT_EQ(Next({}, {{"page.md", "", "no answer", ""}}),
            "page.md: the page cannot be read\n  no answer\nuntold: no answer\n");
  EXPECT_EQ(Next({}, {{"page.md", "", "no answer", ""}}), "untold: no answer\n");
  EXPECT_EQ(Next({}, {{"page.md", "bb", "", ""}}),
            "page.md: the page can be read again\n  had been so since 2026-03-03\n");
}

TEST_F(WatchRunTest, KeepsSeriesApart) {
  EXPECT_EQ(Next(), "first\n");
  EXPECT_EQ(Next([](KeptRun& run) { run.profile = "china"; }), "first\n");
  EXPECT_EQ(Next(), "");
}

}  // namespace
}  // namespace conform
