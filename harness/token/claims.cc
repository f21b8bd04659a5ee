#include "token/claims.h"

#include <cstdint>

namespace conform {

std::string TextClaim(const nlohmann::json& claims, std::string_view name) {
  const auto claim = claims.find(name);
  return claim != claims.end() && claim->is_string() ? claim->get<std::string>() : "";
}

std::vector<std::string> TextsClaim(const nlohmann::json& claims, std::string_view name) {
  const auto claim = claims.find(name);
  std::vector<std::string> texts;
  if (claim == claims.end()) return texts;
  if (claim->is_string()) texts.push_back(claim->get<std::string>());
  if (!claim->is_array()) return texts;
  for (const nlohmann::json& each : *claim) {
    if (each.is_string()) texts.push_back(each.get<std::string>());
  }
  return texts;
}

std::optional<std::chrono::system_clock::time_point> TimeClaim(const nlohmann::json& claims,
                                                               std::string_view name) {
  constexpr double kMostSeconds = 9e9;
  const auto claim = claims.find(name);
  if (claim == claims.end() || !claim->is_number()) return std::nullopt;
  const auto seconds = claim->get<double>();
  if (!(seconds >= 0 && seconds < kMostSeconds)) return std::nullopt;
  return std::chrono::system_clock::time_point(
      std::chrono::seconds(static_cast<std::int64_t>(seconds)));
}

}  // namespace conform
