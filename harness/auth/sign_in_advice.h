// The table of what to do about errors of Microsoft Entra (AADSTS numbers) and of OAuth 2.0.
#pragma once

#include <array>
#include <string_view>

namespace conform {

struct AadstsAdvice {
  int number;
  std::string_view advice;
};

struct OAuthAdvice {
  std::string_view error;
  std::string_view advice;
};

extern const std::array<AadstsAdvice, 39> kAadstsAdvice;
extern const std::array<OAuthAdvice, 8> kOAuthAdvice;

}  // namespace conform
