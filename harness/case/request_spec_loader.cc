#include "case/request_spec_loader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>

namespace conform {
namespace {

using Length = BodySpec::Length;

constexpr std::array kLengths = {NamedValue<Length>{"declared", Length::kDeclared},
                                 NamedValue<Length>{"chunked", Length::kChunked},
                                 NamedValue<Length>{"absent", Length::kAbsent}};

/// A body's file lies beside the case or below it: a stranger's case reads nothing else.
void LoadBodyFile(const YamlEntry& entry, const CaseContext& context, BodySpec& body) {
  const TextTemplate name = context.ReadText(entry);
  const std::filesystem::path relative(name.text);
  std::error_code ignored;
  const std::filesystem::path folder = std::filesystem::weakly_canonical(
      std::filesystem::absolute(context.source.path(), ignored).parent_path(), ignored);
  const std::filesystem::path file = std::filesystem::weakly_canonical(folder / relative, ignored);
  const auto [end, unused] = std::mismatch(folder.begin(), folder.end(), file.begin(), file.end());
  if (relative.is_absolute() || end != folder.end()) {
    context.Complain(name.span, fmt::format("'{}' lies outside the case's folder", name.text),
                     "put the file beside the case and name it relative to it");
    return;
  }
  const auto loaded = SourceText::Load(file);
  if (!loaded) {
    context.Complain(name.span, fmt::format("'{}': {}", name.text, loaded.error().message),
                     "the path is relative to the case file");
    return;
  }
  body.text = {(*loaded)->text(), name.span};
}

void LoadChunkSizes(MapReader& reader, const CaseContext& context, BodySpec& body) {
  const YamlEntry* sizes = reader.Find("chunks");
  if (sizes == nullptr) return;
  for (const YamlNode& item : sizes->value.items) {
    const nlohmann::json size = ToJson(item);
    if (!size.is_number_unsigned() || size.get<std::size_t>() == 0) {
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
          "write none, {json: …}, {text: …}, {file: …} or {raw: …}");
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
    body.json = ToJson(json->value);
    context.CheckTexts(json->value);
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
    LoadBodyFile(*file, context, body);
  }
  if (reader.Bool("none").value_or(false)) ++kinds;
  reader.Finish();
  if (kinds != 1) {
    context.Complain(BlameSpan(entry),
                     "'body' must have exactly one of none, json, text, raw or file");
  }
  return body;
}

void LoadHeaders(const YamlEntry& entry, const CaseContext& context, RequestSpec& request) {
  if (entry.value.kind != YamlNode::Kind::kMapping) {
    context.Complain(BlameSpan(entry),
                     fmt::format("'headers' must be a mapping, not {}", DescribeKind(entry.value)));
    return;
  }
  for (const YamlEntry& header : entry.value.entries) {
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
    const TextTemplate name{parameter.key, parameter.key_span};
    if (parameter.value.kind == YamlNode::Kind::kNull) {
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
  if (path.front() != '/' && path.rfind("${", 0) != 0) {
    context.Complain(request.path.span, fmt::format("'path' must begin with '/', not '{}'", path),
                     "write the path from the root, API version included");
  }
  if (path.find('?') != std::string::npos) {
    context.Complain(request.path.span, "'path' holds a '?'", "put the query under query:");
  }
}

}  // namespace

RequestSpec LoadRequestSpec(const YamlEntry& entry, const CaseContext& context) {
  RequestSpec request;
  MapReader reader(context, entry.value, "request", BlameSpan(entry));
  if (!reader.valid()) return request;
  if (const YamlEntry* method = reader.Require("method"))
    request.method = context.ReadText(*method);
  if (const YamlEntry* path = reader.Require("path")) LoadPath(*path, context, request);
  if (const YamlEntry* query = reader.Find("query")) LoadQuery(*query, context, request);
  if (const YamlEntry* headers = reader.Find("headers")) LoadHeaders(*headers, context, request);
  if (const YamlEntry* body = reader.Require("body")) request.body = LoadBody(*body, context);
  request.omit = reader.Texts("omit");
  reader.Finish();
  return request;
}

}  // namespace conform
