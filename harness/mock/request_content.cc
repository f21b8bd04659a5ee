#include "mock/request_content.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/http_text.h"

namespace conform {
namespace {

bool IsJsonType(std::string_view media_type) {
  return EqualNames(media_type, "application/json") || media_type.ends_with("+json");
}

}  // namespace

std::optional<ContentRefusal> CheckContent(const Contract& contract, const MockRequest& request) {
  const RequestBodyRule& rule = contract.request_body;
  if (rule.none || rule.content.empty()) return std::nullopt;
  if (request.body.empty()) {
    if (!rule.required) return std::nullopt;
    return ContentRefusal{400, "The request has no content, which the operation requires."};
  }
  const std::string* field = FindHeaderValue(request.fields, "Content-Type");
  const std::string_view value = field == nullptr ? std::string_view{} : *field;
  const std::string_view given = TrimWhiteSpace(value.substr(0, value.find(';')));
  const bool known = std::any_of(
      rule.content.begin(), rule.content.end(),
      [given](const MediaContent& content) { return EqualNames(content.media_type, given); });
  if (!known) {
    return ContentRefusal{
        415, fmt::format("The media type '{}' is not supported by the operation.", given)};
  }
  if (IsJsonType(given) && !nlohmann::json::accept(request.body)) {
    return ContentRefusal{400, "The content is not valid JSON."};
  }
  return std::nullopt;
}

std::optional<ContentRefusal> CheckQuery(const Contract& contract, const MockRequest& request) {
  for (const Parameter& parameter : contract.parameters) {
    if (parameter.in != Parameter::In::kQuery || !parameter.required) continue;
    if (!HasQueryParameter(request.query, parameter.name)) {
      return ContentRefusal{
          400, fmt::format("The required query parameter '{}' is missing.", parameter.name)};
    }
  }
  return std::nullopt;
}

}  // namespace conform
