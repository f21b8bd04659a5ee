// Asks an authority for a time stamp over HTTP (RFC 3161 §3.4).
#pragma once

#include <chrono>
#include <string>

#include "bundle/time_stamp.h"

namespace conform {

/// A stamper that posts to `url` (http or https; the certificate of https is checked against the
/// system's) and waits at most `patience` for each byte. Each error of it names the address.
/// Errors: no such address.
Expected<TimeStamper> MakeTimeStamper(const std::string& url,
                                      std::chrono::seconds patience = std::chrono::seconds(20));

}  // namespace conform
