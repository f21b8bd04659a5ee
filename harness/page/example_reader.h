// Reads the HTTP messages that a page shows as examples.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "page/page_context.h"
#include "page/request_reader.h"

namespace conform {

struct ExampleMessage {
  DocumentedLine request;  ///< of a request.
  int status = 0;          ///< of a response.
  std::vector<std::pair<std::string, std::string>> fields;
  std::string body;  ///< white space at its ends taken off.
  Place place;       ///< of its first line.
  Place body_place;
  bool collection = false;  ///< the page's annotation says so.

  /// Empty where it has none.
  std::string Field(std::string_view name) const;
};

struct Examples {
  std::optional<ExampleMessage> request;   ///< the first of this operation.
  std::optional<ExampleMessage> response;  ///< the first behind that one.
  std::vector<ExampleMessage> responses;   ///< all of them.
};

Examples ReadExamples(const PageContext& context, const DocumentedRequest& request);

/// The body as JSON; null and a warning where it is none.
nlohmann::json JsonOf(const PageContext& context, const ExampleMessage& message);

/// A JSON Schema of the types that `example` shows; no member is required.
nlohmann::json SchemaOfExample(const nlohmann::json& example);

}  // namespace conform
