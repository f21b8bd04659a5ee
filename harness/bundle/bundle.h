// A run's reports and inputs as one zip archive that shows any change: SHA256SUMS, and a statement
// of what was run with which outcome, signed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/redactor.h"
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

/// Whether files of these paths can stand in a bundle together. Errors: a path that is unsafe
/// (DescribeUnsafeName), is one of the names above, stands twice, or differs from another in the
/// case of ASCII letters alone: where case does not count, one would be written over the other.
Expected<void> CheckBundlePaths(const std::vector<std::string_view>& paths);

/// The archive's bytes. `files` are every rendering of the record and what LoadRunInputs gave, in
/// any order. The same arguments give the same bytes, but for an ECDSA signature and a time stamp.
/// Errors: CheckBundlePaths's; a time stamp without a key; no time stamp came; too large
/// (WriteZip). `redactor`, where there is one, masks the statement, whose text cannot be seen in
/// the archive: it stands there in base64. Also an error: a path that holds a secret, since masked
/// it names no file.
Expected<std::string> MakeBundle(const RunRecord& record, const RunOutcome& outcome,
                                 std::vector<BundleFile> files, const BundleSeal& seal = {},
                                 const Redactor* redactor = nullptr);

}  // namespace conform
