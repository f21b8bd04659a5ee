// Options and deviations: what becomes of findings.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "verdict/judge.h"
#include "verdict/sample_judging.h"

namespace conform {
namespace {

struct OptionRow {
  std::string name;
  JudgeOptions options;
  std::string told;
};

TEST(JudgeOptions, WeighWhatIsBroken) {
  const SampleBench bench(kDocumented);
  const std::string date = "headers.Date is absent, RFC 9110 asks for a value";
  const std::string id = "headers.request-id is absent, Graph page asks for a value";
  const std::vector<OptionRow> rows = {
      {"as they stand",
       {{}, "mock", false},
       fmt::format("fail\n  http.date (must): {}\n  graph.request_id (should): {}\n"
                   "  kept http.wire sync.204\n  broken http.date graph.request_id\n  success",
                   date, id)},
      {"a must softened to should",
       {{{"http", Strength::kShould}}, "mock", false},
       fmt::format("warn\n  http.date (should): {}\n  graph.request_id (should): {}\n"
                   "  kept http.wire sync.204\n  broken http.date graph.request_id\n  success",
                   date, id)},
      {"a should is not made a must by softening",
       {{{"http", Strength::kObserve}, {"graph", Strength::kShould}}, "mock", false},
       fmt::format("warn\n  graph.request_id (should): {}\n  kept sync.204\n"
                   "  broken graph.request_id\n  success",
                   id)},
      {"all only observed",
       {{{"http", Strength::kObserve}, {"graph", Strength::kObserve}}, "mock", false},
       "pass\n  kept sync.204\n  success"},
      {"a broken should fails where it is strict",
       {{{"http", Strength::kObserve}}, "mock", true},
       fmt::format("fail\n  graph.request_id (should): {}\n  kept sync.204\n"
                   "  broken graph.request_id\n  success",
                   id)},
  };
  for (const OptionRow& row : rows) {
    SCOPED_TRACE(row.name);
    EXPECT_EQ(Tell(JudgeAll(bench, {{SampleAttempt(204, {})}, kIdle, row.options})), row.told);
  }
}

TEST(JudgeOptions, SoftenTheStatusOfARefusalToo) {
  const SampleBench bench(SampleCase("[sync.authorization, graph.refusal.no_token]", "none",
                                     kWithoutToken, "  status: 401\n"));
  const JudgeOptions options{{{"graph", Strength::kObserve}}, "mock", false};
  EXPECT_EQ(Tell(JudgeAll(bench, {{SampleAttempt(403, SoundFields())}, kIdle, options})),
            "pass\n  kept http.date http.wire sync.authorization");
}

Deviation Accepting(const std::string& clause, const std::string& case_id,
                    const std::string& profile, const std::string& actual) {
  Deviation deviation;
  deviation.clause = clause;
  deviation.case_id = case_id;
  deviation.profiles = {"other", profile};
  deviation.actual = actual;
  deviation.reason = "known";
  deviation.place = "d.yaml:1:3";
  return deviation;
}

Deviation AcceptingAt(const std::string& subject, const std::string& actual) {
  Deviation deviation = Accepting("sync.204", "*", "mock", actual);
  deviation.subject = subject;
  return deviation;
}

struct DeviationRow {
  std::string name;
  Deviation deviation;
  Outcome outcome;
};

TEST(JudgeDeviation, AcceptsExactlyWhatItNames) {
  const SampleBench bench(kDocumented);
  const std::vector<DeviationRow> rows = {
      {"of this case", Accepting("sync.204", "things/case", "mock", "200"), Outcome::kDeviation},
      {"of every case", Accepting("sync.204", "*", "mock", "200"), Outcome::kDeviation},
      {"another clause", Accepting("sync.409", "*", "mock", "200"), Outcome::kFail},
      {"another case", Accepting("sync.204", "things/other", "mock", "200"), Outcome::kFail},
      {"another profile", Accepting("sync.204", "*", "global", "200"), Outcome::kFail},
      {"another actual", Accepting("sync.204", "*", "mock", "202"), Outcome::kFail},
      {"any value of the subject", AcceptingAt("status", ""), Outcome::kDeviation},
      {"that value of the subject", AcceptingAt("status", "200"), Outcome::kDeviation},
      {"another value of the subject", AcceptingAt("status", "202"), Outcome::kFail},
      {"another subject", AcceptingAt("body/*", ""), Outcome::kFail},
  };
  for (const DeviationRow& row : rows) {
    SCOPED_TRACE(row.name);
    const Verdict verdict = JudgeAll(
        bench,
        {{SampleAttempt(200, SoundFields())}, kIdle, {{}, "mock", false}, {{row.deviation}, {}}});
    EXPECT_EQ(verdict.outcome, row.outcome);
    EXPECT_EQ(verdict.findings.at(0).deviation, row.outcome == Outcome::kDeviation ? "known" : "");
    EXPECT_EQ(verdict.findings.at(0).accepted_at.empty(), row.outcome == Outcome::kFail);
  }
}

TEST(JudgeDeviation, TellsWhereEachStandsThatAccepts) {
  const SampleBench bench(kDocumented);
  Deviation of_any_case = Accepting("sync.204", "*", "mock", "200");
  Deviation of_another_value = Accepting("sync.204", "*", "mock", "202");
  of_any_case.place = "d.yaml:9:3";
  of_another_value.place = "d.yaml:17:3";
  const Deviations deviations = {
      {Accepting("sync.204", "things/case", "mock", "200"), of_any_case, of_another_value}, {}};
  const Verdict verdict = JudgeAll(
      bench, {{SampleAttempt(200, SoundFields())}, kIdle, {{}, "mock", false}, deviations});
  EXPECT_EQ(verdict.findings.at(0).accepted_at,
            (std::vector<std::string>{"d.yaml:1:3", "d.yaml:9:3"}));
}

/// A call that was let in breaks the clause of its refusal alone, and that can be accepted.
TEST(JudgeDeviation, OfARefusalThatIsIgnoredIsWhole) {
  std::string contract = kSampleContract;
  contract.insert(contract.find("  204: {when"), "  401: {when: {if: no token}, content: none}\n");
  contract +=
      "  - {id: sync.401, about: responses.401, binds: service, strength: must, says: It is 401., "
      "source: {heading: Sync, line: 15, fingerprint: 0123456789abcdef}}\n";
  const SampleBench bench(
      SampleCase("[sync.authorization, sync.401]", "none", kWithoutToken, "  status: 401\n"),
      contract);
  const auto told = [&](const Deviations& deviations) {
    const Verdict verdict = JudgeAll(bench, {{SampleAttempt(204, SoundFields())},
                                             kIdle,
                                             {{{"graph", Strength::kObserve}}, "mock", false},
                                             deviations});
    EXPECT_EQ(verdict.findings.size(), 1U);
    return std::string(NameOf(verdict.outcome));
  };
  EXPECT_EQ(told({}), "fail");
  EXPECT_EQ(told({{Accepting("sync.authorization", "*", "mock", "204")}, {}}), "deviation");
}

TEST(JudgeDeviation, AStepThatIsAcceptedGoesOn) {
  const SampleBench bench(
      "title: Twice\noperation: things.sync\nclauses: [sync.204, sync.409]\n"
      "identity: delegated_work\nsteps:\n"
      "  - {name: first, request: {method: POST, path: /beta/things/sync, headers: {Authorization: "
      "'Bearer ${token}'}, body: none}, response: {status: 204}}\n"
      "  - {name: second, request: {method: POST, path: /beta/things/sync, headers: "
      "{Authorization: "
      "'Bearer ${token}'}, body: none}, response: {status: 409}}\n");
  const Deviations accepted{{Accepting("sync.204", "*", "mock", "200")}, {}};
  const TenantKnowledge after{std::chrono::milliseconds(0), true, false};
  const Attempt first = SampleAttempt(200, SoundFields());
  const auto told = [&](int second) {
    return Tell(JudgeAll(
        bench,
        {{first, SampleAttempt(second, SoundFields())}, after, {{}, "mock", false}, accepted}));
  };
  const std::string found =
      "\n  sync.204 (must): status is 200, the contract promises 204, accepted";
  EXPECT_EQ(told(409), "deviation" + found + kSound + " sync.409\n  broken sync.204");
  EXPECT_EQ(told(500), "fail" + found +
                           "\n  sync.409 (must): status is 500, the contract promises 409" +
                           kSound + "\n  broken sync.204 sync.409");
}

TEST(JudgeDeviation, LeavesWhatElseIsBroken) {
  const SampleBench bench(kDocumented);
  const Deviations accepted{{Accepting("sync.204", "*", "mock", "200")}, {}};
  const Fields no_id = {{"Date", "Tue, 24 Nov 2026 22:54:03 GMT"}};
  const auto outcome = [&](Fields fields, bool strict) {
    return JudgeAll(
               bench,
               {{SampleAttempt(200, std::move(fields))}, kIdle, {{}, "mock", strict}, accepted})
        .outcome;
  };
  EXPECT_EQ(outcome(SoundFields(), false), Outcome::kDeviation);
  EXPECT_EQ(outcome(SoundFields(), true), Outcome::kDeviation);
  EXPECT_EQ(outcome(no_id, false), Outcome::kWarn);
  EXPECT_EQ(outcome(no_id, true), Outcome::kFail);
  EXPECT_EQ(outcome({}, false), Outcome::kFail);
}

TEST(JudgeAnswer, OfAllOtherRefusalsIsNoneThatHasAPromiseOfItsOwn) {
  std::string contract = kSampleContract;
  contract.insert(contract.find("  204: {when"),
                  "  default: {when: {if: it fails}, content: none}\n");
  contract +=
      "  - {id: sync.default, about: responses.default, binds: service, strength: must, says: "
      "Errors "
      "are so., source: {heading: Sync, line: 15, fingerprint: 0123456789abcdef}}\n";
  const SampleBench bench(
      SampleCase("[sync.default]", "delegated_work", kWithToken, "  status: 4xx\n"), contract);
  const auto told = [&](int status) {
    return Tell(JudgeAll(bench, {{SampleAttempt(status, SoundFields())}}));
  };
  EXPECT_EQ(told(404), "pass" + kSound + " sync.default");
  EXPECT_EQ(told(409),
            "inconclusive: status is 409, which has a promise of its own beside responses.default" +
                kSound);
}

}  // namespace
}  // namespace conform
