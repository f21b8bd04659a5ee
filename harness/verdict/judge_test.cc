#include "verdict/judge.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "verdict/sample_bench.h"

namespace conform {
namespace {

using std::chrono::minutes;

// What is known before the request.
const TenantKnowledge kIdle{std::nullopt, true, false};
const TenantKnowledge kBusy{minutes(1), true, false};
const TenantKnowledge kTooSoon{minutes(5), true, false};
const TenantKnowledge kTenant{std::nullopt, false, false};
const TenantKnowledge kTenantTooSoon{minutes(5), false, false};
const TenantKnowledge kInDoubt{minutes(5), true, true};

/// Outcome and reason; each finding; clauses kept and broken; `success` where it was reached.
std::string Tell(const Verdict& verdict) {
  std::string told(NameOf(verdict.outcome));
  if (!verdict.reason.empty()) told += ": " + verdict.reason;
  for (const Finding& finding : verdict.findings) {
    told += fmt::format("\n  {} ({}): {}{}", finding.clause.id, NameOf(finding.strength),
                        finding.message, finding.deviation.empty() ? "" : ", accepted");
  }
  for (const bool kept : {true, false}) {
    std::string ids;
    for (const JudgedClause& judged : verdict.judged) {
      if (judged.kept == kept) ids += " " + judged.clause.id;
    }
    if (!ids.empty()) told += (kept ? "\n  kept" : "\n  broken") + ids;
  }
  if (!verdict.reached_success.empty()) told += "\n  success";
  return told;
}

struct Judging {
  std::vector<Attempt> answers;
  TenantKnowledge known = kIdle;
  JudgeOptions options = {{}, "mock", false};
  Deviations deviations = {};
};

/// Judges one answer a step until the judge ends the test.
Verdict JudgeAll(const SampleBench& bench, const Judging& judging) {
  const Judge judge(bench.catalog(), judging.deviations, StandardChecks(), judging.options);
  const Scope scope;
  Verdict verdict;
  std::size_t next = 0;
  for (std::size_t step = 0; step < bench.test().test_case->steps.size(); ++step) {
    if (bench.test().test_case->steps[step].wait) continue;
    const Exchange exchange{{judging.answers.at(next++)}};
    if (!judge.JudgeStep(bench.test(), {step, &exchange, &scope, judging.known}, verdict)) break;
  }
  judge.Conclude(bench.test(), verdict);
  return verdict;
}

std::string TellStatus(const SampleBench& bench, int status, const TenantKnowledge& known) {
  return Tell(JudgeAll(bench, {{SampleAttempt(status, SoundFields())}, known}));
}

struct JudgeRow {
  int status;
  TenantKnowledge known;
  std::string told;
};

void ExpectRows(const std::string& case_text, const std::vector<JudgeRow>& rows) {
  const SampleBench bench(case_text);
  for (const JudgeRow& row : rows) {
    SCOPED_TRACE(row.status);
    EXPECT_EQ(TellStatus(bench, row.status, row.known), row.told);
  }
}

const std::string kDocumented =
    SampleCase("[sync.204]", "delegated_work", kWithToken, "  status: 204\n  body: none\n");

// Every answer below is sound but for its status.
const std::string kSound = "\n  kept http.date http.wire graph.request_id";

std::string NotPromised(int status) {
  return fmt::format(
      "fail\n  sync.204 (must): status is {}, the contract promises 204{}\n  broken sync.204",
      status, kSound);
}

TEST(JudgeAnswer, OnAMockHoldsTheStatusThatItsKnownConditionsPromise) {
  const std::string pass = "pass" + kSound + " sync.204\n  success";
  ExpectRows(kDocumented,
             {{204, kIdle, pass},
              {200, kIdle, NotPromised(200)},
              {302, kIdle, NotPromised(302)},
              {401, kIdle, NotPromised(401)},
              {404, kIdle, NotPromised(404)},
              {409, kIdle, NotPromised(409)},
              {429, kIdle, NotPromised(429)},
              {500, kIdle, NotPromised(500)},
              {503, kIdle,
               "inconclusive: the service answered 503 So, which no step asked for" + kSound}});
}

TEST(JudgeAnswer, OnATenantBlamesNothingOnAConditionThatCannotBeExcluded) {
  const std::string pass = "pass" + kSound + " sync.204\n  success";
  ExpectRows(kDocumented,
             {{204, kTenant, pass},
              {200, kTenant, NotPromised(200)},
              {409, kTenant,
               "inconclusive: status is 409, which the contract promises for a condition that "
               "cannot be excluded" +
                   kSound},
              {429, kTenant,
               "inconclusive: the service answered 429 So, which no step asked for" + kSound},
              // The window is open, and so 204 is promised to nobody; 409 may still hold.
              {409, kTenantTooSoon,
               "inconclusive: status is 409, which the contract promises for a condition that "
               "cannot be excluded" +
                   kSound},
              {409, kInDoubt,
               "inconclusive: status is 409, which the contract promises for a condition that "
               "cannot be excluded" +
                   kSound}});
}

const std::string kSecond =
    SampleCase("[sync.429]", "delegated_work", kWithToken, "  status: 429\n");

TEST(JudgeAnswer, HoldsA429ThatTheCaseAsksFor) {
  ExpectRows(kSecond,
             {{429, kTooSoon, "pass" + kSound + " sync.429"},
              {429, kTenantTooSoon, "pass" + kSound + " sync.429"},
              {204, kTooSoon,
               "fail\n  sync.429 (must): status is 204, the contract promises 429" + kSound +
                   "\n  broken sync.429"},
              {503, kTooSoon,
               "inconclusive: the service answered 503 So, which no step asked for" + kSound},
              // The wait could not be established: 204 may be what is promised now.
              {204, kInDoubt,
               "inconclusive: status is 204, which the contract promises for a condition "
               "that cannot be excluded" +
                   kSound}});
}

TEST(JudgeAnswer, HoldsA409WhileTheStateLasts) {
  ExpectRows(SampleCase("[sync.409]", "delegated_work", kWithToken, "  status: 409\n"),
             {{409, kBusy, "pass" + kSound + " sync.409"},
              {429, kBusy,
               "fail\n  sync.409 (must): status is 429, the contract promises 409" + kSound +
                   "\n  broken sync.409"},
              {204, kBusy,
               "fail\n  sync.409 (must): status is 204, the contract promises 409" + kSound +
                   "\n  broken sync.409"}});
}

TEST(JudgeRefusal, IsKeptByAnyRefusalAndBrokenByASuccess) {
  const std::string text =
      SampleCase("[sync.authorization]", "none", kWithoutToken, "  status: 4xx\n");
  const std::string kept = "pass" + kSound + " sync.authorization";
  const std::string broken =
      "fail\n  sync.authorization (must): status is {}, the contract promises a refusal (4xx)" +
      kSound + "\n  broken sync.authorization";
  const std::string neither =
      "inconclusive: the answer neither keeps nor breaks sync.authorization" + kSound;
  const std::string throttled =
      "inconclusive: the service answered {} So, which no step asked for" + kSound;
  for (const TenantKnowledge& known : {kIdle, kTenant}) {
    ExpectRows(text, {{400, known, kept},
                      {401, known, kept},
                      {404, known, kept},
                      {499, known, kept},
                      {200, known, fmt::format(fmt::runtime(broken), 200)},
                      {302, known, neither},
                      {500, known, neither},
                      {503, known, fmt::format(fmt::runtime(throttled), 503)}});
  }
  // A class does not ask for a 429; what an idle mock may not say is no throttling.
  ExpectRows(text, {{429, kTenant, fmt::format(fmt::runtime(throttled), 429)}});
}

TEST(JudgeRefusal, HoldsTheExactStatusBesideTheRefusal) {
  const std::string text = SampleCase("[sync.authorization, graph.refusal.no_token]", "none",
                                      kWithoutToken, "  status: 401\n");
  ExpectRows(
      text,
      {{401, kIdle, "pass" + kSound + " sync.authorization graph.refusal.no_token"},
       {403, kIdle,
        "warn\n  graph.refusal.no_token (should): status is 403, Graph page asks for 401" + kSound +
            " sync.authorization\n  broken graph.refusal.no_token"},
       // Not refused: one breach, told once, by the operation's own clause.
       {204, kIdle,
        "fail\n  sync.authorization (must): status is 204, the contract promises a refusal (4xx)" +
            kSound + "\n  broken sync.authorization"}});
}

TEST(JudgeGrant, IsKeptByASuccessAndBrokenByARefusal) {
  const std::string text =
      SampleCase("[sync.work, sync.204]", "delegated_work", kWithToken, "  status: 204\n");
  const std::string refused =
      "fail\n  sync.work (must): status is {}, the contract promises a success (2xx)" + kSound +
      "\n  broken sync.work";
  ExpectRows(text, {{204, kIdle, "pass" + kSound + " sync.work sync.204\n  success"},
                    {200, kIdle,
                     "fail\n  sync.204 (must): status is 200, the contract promises 204" + kSound +
                         " sync.work\n  broken sync.204"},
                    // A refused permission is one breach, told once.
                    {401, kIdle, fmt::format(fmt::runtime(refused), 401)},
                    {403, kIdle, fmt::format(fmt::runtime(refused), 403)},
                    {404, kIdle, NotPromised(404)},
                    {500, kIdle, NotPromised(500)}});
}

TEST(JudgeProtocol, TellsAllBrokenClausesAtOnce) {
  const SampleBench bench(kDocumented);
  const Attempt bare = SampleAttempt(200, {}, "x");
  EXPECT_EQ(Tell(JudgeAll(bench, {{bare}})),
            "fail\n"
            "  http.date (must): headers.Date is absent, RFC 9110 asks for a value\n"
            "  graph.request_id (should): headers.request-id is absent, Graph page asks for a "
            "value\n"
            "  sync.204 (must): status is 200, the contract promises 204\n"
            "  kept http.wire\n"
            "  broken http.date graph.request_id sync.204");
}

TEST(JudgeProtocol, HoldsWhereNoClauseOfTheContractCanBeTold) {
  const SampleBench bench(kDocumented);
  EXPECT_EQ(Tell(JudgeAll(bench, {{SampleAttempt(503, {{"request-id", "1"}})}})),
            "fail\n"
            "  http.date (must): headers.Date is absent, RFC 9110 asks for a value\n"
            "  kept http.wire graph.request_id\n"
            "  broken http.date");
}

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
  };
  for (const DeviationRow& row : rows) {
    SCOPED_TRACE(row.name);
    const Verdict verdict = JudgeAll(
        bench,
        {{SampleAttempt(200, SoundFields())}, kIdle, {{}, "mock", false}, {{row.deviation}, {}}});
    EXPECT_EQ(verdict.outcome, row.outcome);
    EXPECT_EQ(verdict.findings.at(0).deviation, row.outcome == Outcome::kDeviation ? "known" : "");
  }
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
            "fail\n"
            "  http.wire (must): wire is at byte 0: 'SSH-2.0', RFC 9112 asks for no "
            "status_line_malformed\n"
            "  broken http.wire");
}

