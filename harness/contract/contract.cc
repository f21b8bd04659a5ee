#include "contract/contract.h"

#include <algorithm>
#include <array>

#include "contract/path_template.h"

namespace conform {
namespace {

constexpr std::string_view kEveryOther = "default";

/// Takes the text up to the next `/` off `rest`, and that slash.
std::string_view TakeSegment(std::string_view& rest) {
  const std::size_t slash = rest.find('/');
  const std::string_view segment = rest.substr(0, slash);
  rest.remove_prefix(slash == std::string_view::npos ? rest.size() : slash + 1);
  return segment;
}

bool EqualsIgnoringCase(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [lower](char x, char y) { return lower(x) == lower(y); });
}

/// The first of `items` that `is_wanted`, or null.
template <typename T, typename Predicate>
const T* FindIn(const std::vector<T>& items, Predicate is_wanted) {
  const auto found = std::find_if(items.begin(), items.end(), is_wanted);
  return found == items.end() ? nullptr : &*found;
}

}  // namespace

std::string_view NameOf(Parameter::In in) {
  constexpr std::array<std::string_view, 4> kNames = {"path", "query", "header", "cookie"};
  return kNames[static_cast<std::size_t>(in)];
}

std::string AboutOf(const ResponseRule& rule) { return "responses." + NameOf(rule); }

std::string NameOf(const ResponseRule& rule) {
  return rule.range.empty() ? std::to_string(rule.status) : rule.range;
}

std::string StatusesOf(const ResponseRule& rule) {
  if (rule.range.empty()) return NameOf(rule);
  return rule.range == kEveryOther ? "4xx" : rule.range.substr(0, 1) + "xx";
}

int SampleStatusOf(const ResponseRule& rule) {
  if (rule.range.empty()) return rule.status;
  return rule.range == kEveryOther ? 400 : (rule.range.front() - '0') * 100;
}

bool Covers(const ResponseRule& rule, int status) {
  if (rule.range.empty()) return rule.status == status;
  if (rule.range == kEveryOther) return status >= 400 && status <= 599;
  return status / 100 == rule.range.front() - '0';
}

const Clause* Contract::FindClause(std::string_view id) const {
  return FindIn(clauses, [id](const Clause& clause) { return clause.id == id; });
}

const HeaderRule* Contract::FindHeader(std::string_view name) const {
  return FindIn(headers,
                [name](const HeaderRule& header) { return EqualsIgnoringCase(header.name, name); });
}

std::string_view Contract::Scheme() const {
  const HeaderRule* rule = FindHeader("Authorization");
  return rule == nullptr || rule->scheme.empty() ? kBearerScheme : std::string_view(rule->scheme);
}

bool Contract::TakesScheme(std::string_view scheme) const {
  return FindHeader("Authorization") != nullptr && EqualsIgnoringCase(scheme, Scheme());
}

const Parameter* Contract::FindParameter(std::string_view name) const {
  return FindIn(parameters, [name](const Parameter& each) { return each.name == name; });
}

const ResponseRule* Contract::FindResponse(int status) const {
  const ResponseRule* best = nullptr;
  for (const ResponseRule& rule : responses) {
    if (!Covers(rule, status)) continue;
    if (rule.range.empty()) return &rule;
    if (best == nullptr || best->range == kEveryOther) best = &rule;
  }
  return best;
}

const ResponseRule* Contract::FindResponse(std::string_view name) const {
  return FindIn(responses, [name](const ResponseRule& rule) { return NameOf(rule) == name; });
}

const ResponseRule& Contract::Success() const {
  const ResponseRule* success = FindIn(responses, [](const ResponseRule& rule) {
    return rule.when.kind == Condition::Kind::kSuccess;
  });
  // The loader lets no contract through without one.
  return success != nullptr ? *success : responses.back();
}

std::string Contract::ServerPath() const {
  const std::size_t authority = server.find("://");
  if (authority == std::string::npos) return "";
  const std::size_t slash = server.find('/', authority + 3);
  return slash == std::string::npos ? "" : server.substr(slash);
}

std::string Contract::ServerOrigin() const {
  return server.substr(0, server.size() - ServerPath().size());
}

bool MatchesPath(std::string_view path_template, std::string_view path) {
  if (path_template.empty() || path.empty()) return path_template == path;
  // A trailing slash is a last, empty segment: it must be in both or in neither.
  const auto slashes = [](std::string_view text) {
    return std::count(text.begin(), text.end(), '/');
  };
  if (slashes(path_template) != slashes(path)) return false;
  while (!path_template.empty() || !path.empty()) {
    const std::string_view wanted = TakeSegment(path_template);
    const std::string_view given = TakeSegment(path);
    std::vector<std::string_view> values;
    if (!MatchSegment(wanted, given, values)) return false;
  }
  return true;
}

bool MatchesAnyPath(const Contract& contract, std::string_view path) {
  const std::string prefix = contract.ServerPath();
  if (path.substr(0, prefix.size()) != prefix) return false;
  return std::any_of(contract.paths.begin(), contract.paths.end(), [&](const std::string& known) {
    return MatchesPath(known, path.substr(prefix.size()));
  });
}

}  // namespace conform
