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
  bool may_be_edited = false;
};

class ObserveTest : public testing::TestWithParam<ObserveRow> {
 protected:
  /// `f` is what is told while it flaps, too, unless that is known.
  static Urgency UrgencyOf(const std::string& value, const WatchedState& state) {
    if (GetParam().may_be_edited) return Urgency::kEdited;
    return value == "f" && state.told != "f" ? Urgency::kUrgent : Urgency::kNone;
  }
};

TEST_P(ObserveTest, TellsEachTurnOnce) {
  const std::string values = GetParam().values;
  WatchedState state;
  state.told = state.last = values.substr(0, 1);
  std::string turns;
  for (std::size_t i = 1; i < values.size(); ++i) {
    const WatchMoment moment{static_cast<std::int64_t>(i) + 1, {}, GetParam().confirm};
    const std::string value = values.substr(i, 1);
    const Turn turn = Observe(value, moment, UrgencyOf(value, state), state);
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
    {"FlappingIsNamedOnceAndSettles", 1, "ppwpwpwpppppp", ".CBCF......S"},
    {"WhatIsUrgentIsToldWhileItFlaps", 1, "ppfpfpfpppppp", ".CBCFF.....S"},
    {"AndIsKnownFromThenOn", 1, "ppfpfpffffffff", ".CBCFF....S.."},
    {"FlappingToWhatIsUrgent", 1, "pfpwfpfpffffff", "CBCF........S"},
    {"UnconfirmedTurnsAreNoFlapping", 2, "pfpfpfpfppp", "p.p.p.p..."},
    {"BlipsAreNoFlapping", 2, "pfpppfpppfppp", "p...p...p..."},
    {"ConfirmedTurnsFlap", 2, "pffppffppff", "pCpBpCpFpF"},
    {"SlowTurnsAreNoFlapping", 1, "pffffffppppppfffffff", "C.....B.....C......"},
    {"EditsAreNoFlapping", 1, "abcdefg", "CCCCCC", true},
    {"WhatComesBackFlaps", 1, "abababaaaaaa", "CBCBF.....S", true},
    {"OfThreeAsWell", 1, "abcabcabcaaaaa", "CCCCCF.......", true},
    {"AnEditIsToldWhileItFlaps", 1, "abababacccccc", "CBCBF.C....S", true},
    {"OnceItIsConfirmed", 2, "aabbbcc", ".pC.pC", true},
};

INSTANTIATE_TEST_SUITE_P(WatchedState, ObserveTest, testing::ValuesIn(kObserveRows),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(ReadWatchedState, RefusesWhatIsNone) {
  EXPECT_FALSE(ReadWatchedState("{}"));
  EXPECT_FALSE(ReadWatchedState("["));
}

}  // namespace
}  // namespace conform
