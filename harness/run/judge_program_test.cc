// `conform judge` on recordings of the shapes that browsers, proxies and clients write.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

#include "run/sample_project.h"
#include "run/sample_read_contract.h"
#include "testing/golden.h"
#include "testing/program.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

struct Judged {
  int exit_code = -1;
  std::string lines;  ///< of the console, those that tell of an exchange.
  std::string whole;
  std::string errors;
  fs::path folder;
};

Judged Judge(const fs::path& recording, std::vector<std::string> more = {}) {
  Judged judged;
  judged.folder = fs::path(testing::TempDir()) /
                  ("judge_" + recording.stem().string() + "_" + std::to_string(::getpid()));
  std::vector<std::string> arguments = {
      CONFORM_PROGRAM, "judge", recording.string(), "--out", judged.folder.string(),
      "--report",      "all"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  const ProgramResult result = RunProgram({.arguments = arguments, .folder = CONFORM_SOURCE});
  judged.exit_code = result.exit_code;
  judged.whole = result.output;
  judged.errors = result.errors;
  std::istringstream out(result.output);
  for (std::string line; std::getline(out, line);) {
    const bool verdict = line.find("entry_") != std::string::npos && line[0] != ' ' &&
                         line.find("har:") == std::string::npos;
    if (verdict || line.starts_with("NOT JUDGED")) judged.lines += line + "\n";
  }
  return judged;
}

fs::path Recording(const std::string& name) { return CONFORM_TESTDATA "/har/" + name + ".har"; }

TEST(ConformJudge, TellsOfEachExchangeWhatItIsWorth) {
  const Judged judged = Judge(Recording("chromium"));
  EXPECT_EQ(judged.exit_code, 1) << judged.errors << judged.whole;
  EXPECT_EQ(
      judged.lines,
      "NOT JUDGED  harness/testdata/har/chromium.har: entry 0: OPTIONS "
      "https://graph.microsoft.com/beta/deviceManagement/windowsAutopilotSettings/sync: that "
      "path's operations are called with POST\n"
      "NOT JUDGED  harness/testdata/har/chromium.har: entry 3: POST "
      "https://login.microsoftonline.com/organizations/oauth2/v2.0/token: no contract is of that "
      "address\n"
      "NOT JUDGED  harness/testdata/har/chromium.har: entry 6: GET "
      "https://graph.microsoft.com/beta/deviceManagement/deviceCategories: it was answered from a "
      "cache\n"
      "PASS  deviceManagement_windowsAutopilotSettings_sync/2024_08.entry_1\n"
      "PASS  deviceManagement_deviceCategories_list/2024_08.entry_2\n"
      "FAIL  deviceManagement_windowsAutopilotSettings_sync/2024_08.entry_4\n"
      "FAIL  deviceManagement_deviceCategories_list/2024_08.entry_5: it was answered 401, and a "
      "recording does not show whether who asked may\n"
      "INCONCLUSIVE  deviceManagement_deviceCategories_get/2024_08.entry_7: the content may have "
      "another shape: the query asks for $select\n");
  EXPECT_NE(judged.whole.find("status is 200, the contract promises 204"), std::string::npos);
  EXPECT_NE(judged.whole.find("http.401.www_authenticate"), std::string::npos);
  EXPECT_NE(judged.whole.find("A recording shows neither the bytes on the wire, nor who asked, nor "
                              "the tenant's state: "),
            std::string::npos);
}

TEST(ConformJudge, AnAnswerPromisedForAConditionIsInconclusive) {
  const Judged firefox = Judge(Recording("firefox"));
  EXPECT_EQ(firefox.lines,
            "INCONCLUSIVE  deviceManagement_windowsAutopilotSettings_sync/2024_08.entry_0: the "
            "service answered 429 Too Many Requests, which no step asked for\n"
            "FAIL  deviceManagement_windowsAutopilotSettings_get/2024_08.entry_1\n");
  EXPECT_NE(firefox.whole.find("body/syncStatus"), std::string::npos) << firefox.whole;
}

TEST(ConformJudge, ANationalCloudsHostIsTheServiceToo) {
  const Judged judged = Judge(Recording("mitmproxy"));
  EXPECT_EQ(judged.exit_code, 3) << judged.errors;
  EXPECT_EQ(judged.lines,
            "PASS  deviceManagement_windowsAutopilotSettings_sync/2024_08.entry_0\n"
            "INCONCLUSIVE  deviceManagement_windowsAutopilotSettings_sync/2024_08.entry_1: status "
            "is 409, which the contract promises for a condition that cannot be excluded\n");
}

TEST(ConformJudge, WhatItTellsIsNotSentAgain) {
  const Judged judged = Judge(Recording("postman"));
  const ProgramResult replayed =
      RunProgram({.arguments = {CONFORM_PROGRAM, "replay", (judged.folder / "run.json").string(),
                                "deviceManagement_deviceCategories_delete/2024_08.entry_0",
                                "--base-url", "http://127.0.0.1:1"},
                  .folder = CONFORM_SOURCE});
  EXPECT_EQ(replayed.exit_code, 2) << replayed.output << replayed.errors;
  EXPECT_NE(replayed.errors.find("tells what another tool sent, as "
                                 "harness/testdata/har/postman.har holds it: no case sends that"),
            std::string::npos)
      << replayed.errors;
}

TEST(ConformJudge, WithoutAnAnswerNothingIsTold) {
  const Judged judged = Judge(Recording("postman"));
  EXPECT_EQ(judged.lines,
            "PASS  deviceManagement_deviceCategories_delete/2024_08.entry_0\n"
            "INCONCLUSIVE  deviceManagement_deviceCategories_delete/2024_08.entry_1: the recording "
            "holds no answer: net::ERR_CONNECTION_RESET\n");
}

TEST(ConformJudge, AnOlderDayIsJudgedByItsEdition) {
  const Judged judged = Judge(Recording("chromium"), {"--as-of", "2020-01"});
  EXPECT_EQ(judged.exit_code, 1);
  EXPECT_NE(
      judged.lines.find("PASS  deviceManagement_windowsAutopilotSettings_sync/2019_01.entry_1\n"),
      std::string::npos)
      << judged.lines;
}

TEST(ConformJudge, NoSecretOfTheRecordingIsInAnyOutput) {
  const Judged judged = Judge(Recording("chromium"));
  std::string all = judged.whole + judged.errors;
  std::size_t files = 0;
  for (const auto& entry : fs::recursive_directory_iterator(judged.folder)) {
    if (!entry.is_regular_file()) continue;
    all += ReadTestFile(entry.path());
    ++files;
  }
  EXPECT_GE(files, 3U);
  for (const char* secret : {"EwB4A8l6BAAUkj1NuJYtTVha", "aaaaSECRETCOOKIE", "bbbbSECRETCOOKIE",
                             "ccccSECRETSIG", "ddddSECRETREFRESH", "eeeeSECRETACCESS"}) {
    EXPECT_EQ(all.find(secret), std::string::npos) << secret;
  }
  const auto record = nlohmann::json::parse(ReadTestFile(judged.folder / "run.json"));
  EXPECT_EQ(record["header"]["population"], 8);
  EXPECT_EQ(record["header"]["selected"], 5);
  EXPECT_EQ(record["header"]["left_out"].size(), 3U);
  EXPECT_EQ(record["header"]["mock"], false);
  EXPECT_EQ(record["header"]["target"],
            "https://graph.microsoft.com, recorded in harness/testdata/har/chromium.har");
}

/// As conform and others write it where an answer was too long for them.
TEST(ConformJudge, OfContentThatIsNotAllThereOnlyTheStatusIsJudged) {
  const fs::path file =
      fs::path(testing::TempDir()) / ("cut_" + std::to_string(::getpid()) + ".har");
  std::ofstream(file) << R"({"log":{"entries":[
    {"request":{"method":"GET",
       "url":"https://graph.microsoft.com/beta/deviceManagement/deviceCategories"},
     "response":{"status":200,
       "headers":[{"name":"Content-Type","value":"application/json"},
                  {"name":"Date","value":"Mon, 30 Nov 2026 06:16:00 GMT"},
                  {"name":"request-id","value":"7c9e6679-7425-40de-944b-e07fc1f90ae7"}],
       "content":{"size":40000,"text":"{\"value\": ["}}},
    {"request":{"method":"POST",
       "url":"https://graph.microsoft.com/beta/deviceManagement/windowsAutopilotSettings/sync"},
     "response":{"status":204,"content":{"size":40000,"text":"{\"value\": ["}}}]}})";
  const Judged judged = Judge(file);
  EXPECT_EQ(judged.lines,
            "INCONCLUSIVE  deviceManagement_deviceCategories_list/2024_08.entry_0: the recording "
            "does not hold the content as it came\n"
            "FAIL  deviceManagement_windowsAutopilotSettings_sync/2024_08.entry_1\n")
      << judged.whole;
}

