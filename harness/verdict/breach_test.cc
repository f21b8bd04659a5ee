#include "verdict/breach.h"

#include <gtest/gtest.h>

#include "verdict/sample_bench.h"

namespace conform {
namespace {

Contract OfOneClause(const std::string& operation) {
  Contract contract;
  contract.operation = operation;
  contract.edition = "2024-08";
  contract.clauses.resize(1);
  contract.clauses.front().id = "same.id";
  return contract;
}

TEST(KeyOf, NamesTheContractThatHoldsTheClauseItself) {
  const Contract first = OfOneClause("things.sync");
  const Contract second = OfOneClause("things.get");
  const Clause& clause = second.clauses.front();
  const ClauseKey whole{"same.id", "things.get", "2024-08"};
  const ClauseKey bare{"same.id", "", ""};
  EXPECT_EQ(KeyOf(clause, &second), whole);
  EXPECT_EQ(KeyOf(clause, &first), bare);
  EXPECT_EQ(KeyOf(clause, nullptr), bare);
  EvidencePlan plan;
  plan.contracts = {nullptr, &first, &second};
  EXPECT_EQ(KeyOf(clause, plan), whole);
  plan.contracts = {&first};
  EXPECT_EQ(KeyOf(clause, plan), bare);
}

TEST(RecordJudged, KeepsABreachHoweverOftenTheClauseIsKept) {
  const ClauseKey key{"a", "", ""};
  Verdict verdict;
  for (const bool kept : {true, false, true}) RecordJudged(key, kept, verdict);
  RecordJudged({"b", "", ""}, true, verdict);
  ASSERT_EQ(verdict.judged.size(), 2U);
  EXPECT_FALSE(verdict.judged.begin()->kept);
}

TEST(WeighIn, LetsASetWeighNoMoreThanItIsSoftenedTo) {
  const std::map<std::string, Strength> softened = {{"http", Strength::kShould}};
  EXPECT_EQ(WeighIn(softened, "http", Strength::kMust), Strength::kShould);
  EXPECT_EQ(WeighIn(softened, "http", Strength::kObserve), Strength::kObserve);
  EXPECT_EQ(WeighIn(softened, "graph", Strength::kMust), Strength::kMust);
}

TEST(RecordBreach, CopiesWhatTheMismatchSays) {
  const SampleBench bench(
      SampleCase("[sync.204]", "delegated_work", kWithToken, "  status: 204\n"));
  Verdict verdict;
  RecordBreach(bench.test(), 0, bench.contract().clauses.back(), Strength::kMust,
               {"body", "x", "y", {"/a: y, expected x"}}, Expecter::kCase, {}, verdict);
  ASSERT_EQ(verdict.findings.size(), 1U);
  EXPECT_EQ(verdict.findings.front().message, "body is y, the case expects x");
  EXPECT_EQ(verdict.findings.front().diff, std::vector<std::string>{"/a: y, expected x"});
}

TEST(ExpecterOf, AnswersByWhatTheContractStates) {
  ResponseRule rule;
  rule.status = 200;
  rule.headers = {{"ETag", true, nullptr}, {"X-Rate", false, nullptr}};
  const auto expecter = [&](Expectation::Subject subject, const std::string& name,
                            Role role = Role::kAnswer) {
    Expectation expectation;
    expectation.subject = subject;
    expectation.name = name;
    return ExpecterOf(expectation, role, &rule) == Expecter::kContract;
  };
  using Subject = Expectation::Subject;
  EXPECT_TRUE(expecter(Subject::kStatus, ""));
  EXPECT_FALSE(expecter(Subject::kStatus, "", Role::kEffect));
  EXPECT_TRUE(expecter(Subject::kNoBody, ""));
  EXPECT_TRUE(expecter(Subject::kHeader, "etag"));
  EXPECT_FALSE(expecter(Subject::kHeader, "X-Rate"));
  EXPECT_FALSE(expecter(Subject::kBodyJson, "/id"));
  Expectation of_contract;
  of_contract.subject = Subject::kBodySchema;
  EXPECT_EQ(ExpecterOf(of_contract, Role::kAnswer, &rule), Expecter::kCase);
  of_contract.is_contracts = true;
  EXPECT_EQ(ExpecterOf(of_contract, Role::kAnswer, &rule), Expecter::kContract);
  rule.content = {{"application/json", nullptr, nullptr}};
  EXPECT_FALSE(expecter(Subject::kNoBody, ""));
}

}  // namespace
}  // namespace conform
