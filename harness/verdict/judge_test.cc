#include "verdict/judge.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "verdict/sample_judging.h"

namespace conform {
namespace {

using std::chrono::minutes;

// What is known before the request, besides kIdle and kTenant.
const TenantKnowledge kBusy{minutes(1), true, false};
const TenantKnowledge kTooSoon{minutes(5), true, false};
const TenantKnowledge kTenantTooSoon{minutes(5), false, false};
const TenantKnowledge kInDoubt{minutes(5), true, true};

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
              {204, kIdle,
               "fail\n  sync.429 (must): status is 204, the contract promises 429" + kSound +
                   "\n  broken sync.429"},
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
                      {199, known, neither},
                      {299, known, fmt::format(fmt::runtime(broken), 299)},
                      {300, known, neither},
                      {399, known, neither},
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
       // Who looks at no token answers so, too; the exact status no condition excuses.
       {409, kTenant,
        "inconclusive: status is 409, which the contract promises for a condition that cannot be "
        "excluded\n  graph.refusal.no_token (should): status is 409, Graph page asks for 401" +
            kSound + "\n  broken graph.refusal.no_token"},
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

TEST(JudgeRefusal, PointsToTheStatusThatTheCaseExpects) {
  const SampleBench bench(
      SampleCase("[sync.authorization]", "none", kWithoutToken, "  status: 4xx\n"));
  const Verdict verdict = JudgeAll(bench, {{SampleAttempt(200, SoundFields())}});
  EXPECT_EQ(verdict.findings.at(0).excerpt, "  status: 4xx");
}

TEST(JudgeAnswer, IsNoneOfAnotherStatus) {
  // One breach: the fields and the content are those of another answer.
  const SampleBench bench(SampleCase("[sync.204]", "delegated_work", kWithToken,
                                     "  status: 204\n  headers: {Location: /x}\n"));
  EXPECT_EQ(Tell(JudgeAll(bench, {{SampleAttempt(200, SoundFields())}})), NotPromised(200));
  EXPECT_EQ(Tell(JudgeAll(bench, {{SampleAttempt(204, SoundFields())}})),
            "fail\n  sync.204 (must): headers.Location is absent, the case expects '/x'" + kSound +
                "\n  broken sync.204\n  success");
}

TEST(JudgeAnswer, HoldsWhatTheContractSaysOfItThoughTheCaseDoesNot) {
  std::string contract = kSampleContract;
  const std::string before = "409: {when: {while: in_progress}}";
  contract.replace(contract.find(before), before.size(),
                   "409: {when: {while: in_progress}, headers: {Retry-After: {required: true}}, "
                   "content: {application/json: {}}}");
  const SampleBench bench(SampleCase("[sync.409]", "delegated_work", kWithToken, "  status: 409\n"),
                          contract);
  Fields fields = SoundFields();
  fields.push_back({"Content-Type", "text/html"});
  EXPECT_EQ(Tell(JudgeAll(bench, {{SampleAttempt(409, fields, "<p>")}})),
            "fail\n"
            "  sync.409 (must): headers.Retry-After is absent, the contract promises a value\n"
            "  sync.409 (must): headers.Content-Type is 'text/html', the contract promises "
            "'application/json'" +
                kSound + "\n  broken sync.409");
  fields.back().value = "application/json";
  fields.push_back({"Retry-After", "3"});
  EXPECT_EQ(Tell(JudgeAll(bench, {{SampleAttempt(409, fields, "{}")}})),
            "pass" + kSound + " sync.409");
}

TEST(JudgeAnswer, OfContentThatIsMissingIsToldOnce) {
  std::string contract = kSampleContract;
  const std::string before = "409: {when: {while: in_progress}}";
  contract.replace(contract.find(before), before.size(),
                   "409: {when: {while: in_progress}, content: {application/json: {}}}");
  const SampleBench bench(SampleCase("[sync.409]", "delegated_work", kWithToken,
                                     "  status: 409\n  body: {json: {/id: 1}}\n"),
                          contract);
  const Verdict verdict = JudgeAll(bench, {{SampleAttempt(409, SoundFields(), "")}});
  ASSERT_EQ(verdict.findings.size(), 1U);
  EXPECT_EQ(verdict.findings.front().message, "body is not JSON at byte 1, the case expects JSON");
}

TEST(JudgeAnswer, OfContentThatIsNoJsonIsToldOnce) {
  const SampleBench bench(SampleCase("[sync.204]", "delegated_work", kWithToken,
                                     "  status: 204\n  body: {json: {/id: 1, /name: a}}\n"));
  const Verdict verdict = JudgeAll(bench, {{SampleAttempt(204, SoundFields(), "<p>")}});
  ASSERT_EQ(verdict.findings.size(), 1U);
  EXPECT_EQ(verdict.findings.front().message, "body is not JSON at byte 1, the case expects JSON");
}

TEST(JudgeAnswer, CannotBeToldOfContentThatIsNotRead) {
  const SampleBench bench(SampleCase("[sync.204]", "delegated_work", kWithToken,
                                     "  status: 204\n  body: {json: {/id: 1}}\n"
                                     "  headers: {Location: {exists: true}}\n"));
  Fields fields = SoundFields();
  fields.push_back({"Location", "/x"});
  const auto told = [&](Attempt attempt) { return Tell(JudgeAll(bench, {{std::move(attempt)}})); };
  EXPECT_EQ(
      told(SampleAttempt(204, fields, "{\"id\":1e999}")),
      "inconclusive: the content is JSON that is not read: it nests too deep, a number is too "
      "large, or half a surrogate pair is escaped" +
          kSound + "\n  success");
  Attempt cut = SampleAttempt(204, fields, "{");
  cut.response->body_cut = true;
  cut.observations = {{"body_bound_hit", "", 9}};
  const std::string whole = told(cut);
  EXPECT_TRUE(whole.starts_with("inconclusive: the content was not read whole: ")) << whole;
  Attempt coded = SampleAttempt(204, fields, "(");
  coded.response->still_coded = true;
  coded.observations = {{"unknown_content_coding", "zstd", 9}};
  EXPECT_EQ(told(coded).substr(0, 66),
            "inconclusive: the content is coded as zstd, which is not read here");
  // What can be told is: the field is missing.
  EXPECT_EQ(told(SampleAttempt(204, SoundFields(), "{\"id\":1e999}")).substr(0, 4), "fail");
}

TEST(Judge, JudgesNothingThatItsTableHasNoCheckFor) {
  const SampleBench bench(SampleCase("[sync.authorization, graph.refusal.no_token]", "none",
                                     kWithoutToken, "  status: 401\n"));
  CheckTable checks = StandardChecks();
  checks.expectations.clear();
  checks.protocol.clear();
  const Judge judge = SampleJudge(bench, checks);
  const Scope scope;
  const Exchange exchange{{SampleAttempt(403, {})}};
  Verdict verdict;
  EXPECT_TRUE(judge.JudgeStep(bench.test(), {0, &exchange, &scope, kIdle}, verdict));
  judge.Conclude(bench.test(), verdict);
  EXPECT_EQ(Tell(verdict), "pass\n  kept sync.authorization");
}

TEST(JudgeProtocol, TellsAllBrokenClausesAtOnce) {
  const SampleBench bench(kDocumented);
  const Attempt bare = SampleAttempt(200, {}, "x");
  EXPECT_EQ(Tell(JudgeAll(bench, {{bare}})),
            "fail\n"
            "  http.date (must): headers.Date is absent, RFC 9110 asks for a value\n"
            "  sync.204 (must): status is 200, the contract promises 204\n"
            "  graph.request_id (should): headers.request-id is absent, Graph page asks for a "
            "value\n"
            "  kept http.wire\n"
            "  broken http.date graph.request_id sync.204");
}

TEST(JudgeProtocol, HoldsWhereNoClauseOfTheContractCanBeTold) {
  const SampleBench bench(kDocumented);
  EXPECT_EQ(Tell(JudgeAll(bench, {{SampleAttempt(503, {{"request-id", "1"}})}})),
            "fail: the service answered 503 So, which no step asked for\n"
            "  http.date (must): headers.Date is absent, RFC 9110 asks for a value\n"
            "  kept http.wire graph.request_id\n"
            "  broken http.date");
}

}  // namespace
}  // namespace conform
