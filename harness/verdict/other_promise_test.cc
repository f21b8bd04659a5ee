#include "verdict/other_promise.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "verdict/sample_judging.h"

namespace conform {
namespace {

/// The sample contract with refusals whose conditions are told in words.
std::string WithWords() {
  std::string contract = kSampleContract;
  std::string rules;
  for (const int status : {401, 403, 404}) {
    rules += fmt::format("  {}: {{when: {{if: so it is}}, content: none}}\n", status);
    contract += fmt::format(
        "  - {{id: sync.{0}, about: responses.{0}, binds: service, strength: must, says: So it is "
        "{0}., source: {{heading: Sync, line: 15, fingerprint: 0123456789abcdef}}}}\n",
        status);
  }
  return contract.insert(contract.find("  409: {when"), rules);
}

std::string Expecting(int status) {
  return SampleCase(fmt::format("[sync.{}]", status), "delegated_work", kWithToken,
                    fmt::format("  status: {}\n", status));
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
    testing::Values(PromiseRow{"ARefusalForASuccess", Expecting(204), 404, Untold(404)},
                    PromiseRow{"ASuccessForARefusalInWords", Expecting(404), 204, Broken(404, 204)},
                    PromiseRow{"ASuccessThatNobodyPromised", Expecting(404), 202, Broken(404, 202)},
                    PromiseRow{"AnotherRefusal", Expecting(404), 403, Untold(403)},
                    PromiseRow{"ASuccessForARefusalByTime", Expecting(409), 204, Untold(204)},
                    PromiseRow{"AnotherRefusalOfWhoAsks", WithoutToken(), 403,
                               Untold(403, " sync.authorization")},
                    PromiseRow{"TheThingIsNotThere", WithoutToken(), 404, Untold(404)},
                    PromiseRow{"TheRefusalThatIsPromised", WithoutToken(), 401,
                               "pass" + kSound + " sync.authorization sync.401"},
                    PromiseRow{"ARefusalThatIsNotPromised", WithoutToken(), 400,
                               "fail\n  sync.401 (must): status is 400, the contract promises 401" +
                                   kSound + " sync.authorization\n  broken sync.401"}),
    [](const auto& row) { return row.param.name; });

/// What becomes of a clause that the only step of a case shows the effect of.
std::string TellOfEffect(int expected, int status) {
  const SampleBench bench(Expecting(expected), WithWords());
  Test test = bench.test();
  EvidencePlan plan = *test.plan;
  plan.evidence.front().role = Role::kEffect;
  test.plan = std::make_shared<const EvidencePlan>(std::move(plan));
  const Judge judge = SampleJudge(bench);
  const Scope scope;
  const Exchange exchange{{SampleAttempt(status, SoundFields())}};
  Verdict verdict;
  judge.JudgeStep(test, {0, &exchange, &scope, kTenant}, verdict);
  judge.Conclude(test, verdict);
  return Tell(verdict);
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
