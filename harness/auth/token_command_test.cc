#include "auth/token_command.h"

#include <gtest/gtest.h>

namespace conform {
namespace {

struct StoppedRow {
  const char* name;
  const char* script;
  bool before;       // it was stopped before the command began, else once it runs
  const char* told;  // what it printed, or the error
};

class StoppedTokenCommand : public testing::TestWithParam<StoppedRow> {};

TEST_P(StoppedTokenCommand, EndsAtOnceWhereTheStopComesMeanwhile) {
  int asked = 0;
  const auto stopped = [&asked] { return ++asked > (GetParam().before ? 0 : 1); };
  const auto ran =
      RunTokenCommand({"/bin/sh", "-c", GetParam().script}, std::chrono::minutes(10), stopped);
  EXPECT_EQ(ran ? ran->output : ran.error().message, GetParam().told);
}

INSTANTIATE_TEST_SUITE_P(Scripts, StoppedTokenCommand,
                         testing::Values(StoppedRow{"Prints", "echo printed; sleep 600", false,
                                                    "it was ended, since this run was"},
                                         StoppedRow{"PrintsNoMore", "exec >&- 2>&-; sleep 600",
                                                    false, "it was ended, since this run was"},
                                         StoppedRow{"BeganLater", "sleep 0.2; echo printed", true,
                                                    "printed\n"}),
                         [](const auto& param) { return param.param.name; });

}  // namespace
}  // namespace conform
