// Our mock met by a tester that others wrote, Dredd, which reads our export.
#include <fmt/format.h>

#include <chrono>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "testing/golden.h"
#include "testing/peers/described_api.h"
#include "token/test_token.h"

namespace conform {
namespace {

constexpr const char* kHooks = CONFORM_SOURCE "/harness/testing/peers/dredd_hooks.cjs";

class Dredd : public DescribedApi {
 protected:
  /// Of all three documents at once, against `conform mock` with that fault; empty: none.
  ProgramResult Ask(const std::string& fault) {
    for (const char* document : {"parking.yaml", "photos.yaml", "notes.json"}) Import(document);
    const std::string file = Write("export.json", Exported());
    std::vector<std::string> serve = {CONFORM_PROGRAM, "mock", "--port", "0"};
    if (!fault.empty()) serve.insert(serve.end(), {"--fault", fault});
    StartedProgram mock({.arguments = serve, .folder = folder_});
    const std::string address = mock.ReadLine();
    const std::string token = IssueTestToken({IdentityKind::kDelegatedWork, ""}, "", "",
                                             std::chrono::system_clock::now());
    return RunNode(PeerFolder() / "dredd/bin/dredd",
                   {file, address, "--hookfiles", kHooks, "--config",
                    (folder_ / "none.yml").string(), "--no-color", "--loglevel=error"},
                   {"CONFORM_PEER_TOKEN=" + token});
  }
};

TEST_F(Dredd, FindsOurMockConforming) {
  const ProgramResult told = Ask("");
  EXPECT_EQ(told.exit_code, 0) << told.output << told.errors;
  EXPECT_NE(told.output.find(" passing, 0 failing, 0 errors"), std::string::npos)
      << told.output << told.errors;
}

struct PlantedFault {
  const char* name;
  const char* said;
};

class DreddFinds : public Dredd, public testing::WithParamInterface<PlantedFault> {};

TEST_P(DreddFinds, ThePlantedFault) {
  const ProgramResult told = Ask(GetParam().name);
  EXPECT_EQ(told.exit_code, 1) << told.output;
  const std::string all = told.output + told.errors;
  EXPECT_NE(all.find(GetParam().said), std::string::npos) << all;
}

constexpr PlantedFault kPlanted[] = {
    {"success_200", "Expected status code '201', but got '200'."},
    {"success_202", "Expected status code '200', but got '202'."},
    {"server_error", "but got '500'."},
    {"authorization_ignored", "Expected status code '401', but got '200'."},
    {"no_content_type", "At '/content-type' Missing required property"},
    {"wire_status_line_malformed", "Parse Error"},
};

INSTANTIATE_TEST_SUITE_P(Rows, DreddFinds, testing::ValuesIn(kPlanted),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace conform
