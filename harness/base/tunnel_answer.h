// What a proxy answers to CONNECT (RFC 9110 §9.3.6).
#pragma once

#include <string_view>

#include "base/fields.h"

namespace conform {

struct TunnelAnswer {
  int status = 0;  ///< 0: it begins with no status line.
  Fields fields;
};

/// Of a whole header section, its empty line too. What is no field is passed over.
TunnelAnswer ReadTunnelAnswer(std::string_view head);

}  // namespace conform
