// Asks an authority for a time stamp over HTTP (RFC 3161 §3.4).
#pragma once

#include <string>

#include "base/web_answer.h"
#include "bundle/time_stamp.h"

namespace conform {

/// A stamper that posts to `url` (http or https; the certificate of https is checked against the
/// system's) and takes an answer within `bounds`: of 1 MiB, its head included, whole within 60 s,
/// with 20 s for the connection and for each byte. `variables` may name a proxy. Each error of it
/// names the address. Errors: no such address.
Expected<TimeStamper> MakeTimeStamper(const std::string& url, const VariableLookup& variables,
                                      const WebBounds& bounds = {});

}  // namespace conform
