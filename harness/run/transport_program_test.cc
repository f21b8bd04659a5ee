// Whatever keeps an answer away is told in plain words, and is neither a pass nor a failure.
#include <fmt/format.h>

#include <utility>

#include "run/sample_project.h"
#include "run/sample_tls.h"
#include "testing/hostile_server.h"

namespace conform {
namespace {

using Kind = Act::Kind;

struct TroubleRow {
  std::string name;
  Script script;
  std::string why;
};

class TransportTrouble : public testing::TestWithParam<TroubleRow> {};

ProgramResult RunAt(const SampleProject& project, const std::string& origin) {
  project.Write(
      "lab.yaml",
      fmt::format("name: lab\ntitle: A lab\ntarget: {}\nbounds: {{read: 250ms}}\n", origin));
  return project.Conform({"run", "--profile", "lab.yaml", "--allow-effects", "2"},
                         SettledVariables({"CONFORM_TOKEN_DELEGATED_WORK=opaque-token-4711"}));
}

void ExpectUntold(const ProgramResult& result, const std::string& why) {
  EXPECT_EQ(result.exit_code, 3) << result.output << result.errors;
  EXPECT_NE(result.output.find("2 of 2 tests inconclusive"), std::string::npos) << result.output;
  EXPECT_NE(result.output.find(why), std::string::npos) << result.output;
}

TEST_P(TransportTrouble, IsInconclusiveAndSaysWhatToCheck) {
  const SampleProject project;
  const HostileServer server({GetParam().script});
  ExpectUntold(RunAt(project, FormatOrigin(server.origin())), GetParam().why);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, TransportTrouble,
    testing::Values(
        TroubleRow{"Silence",
                   {{Kind::kReadRequest}, {Kind::kSilence}},
                   "silence for 250 ms, before any byte of an answer; check the service, or raise "
                   "the profile's bound 'read'"},
        TroubleRow{
            "SilenceWithinAnAnswer",
            {{Kind::kReadRequest}, {Kind::kWrite, "HTTP/1.1 204"}, {Kind::kSilence}},
            "silence for 250 ms, after 12 bytes of an answer; check the service, or raise the "
            "profile's bound 'read'"},
        TroubleRow{"Reset",
                   {{Kind::kReadRequest}, {Kind::kReset}},
                   "the connection was reset by the server after 0 bytes of an answer; check the "
                   "service's log, and proxies on the way"},
        TroubleRow{"Closed",
                   {{Kind::kReadRequest}, {Kind::kClose}},
                   "check the service's log, and proxies on the way"},
        TroubleRow{"CutWithinItsHeader",
                   {{Kind::kReadRequest}, {Kind::kWrite, "HTTP/1.1 204 No Content\r\nDa"}},
                   "check the service's log, and proxies on the way"}),
    [](const auto& row) { return row.param.name; });

TEST(TransportTroubleBefore, AConnectionIsInconclusiveToo) {
  const SampleProject project;
  ExpectUntold(RunAt(project, "http://127.0.0.1:1"),
               "no connection to http://127.0.0.1:1: connection refused; check that the service is "
               "up, and the host and port of the target");
  // No name server knows a name below .invalid (RFC 6761 §6.4), and without one it fails as well.
  ExpectUntold(RunAt(project, "https://service.invalid"),
               "the host name 'service.invalid' is not known");
}

}  // namespace
}  // namespace conform
