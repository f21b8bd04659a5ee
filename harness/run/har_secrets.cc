#include "run/har_secrets.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "base/ascii.h"
#include "base/http_text.h"
#include "base/origin.h"
#include "base/percent.h"
#include "run/content_secrets.h"
#include "run/har_exchange.h"
#include "run/har_text.h"
#include "run/people.h"
#include "run/secret_names.h"

namespace conform {
namespace {

/// RFC 7617: what is only spelt in base64 is as secret as that.
void LearnBasic(std::string_view credential, Redactor& redactor) {
  const std::string pair = DecodeHarBase64(credential).value_or("");
  const std::size_t colon = pair.find(':');
  if (colon == std::string::npos) return;
  redactor.AddSecret(pair, "sign-in");
  LearnSecret("password", std::string_view(pair).substr(colon + 1), redactor);
}

/// What stands behind the scheme, if any: how somebody signed in is no secret.
void LearnCredential(const std::string& name, std::string_view value, Redactor& redactor) {
  const std::size_t space = value.find(' ');
  const bool has_scheme = space != std::string_view::npos;
  const std::string_view credential = TrimWhiteSpace(value.substr(has_scheme ? space + 1 : 0));
  LearnSecret(name, credential, redactor);
  if (has_scheme && ToLower(value.substr(0, space)) == "basic") LearnBasic(credential, redactor);
}

/// The credential behind a scheme, and of cookies each value: they may stand elsewhere alone.
void LearnField(const Field& field, Redactor& redactor) {
  LearnSecret(field.name, field.value, redactor);
  const std::string name = ToLower(field.name);
  if (name.find("cookie") != std::string::npos) {
    bool first = true;
    ForEachPart(field.value, ';', [&](std::string_view part) {
      const std::size_t equals = part.find('=');
      // Behind a Set-Cookie's first part stand its attributes, which are no secrets.
      const bool value = name.find("set-") == std::string::npos || first;
      first = false;
      if (value && equals != std::string_view::npos) {
        LearnSecret(part.substr(0, equals), TrimWhiteSpace(part.substr(equals + 1)), redactor);
      }
    });
    return;
  }
  if (field.value.find(' ') != std::string::npos) {
    LearnCredential(field.name, field.value, redactor);
  }
}

std::string MaskPairs(std::string_view pairs, const Redactor& redactor) {
  std::string masked;
  ForEachPart(pairs, '&', [&](std::string_view pair) {
    const std::size_t equals = pair.find('=');
    const bool secret = equals != std::string_view::npos && IsSecretName(pair.substr(0, equals));
    if (!masked.empty()) masked += '&';
    masked += secret ? std::string(pair.substr(0, equals + 1)) +
                           redactor.Mask(pair.substr(equals + 1), "secret")
                     : std::string(pair);
  });
  return masked;
}

/// The parts of an address that may hold secrets: `user:password`, the query and the fragment.
struct AddressSecrets {
  std::string_view user;
  std::string_view query;
  std::string_view fragment;
};

AddressSecrets SecretsOf(std::string_view url) {
  AddressSecrets secrets;
  // Not one that stands in a query.
  const std::size_t scheme = url.find("://");
  if (scheme != std::string_view::npos && url.find_first_of("/?#") == scheme + 1) {
    const std::string_view rest = url.substr(scheme + 3);
    const std::string_view authority = rest.substr(0, rest.find_first_of("/?#"));
    const std::size_t at = authority.rfind('@');
    if (at != std::string_view::npos) secrets.user = authority.substr(0, at);
  }
  const std::size_t hash = std::min(url.find('#'), url.size());
  const std::size_t mark = url.find('?');
  if (mark < hash) secrets.query = url.substr(mark + 1, hash - mark - 1);
  if (hash < url.size()) secrets.fragment = url.substr(hash + 1);
  return secrets;
}

void LearnUrl(std::string_view url, Redactor& redactor) {
  const AddressSecrets secrets = SecretsOf(url);
  // A name alone is no secret.
  const std::size_t colon = secrets.user.find(':');
  if (colon != std::string_view::npos) {
    const std::string password = DecodePercent(secrets.user.substr(colon + 1));
    if (password.size() >= kLeastLearned) redactor.AddSecret(password, "password");
  }
  LearnPairs(secrets.query, redactor);
  LearnPairs(secrets.fragment, redactor);
}

void MaskUrl(std::string& url, Redactor& redactor) {
  LearnUrl(url, redactor);
  const AddressSecrets secrets = SecretsOf(url);
  const std::string query = MaskPairs(secrets.query, redactor);
  std::string masked = url.substr(0, url.find_first_of("?#"));
  if (!secrets.user.empty()) {
    masked.erase(static_cast<std::size_t>(secrets.user.data() - url.data()),
                 secrets.user.size() + 1);
  }
  if (url.substr(0, url.find('#')).find('?') != std::string::npos) masked += "?" + query;
  url = std::move(masked);  // a fragment is never sent, and sign-ins put tokens there
}

/// RFC 9110 §8.7, §10.1.3, §10.2.2.
bool HoldsAddress(std::string_view name) {
  constexpr std::array<std::string_view, 3> kNames = {"Location", "Content-Location", "Referer"};
  return std::any_of(kNames.begin(), kNames.end(),
                     [name](std::string_view each) { return SameFieldName(name, each); });
}

void MaskFields(Fields& fields, Redactor& redactor) {
  for (Field& field : fields) {
    if (HoldsAddress(field.name)) MaskUrl(field.value, redactor);
    // What a service asks for is no secret: only what it is given.
    const bool challenge = ToLower(field.name).ends_with("-authenticate");
    if (challenge || field.value.empty() || !IsTelling(field.name)) continue;
    LearnField(field, redactor);
    field.value = redactor.Mask(field.value, "secret");
  }
}

/// Who asked, as the token behind the scheme says.
void LearnSignedIn(std::string_view credential, Redactor& redactor) {
  const std::size_t space = credential.find(' ');
  if (space != std::string_view::npos) {
    LearnClaims(TrimWhiteSpace(credential.substr(space)), redactor);
  }
}

}  // namespace

void MaskSecrets(HarEntry& entry, Redactor& redactor) {
  LearnContent(entry.request_fields, entry.request_body, redactor);
  if (entry.content) LearnContent(entry.response_fields, *entry.content, redactor);
  MaskFields(entry.request_fields, redactor);
  MaskFields(entry.response_fields, redactor);
  MaskUrl(entry.url, redactor);
}

void MaskRecording(std::vector<HarEntry>& entries, Redactor& redactor) {
  for (HarEntry& entry : entries) {
    const auto address = ReadAddress(entry.url);
    const bool of_tenant = !address || !IsLoopback(address->origin);
    if (of_tenant) {
      for (const Field& field : entry.request_fields) {
        if (SameFieldName(field.name, "Authorization")) LearnSignedIn(field.value, redactor);
      }
    }
    MaskSecrets(entry, redactor);
    // Last: what is a secret as well is one. Where it went is read anew, without the secrets in it.
    if (!of_tenant) continue;
    const auto masked = ReadAddress(entry.url);
    LearnPeople(MakeExchange(entry, masked ? *masked : HarAddress()).last(), redactor);
  }
}

void LearnMessage(const Fields& fields, const std::string& content, Redactor& redactor) {
  for (const Field& field : fields) {
    if (HoldsAddress(field.name)) LearnUrl(field.value, redactor);
    if (!IsTelling(field.name)) continue;
    const std::string name = ToLower(field.name);
    if (name.ends_with("-authenticate")) continue;
    if (!name.ends_with("authorization")) {
      LearnField(field, redactor);
      continue;
    }
    LearnCredential(name, field.value, redactor);
  }
  // To parse every body would cost more than the exchange.
  if (HoldsTelling(content) || content.find("code") != std::string::npos) {
    LearnContent(fields, content, redactor);
  }
}

void LearnQuery(std::string_view target, Redactor& redactor) {
  LearnPairs(SecretsOf(target).query, redactor);
}

bool HoldsSecret(std::string_view address) {
  const AddressSecrets secrets = SecretsOf(address);
  bool holds = !secrets.user.empty();
  ForEachPart(secrets.query, '&', [&](std::string_view pair) {
    holds = holds || IsSecretName(pair.substr(0, pair.find('=')));
  });
  return holds;
}

}  // namespace conform
