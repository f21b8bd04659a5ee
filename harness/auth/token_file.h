// A token, or an assertion, that another program keeps in a file.
#pragma once

#include <filesystem>

#include "auth/issued_token.h"
#include "auth/sign_in_client.h"

namespace conform {

enum class FileReaders {
  kOwnerAlone,  ///< a file that group or others may read is refused.
  kAnybody,
};

/// At most 64 KiB. Errors name the file and what is wrong with it, and never quote it.
Expected<std::string> ReadSecretFile(const std::filesystem::path& file, FileReaders readers);

class TokenFile final : public TokenIssuer {
 public:
  explicit TokenFile(std::filesystem::path file) : file_(std::move(file)) {}
  Expected<std::optional<IssuedToken>> Issue() override;

 private:
  std::filesystem::path file_;
};

}  // namespace conform
