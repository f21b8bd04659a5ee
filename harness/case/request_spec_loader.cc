#include "case/request_spec_loader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "base/ascii.h"
#include "base/http_text.h"
#include "base/nearest_name.h"
#include "base/utf8.h"
#include "case/beside_file.h"
#include "case/request_path.h"
#include "contract/spelling.h"

namespace conform {
namespace {

using Length = BodySpec::Length;

constexpr std::array kLengths = {NamedValue<Length>{"declared", Length::kDeclared},
                                 NamedValue<Length>{"chunked", Length::kChunked},
                                 NamedValue<Length>{"absent", Length::kAbsent}};

void LoadBodyFile(const YamlEntry& entry, const CaseContext& context, TextTemplate& text) {
  const TextTemplate name = context.ReadText(entry);
  const auto file = LoadBeside(name, context, SourceText::Content::kBytes);
  if (file != nullptr) text = {file->text(), name.span};
}

BodyPart LoadPart(const YamlNode& node, const CaseContext& context) {
  BodyPart part;
  part.json = nlohmann::json(nlohmann::json::value_t::discarded);
  MapReader reader(context, node, "a part", node.span);
  if (!reader.valid()) return part;
  if (const YamlEntry* name = reader.Require("name")) part.name = context.ReadText(*name);
  if (const YamlEntry* name = reader.Find("filename")) part.filename = context.ReadText(*name);
  if (const YamlEntry* type = reader.Find("type")) {
    part.type = context.ReadText(*type);
    if (!IsFieldValue(part.type.text)) {
      context.Complain(part.type.span, "the type of a part holds a line break or NUL",
                       "write it on one line");
    }
  }
  int kinds = 0;
  if (const YamlEntry* text = reader.Find("text")) {
    ++kinds;
    part.text = context.ReadText(*text);
  }
  if (const YamlEntry* json = reader.Find("json")) {
    ++kinds;
    part.json = context.ReadJson(json->value);
  }
  if (const YamlEntry* file = reader.Find("file")) {
    ++kinds;
    part.raw = true;
    LoadBodyFile(*file, context, part.text);
    // A part without one is a field of the form, no file that is sent up.
    if (reader.Find("filename") == nullptr) {
      part.filename = {std::filesystem::path(file->value.scalar).filename().string(),
                       file->value.span};
    }
  }
  reader.Finish();
  if (kinds != 1) {
    context.Complain(node.span, "a part must have exactly one of text, json or file");
  }
  return part;
}

void LoadParts(const YamlEntry& entry, const CaseContext& context, BodySpec& body) {
  if (entry.value.kind != YamlNode::Kind::kSequence || entry.value.items.empty()) {
    context.Complain(BlameSpan(entry), "'multipart' must be a list with at least one part",
                     "write multipart: [{name: …, text: …}]");
    return;
  }
  for (const YamlNode& item : entry.value.items) body.parts.push_back(LoadPart(item, context));
}

void LoadChunkSizes(MapReader& reader, const CaseContext& context, BodySpec& body) {
  const YamlEntry* sizes = reader.Find("chunks");
  if (sizes == nullptr) return;
  if (sizes->value.kind != YamlNode::Kind::kSequence || sizes->value.items.empty()) {
    context.Complain(BlameSpan(*sizes), "'chunks' must be a list with at least one size",
                     "write chunks: [16, 1]: the bytes of each");
  }
  for (const YamlNode& item : sizes->value.items) {
    const nlohmann::json size = ToJson(item);
    if (!size.is_number_integer() || size.get<std::int64_t>() < 1) {
      context.Complain(item.span, "a chunk's size must be a whole number of bytes, 1 or more");
      return;
    }
    body.chunk_sizes.push_back(size.get<std::size_t>());
  }
  if (body.length != Length::kChunked) {
    context.Complain(sizes->key_span, "'chunks' goes with 'length: chunked'");
  }
}

BodySpec LoadBody(const YamlEntry& entry, const CaseContext& context) {
  BodySpec body;
  if (entry.value.kind == YamlNode::Kind::kScalar) {
    if (entry.value.scalar != "none") {
      context.Complain(
          entry.value.span,
          fmt::format("'body' must be none or a mapping, not '{}'", entry.value.scalar),
          "write none, {json: …}, {text: …}, {file: …}, {raw: …} or {multipart: […]}");
    }
    return body;
  }
  MapReader reader(context, entry.value, "body", BlameSpan(entry));
  if (!reader.valid()) return body;
  body.length = reader.OneOf<Length>("length", kLengths).value_or(Length::kDeclared);
  LoadChunkSizes(reader, context, body);
  int kinds = 0;
  if (const YamlEntry* json = reader.Find("json")) {
    ++kinds;
    body.kind = BodySpec::Kind::kJson;
    body.json = context.ReadJson(json->value);
  }
  if (const YamlEntry* text = reader.Find("text")) {
    ++kinds;
    body.kind = BodySpec::Kind::kText;
    body.text = context.ReadText(*text);
  }
  if (const YamlEntry* raw = reader.Find("raw")) {
    ++kinds;
    body.kind = BodySpec::Kind::kRaw;
    body.text = context.ReadText(*raw);
  }
  if (const YamlEntry* file = reader.Find("file")) {
    ++kinds;
    body.kind = BodySpec::Kind::kRaw;
    LoadBodyFile(*file, context, body.text);
  }
  if (const YamlEntry* parts = reader.Find("multipart")) {
    ++kinds;
    body.kind = BodySpec::Kind::kMultipart;
    LoadParts(*parts, context, body);
  }
  if (reader.Bool("none").value_or(false)) ++kinds;
  if (entry.value.Find("form") != nullptr) {
    ++kinds;
    context.Complain(reader.Find("form")->key_span, "unknown key 'form' in body",
                     "write text: a=b&c=d, and Content-Type: application/x-www-form-urlencoded; "
                     "what a placeholder brings is sent as it stands");
  }
  reader.Finish();
  if (kinds != 1) {
    context.Complain(BlameSpan(entry),
                     "'body' must have exactly one of none, json, text, raw, file or multipart");
  }
  return body;
}

void LoadHeaders(const YamlEntry& entry, const CaseContext& context, RequestSpec& request) {
  if (entry.value.kind != YamlNode::Kind::kMapping) {
    context.Complain(BlameSpan(entry),
                     fmt::format("'headers' must be a mapping, not {}", DescribeKind(entry.value)));
    return;
  }
  request.headers.reserve(entry.value.entries.size());
  for (const YamlEntry& header : entry.value.entries) {
    context.CheckFieldName(header.key, header.key_span);
    HeaderSpec spec{header.key, {}};
    if (header.value.kind == YamlNode::Kind::kSequence) {
      for (const YamlNode& item : header.value.items) {
        spec.values.push_back(context.ReadText({header.key, item.span, item}));
      }
    } else if (header.value.kind == YamlNode::Kind::kNull) {
      spec.values.push_back({"", header.key_span});
    } else {
      spec.values.push_back(context.ReadText(header));
    }
    for (const TextTemplate& value : spec.values) {
      if (IsFieldValue(value.text)) continue;
      context.Complain(value.span,
                       fmt::format("the value of {} holds a line break or NUL", header.key),
                       "write it on one line; a field that comes twice is a list: [one, two]");
    }
    request.headers.push_back(std::move(spec));
  }
}

void LoadQuery(const YamlEntry& entry, const CaseContext& context, RequestSpec& request) {
  if (entry.value.kind != YamlNode::Kind::kMapping) {
    context.Complain(BlameSpan(entry),
                     fmt::format("'query' must be a mapping, not {}", DescribeKind(entry.value)));
    return;
  }
  for (const YamlEntry& parameter : entry.value.entries) {
    context.CheckText(parameter.key, parameter.key_span);
    const TextTemplate name{parameter.key, parameter.key_span};
    if (parameter.value.kind == YamlNode::Kind::kSequence) {
      for (const YamlNode& item : parameter.value.items) {
        request.query.emplace_back(name, context.ReadText({parameter.key, item.span, item}));
      }
    } else if (parameter.value.kind == YamlNode::Kind::kNull) {
      request.query.emplace_back(name, TextTemplate{"", parameter.key_span});
    } else {
      request.query.emplace_back(name, context.ReadText(parameter));
    }
  }
}

void LoadPath(const YamlEntry& entry, const CaseContext& context, RequestSpec& request) {
  request.path = context.ReadText(entry);
  const std::string& path = request.path.text;
  if (path.empty()) return;
  if (!path.starts_with("${") && !BeginsAsTarget(path)) {
    context.Complain(request.path.span, fmt::format("'path' must begin with '/', not '{}'", path),
                     "write the path from the root, API version included");
  }
  if (path.find('?') != std::string::npos) {
    context.Complain(request.path.span, "'path' holds a '?'", "put the query under query:");
  }
}

/// A name that conform would not add leaves nothing out.
void WarnOfOmitted(const PlacedText& omitted, const CaseContext& context) {
  constexpr std::array<std::string_view, 5> kAdded = {"Host", "Content-Type", "Content-Length",
                                                      "Transfer-Encoding", "client-request-id"};
  const auto is_it = [&](std::string_view name) { return SameFieldName(name, omitted.text); };
  if (std::any_of(kAdded.begin(), kAdded.end(), is_it)) return;
  const std::string near = DidYouMean(omitted.text, {kAdded.begin(), kAdded.end()});
  context.Warn(
      omitted.span,
      fmt::format("conform adds no field '{}' that it could omit", ShowLine(omitted.text)),
      near.empty() ? fmt::format("it adds {}", JoinOr({kAdded.begin(), kAdded.end()})) : near);
}

/// The parts cannot be told apart by what says no boundary.
void CheckMultipartType(const RequestSpec& request, const CaseContext& context) {
  const HeaderSpec* field = request.FindHeader("Content-Type");
  if (request.body.kind != BodySpec::Kind::kMultipart || field == nullptr) return;
  for (const TextTemplate& value : field->values) {
    const std::string lower = ToLower(value.text);
    const bool bare = lower.starts_with("multipart/") && !value.HasPlaceholders() &&
                      lower.find("boundary=") == std::string::npos;
    if (!bare) continue;
    context.Complain(value.span, fmt::format("'{}' names no boundary", ShowLine(value.text)),
                     "leave Content-Type out, which sends multipart/form-data with it, or add "
                     "; boundary=conform-${uuid}");
  }
}

/// Else a server's refusal of content without a type passes for that of what it holds.
void WarnOfUntypedJson(const RequestSpec& request, const Span& span, const CaseContext& context) {
  constexpr std::string_view kType = "Content-Type";
  const auto is_type = [](const std::string& name) { return SameFieldName(name, kType); };
  if (request.body.kind != BodySpec::Kind::kJson || request.FindHeader(kType) != nullptr) return;
  if (std::any_of(request.omit.begin(), request.omit.end(), is_type)) return;
  context.Warn(span, "the JSON is sent without a Content-Type",
               "add headers: {Content-Type: application/json}, or omit: [Content-Type] where that "
               "is what is tried");
}

}  // namespace

RequestSpec LoadRequestSpec(const YamlEntry& entry, const CaseContext& context) {
  RequestSpec request;
  MapReader reader(context, entry.value, "request", BlameSpan(entry));
  if (!reader.valid()) return request;
  if (const YamlEntry* method = reader.Require("method")) {
    request.method = context.ReadText(*method);
    const bool is_known = !request.method.HasPlaceholders() && !request.method.text.empty();
    if (is_known && !IsToken(request.method.text)) {
      context.Complain(request.method.span, "'method' must be a token of RFC 9110 §5.6.2",
                       "write it as it is sent: POST");
    }
  }
  if (const YamlEntry* path = reader.Require("path")) LoadPath(*path, context, request);
  if (const YamlEntry* query = reader.Find("query")) LoadQuery(*query, context, request);
  if (const YamlEntry* headers = reader.Find("headers")) LoadHeaders(*headers, context, request);
  if (const YamlEntry* body = reader.Require("body")) request.body = LoadBody(*body, context);
  for (PlacedText& omitted : ReadPlacedTexts(reader, "omit")) {
    WarnOfOmitted(omitted, context);
    request.omit.push_back(std::move(omitted.text));
  }
  if (const YamlEntry* body = reader.Find("body")) {
    WarnOfUntypedJson(request, body->key_span, context);
  }
  CheckMultipartType(request, context);
  reader.Finish();
  return request;
}

}  // namespace conform
