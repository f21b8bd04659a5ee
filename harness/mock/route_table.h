// Which contracts are served at a path.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "contract/contract.h"
#include "mock/fault.h"
#include "mock/mock_request.h"

namespace conform {

/// A contract that is served at a path. Views the contract and the path.
struct Route {
  const Contract* contract = nullptr;
  std::string_view path_template;  ///< below the contract's server.
  std::string_view path_below;     ///< the path without its version: what the template matched.
};

/// Value of each `{name}` of a template, percent-encoding removed. `path` must match it.
std::vector<std::pair<std::string, std::string>> PathParameters(std::string_view path_template,
                                                                std::string_view path);

/// Where the caller found the service: by the request's Host, else the contract's server.
std::string OriginAsked(const Contract& contract, const MockRequest& request,
                        std::string_view scheme);

/// Of what lies directly below the route's path, whether or not that ends with a slash.
std::string AddressBelow(const Route& route, std::string_view origin, std::string_view name);

class RouteTable {
 public:
  /// The contracts must outlive it.
  explicit RouteTable(const std::vector<const Contract*>& contracts);

  /// All contracts at `path`, in the order given; empty where there is none.
  std::vector<Route> Find(std::string_view path, const Faults& faults) const;

 private:
  struct Entry {
    const Contract* contract = nullptr;
    std::string_view path_template;
    std::string server_path;  // `/beta`
  };

  static std::optional<Route> Match(const Entry& entry, std::string_view path);
  static std::optional<Route> MatchByFault(const Entry& entry, std::string_view path,
                                           const Faults& faults);

  std::vector<Entry> entries_;
  std::unordered_map<std::string, std::vector<std::size_t>> literal_;  // whole path -> entries_
  std::vector<std::size_t> patterns_;                                  // those with placeholders
};

}  // namespace conform
