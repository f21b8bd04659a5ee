// Contracts as OpenAPI, and back.
#include "page/openapi_export.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "base/date.h"
#include "contract/catalog.h"
#include "contract/contract_loader.h"
#include "contract/edition_difference.h"
#include "page/contract_text.h"
#include "page/openapi_import.h"
#include "testing/golden.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

class OpenApiExport : public testing::Test {
 protected:
  ~OpenApiExport() override {
    std::error_code ignored;
    fs::remove(file_, ignored);
  }

  std::vector<OpenApiContract> ReadBack(const nlohmann::ordered_json& document,
                                        std::string& said) const {
    std::ofstream(file_, std::ios::trunc) << document.dump(2);
    Diagnostics diagnostics;
    auto opened = OpenApiDocument::Open(file_, diagnostics);
    if (!opened) {
      said = opened.error().message;
      return {};
    }
    auto contracts = ContractsFromOpenApi(*opened, {{}, "", *ParseDate("2026-01-15")});
    said = diagnostics.RenderAll() + (contracts ? "" : contracts.error().message);
    return contracts ? std::move(*contracts) : std::vector<OpenApiContract>{};
  }

  fs::path file_ = fs::path(testing::TempDir()) / fmt::format("exported_{}.json", getpid());
};

TEST_F(OpenApiExport, OfEveryShippedContractReadsBackTheSame) {
  Diagnostics diagnostics;
  const Catalog catalog = LoadCatalog(fs::path(CONFORM_SOURCE) / "specs", diagnostics);
  ASSERT_FALSE(diagnostics.HasErrors());
  ASSERT_GT(catalog.contracts.size(), 5U);
  for (const Contract& contract : catalog.contracts) {
    const auto document = OpenApiOf({&contract});
    ASSERT_TRUE(document.has_value()) << document.error().message;
    std::string said;
    const std::vector<OpenApiContract> read = ReadBack(*document, said);
    EXPECT_EQ(said, "") << contract.operation;
    ASSERT_EQ(read.size(), 1U);
    EXPECT_EQ(RenderContract(read[0].contract), RenderContract(contract));
    EXPECT_TRUE(CompareEditions(contract, read[0].contract).empty());
    EXPECT_EQ(read[0].contract.resource.has_value(), contract.resource.has_value());
  }
}

class ExportOfAnImport : public OpenApiExport, public testing::WithParamInterface<const char*> {};

TEST_P(ExportOfAnImport, ReadsBackTheSame) {
  Diagnostics diagnostics;
  auto opened =
      OpenApiDocument::Open(fs::path(CONFORM_TESTDATA) / "openapi" / GetParam(), diagnostics);
  ASSERT_TRUE(opened.has_value());
  const auto imported = ContractsFromOpenApi(*opened, {{}, "", *ParseDate("2026-01-15")});
  ASSERT_TRUE(imported.has_value());
  std::vector<Contract> loaded;
  for (const OpenApiContract& each : *imported) {
    auto contract = LoadContract(
        std::make_shared<SourceText>("x.yaml", RenderContract(each.contract)), diagnostics);
    ASSERT_TRUE(contract.has_value());
    loaded.push_back(std::move(*contract));
  }
  std::vector<const Contract*> contracts;
  contracts.reserve(loaded.size());
  for (const Contract& each : loaded) contracts.push_back(&each);
  const auto document = OpenApiOf(contracts);
  ASSERT_TRUE(document.has_value());
  std::string said;
  const std::vector<OpenApiContract> read = ReadBack(*document, said);
  EXPECT_EQ(said, "");
  std::string before;
  std::string after;
  for (const Contract& each : loaded) before += RenderContract(each);
  for (const OpenApiContract& each : read) after += RenderContract(each.contract);
  EXPECT_EQ(after, before);
}

INSTANTIATE_TEST_SUITE_P(Documents, ExportOfAnImport,
                         testing::Values("loans.yaml", "desk.json", "parking.yaml", "photos.yaml",
                                         "notes.json"),
                         [](const auto& row) {
                           const std::string name = row.param;
                           return name.substr(0, name.find('.'));
                         });

TEST_F(OpenApiExport, SaysInOpenApisWordsWhatItCan) {
  Diagnostics diagnostics;
  const Catalog catalog = LoadCatalog(fs::path(CONFORM_SOURCE) / "specs", diagnostics);
  const Contract* contract =
      catalog.Find("deviceManagement.windowsAutopilotSettings.sync", "2024-08");
  ASSERT_NE(contract, nullptr);
  const auto document = OpenApiOf({contract});
  ASSERT_TRUE(document.has_value());
  EXPECT_EQ((*document)["openapi"], "3.1.0");
  EXPECT_EQ((*document)["info"]["version"], "2024-08");
  const auto& operation =
      (*document)["paths"]["/deviceManagement/windowsAutopilotSettings/sync"]["post"];
  EXPECT_EQ(operation["operationId"], "deviceManagement.windowsAutopilotSettings.sync");
  EXPECT_EQ(operation["servers"][0]["url"], "https://graph.microsoft.com/beta");
  EXPECT_EQ(operation["security"][0].dump(), R"({"bearer":[]})");
  EXPECT_EQ(operation["responses"]["409"]["description"],
            "A call while a sync is in progress is answered 409 Conflict.");
  EXPECT_FALSE(operation.contains("requestBody"));
  EXPECT_EQ(operation["x-conform"]["responses"][0].dump(),
            R"({"status":409,"when":{"while":"in_progress"}})");
}

TEST_F(OpenApiExport, RefusesTwoContractsOfOneAddress) {
  Diagnostics diagnostics;
  const Catalog catalog = LoadCatalog(fs::path(CONFORM_SOURCE) / "specs", diagnostics);
  const auto editions = catalog.Editions("deviceManagement.windowsAutopilotSettings.sync");
  const auto document = OpenApiOf({editions[0], editions[1]});
  ASSERT_FALSE(document.has_value());
  EXPECT_EQ(document.error().message,
            "POST /deviceManagement/windowsAutopilotSettings/sync of "
            "deviceManagement.windowsAutopilotSettings.sync, edition 2024-08, is also of another "
            "contract; export them apart");
}

TEST_F(OpenApiExport, WhoseExtensionWasSpoiltIsReadAsAnyOther) {
  Diagnostics diagnostics;
  const Catalog catalog = LoadCatalog(fs::path(CONFORM_SOURCE) / "specs", diagnostics);
  auto document = OpenApiOf({&catalog.contracts.front()});
  ASSERT_TRUE(document.has_value());
  auto& item = *(*document)["paths"].begin();
  (*item.begin())["x-conform"].erase("edition");
  std::string said;
  const std::vector<OpenApiContract> read = ReadBack(*document, said);
  EXPECT_NE(said.find("x-conform is not read: "), std::string::npos) << said;
  ASSERT_EQ(read.size(), 1U);
  EXPECT_EQ(read[0].contract.edition, "2026-01");
}

}  // namespace
}  // namespace conform
