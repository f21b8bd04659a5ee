// Removes secrets from text before anything is written.
#pragma once

#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace conform {

/// Knows the secrets of a run. Safe to use from several threads.
class Redactor {
 public:
  /// A mask's hash is keyed with `key`, so that equal secrets of one run can be told apart from
  /// others and no dictionary helps.
  explicit Redactor(std::string key);

  /// From now on `secret` is masked, plain and in its percent-, base64-, base64url- and
  /// JSON-escaped forms. Secrets of fewer than 4 bytes are refused: masking them would blind the
  /// report. `kind` is what the mask says it was, e.g. "token".
  void AddSecret(std::string_view secret, std::string_view kind);

  /// `text` with every known secret replaced by `[token, 812 bytes, 3fa9c1]`; anything that looks
  /// like a bearer token or a JSON Web Token is masked too, known or not.
  std::string Redact(std::string_view text) const;

  /// The mask that stands for `secret`.
  std::string Mask(std::string_view secret, std::string_view kind) const;

 private:
  std::string key_;
  mutable std::mutex mutex_;
  std::unordered_map<std::string, std::string> masks_;  // spelling -> mask
};

}  // namespace conform
