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

constexpr const char* kPolls =
    "title: Polls\noperation: things.read\nclauses: [read.responses.200]\nidentity: none\n"
    "request: {method: GET, path: /beta/things, body: none}\nresponse: {status: 200}\n"
    "until: {/state: done}\nevery: 20ms\nfor: 1m\n";

TEST(OwnServer, HasItsWaitsWaited) {
  const SampleProject project;
  project.Remove("specs/things/sync/2024-08.yaml");
  project.Write("specs/things/read/2024-08.yaml",
                SampleReadContract("path: /things\nresponses:\n  200: {when: success, content: "
                                   "{application/json: {schema: {type: object}}}}\n",
                                   {"responses.200"}));
  project.Write("cases/things/polls.yaml", kPolls);
  const HostileServer server({SayNoMock(), Say(R"({"state":"new"})"), Say(R"({"state":"done"})")});
  const ProgramResult ran =
      project.Conform({"run", "cases/things/polls.yaml", "--base-url",
                       FormatOrigin(server.origin()), "--patience", "2m", "--jobs", "1"});
  std::vector<std::string> targets;
  for (const ReceivedRequest& each : server.requests()) targets.push_back(each.request.target);
  EXPECT_EQ(targets,
            (std::vector<std::string>{"/.conform/requests", "/beta/things", "/beta/things"}));
  const auto record = nlohmann::json::parse(project.Read("reports/run.json"), nullptr, false);
  ASSERT_TRUE(record.is_object()) << ran.output << ran.errors;
  EXPECT_FALSE(record["header"]["mock"].get<bool>());
  EXPECT_EQ(record["tests"][0]["verdict"]["outcome"], "warn") << ran.output;
  // Started alone it has another port each time.
  EXPECT_NE(project.Conform({"history"}).output.find("mock at loopback"), std::string::npos);
}

}  // namespace
}  // namespace conform
