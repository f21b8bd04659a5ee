// What was odd about an answer: a fact about bytes, never a judgement.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace conform {

/// `name` is one of ObservationNames(); `specs/protocol/http.yaml` says by clause what each means.
struct Observation {
  std::string_view name;
  std::string detail;      ///< what was seen, one line, unredacted; e.g. "3 bytes: 'abc'".
  std::size_t offset = 0;  ///< into the bytes received on the connection for this exchange.
};

}  // namespace conform
