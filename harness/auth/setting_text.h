// Reads a setting that the profile holds itself or names the variable of.
#pragma once

#include <optional>
#include <string>

#include "auth/environment_tokens.h"
#include "auth/sign_in_settings.h"
#include "base/line_end.h"

namespace conform {

/// Without a line end behind it, which a variable may hold. Nothing where that is not set or empty.
inline std::optional<std::string> ValueOf(const SettingText& setting,
                                          const Environment& environment) {
  if (setting.variable.empty()) return setting.text;
  const std::string value = environment(setting.variable).value_or("");
  const std::string_view told = WithoutLineEnd(value);
  if (told.empty()) return std::nullopt;
  return std::string(told);
}

}  // namespace conform
