#include "auth/login_store.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <nlohmann/json.hpp>
#include <utility>

#include "auth/token_file.h"
#include "auth/user_folder.h"
#include "base/digest.h"
#include "base/json_text.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

constexpr mode_t kOthers = S_IRWXG | S_IRWXO;

tl::unexpected<Error> Complain(const fs::path& path, std::string_view what) {
  return Fail(fmt::format("{} {}: {}", path.string(), what, std::strerror(errno)));
}

/// Nothing where it is not there. Errors: it is not the caller's alone.
Expected<bool> IsOwn(const fs::path& path, bool folder) {
  struct stat about {};
  if (::lstat(path.c_str(), &about) != 0) {
    if (errno == ENOENT) return false;
    return Complain(path, "cannot be looked at");
  }
  const bool fits = folder ? S_ISDIR(about.st_mode) : S_ISREG(about.st_mode);
  if (!fits || about.st_uid != ::geteuid()) {
    return Fail(fmt::format("{} is {}: remove it and sign in anew", path.string(),
                            !fits && S_ISLNK(about.st_mode) ? "a link"
                            : !fits                         ? "of another kind than expected"
                                                            : "another user's"));
  }
  if ((about.st_mode & kOthers) != 0) {
    return Fail(fmt::format("{} holds sign-ins and is open to others: chmod {} {}", path.string(),
                            folder ? "700" : "600", path.string()));
  }
  return true;
}

bool WriteAll(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = ::write(descriptor, text.data(), text.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(count));
  }
  return ::fsync(descriptor) == 0;
}

}  // namespace

LoginStore::Lock::~Lock() { ::close(descriptor_); }

Expected<LoginStore> LoginStore::Open(const Environment& environment) {
  fs::path folder = StateFolder(environment);
  if (folder.empty()) {
    return Fail("there is no place to keep sign-ins: set HOME or XDG_STATE_HOME");
  }
  return LoginStore(std::move(folder));
}

fs::path LoginStore::FileOf(const LoginKey& key) const {
  constexpr std::size_t kDigits = 32;
  const nlohmann::json text = {key.authority, key.client, NameOf(key.identity)};
  const std::string name = fmt::format("login-{}-{}.json", NameOf(key.identity),
                                       Sha256Hex(WriteJsonText(text)).substr(0, kDigits));
  return folder_ / name;
}

Expected<void> LoginStore::Prepare() const {
  if (const auto made = MakeStateFolder(folder_); !made) {
    return Fail(fmt::format("{} cannot be made: {}", folder_.string(), made.error().message));
  }
  const auto own = IsOwn(folder_, true);
  if (!own) return tl::unexpected(own.error());
  return {};
}

Expected<std::unique_ptr<LoginStore::Lock>> LoginStore::Hold(const LoginKey& key) const {
  if (const auto prepared = Prepare(); !prepared) return tl::unexpected(prepared.error());
  const fs::path file = FileOf(key).replace_extension(".lock");
  const int descriptor =
      ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
  if (descriptor < 0) return Complain(file, "cannot be opened");
  auto lock = std::make_unique<Lock>(descriptor);
  while (::flock(descriptor, LOCK_EX) != 0) {
    if (errno != EINTR) return Complain(file, "cannot be locked");
  }
  return lock;
}

Expected<std::optional<std::string>> LoginStore::Find(const LoginKey& key) const {
  const fs::path file = FileOf(key);
  for (const auto& [path, folder] : {std::pair(folder_, true), std::pair(file, false)}) {
    const auto own = IsOwn(path, folder);
    if (!own) return tl::unexpected(own.error());
    if (!*own) return std::nullopt;
  }
  const auto text = ReadSecretFile(file);
  if (!text) return tl::unexpected(text.error());
  const auto kept = ReadJsonText(*text);
  const auto token = kept.is_object() ? kept.find("refresh_token") : kept.end();
  if (token == kept.end() || !token->is_string() || token->get<std::string>().empty()) {
    return Fail(fmt::format("{} holds no sign-in: sign in anew", file.string()));
  }
  return token->get<std::string>();
}

Expected<void> LoginStore::Keep(const LoginKey& key, std::string_view refresh_token) const {
  if (auto prepared = Prepare(); !prepared) return prepared;
  const fs::path file = FileOf(key);
  const nlohmann::json kept = {{"authority", key.authority},
                               {"client", key.client},
                               {"identity", NameOf(key.identity)},
                               {"refresh_token", refresh_token}};
  std::string temporary = file.string() + ".XXXXXX";
  const int descriptor = ::mkostemp(temporary.data(), O_CLOEXEC);  // 0600
  if (descriptor < 0) return Complain(temporary, "cannot be made");
  constexpr auto kReplace = nlohmann::json::error_handler_t::replace;
  const bool written = WriteAll(descriptor, kept.dump(2, ' ', false, kReplace) + "\n");
  ::close(descriptor);
  if (!written || ::rename(temporary.c_str(), file.c_str()) != 0) {
    const auto complaint = Complain(file, "cannot be written");
    ::unlink(temporary.c_str());
    return complaint;
  }
  // Else a power cut could bring back the old one, which is good no more.
  const int folder = ::open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder >= 0) {
    ::fsync(folder);
    ::close(folder);
  }
  return {};
}

Expected<bool> LoginStore::Forget(const LoginKey& key) const {
  const fs::path file = FileOf(key);
  if (::access(file.c_str(), F_OK) != 0 && errno == ENOENT) return false;
  // Who cannot hold it cannot renew it either.
  const auto lock = Hold(key);
  if (::unlink(file.c_str()) == 0) return true;
  if (errno == ENOENT || errno == ENOTDIR) return false;
  return Complain(file, "cannot be removed");
}

}  // namespace conform
