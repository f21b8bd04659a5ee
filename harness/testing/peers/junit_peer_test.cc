// junit.xml, read by junit-to-ctrf with ctrf, and by xunit-viewer.
#include <string>

#include "report/junit.h"
#include "report/sample_conclusion.h"
#include "testing/peers/peer.h"
#include "testing/peers/peer_record.h"

namespace conform {
namespace {

class JunitReaders : public PeerTest {
 protected:
  static ProgramResult Ctrf(const std::string& xml) {
    const PeerFile file("junit.xml", xml);
    return RunNode("ctrf.cjs", {file.path()});
  }

  /// The lines that it prints of tests, and its counts.
  static std::string XunitViewer(const std::string& xml) {
    const PeerFile file("junit.xml", xml);
    const PeerFile page("page.html", "");
    return RunNode(PeerFolder() / "xunit-viewer/bin/xunit-viewer.js",
                   {"-r", file.path(), "-c", "-n", "-o", page.path()})
        .output;
  }
};

constexpr const char* kSuite = "deviceManagement_windowsAutopilotSettings_sync/2019_01";

TEST_F(JunitReaders, CtrfSeesEachTestWithItsOutcome) {
  const ProgramResult read = Ctrf(RenderJunit(PeerRecord(), kSampleConclusion));
  const std::string suite = kSuite;
  EXPECT_EQ(read.output,
            "7 tests, 3 passed, 2 failed, 2 skipped, 0 other\nfailed " + suite +
                ": documented_request\npassed " + suite + ": without_authorization\npassed " +
                suite + ": accepted/row_b\npassed " + suite + ": warned\nfailed " + suite +
                ": unclear\nskipped " + suite + ": skipped\nskipped " + suite + ": not_run\n")
      << read.errors;
  EXPECT_EQ(read.exit_code, 0) << read.errors;
}

TEST_F(JunitReaders, CtrfSeesWhereAFileIsSpoilt) {
  const std::string xml = RenderJunit(PeerRecord(), kSampleConclusion);
  EXPECT_NE(Ctrf(xml.substr(0, xml.size() / 2)).exit_code, 0);
  EXPECT_NE(Ctrf(Spoil(xml, "<skipped ", "<failure ")).output, Ctrf(xml).output);
}

TEST_F(JunitReaders, XunitViewerCountsThem) {
  const std::string told = XunitViewer(RenderJunit(PeerRecord(), kSampleConclusion));
  for (const char* count : {"3 passed", "1 failure", "1 error", "2 skipped"}) {
    EXPECT_NE(told.find(count), std::string::npos) << count << " in\n" << told;
  }
}

TEST_F(JunitReaders, XunitViewerSeesWhereAFileIsSpoilt) {
  const std::string xml = RenderJunit(PeerRecord(), kSampleConclusion);
  EXPECT_EQ(XunitViewer(xml.substr(0, xml.size() / 2)).find("3 passed"), std::string::npos);
  EXPECT_EQ(XunitViewer(Spoil(xml, "<error ", "<skipped ")).find("1 error"), std::string::npos);
}

}  // namespace
}  // namespace conform
