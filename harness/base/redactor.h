// Removes secrets from text before anything is written.
#pragma once

#include <cstddef>
#include <optional>
#include <shared_mutex>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/spelling_index.h"
#include "base/spelling_starts.h"
#include "base/unescape.h"

namespace conform {

class Readings;

/// Knows the secrets of a run. Safe to use from several threads.
class Redactor {
 public:
  /// A mask's hash is keyed with `key`, so that equal secrets of one run can be told apart from
  /// others and no dictionary helps.
  explicit Redactor(std::string key);

  /// From now on `secret` is masked, plain, in base64 and base64url, and however it is escaped (see
  /// Unescaped), up to kMostEscapedTimes. Secrets of fewer than 4 bytes are refused: masking them
  /// would blind the report; so are `true`, `false` and `null`. `kind` is what the mask says it
  /// was, e.g. "token".
  void AddSecret(std::string_view secret, std::string_view kind);

  /// The same of one that was made just now and nobody was told of yet: no text from before holds
  /// it, so that what was masked needs no second look, and CountKnown stays.
  void AddNewSecret(std::string_view secret, std::string_view kind);

  /// The same of what is no secret but names people of a tenant: it is masked, and yet no reason
  /// for Holds.
  void AddPrivate(std::string_view value, std::string_view kind);

  /// `value` is shown though it looks like a token: a mock's own, that anybody may know.
  void AddPublic(std::string_view value);

  /// `text` with every known secret replaced by `[token, 812 bytes, 3fa9c1]`; anything that looks
  /// like a bearer token, a JSON Web Token or the password of an address is masked too, known or
  /// not, and before a `…` also the begin of either.
  std::string Redact(std::string_view text) const;
  /// The same of a text that mostly holds none.
  void RedactInPlace(std::string& text) const;

  /// Each of `texts` as RedactInPlace would leave it, in a fraction of its time: they are looked
  /// through as one. Answers CountKnown, or nothing where one of `names`, which
  /// stay as they are, holds what should be masked.
  std::optional<std::size_t> RedactEach(std::span<std::string* const> texts,
                                        std::span<const std::string* const> names) const;
  /// How many secrets are known that a text from before may hold; it only grows.
  std::size_t CountKnown() const;

  /// The begin of a text whose rest is still to come.
  struct Part {
    std::size_t taken = 0;  ///< bytes of it that can be told; behind them a secret may begin.
    std::optional<std::string> masked;  ///< those bytes, where something in them is masked.

    /// Of the text that it is a part of.
    std::string_view TellOf(std::string_view text) const {
      return masked ? std::string_view(*masked) : text.substr(0, taken);
    }
  };
  /// As much of `text` as no byte that follows could turn into a secret. A stretch of more than
  /// 256 KiB that may still become a token is masked as it stands.
  Part RedactPart(std::string_view text) const;

  /// Whether a secret that was added stands in `bytes`, in whatever form.
  bool Holds(std::string_view bytes) const;

  /// The mask that stands for `secret`.
  std::string Mask(std::string_view secret, std::string_view kind) const;

 private:
  struct Nature {
    bool is_personal = false;
    bool is_new = false;
  };
  void Add(std::string_view secret, std::string_view kind, Nature nature);

  struct Secret {
    std::string value;
    std::string mask;
    bool personal = false;
  };
  struct Match;

  /// Adds the places of known secrets in the text; mutex_ is held.
  void FindSecrets(const Readings& readings, std::vector<Match>& matches) const;
  /// Adds the places of what looks like a token, or like a password in an address.
  void FindTokenShapes(const Readings& readings, std::vector<Match>& matches) const;
  /// Where at the end of the text a known secret may have begun; its size where none has; mutex_ is
  /// held.
  std::size_t FindStart(std::string_view text) const;
  /// The same of that or of a JSON Web Token.
  std::size_t FindCut(std::string_view text) const;
  /// Adds the places of secrets and tokens that were cut short; mutex_ is held.
  void FindCutShort(std::string_view text, std::vector<Match>& matches) const;
  /// In the order of their begins, of those that overlap the one that names the mask first.
  std::vector<Match> FindAll(const Readings& readings) const;
  /// The same of a text; of a large one on all cores, where no line end can stand in what is
  /// masked.
  std::vector<Match> FindIn(std::string_view text) const;
  /// The first `size` bytes of `text`, of which no match is cut.
  std::string MaskMatches(std::string_view text, const std::vector<Match>& matches,
                          std::size_t size) const;

  std::string key_;
  mutable std::shared_mutex mutex_;
  std::vector<Secret> secrets_;
  std::size_t known_before_ = 0;  ///< those that were not new.
  std::unordered_set<std::string> known_;
  std::unordered_set<std::string> public_;
  ByteSet spelt_{};  ///< the bytes of all spellings.
  SpellingIndex index_;
  SpellingStarts starts_;
};

}  // namespace conform
