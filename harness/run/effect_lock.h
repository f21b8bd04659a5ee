// Keeps two runs of one machine from changing the same tenant at once.
#pragma once

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "auth/environment_tokens.h"
#include "base/error.h"
#include "run/target.h"
#include "run/workspace.h"

namespace conform {

/// Where effects go.
struct EffectPlace {
  std::string origin;             ///< of the target.
  std::set<std::string> tenants;  ///< empty: not known, so that it may be any there.
};

/// Held from before the first request with an effect until the run has ended, so that what
/// --allow-effects permits is all that the tenant gets meanwhile. Files of a folder of the user's
/// are locked by flock(2): the lock of a process that dies is gone.
class EffectLock {
 public:
  /// Does not wait. Errors: another process holds it, which is named by its id; the folder cannot
  /// be written.
  static Expected<EffectLock> Take(const std::filesystem::path& folder, const EffectPlace& place);

  EffectLock(EffectLock&& other) noexcept = default;
  EffectLock& operator=(EffectLock&& other) noexcept;
  ~EffectLock();

 private:
  EffectLock() = default;
  void Release();

  std::vector<int> descriptors_;
};

/// Where the tests of `workspace` may have effects: its tenants are those of the tokens that stand
/// in variables, and known only where every account's does.
EffectPlace FindEffectPlace(const Workspace& workspace, const Environment& environment);

/// Nothing where no effect is allowed or the target is no tenant. Errors: those of Take.
Expected<std::optional<EffectLock>> HoldEffects(const Workspace& workspace, const Target& target,
                                                int allowed, const Environment& environment);

}  // namespace conform
