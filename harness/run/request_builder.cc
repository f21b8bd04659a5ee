#include "run/request_builder.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "auth/environment_tokens.h"
#include "base/digest.h"
#include "base/http_text.h"
#include "base/json_text.h"
#include "base/percent.h"
#include "base/reference.h"
#include "base/utf8.h"
#include "case/request_path.h"
#include "contract/spelling.h"
#include "run/page_link.h"
#include "run/shell_text.h"

namespace conform {
namespace {

constexpr std::string_view kTokenPlaceholder = "${token}";
const std::string kBoundaryPrefix = "conform-";
/// That a name or value of the query may hold as they stand.
constexpr std::string_view kQueryMarks = "-._~!$'()*,;:@/?";
/// Every visible character: a path is sent as the case writes it, but never ends the request line.
constexpr std::string_view kVisibleMarks = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

/// An address that an answer brought, as a client asks it: by its path and query. What a case or a
/// variable writes is sent as it stands.
Expected<std::optional<std::string>> CapturedAddress(const std::string& path, const Scope& scope,
                                                     const Origin& origin) {
  const auto placeholders = FindPlaceholders(path);
  if (!placeholders || placeholders->empty()) return std::nullopt;
  const Placeholder& first = placeholders->front();
  if (first.begin != 0 || first.kind != Placeholder::Kind::kCapture) return std::nullopt;
  const auto value = scope.Find(first);
  if (!value || !value->is_string()) return std::nullopt;
  const auto& text = value->get_ref<const std::string&>();
  if (!NamesServer(text)) return text.substr(0, text.find('#'));
  const auto target = TargetOfLink(text, origin, "/");
  if (target) return *target;
  return Fail(fmt::format("'{}' is '{}' here, expected {}: nothing is sent elsewhere",
                          path.substr(0, first.end), ShowLine(text), target.error().message));
}

Expected<std::string> BuildTarget(const RequestSpec& spec, const Scope& scope,
                                  const Origin& origin) {
  const auto captured = CapturedAddress(spec.path.text, scope, origin);
  if (!captured) return Fail(captured.error().message);
  const auto value_of = [&](const Placeholder& each) -> std::optional<nlohmann::json> {
    return each.begin == 0 && *captured ? **captured : scope.Find(each);
  };
  Expected<std::string> path = ResolvePath(spec.path.text, value_of);
  if (!path) return path;
  std::string target = EncodePercent(*path, kVisibleMarks);
  char separator = target.find('?') == std::string::npos ? '?' : '&';
  for (const auto& [name, value] : spec.query) {
    Expected<std::string> name_text = Resolve(name.text, scope);
    Expected<std::string> value_text = Resolve(value.text, scope);
    if (!name_text) return name_text;
    if (!value_text) return value_text;
    target += separator + EncodePercent(*name_text, kQueryMarks) + '=' +
              EncodePercent(*value_text, kQueryMarks);
    separator = '&';
  }
  return target;
}

/// As browsers write it (the HTML standard's multipart/form-data encoding): it ends neither its
/// quotes nor its line.
std::string InQuotes(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\r' || c == '\n') {
      quoted += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    } else {
      quoted += c;
    }
  }
  return quoted + '"';
}

Expected<std::string> BuildPart(const BodyPart& part, const Scope& scope) {
  const auto name = Resolve(part.name.text, scope);
  const auto filename = Resolve(part.filename.text, scope);
  const auto type = Resolve(part.type.text, scope);
  for (const auto* text : {&name, &filename, &type}) {
    if (!*text) return *text;
  }
  if (!IsFieldValue(*type)) return Fail("the type of a part holds a line break or NUL: none can");
  std::string built = fmt::format("Content-Disposition: form-data; name={}", InQuotes(*name));
  if (!filename->empty()) built += fmt::format("; filename={}", InQuotes(*filename));
  built += "\r\n";
  if (!type->empty()) built += fmt::format("Content-Type: {}\r\n", *type);
  built += "\r\n";
  if (part.raw) return built + part.text.text;
  if (part.json.is_discarded()) {
    auto text = Resolve(part.text.text, scope);
    if (!text) return text;
    return built + *text;
  }
  const auto json = ResolveJson(part.json, scope);
  if (!json) return Fail(json.error().message);
  return built + WriteJsonText(*json);
}

