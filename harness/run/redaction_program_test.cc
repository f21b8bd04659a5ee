// Marked secrets go every way through the program, and none of them comes out in any spelling.
#include <fmt/format.h>

#include <chrono>
#include <map>
#include <nlohmann/json.hpp>

#include "base/digest.h"
#include "run/sample_project.h"
#include "run/sample_tls.h"
#include "testing/forwarding_proxy.h"
#include "testing/hostile_server.h"
#include "testing/secret_spellings.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

/// What must not come out, and the way that each goes in.
const std::map<std::string, std::string> kMarked = {
    {"captured, then in a field, the query and a body", "mark-capture/4711+<&>\"'~"},
    {"a cookie that the service sets", "mark-cookie-0815-abcdef"},
    {"a token in an answer", "mark-refresh-1234-ghijkl"},
    {"a password in an answer", "mark/pass<word>"},
    {"a client secret", "mark-client-secret~77"},
    {"a proxy's password", "mark-proxy-password"},
    {"the path of a webhook", "/services/mark-hook/4242"},
    {"whose tenant it is", "ann.marked@contoso.example"},
    {"somebody's name in an answer", "Ann Marked-Person"},
    {"a recipient in an answer", "Rob Marked-Recipient"},
    {"a mail address in a text of an answer", "eva.marked@contoso.example"},
    {"whose token it is", "bob.marked@contoso.example"},
    {"a device code", "mark-device-code-55-mnopqr"},
    {"what renews a sign-in", "mark-renewal-77-yzabcd"}};

/// Where a spelling of a secret stands in `bytes`, in words; empty: nowhere.
std::string FindMarked(const std::string& bytes) {
  std::string found;
  for (const auto& [way, secret] : kMarked) {
    for (const auto& [how, spelt] : SpellingsOf(secret)) {
      if (bytes.find(spelt) == std::string::npos) continue;
      found += fmt::format("{} as {}; ", way, spelt);
    }
  }
  return found;
}

class MarkedSecrets : public testing::Test {
 protected:
  MarkedSecrets() : server_({Answer()}) {
    project_.Remove("cases/things/documented.yaml");
    project_.Remove("cases/things/without_token.yaml");
    project_.Write("cases/things/marked.yaml", kCase);
    project_.Write("lab.yaml", fmt::format("name: lab\ntitle: A lab\ntarget: {}\ntenant: true\n",
                                           FormatOrigin(server_.origin())));
    project_.Write("application.yaml",
                   fmt::format("name: app\ntitle: An application\ntarget: {0}\ntenant: true\n"
                               "identities:\n  delegated_work: {{sign_in: {{authority: '{0}', "
                               "tenant: t, client: c, secret_variable: LAB_SECRET}}}}\n",
                               FormatOrigin(server_.origin())));
    project_.Write("secure.yaml",
                   "name: secure\ntitle: Over TLS\ntarget: https://127.0.0.1:1\ntenant: true\n");
  }

  /// All that is marked, in every spelling that a service could send.
  static Script Answer() {
    const auto& capture = kMarked.at("captured, then in a field, the query and a body");
    const std::string body = fmt::format(
        R"({{"key":"{0}","refresh_token":"{1}","password":"{2}","userPrincipalName":"{3}",)"
        R"("displayName":"{4}","echo":["{0}","{5}","{6}","{7}","{8}","{9}"],)"
        R"("from":{{"emailAddress":{{"name":"{10}","address":"recipient@contoso.example"}}}},"text":"no '{11}' here"}})",
        Spell(capture, "JSON"), kMarked.at("a token in an answer"),
        kMarked.at("a password in an answer"), kMarked.at("whose tenant it is"),
        kMarked.at("somebody's name in an answer"), Spell(capture, "percent"),
        Spell(capture, "base64"), Spell(capture, "XML in quotes"),
        Base64("user:" + kMarked.at("a token in an answer")), kMarked.at("whose token it is"),
        kMarked.at("a recipient in an answer"),
        kMarked.at("a mail address in a text of an answer"));
    return AnswerAndClose(fmt::format(
        "HTTP/1.1 200 {0}\r\nDate: Sat, 28 Nov 2026 12:00:00 GMT\r\nSet-Cookie: session={1}; "
        "Path=/\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: "
        "{2}\r\n\r\n{3}",
        kMarked.at("a token in an answer"), kMarked.at("a cookie that the service sets"),
        body.size(), body));
  }

  std::vector<std::string> Variables(std::vector<std::string> more = {}) const {
    more.push_back("XDG_STATE_HOME=" + (project_.folder() / "state").string());
    return SettledVariables(std::move(more));
  }

  /// Says whose it is, and fits the service.
  std::string Token() const {
    const auto until = std::chrono::system_clock::now() + std::chrono::hours(1);
    const nlohmann::json claims = {{"aud", FormatOrigin(server_.origin())},
                                   {"exp", std::chrono::system_clock::to_time_t(until)},
                                   {"scp", "Things.Sync"},
                                   {"tid", "7f9c2d0e-0000-4000-8000-000000000001"},
                                   {"idtyp", "user"},
                                   {"upn", kMarked.at("whose token it is")}};
    return fmt::format("{}.{}.{}", Base64Url(R"({"alg":"RS256","typ":"JWT"})"),
                       Base64Url(claims.dump()), Base64Url("no signature that counts"));
  }

