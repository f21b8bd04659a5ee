#include "mock/entra_directory.h"

#include <algorithm>

#include "base/ascii.h"
#include "token/test_token.h"

namespace conform {
namespace {

bool IsGuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? text[i] != '-' : HexValue(text[i]) < 0) return false;
  }
  return true;
}

}  // namespace

const EntraApplication* FindEntraApplication(std::string_view id) {
  const auto* const found =
      std::find_if(kEntraApplications.begin(), kEntraApplications.end(),
                   [id](const EntraApplication& row) { return row.id == ToLower(id); });
  return found == kEntraApplications.end() ? nullptr : found;
}

const EntraPerson* FindEntraPerson(std::string_view user_name) {
  const auto* const found =
      std::find_if(kEntraPeople.begin(), kEntraPeople.end(),
                   [user_name](const EntraPerson& row) { return row.user_name == user_name; });
  return found == kEntraPeople.end() ? nullptr : found;
}

std::optional<EntraTenant> FindEntraTenant(std::string_view name) {
  const std::string lower = ToLower(name);
  if (lower == "common") return EntraTenant{"", true, true};
  if (lower == "organizations") return EntraTenant{"", true, false};
  if (lower == "consumers" || lower == kPersonalTenant) return EntraTenant{"", false, true};
  if (lower == kEntraDomain) return EntraTenant{std::string(kEntraTenant), true, false};
  if (IsGuid(lower)) return EntraTenant{lower, true, false};
  return std::nullopt;
}

tl::expected<std::string, EntraRefusal> TenantFor(const EntraPerson& person,
                                                  const EntraTenant& asked) {
  if (person.personal ? !asked.personal : !asked.work) {
    return EntraRefused(EntraRefusal(Aadsts::kWrongAccountType, std::string(person.user_name)));
  }
  if (person.personal) return std::string(kPersonalTenant);
  return asked.id.empty() ? std::string(kEntraTenant) : asked.id;
}

}  // namespace conform
