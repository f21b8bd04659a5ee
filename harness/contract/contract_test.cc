#include "contract/contract.h"

#include <gtest/gtest.h>

namespace conform {
namespace {

Contract MakeContract() {
  Contract contract;
  contract.server = "https://api.example.test/v2";
  contract.paths = {"/loans/{loanId}/renew", "/renewals"};
  contract.headers = {{"Authorization", true, "Bearer", ""}, {"Accept", false, "", "text/plain"}};
  Clause clause;
  clause.id = "renew.method";
  contract.clauses = {clause};
  ResponseRule busy;
  busy.status = 409;
  busy.when.kind = Condition::Kind::kWhile;
  ResponseRule done;
  done.status = 200;
  contract.responses = {busy, done};
  return contract;
}

TEST(Contract, FindsItsParts) {
  const Contract contract = MakeContract();
  EXPECT_EQ(contract.FindClause("renew.method"), &contract.clauses[0]);
  EXPECT_EQ(contract.FindClause("renew.path"), nullptr);
  EXPECT_EQ(contract.FindResponse(409), &contract.responses[0]);
  EXPECT_EQ(contract.FindResponse(204), nullptr);
  EXPECT_EQ(&contract.Success(), &contract.responses[1]);
}

TEST(Contract, FindsHeadersWithoutRegardToCase) {
  const Contract contract = MakeContract();
  EXPECT_EQ(contract.FindHeader("accept"), &contract.headers[1]);
  EXPECT_EQ(contract.FindHeader("AUTHORIZATION"), &contract.headers[0]);
  EXPECT_EQ(contract.FindHeader("Accept-Encoding"), nullptr);
  EXPECT_EQ(contract.FindHeader(""), nullptr);
}

TEST(Contract, TakesTheSchemeOfItsAuthorizationAlone) {
  Contract contract = MakeContract();
  EXPECT_TRUE(contract.TakesScheme("bearer"));
  EXPECT_FALSE(contract.TakesScheme("Basic"));
  contract.headers.front().scheme = "Basic";
  EXPECT_TRUE(contract.TakesScheme("Basic"));
  EXPECT_FALSE(contract.TakesScheme("Bearer"));
  contract.headers.clear();  // as where a key alone signs in
  EXPECT_FALSE(contract.TakesScheme("Bearer"));
}

TEST(Contract, KnowsItsServersPath) {
  Contract contract;
  const std::pair<const char*, const char*> rows[] = {{"https://graph.microsoft.com/beta", "/beta"},
                                                      {"https://a.example:1/v2/x", "/v2/x"},
                                                      {"https://a.example", ""},
                                                      {"", ""}};
  for (const auto& [server, path] : rows) {
    contract.server = server;
    EXPECT_EQ(contract.ServerPath(), path) << server;
  }
}

TEST(MatchesPath, ComparesSegmentsExactly) {
  struct {
    const char* path_template;
    const char* path;
    bool matches;
  } const rows[] = {
      {"/a/b", "/a/b", true},
      {"/a/b", "/a/B", false},
      {"/a/b", "/a/b/", false},
      {"/a/b", "/a", false},
      {"/a/b", "/a/b/c", false},
      {"/a/b", "//a/b", false},
      {"/a/b", "", false},
      {"/a/{id}", "/a/7", true},
      {"/a/{id}", "/a/x%20y", true},
      {"/a/{id}", "/a/", false},
      {"/a/{id}", "/a", false},
      {"/a/{id}", "/a/7/8", false},
      {"/{x}/b/{y}", "/1/b/2", true},
      {"/{x}/b/{y}", "/1/c/2", false},
      {"/a/{id}", "/a/{id}", true},
      {"/a/x{id}", "/a/xy", true},
      {"/a/x{id}", "/a/x", false},
      {"/a/x{id}", "/a/y", false},
      {"/on(day='{day}')", "/on(day='D7')", true},
      {"/on(day='{day}')", "/on(day='')", false},
      {"/on(day='{day}')", "/on(day='D7'", false},
      {"/on(a={a},b={b})", "/on(a=1,b=2)", true},
      {"/on(a={a},b={b})", "/on(a=1)", false},
      {"/root:/{path}:/items", "/root:/x:/items", true},
      {"/ü/ñ", "/%C3%BC/%c3%b1", true},
      {"/ü/ñ", "/ü/ñ", true},
      {"/ü", "/%C3%BD", false},
      {"/ü", "/%C3", false},
      {"/a/é{id}", "/a/%C3%A97", true},
      {"/a/{id}é", "/a/7%C3%A9", true},
      {"/a/{id}é{b}", "/a/7%C3%A98", true},
      {"/a/{id}1", "/a/x%41", false},
      {"/a/b", "/a%2Fb", false},
      {"/a/", "/a/", true},
      {"/a/", "/a", false},
      {"/a/", "/a//", false},
      {"/a/{id}/", "/a/7/", true},
      {"/a/{id}/", "/a/7", false},
      {"/a/{id}/", "/a//", false},
      {"/", "/", true},
      {"/", "", false},
      {"/", "/a", false},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(MatchesPath(row.path_template, row.path), row.matches)
        << row.path_template << " " << row.path;
  }
}

TEST(MatchesAnyPath, LooksBelowTheServersPath) {
  const Contract contract = MakeContract();
  for (const char* path : {"/v2/loans/QA7601/renew", "/v2/renewals"}) {
    EXPECT_TRUE(MatchesAnyPath(contract, path)) << path;
  }
  for (const char* path : {"/loans/QA7601/renew", "/v1/renewals", "/v2", "/v2/renewals/",
                           "/v22/renewals", "/v2renewals", "/V2/renewals", ""}) {
    EXPECT_FALSE(MatchesAnyPath(contract, path)) << path;
  }
}

}  // namespace
}  // namespace conform
