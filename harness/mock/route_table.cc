#include "mock/route_table.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/percent.h"
#include "contract/path_template.h"

namespace conform {
namespace {

std::string_view TakeSegment(std::string_view& rest) {
  const std::size_t slash = rest.find('/');
  const std::string_view segment = rest.substr(0, slash);
  rest.remove_prefix(slash == std::string_view::npos ? rest.size() : slash + 1);
  return segment;
}

// What follows the first segment, slash included: `/v1.0/things` gives `/things`.
std::string_view BelowVersion(std::string_view path) {
  const std::size_t slash = path.find('/', 1);
  return slash == std::string_view::npos ? std::string_view{} : path.substr(slash);
}

// How many bytes of template and path are alike at both ends; of two alike the one with as many
// segments.
std::pair<std::ptrdiff_t, bool> Resemblance(const Route& route) {
  const std::string_view a = route.path_template;
  const std::string_view b = route.path_below;
  const auto front = std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin();
  const auto back = std::mismatch(a.rbegin(), a.rend(), b.rbegin(), b.rend()).first - a.rbegin();
  const bool same_depth =
      std::count(a.begin(), a.end(), '/') == std::count(b.begin(), b.end(), '/');
  return {front + back, same_depth};
}

}  // namespace

std::vector<std::pair<std::string, std::string>> PathParameters(std::string_view path_template,
                                                                std::string_view path) {
  std::vector<std::pair<std::string, std::string>> parameters;
  while (!path_template.empty()) {
    const std::string_view name = TakeSegment(path_template);
    std::vector<std::string_view> values;
    MatchSegment(name, TakeSegment(path), values);
    const std::vector<std::string> names = PlaceholdersOf(fmt::format("/{}", name));
    for (std::size_t i = 0; i < std::min(names.size(), values.size()); ++i) {
      parameters.emplace_back(names[i], DecodePercent(values[i]));
    }
  }
  return parameters;
}

std::string OriginAsked(const Contract& contract, const MockRequest& request,
                        std::string_view scheme) {
  const Field* host = FindField(request.fields, "Host");
  if (host == nullptr || host->value.empty()) return contract.ServerOrigin();
  return fmt::format("{}://{}", scheme, host->value);
}

std::string AddressBelow(const Route& route, std::string_view origin, std::string_view name) {
  const std::string_view slash = route.path_below.ends_with('/') ? "" : "/";
  return fmt::format("{}{}{}{}{}", origin, route.contract->ServerPath(), route.path_below, slash,
                     name);
}

RouteTable::RouteTable(const std::vector<const Contract*>& contracts) {
  for (const Contract* contract : contracts) {
    for (const std::string& path : contract->paths) {
      entries_.push_back(Entry{contract, path, contract->ServerPath()});
      if (path.find('{') == std::string::npos) {
        literal_[entries_.back().server_path + path].push_back(entries_.size() - 1);
      } else {
        patterns_.push_back(entries_.size() - 1);
      }
    }
  }
}

std::optional<Route> RouteTable::Match(const Entry& entry, std::string_view path) {
  if (!path.starts_with(entry.server_path)) return std::nullopt;
  const std::string_view below = path.substr(entry.server_path.size());
  if (!MatchesPath(entry.path_template, below)) return std::nullopt;
  return Route{entry.contract, entry.path_template, below};
}

std::optional<Route> RouteTable::MatchByFault(const Entry& entry, std::string_view path,
                                              const Faults& faults) {
  const std::string_view below = BelowVersion(path);
  if (faults.Has(Lapse::kVersionIgnored) && MatchesPath(entry.path_template, below)) {
    return Route{entry.contract, entry.path_template, below};
  }
  if (faults.Has(Lapse::kPathIgnored) && path.starts_with(entry.server_path + "/")) {
    return Route{entry.contract, entry.path_template, path.substr(entry.server_path.size())};
  }
  return std::nullopt;
}

std::vector<Route> RouteTable::Find(std::string_view path, const Faults& faults) const {
  std::vector<Route> found;
  const auto add = [&found](const std::optional<Route>& route) {
    if (route) found.push_back(*route);
  };
  auto literal = literal_.find(std::string(path));
  if (literal == literal_.end() && path.find('%') != std::string_view::npos)
    literal = literal_.find(DecodePercent(path));
  if (literal != literal_.end()) {
    for (const std::size_t index : literal->second) add(Match(entries_[index], path));
    return found;
  }
  for (const std::size_t index : patterns_) add(Match(entries_[index], path));
  if (!found.empty()) return found;
  for (const Entry& entry : entries_) add(MatchByFault(entry, path, faults));
  // The documented path that this one most resembles comes first.
  std::stable_sort(found.begin(), found.end(),
                   [](const Route& a, const Route& b) { return Resemblance(a) > Resemblance(b); });
  return found;
}

}  // namespace conform
