// What a contract promises of an answer besides its status, which no case says again.
#pragma once

#include <vector>

#include "verdict/check.h"

namespace conform {

/// Whether the answer was read from a recording that holds no header field, and so cannot show what
/// its rule says of them.
bool HidesPromises(const ResponseRule& rule, const Attempt& attempt, bool recorded);

/// How the attempt's answer, which is there, breaks what its rule says of header fields and media
/// types. Where an expectation of `named` asks for more than that a field is there, that is left to
/// it; that a rule names no content promises nothing. Out of a recording what holds secrets may
/// have been taken, and header fields as a whole.
std::vector<Mismatch> FindBrokenPromises(const ResponseRule& rule, const Attempt& attempt,
                                         const std::vector<Expectation>& named, bool recorded);

/// Holds the attempt's answer, which is there, against the schema that the contract states of its
/// status and media type. An answer to HEAD, and one of which no schema of JSON is stated, keep it;
/// what may come in any media type is to be JSON where that was asked for. Of a media type that is
/// not promised nothing is known.
CheckResult HoldToPromisedSchema(const Contract& contract, const Attempt& attempt);

}  // namespace conform
