#include "report/coverage_text.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "record/example_record.h"

namespace conform {
namespace {

RunRecord CoveredRecord() {
  RunRecord record;
  const ClauseRecord kept = ExampleClause("sync.response.204", Binds::kService, Strength::kMust);
  const ClauseRecord broken =
      ExampleClause("sync.request.method", Binds::kService, Strength::kMust);
  const ClauseRecord both = ExampleProtocolClause("http.405.allow", Strength::kMust);
  const ClauseRecord client = ExampleClause("sync.request.accept", Binds::kClient, Strength::kMust);
  record.header.clauses = {
      kept,
      both,
      broken,
      client,
      ExampleClause("sync.license", Binds::kTenant, Strength::kMust),
      ExampleClause("sync.maturity", Binds::kNobody, Strength::kObserve),
      ExampleClause("sync.request.permissions.delegated_personal.is_not_supported", Binds::kService,
                    Strength::kMust,
                    "a personal account that holds the permission cannot be made, because the "
                    "permission is granted to work accounts alone"),
      ExampleClause("sync.request.path", Binds::kService, Strength::kMust),
      ExampleProtocolClause("graph.request_id.present", Strength::kShould)};
  for (const char* name : {"a", "b", "c", "d", "e"}) {
    TestRecord test = ExampleTest(name, Outcome::kPass);
    test.verdict.judged = {{kept.key, true}, {both.key, test.name != "b"}};
    if (test.name == "e") test.verdict.judged.push_back({broken.key, false});
    if (test.name == "c") test.verdict.client_kept = {client.key};
    record.tests.push_back(test);
  }
  return record;
}

TEST(RenderCoverage, IsATableForEachEditionAndSet) {
  const RunRecord record = CoveredRecord();
  EXPECT_EQ(RenderCoverage(ComputeCoverage(record)),
            R"(deviceManagement.windowsAutopilotSettings.sync, edition 2019-01
  clause                                        strength  binds    state
  sync.response.204                             must      service  judged by 5 tests: a, b, c, …
  sync.request.method                           must      service  judged, BROKEN by 1 test: e
  sync.request.accept                           must      client   client-kept by 1 test: c
  sync.license                                  must      tenant   tenant condition
  sync.maturity                                 observe   nobody   observed
  sync.request.permissions.delegated_personal.is_not_supported
                                                must      service  untested: a personal account that
                                                                   holds the permission cannot be
                                                                   made, because the permission is
                                                                   granted to work accounts alone
  sync.request.path                             must      service  MISSING

protocol http
  clause                                        strength  binds    state
  http.405.allow                                must      service  judged by 4 tests: a, c, d, …;
                                                                   BROKEN by 1 test: b

protocol graph
  clause                                        strength  binds    state
  graph.request_id.present                      should    service  MISSING

contract clauses: 7 (2 judged, 1 client-kept, 1 tenant condition, 1 observed, 1 untested, 1 MISSING)
protocol clauses: 2 (1 judged, 1 MISSING)
judged: 2 of 4 promised (contract clauses of the service, must or should)
)");
}

TEST(RenderCoverage, NamesATestOfTwoEditionsOnce) {
  RunRecord record;
  const ClauseRecord clause = ExampleProtocolClause("http.date", Strength::kMust);
  record.header.clauses = {clause};
  for (const char* suite : {"s/2019_01", "s/2024_08"}) {
    TestRecord test = ExampleTest("a", Outcome::kPass);
    test.suite = suite;
    test.verdict.judged = {{clause.key, true}};
    record.tests.push_back(test);
  }
  EXPECT_EQ(RenderCoverage(ComputeCoverage(record)),
            R"(protocol http
  clause     strength  binds    state
  http.date  must      service  judged by 2 tests: a

protocol clauses: 1 (1 judged)
judged: 0 of 0 promised (contract clauses of the service, must or should)
)");
}

TEST(RenderCoverage, FillsAHundredColumnsAndNoMore) {
  // 29 columns before the state, `untested: ` takes 10, ` end` 4.
  const std::pair<std::string, std::string> rows[] = {
      {std::string(57, 'x'), " end\n"},
      {std::string(58, 'x'), "\n" + std::string(29, ' ') + "end\n"}};
  for (const auto& [reason, rest] : rows) {
    RunRecord record;
    record.header.clauses = {
        ExampleClause("abcd", Binds::kService, Strength::kMust, reason + " end")};
    const std::string text = RenderCoverage(ComputeCoverage(record));
    const std::string row =
        fmt::format("  abcd    must      service  untested: {}{}", reason, rest);
    EXPECT_NE(text.find(row), std::string::npos) << text;
  }
}

TEST(RenderCoverageJson, NamesEveryTest) {
  RunRecord record = CoveredRecord();
  record.header.clauses = {record.header.clauses[1], record.header.clauses[6]};
  record.tests.resize(2);
  EXPECT_EQ(RenderCoverageJson(ComputeCoverage(record)), R"({
  "clauses": [
    {
      "id": "http.405.allow",
      "operation": "",
      "edition": "",
      "strength": "must",
      "binds": "service",
      "state": "judged",
      "untested": "",
      "kept_by": [
        "deviceManagement_windowsAutopilotSettings_sync/2019_01.a"
      ],
      "broken_by": [
        "deviceManagement_windowsAutopilotSettings_sync/2019_01.b"
      ]
    },
    {
      "id": "sync.request.permissions.delegated_personal.is_not_supported",
      "operation": "deviceManagement.windowsAutopilotSettings.sync",
      "edition": "2019-01",
      "strength": "must",
      "binds": "service",
      "state": "untested",
      "untested": "a personal account that holds the permission cannot be made, because the permission is granted to work accounts alone",
      "kept_by": [],
      "broken_by": []
    }
  ],
  "contract": {
    "judged": 0,
    "promised": 1
  }
}
)");
}

}  // namespace
}  // namespace conform
