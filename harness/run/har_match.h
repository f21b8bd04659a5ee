// Which operation a recorded request is of.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/origin.h"
#include "contract/catalog.h"
#include "run/har_exchange.h"
#include "run/profile_lookup.h"

namespace conform {

struct OperationMatch {
  const Contract* contract = nullptr;
  std::string why_not;  ///< where there is no contract.
};

class OperationMatcher {
 public:
  /// One edition of each operation, as Catalog::Serving. `only`: in place of the contracts' own
  /// servers and clouds. `catalog` outlives it.
  OperationMatcher(const Catalog& catalog, std::optional<std::chrono::sys_days> as_of,
                   std::vector<Cloud> clouds, std::optional<Origin> only);

  /// Of several paths that match, the one with the fewest placeholders is meant.
  OperationMatch Match(const std::string& method, const HarAddress& address) const;

 private:
  bool Serves(const Contract& contract, const Origin& origin) const;

  std::vector<const Contract*> contracts_;
  std::vector<Cloud> clouds_;
  std::optional<Origin> only_;
};

}  // namespace conform
