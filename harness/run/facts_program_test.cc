// `conform diff A B RUN`: what two documents say of each fact, and what a run saw.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "contract/json_schema.h"
#include "run/sample_import_folder.h"

namespace conform {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

/// A contract, the same as OpenAPI with one answer more, and a run.
class FactsProgram : public ImportFolder {
 protected:
  void SetUp() override {
    const std::string document = (fs::path(CONFORM_TESTDATA) / "openapi/notes.json").string();
    ASSERT_EQ(Conform({"import", document, "--scaffold", "--date", "2026-01-15"}).exit_code, 0);
    Json other = Json::parse(ReadTestFile(document));
    Json& read = other["paths"]["/notes/{id}"]["get"];
    read["responses"]["410"] = {{"description", "It was removed"}};
    read["parameters"] = {{{"name", "lang"}, {"in", "query"}, {"schema", {{"type", "string"}}}}};
    std::ofstream(folder_ / "other.json") << other.dump(2);
    run_ = Conform({"run", "--gtest_filter=*notes_read*"});
    ASSERT_EQ(run_.exit_code, 0) << run_.output << run_.errors;
  }

  ProgramResult Facts(const std::string& form) const {
    return Conform({"diff", kFile, "other.json#notes.read", "reports", "--format", form});
  }

  static constexpr const char* kFile = "specs/shared_notes/v1/notes/read/2026-01.yaml";
  ProgramResult run_;
};

TEST_F(FactsProgram, TellsThreeColumnsAFact) {
  const ProgramResult told = Facts("markdown");
  EXPECT_EQ(told.exit_code, 1) << told.errors;
  for (const char* row :
       {"|  | method | GET | GET | not judged |\n",
        "| ! | parameters.lang |  | query, may be left out, string | not judged |\n",
        "|  | headers.Authorization | required, scheme 'Bearer' | required, scheme 'Bearer' | kept "
        "by "
        "1 test |\n",
        "|  | responses.200 | on success; application/json; ETag is there | on success; "
        "application/json; ETag is there | answered once, kept by 1 test |\n",
        "| ! | responses.410 |  | if\\: It was removed; no content | never answered |\n"}) {
    EXPECT_NE(told.output.find(row), std::string::npos) << row << told.output;
  }
}

TEST_F(FactsProgram, IsTextForATerminal) {
  const ProgramResult told = Facts("text");
  EXPECT_EQ(told.exit_code, 1);
  EXPECT_NE(told.output.find("\n! responses.410          (nothing)"), std::string::npos)
      << told.output;
  EXPECT_NE(told.output.find("\n2 of "), std::string::npos) << told.output;
}

TEST_F(FactsProgram, IsJsonAsItsSchemaSays) {
  const auto schema = JsonSchema::Compile(
      Json::parse(ReadTestFile(fs::path(CONFORM_SOURCE) / "reports/facts.schema.json")));
  ASSERT_TRUE(schema.has_value());
  const ProgramResult told = Facts("json");
  const auto breach = (*schema)->Validate(Json::parse(told.output, nullptr, false));
  EXPECT_FALSE(breach.has_value()) << breach->pointer << breach->message << told.output;
}

TEST_F(FactsProgram, OfTheSameContractAllIsAlike) {
  const ProgramResult told = Conform({"diff", kFile, kFile, "reports"});
  EXPECT_EQ(told.exit_code, 0) << told.output;
  EXPECT_NE(told.output.find(" facts, all alike\n"), std::string::npos);
}

TEST_F(FactsProgram, SeesWhatNobodyDocumentsAndWhatIsBroken) {
  StartedProgram mock(ProgramCall{
      {CONFORM_PROGRAM, "mock", "--port", "0", "--fault", "server_error"}, "", folder_});
  Conform({"run", "--base-url", mock.ReadLine(), "--gtest_filter=*notes_read*"});
  const ProgramResult told = Conform({"diff", kFile, kFile, "reports", "--format", "markdown"});
  EXPECT_EQ(told.exit_code, 1);
  EXPECT_NE(told.output.find("| ! | responses.500 |  |  | answered once |\n"), std::string::npos)
      << told.output;
  EXPECT_NE(told.output.find("| never answered, broken by 1 test |\n"), std::string::npos)
      << told.output;
}

TEST_F(FactsProgram, RefusesWhatIsNoOperationOfTheDocument) {
  const ProgramResult told = Conform({"diff", kFile, "other.json#notes.raed", "reports"});
  EXPECT_EQ(told.exit_code, 2);
  EXPECT_NE(told.errors.find("no operation 'notes.raed' in it; did you mean 'notes.read'?"),
            std::string::npos)
      << told.errors;
  EXPECT_EQ(Conform({"diff", "reports", "reports", "reports"}).exit_code, 2);
}

}  // namespace
}  // namespace conform
