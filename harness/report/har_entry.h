// One attempt as an entry of a HAR 1.2 file.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>

#include "record/run_record.h"

namespace conform {

/// Which attempt of a test.
struct HarAttempt {
  const TestRecord* test = nullptr;
  const ExchangeRecord* exchange = nullptr;
  std::size_t index = 0;  ///< into the exchange's attempts.
};

nlohmann::ordered_json MakeHarEntry(const HarAttempt& place);

}  // namespace conform
