#include "report/shared_cause.h"

#include <gtest/gtest.h>

#include "record/example_record.h"

namespace conform {
namespace {

TestRecord WithoutAnswer(const std::string& trouble) {
  TestRecord test = ExampleTest("a", Outcome::kInconclusive, trouble + "; check it; not run: b");
  ExchangeRecord& exchange = test.exchanges.emplace_back();
  exchange.request_line = "GET http://127.0.0.1:9/a";
  exchange.trouble = trouble;
  return test;
}

RunRecord RecordOf(const std::vector<TestRecord>& tests) {
  RunRecord record = ExampleRecord();
  record.tests.assign(tests.begin(), tests.end());
  return record;
}

TEST(CauseOf, IsOfATestWithoutAnAnswerWhyItGotNone) {
  EXPECT_EQ(CauseOf(WithoutAnswer("refused")), "refused");
  TestRecord answered = WithoutAnswer("refused");
  answered.exchanges.push_back(ExampleExchange());
  EXPECT_EQ(CauseOf(answered), "refused; check it; not run: b");
  EXPECT_EQ(CauseOf(ExampleTest("a", Outcome::kInconclusive, "throttled")), "throttled");
  TestRecord failed = WithoutAnswer("refused");
  failed.verdict.outcome = Outcome::kFail;
  EXPECT_FALSE(IsUnanswered(failed));
}

TEST(FindSharedCause, IsOfMoreThanHalfOfTheInconclusiveTests) {
  const TestRecord refused = WithoutAnswer("refused");
  const TestRecord reset = WithoutAnswer("reset");
  const auto found = [](const std::vector<TestRecord>& tests) {
    const SharedCause cause = FindSharedCause(RecordOf(tests));
    return cause.text + " " + std::to_string(cause.tests);
  };
  EXPECT_EQ(found({refused, reset, refused, ExampleFailure()}), "refused 2");
  EXPECT_EQ(found({refused, reset}), " 0");
  EXPECT_EQ(found({ExampleFailure()}), " 0");
}

TEST(WasAnswered, LooksForAnyAnswer) {
  EXPECT_FALSE(WasAnswered(RecordOf({WithoutAnswer("refused")})));
  EXPECT_TRUE(WasAnswered(RecordOf({WithoutAnswer("refused"), ExampleFailure()})));
  TestRecord spared = ExampleTest("a", Outcome::kPass);
  EXPECT_FALSE(WasAnswered(RecordOf({spared})));
  spared.verdict.judged = {{ExampleFinding().clause, true}};
  EXPECT_TRUE(WasAnswered(RecordOf({spared})));
}

}  // namespace
}  // namespace conform
