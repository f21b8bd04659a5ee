// What a later import makes of first cases that stand: those that no hand changed follow the
// document, and what a hand changed is named where it no longer fits.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "run/sample_import_folder.h"

namespace conform {
namespace {

constexpr const char* kFile = "cases/shop/get/documented_request.yaml";
constexpr const char* kKeyFile = "cases/shop/get/without_x_key.yaml";
constexpr const char* kPage =
    "parameters: [{name: page, in: query, required: true, schema: {type: "
    "integer}}], ";
constexpr const char* kKey = "security: [{k: []}], ";
constexpr const char* kOk = "responses: {'200': {description: OK}}";
constexpr const char* kOkAgain = "responses: {'200': {description: done}}";
constexpr const char* kMadeAgain = "responses: {'201': {description: done}}";
constexpr const char* kMade = "responses: {'201': {description: made}}";
constexpr const char* kOkOrNot = "responses: {'200': {description: OK}, '401': {description: no}}";

/// A document of one operation, GET `path`.
std::string Document(const std::string& operation, const std::string& path = "/books",
                     const std::string& base = "") {
  return fmt::format(
      "openapi: 3.1.0\ninfo: {{title: Shop, version: '1'}}\n"
      "servers: [{{url: https://shop.example{}}}]\n"
      "components: {{securitySchemes: {{k: {{type: apiKey, in: header, name: X-Key}}}}}}\n"
      "paths: {{{}: {{get: {{operationId: get, {}}}}}}}\n",
      base, path, operation);
}

class FirstCasesProgram : public ImportFolder {
 protected:
  ProgramResult Import(const std::string& document, const char* date, bool scaffold = true) const {
    WriteFile("api.yaml", document);
    std::vector<std::string> line = {"import", "api.yaml", "--date", date};
    if (scaffold) line.emplace_back("--scaffold");
    return Conform(line);
  }

  bool Exists(const std::string& file) const { return std::filesystem::exists(folder_ / file); }

