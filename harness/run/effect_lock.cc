#include "run/effect_lock.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string_view>
#include <system_error>
#include <utility>

#include "auth/user_folder.h"
#include "base/digest.h"
#include "run/token_origin.h"
#include "token/claims.h"
#include "token/jwt.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

/// The holder's id, as it wrote it; empty where it had no time to.
std::string ReadHolder(int descriptor) {
  std::array<char, 32> text{};
  const ssize_t size = ::pread(descriptor, text.data(), text.size() - 1, 0);
  const std::string_view read(text.data(), size < 0 ? 0 : static_cast<std::size_t>(size));
  return std::string(read.substr(0, read.find('\n')));
}

void WriteHolder(int descriptor) {
  const std::string text = fmt::format("{}\n", ::getpid());
  // Only a message would lack it.
  if (::ftruncate(descriptor, 0) != 0) return;
  [[maybe_unused]] const ssize_t written = ::pwrite(descriptor, text.data(), text.size(), 0);
}

/// The descriptor that holds the lock.
Expected<int> LockFile(const fs::path& file, int how, const EffectPlace& place) {
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0) {
    return Fail(
        fmt::format("--allow-effects needs a lock in {}: {}; set XDG_STATE_HOME to a folder "
                    "of yours",
                    file.parent_path().string(), std::generic_category().message(errno)));
  }
  if (::flock(descriptor, how | LOCK_NB) == 0) return descriptor;
  const int failed = errno;
  const std::string holder = ReadHolder(descriptor);
  ::close(descriptor);
  if (failed != EWOULDBLOCK) {
    return Fail(
        fmt::format("--allow-effects needs a lock, and {} cannot be locked: {}; set "
                    "XDG_STATE_HOME to a folder of this machine's",
                    file.string(), std::generic_category().message(failed)));
  }
  return Fail(
      fmt::format("another run{} sends requests with an effect to {} now; nothing was sent: wait "
                  "for its end, or "
                  "leave --allow-effects out",
                  holder.empty() ? "" : fmt::format(" (process {})", holder), place.origin));
}

/// Of the token that a variable holds; empty where there is none, or it says none.
std::string TenantOf(IdentityKind kind, const Profile& profile, const Environment& environment) {
  const auto jwt = ReadJwt(TokenAtHand(profile, kind, environment));
  return jwt ? TextClaim(jwt->claims, "tid") : "";
}

}  // namespace

Expected<EffectLock> EffectLock::Take(const fs::path& folder, const EffectPlace& place) {
  static_cast<void>(MakeStateFolder(folder));  // what fails is told by the opening
  constexpr std::size_t kDigits = 16;
  const auto file_of = [&](const std::string& what) {
    return folder / fmt::format("effects-{}.lock", Sha256Hex(what).substr(0, kDigits));
  };
  EffectLock lock;
  // Who knows his tenants shares the origin with others who know theirs.
  const bool known = !place.tenants.empty();
  auto origin = LockFile(file_of(place.origin), known ? LOCK_SH : LOCK_EX, place);
  if (!origin) return tl::unexpected(origin.error());
  lock.descriptors_.push_back(*origin);
  WriteHolder(*origin);
  for (const std::string& tenant : place.tenants) {
    auto each = LockFile(file_of(place.origin + "/" + tenant), LOCK_EX, place);
    if (!each) return tl::unexpected(each.error());
    lock.descriptors_.push_back(*each);
    WriteHolder(*each);
  }
  return lock;
}

EffectLock& EffectLock::operator=(EffectLock&& other) noexcept {
  std::swap(descriptors_, other.descriptors_);
  return *this;
}

EffectLock::~EffectLock() { Release(); }

void EffectLock::Release() {
  // The files stay: to remove one would let two runs hold two files of one name.
  for (const int descriptor : descriptors_) ::close(descriptor);
  descriptors_.clear();
}

EffectPlace FindEffectPlace(const Workspace& workspace, const Environment& environment) {
  EffectPlace place{FormatOrigin(*workspace.profile.target), {}};
  for (const Test& test : workspace.tests) {
    const IdentityKind kind = test.test_case->identity.kind;
    if (!IsAccount(kind)) continue;
    const std::string tenant = TenantOf(kind, workspace.profile, environment);
    if (tenant.empty()) return {place.origin, {}};
    place.tenants.insert(tenant);
  }
  return place;
}

Expected<std::optional<EffectLock>> HoldEffects(const Workspace& workspace, const Target& target,
                                                int allowed, const Environment& environment) {
  std::optional<EffectLock> held;
  if (allowed <= 0 || !target.is_tenant() || !workspace.profile.target) return held;
  const fs::path folder = StateFolder(environment);
  if (folder.empty()) return Fail("--allow-effects needs a lock: set XDG_STATE_HOME or HOME");
  auto taken = EffectLock::Take(folder, FindEffectPlace(workspace, environment));
  if (!taken) return tl::unexpected(taken.error());
  held.emplace(*std::move(taken));
  return held;
}

}  // namespace conform
