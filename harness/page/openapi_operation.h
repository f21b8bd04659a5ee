// One operation of an OpenAPI document on its way to a contract.
#pragma once

#include <set>
#include <string>

#include "contract/contract.h"
#include "page/clause_list.h"
#include "page/openapi_document.h"

namespace conform {

struct OpenApiDraft {
  OpenApiDocument& document;
  OpenApiNode path_item;
  OpenApiNode operation;
  std::string version;  ///< of the description.
  std::string prefix;   ///< of clause ids.
  Contract contract = {};
  std::set<std::string> clause_ids = {};

  /// Cites the document, its version, the place and a fingerprint: of `fact`, or where that is null
  /// of all that stands there. A clause of one fact has other words only where that has.
  void AddClause(ClauseEntry entry, const OpenApiNode& source,
                 const nlohmann::json& fact = nullptr);
};

/// The parameters and the request body.
void AddOpenApiRequest(OpenApiDraft& draft);
/// Those of path, query, header and cookie; of an object in the query its members.
void AddOpenApiParameters(OpenApiDraft& draft);
/// What a call needs: Authorization, API keys, scopes.
void AddOpenApiSecurity(OpenApiDraft& draft);
/// The answers. False where there is none that a contract could promise.
bool AddOpenApiResponses(OpenApiDraft& draft);
/// A `content` map: schemas and examples by media type.
std::vector<MediaContent> ReadOpenApiContent(OpenApiDocument& document, const OpenApiNode& content,
                                             bool of_request);

}  // namespace conform