  void ExpectTheFolderPasses() const {
    const ProgramResult lint = Conform({"lint"});
    EXPECT_EQ(lint.exit_code, 0) << lint.errors;
    const ProgramResult run = Conform({"run", "--no-history"});
    EXPECT_EQ(run.exit_code, 0) << run.output << run.errors;
  }
};

/// What becomes of a document, and what then stands in a case; `editions` where it comes another
/// month, in its own month none. Empty: the case is gone.
struct Growth {
  std::string name;
  std::string before;
  std::string after;
  std::string file;
  std::string editions;
  std::string holds;
};

class AnUntouchedFirstCase : public FirstCasesProgram, public testing::WithParamInterface<Growth> {
 protected:
  void ExpectGrowth(const char* date, const std::string& editions) const {
    ASSERT_EQ(Import(GetParam().before, "2026-11-03").exit_code, 0);
    const ProgramResult later = Import(GetParam().after, date);
    EXPECT_EQ(later.exit_code, 0);
    EXPECT_EQ(later.errors, "");
    ExpectTheFolderPasses();
    EXPECT_EQ(Exists(GetParam().file), !GetParam().holds.empty()) << later.output;
    if (GetParam().holds.empty()) {
      EXPECT_NE(later.output.find(GetParam().file + ": removed, edition "), std::string::npos)
          << later.output;
      return;
    }
    const std::string text = Read(GetParam().file);
    EXPECT_NE(text.find(GetParam().holds), std::string::npos) << text;
    const std::size_t begin = text.find("editions: ");
    const std::string found =
        begin == std::string::npos ? "" : text.substr(begin, text.find('\n', begin) - begin);
    EXPECT_EQ(found, editions);
  }
};

TEST_P(AnUntouchedFirstCase, FollowsTheDocumentOfAnotherMonth) {
  ExpectGrowth("2026-12-02", GetParam().editions);
}

TEST_P(AnUntouchedFirstCase, FollowsTheDocumentOfTheSameMonth) { ExpectGrowth("2026-11-20", ""); }

INSTANTIATE_TEST_SUITE_P(
    Documents, AnUntouchedFirstCase,
    testing::Values(Growth{"ARequiredParameterMore", Document(kOk),
                           Document(std::string(kPage) + kOk), kFile, "",
                           "  query: {page: \"1\"}\n"},
                    Growth{"AnotherPath", Document(kOk), Document(kOk, "/volumes"), kFile,
                           "editions: [2026-12]", "  path: /volumes\n"},
                    Growth{"AnotherSuccess", Document(kOk), Document(kMade), kFile,
                           "editions: [2026-12]", "  status: 201\n"},
                    Growth{"AKeyIsWanted", Document(kOk), Document(std::string(kKey) + kOkOrNot),
                           kFile, "", "    X-Key: ${token}\n"},
                    Growth{"AndTheCaseWithoutIt", Document(kOk),
                           Document(std::string(kKey) + kOkOrNot), kKeyFile, "editions: [2026-12]",
                           "  status: 401\n"},
                    Growth{"NoKeyIsWanted", Document(std::string(kKey) + kOkOrNot), Document(kOk),
                           kFile, "editions: [2026-12]", "identity: none\n"},
                    Growth{"NorTheCaseWithoutIt", Document(std::string(kKey) + kOkOrNot),
                           Document(kOk), kKeyFile, "", ""}),
    [](const auto& row) { return row.param.name; });

TEST_F(FirstCasesProgram, AreTiedToTheMonthsThatTheyFit) {
  ASSERT_EQ(Import(Document(kOk), "2026-11-03").exit_code, 0);
  ASSERT_EQ(Import(Document(kMade), "2026-12-02").exit_code, 0);
  const ProgramResult third = Import(Document(kMadeAgain), "2027-01-04");
  EXPECT_EQ(third.errors, "");
  EXPECT_NE(Read(kFile).find("\neditions: [2026-12, 2027-01]\n"), std::string::npos) << Read(kFile);
  EXPECT_NE(third.output.find(std::string(kFile) +
                              ": written anew for edition 2027-01, no hand had changed it\n"),
            std::string::npos)
      << third.output;
  ExpectTheFolderPasses();
}

TEST_F(FirstCasesProgram, AreTheNewestMonthsWhereAnOlderOneComesLate) {
  ASSERT_EQ(Import(Document(kMade), "2026-12-02").exit_code, 0);
  EXPECT_EQ(Import(Document(kOk), "2026-11-03").errors, "");
  EXPECT_NE(Read(kFile).find("\neditions: [2026-12]\n"), std::string::npos) << Read(kFile);
  ExpectTheFolderPasses();
}

TEST_F(FirstCasesProgram, GoWithTheAddressOfTheirApi) {
  ASSERT_EQ(Import(Document(kOk, "/books", "/v1"), "2026-11-03").exit_code, 0);
  EXPECT_EQ(Import(Document(kOk, "/books", "/v2"), "2026-12-02").errors, "");
  EXPECT_FALSE(Exists("cases/shop/v1/get/documented_request.yaml"));
  EXPECT_TRUE(Exists("cases/shop/v2/get/documented_request.yaml"));
  ExpectTheFolderPasses();
}

TEST_F(FirstCasesProgram, KeepTheEditionsThatAHandTiedThemTo) {
  ASSERT_EQ(Import(Document(kOk), "2026-11-03").exit_code, 0);
  std::string text = Read(kFile);
  text.insert(text.find("identity:"), "editions: [2026-11]\n");
  WriteFile(kFile, text);
  ASSERT_EQ(Import(Document(kOk), "2026-11-20").exit_code, 0);
  EXPECT_EQ(Read(kFile), text);
  // That is no change of the case: the next month is not left without one.
  ASSERT_EQ(Import(Document(kOkAgain), "2026-12-02").exit_code, 0);
  EXPECT_EQ(Read(kFile).find("editions"), std::string::npos) << Read(kFile);
}

TEST_F(FirstCasesProgram, AreUntouchedWhereAHandChangedTheContractAlone) {
  ASSERT_EQ(Import(Document(std::string(kPage) + kOk), "2026-11-03").exit_code, 0);
  const std::string file = "specs/shop/get/2026-11.yaml";
  std::string contract = Read(file);
  const std::string type = "{type: integer}";
  WriteFile(file,
            contract.replace(contract.find(type), type.size(), "{type: integer, minimum: 5}"));
  ASSERT_NE(Read(kFile).find("  query: {page: \"1\"}\n"), std::string::npos) << Read(kFile);
  ASSERT_EQ(Import(Document(std::string(kPage) + kMade), "2026-11-20").exit_code, 0);
  EXPECT_NE(Read(kFile).find("  query: {page: \"5\"}\n"), std::string::npos) << Read(kFile);
  ExpectTheFolderPasses();
}

TEST_F(FirstCasesProgram, ThatAHandChangedAreNamedWhereTheyNoLongerFit) {
  ASSERT_EQ(Import(Document(kOk), "2026-11-03").exit_code, 0);
  const std::string mine = Read(kFile) + "# changed by hand\n";
  WriteFile(kFile, mine);
  const std::string told = std::string(kFile) +
                           ":3:11: warning: edition 2026-12 has no clause 'get.response.200'; "
                           "edition 2026-11 has\n"
                           " 3 | clauses: [get.response.200]\n"
                           "   |           ^^^^^^^^^^^^^^^^\n"
                           "      add editions: [2026-11]\n";
  for (const bool scaffold : {true, false}) {
    const ProgramResult later = Import(Document(kMade), "2026-12-02", scaffold);
    EXPECT_EQ(later.exit_code, 0);
    EXPECT_EQ(later.errors, told);
    EXPECT_EQ(Read(kFile), mine);
  }
  EXPECT_EQ(Conform({"lint"}).exit_code, 2);
  std::filesystem::remove_all(folder_ / "cases");
  EXPECT_EQ(Import(Document(kMade), "2026-12-02", false).errors, "");
}

TEST_F(FirstCasesProgram, OfTheNewestEditionAreMissedWhereOnlyAnOlderOneHasATest) {
  ASSERT_EQ(Import(Document(kOk), "2026-11-03").exit_code, 0);
  std::string text = Read(kFile);
  text.insert(text.find("identity:"), "editions: [2026-11]\n");
  WriteFile(kFile, text);
  ASSERT_EQ(Import(Document(kOkAgain), "2026-12-02", false).exit_code, 0);
  const ProgramResult coverage = Conform({"list", "--coverage"});
  EXPECT_NE(coverage.output.find("2026-12"), std::string::npos) << coverage.output;
}

}  // namespace
}  // namespace conform
