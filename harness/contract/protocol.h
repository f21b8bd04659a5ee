// Clauses that hold for every exchange, whatever the operation: HTTP, OAuth, OData, Graph.
#pragma once

#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "contract/clause.h"
#include "contract/status_set.h"

namespace conform {

/// Which exchanges a protocol clause is about. Empty members hold for all.
struct ExchangeFilter {
  StatusSet status;
  StatusSet not_status;
  std::vector<std::string> methods;
  std::vector<std::string> not_methods;
  std::optional<bool> content;  ///< whether the answer has content.
  std::string media_type;       ///< `json`: the answer says its content is JSON.

  bool operator==(const ExchangeFilter&) const = default;
};

struct ProtocolClause {
  Clause clause;
  ExchangeFilter when;
  std::string check;    ///< names a function in the judge's table; empty where refusals judge it.
  nlohmann::json with;  ///< the function's arguments, an object.
};

/// A reason to refuse a request, in the order in which a service finds it.
enum class Refusal {
  kNoLength,
  kPath,
  kMethod,
  kNoToken,
  kBadToken,
  kUnsupportedAccount,
  kNoPermission,
  kPrecondition,
};

/// `no_token`, …: `graph.refusal.no_token` is the clause's id.
std::string_view NameOf(Refusal refusal);

struct ProtocolSet {
  std::string name;  ///< `http`, `oauth`, …: the first part of its clauses' ids.
  std::vector<ProtocolClause> clauses;
  std::map<Refusal, int> refusals;  ///< status per reason; only one set has any.
  std::shared_ptr<const SourceText> source;
};

}  // namespace conform
