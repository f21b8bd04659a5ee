// What was made is asked for at the address that the answer names, up to the built program.
#include <fmt/format.h>

#include <string>
#include <vector>

#include "run/sample_import_folder.h"
#include "testing/hostile_server.h"

namespace conform {
namespace {

constexpr const char* kJobs = R"({"openapi": "3.1.0",
  "info": {"title": "desk", "version": "1"}, "servers": [{"url": "https://desk.example/v1"}],
  "paths": {
    "/jobs": {"post": {"operationId": "start", "responses": {"201": {"description": "made",
      "content": {"application/json": {"schema": {"type": "object"}, "example": {"id": "j7"}}}}}}},
    "/jobs/{id}": {"get": {"operationId": "job", "responses": {"200": {"description": "ok",
      "content": {"application/json": {"schema": {"type": "object"},
                                       "example": {"state": "done"}}}}}}}}})";

constexpr const char* kStartAndPoll = R"(title: A job is started and polled
operation: desk.start
clauses: [start.response.201, job.response.200]
identity: none
steps:
  - name: start
    request: {method: POST, path: /v1/jobs, body: none}
    response: {status: 201}
    capture: {job: headers.Location}
  - name: poll
    operation: desk.job
    request: {method: GET, path: '${capture.job}', body: none}
    response: {status: 200}
    until: {/state: done}
    fail_if: {/state: failed}
    every: 1ms
    for: 1h
)";

class CapturedPath : public ImportFolder {
 protected:
  void SetUp() override {
    WriteFile("desk.json", kJobs);
    ASSERT_EQ(Conform({"import", "desk.json"}).exit_code, 0);
    std::filesystem::create_directories(folder_ / "cases");
    WriteFile("cases/poll.yaml", kStartAndPoll);
  }
};

TEST_F(CapturedPath, IsEvidenceAtTheAddressThatTheMockNames) {
  const ProgramResult linted = Conform({"lint"});
  EXPECT_EQ(linted.exit_code, 0) << linted.errors;
  const ProgramResult run = Conform({"run"});
  EXPECT_EQ(run.exit_code, 0) << run.output << run.errors;
  EXPECT_EQ(run.output.find("missing  job.response.200"), std::string::npos) << run.output;
}

struct JobRow {
  const char* name;
  const char* location;
  std::vector<const char*> states;  ///< one an answer.
  const char* told;
  std::vector<std::string> targets;  ///< that were asked for.
};

void PrintTo(const JobRow& row, std::ostream* out) { *out << row.name; }

class PathOfAnAnswer : public CapturedPath, public testing::WithParamInterface<JobRow> {};

TEST_P(PathOfAnAnswer, IsHeldAgainstTheOperation) {
  const JobRow& row = GetParam();
  const auto answer = [](const char* status, const std::string& fields, const std::string& body) {
    return AnswerAndClose(
        fmt::format("HTTP/1.1 {}\r\n{}Content-Type: application/json\r\nContent-Length: {}\r\n"
                    "Connection: close\r\n\r\n{}",
                    status, fields, body.size(), body));
  };
  std::vector<Script> played = {
      answer("201 Created", fmt::format("Location: {}\r\n", row.location), "{}")};
  for (const char* state : row.states) {
    played.push_back(answer("200 OK", "", fmt::format(R"({{"state":"{}"}})", state)));
  }
  const HostileServer server(std::move(played));
  WriteFile("jobs.yaml", fmt::format("name: jobs\ntitle: Jobs\ntarget: {}\n"
                                     "soften: {{http: observe}}\n",
                                     FormatOrigin(server.origin())));
  const ProgramResult run = Conform({"run", "--profile", "jobs.yaml", "--patience", "2h"});
  EXPECT_NE(run.output.find(row.told), std::string::npos) << run.output << run.errors;
  std::vector<std::string> targets;
  for (const ReceivedRequest& each : server.requests()) targets.push_back(each.request.target);
  EXPECT_EQ(targets, row.targets);
}

std::vector<JobRow> JobRows() {
  const std::string jobs = "/v1/jobs";
  const std::string job = "/v1/jobs/j7?full=1";
  return {
      {"ThatFits",
       "/v1/jobs/j7?full=1",
       {"new", "new", "done"},
       "PASS  desk_start/",
       {jobs, job, job, job}},
      {"ThatEndsAsItShouldNot",
       "/v1/jobs/j7?full=1",
       {"new", "failed"},
       "body/state is \"failed\", the case expects \"done\"\n",
       {jobs, job, job}},
      {"OfAnotherOperation",
       "/v1/tasks/j7?full=1",
       {},
       "'${capture.job}' is /v1/tasks/j7 here, which is no path of desk.job (/v1/jobs/{id}): none "
       "of its clauses would be judged, and nothing is sent",
       {jobs}},
      {"OfAnotherServer",
       "http://other.example/v1/jobs/j7",
       {},
       "'${capture.job}' is 'http://other.example/v1/jobs/j7' here, expected an address on http://",
       {jobs}},
  };
}

INSTANTIATE_TEST_SUITE_P(Rows, PathOfAnAnswer, testing::ValuesIn(JobRows()),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace conform
