#include "run/people.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <span>
#include <string>

#include "base/mail_address.h"
#include "base/percent.h"
#include "run/content_secrets.h"
#include "token/jwt.h"

namespace conform {
namespace {

using Json = nlohmann::json;

/// A claim or member that tells who somebody is, and what its mask calls it.
struct PrivateName {
  std::string_view name;
  std::string_view kind;
};

/// Microsoft's access token claims reference, and OpenID Connect Core §5.1. A tenant's and an
/// application's ids name nobody.
constexpr std::array<PrivateName, 14> kPrivateClaims = {{{"upn", "upn"},
                                                         {"preferred_username", "upn"},
                                                         {"unique_name", "upn"},
                                                         {"login_hint", "upn"},
                                                         {"email", "e-mail"},
                                                         {"verified_primary_email", "e-mail"},
                                                         {"verified_secondary_email", "e-mail"},
                                                         {"oid", "oid"},
                                                         {"name", "name"},
                                                         {"given_name", "name"},
                                                         {"family_name", "name"},
                                                         {"phone_number", "phone"},
                                                         {"ipaddr", "ip"},
                                                         {"sid", "session"}}};

/// Microsoft Graph's user, contact, recipient and device resources, and its sign-in logs.
constexpr std::array<PrivateName, 22> kPrivateMembers = {
    {{"userPrincipalName", "upn"}, {"onPremisesUserPrincipalName", "upn"},
     {"mail", "e-mail"},           {"email", "e-mail"},
     {"emailAddress", "e-mail"},   {"emailAddresses", "e-mail"},
     {"otherMails", "e-mail"},     {"proxyAddresses", "e-mail"},
     {"imAddresses", "e-mail"},    {"displayName", "name"},
     {"userDisplayName", "name"},  {"givenName", "name"},
     {"surname", "name"},          {"mobilePhone", "phone"},
     {"businessPhones", "phone"},  {"homePhones", "phone"},
     {"phoneNumber", "phone"},     {"phones", "phone"},
     {"faxNumber", "phone"},       {"streetAddress", "address"},
     {"street", "address"},        {"ipAddress", "ip"}}};

/// Of an `emailAddress` or a phone that is an object.
constexpr std::array<PrivateName, 3> kPrivateParts = {
    {{"address", "e-mail"}, {"name", "name"}, {"number", "phone"}}};

/// Few letters stand in words, too, and few digits in numbers: they would blind the report.
bool IsTellable(std::string_view value, std::string_view kind) {
  constexpr std::size_t kShortest = 5;
  const bool common = kind == "name" || kind == "phone" || kind == "address";
  return !common || value.size() >= kShortest;
}

const PrivateName* FindPrivate(std::span<const PrivateName> known, std::string_view name) {
  const auto found = std::find_if(known.begin(), known.end(),
                                  [name](const PrivateName& each) { return each.name == name; });
  return found == known.end() ? nullptr : &*found;
}

/// Addresses that are still to be learnt of one exchange: a service could name any number, and each
/// is looked for ever after.
using Left = std::size_t;
constexpr Left kMostAddresses = 1'000;

void LearnMailText(std::string_view text, Redactor& redactor, Left& left) {
  for (const std::string_view each : FindMailAddresses(text)) {
    if (left == 0) return;
    redactor.AddPrivate(each, "e-mail");
    --left;
  }
}

void LearnValue(const Json& value, std::string_view kind, Redactor& redactor) {
  if (value.is_string()) {
    const auto& text = value.get_ref<const std::string&>();
    if (IsTellable(text, kind)) redactor.AddPrivate(text, kind);
  } else if (value.is_array()) {
    for (const Json& each : value) LearnValue(each, kind, redactor);
  } else if (value.is_object() && (kind == "e-mail" || kind == "phone")) {
    for (const PrivateName& part : kPrivateParts) {
      const auto found = value.find(part.name);
      if (found != value.end() && found->is_string()) LearnValue(*found, part.kind, redactor);
    }
  }
}

void LearnPrivateMembers(const Json& value, std::span<const PrivateName> known,
                         Redactor& redactor) {
  if (value.is_array()) {
    for (const Json& each : value) LearnPrivateMembers(each, known, redactor);
  }
  if (!value.is_object()) return;
  for (const auto& [name, member] : value.items()) {
    if (const PrivateName* found = FindPrivate(known, name)) {
      LearnValue(member, found->kind, redactor);
    }
    LearnPrivateMembers(member, known, redactor);
  }
}

void LearnMailAddresses(const Json& value, Redactor& redactor, Left& left) {
  if (value.is_string()) LearnMailText(value.get_ref<const std::string&>(), redactor, left);
  if (!value.is_structured()) return;
  for (const Json& each : value) LearnMailAddresses(each, redactor, left);
}

void LearnJson(const Json& json, std::span<const PrivateName> known, Redactor& redactor,
               Left& left) {
  // First: what a name says of a value is what its mask calls it.
  LearnPrivateMembers(json, known, redactor);
  LearnMailAddresses(json, redactor, left);
}

void LearnPrivateBody(const std::string& body, Redactor& redactor, Left& left) {
  const Json json = ReadShallowJson(body);
  if (json.is_discarded()) {
    LearnMailText(body, redactor, left);
  } else {
    LearnJson(json, kPrivateMembers, redactor, left);
  }
}

void LearnPrivateFields(const Fields& fields, Redactor& redactor, Left& left) {
  for (const Field& field : fields) LearnMailText(DecodePercent(field.value), redactor, left);
}

}  // namespace

void LearnPeople(const Attempt& attempt, Redactor& redactor) {
  Left left = kMostAddresses;
  const Request& request = attempt.request;
  LearnPrivateBody(request.body, redactor, left);
  LearnPrivateFields(request.fields, redactor, left);
  LearnMailText(DecodePercent(request.target), redactor, left);
  if (!attempt.response) return;
  const Response& response = *attempt.response;
  LearnPrivateBody(response.decoded_body, redactor, left);
  for (const Fields* fields : {&response.fields, &response.trailers}) {
    LearnPrivateFields(*fields, redactor, left);
  }
  for (const InterimResponse& each : response.interim) {
    LearnPrivateFields(each.fields, redactor, left);
  }
}

void LearnClaims(std::string_view token, Redactor& redactor) {
  const auto jwt = ReadJwt(token);
  Left left = kMostAddresses;
  if (jwt) LearnJson(jwt->claims, kPrivateClaims, redactor, left);
}

}  // namespace conform
