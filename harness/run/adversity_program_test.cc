// The built program where its outputs close, the disk fills up or the network goes away: it ends
// with the promised exit code, and its reports are whole.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "run/sample_project.h"
#include "testing/hostile_server.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

constexpr const char* kNoAnswer =
    "HTTP/1.1 204 No Content\r\nDate: Sat, 28 Nov 2026 12:00:00 GMT\r\n"
    "request-id: 1\r\nclient-request-id: 1\r\nConnection: close\r\n\r\n";

struct AdversityRow {
  const char* name;
  const char* script;  ///< of bash; $0 is the program.
  int exit_code;
  bool reports;  ///< all are written; else those for which there is room.
};

void PrintTo(const AdversityRow& row, std::ostream* out) { *out << row.name; }

class Adversity : public testing::TestWithParam<AdversityRow> {
 protected:
  Adversity() {
    project_.Write("away.yaml", fmt::format("name: away\ntitle: Away\ntarget: {}\n",
                                            FormatOrigin(server_.origin())));
  }

  /// Both tests of the sample are answered.
  const HostileServer server_{{AnswerAndClose(kNoAnswer)}};
  const SampleProject project_;
};

TEST_P(Adversity, EndsAsPromisedAndLeavesWholeReports) {
  const AdversityRow& row = GetParam();
  const ProgramResult ran = RunProgram(
      {.arguments = {"bash", "-c", row.script, CONFORM_PROGRAM}, .folder = project_.folder()});
  EXPECT_EQ(ran.exit_code, row.exit_code) << ran.output << ran.errors;
  const fs::path reports = project_.folder() / "reports";
  // What is there is whole.
  for (const auto& [report, end] :
       {std::pair{"junit.xml", "</testsuites>\n"}, std::pair{"report.html", "</html>\n"}}) {
    if (row.reports || fs::exists(reports / report)) {
      EXPECT_TRUE(project_.Read(std::string("reports/") + report).ends_with(end)) << report;
    }
  }
  for (const auto& each : fs::directory_iterator(reports)) {
    EXPECT_FALSE(each.path().filename().string().starts_with(".")) << each.path();
  }
  EXPECT_EQ(fs::exists(reports / "run.json"), row.reports);
  if (!row.reports) return;
  const auto record = nlohmann::json::parse(project_.Read("reports/run.json"), nullptr, false);
  ASSERT_TRUE(record.is_object());
  EXPECT_EQ(record["tests"].size(), 2U);
}

// A shell's child inherits what is ignored: env gives the signals back.
#define PROGRAM "env --default-signal=PIPE,XFSZ \"$0\" run --no-history "

INSTANTIATE_TEST_SUITE_P(
    Ways, Adversity,
    testing::Values(
        AdversityRow{"NothingIsWrong", PROGRAM, 0, true},
        AdversityRow{"OutputIsClosed", PROGRAM ">&-", 3, true},
        AdversityRow{"OutputIsFull", PROGRAM ">/dev/full", 3, true},
        AdversityRow{"ErrorsAreClosed", PROGRAM "2>&-", 0, true},
        AdversityRow{"InputIsClosed", PROGRAM "<&-", 0, true},
        AdversityRow{"TheReaderHasLeft", "exec 3> >(:); wait $!; " PROGRAM ">&3", 0, true},
        // No listener of ours holds the signal back there.
        AdversityRow{"TheReaderHasLeftARunElsewhere",
                     "exec 3> >(:); wait $!; " PROGRAM "--profile away.yaml >&3", 1, true},
        AdversityRow{"TheDiskIsFull", "ulimit -f 4; " PROGRAM, 3, false}),
    [](const auto& param) { return param.param.name; });

#undef PROGRAM

/// The first answer comes whole, the second connection is reset, and then nobody listens.
TEST(LostNetwork, MidwayKeepsWhatWasFound) {
  using Kind = Act::Kind;
  const HostileServer server({SayNoMock(), AnswerAndClose(kNoAnswer), {kRead, {Kind::kReset}}});
  const SampleProject project;
  const ProgramResult ran = project.Conform(
      {"run", "--no-history", "--jobs", "1", "--base-url", FormatOrigin(server.origin())});
  const auto record = nlohmann::json::parse(project.Read("reports/run.json"), nullptr, false);
  ASSERT_TRUE(record.is_object()) << ran.errors;
  std::vector<std::string> outcomes;
  for (const auto& test : record["tests"]) outcomes.push_back(test["verdict"]["outcome"]);
  EXPECT_EQ(ran.exit_code, 3) << ran.output;
  EXPECT_EQ(outcomes, (std::vector<std::string>{"warn", "inconclusive"})) << ran.output;
  EXPECT_TRUE(project.Read("reports/junit.xml").ends_with("</testsuites>\n"));
}

}  // namespace
}  // namespace conform