  /// What it printed is kept for the search.
  ProgramResult Call(std::vector<std::string> arguments, std::vector<std::string> more = {}) {
    ProgramResult result = project_.Conform(std::move(arguments), Variables(std::move(more)));
    printed_ += result.output + result.errors;
    EXPECT_NE(result.exit_code, 2) << result.errors;
    return result;
  }

  /// What all commands printed and all files hold that the test did not write itself.
  std::string FindInAll() const {
    std::string found = FindMarked(printed_);
    for (const char* const folder : {"reports", "state", "second", "third", "out"}) {
      const fs::path within = project_.folder() / folder;
      if (!fs::exists(within)) continue;
      for (const auto& each : fs::recursive_directory_iterator(within)) {
        if (!each.is_regular_file()) continue;
        const fs::path path = fs::relative(each.path(), project_.folder());
        if (path.filename().string().starts_with("login-")) continue;  // kept on purpose, 0600
        if (const std::string in = FindMarked(project_.Read(path)); !in.empty()) {
          found += path.string() + ": " + in;
        }
      }
    }
    return found;
  }

  static constexpr const char* kCase = R"(title: Secrets go every way
operation: things.sync
clauses: [sync.204]
identity: delegated_work
steps:
  - name: ask
    request:
      method: POST
      path: /beta/things/sync
      headers:
        Authorization: Bearer ${token}
        Accept: application/json
      body: none
    response: {observe: [status, headers.Set-Cookie, body.key, body.echo]}
    capture: {key: {from: /key, secret: true}}
  - name: tell
    request:
      method: POST
      path: /beta/things/sync
      query: {api_key: "${capture.key}"}
      headers:
        Authorization: Bearer ${token}
        X-Api-Key: ${capture.key}
      body: {json: {password: "${capture.key}"}}
    response: {status: 204, body: none}
)";

  const SampleProject project_;
  const HostileServer server_;
  std::string printed_;
};

TEST_F(MarkedSecrets, ComeOutOfNoCommandInAnySpelling) {
  const std::vector<std::string> token = {"CONFORM_TOKEN_DELEGATED_WORK=" + Token()};
  const ProgramResult run = Call({"run", "--profile", "lab.yaml", "--allow-effects", "9",
                                  "--report", "all", "--bundle", "reports/all.zip"},
                                 token);
  EXPECT_EQ(run.exit_code, 1) << run.output << run.errors;
  EXPECT_EQ(server_.requests().size(), 2U);
  EXPECT_NE(server_.received(1).find("mark-capture"), std::string::npos) << "they are sent";
  EXPECT_TRUE(fs::exists(project_.folder() / "reports/all.zip")) << run.errors;
  // The line that repeats a request names the token's variable.
  EXPECT_NE(run.output.find("$CONFORM_TOKEN_DELEGATED_WORK"), std::string::npos) << run.output;
  Call({"run", "--profile", "application.yaml", "--allow-effects", "9", "--out", "second"},
       {"LAB_SECRET=" + kMarked.at("a client secret")});
  Call({"run", "--profile", "secure.yaml", "--allow-effects", "9", "--out", "third"},
       {token[0],
        "HTTPS_PROXY=http://squirrel:" + kMarked.at("a proxy's password") + "@127.0.0.1:1"});
  Call({"watch", "--profile", "lab.yaml", "--allow-effects", "9", "--report", "all", "--webhook",
        FormatOrigin(server_.origin()) + kMarked.at("the path of a webhook"), "--metrics",
        "reports/metrics.prom"},
       token);
  for (const std::vector<std::string>& command : std::vector<std::vector<std::string>>{
           {"run", "--profile", "lab.yaml", "--dry-run", "--allow-effects", "9"},
           {"list"},
           {"lint"},
           {"report", "reports", "--format", "all", "--out", "out"},
           {"replay", "reports", "things/marked", "--profile", "lab.yaml", "--allow-effects", "9"},
           {"judge", "reports/run.har", "--base-url", FormatOrigin(server_.origin()), "--out",
            "out"},
           {"verify", "reports/all.zip"},
           {"history"},
           {"history", "--case", "things/marked"},
           {"history", "--html", "out/trend.html"},
           {"self-check"},
           {"diff", "reports/run.json", "second/run.json"},
           {"diff", "things.sync@2024-08", "specs/things/sync/2024-08.yaml", "reports/run.json"},
           {"export", "--openapi", "-o", "out/openapi.json"},
           {"import", "out/openapi.json", "-o", "out/imported.yaml"},
           {"completion", "bash"},
           {"history", "--check"}}) {
    Call(command, token);
  }
  EXPECT_EQ(FindInAll(), "");
  // Equal secrets can be told to be equal, and of what kind they are.
  EXPECT_NE(project_.Read("reports/run.json").find("[key, "), std::string::npos);
  EXPECT_NE(project_.Read("reports/run.json").find("[upn, 26 bytes, "), std::string::npos);
}

