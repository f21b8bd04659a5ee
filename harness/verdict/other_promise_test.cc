#include "verdict/other_promise.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "verdict/sample_judging.h"

namespace conform {
namespace {

using Names = std::vector<std::string>;

const Names kInWords = {"201", "206", "301", "304", "401", "403", "404", "500", "507"};

/// The sample contract with answers whose conditions are told in words.
std::string WithWords(const Names& names = kInWords) {
  std::string contract = kSampleContract;
  std::string rules;
  for (const std::string& name : names) {
    rules += fmt::format("  {}: {{when: {{if: so it is}}, content: none}}\n", name);
    contract += fmt::format(
        "  - {{id: sync.{0}, about: responses.{0}, binds: service, strength: must, says: So it is "
        "{0}., source: {{heading: Sync, line: 15, fingerprint: 0123456789abcdef}}}}\n",
        name);
  }
  return contract.insert(contract.find("  409: {when"), rules);
}

std::string Expecting(const std::string& clauses, const std::string& statuses) {
  return SampleCase(clauses, "delegated_work", kWithToken, fmt::format("  status: {}\n", statuses));
}

std::string Expecting(int status) {
  return Expecting(fmt::format("[sync.{}]", status), std::to_string(status));
}

std::string WithoutToken() {
  return SampleCase("[sync.authorization, sync.401]", "none", kWithoutToken, "  status: 401\n");
}

std::string Broken(int expected, int status) {
  return fmt::format(
      "fail\n  sync.{0} (must): status is {1}, the contract promises {0}{2}\n"
      "  broken sync.{0}",
      expected, status, kSound);
}

std::string Untold(int status, const std::string& kept = "") {
  return fmt::format(
      "inconclusive: status is {}, which the contract promises for a condition that cannot be "
      "excluded{}{}",
      status, kSound, kept);
}

struct PromiseRow {
  std::string name;
  std::string case_text;
  int status;
  std::string told;
};

class OtherPromise : public testing::TestWithParam<PromiseRow> {};

TEST_P(OtherPromise, IsNoAnswerToWhatIsExpected) {
  const PromiseRow& row = GetParam();
  const SampleBench bench(row.case_text, WithWords());
  EXPECT_EQ(Tell(JudgeAll(bench, {{SampleAttempt(row.status, SoundFields())}, kTenant})), row.told);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, OtherPromise,
    testing::Values(
        PromiseRow{"ARefusalForASuccess", Expecting(204), 404, Untold(404)},
        PromiseRow{"ASuccessForARefusalInWords", Expecting(404), 204, Broken(404, 204)},
        PromiseRow{"ASuccessThatNobodyPromised", Expecting(404), 202, Broken(404, 202)},
        PromiseRow{"ASuccessForARedirectInWords", Expecting(301), 204, Broken(301, 204)},
        PromiseRow{"ASuccessForWhatIsNotModified", Expecting(304), 204, Broken(304, 204)},
        PromiseRow{"ASuccessForAnotherInWords", Expecting(201), 204, Broken(201, 204)},
        PromiseRow{"ASuccessInWordsForTheOther", Expecting(204), 201, Untold(201)},
        PromiseRow{"AThirdSuccessInWords", Expecting("[sync.201, sync.204]", "[201, 204]"), 206,
                   Untold(206)},
        PromiseRow{"AnotherRefusal", Expecting(404), 403, Untold(403)},
        PromiseRow{"ARefusalForWhatIsNotModified", Expecting(304), 404, Untold(404)},
        PromiseRow{"AFailureForASuccess", Expecting(204), 500, Broken(204, 500)},
        PromiseRow{"AFailureForARefusal", Expecting(404), 500, Broken(404, 500)},
        PromiseRow{"WhatMayBeOfTheTenant", Expecting(204), 507, Untold(507)},
        PromiseRow{"ASuccessForARefusalByTime", Expecting(409), 204, Untold(204)},
        PromiseRow{"AnotherRefusalOfWhoAsks", WithoutToken(), 403,
                   Untold(403, " sync.authorization")},
        PromiseRow{"TheThingIsNotThere", WithoutToken(), 404, Untold(404)},
        PromiseRow{"TheRefusalThatIsPromised", WithoutToken(), 401,
                   "pass" + kSound + " sync.authorization sync.401"},
        PromiseRow{"ARefusalThatIsNotPromised", WithoutToken(), 400,
                   "fail\n  sync.401 (must): status is 400, the contract promises 401" + kSound +
                       " sync.authorization\n  broken sync.401"}),
    [](const auto& row) { return row.param.name; });

TEST(OtherPromiseByDefault, IsOfRefusalsAlone) {
  const SampleBench bench(Expecting(204), WithWords({"default"}));
  const auto told = [&](int status) {
    return Tell(JudgeAll(bench, {{SampleAttempt(status, SoundFields())}, kTenant}));
  };
  EXPECT_EQ(told(404), Untold(404));
  EXPECT_EQ(told(500), Broken(204, 500));
  EXPECT_EQ(told(507), Broken(204, 507));
  EXPECT_EQ(told(503),
            "inconclusive: the service answered 503 So, which no step asked for" + kSound);
}

/// What one answer to the bench's only step comes to.
std::string TellOf(const SampleBench& bench, const Test& test, int status, bool followed) {
  const Judge judge = SampleJudge(bench);
  const Scope scope;
  const Exchange exchange{{SampleAttempt(status, SoundFields())}};
  StepFacts facts{0, &exchange, &scope, kTenant};
  facts.followed = followed;
  Verdict verdict;
  judge.JudgeStep(test, facts, verdict);
  judge.Conclude(test, verdict);
  return Tell(verdict);
}

TEST(OtherPromiseOfAPageThatIsFollowed, IsNoneWhereThePageIsNotThere) {
  const SampleBench bench(Expecting(204), WithWords({"403", "404", "410"}));
  EXPECT_EQ(TellOf(bench, bench.test(), 404, true), Broken(204, 404));
  EXPECT_EQ(TellOf(bench, bench.test(), 410, true), Broken(204, 410));
  EXPECT_EQ(TellOf(bench, bench.test(), 403, true), Untold(403));
  EXPECT_EQ(TellOf(bench, bench.test(), 404, false), Untold(404));
}

/// What becomes of a clause that the only step of a case shows the effect of.
std::string TellOfEffect(int expected, int status) {
  const SampleBench bench(Expecting(expected), WithWords());
  Test test = bench.test();
  EvidencePlan plan = *test.plan;
  plan.evidence.front().role = Role::kEffect;
  test.plan = std::make_shared<const EvidencePlan>(std::move(plan));
  return TellOf(bench, test, status, /*followed=*/false);
}

TEST(OtherPromiseOfAnEffect, IsNoneWhereTheThingIsThereOrNot) {
  const auto broken = [](int expected, int status) {
    return fmt::format(
        "fail\n  sync.{0} (must): status is {1}, the case expects {0}{2}\n  broken sync.{0}",
        expected, status, kSound);
  };
  EXPECT_EQ(TellOfEffect(404, 204), broken(404, 204));
  EXPECT_EQ(TellOfEffect(204, 404), broken(204, 404));
  EXPECT_EQ(TellOfEffect(404, 404), "pass" + kSound + " sync.404");
  EXPECT_EQ(TellOfEffect(404, 403), Untold(403));
  EXPECT_EQ(TellOfEffect(404, 500),
            "inconclusive: the answer neither keeps nor breaks sync.404" + kSound);
}

}  // namespace
}  // namespace conform
