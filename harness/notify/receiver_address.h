// Where a webhook is: an address that is a secret, and what of it may be shown.
#pragma once

#include <string>

#include "base/error.h"
#include "base/origin.h"

namespace conform {

/// Slack's and Teams' addresses are all that is needed to write there: only the origin is shown.
struct ReceiverAddress {
  Origin origin;
  std::string target;  ///< `/services/…`.
};

/// https anywhere, http to loopback alone. Errors: another scheme, user names, odd characters; the
/// address is no part of what they say.
Expected<ReceiverAddress> ReadReceiverAddress(const std::string& url);

}  // namespace conform
