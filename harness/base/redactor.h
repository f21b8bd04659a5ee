// Removes secrets from text before anything is written.
#pragma once

#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/spelling_index.h"

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
  struct Secret {
    std::string value;
    std::string mask;
  };
  struct Match;

  /// Adds the places of known secrets in `text`; mutex_ is held.
  void FindSecrets(std::string_view text, std::vector<Match>& matches) const;
  /// Adds the places of what looks like a token.
  void FindTokenShapes(std::string_view text, std::vector<Match>& matches) const;

  std::string key_;
  mutable std::shared_mutex mutex_;
  std::vector<Secret> secrets_;
  std::unordered_set<std::string> known_;
  SpellingIndex index_;
};

}  // namespace conform
