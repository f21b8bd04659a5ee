// GoogleTest's own flags and variables. Some would end the program before a report is written, or
// with the exit code of a broken contract: they are looked at first.
#pragma once

#include <string>
#include <vector>

#include "base/error.h"

namespace conform {

/// InitGoogleTest with these `--gtest_*` arguments and the GTEST_* variables; lines of a flag file
/// count as arguments. Errors: an argument or a line that GoogleTest does not know, a file that
/// cannot be read or written, a number of rounds below 1, a setting that goes around the reports.
Expected<void> InitGtest(const std::vector<std::string>& arguments);

/// GoogleTest's own filter and, of a shuffled run, its seed; 0: not shuffled. These and all below
/// are known after InitGtest.
std::string SelectionFilter();
int ShuffleSeed();

/// Whether tests run more than once (--gtest_repeat).
bool Repeats();

/// Whether a failure ends the process at once (--gtest_break_on_failure).
bool EndsAtFailure();

/// Whether tests are only listed (--gtest_list_tests).
bool OnlyListed();

/// GoogleTest's own sharding, from GTEST_TOTAL_SHARDS and GTEST_SHARD_INDEX.
struct Shard {
  int index = 0;
  int count = 1;
};
/// Errors, too: GTEST_SHARD_STATUS_FILE, which GoogleTest makes to say that it shards, cannot be
/// written.
Expected<Shard> CurrentShard();

}  // namespace conform
