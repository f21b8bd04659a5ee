#include "auth/sign_in_explanation.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/ascii.h"

namespace conform {
namespace {

constexpr std::array<std::string_view, 20> kHarmless = {"grant_type",
                                                        "client_id",
                                                        "scope",
                                                        "resource",
                                                        "client_assertion_type",
                                                        "api-version",
                                                        "audience",
                                                        "token_type",
                                                        "expires_in",
                                                        "ext_expires_in",
                                                        "expires_on",
                                                        "error",
                                                        "error_codes",
                                                        "suberror",
                                                        "timestamp",
                                                        "interval",
                                                        "verification_uri",
                                                        "correlation_id",
                                                        "trace_id",
                                                        "verification_url"};
/// Also harmless but for the accounts that they may name.
constexpr std::array<std::string_view, 2> kSentences = {"error_description", "message"};
constexpr std::array<std::string_view, 4> kShownFields = {"content-type", "retry-after",
                                                          "x-ms-request-id", "date"};

template <typename Names>
bool IsOneOf(std::string_view name, const Names& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::string ShowValue(std::string_view name, const std::string& value, const Redactor& redactor) {
  if (IsOneOf(name, kHarmless)) return redactor.Redact(value);
  return redactor.Mask(value, name);
}

/// Without the values of the query.
std::string ShowTarget(std::string_view target) {
  const std::size_t query = target.find('?');
  return fmt::format("{}{}", target.substr(0, query), query == std::string_view::npos ? "" : "?…");
}

}  // namespace

std::string HideAccounts(std::string_view text) {
  std::string shown;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(" \t\r\n'\"<>(),;"), text.size());
    const std::string_view word = text.substr(0, end);
    shown += word.find('@') == std::string_view::npos ? word : std::string_view("[account]");
    if (end < text.size()) shown += text[end];
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return shown;
}

std::string ExplainRequest(const SignInRequest& request, const Redactor& redactor) {
  std::string lines =
      fmt::format("> {} {}{}\n", request.method, FormatOrigin(request.address.origin),
                  ShowTarget(request.address.target));
  for (const auto& [name, value] : request.form) {
    if (!value.empty()) lines += fmt::format(">   {}={}\n", name, ShowValue(name, value, redactor));
  }
  return lines;
}

std::string ExplainAnswer(const SignInAnswer& answer, const Redactor& redactor) {
  std::string lines = fmt::format("< {}\n", answer.status);
  for (const Field& field : answer.fields) {
    if (!IsOneOf(ToLower(field.name), kShownFields)) continue;
    lines += fmt::format("<   {}: {}\n", field.name, redactor.Redact(field.value));
  }
  if (!answer.body.is_object()) return lines + "<   (the content is no JSON object)\n";
  for (const auto& [name, value] : answer.body.items()) {
    constexpr auto kReplace = nlohmann::json::error_handler_t::replace;
    const bool is_text = value.is_string();
    const std::string text =
        is_text ? value.get<std::string>() : value.dump(-1, ' ', false, kReplace);
    // A name is a stranger's text too, and an account may be one.
    lines += fmt::format("<   {}: {}\n", redactor.Redact(HideAccounts(name)),
                         IsOneOf(name, kSentences) && answer.body.contains("error")
                             ? redactor.Redact(HideAccounts(text))
                             : ShowValue(name, text, redactor));
  }
  return lines;
}

}  // namespace conform
