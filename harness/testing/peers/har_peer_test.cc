// run.har, read by har-validator.
#include <string>
#include <utility>

#include "report/har.h"
#include "testing/peers/peer.h"
#include "testing/peers/peer_record.h"

namespace conform {
namespace {

class HarValidator : public PeerTest {
 protected:
  static std::string Har() {
    const RunRecord record = PeerRecord();
    std::string text;
    const auto written = WriteHar(record, EvidenceOf(record),
                                  [&](std::string_view, std::string_view bytes) -> Expected<void> {
                                    text = bytes;
                                    return {};
                                  });
    EXPECT_TRUE(written);
    return text;
  }

  static ProgramResult Read(const std::string& har) {
    const PeerFile file("run.har", har);
    return RunNode("har.cjs", {file.path()});
  }
};

TEST_F(HarValidator, ReadsEveryAttempt) {
  const ProgramResult read = Read(Har());
  EXPECT_EQ(read.output,
            "HAR 1.2 of conform: 2 entries\n"
            "POST http://127.0.0.1:8080/beta/things?a=b%20c&d 0\n"
            "POST http://127.0.0.1:8080/beta/things?a=b%20c&d 200\n")
      << read.errors;
  EXPECT_EQ(read.exit_code, 0);
}

TEST_F(HarValidator, ReadsWhatARunLeaves) {
  const ProgramResult read = Read(ReportOfARun("har", "run.har"));
  EXPECT_EQ(read.exit_code, 0) << read.output << read.errors;
  EXPECT_NE(read.output.find("/beta/deviceManagement/windowsAutopilotSettings/sync 204\n"),
            std::string::npos)
      << read.output;
}

TEST_F(HarValidator, ComplainsOfAFileThatIsSpoilt) {
  const std::pair<const char*, const char*> rows[] = {
      {"\"httpVersion\"", "\"http\""},     {"\"startedDateTime\":\"2026", "\"startedDateTime\":\""},
      {"\"cache\"", "\"cash\""},           {"\"url\":\"http:", "\"url\":\"no address"},
      {"\"mimeType\"", "\"type\""},        {"\"send\":0", "\"sent\":0"},
      {"\"status\":0", "\"status\":\"0\""}};
  for (const auto& [from, to] : rows) {
    const ProgramResult read = Read(Spoil(Har(), from, to));
    EXPECT_EQ(read.exit_code, 1) << to;
    EXPECT_NE(read.output.find("har.log.entries[0]"), std::string::npos) << to << read.output;
  }
}

}  // namespace
}  // namespace conform
