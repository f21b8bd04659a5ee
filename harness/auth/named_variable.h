// A token in an environment variable that the profile names.
#pragma once

#include "auth/environment_tokens.h"
#include "auth/issued_token.h"

namespace conform {

/// Unset, the identity is not set up here.
class NamedVariable final : public TokenIssuer {
 public:
  NamedVariable(std::string variable, Environment environment)
      : variable_(std::move(variable)), environment_(std::move(environment)) {}
  Expected<std::optional<IssuedToken>> Issue() override;
  bool renews() const override { return false; }

 private:
  std::string variable_;
  Environment environment_;
};

}  // namespace conform
