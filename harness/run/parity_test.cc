// The bundled cases get the same verdicts over plain http, over TLS, and over TLS through a proxy.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "run/sample_tls.h"
#include "testing/forwarding_proxy.h"
#include "testing/program.h"

namespace conform {
namespace {

using Json = nlohmann::json;
using Verdicts = std::map<std::string, std::string>;

/// Of each test its outcome, and of each clause whether it was kept.
Verdicts ReadVerdicts(const std::filesystem::path& run) {
  Verdicts verdicts;
  std::ifstream file(run);
  const Json record = Json::parse(file, nullptr, false);
  if (!record.is_object()) return verdicts;
  for (const Json& test : record["tests"]) {
    const Json& verdict = test["verdict"];
    std::string told = verdict["outcome"].get<std::string>();
    Json list = verdict.value("judged", Json::array());
    if (list.is_string()) list = record["judged_lists"][list.get<std::string>()];
    for (const Json& judged : list) {
      told += fmt::format("\n  {} {}", judged["clause"]["id"].get<std::string>(),
                          judged.value("kept", false));
    }
    verdicts[fmt::format("{}.{}", test["suite"].get<std::string>(),
                         test["name"].get<std::string>())] = told;
  }
  return verdicts;
}

ProgramCall Conform(std::vector<std::string> arguments, Variables variables = {}) {
  arguments.insert(arguments.begin(), CONFORM_PROGRAM);
  return {std::move(arguments), "", CONFORM_SOURCE, std::move(variables)};
}

class Parity : public testing::TestWithParam<const char*> {
 protected:
  ~Parity() override { std::filesystem::remove_all(folder_); }

  static std::vector<std::string> Fault() {
    if (*GetParam() == '\0') return {};
    return {"--fault", GetParam()};
  }

  Verdicts RunAt(const std::string& address, const Variables& variables, int& exit_code) const {
    const ProgramResult result =
        RunProgram(Conform({"run", "--base-url", address, "--out", folder_.string()}, variables));
    exit_code = result.exit_code;
    // One line of where the tokens are sent to.
    EXPECT_EQ(result.errors.find(fmt::format("conform: {} is sent tokens", address)), 0U);
    EXPECT_EQ(std::count(result.errors.begin(), result.errors.end(), '\n'), 1) << result.errors;
    return ReadVerdicts(folder_ / "run.json");
  }

  const std::filesystem::path folder_ =
      std::filesystem::path(testing::TempDir()) / fmt::format("parity.{}", ::getpid());
};

TEST_P(Parity, HoldsOverPlainHttpOverTlsAndThroughAProxy) {
  std::vector<std::string> plain_mock = {"mock"};
  for (const std::string& flag : Fault()) plain_mock.push_back(flag);
  StartedProgram plain(Conform(plain_mock));
  const TlsMock secure(Conform({}), Fault());
  const ForwardingProxy proxy({"user:password"});
  int expected = -1;
  int code = -1;
  const Verdicts verdicts = RunAt(plain.ReadLine(), SettledVariables({}), expected);
  ASSERT_GT(verdicts.size(), 30u);
  EXPECT_EQ(expected, *GetParam() == '\0' ? 0 : 1);
  EXPECT_EQ(RunAt(secure.address(), secure.trusting(), code), verdicts);
  EXPECT_EQ(code, expected);
  EXPECT_EQ(proxy.tunnels(), 0u);
  EXPECT_EQ(RunAt(secure.address(),
                  secure.trusting({"HTTPS_PROXY=" + proxy.address("user:password")}), code),
            verdicts);
  EXPECT_EQ(code, expected);
  EXPECT_GT(proxy.tunnels(), 0u);
}

/// None, and faults of the answer and of its framing.
INSTANTIATE_TEST_SUITE_P(WithFaults, Parity,
                         testing::Values("", "success_200", "wire_second_answer",
                                         "wire_missing_chunk_crlf"));

}  // namespace
}  // namespace conform
