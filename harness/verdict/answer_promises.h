// What a contract promises of an answer besides its status, though no case says it again.
#pragma once

#include <vector>

#include "verdict/check.h"

namespace conform {

/// How the attempt's answer, which is there, breaks what its rule says of header fields and media
/// types. What an expectation of `named` is about is left to that. Of an answer that has no header
/// field at all, as in some recordings, nothing can be told; that a rule names no content promises
/// nothing. Out of a recording what holds secrets may have been taken.
std::vector<Mismatch> FindBrokenPromises(const ResponseRule& rule, const Attempt& attempt,
                                         const std::vector<Expectation>& named, bool recorded);

}  // namespace conform
