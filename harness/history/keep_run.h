// Makes what the history keeps of a run from its record.
#pragma once

#include <string>

#include "base/error.h"
#include "history/kept_run.h"
#include "record/evidence_reader.h"
#include "record/run_record.h"

namespace conform {

/// `sha256` is that of its run.json, `exit_code` how it ended. Errors: those of `evidence`.
Expected<KeptRun> KeepRun(const RunRecord& record, const EvidenceReader& evidence, int exit_code,
                          const std::string& sha256);

}  // namespace conform
