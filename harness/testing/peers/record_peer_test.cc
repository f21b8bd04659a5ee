// run.json, held against reports/run.schema.json by ajv and by Python's jsonschema.
#include <string>
#include <utility>

#include "record/run_record_file.h"
#include "testing/golden.h"
#include "testing/no_secrets.h"
#include "testing/peers/peer.h"
#include "testing/peers/peer_record.h"

namespace conform {
namespace {

constexpr const char* kSchema = CONFORM_SOURCE "/reports/run.schema.json";

constexpr const char* kPython = R"PY(
import json, sys
import jsonschema
with open(sys.argv[1]) as file: schema = json.load(file)
with open(sys.argv[2]) as file: run = json.load(file)
jsonschema.Draft202012Validator.check_schema(schema)
errors = list(jsonschema.Draft202012Validator(schema).iter_errors(run))
for error in errors: print("/".join(map(str, error.absolute_path)), error.message[:200])
sys.exit(1 if errors else 0)
)PY";

class RunSchemaReaders : public PeerTest {
 protected:
  /// A record with every member set, as a run leaves it.
  static std::string EveryMember() {
    const PeerFile file("every.json", "");
    EXPECT_TRUE(WriteRunRecord(PeerRecord(), "", file.path(), kNoSecrets));
    return ReadTestFile(file.path());
  }

  static ProgramResult Ajv(const std::string& run) {
    const PeerFile file("run.json", run);
    return RunNode(PeerFolder() / "ajv-cli/dist/index.js",
                   {"validate", "--spec=draft2020", "-s", kSchema, "-d", file.path()});
  }

  static ProgramResult Jsonschema(const std::string& run) {
    const PeerFile file("run.json", run);
    return RunProgram({"/usr/bin/python3", "-c", kPython, kSchema, file.path()});
  }
};

TEST_F(RunSchemaReaders, BothTakeARecordWithEveryMember) {
  const std::string run = EveryMember();
  const ProgramResult ajv = Ajv(run);
  EXPECT_EQ(ajv.exit_code, 0) << ajv.output << ajv.errors;
  const ProgramResult python = Jsonschema(run);
  EXPECT_EQ(python.exit_code, 0) << python.output << python.errors;
}

TEST_F(RunSchemaReaders, BothTakeWhatARunLeaves) {
  const std::string run = ReportOfARun("junit", kRunRecordName);
  const ProgramResult ajv = Ajv(run);
  EXPECT_EQ(ajv.exit_code, 0) << ajv.output << ajv.errors;
  const ProgramResult python = Jsonschema(run);
  EXPECT_EQ(python.exit_code, 0) << python.output << python.errors;
}

TEST_F(RunSchemaReaders, BothComplainOfAFileThatIsSpoilt) {
  const std::pair<const char*, const char*> rows[] = {
      {"\"outcome\":\"fail\"", "\"outcome\":\"bad\""},
      {"\"format\":2", "\"format\":99"},
      {"\"started\":\"2026", "\"started\":\"26"},
      {"\"tests\":", "\"test\":"},
      {"\"line\":1,", "\"line\":\"1\","}};
  const std::string run = EveryMember();
  for (const auto& [from, to] : rows) {
    const std::string spoilt = Spoil(run, from, to);
    EXPECT_NE(Ajv(spoilt).exit_code, 0) << to;
    EXPECT_NE(Jsonschema(spoilt).exit_code, 0) << to;
  }
}

}  // namespace
}  // namespace conform
