#include "auth/sign_in_error.h"

#include <fmt/format.h>

#include <algorithm>

#include "auth/sign_in_advice.h"
#include "base/ascii.h"
#include "base/cut_mark.h"
#include "base/json_member.h"

namespace conform {
namespace {

constexpr std::string_view kCode = "AADSTS";
constexpr std::size_t kLongestDescription = 500;

/// Its first line, as far as it says what is wrong.
std::string WhatIsWrong(std::string description) {
  for (const std::string_view end : {"\r", "\n", " Trace ID: ", " Timestamp: "}) {
    description.resize(std::min(description.find(end), description.size()));
  }
  if (description.size() > kLongestDescription) {
    description.resize(kLongestDescription);
    description += kCutMark;
  }
  while (description.ends_with('.') || description.ends_with(' ')) description.pop_back();
  return HideAccounts(description);
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

std::string_view AdviceFor(int aadsts, std::string_view error) {
  for (const AadstsAdvice& row : kAadstsAdvice) {
    if (row.number == aadsts) return row.advice;
  }
  for (const OAuthAdvice& row : kOAuthAdvice) {
    if (row.error == error) return row.advice;
  }
  return "";
}

int AadstsOf(const nlohmann::json& body) {
  const std::string description = TextMember(body, "error_description");
  if (const std::size_t at = description.find(kCode); at != std::string::npos) {
    int number = 0;
    for (std::size_t i = at + kCode.size();
         i < description.size() && IsDigit(description[i]) && number < 100'000'000; ++i) {
      number = number * 10 + (description[i] - '0');
    }
    return number;
  }
  const auto codes = body.is_object() ? body.find("error_codes") : body.end();
  if (codes == body.end() || !codes->is_array() || codes->empty()) return 0;
  return codes->front().is_number_unsigned() ? codes->front().get<int>() : 0;
}

std::string DescribeRefusal(const SignInAnswer& answer, const Redactor& redactor) {
  const std::string error =
      HideAccounts(TextMember(answer.body, "error")).substr(0, kLongestDescription);
  const std::string wrong = WhatIsWrong(TextMember(answer.body, "error_description"));
  const int number = AadstsOf(answer.body);
  std::string told = fmt::format("{} answered {}", answer.from, answer.status);
  if (!error.empty()) told += " " + error;
  if (number != 0 && wrong.find(kCode) == std::string::npos) {
    told += fmt::format(" ({}{})", kCode, number);
  }
  if (!wrong.empty()) told += ": " + wrong;
  if (error.empty() && wrong.empty()) told += ", with no OAuth error in it";
  const std::string_view advice = AdviceFor(number, error);
  if (!advice.empty()) told += fmt::format("; {}", advice);
  return redactor.Redact(told);
}

}  // namespace conform
