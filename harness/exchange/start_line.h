// Status lines and request lines (RFC 9112 §3 and §4).
#pragma once

#include "exchange/line_reader.h"
#include "exchange/observation_log.h"
#include "exchange/request.h"
#include "exchange/response.h"

namespace conform {

/// Fills the first four members of `response`. False: nothing more can be told of this answer, and
/// an observation says why.
bool ReadStatusLine(const Line& line, Response& response, ObservationLog& log);

/// Fills method and target, and `version`. False as above.
bool ReadRequestLine(const Line& line, Request& request, std::string& version, ObservationLog& log);

}  // namespace conform
