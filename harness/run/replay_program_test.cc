// The built program's `replay`, on a mock that changed since.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <csignal>

#include "run/sample_project.h"
#include "testing/hostile_server.h"

namespace conform {
namespace {

TEST(ReplayProgram, SaysThatNothingDiffers) {
  const SampleProject project;
  ASSERT_EQ(project.Conform({"run"}).exit_code, 0);
  const ProgramResult result = project.Conform({"replay", "reports", "things/documented"});
  EXPECT_EQ(result.output, "PASS  things_sync/2024_08.documented\n      as recorded\n");
  EXPECT_EQ(result.errors, "");
  EXPECT_EQ(result.exit_code, 0);
}

TEST(ReplayProgram, ShowsWhatDiffers) {
  const SampleProject project;
  ASSERT_EQ(project.Conform({"run"}).exit_code, 0);
  const SampleMock mock(project, {"success_200"});
  const ProgramResult result = project.Conform({"replay", "reports/run.json", "documented",
                                                "--profile", "mock", "--base-url", mock.address()});
  EXPECT_NE(result.output.find("      outcome\n        recorded  pass\n        now       fail\n"),
            std::string::npos)
      << result.output;
  EXPECT_NE(
      result.output.find("      exchange 1/status\n        recorded  HTTP/1.1 204 No Content\n"
                         "        now       HTTP/1.1 200 OK\n"),
      std::string::npos)
      << result.output;
  EXPECT_EQ(result.exit_code, 1);
}

TEST(ReplayProgram, SaysWhatItDoesNotFind) {
  const SampleProject project;
  ASSERT_EQ(project.Conform({"run"}).exit_code, 0);
  const ProgramResult absent = project.Conform({"replay", "reports", "things/absent"});
  EXPECT_EQ(absent.errors,
            "conform: reports has no test of 'things/absent': name a case by its id or file, or a "
            "test by suite.name\n");
  EXPECT_EQ(absent.exit_code, 2);
  project.Remove("cases/things/documented.yaml");
  const ProgramResult gone = project.Conform({"replay", "reports", "things/documented"});
  EXPECT_EQ(gone.errors,
            "conform: things_sync/2024_08.documented: there is no such test any more\n");
  EXPECT_EQ(gone.exit_code, 3);
}

TEST(ReplayProgram, OfATargetThatDoesNotAnswerCannotTell) {
  const SampleProject project;
  ASSERT_EQ(project.Conform({"run"}).exit_code, 0);
  const HostileServer server(std::vector<Script>{Script{}});  // ends each connection
  const ProgramResult result =
      project.Conform({"replay", "reports", "things/documented", "--profile", "mock", "--base-url",
                       FormatOrigin(server.origin())});
  EXPECT_EQ(result.exit_code, 3) << result.output << result.errors;
  EXPECT_EQ(result.output.find("recorded"), std::string::npos) << result.output;
}

/// What was not sent again differs from nothing.
TEST(ReplayProgram, ThatIsInterruptedCannotTell) {
  const SampleProject project;
  const std::string step =
      "    request:\n      method: PUT\n      path: /beta/things/sync\n"
      "      headers: {Authorization: 'Bearer ${token}', Accept: application/json}\n"
      "      body: none\n    response: {status: 4xx}\n";
  project.Write("cases/things/twice.yaml",
                "title: Twice\noperation: things.sync\nclauses: [sync.method]\n"
                "identity: delegated_work\nsteps:\n  - name: one\n" +
                    step + "  - name: two\n" + step);
  ASSERT_EQ(project.Conform({"run"}).exit_code, 0);
  const std::string error = R"({"error":{"code":"notAllowed","message":"No."}})";
  const std::string refusal = fmt::format(
      "HTTP/1.1 405 Method Not Allowed\r\nDate: Mon, 30 Nov 2026 00:00:00 GMT\r\nAllow: POST\r\n"
      "Content-Type: application/json\r\nrequest-id: 8fd8c0a1-c035-49eb-8caa-c008c5a9fe32\r\n"
      "Content-Length: {}\r\n\r\n{}",
      error.size(), error);
  HostileServer server(
      {SayNoMock(),
       {{Act::Kind::kReadRequest}, {Act::Kind::kAwaitSignal}, {Act::Kind::kWrite, refusal}}});
  StartedProgram replay(project.Call({"replay", "reports", "things/twice", "--profile", "mock",
                                      "--base-url", FormatOrigin(server.origin())}));
  ASSERT_TRUE(server.AwaitActs(1, 1));
  replay.Signal(SIGTERM);
  server.Signal();
  const ProgramResult result = replay.Wait();
  EXPECT_EQ(result.output.find("recorded"), std::string::npos) << result.output;
  EXPECT_NE(result.output.find("the run was interrupted"), std::string::npos) << result.output;
  EXPECT_EQ(result.exit_code, 3) << result.errors;
}

/// One that waits is held to --patience, as by `run`.
TEST(ReplayProgram, WaitsAsLongAsItIsAllowed) {
  const SampleProject project;
  project.Write("cases/things/documented.yaml", project.Read("cases/things/documented.yaml") +
                                                    "settle: {answers: [409], for: 1m}\n");
  ASSERT_EQ(project.Conform({"run"}).exit_code, 0);
  for (const auto& [patience, sent] : {std::pair{"0s", 1U}, std::pair{"2m", 2U}}) {
    const HostileServer server({AnswerAndClose("HTTP/1.1 404 Not Found\r\n\r\n"),
                                AnswerAndClose("HTTP/1.1 204 No Content\r\n\r\n")});
    const ProgramResult result =
        project.Conform({"replay", "reports", "things/documented", "--base-url",
                         FormatOrigin(server.origin()), "--patience", patience});
    EXPECT_EQ(server.requests().size(), sent) << result.output << result.errors;
  }
}

struct Steering {
  const char* name;
  const char* from;
  const char* to;
  const char* says;
};

class StrangersRecord : public testing::TestWithParam<Steering> {};

TEST_P(StrangersRecord, NeitherStartsAProgramNorChoosesWhereTokensGo) {
  const SampleProject project;
  ASSERT_EQ(project.Conform({"run"}).exit_code, 0);
  project.Write("own.yaml",
                "name: own\ntitle: Own\ntarget: http://127.0.0.1:9\nidentities:\n"
                "  delegated_work: {command: [touch, started]}\n");
  std::string record = project.Read("reports/run.json");
  const std::size_t at = record.find(GetParam().from);
  ASSERT_NE(at, std::string::npos);
  record.replace(at, std::string_view(GetParam().from).size(), GetParam().to);
  project.Write("stranger/run.json", record);
  const ProgramResult result =
      project.Conform({"replay", "stranger/run.json", "things/documented"});
  EXPECT_EQ(result.errors, std::string("conform: stranger/run.json: ") + GetParam().says);
  EXPECT_EQ(result.output, "");
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_FALSE(std::filesystem::exists(project.folder() / "started"));
}

INSTANTIATE_TEST_SUITE_P(
    ReplayProgram, StrangersRecord,
    testing::Values(
        Steering{"Profile", R"("profile":"mock")", R"("profile":"./own.yaml")",
                 "its profile is the file ./own.yaml, which a record does not choose: name the "
                 "profile with --profile\n"},
        Steering{"Target", R"("target":"embedded mock")", R"("target":"http://127.0.0.1:9")",
                 "its requests went to http://127.0.0.1:9, profile 'mock' goes to embedded mock: "
                 "say where to send them, tokens and all, by --base-url or --profile\n"}),
    [](const auto& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace conform