TEST(ConformJudge, WhatIsOfNoOperationIsRefused) {
  const fs::path file =
      fs::path(testing::TempDir()) / ("other_" + std::to_string(::getpid()) + ".har");
  std::ofstream(file)
      << R"({"log":{"entries":[{"request":{"method":"GET","url":"https://a.example/x"},
    "response":{"status":200}}]}})";
  const Judged judged = Judge(file);
  EXPECT_EQ(judged.exit_code, 2);
  EXPECT_NE(judged.errors.find("of its 1 exchange none is of an operation; where the service "
                               "has another address than the contracts say, give it with "
                               "--base-url\n"),
            std::string::npos)
      << judged.errors;
}

TEST(ConformJudge, AFileThatIsNoneOrNoHarIsRefused) {
  const Judged absent = Judge("/nowhere/session.har");
  EXPECT_EQ(absent.exit_code, 2);
  EXPECT_NE(absent.errors.find("/nowhere/session.har: error: "), std::string::npos)
      << absent.errors;
  const Judged yaml = Judge(CONFORM_SOURCE "/specs/protocol/http.yaml");
  EXPECT_EQ(yaml.exit_code, 2);
  EXPECT_NE(
      yaml.errors.find("specs/protocol/http.yaml:1:1: error: here the file ceases to be JSON"),
      std::string::npos)
      << yaml.errors;
}

