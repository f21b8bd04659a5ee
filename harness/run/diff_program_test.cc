// What `conform diff` tells of two editions and two pages.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "contract/json_schema.h"
#include "testing/golden.h"
#include "testing/program.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

const std::string kSync = "deviceManagement.windowsAutopilotSettings.sync";

ProgramResult Diff(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), {CONFORM_PROGRAM, "diff"});
  return RunProgram(ProgramCall{std::move(arguments), "", CONFORM_SOURCE});
}

std::string SyncFile(const std::string& edition) {
  return "specs/graph/beta/deviceManagement/windowsAutopilotSettings/sync/" + edition + ".yaml";
}

TEST(DiffProgram, TellsWhatIsNewInAnEdition) {
  const ProgramResult result = Diff({SyncFile("2019-01"), kSync + "@2024-08"});
  EXPECT_EQ(result.exit_code, 1) << result.errors;
  for (const char* told :
       {"\nanswer to handle\n  responses.409: a call may be answered 409\n",
        "  responses.429: a call may be answered 429\n",
        "\nwidening\n  clouds: the national clouds that have the operation are named now\n",
        "DeviceManagementConfiguration.ReadWrite.All suffices too\n",
        "  permissions.application: applications on their own may call now\n",
        "effect: sync.effect was observe, binding nobody, and is must, binding the service, now\n",
        "  notes.1: a note is gone\n", "  license: the page says sync.license in other words\n",
        "edition 2019-01, Prerequisites, sentences bbfb6-117, bbfb6-118\n",
        "edition 2024-08, Permissions, lines 24, 30\n",
        "\n2 answer to handle, 4 widening, 20 editorial\n"}) {
    EXPECT_NE(result.output.find(told), std::string::npos) << told << result.output;
  }
  EXPECT_EQ(result.output.find("breaking"), std::string::npos);
}

TEST(DiffProgram, OfTheOtherWayRoundTellsWhatBreaks) {
  const ProgramResult result = Diff({kSync + "@2024-08", kSync + "@2019-01"});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_NE(result.output.find("\nbreaking\n  permissions.delegated_work: "), std::string::npos);
  EXPECT_NE(result.output.find("permissions.application: applications on their own cannot call"),
            std::string::npos);
}

TEST(DiffProgram, OfOneEditionIsTheSame) {
  const ProgramResult result = Diff({SyncFile("2024-08"), kSync + "@2024-08"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_EQ(result.output, kSync + ": edition 2024-08 to 2024-08\n  before  " +
                               SyncFile("2024-08") + "\n  now     " + kSync +
                               "@2024-08\n\nthe same\n");
}

TEST(DiffProgram, ReadsPages) {
  const std::string pages = CONFORM_TESTDATA "/pages/";
  const ProgramResult result =
      Diff({pages + "loan_renew.zh-CN.2019.md", pages + "loan_renew.en-US.2024.md"});
  EXPECT_EQ(result.exit_code, 1) << result.errors;
  EXPECT_NE(result.output.find("permissions.application: applications on their own may call now"),
            std::string::npos)
      << result.output;
}

TEST(DiffProgram, AsJsonIsWhatItsSchemaSays) {
  const auto schema = JsonSchema::Compile(nlohmann::json::parse(
      ReadTestFile(fs::path(CONFORM_SOURCE) / "reports" / "diff.schema.json"), nullptr, false));
  ASSERT_TRUE(schema.has_value());
  const ProgramResult result = Diff({kSync + "@2019-01", kSync + "@2024-08", "--format", "json"});
  EXPECT_EQ(result.exit_code, 1);
  const nlohmann::json json = nlohmann::json::parse(result.output, nullptr, false);
  const auto breach = (*schema)->Validate(json);
  EXPECT_FALSE(breach.has_value()) << breach->pointer << breach->message;
  EXPECT_EQ(json["same"], false);
  EXPECT_EQ(json["counts"]["widening"], 4);
  EXPECT_EQ(json["changes"][0]["about"], "responses.409");
  EXPECT_EQ(json["changes"][0]["now_clauses"][0]["id"], "sync.response.409");
}

TEST(DiffProgram, AsMarkdownIsATableAKind) {
  const ProgramResult result =
      Diff({kSync + "@2019-01", kSync + "@2024-08", "--format", "markdown"});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_NE(result.output.find("\n## widening\n\n| fact | what changed | before | now | clauses "
                               "|\n|---|---|---|---|---|\n| clouds | "),
            std::string::npos)
      << result.output;
}

TEST(DiffProgram, SaysWhatIsNoOperand) {
  const std::pair<std::vector<std::string>, std::string> rows[] = {
      {{"nothing.yaml", kSync + "@2024-08"},
       "conform: nothing.yaml: no such file; write a contract, a page's Markdown, "
       "OPENAPI#OPERATIONID or "
       "OPERATION@EDITION\n"},
      {{kSync + "@2020-01", kSync + "@2024-08"},
       "conform: " + kSync + " has no edition 2020-01; there is 2019-01 or 2024-08\n"},
      {{"deviceManagement.windowsAutopilotSettings.snyc@2019-01", kSync + "@2024-08"},
       "conform: no operation is named deviceManagement.windowsAutopilotSettings.snyc; did you "
       "mean '" +
           kSync + "'?\n"},
      {{"README.md", kSync + "@2024-08"}, "describes no operation"},
      {{"harness/testdata/openapi/loans.yaml", kSync + "@2024-08"},
       "an OpenAPI description has many operations: name one, "
       "harness/testdata/openapi/loans.yaml#OPERATIONID\n"},
      {{"specs/protocol/http.yaml", kSync + "@2024-08"},
       "conform: specs/protocol/http.yaml: no contract\n"},
  };
  for (const auto& [arguments, told] : rows) {
    const ProgramResult result = Diff(arguments);
    EXPECT_EQ(result.exit_code, 2) << told;
    EXPECT_EQ(result.output, "");
    EXPECT_NE(result.errors.find(told), std::string::npos) << result.errors;
  }
}

}  // namespace
}  // namespace conform
