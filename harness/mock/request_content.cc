#include "mock/request_content.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/http_text.h"
#include "contract/media_range.h"
#include "contract/schema_sample.h"
#include "mock/client_json.h"
#include "mock/entity_tag.h"

namespace conform {
namespace {

/// RFC 6265 §4.2.1.
std::optional<std::string> FindCookieValue(std::string_view field, std::string_view name) {
  while (!field.empty()) {
    const std::size_t end = std::min(field.find(';'), field.size());
    const std::string_view pair = TrimWhiteSpace(field.substr(0, end));
    field.remove_prefix(std::min(end + 1, field.size()));
    const std::size_t equals = std::min(pair.find('='), pair.size());
    if (pair.substr(0, equals) != name) continue;
    return std::string(pair.substr(std::min(equals + 1, pair.size())));
  }
  return std::nullopt;
}

/// The status that the contract promises, else the usual one.
int MissingStatus(const Contract& contract, bool condition) {
  if (condition && contract.FindResponse("428") != nullptr) return 428;
  return contract.FindResponse("400") == nullptr && contract.FindResponse("422") != nullptr ? 422
                                                                                            : 400;
}

bool IsCurrentTag(const Contract& contract, const Parameter& parameter, std::string_view tag) {
  if (contract.FindResponse("412") == nullptr) return true;
  const nlohmann::json current = SampleOf(parameter.schema);
  return AllowsTag(tag, current.is_string() ? current.get<std::string>() : "");
}

}  // namespace

std::optional<ContentRefusal> CheckContent(const Contract& contract, const MockRequest& request) {
  const RequestBodyRule& rule = contract.request_body;
  if (rule.none || rule.content.empty()) return std::nullopt;
  if (request.body.empty()) {
    if (!rule.required) return std::nullopt;
    return ContentRefusal{MissingStatus(contract, /*condition=*/false),
                          "The request has no content, which the operation requires."};
  }
  const Field* field = FindField(request.fields, "Content-Type");
  const std::string_view value = field == nullptr ? std::string_view{} : field->value;
  const std::string_view given = WithoutParameters(value);
  if (!IsOneOf(rule.content, given)) {
    return ContentRefusal{
        415, fmt::format("The media type '{}' is not supported by the operation.", given)};
  }
  if (IsJsonType(given) && ReadClientJson(request.body).is_discarded()) {
    return ContentRefusal{400, "The content is not valid JSON, or nested too deep."};
  }
  return std::nullopt;
}

std::optional<std::string> FindParameterValue(const Parameter& parameter,
                                              const MockRequest& request) {
  if (parameter.in == Parameter::In::kQuery) return FindQueryValue(request.query, parameter.name);
  if (parameter.in != Parameter::In::kCookie) {
    return CombinedValue(request.fields, parameter.name);
  }
  const Field* field = FindField(request.fields, "Cookie");
  return field == nullptr ? std::nullopt : FindCookieValue(field->value, parameter.name);
}

std::optional<ContentRefusal> CheckParameters(const Contract& contract,
                                              const MockRequest& request) {
  for (const Parameter& parameter : contract.parameters) {
    if (parameter.in == Parameter::In::kPath || parameter.key) continue;
    const std::optional<std::string> value = FindParameterValue(parameter, request);
    const bool condition = SameFieldName(parameter.name, "If-Match");
    if (!value && parameter.required) {
      return ContentRefusal{MissingStatus(contract, condition),
                            fmt::format("The required {} parameter '{}' is missing.",
                                        NameOf(parameter.in), parameter.name)};
    }
    if (condition && value && !contract.resource && !IsCurrentTag(contract, parameter, *value)) {
      return ContentRefusal{412, "The entity tag is not the current one."};
    }
  }
  return std::nullopt;
}

}  // namespace conform
