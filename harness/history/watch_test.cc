#include "history/watch.h"

#include <gtest/gtest.h>

#include "history/sample_watch.h"

namespace conform {
namespace {

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

TEST_F(WatchRunTest, WhatFlapsAndThenFailsForGoodIsToldAtOnce) {
  const auto broken = [](KeptRun& run) { BreakStatus(Of(run, 0)); };
  EXPECT_EQ(Next(), "first\n");
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(Next(broken).substr(0, 12), "pass -> fail");
    if (i == 0) {
      EXPECT_EQ(Next().substr(0, 18), "back: fail -> pass");
    }
  }
  EXPECT_EQ(Next(),
            "flapping: fail -> pass  things_sync/2024_08.documented\n"
            "  flapping: turned 4 times in the last 10 runs; told again when it fails or has not "
            "turned for 5\n");
  EXPECT_EQ(Next(), "");
  EXPECT_EQ(
      Next(broken),
      "flapping: pass -> fail  things_sync/2024_08.documented\n"
      "  status is 200, the contract promises 204 (sync.204); flapping: turned 5 times in the "
      "last 10 runs; told again when it has not turned for 5\n");
  for (int i = 0; i < 4; ++i) {
    EXPECT_EQ(Next(broken), "still things_sync/2024_08.documented\n");
  }
  EXPECT_EQ(Next(broken),
            "settled: fail  things_sync/2024_08.documented\n"
            "  status is 200, the contract promises 204 (sync.204)\n");
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
  const std::vector<WatchedPage> page = {SamplePage("page.md", "aa")};
  EXPECT_EQ(Next(none, page), "");
  EXPECT_EQ(Next(none, page), "");
  EXPECT_EQ(Next(none, {SamplePage("page.md", "bb")}), "page: page.md: aa -> bb\n");
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

TEST_F(WatchRunTest, KeepsSeriesApart) {
  EXPECT_EQ(Next(), "first\n");
  EXPECT_EQ(Next([](KeptRun& run) { run.profile = "china"; }), "first\n");
  EXPECT_EQ(Next(), "");
}

}  // namespace
}  // namespace conform
