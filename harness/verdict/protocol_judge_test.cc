#include "verdict/protocol_judge.h"

#include <gtest/gtest.h>

#include "verdict/protocol_checks.h"
#include "verdict/sample_bench.h"

namespace conform {
namespace {

ProtocolClause ClauseOf(const std::string& id, const std::string& check, nlohmann::json with,
                        const char* status = nullptr, Binds binds = Binds::kService) {
  ProtocolClause clause;
  clause.clause.id = id;
  clause.clause.binds = binds;
  clause.clause.strength = Strength::kMust;
  clause.check = check;
  clause.with = std::move(with);
  if (status != nullptr) clause.when.status.Add(status);
  return clause;
}

/// Clauses of each kind: about fields and about bytes, of every answer and of a 204 alone.
Catalog CatalogOfClauses() {
  const nlohmann::json bytes = {{"names", {"bare_lf"}}};
  ProtocolSet set;
  set.name = "http";
  set.clauses = {
      ClauseOf("date", "header_present", {{"name", "Date"}}),
      ClauseOf("location", "header_present", {{"name", "Location"}}, "201"),
      ClauseOf("echo", "header_echoed", {{"name", "X-Id"}}),
      ClauseOf("bytes", "not_observed", bytes),
      ClauseOf("bytes_of_204", "not_observed", bytes, "204"),
      ClauseOf("of_the_client", "header_present", {{"name", "Date"}}, nullptr, Binds::kClient),
      ClauseOf("without_a_check", "", {}),
  };
  Catalog catalog;
  catalog.protocols.push_back(std::move(set));
  return catalog;
}

/// What these attempts, one after the other, keep and break.
std::string JudgeByProtocols(const std::vector<Attempt>& attempts) {
  const SampleBench bench(
      SampleCase("[sync.204]", "delegated_work", kWithToken, "  status: 204\n"));
  const Catalog catalog = CatalogOfClauses();
  const ProtocolJudge judge(catalog, StandardChecks(), {});
  Verdict verdict;
  for (const Attempt& attempt : attempts) {
    const Exchange exchange{{attempt}};
    judge.Judge(bench.test(), {0, &exchange, nullptr, {}}, verdict);
  }
  std::string told;
  for (const JudgedClause& judged : verdict.judged) {
    told += (told.empty() ? "" : " ") + judged.clause.id + (judged.kept ? "" : "!");
  }
  return told;
}

Attempt WithoutAnswer(bool bare_lf) {
  Attempt attempt = SampleAttempt(204, {});
  attempt.response.reset();
  attempt.trouble = Trouble{TroubleKind::kMalformed, "no status line", ""};
  if (bare_lf) attempt.observations = {{"bare_lf", "", 0}};
  return attempt;
}

TEST(ProtocolJudge, JudgesWhatEachClauseIsAbout) {
  const Fields date = {{"Date", "today"}};
  EXPECT_EQ(JudgeByProtocols({SampleAttempt(200, date)}), "date bytes");
  EXPECT_EQ(JudgeByProtocols({SampleAttempt(201, date)}), "date location! bytes");
  EXPECT_EQ(JudgeByProtocols({SampleAttempt(204, {})}), "date! bytes bytes_of_204");
}

TEST(ProtocolJudge, BlamesWithoutAnAnswerOnlyTheBytesThatCame) {
  EXPECT_EQ(JudgeByProtocols({WithoutAnswer(false)}), "");
  EXPECT_EQ(JudgeByProtocols({WithoutAnswer(true)}), "bytes!");
}

TEST(ProtocolJudge, AddsWhatALaterStepJudges) {
  const Fields date = {{"Date", "today"}};
  EXPECT_EQ(JudgeByProtocols({SampleAttempt(200, date), SampleAttempt(204, date)}),
            "date bytes bytes_of_204");
  EXPECT_EQ(JudgeByProtocols({SampleAttempt(200, date), SampleAttempt(204, {})}),
            "date! bytes bytes_of_204");
  EXPECT_EQ(JudgeByProtocols({SampleAttempt(200, date), WithoutAnswer(false)}), "date bytes");
}

/// RFC 6750 §3 is of what takes bearer tokens.
TEST(ProtocolJudge, AsksForTheChallengeOfTheOperationsOwnSchemeAlone) {
  const SampleBench bench(
      SampleCase("[sync.204]", "delegated_work", kWithToken, "  status: 204\n"));
  Catalog catalog;
  catalog.protocols.emplace_back().clauses = {
      ClauseOf("challenge", "challenge_scheme", {{"scheme", "Bearer"}}, "401")};
  const ProtocolJudge judge(catalog, StandardChecks(), {});
  const Exchange exchange{{SampleAttempt(401, {{"WWW-Authenticate", "ApiKey realm=\"a\""}})}};
  const auto broken_of = [&](const std::vector<HeaderRule>& headers) {
    Contract contract = bench.contract();
    contract.headers = headers;
    auto plan = std::make_shared<EvidencePlan>(*bench.test().plan);
    plan->contracts.front() = &contract;
    conform::Test test = bench.test();
    test.plan = plan;
    Verdict verdict;
    judge.Judge(test, {0, &exchange, nullptr, {}}, verdict);
    return verdict.findings.size();
  };
  EXPECT_EQ(broken_of({{"Authorization", true, "Bearer", ""}}), 1U);
  EXPECT_EQ(broken_of({{"Authorization", true, "Basic", ""}}), 0U);
  EXPECT_EQ(broken_of({}), 0U);
}

TEST(RecordClientClauses, NamesEachClauseOnce) {
  const SampleBench bench(
      SampleCase("[sync.204]", "delegated_work", kWithToken, "  status: 204\n"));
  const Exchange exchange{{SampleAttempt(204, {})}};
  const StepFacts facts{0, &exchange, nullptr, {}};
  Verdict verdict;
  RecordClientClauses({}, bench.test(), facts, verdict);  // a table without a client's check
  EXPECT_EQ(verdict.client_kept.size(), 0U);
  RecordClientClauses(StandardChecks(), bench.test(), facts, verdict);
  RecordClientClauses(StandardChecks(), bench.test(), facts, verdict);
  EXPECT_EQ(verdict.client_kept.size(), 2U);
}

TEST(RecordClientClauses, NamesNoneOfARequestThatNeverLeft) {
  const SampleBench bench(
      SampleCase("[sync.204]", "delegated_work", kWithToken, "  status: 204\n"));
  const auto kept = [&](const Attempt& attempt) {
    const Exchange exchange{{attempt}};
    Verdict verdict;
    RecordClientClauses(StandardChecks(), bench.test(), {0, &exchange, nullptr, {}}, verdict);
    return verdict.client_kept.size();
  };
  Attempt attempt = WithoutAnswer(false);
  attempt.trouble->kind = TroubleKind::kConnect;
  EXPECT_EQ(kept(attempt), 0U);
  attempt.remote_address = "127.0.0.1:8080";
  attempt.trouble->kind = TroubleKind::kTimeout;
  EXPECT_EQ(kept(attempt), 2U);
  attempt.trouble->kind = TroubleKind::kSend;
  EXPECT_EQ(kept(attempt), 0U);
}

}  // namespace
}  // namespace conform
