// Reads contracts that are named on the command line.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "contract/catalog.h"
#include "run/command.h"

namespace conform {

class ContractOperands {
 public:
  explicit ContractOperands(Invocation& invocation) : invocation_(invocation) {}

  /// A contract's file, a page's Markdown (file or address), an operation of an OpenAPI document
  /// (`openapi.yaml#getLoan`), or OPERATION@EDITION. Nothing where it is none, which is told.
  std::optional<Contract> Read(const std::string& place);
  /// Two that are compared. A document that names no server which can be called is served where
  /// the other is. Nothing where one is none, which is told.
  std::optional<std::pair<Contract, Contract>> ReadBoth(const std::string& before,
                                                        const std::string& now);
  /// The contracts of specs/; null where they have mistakes, which is told.
  const Catalog* LoadedCatalog();

 private:
  std::optional<Contract> ReadPage(const std::string& place);
  std::optional<Contract> ReadDescription(const std::string& file, const std::string& operation);
  std::optional<Contract> ReadSpec(const std::string& place);
  std::optional<Contract> ReadNamed(const std::string& operation, const std::string& edition);
  std::nullopt_t Refuse(const std::string& message);

  Invocation& invocation_;
  std::optional<Catalog> catalog_;
  std::string else_server_;  ///< OpenApiOptions has it.
};

}  // namespace conform
