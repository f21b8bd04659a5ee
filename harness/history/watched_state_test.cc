#include "history/watched_state.h"

#include <gtest/gtest.h>

namespace conform {
namespace {

struct ObserveRow {
  const char* name;
  int confirm;
  const char* values;  ///< a letter a run; the first is what was told.
  const char*
      turns;  ///< a letter a run: . none, p pending, C changed, B back, F flapping, S settled.
};

class ObserveTest : public testing::TestWithParam<ObserveRow> {};

TEST_P(ObserveTest, TellsEachTurnOnce) {
  const std::string values = GetParam().values;
  WatchedState state;
  state.told = state.last = values.substr(0, 1);
  std::string turns;
  for (std::size_t i = 1; i < values.size(); ++i) {
    const WatchMoment moment{static_cast<std::int64_t>(i) + 1, {}, GetParam().confirm};
    const Turn turn = Observe(values.substr(i, 1), moment, state);
    turns += ".pCBFS"[static_cast<std::size_t>(turn)];
    const auto read = ReadWatchedState(WriteWatchedState(state));
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(*read, state);
  }
  EXPECT_EQ(turns, GetParam().turns);
}

const ObserveRow kObserveRows[] = {
    {"Still", 1, "ppppp", "...."},
    {"OnceAndOnceWhenItGoesBack", 1, "pffffpppp", "C...B..."},
    {"AThirdValueIsNotBack", 1, "pfffwwww", "C..C..."},
    {"ConfirmedByTwoRuns", 2, "pfffppp", "pC.pB."},
    {"ABlipIsNotConfirmed", 2, "pfpppp", "p...."},
    {"AnotherValueBeginsAnew", 3, "pffwww", "ppppC"},
    {"FlappingIsNamedOnceAndSettles", 1, "ppfpfpfpppppp", ".CBCF......S"},
    {"UnconfirmedTurnsFlapToo", 2, "pfpfpppppppp", "p.pF....S.."},
    {"SlowTurnsAreNoFlapping", 1, "pffffffppppppfffffff", "C.....B.....C......"},
};

INSTANTIATE_TEST_SUITE_P(WatchedState, ObserveTest, testing::ValuesIn(kObserveRows),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(ReadWatchedState, RefusesWhatIsNone) {
  EXPECT_FALSE(ReadWatchedState("{}"));
  EXPECT_FALSE(ReadWatchedState("["));
}

}  // namespace
}  // namespace conform
