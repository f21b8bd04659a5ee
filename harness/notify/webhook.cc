#include "notify/webhook.h"

#include <fmt/format.h>

#include "base/http_text.h"

namespace conform {
namespace {

/// Of the client's errors, those that speak of what was posted: the others (401, 404, 429, …) speak
/// of the address, of who asks, or of the time.
bool RefusesContent(int status) { return status == 400 || status == 413 || status == 422; }

}  // namespace

Sent PostWebhook(const ReceiverAddress& address, const std::string& body,
                 const VariableLookup& variables, const WebBounds& bounds) {
  const std::string shown = FormatOrigin(address.origin);
  const auto answer =
      AskWeb({"POST", address.origin, address.target, {{"Content-Type", "application/json"}}, body},
             variables, bounds);
  if (!answer) {
    return tl::unexpected(NotSent{fmt::format("{}: {}", shown, answer.error().message)});
  }
  if (IsSuccessStatus(answer->status)) return {};
  return tl::unexpected(NotSent{fmt::format("{}: answered {}", shown, answer->status),
                                RefusesContent(answer->status)});
}

}  // namespace conform
