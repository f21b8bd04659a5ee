// `--bundle` as it is called: what it may be written over, and what stands in it.
#include <sys/stat.h>

#include <filesystem>

#include "base/digest.h"
#include "bundle/dsse.h"
#include "bundle/sample_bundle.h"
#include "run/sample_project.h"
#include "testing/golden.h"
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

/// A token that stands in a case.
constexpr const char* kToldToken = "opaque-token-of-somebody-123456";

/// Who makes the bundle later may have none of the secrets that the run had.
TEST_F(BundleProgram, IsRefusedForASecretThatTheRunAloneKnew) {
  const SampleMock mock(project_, {});
  project_.Write("ours.yaml", "name: ours\ntitle: Ours\ntarget: " + mock.address() +
                                  "\nidentities:\n  delegated_work: {variable: TOLD_TOKEN}\n");
  project_.Write("cases/things/x.yaml", std::string("# ") + kToldToken + "\n" +
                                            project_.Read("cases/things/without_token.yaml"));
  const std::string refused =
      "no bundle is written: inputs/cases/things/x.yaml holds a secret of this run; take it out of "
      "the file\n";
  const ProgramResult run = Run({"--profile", "ours.yaml", "--out", "a", "--bundle", "a.zip"},
                                {std::string("TOLD_TOKEN=") + kToldToken});
  EXPECT_NE(run.errors.find(refused), std::string::npos) << run.errors << run.output;
  // Its journal says so, too: of a run that was killed there is nothing else.
  const std::vector<std::vector<std::string>> later = {
      {"report", "a", "--bundle", "b.zip"},
      {"report", "a/journal.jsonl", "--bundle", "b.zip"},
      {"report", "a", "--merge", "--out", "merged", "--bundle", "b.zip"}};
  for (const std::vector<std::string>& arguments : later) {
    const ProgramResult again = project_.Conform(arguments);
    EXPECT_NE(again.exit_code, 0) << arguments[1];
    EXPECT_NE(again.errors.find(refused), std::string::npos) << arguments[1] << again.errors;
    EXPECT_FALSE(std::filesystem::exists(project_.folder() / "b.zip"));
  }
}

TEST_F(BundleProgram, HasOfARecordingItsDigestAlone) {
  const std::string recording = ReadTestFile(CONFORM_TESTDATA "/har/chromium.har");
  project_.Write("session.har", recording);
  project_.Remove("specs/things/sync/2024-08.yaml");
  project_.Remove("cases/things/documented.yaml");
  project_.Remove("cases/things/without_token.yaml");
  std::filesystem::copy(CONFORM_SOURCE "/specs/graph", project_.folder() / "specs/graph",
                        std::filesystem::copy_options::recursive);
  EXPECT_EQ(project_.Conform({"judge", "session.har", "--out", "j"}).exit_code, 1);
  const ProgramResult made = project_.Conform({"report", "j", "--bundle", "j.zip"});
  EXPECT_EQ(made.exit_code, 0) << made.errors;
  std::string all;
  for (const BundleFile& file : Unzip(project_.Read("j.zip"))) all += file.path + file.bytes;
  EXPECT_EQ(all.find("inputs/session.har\n"), std::string::npos);
  for (const char* secret : {"EwB4A8l6BAAUkj1NuJYtTVha", "SECRETCOOKIE", "ddddSECRETREFRESH"}) {
    EXPECT_EQ(all.find(secret), std::string::npos) << secret;
  }
  const ProgramResult verified = project_.Conform({"verify", "j.zip"});
  EXPECT_EQ(verified.exit_code, 3) << verified.errors;
  EXPECT_NE(verified.output.find("; read by the run and not in it, but by its SHA-256: "
                                 "inputs/session.har (" +
                                 Sha256Hex(recording) + ")\n"),
            std::string::npos)
      << verified.output;
  // What was a secret there is one in the other files as well.
  const std::string spec = "specs/graph/beta/deviceManagement/deviceCategories/delete/2024-08.yaml";
  project_.Write(spec, project_.Read(spec) + "# aaaaSECRETCOOKIE\n");
  EXPECT_EQ(project_.Conform({"judge", "session.har", "--out", "j"}).exit_code, 1);
  const ProgramResult refused = project_.Conform({"report", "j", "--bundle", "k.zip"});
  EXPECT_EQ(refused.exit_code, 3) << refused.output;
  EXPECT_EQ(refused.errors, "conform: no bundle is written: inputs/" + spec +
                                " holds a secret of this run; take it out of the file\n");
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
