#include "verdict/client_check.h"

#include <algorithm>

#include "contract/media_range.h"

namespace conform {
namespace {

constexpr std::string_view kHeaderFact = "headers.";

bool KeepsHeader(const Request& request, const HeaderRule& rule) {
  const auto values = FieldValues(request.fields, rule.name);
  if (values.empty()) return !rule.required && rule.value.empty();
  return rule.value.empty() ||
         std::all_of(values.begin(), values.end(),
                     [&](std::string_view value) { return value == rule.value; });
}

bool KeepsBody(const Request& request, const RequestBodyRule& rule) {
  if (rule.none) return request.body.empty();
  if (request.body.empty()) return !rule.required;
  const Field* type = FindField(request.fields, "Content-Type");
  return type != nullptr && IsOneOf(rule.content, type->value);
}

}  // namespace

bool KeepsClientClause(const Request& request, const Contract& contract, const Clause& clause) {
  if (clause.binds != Binds::kClient) return false;
  if (clause.about == "requestBody") return KeepsBody(request, contract.request_body);
  if (!clause.about.starts_with(kHeaderFact)) return false;
  const HeaderRule* rule = contract.FindHeader(clause.about.substr(kHeaderFact.size()));
  return rule != nullptr && KeepsHeader(request, *rule);
}

}  // namespace conform
