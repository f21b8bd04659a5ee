#include "fuzz/fuzz_target.h"
#include "mock/verified_tokens.h"
#include "token/jwt.h"
#include "token/test_key.h"

namespace conform {

void FuzzTokenClaims(std::string_view bytes) {
  const auto read = ReadJwt(bytes);
  Promise(!read || (read->header.is_object() && read->claims.is_object()));
  const auto bearer = ReadBearerToken(bytes);
  Promise(bearer == nullptr || read.has_value());
}

}  // namespace conform
