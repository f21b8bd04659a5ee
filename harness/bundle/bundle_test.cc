// What MakeBundle writes, read by the tools of everyone's.
#include "bundle/bundle.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "bundle/bundle_check.h"
#include "bundle/dsse.h"
#include "bundle/sample_authority.h"
#include "testing/golden.h"

namespace conform {
namespace {

std::string Why(std::vector<BundleFile> files, const BundleSeal& seal = {}) {
  const auto bundle = MakeBundle(SampleRun(), SampleOutcome(), std::move(files), seal);
  return bundle ? "" : bundle.error().message;
}

TEST(MakeBundle, GivesTheSameBytesForTheSameRun) {
  const std::string bundle = SampleBundle();
  EXPECT_EQ(SampleBundle(), bundle);
  std::vector<BundleFile> files = SampleFiles();
  std::reverse(files.begin(), files.end());
  const SigningKey key = SampleSigner();
  EXPECT_EQ(*MakeBundle(SampleRun(), SampleOutcome(), files, {&key, {}}), bundle);
  files[0].bytes += " ";
  EXPECT_NE(*MakeBundle(SampleRun(), SampleOutcome(), files, {&key, {}}), bundle);
}

TEST(MakeBundle, HoldsSumsAndAStatementBesidesItsFiles) {
  const SampleFolder folder;
  folder.Write("run.zip", SampleBundle());
  EXPECT_EQ(folder.Run("unzip -q run.zip -d run; cd run; find . -type f | LC_ALL=C sort"),
            "./SHA256SUMS\n./inputs/cases/a.yaml\n./inputs/specs/b.yaml\n./junit.xml\n./run.json\n"
            "./statement.json\n");
  EXPECT_EQ(folder.Run("cd run; sha256sum --strict -c SHA256SUMS"),
            "inputs/cases/a.yaml: OK\ninputs/specs/b.yaml: OK\njunit.xml: OK\nrun.json: OK\n");
  EXPECT_EQ(folder.Run("cd run; jq -r '.payload | @base64d' statement.json | "
                       "jq -r '.subject[] | .digest.sha256 + \"  \" + .name' | "
                       "sha256sum --strict -c"),
            "SHA256SUMS: OK\ninputs/cases/a.yaml: OK\ninputs/specs/b.yaml: OK\njunit.xml: OK\n"
            "run.json: OK\n");
}

TEST(MakeBundle, RefusesPathsThatCannotStandInIt) {
  EXPECT_EQ(Why({{"a", ""}, {"b", ""}, {"a", ""}}), "a would stand in the bundle twice");
  EXPECT_EQ(Why({{"../a", ""}}),
            "../a cannot stand in a bundle: its path is no plain path below a folder");
  EXPECT_EQ(Why({{"a\nb", ""}}),
            "a\\nb cannot stand in a bundle: its path holds a control character, or is not UTF-8");
  for (const char* name : {"SHA256SUMS", "statement.json", "statement.tsr"}) {
    EXPECT_EQ(Why({{name, ""}}),
              std::string(name) + " cannot stand in a bundle: the name is the bundle's own");
  }
}

TEST(MakeBundle, RefusesNamesThatAreOneWhereCaseDoesNotCount) {
  EXPECT_EQ(Why({{"a/B", ""}, {"a/b", ""}}),
            "a/B and a/b cannot stand in a bundle together: their names differ in case alone");
}

std::string StatementOf(const std::string& bundle) {
  Files files = Unzip(bundle);
  return ReadEnvelope(files.back().bytes)->payload;
}

/// In base64 no search of the bundle would find it.
TEST(MakeBundle, MasksTheStatement) {
  Redactor redactor("key");
  redactor.AddSecret("to\"ken\\1234", "token");
  RunRecord run = SampleRun();
  run.header.ci_run = "https://ci.example/to\"ken\\1234/7";
  const RunOutcome outcome{1, "nonconformance", {"to\"ken\\1234 was refused"}};
  const auto bundle = MakeBundle(run, outcome, SampleFiles(), {}, &redactor);
  ASSERT_TRUE(bundle) << bundle.error().message;
  const std::string statement = StatementOf(*bundle);
  EXPECT_FALSE(redactor.Holds(statement)) << statement;
  EXPECT_NE(statement.find("https://ci.example/[token, "), std::string::npos) << statement;
  EXPECT_EQ(ReadStatement(statement)->subjects,
            ReadStatement(StatementOf(SampleBundle()))->subjects);
  EXPECT_EQ(CheckBundle(*bundle, {}).state, BundleVerdict::State::kSignerUnknown);
  std::vector<BundleFile> files = SampleFiles();
  files.push_back({"inputs/to'ken/1234.yaml", ""});
  redactor.AddSecret("to'ken/1234", "token");
  EXPECT_EQ(MakeBundle(run, outcome, files, {}, &redactor).error().message,
            "no bundle is written: a path of its files, or its statement, holds a secret");
}

TEST(MakeBundle, NeedsAKeyForATimeStamp) {
  const BundleSeal seal{nullptr, [](std::string_view) { return Expected<std::string>("stamp"); }};
  EXPECT_EQ(Why(SampleFiles(), seal), "a time stamp is of a signature: give a key, too");
}

TEST(MakeBundle, TellsWhyNoTimeStampCame) {
  const SigningKey key = SampleSigner();
  const BundleSeal seal{&key, [](std::string_view) -> Expected<std::string> {
                          return Fail("no time stamp from nowhere");
                        }};
  EXPECT_EQ(Why(SampleFiles(), seal), "no time stamp from nowhere");
}

TEST(MakeBundle, HoldsAThousandCases) {
  std::vector<BundleFile> files = {{"report.html", std::string(std::size_t{5} << 20, 'x')}};
  for (int i = 0; i < 1'000; ++i) {
    files.push_back({"inputs/cases/" + std::to_string(i) + ".yaml", "title: A\n"});
  }
  const SigningKey key = SampleSigner();
  const PublicKey reader = SampleReader();
  const auto bundle = MakeBundle(SampleRun(), SampleOutcome(), std::move(files), {&key, {}});
  ASSERT_TRUE(bundle);
  const BundleVerdict verdict = CheckBundle(*bundle, {&reader, nullptr});
  EXPECT_EQ(verdict.state, BundleVerdict::State::kHolds);
  EXPECT_NE(verdict.summary.find(", 1003 files, "), std::string::npos) << verdict.summary;
}

/// The shell scripts of reports/README.md's section on bundles, by their first line.
std::string ReadmeScript(const std::string& first_line) {
  std::istringstream lines(ReadTestFile(CONFORM_SOURCE "/reports/README.md"));
  std::string script;
  bool inside = false;
  for (std::string line; std::getline(lines, line);) {
    if (inside && line == "```") break;
    inside = inside || line == first_line;
    if (inside) script += line + "\n";
  }
  EXPECT_NE(script, "") << first_line;
  return script;
}

class BundleReadme : public testing::TestWithParam<const char*> {};

TEST_P(BundleReadme, ScriptsVerifyABundleWithoutConform) {
  const SampleFolder folder;
  const SampleAuthority authority(folder);
  folder.Write("make.sh", ReadmeScript(GetParam()));
  folder.Run("bash -eu make.sh");
  const auto key = SigningKey::Load(folder.path() / "signer.pem");
  ASSERT_TRUE(key) << key.error().message;
  EXPECT_EQ(DescribeExposure(folder.path() / "signer.pem"), "");
  folder.Write("run.zip", SampleBundle({&*key, AskDirectly(authority)}));
  folder.Run("cp ca.pem tsa-ca.pem");
  const std::string check = ReadmeScript("# Verify a bundle with everyone's tools");
  EXPECT_EQ(folder.Run(check),
            "Signature Verified Successfully\n"
            "SHA256SUMS: OK\ninputs/cases/a.yaml: OK\ninputs/specs/b.yaml: OK\njunit.xml: OK\n"
            "run.json: OK\n");
  const std::string stamp = ReadmeScript("# And its time stamp");
  EXPECT_EQ(folder.Run("cd run\n" + stamp + " 2>&1").substr(0, 16), "Verification: OK");
  folder.Write("check.sh", check);
  const auto why_not = [&](const std::string& tamper) {
    return folder.Run("rm -rf run; cp run.zip kept.zip; " + tamper +
                      "; if bash check.sh > shown 2>&1; then echo passed; fi; mv kept.zip run.zip; "
                      "tail -n 1 shown");
  };
  EXPECT_EQ(why_not("true"), "passed\nrun.json: OK\n");
  EXPECT_EQ(why_not("echo > run.json; zip -q run.zip run.json"),
            "sha256sum: WARNING: 1 computed checksum did NOT match\n");
  EXPECT_EQ(why_not("echo > more; zip -q run.zip more"), "> more\n");
  EXPECT_EQ(
      why_not("openssl genpkey -algorithm ed25519 | openssl pkey -pubout -out signer.pub.pem"),
      "Signature Verification Failure\n");
}

INSTANTIATE_TEST_SUITE_P(Keys, BundleReadme,
                         testing::Values("# A key on Ed25519", "# Or one on P-256"),
                         [](const auto& row) {
                           return std::string(row.param).ends_with("256") ? "P256" : "Ed25519";
                         });

}  // namespace
}  // namespace conform
