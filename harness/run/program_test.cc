// What the built program prints, writes and keeps to itself.
#include <fmt/format.h>

#include <csignal>
#include <regex>

#include "run/rendering_table.h"
#include "run/sample_project.h"
#include "testing/hostile_server.h"

namespace conform {
namespace {

/// Behind a link `..` leads elsewhere than it looks.
TEST(ChosenPath, IsTheFileThatIsNamed) {
  const SampleProject project;
  project.Write("elsewhere/below/kept", "");
  project.Write("elsewhere/one.yaml",
                SampleCase("[sync.204]", "delegated_work", kWithToken, "  status: 204\n"));
  project.Write("one.yaml", "no case");
  std::filesystem::create_symlink("elsewhere/below", project.folder() / "link");
  const ProgramResult result = project.Conform({"run", "link/../one.yaml"});
  EXPECT_EQ(result.exit_code, 0) << result.output << result.errors;
}

TEST(Tokens, OfTheEnvironmentAreUsedAndNeverPrinted) {
  const SampleProject project;
  const std::string token = "Zm9vYmFy-not-a-real-token-0123456789";
  // The server gives back what it was given, wherever it can.
  const std::string body = fmt::format(R"({{"error":{{"code":"{0}","message":"{0}"}}}})", token);
  HostileServer server({AnswerAndClose(
      fmt::format("HTTP/1.1 401 {0}\r\nDate: {0}\r\nWWW-Authenticate: Bearer {0}\r\n"
                  "request-id: {0}\r\nX-Seen: {0}\r\nContent-Type: application/json\r\n"
                  "Content-Length: {1}\r\n\r\n{2}",
                  token, body.size(), body))});
  project.Write("cases/things/seen.yaml",
                SampleCase("[]", "delegated_work", kWithToken,
                           "  observe: [status, headers.X-Seen, body.error.code]\n"));
  const ProgramResult result = project.Conform({"run", "--base-url", FormatOrigin(server.origin())},
                                               {"CONFORM_TOKEN_DELEGATED_WORK=" + token});
  EXPECT_EQ(result.exit_code, 1);
  std::string received;
  for (std::size_t i = 0; i < server.connections(); ++i) received += server.received(i);
  EXPECT_NE(received.find("Authorization: Bearer " + token), std::string::npos);
  std::size_t files = 0;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(project.folder() / "reports")) {
    if (!entry.is_regular_file()) continue;
    ++files;
    const std::string path = std::filesystem::relative(entry.path(), project.folder()).string();
    EXPECT_EQ(project.Read(path).find(token), std::string::npos) << path;
  }
  EXPECT_GE(files, 2u);
  EXPECT_EQ(result.output.find(token), std::string::npos) << result.output;
  EXPECT_EQ(result.errors.find(token), std::string::npos) << result.errors;
}

TEST(Tokens, OfTheEnvironmentWorkOnEveryProfile) {
  const SampleProject project;
  const SampleMock mock(project, {});
  project.Write("local.yaml", "name: local\ntitle: Local\ntarget: " + mock.address() + "\n");
  const std::vector<std::string> run = {"run", "--profile", "local.yaml",
                                        "cases/things/documented.yaml"};
  EXPECT_EQ(project.Conform(run).exit_code, 3);
  // No token of the mock's: it refuses, which breaks the contract.
  const ProgramResult refused = project.Conform(run, {"CONFORM_TOKEN_DELEGATED_WORK=made-up"});
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_NE(refused.output.find("status is 401, the contract promises 204"), std::string::npos)
      << refused.output;
}

TEST(Tokens, OfTheEnvironmentAreNotForTheEmbeddedMock) {
  const SampleProject project;
  const std::vector<std::string> exported = {"CONFORM_TOKEN_DELEGATED_WORK=made-up"};
  const ProgramResult run = project.Conform({"run"}, exported);
  EXPECT_EQ(run.exit_code, 0) << run.output;
  EXPECT_EQ(run.errors,
            "conform: CONFORM_TOKEN_DELEGATED_WORK is set and not sent: the embedded mock takes "
            "its own tokens\n");
  for (const std::vector<std::string>& more :
       {std::vector<std::string>{"list", "--coverage"}, {"run", "--dry-run"}}) {
    EXPECT_EQ(project.Conform(more, {"CONFORM_TOKEN_DELEGATED_WORK=Bearer x"}).output,
              project.Conform(more).output);
  }
}

TEST(Coverage, CountsWhatAnOperationWithoutCasesPromises) {
  const SampleProject project;
  const ProgramResult whole = project.Conform({"run"});
  EXPECT_NE(whole.output.find("contract clauses: 2 judged of 11 promised"), std::string::npos)
      << whole.output;
  std::string contract = kSampleContract;
  const std::size_t name = contract.find("things.sync");
  contract.replace(name, std::string("things.sync").size(), "things.tell");
  project.Write("specs/things/tell/2024-08.yaml", contract);
  const ProgramResult half = project.Conform({"run"});
  EXPECT_NE(half.output.find("contract clauses: 2 judged of 22 promised"), std::string::npos)
      << half.output;
  // Who chose a case by its path asked for that alone.
  const ProgramResult chosen = project.Conform({"run", "cases/things/documented.yaml"});
  EXPECT_NE(chosen.output.find("contract clauses: 1 judged of 11 promised"), std::string::npos)
      << chosen.output;
}

TEST(MockCommand, PrintsItsAddressFirstAndCurlLinesThatWork) {
  const SampleProject project;
  StartedProgram mock(project.Call({"mock", "--port", "0"}));
  const std::string address = mock.ReadLine();
  EXPECT_TRUE(std::regex_match(address, std::regex("http://127\\.0\\.0\\.1:[0-9]+"))) << address;
  EXPECT_EQ(mock.ReadLine(), "");
  EXPECT_EQ(mock.ReadLine(), "# things.sync (edition 2024-08)");
  const std::vector<std::pair<std::string, std::string>> answers = {
      {"delegated_work", "204"}, {"delegated_personal", "403"},
      {"application", "204"},    {"without_permission", "403"},
      {"expired", "401"},        {"wrong_audience", "401"},
      {"malformed", "401"},      {"none", "401"}};
  for (const auto& [identity, status] : answers) {
    EXPECT_EQ(mock.ReadLine(), "# " + identity);
    const std::string command = mock.ReadLine();
    // Both accounts are of one tenant, where a second call comes too soon.
    if (identity == "application") continue;
    const ProgramResult answer = RunProgram(ProgramCall{{"sh", "-c", command + " -s"}});
    EXPECT_EQ(answer.exit_code, 0) << command << answer.errors;
    EXPECT_EQ(answer.output.substr(0, 12), "HTTP/1.1 " + status) << command;
  }
}

TEST(MockCommand, FillsItsPathsWithItemsThatItHas) {
  ProgramCall call{{CONFORM_PROGRAM, "mock", "--port", "0"}};
  call.folder = CONFORM_SOURCE;
  StartedProgram mock(call);
  std::string line;
  do {
    line = mock.ReadLine();
  } while (!line.starts_with("# deviceManagement.deviceCategories.get "));
  EXPECT_EQ(mock.ReadLine(), "# delegated_work");
  const std::string command = mock.ReadLine();
  EXPECT_EQ(command.find('{'), std::string::npos) << command;
  const ProgramResult answer = RunProgram(ProgramCall{{"sh", "-c", command + " -s"}});
  EXPECT_EQ(answer.output.substr(0, 12), "HTTP/1.1 200") << answer.output;
}

TEST(MockCommand, StopsCleanly) {
  for (const int signal : {SIGINT, SIGTERM}) {
    const SampleProject project;
    StartedProgram mock(project.Call({"mock", "--port", "0"}));
    ASSERT_NE(mock.ReadLine(), "");
    mock.Signal(signal);
    const ProgramResult result = mock.Wait();
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_EQ(result.errors, "");
  }
}

TEST(MockCommand, ListsFaultsOneALineNameFirst) {
  const SampleProject project;
  const ProgramResult result = project.Conform({"mock", "--list-faults"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_EQ(result.output.rfind("success_200  A success has status 200.\n", 0), 0u);
}

/// A line of the journal cut anywhere leaves the tests of the whole lines before it.
TEST(ReportCommand, MakesAWholeJunitOfAJournalCutAnywhere) {
  const SampleProject project;
  ASSERT_EQ(project.Conform({"run"}).exit_code, 0);
  const std::string journal = project.Read("reports/journal.jsonl");
  const std::size_t begun = journal.find("{\"begun\"");
  std::vector<std::size_t> cuts = {begun, journal.size()};
  for (std::size_t cut = begun; cut < journal.size(); cut += 97) cuts.push_back(cut);
  for (const std::size_t cut : cuts) {
    SCOPED_TRACE(cut);
    project.Write("cut/journal.jsonl", journal.substr(0, cut));
    const ProgramResult result = project.Conform({"report", "cut/journal.jsonl"});
    EXPECT_NE(result.exit_code, 2) << result.output << result.errors;
    const std::string junit = project.Read("cut/junit.xml");
    EXPECT_NE(junit.find("<testsuites "), std::string::npos);
    EXPECT_NE(junit.find("tests=\"2\""), std::string::npos);
    EXPECT_EQ(junit.substr(junit.size() - 14), "</testsuites>\n");
    const bool whole = cut == journal.size();
    EXPECT_EQ(junit.find("name=\"complete\" value=\"false\"") == std::string::npos, whole);
  }
}

TEST(ReportCommand, MakesTheSameBytesOfARecordAndOfAJournal) {
  const SampleProject project;
  const SampleMock mock(project, {"success_200"});
  project.Conform({"run", "--base-url", mock.address(), "--report", "all"});
  for (const char* run : {"reports/run.json", "reports/journal.jsonl"}) {
    const ProgramResult result =
        project.Conform({"report", run, "--format", "all", "--out", "again"});
    EXPECT_EQ(result.exit_code, 0) << result.errors;
    for (const Rendering& each : AllRenderings()) {
      const std::string file(each.file);
      const std::string first = project.Read("reports/" + file);
      EXPECT_NE(first, "") << file;
      EXPECT_TRUE(first == project.Read("again/" + file)) << run << " as " << file;
    }
  }
  EXPECT_TRUE(project.Read("reports/run.json") == project.Read("again/run.json"));
}

TEST(ReportCommand, RefusesWhatIsNoJournal) {
  const SampleProject project;
  ASSERT_EQ(project.Conform({"run"}).exit_code, 0);
  const std::string journal = project.Read("reports/journal.jsonl");
  project.Write("cut/journal.jsonl", journal.substr(0, journal.find('\n') / 2));
  EXPECT_EQ(project.Conform({"report", "cut"}).exit_code, 2);
  EXPECT_EQ(project.Conform({"report", "absent"}).exit_code, 2);
}

TEST(Lint, CountsWhatItRead) {
  const SampleProject project;
  const ProgramResult result = project.Conform({"lint"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_EQ(result.output, "no mistakes in 1 contract, 4 protocol sets and 2 cases\n");
}

TEST(Lint, TakesAnAbsoluteFormTargetAsEvidenceForNothing) {
  const SampleProject project;
  const auto lint = [&](const std::string& clauses, const std::string& response) {
    std::string text = SampleCase(clauses, "delegated_work", kWithToken, response);
    text.replace(text.find("/beta/"), 6, "http://127.0.0.1/beta/");
    project.Write("cases/things/absolute.yaml", text);
    return project.Conform({"lint"});
  };
  EXPECT_EQ(lint("[]", "  observe: [status]\n").exit_code, 0);
  const ProgramResult result = lint("[sync.path]", "  status: 4xx\n");
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_NE(result.errors.find("the case is no evidence for clause 'sync.path'"), std::string::npos)
      << result.errors;
}

TEST(List, NamesEachTestAndItsPlace) {
  const SampleProject project;
  const ProgramResult result = project.Conform({"list"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_EQ(result.output,
            "things_sync/2024_08.documented\n    cases/things/documented.yaml:5  A case\n"
            "things_sync/2024_08.without_token\n    cases/things/without_token.yaml:5  A case\n"
            "2 tests of 2 cases\n");
}

TEST(List, NamesTheFileThatARowStandsIn) {
  const SampleProject project;
  project.Remove("cases/things/without_token.yaml");
  project.Write(
      "cases/things/documented.yaml",
      "title: A case\noperation: things.sync\nclauses: []\nidentity: none\n"
      "rows: {file: rows.csv, name: id}\nrequest: {method: POST, path: '/beta/${row.id}', "
      "body: none}\nresponse: {observe: [status]}\n");
  project.Write("cases/things/rows.csv", "id\na\nb\n");
  EXPECT_EQ(project.Conform({"list"}).output,
            "things_sync/2024_08.documented/a\n    cases/things/rows.csv:2  A case\n"
            "things_sync/2024_08.documented/b\n    cases/things/rows.csv:3  A case\n"
            "2 tests of 1 case\n");
}

}  // namespace
}  // namespace conform
