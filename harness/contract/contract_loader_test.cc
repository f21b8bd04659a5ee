#include "contract/contract_loader.h"

#include <gtest/gtest.h>

#include <chrono>

namespace conform {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;

constexpr char kSync[] =
    CONFORM_SOURCE "/specs/graph/beta/deviceManagement/windowsAutopilotSettings/sync/";

Contract LoadFile(const std::string& path) {
  Diagnostics diagnostics;
  const auto source = SourceText::Load(path);
  EXPECT_TRUE(source.has_value()) << path;
  if (!source.has_value()) return {};
  auto contract = LoadContract(*source, diagnostics);
  EXPECT_EQ(diagnostics.RenderAll(), "");
  EXPECT_TRUE(contract.has_value());
  return contract.value_or(Contract{});
}

std::string ErrorsOf(std::string text) {
  Diagnostics diagnostics;
  const auto source = std::make_shared<SourceText>("contract.yaml", std::move(text));
  EXPECT_FALSE(LoadContract(source, diagnostics).has_value());
  return diagnostics.RenderAll();
}

/// A whole contract with `extra` at its end.
std::string SmallContract(const std::string& method, const std::string& extra) {
  const std::string place = "source: {heading: R, line: 1, fingerprint: 0123456789abcdef}}\n";
  const auto clause = [&](const std::string& about) {
    return "  - {id: r." + about + ", about: " + about +
           ", binds: service, strength: must, says: It holds., " + place;
  };
  return "operation: things.renew\nedition: 2019-01\nsource:\n  title: renew action\n"
         "  repository: example/docs\n  locale: en-US\n  date: 2019-01-12\n"
         "  sha256: 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n"
         "maturity: stable\nserver: https://api.example.test/v1\nmethod: " +
         method +
         "\npath: /things/renew\nresponses: {204: {when: success}}\nclauses:\n"
         "  - {id: r.maturity, about: maturity, binds: nobody, strength: observe, says: So., " +
         place + clause("server") + clause("method") + clause("path") + clause("responses.204") +
         extra;
}

std::string EffectOf(const std::string& method, const std::string& extra) {
  Diagnostics diagnostics;
  const auto contract = LoadContract(
      std::make_shared<SourceText>("contract.yaml", SmallContract(method, extra)), diagnostics);
  EXPECT_EQ(diagnostics.RenderAll(), "");
  return contract.has_value() ? contract->effect : "not loaded";
}

TEST(LoadContract, ReadsTheEditionOf2019) {
  const Contract contract = LoadFile(std::string(kSync) + "2019-01.yaml");
  EXPECT_EQ(contract.operation, "deviceManagement.windowsAutopilotSettings.sync");
  EXPECT_EQ(contract.edition, "2019-01");
  EXPECT_EQ(contract.page.locale, "zh-CN");
  EXPECT_EQ(contract.page.revision, "36be044c89a19af84c93e586e22200ec919e4c9f");
  EXPECT_EQ(contract.server, "https://graph.microsoft.com/beta");
  EXPECT_EQ(contract.method, "POST");
  EXPECT_EQ(contract.paths,
            std::vector<std::string>{"/deviceManagement/windowsAutopilotSettings/sync"});
  ASSERT_EQ(contract.headers.size(), 2U);
  EXPECT_TRUE(contract.headers[0].required);
  EXPECT_EQ(contract.headers[0].scheme, "Bearer");
  EXPECT_EQ(contract.headers[1].value, "application/json");
  EXPECT_FALSE(contract.headers[1].required);
  EXPECT_TRUE(contract.request_body.none);
  EXPECT_EQ(contract.permissions.at(IdentityKind::kDelegatedWork).permissions,
            std::vector<std::string>{"DeviceManagementServiceConfig.ReadWrite.All"});
  EXPECT_FALSE(contract.permissions.at(IdentityKind::kDelegatedPersonal).supported);
  EXPECT_FALSE(contract.permissions.at(IdentityKind::kApplication).supported);
  EXPECT_EQ(contract.effect, "triggers-sync");
  ASSERT_EQ(contract.responses.size(), 1U);
  EXPECT_EQ(contract.Success().status, 204);
  EXPECT_TRUE(contract.Success().content.empty());
  EXPECT_EQ(contract.clouds, std::vector<std::string>{});
  EXPECT_EQ(contract.notes.size(), 8U);
}

TEST(LoadContract, ReadsTheConditionsOf2024InWrittenOrder) {
  const Contract contract = LoadFile(std::string(kSync) + "2024-08.yaml");
  ASSERT_EQ(contract.responses.size(), 3U);
  EXPECT_EQ(contract.responses[0].status, 409);
  EXPECT_EQ(contract.responses[0].when.kind, Condition::Kind::kWhile);
  EXPECT_EQ(contract.responses[0].when.state, "in_progress");
  EXPECT_EQ(contract.responses[1].status, 429);
  EXPECT_EQ(contract.responses[1].when.kind, Condition::Kind::kWithin);
  EXPECT_EQ(contract.responses[1].when.window, milliseconds(minutes(10)));
  EXPECT_EQ(contract.responses[2].when.kind, Condition::Kind::kSuccess);
  const std::map<std::string, milliseconds> lasts = {{"in_progress", minutes(2)}};
  EXPECT_EQ(contract.mock_lasts, lasts);
  EXPECT_EQ(contract.permissions.at(IdentityKind::kApplication).permissions.size(), 2U);
  EXPECT_EQ(contract.clouds.size(), 4U);
  EXPECT_EQ(contract.page.revision, "");
}

TEST(LoadContract, KeepsAClausesPlaceOnThePage) {
  const Contract contract = LoadFile(std::string(kSync) + "2019-01.yaml");
  const Clause* clause = contract.FindClause("sync.request.authorization");
  ASSERT_NE(clause, nullptr);
  EXPECT_EQ(clause->about, "headers.Authorization");
  EXPECT_EQ(Describe(clause->source, contract.edition),
            "edition 2019-01, Request headers, sentences bbfb6-123, bbfb6-124");
  EXPECT_EQ(contract.source->Line(clause->span.line), "  - id: sync.request.authorization");
  EXPECT_EQ(clause->span.column, 9);
  EXPECT_EQ(clause->span.length, 26);
}

TEST(LoadContract, ReadsParametersBodyAndContent) {
  const Contract contract =
      LoadFile(CONFORM_TESTDATA "/second_operation/specs/library/v2/loans/renew/2025-03.yaml");
  ASSERT_EQ(contract.parameters.size(), 2U);
  EXPECT_EQ(contract.parameters[0].name, "loanId");
  EXPECT_EQ(contract.parameters[0].in, Parameter::In::kPath);
  EXPECT_TRUE(contract.parameters[0].required);
  EXPECT_EQ(contract.parameters[1].in, Parameter::In::kQuery);
  EXPECT_FALSE(contract.parameters[1].required);
  EXPECT_EQ(contract.parameters[1].schema["maximum"], 28);
  EXPECT_FALSE(contract.request_body.none);
  EXPECT_TRUE(contract.request_body.required);
  ASSERT_EQ(contract.request_body.content.size(), 1U);
  EXPECT_EQ(contract.request_body.content[0].media_type, "application/json");
  ASSERT_EQ(contract.Success().content.size(), 1U);
  EXPECT_EQ(contract.Success().content[0].example["renewals"], 2);
  EXPECT_EQ(contract.Success().content[0].schema["type"], "object");
}

TEST(LoadContract, GivesEveryUnsafeMethodAnEffect) {
  EXPECT_EQ(EffectOf("POST", ""), "changes-state");
  EXPECT_EQ(EffectOf("DELETE", ""), "changes-state");
  EXPECT_EQ(EffectOf("GET", ""), "");
  const std::string clause =
      "  - {id: r.effect, about: effect, binds: nobody, strength: observe, says: It only reads., "
      "source: {heading: R, line: 1, fingerprint: 0123456789abcdef}}\n";
  EXPECT_EQ(EffectOf("POST", clause + "effect: none\n"), "");
  EXPECT_EQ(EffectOf("POST", clause + "effect: renews-loan\n"), "renews-loan");
}

TEST(LoadContract, SurvivesDeepAndMultiplyingFiles) {
  EXPECT_NE(ErrorsOf(std::string(10000, '[')), "");
  EXPECT_NE(ErrorsOf(std::string(10000, '{')), "");
  std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 12; ++i) {
    bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [";
    for (int j = 0; j < 10; ++j) bomb += (j ? ", *a" : "*a") + std::to_string(i - 1);
    bomb += "]\n";
  }
  EXPECT_NE(ErrorsOf(bomb), "");
}

}  // namespace
}  // namespace conform
