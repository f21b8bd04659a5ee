#include "run/skip_reason.h"

#include <fmt/format.h>

#include "auth/identity_tokens.h"
#include "base/duration.h"
#include "run/effect.h"
#include "run/run_host.h"

namespace conform {

std::string WithoutToken(IdentityKind kind, const Profile& profile) {
  return fmt::format("no token for {}: {}", NameOf(kind),
                     WayToToken(profile.identities, profile.asked_for, kind, ProcessEnvironment()));
}

std::string WaitsTooLong(const Case& test_case, std::chrono::milliseconds patience) {
  const std::chrono::milliseconds wait = TotalWait(test_case);
  if (wait <= patience) return "";
  return fmt::format("it waits {}: allow that with --patience", FormatDuration(wait));
}

}  // namespace conform
