#include "run/progress_line.h"

#include <gtest/gtest.h>

#include <sstream>

namespace conform {
namespace {

using std::chrono::milliseconds;

TEST(RenderProgress, TellsDoneRateFailuresAndTimeLeft) {
  EXPECT_EQ(RenderProgress({0, 100, 0, milliseconds(0)}), "0 of 100");
  EXPECT_EQ(RenderProgress({50, 100, 0, milliseconds(500)}), "50 of 100, 100/s, 0s left");
  EXPECT_EQ(RenderProgress({412, 10'000, 3, milliseconds(500)}),
            "412 of 10000, 824/s, 3 failed, 12s left");
  EXPECT_EQ(RenderProgress({100, 100, 0, milliseconds(1'000)}), "100 of 100, 100/s");
}

TEST(ProgressLine, IsAbsentOffATerminal) {
  std::ostringstream out;
  ProgressLine line(out, false);
  line.Draw({1, 2, 0, milliseconds(0)});
  line.Erase();
  EXPECT_EQ(out.str(), "");
}

TEST(ProgressLine, IsDrawnAtMostTenTimesASecondAndErasedOnce) {
  std::ostringstream out;
  ProgressLine line(out, true);
  line.Draw({0, 4, 0, milliseconds(0)});
  line.Draw({1, 4, 0, milliseconds(99)});
  line.Erase();
  line.Erase();
  line.Draw({3, 4, 0, milliseconds(150)});
  EXPECT_EQ(out.str(), "0 of 4\r\033[K3 of 4, 20/s, 0s left");
}

}  // namespace
}  // namespace conform
