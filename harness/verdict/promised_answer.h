// What a contract promises of an answer besides its status, though no case says it again.
#pragma once

#include <string_view>
#include <vector>

#include "verdict/check.h"

namespace conform {

/// Whether `given`, the value of a Content-Type field, is of one of the media types of `content`,
/// which may be ranges such as `text/*`; parameters count for nothing (RFC 9110 §8.3.1, §12.5.1).
bool IsOneOf(const std::vector<MediaContent>& content, std::string_view given);

/// How an answer to `method` breaks what its rule says of header fields and media types. What an
/// expectation of `named` is about is left to that. Of an answer that has no header field at all,
/// as in some recordings, nothing can be told; that a rule names no content promises nothing.
std::vector<Mismatch> FindBrokenPromises(const ResponseRule& rule, std::string_view method,
                                         const Response& response,
                                         const std::vector<Expectation>& named);

}  // namespace conform
