// A run as a file for Prometheus' node exporter (its textfile collector).
#pragma once

#include <string>

#include "history/kept_run.h"

namespace conform {

/// In the text format, version 0.0.4: `conform_case_outcome` (1 for the outcome that a case has, 0
/// for the others), `conform_exchange_seconds` (a summary an operation) and
/// `conform_last_run_timestamp_seconds`, each with the run's profile.
std::string RenderMetrics(const KeptRun& run);

}  // namespace conform
