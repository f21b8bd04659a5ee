// Posts JSON to a webhook.
#pragma once

#include <chrono>
#include <string>

#include "base/error.h"
#include "notify/receiver_address.h"

namespace conform {

/// Once; redirections are not followed. Errors: no answer within `patience`, a status that is no
/// 2xx. They name the origin alone: the rest of the address is a secret.
Expected<void> PostWebhook(const ReceiverAddress& address, const std::string& body,
                           std::chrono::seconds patience = std::chrono::seconds(10));

}  // namespace conform
