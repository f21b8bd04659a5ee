// A token that another program keeps in a file.
#pragma once

#include <filesystem>
#include <string>

#include "auth/issued_token.h"

namespace conform {

/// Who may read a file that holds a secret.
enum class Readers { kOwnerAlone, kAnybody };

/// At most 64 KiB. With kOwnerAlone a file that others may read is refused, and one of our own that
/// the group may. Errors name the file and what is wrong with it, and never quote it.
Expected<std::string> ReadSecretFile(const std::filesystem::path& file,
                                     Readers readers = Readers::kOwnerAlone);

class TokenFile final : public TokenIssuer {
 public:
  explicit TokenFile(std::filesystem::path file) : file_(std::move(file)) {}
  Expected<std::optional<IssuedToken>> Issue() override;

 private:
  std::filesystem::path file_;
};

}  // namespace conform