/// RFC 2046 §5.1; the boundary is the test's own, so that a case can name it: `conform-${uuid}`.
Expected<std::string> BuildMultipart(const BodySpec& spec, const Scope& scope) {
  const std::string boundary = kBoundaryPrefix + scope.uuid;
  std::string body;
  for (const BodyPart& part : spec.parts) {
    auto built = BuildPart(part, scope);
    if (!built) return built;
    body += fmt::format("--{}\r\n{}\r\n", boundary, *built);
  }
  return body + fmt::format("--{}--\r\n", boundary);
}

Expected<std::string> BuildBody(const BodySpec& spec, const Scope& scope) {
  if (spec.kind == BodySpec::Kind::kNone) return std::string();
  // A raw body is sent as it stands, whatever it holds.
  if (spec.kind == BodySpec::Kind::kRaw) return spec.text.text;
  if (spec.kind == BodySpec::Kind::kMultipart) return BuildMultipart(spec, scope);
  if (spec.kind == BodySpec::Kind::kText) return Resolve(spec.text.text, scope);
  const Expected<nlohmann::json> json = ResolveJson(spec.json, scope);
  if (!json) return Fail(json.error().message);
  return WriteJsonText(*json);
}

/// RFC 9110 §8.6: a method that anticipates content says its length, also where it is zero.
bool AnticipatesContent(std::string_view method) {
  constexpr std::array<std::string_view, 3> kMethods = {"POST", "PUT", "PATCH"};
  return std::find(kMethods.begin(), kMethods.end(), method) != kMethods.end();
}

void AddLength(const BodySpec& spec, Request& request) {
  switch (spec.length) {
    case BodySpec::Length::kDeclared:
      if (!request.body.empty() || AnticipatesContent(request.method)) {
        request.fields.push_back({"Content-Length", std::to_string(request.body.size())});
      }
      break;
    case BodySpec::Length::kChunked:
      request.chunked = true;
      request.chunk_sizes = spec.chunk_sizes;
      request.fields.push_back({"Transfer-Encoding", "chunked"});
      break;
    case BodySpec::Length::kAbsent:
      break;
  }
}

/// What a word of a shell can hold, and a report show as it is.
bool IsText(std::string_view content) {
  return content.find('\0') == std::string_view::npos && !FindMalformedUtf8(content);
}

/// In quotes of which a shell expands nothing but the token's variable.
std::string ShellField(const std::string& name, const std::string& value, IdentityKind identity) {
  std::string quoted = ShellQuoted(CurlField(name, value));
  const std::string variable = fmt::format("'\"${}\"'", TokenVariable(identity));
  for (std::size_t at = 0; (at = quoted.find(kTokenPlaceholder, at)) != std::string::npos;
       at += variable.size()) {
    quoted.replace(at, kTokenPlaceholder.size(), variable);
  }
  constexpr std::string_view kNothing = "''";
  if (quoted.ends_with(kNothing)) quoted.resize(quoted.size() - kNothing.size());
  return quoted;
}

/// Words that take off what curl would add by itself.
std::string CurlOmissions(const Request& request) {
  const auto adds = [&](std::string_view name) {
    return FindField(request.fields, name) == nullptr;
  };
  std::string words;
  if (adds("Accept")) words += " -H 'Accept:'";
  if (adds("User-Agent")) words += " -A ''";
  if (!request.body.empty() && adds("Content-Type")) words += " -H 'Content-Type:'";
  return words;
}

