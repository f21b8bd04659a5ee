// harness/Containerfile, read by the linter of Dockerfiles that editors use.
#include <string>

#include "testing/golden.h"
#include "testing/peers/peer.h"

namespace conform {
namespace {

constexpr const char* kContainerfile = CONFORM_SOURCE "/harness/Containerfile";

class DockerfileLint : public PeerTest {
 protected:
  static ProgramResult Lint(const std::string& file) {
    return RunNode(PeerFolder() / "dockerfile-utils/bin/dockerfile-utils", {"lint", file});
  }
};

TEST_F(DockerfileLint, FindsNothingInTheContainerfile) {
  const ProgramResult told = Lint(kContainerfile);
  EXPECT_EQ(told.exit_code, 0) << told.output << told.errors;
  EXPECT_EQ(told.output + told.errors, "");
}

TEST_F(DockerfileLint, ComplainsOfOneThatIsSpoilt) {
  const PeerFile file("Containerfile", Spoil(ReadTestFile(kContainerfile), "COPY --from=build",
                                             "COPI --from=build"));
  const ProgramResult told = Lint(file.path());
  EXPECT_NE(told.exit_code, 0);
  EXPECT_NE((told.output + told.errors).find("COPI"), std::string::npos)
      << told.output << told.errors;
}

}  // namespace
}  // namespace conform
