// Posts JSON to a webhook.
#pragma once

#include <chrono>
#include <string>

#include "base/web_answer.h"
#include "notify/receiver_address.h"
#include "notify/sent.h"

namespace conform {

/// Slack answers in a moment, a flow of others' may take its time.
inline constexpr WebBounds kWebhookBounds{.step = std::chrono::seconds(10),
                                          .whole = std::chrono::seconds(20)};

/// Once; redirections are not followed. `variables` may name a proxy. Errors: no answer within
/// `bounds`, a status that is no 2xx; 400, 413 and 422 refuse the content. They name the origin
/// alone: the rest of the address is a secret.
Sent PostWebhook(const ReceiverAddress& address, const std::string& body,
                 const VariableLookup& variables, const WebBounds& bounds = kWebhookBounds);

}  // namespace conform
