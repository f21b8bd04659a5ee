// `--bundle` as it is called: what it may be written over, and what stands in it.
#include <sys/stat.h>

#include <filesystem>

#include "bundle/dsse.h"
#include "bundle/sample_bundle.h"
#include "run/sample_project.h"
#include "testing/sanitizer.h"

namespace conform {
namespace {

class BundleProgram : public testing::Test {
 protected:
  ProgramResult Run(std::vector<std::string> arguments,
                    std::vector<std::string> variables = {}) const {
    arguments.insert(arguments.begin(), {"run", "--no-history"});
    return project_.Conform(std::move(arguments), std::move(variables));
  }
  std::string StatementIn(const std::string& bundle) const {
    for (const BundleFile& file : Unzip(project_.Read(bundle))) {
      if (file.path == kStatementName) return ReadEnvelope(file.bytes)->payload;
    }
    return "";
  }

  SampleProject project_;
};

TEST_F(BundleProgram, IsWrittenOverNothingButABundle) {
  project_.Write("signer.pem", kSampleKey);
  project_.Write("notes.txt", "mine");
  const std::string among =
      ": in the folder of the reports a bundle's name ends in .zip, as no report's does\n";
  const std::string other = ": is there already and is no zip archive; give another name\n";
  ASSERT_EQ(::mkfifo((project_.folder() / "pipe.zip").c_str(), 0600), 0);
  for (const auto& [file, error] :
       std::vector<std::pair<std::string, std::string>>{{"r9/run.json", among},
                                                        {"r9/sub/../report.html", among},
                                                        {"notes.txt", other},
                                                        {"signer.pem", other},
                                                        {"pipe.zip",
                                                         ": is no file; give the name "
                                                         "of one\n"},
                                                        {"cases/things/documented.yaml", other}}) {
    const ProgramResult result = Run({"--bundle", file, "--out", "r9", "--key", "signer.pem"});
    EXPECT_EQ(result.exit_code, 2) << file;
    EXPECT_EQ(result.errors, "conform: --bundle " + file + error);
    EXPECT_EQ(result.output, "");
  }
  EXPECT_EQ(project_.Read("notes.txt"), "mine");
  EXPECT_EQ(Run({"--bundle", "r9/run.zip", "--out", "r9"}).exit_code, 0);
  EXPECT_EQ(Run({"--bundle", "r9/run.zip", "--out", "r9"}).exit_code, 0);
  const ProgramResult again = project_.Conform({"report", "r9", "--bundle", "r9/run.json"});
  EXPECT_EQ(again.exit_code, 2);
  EXPECT_EQ(again.errors, "conform: --bundle r9/run.json" + among);
}

TEST_F(BundleProgram, IsRefusedBeforeTheRunWhereItCouldNotBeMade) {
  project_.Write("a:b/p.yaml", "name: lab\ntitle: A lab\ntarget: mock\n");
  project_.Write("signer.pem", kSampleKey);
  const ProgramResult path = Run({"--profile", "a:b/p.yaml", "--bundle", "run.zip"});
  EXPECT_EQ(path.exit_code, 2) << path.output;
  EXPECT_EQ(
      path.errors,
      "conform: inputs/a:b/p.yaml cannot stand in a bundle: its path holds one of \\ : * ? < > "
      "| \"\n");
  const ProgramResult port =
      Run({"--bundle", "run.zip", "--key", "signer.pem", "--tsa", "http://127.0.0.1:99999/"});
  EXPECT_EQ(port.exit_code, 2) << port.output;
  EXPECT_EQ(
      port.errors,
      "conform: --tsa http://127.0.0.1:99999/: 'http://127.0.0.1:99999' has no port between 1 "
      "and 65535 after its host\n");
}

TEST_F(BundleProgram, HoldsNoSecretInItsStatement) {
  const std::string token = "mark\"squirrel\\token";
  const ProgramResult run =
      Run({"--bundle", "run.zip"},
          {"CONFORM_TOKEN_DELEGATED_WORK=" + token, "GITHUB_RUN_ID=7", "GITHUB_ACTIONS=true",
           "GITHUB_REPOSITORY=a/b", "GITHUB_SERVER_URL=https://ci.example/" + token});
  const std::string statement = StatementIn("run.zip");
  EXPECT_NE(statement.find("https://ci.example/["), std::string::npos) << statement << run.errors;
  EXPECT_EQ(statement.find("squirrel"), std::string::npos) << statement;
}

TEST_F(BundleProgram, HoldsTheBaselineThatItsVerdictRestsOn) {
  const SampleMock mock(project_, {"success_200"});
  EXPECT_EQ(Run({"--base-url", mock.address(), "--out", "before"}).exit_code, 1);
  // Its file is written over by the run's own: what was read is what counts.
  const ProgramResult run = Run({"--base-url", mock.address(), "--baseline", "before", "--out",
                                 "before", "--bundle", "run.zip"});
  EXPECT_EQ(run.exit_code, 0) << run.output << run.errors;
  const std::string statement = StatementIn("run.zip");
  EXPECT_NE(statement.find(R"("baseline":{"name":"baseline/run.json","digest":{"sha256":")"),
            std::string::npos)
      << statement;
  const ProgramResult verified = project_.Conform({"verify", "run.zip"});
  EXPECT_EQ(verified.exit_code, 3) << verified.errors;
  EXPECT_NE(verified.output.find(": conforms (1 of 2 tests failed, each as in the baseline)\n"),
            std::string::npos)
      << verified.output;
  for (const BundleFile& file : Unzip(project_.Read("run.zip")))
    project_.Write(file.path, file.bytes);
  const ProgramResult again = Run({"--base-url", mock.address(), "--baseline", "baseline/run.json",
                                   "--out", "again", "--bundle", "again.zip"});
  EXPECT_EQ(again.exit_code, 0) << again.output << again.errors;
}

/// A run's exit code where no memory is left would say of a bundle that it is unaltered.
TEST_F(BundleProgram, IsNotCalledUnalteredWhereItIsTooLargeToRead) {
  project_.Write("large.zip", "");
  std::filesystem::resize_file(project_.folder() / "large.zip", std::uintmax_t{5} << 30);
  const ProgramResult large = project_.Conform({"verify", "large.zip"});
  EXPECT_EQ(large.exit_code, 2);
  EXPECT_EQ(large.errors, "conform: large.zip is no bundle: a bundle holds less than 4 GiB\n");
  if (kSanitized) return;  // its shadow takes more addresses than any limit leaves
  std::filesystem::resize_file(project_.folder() / "large.zip", std::uintmax_t{3} << 30);
  const ProgramResult bounded = RunProgram(
      {{"/bin/bash", "-c", "ulimit -v 1000000; exec " CONFORM_PROGRAM " verify large.zip"},
       "",
       project_.folder()});
  EXPECT_EQ(bounded.exit_code, 2);
  EXPECT_EQ(bounded.errors,
            "conform: no memory is left: the bundle was not looked at to its end, and nothing is "
            "known of it\n");
}

}  // namespace
}  // namespace conform
