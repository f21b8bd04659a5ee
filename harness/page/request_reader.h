// Finds the operation that a page describes: its method, paths and server.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "page/page_context.h"
#include "page/request_line.h"

namespace conform {

struct PlacedRequest {
  DocumentedLine line;
  Place place;
};

struct DocumentedRequest {
  std::string method;
  std::vector<PlacedRequest> lines;  ///< of that method, no path twice; not empty.
};

/// The request lines of the section on the HTTP request. Further methods there are other
/// operations, of which it warns. Nothing where the page describes no operation.
std::optional<DocumentedRequest> ReadDocumentedRequest(const PageContext& context);

struct ServerFact {
  std::string address;  ///< `https://graph.microsoft.com/beta`
  Place place;
};

/// From an example's address, else from where the page lies, else from what it says of /beta;
/// where nothing says, v1.0 with a warning.
ServerFact ReadServer(const PageContext& context, const DocumentedRequest& request);

}  // namespace conform
