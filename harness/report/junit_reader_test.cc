// What we write, read by a reader that others wrote: Debian's python3-junitparser.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <string>

#include "record/atomic_file.h"
#include "record/example_record.h"
#include "report/junit.h"
#include "report/sample_conclusion.h"
#include "testing/no_secrets.h"

namespace conform {
namespace {

/// Prints what junitparser makes of a file: its counts, then of each suite its counts and tests.
constexpr const char* kReader = R"PY(
import sys
from junitparser import JUnitXml
sys.stdout.reconfigure(encoding="utf-8")
def counts(node):
    return f"{node.tests} tests, {node.failures} failures, {node.errors} errors, {node.skipped} skipped"
whole = JUnitXml.fromfile(sys.argv[1])
print(counts(whole))
for suite in whole:
    print(f"{suite.name}: {counts(suite)}, " + ", ".join(
        f"{p.name}={p.value}" for p in suite.properties() if p.name in ("complete", "target")))
    for case in suite:
        told = "; ".join(f"{r._tag} {r.type}: {r.message}" for r in case.result) or "passed"
        first = (case.result[0].text if case.result else case.system_out) or "-"
        print(f"  {case.classname} | {case.name} | {told} | {first.splitlines()[0]}")
)PY";

struct Answer {
  int status = 0;
  std::string text;
};

/// What the reader prints of a file that holds `xml`; a status that is not 0 is a refusal.
Answer ReadWithJunitparser(const std::string& xml) {
  const auto path =
      std::filesystem::path(testing::TempDir()) / fmt::format("junit_reader_{}.xml", ::getpid());
  EXPECT_TRUE(ReplaceFile(path, xml, kNoSecrets));
  const std::string command =
      fmt::format("/usr/bin/python3 -c '{}' '{}' 2>/dev/null", kReader, path.string());
  Answer answer;
  std::FILE* pipe = ::popen(command.c_str(), "r");
  std::array<char, 4096> bytes{};
  while (const std::size_t count = std::fread(bytes.data(), 1, bytes.size(), pipe)) {
    answer.text.append(bytes.data(), count);
  }
  answer.status = ::pclose(pipe);
  std::filesystem::remove(path);
  return answer;
}

/// A test of each outcome, names and reasons that XML has to be careful with.
RunRecord EveryOutcome() {
  RunRecord record = ExampleRecord();
  TestRecord warned = ExampleFailure();
  warned.name = "warned";
  warned.verdict.outcome = Outcome::kWarn;
  record.tests = {
      ExampleFailure(),
      ExampleTest("passed/row_a", Outcome::kPass),
      warned,
      ExampleTest("unclear", Outcome::kInconclusive, "came: \x1b[0m ]]> <b> & \"同步\" 😀 \xFF"),
      ExampleTest("skipped", Outcome::kSkip, "the target has no identity application"),
      ExampleTest("not_run", Outcome::kNotRun, "the run ended before it")};
  TestRecord other = ExampleTest("documented_request", Outcome::kDeviation);
  other.suite = "deviceManagement_windowsAutopilotSettings_sync/2024_08";
  record.tests.push_back(other);
  return record;
}

constexpr const char* kRead =
    R"(7 tests, 1 failures, 1 errors, 2 skipped
deviceManagement_windowsAutopilotSettings_sync/2019_01: 6 tests, 1 failures, 1 errors, 2 skipped, target=embedded mock, complete=true
  deviceManagement_windowsAutopilotSettings_sync/2019_01 | documented_request | failure sync.response.204: status is 200, the contract promises 204 (sync.response.204) | FAIL  deviceManagement_windowsAutopilotSettings_sync/2019_01.documented_request
  deviceManagement_windowsAutopilotSettings_sync/2019_01 | passed/row_a | passed | -
  deviceManagement_windowsAutopilotSettings_sync/2019_01 | warned | passed | WARN  deviceManagement_windowsAutopilotSettings_sync/2019_01.warned
  deviceManagement_windowsAutopilotSettings_sync/2019_01 | unclear | error inconclusive: came: \x1B[0m ]]> <b> & "同步" 😀 \xFF | INCONCLUSIVE  deviceManagement_windowsAutopilotSettings_sync/2019_01.unclear: came: \x1B[0m ]]> <b> & "同步" 😀 \xFF
  deviceManagement_windowsAutopilotSettings_sync/2019_01 | skipped | skipped skip: the target has no identity application | -
  deviceManagement_windowsAutopilotSettings_sync/2019_01 | not_run | skipped not_run: not run: the run ended before it | -
deviceManagement_windowsAutopilotSettings_sync/2024_08: 1 tests, 0 failures, 0 errors, 0 skipped, target=embedded mock, complete=true
  deviceManagement_windowsAutopilotSettings_sync/2024_08 | documented_request | passed | DEVIATION  deviceManagement_windowsAutopilotSettings_sync/2024_08.documented_request
)";

TEST(Junitparser, ReadsTheCountsOutcomesAndNamesOfTheRun) {
  const Answer answer = ReadWithJunitparser(RenderJunit(EveryOutcome(), kSampleConclusion));
  EXPECT_EQ(answer.status, 0);
  EXPECT_EQ(answer.text, kRead);
}

TEST(Junitparser, RefusesAFileThatIsSpoilt) {
  const std::string xml = RenderJunit(EveryOutcome(), kSampleConclusion);
  EXPECT_NE(ReadWithJunitparser(xml.substr(0, xml.size() / 2)).status, 0);
  std::string with_control = xml;
  with_control.insert(with_control.find("FAIL "), 1, '\x1b');
  EXPECT_NE(ReadWithJunitparser(with_control).status, 0);
  std::string with_malformed = xml;
  with_malformed.insert(with_malformed.find("FAIL "), 1, '\xFF');
  EXPECT_NE(ReadWithJunitparser(with_malformed).status, 0);
}

TEST(Junitparser, SeesWhereACountOrAnOutcomeIsAnother) {
  const std::pair<std::string, std::string> rows[] = {
      {"errors=\"1\"", "errors=\"2\""}, {"<skipped ", "<failure "}, {"row_a", "row_b"}};
  for (const auto& [written, spoilt] : rows) {
    std::string xml = RenderJunit(EveryOutcome(), kSampleConclusion);
    xml.replace(xml.find(written), written.size(), spoilt);
    EXPECT_NE(ReadWithJunitparser(xml).text, kRead) << spoilt;
  }
}

}  // namespace
}  // namespace conform
