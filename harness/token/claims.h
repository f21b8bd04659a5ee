// Single claims of a token, as far as they have the type that they should.
#pragma once

#include <chrono>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace conform {

/// Empty where the claim is absent or no text.
std::string TextClaim(const nlohmann::json& claims, std::string_view name);

/// Of a claim that is a text or a list of texts (`aud`, `roles`); what else stands in the list is
/// passed over.
std::vector<std::string> TextsClaim(const nlohmann::json& claims, std::string_view name);

/// A NumericDate (RFC 7519 §2). Nothing where the claim is absent, no number, or no instant that a
/// clock counting nanoseconds can show.
std::optional<std::chrono::system_clock::time_point> TimeClaim(const nlohmann::json& claims,
                                                               std::string_view name);

}  // namespace conform
