// Media types as contracts name them: one, or a range.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "contract/contract.h"

namespace conform {

/// `text/*` or `*/*` (RFC 9110 §12.5.1).
bool IsRange(std::string_view media_type);

/// Itself, or of a range one that the mock can send.
std::string SampleTypeOf(const std::string& media_type);

/// Whether `given`, the value of a Content-Type field, is of one of the media types of `content`,
/// which may be ranges such as `text/*`; parameters count for nothing (RFC 9110 §8.3.1, §12.5.1).
bool IsOneOf(const std::vector<MediaContent>& content, std::string_view given);

}  // namespace conform
