#include "contract/catalog.h"

#include <algorithm>

namespace conform {

const Contract* Catalog::Find(std::string_view operation, std::string_view edition) const {
  for (const Contract& contract : contracts) {
    if (contract.operation == operation && contract.edition == edition) return &contract;
  }
  return nullptr;
}

std::vector<const Contract*> Catalog::Editions(std::string_view operation) const {
  std::vector<const Contract*> editions;
  for (const Contract& contract : contracts) {
    if (contract.operation == operation) editions.push_back(&contract);
  }
  return editions;
}

const Contract* Catalog::InForce(std::string_view operation, std::chrono::sys_days day) const {
  const Contract* in_force = nullptr;
  for (const Contract* edition : Editions(operation)) {
    if (in_force == nullptr || edition->page.date <= day) in_force = edition;
  }
  return in_force;
}

std::vector<const Contract*> Catalog::Serving(std::optional<std::chrono::sys_days> day) const {
  std::vector<const Contract*> serving;
  for (const std::string_view operation : Operations()) {
    const Contract* edition =
        day.has_value() ? InForce(operation, *day) : Editions(operation).back();
    if (!day.has_value() || edition->page.date <= *day) serving.push_back(edition);
  }
  return serving;
}

const ProtocolClause* Catalog::FindProtocolClause(std::string_view id) const {
  for (const ProtocolSet& set : protocols) {
    for (const ProtocolClause& clause : set.clauses) {
      if (clause.clause.id == id) return &clause;
    }
  }
  return nullptr;
}

std::optional<int> Catalog::RefusalStatus(Refusal refusal) const {
  for (const ProtocolSet& set : protocols) {
    const auto found = set.refusals.find(refusal);
    if (found != set.refusals.end()) return found->second;
  }
  return std::nullopt;
}

std::vector<std::string_view> Catalog::Operations() const {
  std::vector<std::string_view> operations;
  for (const Contract& contract : contracts) {
    if (operations.empty() || operations.back() != contract.operation) {
      operations.push_back(contract.operation);
    }
  }
  return operations;
}

}  // namespace conform
