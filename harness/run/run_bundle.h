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

/// Makes the folder that the bundle goes to. `reports`: the folder of the run's reports. Errors:
/// what can be known before a run: --key and --tsa without --bundle, a key that cannot sign, an
/// address that is none, a name that would be written over a report or over any file but a zip
/// archive, a folder that cannot be made.
Expected<void> PrepareBundle(const BundleOptions& options, const std::string& reports);

/// Of a run whose bundle is asked for. Errors: a file that the run reads cannot stand in its
/// bundle, or is what the bundle would be written over.
Expected<void> CheckBundleInputs(const BundleOptions& options,
                                 const std::vector<FileRecord>& inputs);

/// Where others than its owner may read the key.
void WarnOfExposedKey(const BundleOptions& options, std::ostream& err);

/// Writes it whole or not at all. Errors: PrepareBundle's, a spec or case that has changed
/// since the run, an input that holds a secret (what is masked in it would no longer be what was
/// run), also where the record alone knows of it, no time stamp, the file cannot be written. A
/// recording is left out; what is secret in it, or names people, becomes known to `redactor`.
Expected<void> WriteBundle(const FinishedRun& run, const RunConclusion& conclusion,
                           const BundleOptions& options, Redactor& redactor);

}  // namespace conform
