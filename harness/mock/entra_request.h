// A request as the mock of Entra sees it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "mock/entra_directory.h"
#include "mock/entra_error.h"
#include "mock/mock_request.h"

namespace conform {

/// `application/x-www-form-urlencoded` content.
class EntraForm {
 public:
  explicit EntraForm(std::string_view body);

  /// Empty where it is absent, as RFC 6749 §3.2 has it.
  std::string Get(std::string_view name) const;

 private:
  std::string text_;  // `+` made `%20`
};

struct EntraRequest {
  std::string origin;       ///< as the client reached it: `https://localhost:8443`.
  std::string tenant_name;  ///< as it stands in the address.
  EntraTenant tenant;
  EntraForm form;
  std::string authorization;  ///< the field's value; empty where there is none.
  EntraIds ids;

  /// `ORIGIN/TENANT` and what follows.
  std::string Address(std::string_view path) const;
};

}  // namespace conform
