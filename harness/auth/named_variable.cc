#include "auth/named_variable.h"

#include "auth/token_answer.h"

namespace conform {

Expected<std::optional<IssuedToken>> NamedVariable::Issue() {
  auto value = environment_(variable_);
  if (!value || value->empty()) return std::nullopt;
  auto token = CheckToken(*std::move(value), variable_);
  if (!token) return tl::unexpected(token.error());
  return IssuedToken{*std::move(token), std::nullopt};
}

}  // namespace conform
