#include "verdict/required_checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "base/nearest_name.h"
#include "base/utf8.h"
#include "exchange/response_reader.h"

namespace conform {
namespace {

/// Complains about one clause.
class ArgumentReader {
 public:
  ArgumentReader(const ProtocolSet& set, const ProtocolClause& clause, Diagnostics& diagnostics)
      : set_(set), clause_(clause), diagnostics_(diagnostics) {}

  void Read(const std::vector<CheckArgument>& takes) {
    for (const auto& [name, value] : clause_.with.items()) RequireKnown(name, takes);
    for (const CheckArgument& each : takes) {
      const auto found = clause_.with.find(each.name);
      if (found == clause_.with.end()) {
        Complain(fmt::format("lacks '{}' under with", each.name), AdviceOf(each));
      } else if (each.kind == CheckArgument::Kind::kText) {
        RequireText(*found, each);
      } else {
        RequireObservations(*found, each);
      }
    }
  }

 private:
  void Complain(const std::string& message, std::string advice) {
    diagnostics_.Add(
        *set_.source, clause_.clause.span,
        fmt::format("check '{}' of clause '{}' {}", clause_.check, clause_.clause.id, message),
        std::move(advice));
  }

  static std::string AdviceOf(const CheckArgument& argument) {
    return argument.kind == CheckArgument::Kind::kText
               ? fmt::format("write with: {{{}: …}}, a text; a number in quotes", argument.name)
               : fmt::format("write with: {{{}: [bare_lf, …]}}", argument.name);
  }

  void RequireKnown(const std::string& name, const std::vector<CheckArgument>& takes) {
    std::vector<std::string_view> known;
    for (const CheckArgument& each : takes) known.push_back(each.name);
    if (std::find(known.begin(), known.end(), name) != known.end()) return;
    const std::string nearest = DidYouMean(name, known);
    Complain(fmt::format("takes no '{}' under with", ShowLine(name, 60)),
             !nearest.empty() ? nearest
             : known.empty()  ? "leave 'with' out"
                              : "it takes " + JoinOr(known));
  }

  void RequireText(const nlohmann::json& value, const CheckArgument& argument) {
    if (value.is_string() && !value.get_ref<const std::string&>().empty()) return;
    Complain(fmt::format("needs a text as '{}'", argument.name), AdviceOf(argument));
  }

  void RequireObservations(const nlohmann::json& value, const CheckArgument& argument) {
    if (!value.is_array() || value.empty()) {
      Complain(fmt::format("needs a list of observations as '{}'", argument.name),
               AdviceOf(argument));
      return;
    }
    std::vector<std::string_view> known;
    for (const ObservationName& each : ObservationNames()) known.push_back(each.name);
    for (const nlohmann::json& item : value) {
      const std::string name = item.is_string() ? item.get<std::string>() : item.dump();
      if (std::find(known.begin(), known.end(), name) != known.end()) continue;
      const std::string nearest = DidYouMean(name, known);
      Complain(fmt::format("names no observation: '{}'", ShowLine(name, 60)),
               nearest.empty() ? "harness/exchange/observation_names.h has them all" : nearest);
    }
  }

  const ProtocolSet& set_;
  const ProtocolClause& clause_;
  Diagnostics& diagnostics_;
};

}  // namespace

void RequireChecks(const Catalog& catalog, const CheckTable& checks, Diagnostics& diagnostics) {
  for (const ProtocolSet& set : catalog.protocols) {
    for (const ProtocolClause& each : set.clauses) {
      if (each.check.empty()) continue;
      const auto check = checks.protocol.find(each.check);
      if (check != checks.protocol.end()) {
        ArgumentReader(set, each, diagnostics).Read(check->second.takes);
        continue;
      }
      std::string known;
      for (const auto& [name, unused] : checks.protocol) {
        known += (known.empty() ? "" : ", ") + name;
      }
      diagnostics.Add(*set.source, each.clause.span,
                      fmt::format("clause '{}' names no check: '{}'", each.clause.id, each.check),
                      "there is " + known);
    }
  }
}

}  // namespace conform
