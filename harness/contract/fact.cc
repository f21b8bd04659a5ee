#include "contract/fact.h"

#include <array>

namespace conform {
namespace {

struct BindingRule {
  std::string_view fact;  ///< the name's first part, or the whole name.
  Binds binds;
};

constexpr std::array kBindingRules = {
    BindingRule{"headers.Authorization", Binds::kService},
    BindingRule{"headers", Binds::kClient},
    BindingRule{"requestBody", Binds::kClient},
    BindingRule{"license", Binds::kTenant},
    BindingRule{"maturity", Binds::kNobody},
    BindingRule{"clouds", Binds::kNobody},
    BindingRule{"notes", Binds::kNobody},
};

}  // namespace

bool FactList::Has(std::string_view name) const { return SpanOf(name).line > 0; }

Span FactList::SpanOf(std::string_view name) const {
  for (const Fact& fact : facts_) {
    if (fact.name == name) return fact.span;
  }
  return {};
}

std::vector<std::string_view> FactList::Names() const {
  std::vector<std::string_view> names;
  names.reserve(facts_.size());
  for (const Fact& fact : facts_) names.push_back(fact.name);
  return names;
}

std::vector<Binds> AllowedBinds(std::string_view fact) {
  if (fact == "effect") return {Binds::kService, Binds::kNobody};
  const std::string_view kind = fact.substr(0, fact.find('.'));
  for (const BindingRule& rule : kBindingRules) {
    if (rule.fact == fact || rule.fact == kind) return {rule.binds};
  }
  return {Binds::kService};
}

}  // namespace conform
