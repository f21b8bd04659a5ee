// A token in an environment variable that the profile names.
#pragma once

#include "auth/issued_token.h"
#include "exchange/connection_settings.h"

namespace conform {

/// Unset, the identity is not set up here.
class NamedVariable final : public TokenIssuer {
 public:
  NamedVariable(std::string variable, VariableLookup variables)
      : variable_(std::move(variable)), variables_(std::move(variables)) {}
  Expected<std::optional<IssuedToken>> Issue() override;
  bool renews() const override { return false; }

 private:
  std::string variable_;
  VariableLookup variables_;
};

}  // namespace conform
