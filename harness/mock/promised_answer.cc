#include "mock/promised_answer.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "base/http_text.h"
#include "base/json_text.h"
#include "contract/media_range.h"
#include "contract/schema_sample.h"

namespace conform {
namespace {

using Parameters = std::vector<std::pair<std::string, std::string>>;
using Json = nlohmann::json;

std::string Fill(std::string text, const Parameters& parameters) {
  for (const auto& [name, value] : parameters) {
    const std::string placeholder = "{" + name + "}";
    for (std::size_t at = text.find(placeholder); at != std::string::npos;
         at = text.find(placeholder, at + value.size())) {
      text.replace(at, placeholder.size(), value);
    }
  }
  return text;
}

// Walks the example by its flat list of leaves, so that no depth of it costs stack.
Json FillExample(const Json& example, const Parameters& parameters) {
  if (example.is_string()) return Fill(example.get<std::string>(), parameters);
  if (!example.is_structured() || parameters.empty()) return example;
  Json filled = example;
  std::vector<Json*> open = {&filled};
  while (!open.empty()) {
    Json& value = *open.back();
    open.pop_back();
    if (value.is_string()) value = Fill(value.get<std::string>(), parameters);
    if (!value.is_structured()) continue;
    for (Json& member : value) open.push_back(&member);
  }
  return filled;
}

std::string ExampleBody(const MediaContent& content, const Parameters& parameters) {
  const bool is_json = IsJsonType(SampleTypeOf(content.media_type));
  if (content.example.is_null()) return is_json ? ExampleText(content) : "";
  const Json filled = FillExample(content.example, parameters);
  if (!is_json && filled.is_string()) return filled.get<std::string>();
  return WriteJsonText(filled);
}

// The address of what was created, which a 201 names (OData Protocol 4.01 §11.4.2): below the
// collection, by the example's id.
std::string CreatedAddress(const Route& route, std::string_view origin,
                           const ResponseRule& response) {
  std::string id = "1";
  if (!response.content.empty() && response.content.front().example.is_object()) {
    const Json& example = response.content.front().example;
    const auto found = example.find("id");
    if (found != example.end() && found->is_string() && IsToken(found->get<std::string>())) {
      id = found->get<std::string>();
    }
  }
  return AddressBelow(route, origin, id);
}

// Fields that the service sets itself wherever they belong, and those that frame an answer: a
// second one, or one of other content, would break it.
bool IsOwnField(std::string_view name) {
  static constexpr std::array<std::string_view, 12> kOwn = {"Connection",
                                                            "Content-Length",
                                                            "Content-Type",
                                                            "Date",
                                                            "Keep-Alive",
                                                            "Trailer",
                                                            "Transfer-Encoding",
                                                            "Upgrade",
                                                            "client-request-id",
                                                            "request-id",
                                                            "Strict-Transport-Security",
                                                            "x-ms-ags-diagnostic"};
  return std::any_of(kOwn.begin(), kOwn.end(),
                     [name](std::string_view own) { return SameFieldName(own, name); });
}

std::string_view RefusalMessage(Condition::Kind kind) {
  return kind == Condition::Kind::kWithin ? "The operation was called too soon after the last call."
                                          : "The operation is still under way.";
}

}  // namespace

Answer PromisedAnswer(const Route& route, std::string_view origin, const Promise& promise,
                      const AnswerIds& ids) {
  const ResponseRule& response = *promise.response;
  const int status = SampleStatusOf(response);
  Answer answer;
  if (!response.content.empty()) {
    const MediaContent& content = response.content.front();
    answer.status = status;
    answer.fields.push_back({"Content-Type", SampleTypeOf(content.media_type)});
    answer.body = ExampleBody(content, PathParameters(route.path_template, route.path_below));
  } else if (status >= 400) {
    answer = ErrorAnswer(status, ErrorCode(status), RefusalMessage(response.when.kind), ids);
  } else {
    answer.status = status;
  }
  if (status == 201) {
    answer.fields.push_back({"Location", CreatedAddress(route, origin, response)});
  }
  if (promise.left && (status == 429 || status == 503)) {
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(*promise.left).count();
    answer.fields.push_back({"Retry-After", fmt::format("{}", seconds)});
  }
  AddPromisedFields(response, answer);
  return answer;
}

void AddPromisedFields(const ResponseRule& rule, Answer& answer) {
  for (const ResponseHeader& header : rule.headers) {
    if (!header.required || IsOwnField(header.name)) continue;
    if (FindField(answer.fields, header.name) != nullptr) continue;
    const Json sample =
        SampleOf(header.schema.is_object() ? header.schema : Json{{"type", "string"}});
    std::string value = sample.is_string() ? sample.get<std::string>() : WriteJsonText(sample);
    // An example with a line end in it would be sent as two fields.
    std::replace_if(
        value.begin(), value.end(), [](char c) { return c == '\r' || c == '\n' || c == '\0'; },
        ' ');
    answer.fields.push_back({header.name, std::move(value)});
  }
}

}  // namespace conform