/// The address, and what has curl send its target as it stands.
std::string CurlAddress(const Origin& origin, std::string_view target) {
  const std::string server = FormatOrigin(origin);
  if (!target.starts_with('/') || target.find('#') != std::string_view::npos) {
    return fmt::format(" --request-target {} {}", ShellQuoted(target), ShellQuoted(server));
  }
  std::string words;
  if (target.find_first_of("{}[]") != std::string_view::npos) words += " --globoff";
  if (HasDotSegment(DecodePercent(target.substr(0, target.find('?'))))) words += " --path-as-is";
  return fmt::format("{} {}", words, ShellQuoted(server + std::string(target)));
}

/// What would end the request's head early, or spoil it, is not sent.
Expected<void> CheckHead(const Request& request) {
  if (!IsToken(request.method)) {
    return Fail(fmt::format("the method '{}' is no token of RFC 9110 §5.6.2", request.method));
  }
  for (const Field& field : request.fields) {
    if (IsFieldValue(field.value)) continue;
    return Fail(fmt::format("the value of {} holds a line break or NUL: no field can", field.name));
  }
  return {};
}

}  // namespace

Expected<Request> BuildRequest(const RequestSpec& spec, const Scope& scope, const Origin& origin) {
  Request request;
  const Expected<std::string> method = Resolve(spec.method.text, scope);
  Expected<std::string> target = BuildTarget(spec, scope, origin);
  Expected<std::string> body = BuildBody(spec.body, scope);
  for (const auto* part : {&method, static_cast<const Expected<std::string>*>(&target),
                           static_cast<const Expected<std::string>*>(&body)}) {
    if (!*part) return Fail(part->error().message);
  }
  request.method = *method;
  request.target = std::move(*target);
  request.body = std::move(*body);
  constexpr std::size_t kOurOwn = 4;  // at most
  request.fields.reserve(spec.headers.size() + kOurOwn);
  if (spec.LeavesOpen("Host")) request.fields.push_back({"Host", HostField(origin)});
  for (const HeaderSpec& header : spec.headers) {
    for (const TextTemplate& value : header.values) {
      Expected<std::string> resolved = Resolve(value.text, scope);
      if (!resolved) return Fail(resolved.error().message);
      request.fields.push_back({header.name, std::move(*resolved)});
    }
  }
  if (spec.body.kind == BodySpec::Kind::kMultipart && spec.LeavesOpen("Content-Type")) {
    request.fields.push_back({"Content-Type", fmt::format("multipart/form-data; boundary={}{}",
                                                          kBoundaryPrefix, scope.uuid)});
  }
  if (spec.LeavesOpen("client-request-id"))
    request.fields.push_back({"client-request-id", RandomUuid()});
  request.unframed = spec.HasUnframedContent();
  if (spec.IsFramed()) {
    AddLength(spec.body, request);
  } else {
    request.chunked = spec.body.length == BodySpec::Length::kChunked;
    request.chunk_sizes = spec.body.chunk_sizes;
  }
  if (auto checked = CheckHead(request); !checked) return tl::unexpected(checked.error());
  return request;
}

std::string CurlLine(const RequestSpec& spec, const Request& request, const Scope& scope,
                     const Origin& origin, IdentityKind identity) {
  if (!IsText(request.body)) return "";
  Scope shown = scope;
  shown.token = kTokenPlaceholder;
  std::string line = CurlCommand(request.method, !request.body.empty());
  for (const HeaderSpec& header : spec.headers) {
    for (const TextTemplate& value : header.values) {
      line += " -H " +
              ShellField(header.name, Resolve(value.text, shown).value_or(value.text), identity);
    }
  }
  if (spec.body.kind == BodySpec::Kind::kMultipart && spec.LeavesOpen("Content-Type")) {
    line += fmt::format(" -H 'Content-Type: multipart/form-data; boundary={}{}'", kBoundaryPrefix,
                        scope.uuid);
  }
  line += CurlOmissions(request);
  if (!request.body.empty()) {
    line += " --data-raw " + ShellQuoted(request.body);
  } else if (spec.body.length == BodySpec::Length::kDeclared &&
             AnticipatesContent(request.method)) {
    line += " -H 'Content-Length: 0'";
  }
  return line + CurlAddress(origin, request.target);
}

}  // namespace conform
