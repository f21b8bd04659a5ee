// Runs of the built program against a service whose tokens are looked at before they are sent.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "run/sample_project.h"
#include "run/sample_read_contract.h"
#include "testing/hostile_server.h"
#include "token/test_token.h"

namespace conform {
namespace {

constexpr const char* kReadingCase = R"(title: Reading is answered 204
operation: things.read
clauses: [read.responses.204]
identity: delegated_work
request: {method: GET, path: /beta/things, headers: {Authorization: 'Bearer ${token}'}, body: none}
response: {status: 204}
)";

constexpr const char* kUnauthorized =
    "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

std::string WorkToken() {
  return IssueTestToken({IdentityKind::kDelegatedWork, ""}, "Things.Sync", "",
                        std::chrono::system_clock::now());
}

/// The sample project against a server that plays a script.
class Preflight : public testing::Test {
 protected:
  ProgramResult Run(const HostileServer& server, const std::string& more,
                    std::vector<std::string> flags, const std::vector<std::string>& variables) {
    project_.Write(
        "ours.yaml",
        fmt::format("name: ours\ntitle: Ours\ntarget: {}\ntenant: true\n"
                    "soften: {{http: observe, oauth: observe, odata: observe, graph: observe}}\n{}",
                    FormatOrigin(server.origin()), more));
    flags.insert(flags.begin(), {"run", "--profile", "ours.yaml", "--no-history"});
    return project_.Conform(std::move(flags), variables);
  }
  /// `documented`, or what the first test of the record is called.
  nlohmann::json Verdict(const std::string& name) const {
    const auto record = nlohmann::json::parse(project_.Read("reports/run.json"), nullptr, false);
    if (record.is_discarded()) return {};
    for (const auto& test : record["tests"]) {
      if (test["name"] == name) return test["verdict"];
    }
    return {};
  }

