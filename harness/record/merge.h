// The run records of shards as the record that one process would have left.
#pragma once

#include <vector>

#include "base/error.h"
#include "record/run_record.h"

namespace conform {

/// Takes the shards in any order. Tests come in the order in which one process runs them: a shard
/// of N has every Nth test of the selection. Those that did not run follow. The run is complete
/// where every shard is; it lasts from the first start to the last end. Errors: a shard is missing
/// or there twice, or they are not of one run of the same tests (says what differs).
Expected<RunRecord> MergeShards(std::vector<RunRecord> shards);

}  // namespace conform
