#include "notify/webhook.h"

#include <fmt/format.h>

#include "base/http_text.h"

namespace conform {

Expected<void> PostWebhook(const ReceiverAddress& address, const std::string& body,
                           const VariableLookup& variables, const WebBounds& bounds) {
  const std::string shown = FormatOrigin(address.origin);
  const auto answer =
      AskWeb({"POST", address.origin, address.target, {{"Content-Type", "application/json"}}, body},
             variables, bounds);
  if (!answer) return Fail(fmt::format("{}: {}", shown, answer.error().message));
  if (!IsSuccessStatus(answer->status)) {
    return Fail(fmt::format("{}: answered {}", shown, answer->status));
  }
  return {};
}

}  // namespace conform
