#include "contract/protocol.h"

namespace conform {

std::string_view NameOf(Refusal refusal) {
  switch (refusal) {
    case Refusal::kNoLength:
      return "no_length";
    case Refusal::kPath:
      return "path";
    case Refusal::kMethod:
      return "method";
    case Refusal::kNoToken:
      return "no_token";
    case Refusal::kBadToken:
      return "bad_token";
    case Refusal::kUnsupportedAccount:
      return "unsupported_account";
    case Refusal::kNoPermission:
      return "no_permission";
    case Refusal::kPrecondition:
      return "precondition";
  }
  return "";
}

}  // namespace conform