TEST(JudgeSilence, HoldsOfAnAnswerCutShortOnlyTheBytesThatCame) {
  const SampleBench bench(kDocumented);
  Attempt attempt = SampleAttempt(204, {});
  attempt.trouble = Trouble{TroubleKind::kClosed, "closed early", ""};
  EXPECT_EQ(Tell(JudgeAll(bench, {{attempt}})), "inconclusive: closed early\n  kept http.wire");
  attempt.observations = {{"conflicting_content_length", "'1', '2'", 17}};
  EXPECT_EQ(Tell(JudgeAll(bench, {{attempt}})),
            "fail\n"
            "  http.wire (must): wire is at byte 17: '1', '2', RFC 9112 asks for no "
            "conflicting_content_length\n"
            "  broken http.wire");
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
}

TEST(RequireChecks, TellsAClauseWhoseCheckDoesNotExist) {
  const SampleBench bench(kDocumented);
  CheckTable checks = StandardChecks();
  Diagnostics diagnostics;
  RequireChecks(bench.catalog(), checks, diagnostics);
  EXPECT_EQ(diagnostics.RenderAll(), "");
  checks.protocol = {{"header_present", checks.protocol.at("header_present")}};
  RequireChecks(bench.catalog(), checks, diagnostics);
  EXPECT_EQ(diagnostics.RenderAll(),
            "http.yaml:10:9: error: clause 'http.wire' names no check: 'not_observed'\n"
            " 10 |   - id: http.wire\n"
            "    |         ^^^^^^^^^\n"
            "      there is header_present\n");
}

}  // namespace
}  // namespace conform
