// What steps do besides one request and one answer, seen by a server that plays a script.
#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "run/sample_project.h"
#include "run/sample_read_contract.h"
#include "testing/hostile_server.h"
#include "token/test_token.h"

namespace conform {
namespace {

constexpr const char* kScriptedProfile = R"(name: scripted
title: A scripted server on loopback
target: {}
soften: {{http: observe, oauth: observe, odata: observe, graph: observe}}
variables: {{colour: blue}}
limits: {{retry_after: 2s}}
)";

constexpr const char* kRequest =
    "{method: GET, path: /beta/things, headers: {Authorization: 'Bearer ${token}'}, body: none}";

std::string Contract() {
  return SampleReadContract(
      "path: /things\nresponses:\n  410: {when: {if: It was there}}\n  200: {when: success, "
      "content: {application/json: {schema: {type: object}, example: {id: x}}}}\n",
      {"responses.410", "responses.200"});
}

std::string Json(const std::string& body, const std::string& status = "200 OK",
                 const std::string& fields = "") {
  return fmt::format(
      "HTTP/1.1 {}\r\n{}Content-Type: application/json\r\nContent-Length: {}\r\n"
      "Connection: close\r\n\r\n{}",
      status, fields, body.size(), body);
}

/// One step with these further keys, that lists the clause of its answer.
std::string OneStep(const std::string& more, const std::string& response = "{status: 200}") {
  return fmt::format("clauses: [read.responses.200]\nrequest: {}\nresponse: {}\n{}", kRequest,
                     response, more);
}

std::string Step(const std::string& name, const std::string& path, const std::string& more,
                 const std::string& response = "{status: 200}") {
  return fmt::format(
      "  - name: {}\n    request: {{method: GET, path: {}, headers: {{Authorization: 'Bearer "
      "${{token}}'}}, body: none}}\n    response: {}\n{}",
      name, path, response, more);
}

constexpr const char* kPoll =
    "until: {/state: done}\nfail_if: {/state: bad}\nevery: 1ms\nfor: 1h\n";

struct Workflow {
  std::string name;
  std::string text;                  // of the case, after its identity
  std::vector<std::string> answers;  // one a connection
  std::string told;                  // `ORIGIN` is the server's own
  std::vector<std::string> targets;  // that were asked for
};

std::vector<Workflow> PollRows() {
  const std::string things = "/beta/things";
  return {
      {"PollEndsWhereUntilHolds",
       OneStep(kPoll),
       {Json(R"({"state":"new"})"), Json(R"({"state":"new"})"), Json(R"({"state":"done"})")},
       "pass\nrequest polled 3 answers in 0s",
       {things, things, things}},
      {"PollEndsAtOnceWhereFailIfHolds",
       OneStep(kPoll),
       {Json(R"({"state":"new"})"), Json(R"({"state":"bad"})")},
       "fail\nread.responses.200: body/state is \"bad\", the case expects \"done\"",
       {things, things}},
      {"PollThatSpendsItsTimeIsAFinding",
       OneStep("until: {/state: done}\nevery: 2ms\nfor: 1ms\n"),
       {Json(R"({"state":"new"})")},
       "fail\nread.responses.200: body/state is \"new\", the case expects \"done\" within 1ms",
       {things}},
      {"PollWithoutAClauseIsInconclusive",
       fmt::format("clauses: []\nrequest: {}\nresponse: {{observe: [status]}}\n{}", kRequest,
                   "until: {/state: done}\nevery: 2ms\nfor: 1ms\n"),
       {Json(R"({"state":"new"})")},
       "inconclusive: body/state is \"new\", expected \"done\" within 1ms",
       {things}},
      {"PollJudgesTheStatusOfEveryAnswer",
       OneStep(kPoll),
       {Json(R"({"state":"new"})"), Json("{}", "500 Oops")},
       "fail\nread.responses.200: status is 500, the contract promises 200",
       {things, things}},
      {"PollHoldsTheResponseAgainstTheLastAnswer",
       OneStep(kPoll, "{status: 200, body: {json: {/state: done, /n: 2}}}"),
       {Json(R"({"state":"new","n":1})"), Json(R"({"state":"done","n":1})")},
       "fail\nread.responses.200: body/n is 1, the case expects 2",
       {things, things}},
      {"SettleToleratesItsAnswers",
       OneStep("settle: {answers: [404], every: 1ms, for: 1h}\n"),
       {Json("{}", "404 Not Found"), Json("{}", "404 Not Found"), Json("{}")},
       "pass\nrequest settled after 0s",
       {things, things, things}},
      {"SettleEndsWithItsTime",
       OneStep("settle: {answers: [404], every: 2ms, for: 1ms}\n"),
       {Json("{}", "404 Not Found")},
       "fail\nread.responses.200: status is 404, the contract promises 200",
       {things}},
  };
}

std::vector<Workflow> ThrottledRows() {
  const std::string things = "/beta/things";
  const std::string busy = "429 Too Many Requests";
  return {
      {"AThrottledAnswerIsWaitedOut",
       OneStep(""),
       {Json("{}", busy, "Retry-After: 0.5\r\n"), Json("{}")},
       "pass: flaky: 429 or 503 was waited out once (1s)",
       {things, things}},
      {"AnAnswerThatAsksForMoreThanTheLimitIsInconclusive",
       OneStep(""),
       {Json("{}", busy, "Retry-After: 3\r\n")},
       "inconclusive: the service answered 429 Too Many Requests, which no step asked for",
       {things}},
      {"AskingAgainEndsWithTheLimit",
       OneStep(""),
       {Json("{}", busy), Json("{}", busy)},
       "inconclusive: the service answered 429 Too Many Requests, which no step asked for; asked "
       "again once in 1s",
       {things, things}},
  };
}

std::vector<Workflow> PageRows() {
  const std::string follow = "follow: {next: '/@odata.nextLink', max: 3}\n";
  const auto page = [](const std::string& link) {
    return Json(fmt::format(R"({{"@odata.nextLink":"{}"}})", link));
  };
  const std::string things = "/beta/things";
  const std::string expects = "the case expects";
  return {
      {"PagesAreFollowed",
       OneStep(follow),
       {page("/beta/things?page=2"), page("/beta/things?page=3"), Json("{}")},
       "pass\nrequest pages 3",
       {things, "/beta/things?page=2", "/beta/things?page=3"}},
      {"ANextPageThatIsNullIsNone",
       OneStep(follow),
       {page("/p2"), Json(R"({"@odata.nextLink":null})")},
       "pass\nrequest pages 2",
       {things, "/p2"}},
      {"ANextPageThatIsEmptyIsNone",
       OneStep(follow),
       {page("")},
       "pass\nrequest pages 1",
       {things}},
      {"PagesAreFollowedFromWhereTheyStand",
       OneStep(follow),
       {page("?page=2"), page("../p3"), Json("{}")},
       "pass\nrequest pages 3",
       {things, "/beta/things?page=2", "/p3"}},
      {"PagesEndAtTheirLimit",
       OneStep(follow),
       {page("/p2"), page("/p3"), page("/p4")},
       "pass\nrequest pages 3, and more follow",
       {things, "/p2", "/p3"}},
      {"PagesThatComeBackAreAFinding",
       OneStep(follow),
       {page("/p2"), page("/beta/things")},
       "fail\nread.responses.200: body/@odata.nextLink is \"/beta/things\", " + expects +
           " a page that did not come before",
       {things, "/p2"}},
      {"PagesElsewhereAreAFinding",
       OneStep(follow),
       {page("https://elsewhere.test/p2")},
       "fail\nread.responses.200: body/@odata.nextLink is \"https://elsewhere.test/p2\", " +
           expects + " an address on ORIGIN",
       {things}},
      {"PagesThatPretendToStayAreAFinding",
       OneStep(follow),
       {page("//elsewhere.test/p2")},
       "fail\nread.responses.200: body/@odata.nextLink is \"//elsewhere.test/p2\", " + expects +
           " an address on ORIGIN",
       {things}},
      {"APageThatIsNotThereIsAFinding",
       OneStep(follow),
       {page("/p2"), Json("{}", "410 Gone")},
       "fail\nread.responses.200: status is 410, the contract promises 200",
       {things, "/p2"}},
      {"EveryPageIsJudged",
       OneStep(follow, "{status: 200, body: {json: {/v: 1}, closed: false}}"),
       {Json(R"({"v":1,"@odata.nextLink":"/p2"})"), Json(R"({"v":2})")},
       "fail\nread.responses.200: body/v is 2, the case expects 1\n"
       "request body.undocumented /@odata.nextLink",
       {things, "/p2"}},
  };
}

std::vector<Workflow> StepRows() {
  const std::string head = "clauses: [read.responses.200]\nsteps:\n";
  const std::string things = "/beta/things";
  return {
      {"CapturesReachLaterSteps",
       head + Step("one", things, "    capture: {id: /id, tag: headers.ETag, code: status}\n") +
           Step("two", "'/beta/things/${capture.id}/${capture.tag}/${capture.code}'", "",
                "{observe: [status]}"),
       {Json(R"({"id":159295})", "200 OK", "ETag: e1\r\n"), Json("{}")},
       "pass\ntwo status 200",
       {things, "/beta/things/159295/e1/200"}},
      {"ACaptureThatIsMissingEndsTheCase",
       head + Step("one", things, "    capture: {id: /id}\n") +
           Step("two", "'/beta/things/${capture.id}'", "", "{observe: [status]}"),
       {Json("{}")},
       "inconclusive: the answer of step 'one' has no body/id to capture; not run after one: two",
       {things}},
      {"AFailedStepEndsTheCase",
       head + Step("one", things, "") + Step("two", things, "") + Step("three", things, ""),
       {Json("{}"), Json("{}", "500 Oops")},
       "fail: not run after two: three\nread.responses.200: status is 500, the contract promises "
       "200",
       {things, things}},
      {"FinallyRunsAfterAFailure",
       head + Step("one", things, "    capture: {id: /id}\n") + Step("two", things, "") +
           "finally:\n" + Step("clean", "'/beta/things/${capture.id}'", ""),
       {Json(R"({"id":7})"), Json("{}", "500 Oops"), Json("{}")},
       "fail\nread.responses.200: status is 500, the contract promises 200",
       {things, things, "/beta/things/7"}},
      {"FinallyWithoutItsCaptureIsNotRun",
       head + Step("one", things, "    capture: {id: /id}\n") + "finally:\n" +
           Step("clean", "'/beta/things/${capture.id}'", ""),
       {Json("{}", "500 Oops")},
       "fail: clean was not run ('${capture.id}' has no value here)\n"
       "read.responses.200: status is 500, the contract promises 200",
       {things}},
      {"FinallyTakesAwayWhatAWrongAnswerNames",
       head + Step("one", things, "    capture: {id: /id}\n") + "finally:\n" +
           Step("clean", "'/beta/things/${capture.id}'", ""),
       {Json(R"({"id":7})", "201 Created"), Json("{}")},
       "fail\nread.responses.200: status is 201, the contract promises 200",
       {things, "/beta/things/7"}},
      {"WhatIsNotCleanedUpIsTold",
       head + Step("one", things, "    capture: {id: /id}\n") + "finally:\n" +
           Step("clean", "'/beta/things/${capture.id}'", ""),
       {Json(R"({"id":7})"), Json("{}", "409 Conflict")},
       "warn: clean did not clean up (status is 409, expected 200)",
       {things, "/beta/things/7"}},
      {"ACaptureStaysInItsSegment",
       head + Step("one", things, "    capture: {id: /id}\n") +
           Step("two", "'/beta/things/${capture.id}/x'", "", "{observe: [status]}"),
       {Json(R"({"id":"a/../b?c=d#e%41"})"), Json("{}")},
       "pass\ntwo status 200",
       {things, "/beta/things/a%2F..%2Fb%3Fc=d%23e%2541/x"}},
      {"ACaptureThatLeadsElsewhereIsNotSent",
       head + Step("one", things, "    capture: {id: /id}\n") +
           Step("two", "'/beta/things/${capture.id}'", "", "{observe: [status]}"),
       {Json(R"({"id":".."})")},
       "inconclusive: the path's '${capture.id}' becomes '..', which asks for something else",
       {things}},
      {"FinallyThatWouldTakeAwayAllIsNotSent",
       head + Step("one", things, "    capture: {id: /id}\n") + "finally:\n" +
           Step("clean", "'/beta/things/${capture.id}'", ""),
       {Json(R"({"id":""})")},
       "warn: clean was not run (the path's '${capture.id}' becomes '', which asks for something "
       "else)",
       {things}},
      {"VariablesComeFromTheProfile",
       "vars: [colour]\n" + head + Step("one", things, "") +
           Step("two", "'/beta/things/${var.colour}'", "", "{observe: [status]}"),
       {Json("{}"), Json("{}")},
       "pass\ntwo status 200",
       {things, "/beta/things/blue"}},
      {"TheCasesLimitEndsIt",
       "limit: 500ms\n" + head + Step("one", things, "") + "  - wait: 501ms\n" +
           Step("two", things, ""),
       {Json("{}")},
       "inconclusive: the case's limit of 500ms is spent",
       {things}},
  };
}

std::vector<Workflow> AllWorkflows() {
  std::vector<Workflow> rows = PollRows();
  for (auto* const more : {ThrottledRows, PageRows, StepRows}) {
    for (Workflow& row : more()) rows.push_back(std::move(row));
  }
  return rows;
}

std::string WithOrigin(std::string text, const std::string& origin) {
  for (std::size_t at = text.find("ORIGIN"); at != std::string::npos; at = text.find("ORIGIN")) {
    text.replace(at, 6, origin);
  }
  return text;
}

std::string TellWorkflow(const nlohmann::json& verdict) {
  std::string told = verdict.at("outcome").get<std::string>();
  const std::string reason = verdict.value("reason", std::string());
  if (!reason.empty()) told += ": " + reason;
  for (const auto& finding : verdict.value("findings", nlohmann::json::array())) {
    told += fmt::format("\n{}: {}", finding["clause"]["id"].get<std::string>(),
                        finding["message"].get<std::string>());
  }
  for (const auto& fact : verdict.value("observed", nlohmann::json::array())) {
    told += fmt::format("\n{} {} {}", fact["step"].get<std::string>(),
                        fact["name"].get<std::string>(), fact["value"].get<std::string>());
  }
  return told;
}

class RunWorkflow : public testing::TestWithParam<Workflow> {
 protected:
  RunWorkflow() {
    project_.Remove("cases/things/documented.yaml");
    project_.Remove("cases/things/without_token.yaml");
    project_.Remove("specs/things/sync/2024-08.yaml");
    project_.Write("specs/things/read/2024-08.yaml", Contract());
  }

  nlohmann::json Entry() const {
    std::istringstream lines(project_.Read("reports/journal.jsonl"));
    for (std::string line; std::getline(lines, line);) {
      const auto entry = nlohmann::json::parse(line, nullptr, false);
      if (!entry.is_discarded() && entry.contains("test")) return entry["test"];
    }
    return {};
  }

  ProgramResult Run(const std::string& text, const HostileServer& server) {
    project_.Write("cases/things/flow.yaml",
                   "title: Flow\noperation: things.read\nidentity: delegated_work\n" + text);
    project_.Write("scripted.yaml",
                   fmt::format(fmt::runtime(kScriptedProfile), FormatOrigin(server.origin())));
    return project_.Conform(
        {"run", "--profile", "scripted.yaml", "--patience", "2h"},
        {"CONFORM_TOKEN_DELEGATED_WORK=" + IssueTestToken({IdentityKind::kDelegatedWork, ""}, "",
                                                          "", std::chrono::system_clock::now())});
  }

  SampleProject project_;
};

TEST_P(RunWorkflow, EndsAsTold) {
  const Workflow& row = GetParam();
  std::vector<Script> played;
  for (const std::string& answer : row.answers) played.push_back(AnswerAndClose(answer));
  HostileServer server(std::move(played));
  const std::string origin = FormatOrigin(server.origin());
  const ProgramResult result = Run(row.text, server);
  const nlohmann::json entry = Entry();
  ASSERT_TRUE(entry.is_object()) << result.output << result.errors;
  EXPECT_EQ(TellWorkflow(entry["verdict"]), WithOrigin(row.told, origin)) << result.output;
  EXPECT_EQ(entry.value("flaky", false), row.told.find("flaky: ") != std::string::npos);
  std::vector<std::string> targets;
  for (const ReceivedRequest& each : server.requests()) targets.push_back(each.request.target);
  EXPECT_EQ(targets, row.targets);
  std::size_t attempts = 0;
  for (const auto& exchange : entry["exchanges"]) attempts += exchange["attempts"].size();
  EXPECT_EQ(attempts, row.targets.size()) << "each attempt is in the record";
}

INSTANTIATE_TEST_SUITE_P(Scripts, RunWorkflow, testing::ValuesIn(AllWorkflows()),
                         [](const auto& param) { return param.param.name; });

class RunSecrets : public RunWorkflow {};

TEST_P(RunSecrets, AreMaskedEverywhere) {
  const Workflow& row = GetParam();
  HostileServer server({AnswerAndClose(row.answers[0]), AnswerAndClose(row.answers[1])});
  const ProgramResult result = Run(row.text, server);
  EXPECT_EQ(server.requests().at(1).request.target, row.targets[1]);
  for (const std::string& written : {result.output, project_.Read("reports/journal.jsonl"),
                                     project_.Read("reports/junit.xml")}) {
    EXPECT_EQ(written.find("s3cr3t-value"), std::string::npos) << written;
  }
  EXPECT_NE(project_.Read("reports/journal.jsonl").find("[key, 12 bytes, "), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(
    Captured, RunSecrets,
    testing::Values(Workflow{
        "InAPath",
        "clauses: [read.responses.200]\nsteps:\n" +
            Step("one", "/beta/things", "    capture: {key: {from: /key, secret: true}}\n") +
            Step("two", "'/beta/things/${capture.key}'", "", "{observe: [status]}"),
        {Json(R"({"key":"s3cr3t-value"})"), Json(R"({"key":"s3cr3t-value"})", "500 s3cr3t-value")},
        "",
        {"/beta/things", "/beta/things/s3cr3t-value"}}),
    [](const auto& param) { return param.param.name; });

}  // namespace
}  // namespace conform
