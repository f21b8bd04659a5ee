// A run's reports and inputs as one zip archive that shows any change: SHA256SUMS, and a statement
// of what was run with which outcome, signed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "bundle/bundle_file.h"
#include "bundle/signing_key.h"
#include "bundle/statement.h"
#include "bundle/time_stamp.h"
#include "record/run_record.h"

namespace conform {

/// What a bundle holds besides the files given to it.
inline constexpr std::string_view kSumsName = "SHA256SUMS";
inline constexpr std::string_view kStatementName = "statement.json";
inline constexpr std::string_view kTimeStampName = "statement.tsr";

/// Who vouches for it.
struct BundleSeal {
  const SigningKey* key = nullptr;  ///< null: nobody signs.
  TimeStamper time_stamper;         ///< stamps the signature; empty: nobody does.
};

/// The archive's bytes. `files` are every rendering of the record and what LoadRunInputs gave, in
/// any order. The same arguments give the same bytes, but for an ECDSA signature and a time stamp.
/// Errors: a path that stands twice, is one of the names above, or cannot stand in a bundle; a time
/// stamp without a key; no time stamp came; too large (WriteZip).
Expected<std::string> MakeBundle(const RunRecord& record, const RunOutcome& outcome,
                                 std::vector<BundleFile> files, const BundleSeal& seal = {});

}  // namespace conform
