#include "contract/protocol_loader.h"

#include <gtest/gtest.h>

namespace conform {
namespace {

std::optional<ProtocolSet> LoadText(std::string text, std::string& errors) {
  Diagnostics diagnostics;
  auto set =
      LoadProtocolSet(std::make_shared<SourceText>("set.yaml", std::move(text)), diagnostics);
  errors = diagnostics.RenderAll();
  return set;
}

constexpr char kSet[] = R"(set: graph
refusals: {no_token: 401, path: 404}
clauses:
  - id: graph.error.object
    binds: service
    strength: must
    when: {status: [4xx, 500], not_status: 411, methods: POST, not_methods: [HEAD], content: true, media_type: json}
    check: header_present
    with: {name: request-id, times: 2}
    says: It holds.
    source: {rfc: 9110, section: 8.6}
  - id: graph.refusal.no_token
    binds: service
    strength: should
    untested: Nobody says so.
    says: It is refused.
    source: {document: Graph errors page, section: HTTP status codes}
  - id: graph.refusal.path
    binds: service
    strength: should
    says: It is not found.
    source: {document: Graph errors page, section: HTTP status codes}
)";

TEST(LoadProtocolSet, ReadsFilterCheckAndArguments) {
  std::string errors;
  const auto set = LoadText(kSet, errors);
  ASSERT_EQ(errors, "");
  ASSERT_TRUE(set.has_value());
  EXPECT_EQ(set->name, "graph");
  ASSERT_EQ(set->clauses.size(), 3U);
  const ProtocolClause& clause = set->clauses[0];
  EXPECT_EQ(clause.clause.id, "graph.error.object");
  EXPECT_EQ(clause.clause.strength, Strength::kMust);
  EXPECT_EQ(clause.when.status.Describe(), "4xx or 500");
  EXPECT_EQ(clause.when.not_status.Single(), 411);
  EXPECT_EQ(clause.when.methods, std::vector<std::string>{"POST"});
  EXPECT_EQ(clause.when.not_methods, std::vector<std::string>{"HEAD"});
  EXPECT_EQ(clause.when.content, true);
  EXPECT_EQ(clause.when.media_type, "json");
  EXPECT_EQ(clause.check, "header_present");
  EXPECT_EQ(clause.with, (nlohmann::json{{"name", "request-id"}, {"times", 2}}));
  EXPECT_EQ(Describe(clause.clause.source, ""), "RFC 9110 §8.6");
}

TEST(LoadProtocolSet, ReadsRefusalsAndTheirClauses) {
  std::string errors;
  const auto set = LoadText(kSet, errors);
  ASSERT_TRUE(set.has_value()) << errors;
  const std::map<Refusal, int> refusals = {{Refusal::kPath, 404}, {Refusal::kNoToken, 401}};
  EXPECT_EQ(set->refusals, refusals);
  EXPECT_EQ(set->clauses[1].check, "");
  EXPECT_EQ(set->clauses[1].with, nlohmann::json::object());
  EXPECT_EQ(set->clauses[1].clause.untested, "Nobody says so.");
}

TEST(RefusalNames, AreThoseOfTheClauses) {
  const std::pair<Refusal, const char*> rows[] = {
      {Refusal::kNoLength, "no_length"},
      {Refusal::kPath, "path"},
      {Refusal::kMethod, "method"},
      {Refusal::kNoToken, "no_token"},
      {Refusal::kBadToken, "bad_token"},
      {Refusal::kUnsupportedAccount, "unsupported_account"},
      {Refusal::kNoPermission, "no_permission"},
  };
  for (const auto& [refusal, name] : rows) EXPECT_EQ(NameOf(refusal), name);
}

}  // namespace
}  // namespace conform
