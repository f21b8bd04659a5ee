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

/// Of `content`, whose media types may be ranges such as `text/*`, what `given`, the value of a
/// Content-Type field, is of; of several the one that says most. Null: none. Parameters count for
/// nothing (RFC 9110 §8.3.1, §12.5.1).
const MediaContent* FindContent(const std::vector<MediaContent>& content, std::string_view given);

/// Whether there is one.
bool IsOneOf(const std::vector<MediaContent>& content, std::string_view given);

}  // namespace conform
