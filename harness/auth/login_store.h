// Keeps the refresh tokens of sign-ins, one file each, for their owner alone.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "auth/environment_tokens.h"
#include "base/error.h"
#include "base/identity.h"

namespace conform {

/// Whose sign-in it is.
struct LoginKey {
  std::string authority;  ///< Authority::Name: with Entra's tenant.
  std::string client;
  IdentityKind identity = IdentityKind::kNone;
};

/// Errors name file or folder and never quote what is in it. Whatever others could read or could
/// have put there is refused: a folder or file that is a link, is another's, or is open to group or
/// others.
class LoginStore {
 public:
  /// `folder` need not be there.
  explicit LoginStore(std::filesystem::path folder) : folder_(std::move(folder)) {}
  /// That of the StateFolder. Errors: there is none.
  static Expected<LoginStore> Open(const Environment& environment);

  /// While it lives no other process changes that sign-in.
  class Lock {
   public:
    explicit Lock(int descriptor) : descriptor_(descriptor) {}
    ~Lock();
    Lock(const Lock&) = delete;
    Lock& operator=(const Lock&) = delete;

   private:
    int descriptor_;
  };

  /// Makes the folder where it is missing.
  Expected<void> Prepare() const;
  /// Prepares, then waits for another process that holds the lock.
  Expected<std::unique_ptr<Lock>> Hold(const LoginKey& key) const;
  /// The refresh token; nothing: nobody signed in.
  Expected<std::optional<std::string>> Find(const LoginKey& key) const;
  /// In one step: whenever the machine stops, the file holds the old one or the new.
  Expected<void> Keep(const LoginKey& key, std::string_view refresh_token) const;
  /// Waits for another process that renews it, which would keep it again. False: there was none.
  Expected<bool> Forget(const LoginKey& key) const;

  std::filesystem::path FileOf(const LoginKey& key) const;

 private:
  std::filesystem::path folder_;
};

}  // namespace conform
