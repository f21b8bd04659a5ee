// Runs of profile mock at a server of one's own: it is no mock, and nothing is asked of it that
// only the mock has.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "run/sample_project.h"
#include "run/sample_read_contract.h"
#include "testing/hostile_server.h"

namespace conform {
namespace {

Script Say(const std::string& body) {
  return AnswerAndClose(
      fmt::format("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n"
                  "Date: Mon, 30 Nov 2026 00:00:00 GMT\r\nConnection: close\r\n\r\n{}",
                  body.size(), body));
}

constexpr const char* kReads =
    "title: Reads\noperation: things.read\nclauses: [read.responses.200]\nidentity: none\n"
    "request: {method: GET, path: /beta/things, body: none}\nresponse: {status: 200}\n";

TEST(OwnServer, HasItsWaitsWaited) {
  const SampleProject project;
  WriteReading(project);
  project.Write("cases/things/polls.yaml",
                std::string(kReads) + "until: {/state: done}\nevery: 20ms\nfor: 1m\n");
  const HostileServer server({SayNoMock(), Say(R"({"state":"new"})"), Say(R"({"state":"done"})")});
  const ProgramResult ran = project.Conform({"run", "cases/things/polls.yaml", "--base-url",
                                             FormatOrigin(server.origin()), "--patience", "2m"});
  std::vector<std::string> targets;
  for (const ReceivedRequest& each : server.requests()) targets.push_back(each.request.target);
  EXPECT_EQ(targets,
            (std::vector<std::string>{"/.conform/requests", "/beta/things", "/beta/things"}));
  const auto record = nlohmann::json::parse(project.Read("reports/run.json"), nullptr, false);
  ASSERT_TRUE(record.is_object()) << ran.output << ran.errors;
  EXPECT_FALSE(record["header"]["mock"].get<bool>());
  EXPECT_EQ(record["header"]["jobs"], 1);
  EXPECT_EQ(record["tests"][0]["verdict"]["outcome"], "warn") << ran.output;
  // Started alone it has another port each time.
  EXPECT_NE(project.Conform({"history"}).output.find("mock at loopback"), std::string::npos);
}

TEST(OwnServer, IsAskedByOneTestOfAGroupAtATime) {
  const SampleProject project;
  WriteReading(project);
  const std::string step =
      "request: {method: GET, path: /beta/things, query: {row: '${row.n}'}, body: none}\n"
      "    response: {status: 200}\n";
  project.Write("cases/things/grouped.yaml",
                "title: Reads twice\noperation: things.read\nclauses: [read.responses.200]\n"
                "identity: none\ngroup: things\nrows: {a: {n: 1}, b: {n: 2}, c: {n: 3}}\nsteps:\n"
                "  - name: once\n    " +
                    step + "  - name: again\n    " + step);
  const HostileServer server(
      {SayNoMock(), Say("{}"), Say("{}"), Say("{}"), Say("{}"), Say("{}"), Say("{}")});
  const ProgramResult ran = project.Conform({"run", "cases/things/grouped.yaml", "--base-url",
                                             FormatOrigin(server.origin()), "--jobs", "3"});
  EXPECT_EQ(ran.exit_code, 0) << ran.output << ran.errors;
  std::string rows;
  for (const ReceivedRequest& each : server.requests()) rows += each.request.target.back();
  EXPECT_EQ(rows, "s112233");
}

TEST(OwnServer, IsNoMockToAShardWithoutATestEither) {
  const SampleProject project;
  WriteReading(project);
  project.Write("cases/things/first.yaml", kReads);
  for (const char* const index : {"0", "1"}) {
    const HostileServer server({SayNoMock(), Say("{}")});
    const ProgramResult ran = project.Conform(
        {"run", "--base-url", FormatOrigin(server.origin()), "--out", std::string("r") + index},
        {"GTEST_TOTAL_SHARDS=2", std::string("GTEST_SHARD_INDEX=") + index});
    EXPECT_EQ(ran.exit_code, 0) << ran.output << ran.errors;
    const auto record =
        nlohmann::json::parse(project.Read(fmt::format("r{}/run.json", index)), nullptr, false);
    ASSERT_TRUE(record.is_object()) << ran.output << ran.errors;
    EXPECT_FALSE(record["header"]["mock"].get<bool>()) << index;
  }
}

TEST(OwnServer, IsSentAFileByteForByte) {
  // A byte order mark, bytes that are no UTF-8, NUL, and what would be a placeholder in a text.
  const std::string bytes("\xEF\xBB\xBF\x89PNG\r\n\0${token}\xFF", 19);
  const SampleProject project;
  project.Remove("cases/things/documented.yaml");
  project.Remove("cases/things/without_token.yaml");
  project.Write("cases/things/photo.png", bytes);
  const std::string request = "{method: POST, path: /beta/things/sync, body: ";
  for (const char* const body :
       {"{file: photo.png}", "{multipart: [{name: photo, type: image/png, file: photo.png}]}"}) {
    project.Write("cases/things/uploads.yaml",
                  "title: Uploads\noperation: things.sync\nclauses: []\nidentity: none\nrequest: " +
                      request + body + "}\nresponse:\n  observe: [status]\n");
    const HostileServer server({SayNoMock(), Say("{}")});
    const ProgramResult ran =
        project.Conform({"run", "--base-url", FormatOrigin(server.origin()), "--jobs", "1"});
    const auto requests = server.requests();
    ASSERT_EQ(requests.size(), 2U) << ran.output << ran.errors;
    const std::string& sent = requests[1].request.body;
    EXPECT_NE(sent.find(bytes), std::string::npos) << sent;
    const auto record = nlohmann::json::parse(project.Read("reports/run.json"), nullptr, false);
    ASSERT_TRUE(record.is_object()) << ran.output << ran.errors;
    const auto& exchange = record["tests"][0]["exchanges"][0];
    EXPECT_TRUE(exchange["attempts"][0]["request"]["body_shown"]) << exchange.dump();
    // No word of a shell holds a NUL.
    EXPECT_TRUE(exchange["again"].get<std::string>().starts_with("conform run "))
        << exchange["again"];
  }
}

TEST(OwnServer, TellsASecretLateAndItIsMaskedInEarlierAnswersToo) {
  const SampleProject project;
  WriteReading(project);
  std::string observes = kReads;
  observes.replace(observes.find("{status: 200}"), 13, "{status: 200, observe: [body.note]}");
  project.Write("cases/things/first.yaml", observes);
  project.Write("cases/things/second.yaml", kReads);
  for (const char* const evidence : {"all", "failed"}) {
    const HostileServer server({SayNoMock(), Say(R"({"note":"told-late-4711"})"),
                                Say(R"({"access_token":"told-late-4711"})")});
    std::vector<std::string> arguments = {"run", "--base-url", FormatOrigin(server.origin()),
                                          "--jobs", "1"};
    if (evidence == std::string("failed"))
      arguments.insert(arguments.end(), {"--evidence", "failed", "--no-history"});
    const ProgramResult ran = project.Conform(arguments);
    EXPECT_EQ(ran.exit_code, 0) << ran.output << ran.errors;
    const std::string record = project.Read("reports/run.json");
    for (int i = 0; i < 2; ++i) {
      for (const char* const file : {"journal.jsonl", "run.json", "report.html"}) {
        const std::string text = project.Read(fmt::format("reports/{}", file));
        EXPECT_EQ(text.find("told-late-4711"), std::string::npos) << file << i << evidence;
      }
      EXPECT_EQ(project.Conform({"report", "reports"}).exit_code, 0);
      EXPECT_TRUE(project.Read("reports/run.json") == record);
    }
  }
}

}  // namespace
}  // namespace conform
