#include "auth/token_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "auth/token_answer.h"

namespace conform {
namespace {

constexpr std::size_t kLargestSecret = std::size_t{64} * 1024;

struct SecretDescriptor {
  explicit SecretDescriptor(const std::filesystem::path& file)
      // A pipe would hold the run until somebody writes into it.
      : number(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {}
  ~SecretDescriptor() {
    if (number >= 0) ::close(number);
  }
  SecretDescriptor(const SecretDescriptor&) = delete;
  SecretDescriptor& operator=(const SecretDescriptor&) = delete;

  const int number;
};

/// A file of somebody else's that was given to the group, and to nobody else, was given to us: a
/// Secret of Kubernetes is root's, and fsGroup lets its group read.
bool IsOpenToOthers(const struct stat& about) {
  const mode_t closed =
      about.st_uid == ::geteuid() ? S_IRWXG | S_IRWXO : S_IWGRP | S_IXGRP | S_IRWXO;
  return (about.st_mode & closed) != 0;
}

std::string TellOpenToOthers(const struct stat& about, const std::string& file) {
  const std::string told = fmt::format("{} holds a secret and can be read by others: ", file);
  if (about.st_uid == ::geteuid()) return told + "chmod 600 " + file;
  return told + "let its owner chmod 640 it; of a Secret of Kubernetes, defaultMode: 0440";
}

}  // namespace

Expected<std::string> ReadSecretFile(const std::filesystem::path& file, Readers readers) {
  const SecretDescriptor opened(file);
  struct stat about {};
  if (opened.number < 0 || ::fstat(opened.number, &about) != 0 || !S_ISREG(about.st_mode)) {
    return Fail(fmt::format("{} cannot be read, or is no file", file.string()));
  }
  if (readers == Readers::kOwnerAlone && IsOpenToOthers(about)) {
    return Fail(TellOpenToOthers(about, file.string()));
  }
  std::string text(kLargestSecret + 1, '\0');
  std::size_t size = 0;
  ssize_t count = 0;
  while (size < text.size() &&
         (count = ::read(opened.number, text.data() + size, text.size() - size)) > 0) {
    size += static_cast<std::size_t>(count);
  }
  text.resize(size);
  if (count < 0) return Fail(fmt::format("{} cannot be read", file.string()));
  if (size > kLargestSecret) return Fail(fmt::format("{} is over 64 KiB", file.string()));
  return text;
}

Expected<std::optional<IssuedToken>> TokenFile::Issue() {
  auto text = ReadSecretFile(file_);
  if (!text) return Fail("no token: " + text.error().message);
  auto token = CheckToken(*std::move(text), file_.string());
  if (!token) return tl::unexpected(token.error());
  return IssuedToken{*std::move(token), std::nullopt};
}

}  // namespace conform
