#include "run/secret_names.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>

#include "base/ascii.h"

namespace conform {
namespace {

/// A name that holds one of these carries a secret, whatever else is in it.
constexpr std::array<std::string_view, 24> kTelling = {
    "-signature",       "access-key", "access_key",       "accesskey",     "api-key",
    "api_key",          "apikey",     "assertion",        "authorization", "connection_string",
    "connectionstring", "cookie",     "credential",       "functions-key", "passphrase",
    "passwd",           "password",   "private-key",      "private_key",   "privatekey",
    "secret",           "session",    "subscription-key", "token"};
/// Parameters that are secrets under a common word.
constexpr std::array<std::string_view, 5> kWhole = {"code", "device_code", "sig", "signature",
                                                    "key"};

/// By a letter's place in the alphabet, in either case and of some other bytes, a bit for each
/// second letter of a word of kTelling that begins with it.
constexpr unsigned char kPlaceBits = 0x1F;
constexpr auto kTellingPairs = [] {
  std::array<std::uint32_t, kPlaceBits + 1> pairs{};
  for (const std::string_view word : kTelling) {
    pairs[static_cast<unsigned char>(word[0]) & kPlaceBits] |=
        std::uint32_t{1} << (static_cast<unsigned char>(word[1]) & kPlaceBits);
  }
  return pairs;
}();

}  // namespace

// Every name and content of a run is looked through.
bool HoldsTelling(std::string_view text) {
  for (std::size_t second = 1; second < text.size(); ++second) {
    const std::uint32_t pairs =
        kTellingPairs[static_cast<unsigned char>(text[second - 1]) & kPlaceBits];
    if ((pairs >> (static_cast<unsigned char>(text[second]) & kPlaceBits) & 1U) == 0) continue;
    const std::string_view rest = text.substr(second - 1);
    const bool telling =
        std::any_of(kTelling.begin(), kTelling.end(),
                    [rest](std::string_view word) { return StartsWithIgnoringCase(rest, word); });
    if (telling) return true;
  }
  return false;
}

bool IsTelling(std::string_view name) {
  if (!HoldsTelling(name)) return false;
  // OData's `$skiptoken` is a place in a list, and a token's type and CORS' rules no secrets.
  constexpr std::string_view kType = "token_type";
  const bool is_type = name.size() == kType.size() && StartsWithIgnoringCase(name, kType);
  // As an authorization server's metadata lists what it can do (RFC 8414 §2).
  const bool is_ability = name.ends_with("_supported");
  return !name.starts_with('$') && !StartsWithIgnoringCase(name, "access-control-") && !is_type &&
         !is_ability;
}

bool IsSecretName(std::string_view name) {
  return IsTelling(name) || std::find(kWhole.begin(), kWhole.end(), ToLower(name)) != kWhole.end();
}

void LearnSecret(std::string_view name, std::string_view value, Redactor& redactor) {
  const std::string lower = ToLower(name);
  const bool password =
      lower.find("pass") != std::string::npos || lower.find("secret") != std::string::npos;
  if (password || value.size() >= kLeastLearned) redactor.AddSecret(value, "secret");
}

void LearnPairs(std::string_view pairs, Redactor& redactor) {
  ForEachPart(pairs, '&', [&](std::string_view pair) {
    const std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos || !IsSecretName(pair.substr(0, equals))) return;
    LearnSecret(pair.substr(0, equals), pair.substr(equals + 1), redactor);
  });
}

}  // namespace conform
