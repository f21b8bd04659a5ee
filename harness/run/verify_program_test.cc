// `conform verify` as it is called: what it says, and its exit codes.
#include <sys/stat.h>

#include "bundle/sample_authority.h"
#include "run/sample_project.h"

namespace conform {
namespace {

class VerifyProgram : public testing::Test {
 protected:
  VerifyProgram() {
    project_.Write("run.zip", SampleBundle());
    project_.Write("signer.pub.pem", kSamplePublicKey);
  }
  ProgramResult Verify(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), "verify");
    return project_.Conform(std::move(arguments));
  }

  SampleProject project_;
};

TEST_F(VerifyProgram, TellsInOneLineWhatHolds) {
  const ProgramResult result = Verify({"run.zip", "--public-key", "signer.pub.pem"});
  EXPECT_EQ(result.exit_code, 0) << result.errors;
  EXPECT_EQ(result.output, "run.zip: unaltered, signed by key " + SampleReader().id() +
                               ", 6 files, run of 2026-11-24T22:54:03.120Z against embedded mock "
                               "(a mock: it proves nothing of the service): nonconformance "
                               "(1 test failed)\n");
}

/// As README writes it: where no folder is named the bundle lies where the run was started.
TEST_F(VerifyProgram, TakesABundleThatARunLeavesBesideIt) {
  project_.Write("signer.pem", kSampleKey);
  const ProgramResult run =
      project_.Conform({"run", "--no-history", "--bundle", "own.zip", "--key", "signer.pem"});
  EXPECT_EQ(run.exit_code, 0) << run.errors;
  const ProgramResult result = Verify({"own.zip", "--public-key", "signer.pub.pem"});
  EXPECT_EQ(result.exit_code, 0) << result.errors << result.output;
  EXPECT_EQ(result.output.find("own.zip: unaltered, signed by key "), 0U) << result.output;
}

TEST_F(VerifyProgram, DoesNotPassWithoutAKey) {
  const ProgramResult result = Verify({"run.zip"});
  EXPECT_EQ(result.exit_code, 3) << result.errors;
  EXPECT_EQ(result.output.substr(0, 34), "run.zip: unaltered, signer unknown");
}

TEST_F(VerifyProgram, NamesWhatWasAltered) {
  std::string bundle = SampleBundle();
  bundle[bundle.find("<testsuites/>")] = '(';
  project_.Write("run.zip", bundle);
  const ProgramResult result = Verify({"run.zip", "--public-key", "signer.pub.pem"});
  EXPECT_EQ(result.exit_code, 1) << result.errors;
  EXPECT_EQ(result.output,
            "run.zip: not as it was made, or not signed as it should (1)\n"
            "  junit.xml: altered (its checksum differs)\n");
}

TEST_F(VerifyProgram, RefusesWhatItCannotRead) {
  project_.Write("text.zip", "hello");
  project_.Write("signer.pem", kSampleKey);
  for (const auto& [arguments, error] :
       std::vector<std::pair<std::vector<std::string>, std::string>>{
           {{"text.zip"}, "text.zip is no bundle: it is no zip archive, or its end is cut off"},
           {{"gone.zip"}, "cannot read gone.zip: No such file or directory"},
           {{"specs"}, "cannot read specs: it is no file"},
           {{"run.zip", "--public-key", "signer.pem"},
            "--public-key signer.pem is a private key; its public half is made by: openssl pkey "
            "-pubout"},
           {{"run.zip", "--public-key", "gone.pem"}, "--public-key gone.pem: no such file"},
           {{"run.zip", "--tsa-ca", "text.zip"},
            "--tsa-ca text.zip holds no certificate in PEM"}}) {
    const ProgramResult result = Verify(arguments);
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_EQ(result.output, "");
    EXPECT_EQ(result.errors, "conform: " + error + "\n");
  }
}

TEST_F(VerifyProgram, HoldsATimeStampAgainstItsCa) {
  const SampleFolder folder;
  const SampleAuthority authority(folder);
  const SigningKey key = SampleSigner();
  const std::string ca = folder.path() / "ca.pem";
  project_.Write("stamped.zip", SampleBundle({&key, AskDirectly(authority)}));
  const ProgramResult stamped =
      Verify({"stamped.zip", "--public-key", "signer.pub.pem", "--tsa-ca", ca});
  EXPECT_EQ(stamped.exit_code, 0) << stamped.output << stamped.errors;
  EXPECT_NE(stamped.output.find(" by CN=Sample Authority,O=Samples, 7 files, "), std::string::npos);
  const ProgramResult plain = Verify({"run.zip", "--public-key", "signer.pub.pem", "--tsa-ca", ca});
  EXPECT_EQ(plain.exit_code, 1);
  EXPECT_EQ(plain.output,
            "run.zip: not as it was made, or not signed as it should (1)\n"
            "  statement.tsr: was never there: no time stamp\n");
}

TEST_F(VerifyProgram, WaitsForNoWriterOfAPipe) {
  ASSERT_EQ(::mkfifo((project_.folder() / "pipe.zip").c_str(), 0600), 0);
  ProgramCall call = project_.Call({"verify", "pipe.zip"});
  call.arguments.insert(call.arguments.begin(), {"timeout", "60"});
  const ProgramResult result = RunProgram(call);
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_EQ(result.errors, "conform: cannot read pipe.zip: it is no file\n");
}

}  // namespace
}  // namespace conform