TEST_F(MarkedSecrets, ComeOutOfNoSignIn) {
  const std::string token = Token();
  const auto answer = [](const nlohmann::json& body) {
    const std::string text = body.dump();
    return Script{
        {Act::Kind::kWrite, fmt::format("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                                        "Connection: close\r\nContent-Length: {}\r\n\r\n{}",
                                        text.size(), text)}};
  };
  const HostileServer authority = HostileServer::ByTarget(
      {{"/t/oauth2/v2.0/devicecode", answer({{"device_code", kMarked.at("a device code")},
                                             {"user_code", "ABCD-EFGH"},
                                             {"verification_uri", "https://a.example/device"},
                                             {"expires_in", 60},
                                             {"interval", 0}})},
       {"/t/oauth2/v2.0/token", answer({{"access_token", token},
                                        {"refresh_token", kMarked.at("what renews a sign-in")},
                                        {"token_type", "Bearer"},
                                        {"expires_in", 3600}})}});
  project_.Write("login.yaml",
                 fmt::format("name: login\ntitle: Signs in\ntarget: {}\ntenant: true\n"
                             "identities:\n  delegated_work: {{sign_in: {{authority: '{}', "
                             "tenant: t, client: c}}}}\n",
                             FormatOrigin(server_.origin()), FormatOrigin(authority.origin())));
  const ProgramResult signed_in = Call({"login", "--profile", "login.yaml", "--explain"});
  EXPECT_EQ(signed_in.exit_code, 0) << signed_in.output << signed_in.errors;
  EXPECT_NE(signed_in.output.find("signed in; kept in "), std::string::npos);
  Call({"login", "--profile", "login.yaml", "--list"});
  Call({"run", "--profile", "login.yaml", "--allow-effects", "9", "--report", "all"});
  EXPECT_NE(server_.received(0).find(token), std::string::npos);
  Call({"login", "--profile", "login.yaml", "--forget"});
  EXPECT_EQ(FindInAll(), "");
  EXPECT_EQ(printed_.find(token), std::string::npos);
  EXPECT_EQ(project_.Read("reports/run.json").find(token), std::string::npos);
}

TEST_F(MarkedSecrets, ComeOutOfNoMock) {
  StartedProgram mock(project_.Call({"mock"}, {"CONFORM_TOKEN_DELEGATED_WORK=" + Token()}));
  EXPECT_TRUE(mock.ReadLine().starts_with("http://127.0.0.1:"));
  mock.Signal(SIGINT);
  const ProgramResult ended = mock.Wait();
  printed_ += ended.output + ended.errors;
  EXPECT_NE(printed_.find("curl "), std::string::npos) << printed_;
  EXPECT_EQ(FindInAll(), "");
}

/// What people keep is not masked: it would say another thing than what it was made from.
TEST_F(MarkedSecrets, KeepAnExportFromBeingWritten) {
  std::string contract = kSampleContract;
  contract.replace(contract.find("title: Sync"), 11, "title: mark-literal-title");
  project_.Write("specs/things/sync/2024-08.yaml", contract);
  const ProgramResult exported = project_.Conform({"export", "--openapi", "-o", "out/openapi.json"},
                                                  {"CONFORM_TOKEN_APPLICATION=mark-literal-title"});
  EXPECT_EQ(exported.exit_code, 2);
  EXPECT_EQ(exported.errors,
            "conform: out/openapi.json is not written: a secret of this run stands in it\n");
  EXPECT_FALSE(fs::exists(project_.folder() / "out/openapi.json"));
}

TEST_F(MarkedSecrets, AreFoundWhereAFileIsWrittenPastTheSink) {
  for (const auto& [way, secret] : kMarked) {
    for (const auto& [how, spelt] : SpellingsOf(secret)) {
      project_.Write("reports/leak.txt", "before " + spelt + " behind");
      EXPECT_NE(FindInAll().find("reports/leak.txt: " + way), std::string::npos) << spelt;
    }
  }
  project_.Write("reports/leak.txt", "nothing");
  EXPECT_EQ(FindInAll(), "");
}

TEST_F(MarkedSecrets, KeepABundleFromBeingWrittenWhereTheyStandInACase) {
  std::string text = kCase;
  text.replace(text.find("X-Api-Key: ${capture.key}"), 25, "X-Api-Key: mark-literal-key");
  project_.Write("cases/things/marked.yaml", text);
  const ProgramResult run =
      Call({"run", "--profile", "lab.yaml", "--allow-effects", "9", "--bundle", "reports/all.zip"},
           {"CONFORM_TOKEN_DELEGATED_WORK=" + Token()});
  EXPECT_NE(
      run.errors.find("no bundle is written: inputs/cases/things/marked.yaml holds a secret of "
                      "this run; take it out of the file\n"),
      std::string::npos)
      << run.errors;
  EXPECT_FALSE(fs::exists(project_.folder() / "reports/all.zip"));
}

}  // namespace
}  // namespace conform