  SampleProject project_;
};

TEST_F(Preflight, TokenOfAnotherCloudIsInconclusiveAndNotSent) {
  HostileServer server(std::vector<Script>{AnswerAndClose(kUnauthorized)});
  const ProgramResult ran =
      Run(server, "tokens: {audiences: ['https://graph.microsoft.us']}\n", {"--allow-effects", "9"},
          {"CONFORM_TOKEN_DELEGATED_WORK=" + WorkToken()});
  EXPECT_EQ(ran.exit_code, 3) << ran.output << ran.errors;
  const nlohmann::json verdict = Verdict("documented");
  EXPECT_EQ(verdict["outcome"], "inconclusive");
  EXPECT_NE(verdict["reason"].get<std::string>().find(
                "the token is for https://graph.microsoft.com (aud), not for"),
            std::string::npos)
      << verdict;
  // The case without a token is all that was sent.
  ASSERT_EQ(server.requests().size(), 1U);
  EXPECT_EQ(FindField(server.requests()[0].request.fields, "Authorization"), nullptr);
}

TEST_F(Preflight, DryRunTellsWhatWouldBeSentAndSendsNothing) {
  const HostileServer server(std::vector<Script>{});
  const ProgramResult ran = Run(server, "", {"--dry-run", "--allow-effects", "1"},
                                {"CONFORM_TOKEN_DELEGATED_WORK=" + WorkToken()});
  EXPECT_EQ(ran.exit_code, 0) << ran.errors;
  const std::string origin = FormatOrigin(server.origin());
  EXPECT_EQ(
      ran.output,
      fmt::format("things_sync/2024_08.documented\n"
                  "  as delegated_work (CONFORM_TOKEN_DELEGATED_WORK)\n"
                  "  POST {0}/beta/things/sync   effect\n"
                  "things_sync/2024_08.without_token\n"
                  "  as none (no token)\n"
                  "  POST {0}/beta/things/sync   effect\n"
                  "Dry run, nothing was sent. 2 tests would send 2 requests to {0}, 2 with an "
                  "effect; --allow-effects 1 lets 1 of them go at most.\n",
                  origin));
  EXPECT_TRUE(server.requests().empty());
  EXPECT_EQ(project_.Read("reports/run.json"), "");
}

TEST_F(Preflight, DryRunTellsWhatWouldNotBeSent) {
  const HostileServer server(std::vector<Script>{});
  const ProgramResult ran = Run(server, "", {"--dry-run", "--gtest_filter=*documented"}, {});
  EXPECT_EQ(ran.exit_code, 0) << ran.errors;
  EXPECT_EQ(ran.output,
            "things_sync/2024_08.documented\n"
            "  sends nothing: skip, no token for delegated_work: set CONFORM_TOKEN_DELEGATED_WORK\n"
            "Dry run, nothing was sent, and nothing would be: 1 test held up.\n");
}

TEST_F(Preflight, DryRunOfNothingIsBadUsage) {
  const HostileServer server(std::vector<Script>{});
  const ProgramResult ran = Run(server, "", {"--dry-run", "--gtest_filter=no_such"}, {});
  EXPECT_EQ(ran.exit_code, 2) << ran.output;
  EXPECT_NE(ran.errors.find("no test is selected"), std::string::npos) << ran.errors;
}

struct Replay {
  const char* name;
  std::vector<const char*> answers;
  std::vector<std::string> flags;
  int exit_code;
  const char* reason;
  std::vector<std::string> authorizations;
};

void PrintTo(const Replay& each, std::ostream* out) { *out << each.name; }

class ReplayAfter401 : public Preflight, public testing::WithParamInterface<Replay> {};

TEST_P(ReplayAfter401, SendsOnceMoreWithANewToken) {
  project_.Remove("specs/things/sync/2024-08.yaml");
  project_.Remove("cases/things/documented.yaml");
  project_.Remove("cases/things/without_token.yaml");
  project_.Write(
      "specs/things/read/2024-08.yaml",
      SampleReadContract("path: /things\nresponses: {204: {when: success, content: none}}\n",
                         {"responses.204"}));
  project_.Write("cases/things/read.yaml", kReadingCase);
  project_.Write("count", "");
  project_.Write("issue", "printf x >>count; printf 'opaque-%s' \"$(cat count)\"\n");
  std::vector<Script> scripts;
  for (const char* const answer : GetParam().answers) scripts.push_back(AnswerAndClose(answer));
  HostileServer server(std::move(scripts));
  const ProgramResult ran =
      Run(server, "identities: {delegated_work: {command: [sh, issue]}}\n", GetParam().flags, {});
  EXPECT_EQ(ran.exit_code, GetParam().exit_code) << ran.output << ran.errors;
  EXPECT_EQ(Verdict("read").value("reason", ""), GetParam().reason);
  std::vector<std::string> authorizations;
  for (const ReceivedRequest& each : server.requests()) {
    const Field* field = FindField(each.request.fields, "Authorization");
    authorizations.push_back(field == nullptr ? "" : field->value);
  }
  EXPECT_EQ(authorizations, GetParam().authorizations);
}

INSTANTIATE_TEST_SUITE_P(
    Answers, ReplayAfter401,
    testing::Values(
        Replay{"RefusedOnce",
               {kUnauthorized, kNoContent},
               {},
               0,
               "flaky: the token was answered 401 and a new one was not refused",
               {"Bearer opaque-x", "Bearer opaque-xx"}},
        Replay{"RefusedOnceWhereFlakyFails",
               {kUnauthorized, kNoContent},
               {"--flaky", "fail"},
               1,
               "flaky: the token was answered 401 and a new one was not refused",
               {"Bearer opaque-x", "Bearer opaque-xx"}},
        Replay{
            "RefusedTwice",
            {kUnauthorized, kUnauthorized},
            {},
            1,
            "asked again once with a new token; the token could not be read, so only the service "
            "knows what it is good for",
            {"Bearer opaque-x", "Bearer opaque-xx"}},
        Replay{"NotRefused", {kNoContent}, {"--flaky", "fail"}, 0, "", {"Bearer opaque-x"}}),
    [](const auto& param) { return param.param.name; });

}  // namespace
}  // namespace conform
