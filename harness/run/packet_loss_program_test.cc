// The built program on a network that loses packets and resets connections, in a namespace of the
// test's own: what it cannot tell is inconclusive, never a breach, and no request is sent twice.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>

#include "testing/golden.h"
#include "testing/program.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

struct LossRow {
  const char* name;
  const char* rule;  ///< of nft for what comes in; @ is the mock's port.
  int exit_code;
};

void PrintTo(const LossRow& row, std::ostream* out) { *out << row.name; }

class Loss : public testing::TestWithParam<LossRow> {
 protected:
  Loss()
      : folder_(fs::path(testing::TempDir()) /
                fmt::format("loss_{}_{}", GetParam().name, ::getpid())) {}
  ~Loss() override { fs::remove_all(folder_); }

  const fs::path folder_;
};

/// $1 is the rule.
constexpr const char* kRule = R"(set -euo pipefail
nft add table inet lossy
nft add chain inet lossy in '{ type filter hook input priority 0; }'
nft add rule inet lossy in "$1"
)";

/// $1 is the folder of reports, $2 the rule with @ for the port, $3 the script that makes it hold.
constexpr const char* kScript = R"(set -euo pipefail
ip link set lo up
exec 3< <(exec "$0" mock --port 0)
trap "kill $!" EXIT
read -r address <&3
bash -c "$3" bash "${2//@/${address##*:}}"
"$0" run --no-history --report junit --out "$1" --jobs 4 --patience 1m --base-url "$address" \
  cases/graph/beta/deviceManagement/deviceCategories
)";

ProgramResult RunInNamespace(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), {"unshare", "--map-root-user", "--net", "bash", "-c"});
  return RunProgram({.arguments = std::move(arguments), .folder = CONFORM_SOURCE});
}

TEST_P(Loss, IsNeverTakenForABreach) {
  std::string rule = GetParam().rule;
  rule.replace(rule.find('@'), 1, "1");
  const ProgramResult possible = RunInNamespace({kRule, "bash", rule});
  if (possible.exit_code != 0) {
    GTEST_SKIP() << "no network namespace with this rule can be made here: " << possible.errors;
  }
  const ProgramResult ran =
      RunInNamespace({kScript, CONFORM_PROGRAM, folder_.string(), GetParam().rule, kRule});
  EXPECT_EQ(ran.exit_code, GetParam().exit_code) << ran.output << ran.errors;
  const auto record = nlohmann::json::parse(ReadTestFile(folder_ / "run.json"), nullptr, false);
  ASSERT_TRUE(record.is_object());
  std::map<std::string, int> outcomes;
  for (const auto& test : record["tests"]) {
    ++outcomes[test["verdict"]["outcome"].get<std::string>()];
    for (const auto& exchange : test["exchanges"]) {
      EXPECT_EQ(exchange["attempts"].size(), 1U) << test["name"];
    }
  }
  EXPECT_GT(outcomes["pass"], 0) << ran.output;
  EXPECT_EQ(outcomes["fail"], 0) << ran.output;  // what cannot be cleaned up is a warning
  EXPECT_EQ(outcomes["inconclusive"] > 0, GetParam().exit_code == 3) << ran.output;
  EXPECT_TRUE(ReadTestFile(folder_ / "junit.xml").ends_with("</testsuites>\n"));
}

INSTANTIATE_TEST_SUITE_P(
    Networks, Loss,
    testing::Values(
        LossRow{"NothingIsLost", "tcp dport @ accept", 0},
        LossRow{"EveryTenthPacketThereIsLost", "tcp dport @ numgen inc mod 10 0 drop", 0},
        LossRow{"EveryTenthPacketBackIsLost", "tcp sport @ numgen inc mod 10 0 drop", 0},
        LossRow{"ConnectionsAreReset", "tcp dport @ numgen inc mod 20 0 reject with tcp reset", 3},
        LossRow{"TheNetworkGoesAwayMidway",
                "tcp dport @ quota over 15 kbytes reject with tcp reset", 3}),
    [](const auto& param) { return param.param.name; });

}  // namespace
}  // namespace conform