/// A recording of one answer with that content.
std::string RecordingOf(const std::string& type, const std::string& text,
                        const std::string& query = "") {
  const nlohmann::json entry = {
      {"startedDateTime", "2026-11-30T00:00:00.000Z"},
      {"time", 1},
      {"request",
       {{"method", "GET"},
        {"url", "https://graph.microsoft.com/beta/things" + query},
        {"httpVersion", "HTTP/1.1"},
        {"headers", nlohmann::json::array()}}},
      {"response",
       {{"status", 200},
        {"statusText", "OK"},
        {"httpVersion", "HTTP/1.1"},
        {"headers",
         {{{"name", "Content-Type"}, {"value", type}},
          {{"name", "Date"}, {"value", "Mon, 30 Nov 2026 00:00:00 GMT"}}}},
        {"content", {{"size", text.size()}, {"mimeType", type}, {"text", text}}}}}};
  return nlohmann::json{{"log", {{"version", "1.2"}, {"entries", {entry}}}}}.dump();
}

TEST(ConformJudge, HoldsContentAgainstTheSchemaOfTheTypeThatWasAnswered) {
  const SampleProject project;
  project.Remove("specs/things/sync/2024-08.yaml");
  project.Remove("cases/things/documented.yaml");
  project.Remove("cases/things/without_token.yaml");
  project.Write("specs/things/read/2024-08.yaml",
                SampleReadContract("path: /things\nresponses:\n  200: {when: success, content: "
                                   "{application/json: {schema: {type: object}}, "
                                   "application/vnd.list+json: {schema: {type: array}}, "
                                   "'*/*': {schema: {type: string}}}}\n",
                                   {"responses.200"}));
  const auto broken = [&](const std::string& type, const std::string& text) {
    project.Write("a.har", RecordingOf(type, text));
    const ProgramResult judged =
        project.Conform({"judge", "a.har", "--base-url", "https://graph.microsoft.com"});
    return judged.output.find("what its schema says") != std::string::npos ? "schema"
           : judged.exit_code == 1                                         ? judged.output
                                                                           : judged.errors;
  };
  EXPECT_EQ(broken("application/json", "{}"), "");
  EXPECT_EQ(broken("application/json", "[]"), "schema");
  EXPECT_EQ(broken("application/vnd.list+json", "[]"), "");
  EXPECT_EQ(broken("application/vnd.list+json", "{}"), "schema");
  EXPECT_EQ(broken("application/problem+json", "\"text\""), "");
  EXPECT_EQ(broken("application/problem+json", "[]"), "schema");
  EXPECT_EQ(broken("text/plain", "[]"), "");
}

TEST(ConformJudge, KnowsAParameterHoweverItsNameIsSpelt) {
  const SampleProject project;
  project.Remove("specs/things/sync/2024-08.yaml");
  project.Remove("cases/things/documented.yaml");
  project.Remove("cases/things/without_token.yaml");
  project.Write("specs/things/read/2024-08.yaml",
                SampleReadContract("path: /things\nparameters:\n  - {name: filter, in: query, "
                                   "required: false, schema: {type: string}}\nresponses:\n  200: "
                                   "{when: success, content: {application/json: {schema: {type: "
                                   "object}}}}\n",
                                   {"parameters.filter", "responses.200"}));
  const auto told = [&](const std::string& query) {
    project.Write("a.har", RecordingOf("application/json", "[]", query));
    const ProgramResult judged =
        project.Conform({"judge", "a.har", "--base-url", "https://graph.microsoft.com"});
    const std::size_t asked = judged.output.find("the query asks for");
    return judged.exit_code == 1 ? "schema"
           : asked == std::string::npos
               ? judged.errors + judged.output
               : judged.output.substr(asked, judged.output.find('\n', asked) - asked);
  };
  EXPECT_EQ(told("?filter=a"), "schema");
  EXPECT_EQ(told("?%66ilter=a&fil%74er=b"), "schema");
  EXPECT_EQ(told("?%66ilter=a&p%5Bx%5D+y=b"), "the query asks for p[x] y");
}

}  // namespace
}  // namespace conform
