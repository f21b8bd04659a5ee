#include "testing/peers/described_api.h"

#include <unistd.h>

#include <algorithm>
#include <fstream>

#include "testing/golden.h"

namespace conform {

namespace fs = std::filesystem;
using Json = nlohmann::json;

namespace {

/// `https://host/v2`: `/v2`.
std::string PathOfServer(const std::string& server) {
  const std::size_t slash = server.find('/', server.find("://") + 3);
  return slash == std::string::npos ? "" : server.substr(slash);
}

}  // namespace

DescribedApi::DescribedApi() {
  const auto* test = testing::UnitTest::GetInstance()->current_test_info();
  std::string name = test->name();  // of a row `Test/Row`
  std::replace(name.begin(), name.end(), '/', '_');
  folder_ = fs::path(testing::TempDir()) / ("described_" + name + "_" + std::to_string(getpid()));
  fs::create_directories(folder_);
}

DescribedApi::~DescribedApi() {
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

ProgramResult DescribedApi::Conform(std::vector<std::string> arguments) const {
  arguments.insert(arguments.begin(), CONFORM_PROGRAM);
  return RunProgram({.arguments = std::move(arguments), .folder = folder_});
}

void DescribedApi::Import(const std::string& document) const {
  const std::string file = (fs::path(CONFORM_TESTDATA) / "openapi" / document).string();
  const ProgramResult imported = Conform({"import", file, "--scaffold", "--date", "2026-01-15"});
  ASSERT_EQ(imported.exit_code, 0) << imported.errors;
}

Json DescribedApi::Exported() const {
  const ProgramResult exported = Conform({"export", "--openapi"});
  EXPECT_EQ(exported.exit_code, 0) << exported.errors;
  Json document = Json::parse(exported.output, nullptr, false);
  Json paths = Json::object();
  for (auto& [path, item] : document["paths"].items()) {
    std::string below;
    for (auto& [method, operation] : item.items()) {
      below = PathOfServer(operation["servers"][0]["url"].get<std::string>());
      operation.erase("servers");
    }
    paths[below + path] = std::move(item);
  }
  document["paths"] = std::move(paths);
  return document;
}

std::string DescribedApi::Write(const std::string& name, const Json& json) const {
  std::ofstream(folder_ / name) << json.dump(2);
  return (folder_ / name).string();
}

std::map<std::string, std::string> DescribedApi::OutcomesIn(const std::string& reports) const {
  std::map<std::string, std::string> outcomes;
  const Json record = Json::parse(ReadTestFile(folder_ / reports / "run.json"), nullptr, false);
  for (const Json& test : record.value("tests", Json::array())) {
    std::string& outcome =
        outcomes[test["suite"].get<std::string>() + "." + test["name"].get<std::string>()];
    outcome = test["verdict"]["outcome"].get<std::string>();
    for (const Json& finding : test["verdict"].value("findings", Json::array()))
      outcome += " " + finding["clause"]["id"].get<std::string>();
  }
  return outcomes;
}

}  // namespace conform
