#include "contract/catalog.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "base/date.h"
#include "contract/sample_catalog.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

constexpr char kSyncName[] = "deviceManagement.windowsAutopilotSettings.sync";
constexpr char kSyncFolder[] =
    CONFORM_SOURCE "/specs/graph/beta/deviceManagement/windowsAutopilotSettings/sync/";

std::string EditionOf(const Contract* contract) {
  return contract == nullptr ? "none" : contract->edition;
}

std::chrono::sys_days Day(const char* text) { return *ParseDate(text); }

/// A folder of its own that goes with the test.
class LoadCatalogFrom : public testing::Test {
 protected:
  LoadCatalogFrom() {
    std::string name = (fs::temp_directory_path() / "catalog_test_XXXXXX").string();
    folder_ = mkdtemp(name.data());
  }
  ~LoadCatalogFrom() override { fs::remove_all(folder_); }

  void Write(const std::string& name, const std::string& text) {
    fs::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name) << text;
  }
  void Copy(const fs::path& from, const std::string& name) {
    std::ostringstream text;
    text << std::ifstream(from).rdbuf();
    Write(name, text.str());
  }
  /// What LoadCatalog tells, with the folder's name cut away.
  std::string Errors() {
    Diagnostics diagnostics;
    catalog_ = LoadCatalog(folder_, diagnostics);
    std::string text = diagnostics.RenderAll();
    for (std::size_t at = 0; (at = text.find(folder_.string(), at)) != std::string::npos;) {
      text.replace(at, folder_.string().size(), "SPECS");
    }
    return text;
  }

  fs::path folder_;
  Catalog catalog_;
};

TEST(LoadCatalog, ReadsTheProjectsOwnSpecsWhole) {
  const Catalog& catalog = BundledCatalog();
  EXPECT_EQ(catalog.contracts.size(), 8U);
  const auto syncs = catalog.Editions(kSyncName);
  ASSERT_EQ(syncs.size(), 2U);
  EXPECT_EQ(syncs[0]->edition, "2019-01");
  EXPECT_EQ(syncs[1]->edition, "2024-08");
  EXPECT_EQ(catalog.protocols.size(), 4U);
}

TEST(LoadCatalog, ReadsTheSecondOperationToo) {
  Diagnostics diagnostics;
  const Catalog catalog = LoadCatalog(CONFORM_TESTDATA "/second_operation/specs", diagnostics);
  EXPECT_EQ(diagnostics.RenderAll(), "");
  EXPECT_EQ(catalog.Operations(), std::vector<std::string_view>{"library.loans.renew"});
}

TEST(Catalog, FindsEditions) {
  const Catalog& catalog = BundledCatalog();
  EXPECT_EQ(EditionOf(catalog.Find(kSyncName, "2024-08")), "2024-08");
  EXPECT_EQ(catalog.Find(kSyncName, "2020-01"), nullptr);
  EXPECT_EQ(catalog.Find("other", "2024-08"), nullptr);
  EXPECT_EQ(catalog.Editions(kSyncName).size(), 2U);
  EXPECT_EQ(catalog.Editions("other").size(), 0U);
}

TEST(Catalog, KnowsTheEditionInForceOnADay) {
  const std::pair<const char*, const char*> rows[] = {
      {"2018-01-01", "2019-01"}, {"2019-01-12", "2019-01"}, {"2024-07-31", "2019-01"},
      {"2024-08-01", "2024-08"}, {"2030-01-01", "2024-08"},
  };
  for (const auto& [day, edition] : rows) {
    EXPECT_EQ(EditionOf(BundledCatalog().InForce(kSyncName, Day(day))), edition) << day;
  }
  EXPECT_EQ(BundledCatalog().InForce("other", Day("2024-08-01")), nullptr);
}

TEST(Catalog, ServesTheNewestOrTheOneInForceOrNone) {
  const auto serving = [](std::optional<std::chrono::sys_days> day) {
    std::string editions;
    for (const Contract* contract : BundledCatalog().Serving(day)) {
      if (contract->operation == kSyncName) editions += contract->edition + " ";
    }
    return editions;
  };
  EXPECT_EQ(serving(std::nullopt), "2024-08 ");
  EXPECT_EQ(serving(Day("2024-07-31")), "2019-01 ");
  EXPECT_EQ(serving(Day("2024-08-01")), "2024-08 ");
  EXPECT_EQ(serving(Day("2019-01-11")), "");
}

TEST(Catalog, FindsProtocolClausesAndRefusals) {
  const ProtocolClause* clause = BundledCatalog().FindProtocolClause("http.405.allow");
  ASSERT_NE(clause, nullptr);
  EXPECT_EQ(clause->check, "header_present");
  EXPECT_EQ(BundledCatalog().FindProtocolClause("http.405"), nullptr);
  EXPECT_EQ(BundledCatalog().RefusalStatus(Refusal::kMethod), 405);
  EXPECT_EQ(Catalog{}.RefusalStatus(Refusal::kMethod), std::nullopt);
}

TEST(LoadCatalog, TellsThatTheFolderIsMissing) {
  Diagnostics diagnostics;
  LoadCatalog("/nowhere/specs", diagnostics);
  EXPECT_EQ(diagnostics.RenderAll(),
            "/nowhere/specs: error: cannot be read: No such file or directory\n"
            "      contracts are read from the folder specs/ of the working directory, or the "
            "installed one\n");
}

