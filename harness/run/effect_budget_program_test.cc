// What --allow-effects lets go to a tenant: requests, however a case comes to send them.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "run/sample_project.h"
#include "run/sample_tls.h"
#include "testing/hostile_server.h"

namespace conform {
namespace {

const std::string kAnswered204 =
    "title: A case\noperation: things.sync\nclauses: [sync.204]\nidentity: delegated_work\n";
const std::string kRequest =
    R"(request: {method: POST, path: /beta/things/sync, headers: {Authorization: "Bearer ${token}"}, body: none})";
const std::string kResponse = "response: {status: 204}\n";

/// `more`: keys of the step besides, each line indented and ended.
std::string StepOf(const std::string& name, const std::string& more = "") {
  return "  - name: " + name + "\n    " + kRequest + "\n" + more + "    " + kResponse;
}

const std::string kOneRequest = kAnswered204 + kRequest + "\n" + kResponse;
const std::string kTwoSteps = kAnswered204 + "steps:\n" + StepOf("once") + StepOf("again");
const std::string kAskedAgain =
    kAnswered204 + "steps:\n" +
    StepOf("once", "    settle: {answers: [404], every: 1ms, for: 1m}\n");

/// Refused whoever asks: a success would make the next test wait ten minutes.
constexpr const char* kRefused = R"(title: A case
operation: things.sync
clauses: [sync.method]
identity: delegated_work
request: {method: DELETE, path: /beta/things/sync, headers: {Authorization: "Bearer ${token}", Accept: application/json}, body: none}
response: {status: 4xx}
)";

/// What it makes is taken away again.
const std::string kWithCleanup =
    kAnswered204 + "steps:\n" + StepOf("once") + "finally:\n" + StepOf("clean");
const std::string kWithALongCleanup = kAnswered204 + "steps:\n" + StepOf("once") + StepOf("again") +
                                      "finally:\n" + StepOf("clean") + StepOf("sweep");
const std::string kWithoutItsCapture =
    kAnswered204 + "steps:\n" + StepOf("once", "    capture: {id: headers.X-Id}\n") +
    "finally:\n  - name: clean\n    request: {method: DELETE, path: '/beta/${capture.id}', "
    "body: none}\n    response: {status: 204}\n";

constexpr const char* kNotFound =
    "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
constexpr const char* kNotAllowed =
    "HTTP/1.1 405 Method Not Allowed\r\nAllow: POST\r\nContent-Length: 0\r\n"
    "Connection: close\r\n\r\n";
constexpr const char* kThrottled =
    "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 0\r\nContent-Length: 0\r\n"
    "Connection: close\r\n\r\n";

struct BudgetRow {
  const char* name;
  std::vector<std::string> cases;
  std::vector<const char*> answers;
  int allowed;
  std::size_t sent;
  std::vector<std::string> outcomes;
};

void PrintTo(const BudgetRow& row, std::ostream* out) { *out << row.name; }

class EffectBudget : public testing::TestWithParam<BudgetRow> {};

TEST_P(EffectBudget, LetsThatManyRequestsGo) {
  const BudgetRow& row = GetParam();
  std::vector<Script> scripts;
  for (const char* const answer : row.answers) scripts.push_back(AnswerAndClose(answer));
  const HostileServer tenant(std::move(scripts));
  const SampleProject project;
  project.Write("lab.yaml", fmt::format("name: lab\ntitle: A lab\ntarget: {}\ntenant: true\n"
                                        "soften: {{http: observe, oauth: observe, odata: observe, "
                                        "graph: observe}}\n",
                                        FormatOrigin(tenant.origin())));
  project.Remove("cases/things/documented.yaml");
  project.Remove("cases/things/without_token.yaml");
  for (std::size_t i = 0; i < row.cases.size(); ++i) {
    project.Write(fmt::format("cases/things/case_{}.yaml", i), row.cases[i]);
  }
  const ProgramResult ran = project.Conform(
      {"run", "--profile", "lab.yaml", "--allow-effects", std::to_string(row.allowed), "--patience",
       "2m", "--no-history"},
      SettledVariables({"CONFORM_TOKEN_DELEGATED_WORK=opaque-token-4711",
                        "XDG_STATE_HOME=" + (project.folder() / "state").string()}));
  EXPECT_EQ(tenant.requests().size(), row.sent) << ran.output << ran.errors;
  std::vector<std::string> outcomes;
  const auto record = nlohmann::json::parse(project.Read("reports/run.json"), nullptr, false);
  ASSERT_FALSE(record.is_discarded()) << ran.errors;
  for (const auto& test : record["tests"]) outcomes.push_back(test["verdict"]["outcome"]);
  EXPECT_EQ(outcomes, row.outcomes) << ran.output;
}

INSTANTIATE_TEST_SUITE_P(
    Ways, EffectBudget,
    testing::Values(
        BudgetRow{"None", {kOneRequest}, {}, 0, 0, {"skip"}},
        BudgetRow{
            "OverCases", {kRefused, kRefused}, {kNotAllowed, kNotAllowed}, 1, 1, {"pass", "skip"}},
        BudgetRow{"EnoughForCases",
                  {kRefused, kRefused},
                  {kNotAllowed, kNotAllowed},
                  2,
                  2,
                  {"pass", "pass"}},
        BudgetRow{"OverSteps", {kTwoSteps}, {kNoContent, kNoContent}, 1, 0, {"skip"}},
        BudgetRow{"EnoughForSteps", {kTwoSteps}, {kNoContent, kNoContent}, 2, 2, {"pass"}},
        BudgetRow{"OverWhatIsAskedAgain",
                  {kAskedAgain},
                  {kNotFound, kNotFound, kNoContent},
                  2,
                  2,
                  {"inconclusive"}},
        BudgetRow{"EnoughForWhatIsAskedAgain",
                  {kAskedAgain},
                  {kNotFound, kNotFound, kNoContent},
                  3,
                  3,
                  {"pass"}},
        BudgetRow{"NotBegunWithoutItsCleanup", {kWithCleanup}, {kNoContent}, 1, 0, {"skip"}},
        BudgetRow{"EnoughForItsCleanup", {kWithCleanup}, {kNoContent, kNoContent}, 2, 2, {"pass"}},
        BudgetRow{"NotBegunWithoutAllOfItsCleanup",
                  {kWithALongCleanup},
                  {kNoContent, kNoContent, kNoContent},
                  3,
                  0,
                  {"skip"}},
        BudgetRow{"WhatIsKeptForCleanupGoesToNoStep",
                  {kAskedAgain + "finally:\n" + StepOf("clean")},
                  {kNotFound, kNoContent},
                  2,
                  2,
                  {"inconclusive"}},
        BudgetRow{"TheNextIsNotBegunWithoutItsCleanup",
                  {kWithCleanup, kWithCleanup},
                  {kNoContent, kNoContent},
                  3,
                  2,
                  {"pass", "skip"}},
        BudgetRow{"WhatNoCleanupNeededIsGivenBack",
                  {kWithoutItsCapture, kRefused},
                  {kNoContent, kNotAllowed},
                  2,
                  2,
                  {"inconclusive", "pass"}},
        // Nobody asked for it to be sent again.
        BudgetRow{"AThrottledRequestIsNotRepeated",
                  {kOneRequest},
                  {kThrottled, kNoContent},
                  9,
                  1,
                  {"inconclusive"}}),
    [](const auto& param) { return param.param.name; });

}  // namespace
}  // namespace conform
