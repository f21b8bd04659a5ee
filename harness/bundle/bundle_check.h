// Whether a bundle is as it was made, and who vouches for it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bundle/signing_key.h"
#include "bundle/time_stamp.h"

namespace conform {

/// Whom the reader trusts.
struct BundleTrust {
  const PublicKey* key = nullptr;         ///< null: nobody.
  const TimeStampRoots* roots = nullptr;  ///< null: time stamps count for nothing.
};

struct BundleVerdict {
  enum class State {
    kHolds,          ///< as it was made, signed by the key, stamped where roots were given.
    kSignerUnknown,  ///< agrees with itself; no key was given to hold it against.
    kBroken,         ///< `breaches` says how.
    kUnreadable,     ///< `summary` says why it is no bundle that can be read.
  };
  State state = State::kUnreadable;
  std::string summary;  ///< one line, safe to print.
  /// One line each: what was altered, removed, added or re-ordered, or is not signed as it should.
  std::vector<std::string> breaches;
};

/// `archive` may be anything; nothing of it is written to the disk. With a key the statement is
/// read only where that key signed it: else its signature is all that is told of it.
BundleVerdict CheckBundle(std::string_view archive, const BundleTrust& trust);

}  // namespace conform
