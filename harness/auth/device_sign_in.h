// Signs somebody in who answers on another device (RFC 8628).
#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "auth/account_tokens.h"
#include "auth/token_answer.h"

namespace conform {

/// What the person is told, and what the program asks with.
struct DeviceCode {
  std::string device_code;  ///< secret.
  std::string user_code;
  std::string address;
  std::chrono::seconds interval{5};
  std::chrono::system_clock::time_point expires;
};

class DeviceSignIn {
 public:
  /// Is told how long the code is still good for, about once a second.
  using Progress = std::function<void(std::chrono::seconds left)>;

  /// `account` outlives it.
  explicit DeviceSignIn(Account& account) : account_(account) {}

  /// Errors: a refusal, no answer, a server without device flow, a variable that is not set.
  Expected<DeviceCode> Begin();
  /// Waits by the tools' clock until the person has answered: every `interval`, which `slow_down`
  /// lengthens by 5 s and an answer that does not come doubles. Errors: it was declined, the code
  /// expired, another refusal, three times running no answer, an answer without refresh token.
  Expected<Grant> Await(const DeviceCode& code, const Progress& progress);

 private:
  Expected<SignInAnswer> Ask(const std::string& address, FormFields form) const;

  Account& account_;
};

}  // namespace conform
