// The audit bundle of a run: every rendering, specs and cases as run, digests, and a signature.
#pragma once

#include <CLI/CLI.hpp>
#include <ostream>
#include <string>

#include "base/error.h"
#include "run/run_reports.h"

namespace conform {

/// `--bundle FILE`, `--key FILE` and `--tsa URL`.
void AddBundleFlags(CLI::App& command, BundleOptions& options);

/// Makes the folder that the bundle goes to. Errors: what can be known before a run: --key and
/// --tsa without --bundle, a key that cannot sign, a folder that cannot be made.
Expected<void> PrepareBundle(const BundleOptions& options);

/// Where others than its owner may read the key.
void WarnOfExposedKey(const BundleOptions& options, std::ostream& err);

/// Writes it whole or not at all. Errors: PrepareBundle's, a spec or case that has changed
/// since the run, an input that holds a secret (what is masked in it would no longer be what was
/// run), no time stamp, the file cannot be written.
Expected<void> WriteBundle(const FinishedRun& run, const RunConclusion& conclusion,
                           const BundleOptions& options, const Redactor& redactor);

}  // namespace conform
