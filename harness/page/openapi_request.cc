#include <fmt/format.h>

#include <algorithm>

#include "base/ascii.h"
#include "base/http_text.h"
#include "base/utf8.h"
#include "contract/media_range.h"
#include "contract/schema_sample.h"
#include "contract/spelling.h"
#include "page/openapi_operation.h"
#include "page/openapi_schema.h"

namespace conform {
namespace {

using Json = nlohmann::json;

/// The media types that a form's members are sent as are said beside its schema (OpenAPI 3.1
/// §4.8.15).
void AddEncoding(const OpenApiNode& encoding, Json& schema) {
  if (!schema.is_object()) return;
  if (schema.contains("allOf")) {
    for (Json& part : schema["allOf"]) AddEncoding(encoding, part);
  }
  if (!schema.contains("properties")) return;
  for (auto& [name, member] : schema["properties"].items()) {
    const std::string types = encoding.At(name).Text("contentType");
    const std::string first(WithoutParameters(types.substr(0, types.find(','))));
    if (!member.is_object() || !IsMediaType(first)) continue;
    const bool of_items = MemberOf(member, "type") == "array" && !IsJsonType(first) &&
                          MemberOf(member, "items").is_object();
    (of_items ? member["items"] : member)["contentMediaType"] = first;
  }
}

/// Whether the member is written as nothing in a contract can say: what a first case sends is an
/// object as JSON, and of a list each item by itself.
bool IsWrittenOtherwise(const OpenApiNode& encoding, const Json& schema, bool styled) {
  const Json sample = SampleOf(schema);
  const bool object =
      sample.is_object() && (!sample.empty() || MemberOf(schema, "type") == "object");
  const std::string style = encoding.Text("style");
  const Json explode = MemberOf(encoding.value, "explode");
  if (styled && object && (!style.empty() || explode.is_boolean())) return true;
  if (styled && sample.is_array()) return explode == false || (!style.empty() && style != "form");
  const Json& named = MemberOf(schema, "contentMediaType");
  return object && named.is_string() && !IsJsonType(named.get<std::string>());
}

/// What is said of how members are sent; of a multipart no style of OpenAPI 3.0 is (§4.7.15).
void ReadEncoding(OpenApiDocument& document, const OpenApiNode& encoding, MediaContent& media) {
  const bool multipart = media.media_type.starts_with("multipart/");
  if (!encoding.value.is_object() || (!multipart && media.media_type != kFormType)) return;
  AddEncoding(encoding, media.schema);
  const bool styled = !multipart || !document.Is30();
  const Json members = MembersOf(media.schema);
  std::string names;
  for (const auto& [name, unused] : encoding.value.items()) {
    if (!IsWrittenOtherwise(encoding.At(name), MemberOf(members, name), styled)) continue;
    names += fmt::format("{}'{}'", names.empty() ? "" : ", ", name);
  }
  if (names.empty()) return;
  document.Warn(encoding,
                fmt::format("how {} is written in the form is left out; a first case sends an "
                            "object as JSON, and of a list each item by itself",
                            ShowLine(names)),
                "write into the case what the service takes");
}

void AddBody(OpenApiDraft& draft) {
  const OpenApiNode written = draft.operation.At("requestBody");
  if (!written.IsThere()) {
    draft.AddClause({"body", "requestBody", Binds::kClient, "The client sends no body."},
                    draft.operation, "none");
    return;
  }
  const auto body = draft.document.Resolve(written);
  RequestBodyRule& rule = draft.contract.request_body;
  if (body) {
    rule.content = ReadOpenApiContent(draft.document, body->At("content"), /*of_request=*/true);
  }
  if (rule.content.empty()) {
    draft.document.Warn(written,
                        "no content is left that a contract can name; of a body it says nothing, "
                        "and a first case sends none",
                        "write what the service takes into contract and case");
    return;
  }
  rule.none = false;
  rule.required = MemberOf(body->value, "required") == true;
  draft.AddClause({"body", "requestBody", Binds::kClient,
                   rule.required ? "The client sends the documented body."
                                 : "The client may send the documented body."},
                  *body);
}

}  // namespace

std::vector<MediaContent> ReadOpenApiContent(OpenApiDocument& document, const OpenApiNode& content,
                                             bool of_request) {
  std::vector<MediaContent> contents;
  const Json types = content.value.is_object() ? content.value : Json::object();
  for (const auto& [type, value] : types.items()) {
    MediaContent media;
    media.media_type = ToLower(WithoutParameters(type));
    const OpenApiNode node = content.At(type);
    const bool known = std::any_of(contents.begin(), contents.end(), [&](const MediaContent& each) {
      return each.media_type == media.media_type;
    });
    // What is sent has one type; what comes may be promised as a range.
    const bool is_range = media.media_type.find('*') != std::string::npos;
    if (!IsMediaType(media.media_type) || known ||
        (is_range && (of_request || !IsRange(media.media_type)))) {
      document.Warn(node, fmt::format("media type '{}' is left out: a contract names each by "
                                      "itself, without parameters",
                                      ShowLine(type)));
      continue;
    }
    media.schema = SchemaOf(document, node.At("schema"), of_request);
    if (of_request) ReadEncoding(document, node.At("encoding"), media);
    media.example = MemberOf(node.value, "example");
    const OpenApiNode examples = node.At("examples");
    if (media.example.is_null() && examples.value.is_object() && !examples.value.empty()) {
      const auto first = document.Resolve(examples.At(examples.value.begin().key()));
      if (first) media.example = MemberOf(first->value, "value");
    }
    if (media.example.is_null() && media.schema.is_object()) {
      media.example = MemberOf(media.schema, "example");
    }
    contents.push_back(std::move(media));
  }
  // A first case sends the first: what the document shows comes before what is made up.
  if (of_request) {
    std::stable_partition(contents.begin(), contents.end(),
                          [](const MediaContent& each) { return !each.example.is_null(); });
  }
  // A JSON body is what cases are written with, and the mock answers with the first.
  std::stable_partition(contents.begin(), contents.end(),
                        [](const MediaContent& each) { return !IsRange(each.media_type); });
  std::stable_partition(contents.begin(), contents.end(),
                        [](const MediaContent& each) { return IsJsonType(each.media_type); });
  return contents;
}

void AddOpenApiRequest(OpenApiDraft& draft) {
  AddOpenApiParameters(draft);
  AddBody(draft);
}

}  // namespace conform
