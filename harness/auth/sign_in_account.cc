#include "auth/sign_in_account.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "auth/sign_in_error.h"
#include "base/json_text.h"
#include "base/percent.h"

namespace conform {
namespace {

constexpr std::array<std::string_view, 9> kPlainFields = {
    "api-version",   "audience", "client_assertion_type", "client_id", "grant_type", "resource",
    "response_type", "scope",    "serviceConnectionId"};
constexpr std::array<std::string_view, 15> kPlainMembers = {"correlation_id",
                                                            "device_authorization_endpoint",
                                                            "error",
                                                            "error_codes",
                                                            "error_description",
                                                            "expires_in",
                                                            "expires_on",
                                                            "ext_expires_in",
                                                            "interval",
                                                            "issuer",
                                                            "scope",
                                                            "timestamp",
                                                            "token_endpoint",
                                                            "token_type",
                                                            "verification_uri"};
constexpr std::array<std::string_view, 4> kPlainHeaders = {"Retry-After", "WWW-Authenticate",
                                                           "client-request-id", "x-ms-request-id"};

template <std::size_t kCount>
bool IsIn(const std::array<std::string_view, kCount>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::string ShownField(std::string_view name, std::string_view value, const Redactor& redactor) {
  return IsIn(kPlainFields, name) ? redactor.Redact(value) : redactor.Mask(value, name);
}

/// The path, and of the query the names with the values that may be seen.
std::string ShownTarget(std::string_view target, const Redactor& redactor) {
  const std::size_t mark = std::min(target.find('?'), target.size());
  std::string shown = redactor.Redact(target.substr(0, mark));
  std::string_view rest = target.substr(mark);
  while (!rest.empty()) {
    const std::string_view pair = rest.substr(1, rest.find('&', 1) - 1);
    const std::size_t equals = std::min(pair.find('='), pair.size());
    const std::string_view name = pair.substr(0, equals);
    const std::string value = DecodePercent(pair.substr(std::min(equals + 1, pair.size())));
    shown += fmt::format("{}{}={}", rest.front(), name, ShownField(name, value, redactor));
    rest.remove_prefix(std::min(1 + pair.size(), rest.size()));
  }
  return shown;
}

std::string ShownMember(const std::string& name, const nlohmann::json& value,
                        const Redactor& redactor) {
  const std::string text = value.is_string() ? value.get<std::string>() : WriteJsonText(value);
  return IsIn(kPlainMembers, name) ? redactor.Redact(HideAccounts(text))
                                   : redactor.Mask(text, name);
}

}  // namespace

std::string AccountOf(const SignInRequest& request, const Redactor& redactor) {
  std::string told =
      fmt::format("> {} {}{}\n", request.method, FormatOrigin(request.address.origin),
                  ShownTarget(request.address.target, redactor));
  for (const Field& field : request.fields) {
    told += fmt::format(">   {}: {}\n", field.name, redactor.Mask(field.value, field.name));
  }
  for (const auto& [name, value] : request.form) {
    if (!value.empty())
      told += fmt::format(">   {} = {}\n", name, ShownField(name, value, redactor));
  }
  return told;
}

std::string AccountOf(const SignInAnswer& answer, const Redactor& redactor) {
  std::string told = fmt::format("< {} from {}\n", answer.status, answer.from);
  for (const std::string_view name : kPlainHeaders) {
    const Field* field = FindField(answer.fields, std::string(name));
    if (field == nullptr) continue;
    told += fmt::format("<   {}: {}\n", name, redactor.Redact(HideAccounts(field->value)));
  }
  if (!answer.body.is_object()) return told + "<   no JSON object\n";
  for (const auto& [name, value] : answer.body.items()) {
    told += fmt::format("<   {} = {}\n", name, ShownMember(name, value, redactor));
  }
  return told;
}

}  // namespace conform
