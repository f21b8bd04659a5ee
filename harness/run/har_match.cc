#include "run/har_match.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <set>

#include "contract/path_template.h"

namespace conform {
namespace {

/// `https://graph.microsoft.com` of `https://graph.microsoft.com/beta`.
std::optional<Origin> OriginOf(const Contract& contract) {
  const auto origin = ParseOrigin(contract.ServerOrigin());
  return origin ? std::optional(*origin) : std::nullopt;
}

/// The fewest placeholders of a path of the contract that matches; nothing where none does.
std::optional<std::size_t> PlaceholdersIn(const Contract& contract, const std::string& path) {
  const std::string server = contract.ServerPath();
  if (!path.starts_with(server)) return std::nullopt;
  std::optional<std::size_t> fewest;
  for (const std::string& each : contract.paths) {
    if (!MatchesPath(each, std::string_view(path).substr(server.size()))) continue;
    const std::size_t count = PlaceholdersOf(each).size();
    fewest = std::min(fewest.value_or(count), count);
  }
  return fewest;
}

}  // namespace

OperationMatcher::OperationMatcher(const Catalog& catalog,
                                   std::optional<std::chrono::sys_days> as_of,
                                   std::vector<Cloud> clouds, std::optional<Origin> only)
    : contracts_(catalog.Serving(as_of)), clouds_(std::move(clouds)), only_(std::move(only)) {}

bool OperationMatcher::Serves(const Contract& contract, const Origin& origin) const {
  if (only_) return *only_ == origin;
  if (OriginOf(contract) == origin) return true;
  return std::any_of(clouds_.begin(), clouds_.end(), [&](const Cloud& cloud) {
    return cloud.origin == origin && std::find(contract.clouds.begin(), contract.clouds.end(),
                                               cloud.name) != contract.clouds.end();
  });
}

OperationMatch OperationMatcher::Match(const std::string& method, const HarAddress& address) const {
  OperationMatch best;
  std::size_t fewest = std::numeric_limits<std::size_t>::max();
  bool served = false;
  std::set<std::string> methods;
  for (const Contract* contract : contracts_) {
    if (!Serves(*contract, address.origin)) continue;
    served = true;
    const auto placeholders = PlaceholdersIn(*contract, address.path);
    if (!placeholders) continue;
    methods.insert(contract->method);
    if (contract->method != method || *placeholders >= fewest) continue;
    best.contract = contract;
    fewest = *placeholders;
  }
  if (best.contract != nullptr) return best;
  if (!served) {
    best.why_not = "no contract is of that address";
  } else if (methods.empty()) {
    best.why_not = "no operation has that path";
  } else {
    std::string all;
    for (const std::string& each : methods) all += (all.empty() ? "" : " and ") + each;
    best.why_not = fmt::format("that path's operations are called with {}", all);
  }
  return best;
}

}  // namespace conform
