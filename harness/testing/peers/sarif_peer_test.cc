// run.sarif, read by Microsoft's SARIF Multitool, and held against OASIS' schema by ajv.
#include <string>
#include <utility>

#include "report/sample_conclusion.h"
#include "report/sarif.h"
#include "testing/peers/peer.h"
#include "testing/peers/peer_record.h"

namespace conform {
namespace {

const char* const kPackage = "@microsoft/sarif-multitool-linux";

class SarifReaders : public PeerTest {
 protected:
  static std::string SchemaPath() { return PeerFolder() / kPackage / "sarif-2.1.0.json"; }

  /// Its rules and its schema; it always exits with 0. The schema is its own: nothing is fetched.
  static std::string Multitool(const std::string& sarif) {
    const PeerFile file("run.sarif", sarif);
    const PeerFile told("told.sarif", "");
    const ProgramResult result =
        RunProgram({.arguments = {PeerFolder() / kPackage / "Sarif.Multitool", "validate",
                                  file.path(), "--json-schema", SchemaPath(), "--output",
                                  told.path(), "--log", "ForceOverwrite"},
                    .variables = {"DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1"}});
    return result.output + result.errors;
  }

  static ProgramResult Ajv(const std::string& sarif) {
    const PeerFile file("sarif.json", sarif);
    return RunNode(PeerFolder() / "ajv-cli/dist/index.js",
                   {"validate", "--spec=draft2020", "--strict=false", "-c", "ajv-formats", "-s",
                    SchemaPath(), "-d", file.path()});
  }
};

TEST_F(SarifReaders, TheMultitoolFindsNoError) {
  const std::string told = Multitool(RenderSarif(PeerRecord(), kSampleConclusion));
  EXPECT_EQ(told.find(": error "), std::string::npos) << told;
  // A file that it cannot read at all it passes over without a word: this word says that it did.
  EXPECT_NE(told.find("warning SARIF2005: runs[0].tool.driver"), std::string::npos) << told;
}

TEST_F(SarifReaders, TheMultitoolComplainsOfAFileThatIsSpoilt) {
  const std::string spoilt =
      Spoil(RenderSarif(PeerRecord(), kSampleConclusion), "\"ruleIndex\": 0", "\"ruleIndex\": 7");
  EXPECT_NE(Multitool(spoilt).find("error SARIF1009"), std::string::npos);
}

TEST_F(SarifReaders, TheStandardsSchemaIsKept) {
  const ProgramResult result = Ajv(RenderSarif(PeerRecord(), kSampleConclusion));
  EXPECT_EQ(result.exit_code, 0) << result.output << result.errors;
}

TEST_F(SarifReaders, TheStandardsSchemaIsBrokenByAFileThatIsSpoilt) {
  const std::pair<const char*, const char*> rows[] = {
      {"\"level\": \"error\",\n     \"message\"", "\"level\": \"fatal\",\n     \"message\""},
      {"\"startLine\": 12", "\"startLine\": 0"},
      {"\"driver\"", "\"drivers\""},
      {"\"status\": \"accepted\"", "\"status\": \"fine\""}};
  const std::string sarif = RenderSarif(PeerRecord(), kSampleConclusion);
  for (const auto& [from, to] : rows) {
    if (sarif.find(from) == std::string::npos) {
      ADD_FAILURE() << from << " in\n" << sarif;
      continue;
    }
    EXPECT_NE(Ajv(Spoil(sarif, from, to)).exit_code, 0) << to;
  }
}

}  // namespace
}  // namespace conform
