// Reads a setting that the profile holds itself or names the variable of.
#pragma once

#include <optional>
#include <string>

#include "auth/environment_tokens.h"
#include "auth/sign_in_settings.h"

namespace conform {

/// Nothing where its variable is not set or empty.
inline std::optional<std::string> ValueOf(const SettingText& setting,
                                          const Environment& environment) {
  if (setting.variable.empty()) return setting.text;
  auto value = environment(setting.variable);
  if (!value || value->empty()) return std::nullopt;
  return value;
}

}  // namespace conform
