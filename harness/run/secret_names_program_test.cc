// A secret that is also a name in contracts and cases.
#include <fmt/format.h>

#include "run/sample_project.h"
#include "run/secret_names.h"

namespace conform {
namespace {

TEST(IsTelling, KnowsThoseThatServicesUse) {
  for (const char* const name : {"x-functions-key", "Ocp-Apim-Subscription-Key", "X-Api-Key",
                                 "X-Amz-Signature", "private_key", "privateKey", "passphrase",
                                 "accessKey", "connectionString", "access_token", "Cookie"}) {
    EXPECT_TRUE(IsTelling(name)) << name;
  }
  for (const char* const name : {"keyboard", "author", "Signature-Input", "spin", "monkey",
                                 "$skiptoken", "access-control-allow-headers", "pint"}) {
    EXPECT_FALSE(IsTelling(name)) << name;
  }
}

/// A token that is also the name of a clause: it is masked, and what was written can be read again.
TEST(SecretNames, ComeOutNowhereAndSpoilNoRecord) {
  const SampleProject project;
  const std::vector<std::string> secret = {"CONFORM_TOKEN_DELEGATED_WORK=sync.authorization"};
  EXPECT_EQ(project.Conform({"run", "--no-history"}, secret).exit_code, 0);
  for (int i = 0; i < 3; ++i) {
    for (const char* file : {"journal.jsonl", "run.json", "junit.xml", "report.html"}) {
      EXPECT_EQ(project.Read(fmt::format("reports/{}", file)).find("sync.authorization"),
                std::string::npos)
          << file << i;
    }
    // Of the journal, then of the run.json that was made of it.
    const ProgramResult report = project.Conform({"report", "reports"}, secret);
    EXPECT_EQ(report.exit_code, 0) << report.errors;
    if (i == 1) project.Remove("reports/journal.jsonl");
  }
}

}  // namespace
}  // namespace conform
