// A token that another program prints.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "auth/issued_token.h"
#include "auth/sign_in_client.h"

namespace conform {

struct CommandOutput {
  int exit_code = -1;  ///< -1: a signal ended it.
  std::string output;
  bool complained = false;  ///< it wrote to standard error.
};

/// Runs it with this process's environment and nothing to read. Errors: it could not be started, it
/// printed over 1 MiB, or it was ended with all that it had started, since it took longer than
/// `timeout` or `stopped` began to say so meanwhile: one that said so before, as while a stopped
/// run cleans up, is not asked again.
Expected<CommandOutput> RunTokenCommand(const std::vector<std::string>& arguments,
                                        std::chrono::milliseconds timeout,
                                        const IsStopped& stopped = {});

/// It prints the token alone, or a JSON object with `access_token` or `accessToken`, and perhaps
/// `expires_in` or `expires_on`, as `az account get-access-token` does. What it
/// writes to standard error is not told: of a command that traces itself it holds secrets that
/// nobody here knows.
class TokenCommand final : public TokenIssuer {
 public:
  TokenCommand(std::vector<std::string> arguments, std::chrono::milliseconds timeout,
               SignInTools tools)
      : arguments_(std::move(arguments)), timeout_(timeout), tools_(std::move(tools)) {}
  Expected<std::optional<IssuedToken>> Issue() override;

 private:
  std::vector<std::string> arguments_;
  std::chrono::milliseconds timeout_;
  SignInTools tools_;
};

}  // namespace conform
