// History, comparison and watching, by the built program.
#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <nlohmann/json.hpp>

#include "contract/json_schema.h"
#include "run/sample_history.h"
#include "testing/golden.h"
#include "testing/hostile_server.h"

namespace conform {
namespace {

/// What breaks the published schema of that name; empty: nothing.
std::string BreachOf(const std::string& schema_name, const std::string& text) {
  using nlohmann::json;
  const auto schema = JsonSchema::Compile(
      json::parse(ReadTestFile(CONFORM_SOURCE "/reports/" + schema_name), nullptr, false));
  if (!schema) return "no schema";
  const auto breach = (*schema)->Validate(json::parse(text, nullptr, false));
  return breach ? breach->pointer + ": " + breach->message : "";
}

TEST_F(HistoryProgramTest, KeepsEachRunUnlessToldNotTo) {
  EXPECT_EQ(Conform({"history"}).output, "no run is kept yet\n");
  EXPECT_EQ(Conform({"run"}).errors, "");
  Conform({"run", "--no-history"});
  Conform({"run", "--history", "mine.sqlite"});
  const ProgramResult listed = Conform({"history"});
  EXPECT_EQ(listed.exit_code, 0);
  EXPECT_EQ(listed.output.substr(0, 14), "    1  @     2") << listed.output;
  EXPECT_NE(listed.output.find("exit 0  mock at embedded mock: 2 pass\n"), std::string::npos)
      << listed.output;
  EXPECT_NE(Conform({"history", "--history", "mine.sqlite", "--format", "json"})
                .output.find("\"pass\": 2"),
            std::string::npos);
  EXPECT_EQ(Conform({"history", "--check"}).output.substr(0, 41),
            "1 run; the chain of digests holds\nhead: 1");
  EXPECT_EQ(Conform({"history", "--prune", "90d"}).output, "0 runs older than 90d forgotten\n");
  EXPECT_EQ(Conform({"history", "--prune", "100000w"}).output,
            "0 runs older than 100000w forgotten\n");
  EXPECT_EQ(Conform({"history", "--prune", "soon"}).exit_code, 2);
  EXPECT_NE(Conform({"history", "--case", "things/documented"}).output.find("0 in 1 run\n"),
            std::string::npos);
  EXPECT_EQ(Conform({"history", "--case", "other"}).exit_code, 2);
}

/// Prints the mistakes of a listing by the published schema.
constexpr const char* kValidateListing = R"PY(
import json, sys, jsonschema
schema = json.load(open(sys.argv[1]))
jsonschema.Draft7Validator.check_schema(schema)
errors = jsonschema.Draft7Validator(schema).iter_errors(json.load(sys.stdin))
print("; ".join(sorted(e.message for e in errors)) or "valid")
)PY";

std::string ValidateListing(const std::string& listing) {
  const ProgramResult result = RunProgram(
      {"python3", "-c", kValidateListing, CONFORM_SOURCE "/reports/history.schema.json"}, listing);
  return result.output + result.errors;
}

TEST_F(HistoryProgramTest, ListsAsThePublishedSchemaSays) {
  Conform({"run"});
  RunOn({"success_200"});
  const std::string runs = Conform({"history", "--format", "json"}).output;
  EXPECT_EQ(ValidateListing(runs), "valid\n");
  EXPECT_EQ(BreachOf("history.schema.json", runs), "");
  const std::string tests =
      Conform({"history", "--case", "things/documented", "--format", "json"}).output;
  EXPECT_EQ(ValidateListing(tests), "valid\n");
  EXPECT_EQ(ValidateListing("[]"), "valid\n");
  EXPECT_NE(ValidateListing(R"([{"number": 0}])"), "valid\n");
}

TEST_F(HistoryProgramTest, AHeadKeptElsewhereShowsAChainThatWasComputedAnew) {
  Conform({"run"});
  const std::string told = Conform({"history", "--check"}).output;
  const std::string head = told.substr(told.find("head: ") + 6, 66);
  Conform({"run"});
  EXPECT_NE(project_.Read("reports/run.json").find(head), std::string::npos);
  EXPECT_EQ(Conform({"history", "--check", "--head", head}).exit_code, 0);
  EXPECT_EQ(Conform({"history", "--check", "--head", "reports/run.json"}).exit_code, 0);
  const std::string other = "1:" + std::string(64, 'a');
  const ProgramResult anew = Conform({"history", "--check", "--head", other});
  EXPECT_EQ(anew.exit_code, 1);
  EXPECT_NE(anew.output.find("broken: run 1 is another than the one whose digest was kept"),
            std::string::npos);
  EXPECT_EQ(Conform({"history", "--check", "--head", "1:ab"}).exit_code, 2);
  EXPECT_EQ(Conform({"history", "--head", head}).exit_code, 2);
}

TEST_F(HistoryProgramTest, AHistoryThatCannotBeUsedIsRefusedWhenNamedAndToldElse) {
  project_.Write("no.sqlite", "this is some text and no database at all, however long it is");
  const ProgramResult named = Conform({"run", "--history", "no.sqlite"});
  EXPECT_EQ(named.exit_code, 2);
  EXPECT_TRUE(named.errors.starts_with("conform: no.sqlite: file is not a database: name "));
  EXPECT_EQ(project_.Read("reports/run.json"), "");
  project_.Write("state/conform/history.sqlite", "no database either, and yet nothing to fail for");
  const ProgramResult run = Conform({"run"});
  EXPECT_EQ(run.exit_code, 0);
  EXPECT_EQ(run.errors.substr(0, run.errors.find(project_.folder().string())),
            "conform: this run is not kept: ");
}

TEST_F(HistoryProgramTest, ARunThatCannotBeKeptWhereItWasNamedIsNotGreen) {
  const std::string place = (project_.folder() / "state/conform/history.sqlite").string();
  EXPECT_EQ(Conform({"run"}).exit_code, 0);
  SQLite::Database(place, SQLite::OPEN_READWRITE)
      .exec("CREATE TRIGGER full BEFORE INSERT ON run BEGIN SELECT RAISE(ABORT, 'no room'); END");
  for (const auto& [history, exit_code] :
       {std::pair(std::vector<std::string>{}, 0), {{"--history", place}, 3}}) {
    std::vector<std::string> arguments = {"run"};
    arguments.insert(arguments.end(), history.begin(), history.end());
    const ProgramResult run = Conform(arguments);
    EXPECT_EQ(run.exit_code, exit_code);
    EXPECT_EQ(run.errors, "conform: this run is not kept: " + place + ": no room\n");
    const std::string last = run.output.substr(run.output.rfind("\nexit code "));
    EXPECT_TRUE(last.starts_with("\nexit code " + std::to_string(exit_code))) << last;
    EXPECT_EQ(RunOn({"success_200"}, history).exit_code, 1);
  }
}

TEST_F(HistoryProgramTest, DiffComparesRunsCaseByCase) {
  RunOn({});
  RunOn({});
  const ProgramResult same = Conform({"diff", "@-1", "@"});
  EXPECT_EQ(same.exit_code, 0) << same.output << same.errors;
  EXPECT_EQ(LastLine(same.output), "nothing changed");
  RunOn({"success_200"}, {"--out", "later"});
  const ProgramResult differs = Conform({"diff", "@-1", "@"});
  EXPECT_EQ(differs.exit_code, 1) << differs.errors;
  EXPECT_NE(differs.output.find("pass -> fail  things_sync/2024_08.documented\n"
                                "  status is 200, the contract promises 204 (sync.204)\n"),
            std::string::npos)
      << differs.output;
  const ProgramResult files = Conform({"diff", "reports/run.json", "later", "--format", "json"});
  EXPECT_EQ(files.exit_code, 1) << files.errors;
  EXPECT_NE(files.output.find("\"kind\": \"outcome\""), std::string::npos);
  EXPECT_EQ(BreachOf("run-difference.schema.json", files.output), "");
  EXPECT_NE(BreachOf("run-difference.schema.json", R"({"format":1})"), "");
  EXPECT_EQ(Conform({"diff", "@-9", "@"}).exit_code, 2);
  EXPECT_EQ(Conform({"diff", "@x", "@"}).exit_code, 2);
}

TEST_F(HistoryProgramTest, DiffTakesAJournal) {
  RunOn({});
  RunOn({}, {"--out", "later"});
  const ProgramResult same = Conform({"diff", "reports/run.json", "later/journal.jsonl"});
  EXPECT_EQ(same.exit_code, 0) << same.errors;
  EXPECT_EQ(LastLine(same.output), "nothing changed");
}

TEST_F(HistoryProgramTest, ShowsAStrangersNamesAsText) {
  RunOn({}, {"--history", "h.sqlite"});
  std::string record = project_.Read("reports/run.json");
  const std::string name = R"("profile":"mock")";
  record.replace(record.find(name), name.size(), R"("profile":"evil\u001b]0;pwned\u0007")");
  project_.Write("evil.json", record);
  const std::string compared = Conform({"diff", "reports/run.json", "evil.json"}).output;
  EXPECT_NE(compared.find("evil\\x1B]0;pwned\\x07 at "), std::string::npos) << compared;
  EXPECT_EQ(compared.find('\x1b'), std::string::npos);
  SQLite::Database(project_.folder() / "h.sqlite", SQLite::OPEN_READWRITE)
      .exec(
          "UPDATE run SET header = replace(header, '\"profile\":\"mock\"', "
          "'\"profile\":\"evil\\u001b\"'), series = char(27) || 'evil', previous_sha256 = char(27) "
          "|| 'evil', entry_sha256 = char(27) || 'evil'");
  for (const std::vector<std::string>& more :
       {std::vector<std::string>{}, {"--check"}, {"--case", "things/documented"}}) {
    std::vector<std::string> arguments = {"history", "--history", "h.sqlite"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const std::string told = Conform(arguments).output;
    EXPECT_EQ(told.find('\x1b'), std::string::npos) << told;
    EXPECT_NE(told.find("\\x1B"), std::string::npos) << told;
  }
}

TEST_F(HistoryProgramTest, ABaselineLetsOnlyNewFailuresCount) {
  EXPECT_EQ(RunOn({"success_200"}, {"--out", "before"}).exit_code, 1);
  const ProgramResult known = RunOn({"success_200"}, {"--baseline", "before/run.json"});
  EXPECT_EQ(known.exit_code, 0) << known.output;
  EXPECT_NE(LastLine(known.output).find("1 of 2 tests failed, each as in the baseline"),
            std::string::npos)
      << known.output;
  EXPECT_EQ(Conform({"report", "reports", "--baseline", "before", "--out", "again"}).exit_code, 0);
  EXPECT_EQ(project_.Read("reports/junit.xml").find("<failure"), std::string::npos);
  for (const std::string name : {"/summary.md", "/report.html", "/junit.xml"}) {
    EXPECT_EQ(project_.Read("again" + name), project_.Read("reports" + name)) << name;
  }
  const ProgramResult merged =
      Conform({"report", "--merge", "reports", "--baseline", "before", "--out", "merged"});
  EXPECT_EQ(merged.exit_code, 0) << merged.output;
  EXPECT_EQ(LastLine(merged.output), LastLine(known.output));
  const ProgramResult fresh =
      RunOn({"success_200", "authorization_ignored"}, {"--baseline", "before"});
  EXPECT_EQ(fresh.exit_code, 1);
  EXPECT_NE(LastLine(fresh.output).find("2 of 2 tests failed, 1 as not in the baseline"),
            std::string::npos)
      << fresh.output;
  EXPECT_EQ(Conform({"run", "--baseline", "nowhere"}).exit_code, 2);
}

TEST_F(HistoryProgramTest, WatchSaysOnlyWhatChanged) {
  const ProgramResult first = Watch({"success_200"});
  EXPECT_EQ(first.exit_code, 1);  // its own verdict
  EXPECT_EQ(first.output,
            "first run of mock at loopback: 2 tests; later ones are compared with it\n");
  const ProgramResult same = Watch({"success_200"});
  EXPECT_EQ(same.exit_code, 0);
  EXPECT_EQ(same.output + same.errors, "");
  const ProgramResult mended = Watch({});
  EXPECT_EQ(mended.exit_code, 1);
  EXPECT_EQ(mended.output, "fail -> pass  things_sync/2024_08.documented\n");
  const ProgramResult out = Conform({"watch", "--base-url", "http://127.0.0.1:1"});
  EXPECT_EQ(out.exit_code, 3);
  EXPECT_EQ(out.output,
            "answers: the target gives no answer at all\n"
            "could not tell: the target gave no answer at all\n");
}

TEST_F(HistoryProgramTest, WatchTellsAProgramAWebhookAndPrometheus) {
  Watch({});
  HostileServer webhook(
      {AnswerAndClose("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")});
  const SampleMock mock(project_, {"success_200"});
  const ProgramResult result =
      Conform({"watch", "--base-url", mock.address(), "--metrics", "conform.prom", "--notify",
               "sh -c 'cat > told.txt'"},
              {"CONFORM_SLACK_WEBHOOK=" + FormatOrigin(webhook.origin()) + "/services/secret"});
  EXPECT_EQ(result.exit_code, 1) << result.errors;
  EXPECT_EQ(result.errors, "");
  EXPECT_NE(project_.Read("told.txt").find("pass -> fail  things_sync/2024_08.documented\n"),
            std::string::npos);
  ASSERT_EQ(webhook.requests().size(), 1u);
  EXPECT_NE(webhook.received(0).find("{\"text\":\"conform: 1 change, mock at loopback"),
            std::string::npos)
      << webhook.received(0);
  EXPECT_NE(project_.Read("conform.prom").find("outcome=\"fail\"} 1\n"), std::string::npos);
}

TEST_F(HistoryProgramTest, APlainWebhookGetsWhatItsSchemaSays) {
  Watch({});
  HostileServer webhook({AnswerAndClose(kNoContent)});
  Watch({"success_200"}, {"--webhook", FormatOrigin(webhook.origin()) + "/hook"});
  ASSERT_EQ(webhook.requests().size(), 1u);
  const std::string body = webhook.requests()[0].request.body;
  EXPECT_EQ(BreachOf("alarm.schema.json", body), "") << body;
}

TEST_F(HistoryProgramTest, PromtoolTakesTheMetrics) {
  if (std::system("command -v promtool >/dev/null 2>&1") != 0) {
    GTEST_SKIP() << "promtool is not installed: Debian's package prometheus has it";
  }
  Watch({}, {"--metrics", "conform.prom"});
  const std::string metrics = project_.Read("conform.prom");
  const ProgramResult taken = RunProgram({"promtool", "check", "metrics"}, metrics);
  EXPECT_EQ(taken.exit_code, 0) << taken.output << taken.errors;
  EXPECT_EQ(taken.output + taken.errors, "");
  EXPECT_NE(RunProgram({"promtool", "check", "metrics"}, metrics + "x{ 1\n").exit_code, 0);
}

TEST_F(HistoryProgramTest, WhatCannotBeToldIsNoReasonToFail) {
  Watch({});
  const ProgramResult refused = Watch({"success_200"}, {"--notify", "sh -c 'exit 4'"});
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_NE(refused.errors.find("conform: not told: sh: ended with exit code 4; the message is "
                                "kept for the next run\n"),
            std::string::npos)
      << refused.errors;
  EXPECT_EQ(Watch({"success_200"}, {"--notify", "sh -c 'exit 0'"}).exit_code, 0);
}

TEST_F(HistoryProgramTest, WhatWatchesOtherCasesIsTheWrongHistory) {
  Watch({});
  project_.Remove("cases/things/documented.yaml");
  project_.Remove("cases/things/without_token.yaml");
  std::string contract = project_.Read("specs/things/sync/2024-08.yaml");
  project_.Write("specs/things/tell/2024-08.yaml", contract.replace(11, 11, "things.tell"));
  std::string told =
      SampleCase("[sync.204]", "delegated_work", kWithToken, "  status: 204\n  body: none\n");
  project_.Write("cases/things/told.yaml",
                 told.replace(told.find("things.sync"), 11, "things.tell"));
  const ProgramResult other = Watch({});
  EXPECT_EQ(other.exit_code, 2) << other.output;
  EXPECT_NE(other.errors.find("give these one of their own with --history FILE"), std::string::npos)
      << other.errors;
}

TEST_F(HistoryProgramTest, WritesTheTrendPage) {
  RunOn({});
  RunOn({"success_200"});
  EXPECT_EQ(Conform({"history", "--html", "trend.html"}).output, "trend.html\n");
  EXPECT_NE(project_.Read("trend.html").find("1 of 2 runs fail, 1 of 2 runs pass"),
            std::string::npos);
}

}  // namespace
}  // namespace conform
