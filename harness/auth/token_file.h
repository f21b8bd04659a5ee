// A token that another program keeps in a file.
#pragma once

#include <filesystem>
#include <string>

#include "auth/issued_token.h"

namespace conform {

/// At most 64 KiB. A file that group or others may read is refused. Errors name the file and what
/// is wrong with it, and never quote it.
Expected<std::string> ReadSecretFile(const std::filesystem::path& file);

class TokenFile final : public TokenIssuer {
 public:
  explicit TokenFile(std::filesystem::path file) : file_(std::move(file)) {}
  Expected<std::optional<IssuedToken>> Issue() override;

 private:
  std::filesystem::path file_;
};

}  // namespace conform
