// A recorded exchange in the terms in which our own are judged.
#pragma once

#include <string>

#include "base/error.h"
#include "base/origin.h"
#include "exchange/exchange.h"
#include "run/har_reader.h"

namespace conform {

/// Where a recorded request went.
struct HarAddress {
  Origin origin;
  std::string path;   ///< from the root, without its query.
  std::string query;  ///< without its `?`; empty where there is none.
};

/// Errors: it is no http or https address.
Expected<HarAddress> ReadAddress(const std::string& url);

/// With what the entry tells; what a HAR does not hold (bytes, framing, chunks) is as if there had
/// been nothing odd about it, so it must not be judged. Without an answer the attempt has trouble.
Exchange MakeExchange(const HarEntry& entry, const HarAddress& address);

}  // namespace conform
