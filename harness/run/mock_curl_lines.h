// The lines that `conform mock` prints, to be pasted into a shell.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/redactor.h"
#include "contract/contract.h"

namespace conform {

/// A line that works for each operation and identity: with a token, and with the parameters and the
/// content that the contract requires. What deletes comes last, so that the lines before it find
/// their item; identities of one tenant share it, so that of two the second is answered as a second
/// call is. `trust`: more words for curl, a space before them. The tokens are told to
/// `redactor`.
std::string MockCurlLines(const std::vector<const Contract*>& contracts, std::string_view origin,
                          std::string_view trust, Redactor& redactor);

}  // namespace conform
