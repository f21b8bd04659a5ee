// What the mock of Entra has registered: tenants, applications, people.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "mock/entra_error.h"

namespace conform {

/// Where `common` and `organizations` lead; any other GUID is a tenant too, with the same
/// applications and people.
inline constexpr std::string_view kEntraTenant = "3f1c2b7a-5d84-4e0b-9c66-0a7d1b2e9f40";
/// A domain of that tenant, which may stand for it.
inline constexpr std::string_view kEntraDomain = "conform.example";

/// Its secrets are public: nothing real may ever trust them.
struct EntraApplication {
  std::string_view id;
  std::string_view name;
  std::string_view secret;          ///< empty: a public client.
  std::string_view expired_secret;  ///< told apart from a wrong one.
  bool consented = true;            ///< false: it was granted nothing.
};

inline constexpr std::array<EntraApplication, 4> kEntraApplications = {{
    {"c0f0a001-0000-4000-8000-000000000001", "conform public client", "", "", true},
    {"c0f0a001-0000-4000-8000-000000000002", "conform confidential client", "conform-mock-secret",
     "conform-mock-secret-of-last-year", true},
    {"c0f0a001-0000-4000-8000-000000000003", "conform client without consent", "", "", false},
    {"c0f0a001-0000-4000-8000-000000000004", "conform confidential client without permission",
     "conform-mock-secret-too", "", false},
}};
inline constexpr std::string_view kEntraPublicClient = kEntraApplications[0].id;
inline constexpr std::string_view kEntraConfidentialClient = kEntraApplications[1].id;
inline constexpr std::string_view kEntraUnconsentedClient = kEntraApplications[2].id;
inline constexpr std::string_view kEntraPoorClient = kEntraApplications[3].id;

const EntraApplication* FindEntraApplication(std::string_view id);

struct EntraPerson {
  std::string_view user_name;
  std::string_view name;
  bool personal = false;
  bool disabled = false;
  bool needs_second_factor = false;  ///< whose tokens cannot be renewed silently.
};

inline constexpr std::array<EntraPerson, 4> kEntraPeople = {{
    {"alice@conform.example", "Alice Mock"},
    {"pat@outlook.example", "Pat Mock", true},
    {"disabled@conform.example", "Dana Mock", false, true},
    {"mfa@conform.example", "Mel Mock", false, false, true},
}};

const EntraPerson* FindEntraPerson(std::string_view user_name);

/// What stands in the address for a tenant.
struct EntraTenant {
  std::string id;  ///< a GUID; empty: told by who signs in.
  bool work = true;
  bool personal = false;
};

/// Nothing: there is no such tenant.
std::optional<EntraTenant> FindEntraTenant(std::string_view name);

/// The tenant that the person's token is of.
tl::expected<std::string, EntraRefusal> TenantFor(const EntraPerson& person,
                                                  const EntraTenant& asked);

}  // namespace conform
