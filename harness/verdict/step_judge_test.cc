#include "verdict/step_judge.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "verdict/sample_judging.h"

namespace conform {
namespace {

Attempt Silent(TroubleKind kind, std::string text) {
  Attempt attempt = SampleAttempt(204, {});
  attempt.response.reset();
  attempt.trouble = Trouble{kind, std::move(text), ""};
  return attempt;
}

TEST(JudgeSilence, CanTellNothing) {
  const SampleBench bench(kDocumented);
  EXPECT_EQ(Tell(JudgeAll(bench, {{Silent(TroubleKind::kConnect, "connection refused")}})),
            "inconclusive: connection refused");
}

TEST(JudgeSilence, BlamesBytesThatAreNoAnswer) {
  const SampleBench bench(kDocumented);
  Attempt attempt = Silent(TroubleKind::kMalformed, "no status line");
  attempt.observations = {{"status_line_malformed", "'SSH-2.0'", 0}};
  EXPECT_EQ(Tell(JudgeAll(bench, {{attempt}})),
            "fail: no status line\n"
            "  http.wire (must): wire/status_line_malformed is 'SSH-2.0' (at byte 0), "
            "RFC 9112 asks for none\n"
            "  broken http.wire");
}

TEST(JudgeSilence, HoldsOfAnAnswerCutShortOnlyTheBytesThatCame) {
  const SampleBench bench(kDocumented);
  Attempt attempt = SampleAttempt(204, {});
  attempt.trouble = Trouble{TroubleKind::kClosed, "closed early", ""};
  EXPECT_EQ(Tell(JudgeAll(bench, {{attempt}})), "inconclusive: closed early\n  kept http.wire");
  attempt.observations = {{"conflicting_content_length", "'1', '2'", 17}};
  EXPECT_EQ(Tell(JudgeAll(bench, {{attempt}})),
            "fail: closed early\n"
            "  http.wire (must): wire/conflicting_content_length is '1', '2' (at byte 17), "
            "RFC 9112 asks for none\n"
            "  broken http.wire");
}

/// The first `from` in `text`, which is there.
void Replace(std::string& text, std::string_view from, std::string_view to) {
  text.replace(text.find(from), from.size(), to);
}

std::string Steps() {
  const std::string request =
      "    request:\n      method: POST\n      path: /beta/things/sync\n      headers:\n"
      "        Authorization: Bearer ${token}\n      body: none\n";
  return "title: Twice\noperation: things.sync\nclauses: [sync.204]\nidentity: delegated_work\n"
         "steps:\n  - name: first\n" +
         request + "    response:\n      status: 204\n  - {wait: 10m}\n  - name: second\n" +
         request + "    response:\n      status: 204\n      body: none\n";
}

TEST(JudgeSteps, NamesTheStepAndGoesOnUntilAMustIsBroken) {
  const SampleBench bench(Steps());
  const Attempt sound = SampleAttempt(204, SoundFields());
  const Attempt wrong = SampleAttempt(200, SoundFields(), "x");
  EXPECT_EQ(Tell(JudgeAll(bench, {{sound, sound}})), "pass" + kSound + " sync.204\n  success");
  const Verdict second = JudgeAll(bench, {{sound, wrong}});
  EXPECT_EQ(Tell(second), NotPromised(200) + "\n  success");
  EXPECT_EQ(second.findings.at(0).step, "second");
  // The second answer is never asked for.
  const Verdict first = JudgeAll(bench, {{wrong}});
  EXPECT_EQ(first.findings.at(0).step, "first");
  EXPECT_EQ(first.outcome, Outcome::kFail);
}

TEST(JudgeSteps, GoesOnAfterABrokenShould) {
  const SampleBench bench(Steps());
  const Attempt no_id = SampleAttempt(204, {{"Date", "Tue, 24 Nov 2026 22:54:03 GMT"}});
  const Verdict verdict = JudgeAll(bench, {{no_id, no_id}});
  EXPECT_EQ(verdict.outcome, Outcome::kWarn);
  EXPECT_EQ(verdict.findings.size(), 2u);
}

TEST(JudgeSteps, NamesTheSecondOfTwo) {
  std::string text = Steps();
  Replace(text, "  - {wait: 10m}\n", "");
  const Attempt sound = SampleAttempt(204, SoundFields());
  const Verdict verdict = JudgeAll(SampleBench(text), {{sound, SampleAttempt(200, SoundFields())}});
  EXPECT_EQ(verdict.findings.at(0).step, "second");
}

/// A request without a token, and then a proper one.
std::string RefusedAndAccepted() {
  std::string text = Steps();
  Replace(text, "clauses: [sync.204]", "clauses: [sync.authorization, sync.204]");
  Replace(text, "        Authorization: Bearer ${token}\n", "        Accept: application/json\n");
  Replace(text, "status: 204", "status: 4xx");
  return text;
}

TEST(JudgeSteps, HoldsEachClauseAgainstTheStepThatIsEvidenceForIt) {
  const SampleBench bench(RefusedAndAccepted());
  const Attempt refused = SampleAttempt(401, SoundFields());
  const std::string both = kSound + " sync.authorization";
  EXPECT_EQ(Tell(JudgeAll(bench, {{refused, SampleAttempt(204, SoundFields())}})),
            "pass" + both + " sync.204\n  success");
  EXPECT_EQ(Tell(JudgeAll(bench, {{refused, SampleAttempt(409, SoundFields())}, kTenant})),
            "inconclusive: status is 409, which the contract promises for a condition that cannot "
            "be excluded" +
                both);
}

/// One step's answer, where more answers of it follow or it is tolerated.
Verdict JudgeOne(const SampleBench& bench, const Attempt& answer, bool goes_on, bool tolerated) {
  const Judge judge = SampleJudge(bench);
  const Scope scope;
  const Exchange exchange{{answer}};
  Verdict verdict;
  judge.JudgeStep(bench.test(), {0, &exchange, &scope, kIdle, goes_on, tolerated}, verdict);
  verdict.outcome = Outcome::kPass;
  return verdict;
}

const std::string kObserving = SampleCase("[sync.204]", "delegated_work", kWithToken,
                                          "  status: 204\n  headers: {Location: /x}\n"
                                          "  observe: [status]\n");

TEST(JudgeSteps, HoldOfAnAnswerThatOthersFollowItsStatusAlone) {
  const SampleBench bench(kObserving);
  const Verdict held = JudgeOne(bench, SampleAttempt(204, SoundFields()), true, false);
  EXPECT_EQ(Tell(held), "pass" + kSound);
  EXPECT_TRUE(held.observed.empty());
  EXPECT_EQ(Tell(JudgeOne(bench, SampleAttempt(200, SoundFields()), true, false)),
            "pass\n  sync.204 (must): status is 200, the contract promises 204" + kSound +
                "\n  broken sync.204");
  EXPECT_EQ(JudgeOne(bench, SampleAttempt(204, SoundFields()), false, false).observed.size(), 1U);
}

TEST(JudgeSteps, HoldOfAToleratedAnswerWhatEveryAnswerKeeps) {
  const SampleBench bench(kObserving);
  const Verdict held = JudgeOne(bench, SampleAttempt(404, {}), false, true);
  EXPECT_EQ(Tell(held),
            "pass\n  http.date (must): headers.Date is absent, RFC 9110 asks for a value\n"
            "  graph.request_id (should): headers.request-id is absent, Graph page asks for a "
            "value\n  kept http.wire\n  broken http.date graph.request_id");
  EXPECT_TRUE(held.observed.empty());
}

TEST(JudgeSteps, BreakAsAWholeWhatTheAnswerIsEvidenceFor) {
  const StepBreach breach{{"steps", "an end", "still busy"}, {}};
  const auto broken = [&](const std::string& text, std::size_t step) {
    const SampleBench bench(text);
    const Judge judge = SampleJudge(bench);
    const Exchange exchange{{SampleAttempt(204, {})}};
    Verdict verdict;
    EXPECT_FALSE(judge.BreakStep(bench.test(), {step, &exchange, nullptr, kIdle}, breach, verdict));
    EXPECT_NE(verdict.reason.empty(), verdict.findings.empty());
    judge.Conclude(bench.test(), verdict);
    return Tell(verdict);
  };
  const std::string whole =
      "fail\n  sync.204 (must): steps is still busy, the case expects an end\n"
      "  broken sync.204";
  const std::string apart = "inconclusive: steps is still busy, expected an end";
  EXPECT_EQ(broken(kDocumented, 0), whole);
  EXPECT_EQ(broken(RefusedAndAccepted(), 2), whole);
  EXPECT_EQ(broken(RefusedAndAccepted(), 0), apart);
}

/// kDocumented's only evidence in another role, held against answers of these statuses.
std::string TellInRole(Role role, int status, const TenantKnowledge& known = kIdle) {
  const SampleBench bench(kDocumented);
  Test test = bench.test();
  EvidencePlan plan = *test.plan;
  plan.evidence.front().role = role;
  test.plan = std::make_shared<const EvidencePlan>(std::move(plan));
  const Judge judge = SampleJudge(bench);
  const Scope scope;
  const Exchange exchange{{SampleAttempt(status, SoundFields())}};
  Verdict verdict;
  judge.JudgeStep(test, {0, &exchange, &scope, known}, verdict);
  for (const JudgedClause& judged : verdict.judged) {
    if (judged.clause.id == "sync.204") return judged.kept ? "kept" : "broken";
  }
  return verdict.reason.empty() ? "not judged" : "cannot tell";
}

TEST(JudgeSteps, HoldAnEffectAgainstWhatIsThereOrNot) {
  EXPECT_EQ(TellInRole(Role::kEffect, 204), "kept");
  EXPECT_EQ(TellInRole(Role::kEffect, 404), "broken");
  EXPECT_EQ(TellInRole(Role::kEffect, 500), "not judged");
  EXPECT_EQ(TellInRole(Role::kAnswer, 500), "broken");
}

TEST(JudgeSteps, HoldAPreconditionAgainstAnAnswerThatKnewTheResource) {
  EXPECT_EQ(TellInRole(Role::kPrecondition, 204), "kept");
  EXPECT_EQ(TellInRole(Role::kPrecondition, 200), "broken");
  EXPECT_EQ(TellInRole(Role::kPrecondition, 400), "broken");
  EXPECT_EQ(TellInRole(Role::kPrecondition, 404), "cannot tell");
  EXPECT_EQ(TellInRole(Role::kPrecondition, 500), "not judged");
  EXPECT_EQ(TellInRole(Role::kPrecondition, 401), "cannot tell");
  EXPECT_EQ(TellInRole(Role::kPrecondition, 409, kTenant), "cannot tell");
}

TEST(JudgeSteps, TakeNoRefusalForAnotherCauseForAProof) {
  EXPECT_EQ(TellInRole(Role::kRefusal, 409, kIdle), "kept");
  EXPECT_EQ(TellInRole(Role::kRefusal, 409, kTenant), "cannot tell");
  EXPECT_EQ(TellInRole(Role::kRefusal, 400, kTenant), "kept");
  EXPECT_EQ(TellInRole(Role::kRefusal, 401), "cannot tell");
  EXPECT_EQ(TellInRole(Role::kRefusalStatus, 409, kTenant), "broken");
  EXPECT_EQ(TellInRole(Role::kAnswer, 409, kTenant), "cannot tell");
}

TEST(JudgeSteps, TellWhyACleanUpDidNot) {
  std::string text = Steps();
  Replace(text, "  - {wait: 10m}\n  - name: second", "finally:\n  - name: second");
  const SampleBench bench(text);
  const Attempt sound = SampleAttempt(204, SoundFields());
  EXPECT_EQ(Tell(JudgeAll(bench, {{sound, sound}})), "pass" + kSound + " sync.204\n  success");
  EXPECT_EQ(JudgeAll(bench, {{sound, SampleAttempt(404, SoundFields())}}).reason,
            "status is 404, expected 204");
}

TEST(JudgeSteps, EndsWhereNothingCanBeTold) {
  const SampleBench bench(Steps());
  EXPECT_EQ(Tell(JudgeAll(bench, {{Silent(TroubleKind::kTimeout, "silence for 5 ms")}})),
            "inconclusive: silence for 5 ms");
}

TEST(JudgeFinding, SaysWhereToLookAndWhatWasRead) {
  const SampleBench bench(kDocumented);
  const Verdict verdict = JudgeAll(bench, {{SampleAttempt(200, SoundFields())}});
  const Finding& finding = verdict.findings.at(0);
  EXPECT_EQ(finding.clause, (ClauseKey{"sync.204", "things.sync", "2024-08"}));
  EXPECT_EQ(finding.says, "Success is 204.");
  EXPECT_EQ(finding.source, "edition 2024-08, Sync, line 14");
  EXPECT_EQ(finding.step, "");
  EXPECT_EQ(finding.subject, "status");
  EXPECT_EQ(finding.expected, "204");
  EXPECT_EQ(finding.actual, "200");
  EXPECT_EQ(finding.path, "case.yaml");
  EXPECT_EQ(fmt::format("{}:{}:{}", finding.span.line, finding.span.column, finding.span.length),
            "13:11:3");
  EXPECT_EQ(finding.excerpt, "  status: 204");
}

TEST(JudgeClient, RecordsWhatTheBytesSentKeep) {
  const SampleBench bench(kDocumented);
  const Verdict verdict = JudgeAll(bench, {{SampleAttempt(204, SoundFields())}});
  ASSERT_EQ(verdict.client_kept.size(), 2u);
  EXPECT_EQ(verdict.client_kept[0].id, "sync.accept");
  EXPECT_EQ(verdict.client_kept[1].id, "sync.body");
}

TEST(JudgeObserve, RecordsAndNeverJudges) {
  const SampleBench bench(
      SampleCase("[]", "delegated_work", kWithToken, "  observe: [status, headers.Retry-After]\n"));
  const Verdict verdict = JudgeAll(bench, {{SampleAttempt(418, SoundFields())}});
  EXPECT_EQ(Tell(verdict), "pass" + kSound);
  ASSERT_EQ(verdict.observed.size(), 2u);
  EXPECT_EQ(verdict.observed[0].value, "418");
  EXPECT_EQ(verdict.observed[1].value, "absent");
  EXPECT_EQ(Tell(JudgeAll(bench, {{SampleAttempt(409, SoundFields())}, kTenant})), "pass" + kSound);
}

TEST(JudgeObserve, RecordsTheMembersThatNoExpectationNames) {
  const auto observed = [](const std::string& response, const std::string& content) {
    const SampleBench bench(
        SampleCase("[sync.204]", "delegated_work", kWithToken, "  status: 204\n" + response));
    std::string told;
    for (const ObservedFact& fact :
         JudgeAll(bench, {{SampleAttempt(204, SoundFields(), content)}}).observed) {
      told += fact.name + "=" + fact.value + " ";
    }
    return told;
  };
  const std::string id = "  body: {json: {/id: 1}}\n";
  EXPECT_EQ(observed(id, R"({"id":1,"more":2})"), "body.undocumented=/more ");
  EXPECT_EQ(observed(id, R"({"id":1})"), "");
  EXPECT_EQ(observed(id, "<html>"), "");
  EXPECT_EQ(observed(id, R"({"id":1e999,"more":2})"), "");
  EXPECT_EQ(observed("", R"({"id":1,"more":2})"), "");
  EXPECT_EQ(observed("  body: {json: {/id: 1}, closed: true}\n", R"({"id":1,"more":2})"), "");
}

TEST(JudgeObserve, RecordsNoMembersWithoutAnAnswer) {
  const SampleBench bench(SampleCase("[sync.204]", "delegated_work", kWithToken,
                                     "  status: 204\n  body: {json: {/id: 1}}\n"));
  EXPECT_TRUE(JudgeAll(bench, {{Silent(TroubleKind::kConnect, "refused")}}).observed.empty());
}

}  // namespace
}  // namespace conform
