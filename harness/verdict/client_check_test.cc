#include "verdict/client_check.h"

#include <gtest/gtest.h>

namespace conform {
namespace {

Clause ClauseAbout(const std::string& about, Binds binds = Binds::kClient) {
  Clause clause;
  clause.about = about;
  clause.binds = binds;
  return clause;
}

Contract WithHeader(const HeaderRule& rule) {
  Contract contract;
  contract.headers = {rule};
  return contract;
}

Contract WithBody(bool none, bool required) {
  Contract contract;
  contract.request_body = {none, required, {{"application/json", {}, {}}}};
  return contract;
}

struct ClientRow {
  std::string name;
  Contract contract;
  Clause clause;
  Fields fields;
  std::string body;
  bool kept;
};

TEST(KeepsClientClause, LooksAtTheBytesSent) {
  const HeaderRule documented{"Accept", false, "", "application/json"};
  const HeaderRule required{"Accept", true, "", ""};
  const HeaderRule optional{"Accept", false, "", ""};
  const Clause accept = ClauseAbout("headers.Accept");
  const Clause body = ClauseAbout("requestBody");
  const Fields json = {{"Content-Type", "application/json; charset=utf-8"}};
  const std::vector<ClientRow> rows = {
      {"the documented value",
       WithHeader(documented),
       accept,
       {{"accept", "application/json"}},
       "",
       true},
      {"another value", WithHeader(documented), accept, {{"Accept", "*/*"}}, "", false},
      {"the value and another",
       WithHeader(documented),
       accept,
       {{"Accept", "application/json"}, {"Accept", "*/*"}},
       "",
       false},
      {"a documented value left out", WithHeader(documented), accept, {}, "", false},
      {"a required field of any value", WithHeader(required), accept, {{"Accept", "x"}}, "", true},
      {"a required field left out", WithHeader(required), accept, {}, "", false},
      {"an optional field left out", WithHeader(optional), accept, {}, "", true},
      {"a field that the contract has not",
       WithHeader(optional),
       ClauseAbout("headers.Prefer"),
       {},
       "",
       false},
      {"no body where none is asked for", WithBody(true, false), body, {}, "", true},
      {"a body where none is asked for", WithBody(true, false), body, {}, "{}", false},
      {"a body of a media type where none is asked for", WithBody(true, false), body, json, "{}",
       false},
      {"a body of its media type", WithBody(false, true), body, json, "{}", true},
      {"a body of another",
       WithBody(false, true),
       body,
       {{"Content-Type", "text/plain"}},
       "{}",
       false},
      {"a body of none", WithBody(false, true), body, {}, "{}", false},
      {"a required body left out", WithBody(false, true), body, json, "", false},
      {"an optional body left out", WithBody(false, false), body, {}, "", true},
      {"what binds the service",
       WithBody(true, false),
       ClauseAbout("requestBody", Binds::kService),
       {},
       "",
       false},
      {"what is about neither", WithBody(true, false), ClauseAbout("method"), {}, "", false},
  };
  for (const ClientRow& row : rows) {
    const Request request{"POST", "/", row.fields, row.body, false, {}};
    EXPECT_EQ(KeepsClientClause(request, row.contract, row.clause), row.kept) << row.name;
  }
}

}  // namespace
}  // namespace conform
