// Everything promised: the contracts and protocol clauses loaded from specs/.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "contract/contract.h"
#include "contract/protocol.h"

namespace conform {

struct Catalog {
  std::vector<Contract> contracts;  ///< by operation, then by date.
  std::vector<ProtocolSet> protocols;

  const Contract* Find(std::string_view operation, std::string_view edition) const;
  /// All editions of an operation, oldest first.
  std::vector<const Contract*> Editions(std::string_view operation) const;
  /// The newest edition not dated after `day`; where all are, the oldest. Null where the operation
  /// is unknown.
  const Contract* InForce(std::string_view operation, std::chrono::sys_days day) const;
  /// One edition of each operation: as InForce, or the newest where `day` is nothing. With a day,
  /// operations that had no edition yet are left out.
  std::vector<const Contract*> Serving(std::optional<std::chrono::sys_days> day) const;
  /// A clause of any protocol set.
  const ProtocolClause* FindProtocolClause(std::string_view id) const;
  /// The status a service refuses with, or nothing where no set says.
  std::optional<int> RefusalStatus(Refusal refusal) const;
  std::vector<std::string_view> Operations() const;
};

/// Loads every `.yaml` below `folder`: `protocol/*.yaml` as protocol sets, the others as contracts.
/// Mistakes go to `diagnostics`; what was whole is returned all the same.
Catalog LoadCatalog(const std::filesystem::path& folder, Diagnostics& diagnostics);

}  // namespace conform