TEST_F(LoadCatalogFrom, AFolderWithTheSameEditionTwice) {
  Copy(std::string(kSyncFolder) + "2019-01.yaml", "a/2019-01.yaml");
  Copy(std::string(kSyncFolder) + "2019-01.yaml", "b/2019-01.yaml");
  EXPECT_EQ(Errors(),
            "SPECS/b/2019-01.yaml: error: edition 2019-01 of "
            "deviceManagement.windowsAutopilotSettings.sync is also in SPECS/a/2019-01.yaml\n"
            "      keep one of the two files\n");
}

TEST_F(LoadCatalogFrom, AFileThatIsNotNamedAfterItsEdition) {
  Copy(std::string(kSyncFolder) + "2019-01.yaml", "sync/2019.yaml");
  Copy(CONFORM_SOURCE "/specs/protocol/oauth.yaml", "protocol/oauth2.yaml");
  EXPECT_EQ(Errors(),
            "SPECS/protocol/oauth2.yaml: error: the file is named 'oauth2', its set is 'oauth'\n"
            "      rename it to oauth.yaml\n"
            "SPECS/sync/2019.yaml: error: the file is named '2019', its edition is '2019-01'\n"
            "      rename it to 2019-01.yaml\n");
}

constexpr char kClause[] =
    "  - {id: SET.refusal.path, binds: service, strength: should, says: It is refused., source: "
    "{rfc: 9110, section: 15.5.5}}\n";

std::string SetOf(std::string name, const std::string& id) {
  std::string clause = kClause;
  clause.replace(clause.find("SET.refusal.path"), 16, id);
  return "set: " + std::move(name) + "\nrefusals: {path: 404}\nclauses:\n" + clause;
}

TEST_F(LoadCatalogFrom, TwoSetsThatRefuse) {
  Write("protocol/a.yaml", SetOf("a", "a.refusal.path"));
  Write("protocol/b.yaml", SetOf("b", "b.refusal.path"));
  EXPECT_EQ(Errors(),
            "SPECS/protocol/b.yaml: error: refusals are also in SPECS/protocol/a.yaml\n"
            "      keep them in one set\n");
}

TEST_F(LoadCatalogFrom, ACollectionWhoseItemsAreNamedByTwoMembers) {
  const fs::path categories = CONFORM_SOURCE "/specs/graph/beta/deviceManagement/deviceCategories";
  Copy(categories / "create/2024-08.yaml", "create/2024-08.yaml");
  std::ostringstream text;
  text << std::ifstream(categories / "get/2024-08.yaml").rdbuf();
  std::string get = text.str();
  const std::string written = "{collection: deviceCategories, does: read}";
  const std::size_t at = get.find(written);
  ASSERT_NE(at, std::string::npos);
  get.replace(at, written.size(),
              "{collection: deviceCategories, does: read, key: roleScopeTagIds}");
  Write("get/2024-08.yaml", get);
  const std::string errors = Errors();
  EXPECT_TRUE(errors.starts_with("SPECS/get/2024-08.yaml:")) << errors;
  EXPECT_NE(errors.find(": error: the items of 'deviceCategories' are named by 'roleScopeTagIds' "
                        "here, by 'id' in SPECS/create/2024-08.yaml\n"),
            std::string::npos)
      << errors;
  EXPECT_NE(errors.find("key: roleScopeTagIds}\n"), std::string::npos) << errors;
}

TEST_F(LoadCatalogFrom, EditionsAreInTheOrderOfTheirDates) {
  Copy(std::string(kSyncFolder) + "2024-08.yaml", "a/2024-08.yaml");
  Copy(std::string(kSyncFolder) + "2019-01.yaml", "b/2019-01.yaml");
  EXPECT_EQ(Errors(), "");
  ASSERT_EQ(catalog_.contracts.size(), 2U);
  EXPECT_EQ(catalog_.contracts[0].edition, "2019-01");
}

TEST_F(LoadCatalogFrom, AContractThatTakesAProtocolClausesId) {
  Copy(std::string(kSyncFolder) + "2019-01.yaml", "sync/2019-01.yaml");
  Write("protocol/sync.yaml",
        "set: sync\nclauses:\n"
        "  - {id: sync.method, binds: service, strength: should, check: x, says: It holds., "
        "source: {rfc: 9110, section: 9.1}}\n");
  const std::string errors = Errors();
  EXPECT_NE(errors.find("error: clause id 'sync.method' is taken by SPECS/protocol/sync.yaml\n"),
            std::string::npos)
      << errors;
}

TEST_F(LoadCatalogFrom, WhatCannotBeReadAndKeepsTheRest) {
  fs::create_directories(folder_ / "folder.yaml");
  Write("old.yml", "");
  Write("latin.yaml", "operation: \xe9\n");
  Copy(std::string(kSyncFolder) + "2019-01.yaml", "sync/2019-01.yaml");
  EXPECT_EQ(Errors(),
            "SPECS/folder.yaml: error: is a directory\n"
            "SPECS/latin.yaml: error: is not UTF-8 text: byte 12 on line 1; save it as UTF-8\n"
            "SPECS/old.yml: error: is not read: contracts end in .yaml\n"
            "      rename it\n");
  EXPECT_EQ(catalog_.contracts.size(), 1U);
}

}  // namespace
}  // namespace conform
