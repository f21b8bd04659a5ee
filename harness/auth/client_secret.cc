#include "auth/client_secret.h"

#include <fmt/format.h>

#include "auth/token_answer.h"
#include "base/percent.h"

namespace conform {

Expected<std::optional<IssuedToken>> ClientSecret::Issue() {
  const SignInTools& tools = sign_in_.tools();
  const auto secret = tools.environment(source_.secret_variable);
  if (!secret || secret->empty()) return std::nullopt;
  KeepSecret(tools, *secret, "client secret");
  auto address = ParseHttpAddress(fmt::format("{}/{}/oauth2/v2.0/token", source_.authority,
                                              EncodePercent(source_.tenant, kUnreservedMarks)));
  if (!address) return Fail("no token: " + address.error().message);
  const std::string scope = source_.scope.empty() ? audience_ + "/.default" : source_.scope;
  const auto answer = sign_in_.Send({*std::move(address),
                                     {{"grant_type", "client_credentials"},
                                      {"client_id", source_.client},
                                      {"client_secret", *secret},
                                      {"scope", scope}}});
  if (!answer) return tl::unexpected(answer.error());
  auto read = ReadTokenAnswer(*answer, tools);
  if (!read) return tl::unexpected(read.error());
  return *std::move(read);
}

}  // namespace conform
