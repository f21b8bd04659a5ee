// What a case asks to send, ${…} unresolved.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "case/text_template.h"

namespace conform {

/// One part of a multipart body (RFC 7578).
struct BodyPart {
  TextTemplate name;
  TextTemplate filename;  ///< empty: none.
  TextTemplate type;      ///< its Content-Type; empty: none.
  nlohmann::json json;    ///< discarded where the content is `text`.
  TextTemplate text;
  bool raw = false;  ///< `text` is a file's content, sent as it stands.
};

struct BodySpec {
  enum class Kind { kNone, kJson, kText, kRaw, kMultipart };
  enum class Length {
    kDeclared,  ///< Content-Length, also 0 on a POST, PUT or PATCH without a body.
    kChunked,   ///< Transfer-Encoding: chunked.
    kAbsent,    ///< neither.
  };
  Kind kind = Kind::kNone;
  Length length = Length::kDeclared;
  nlohmann::json json;
  TextTemplate text;                     ///< of kText and kRaw; a file's content is kRaw.
  std::vector<BodyPart> parts;           ///< of kMultipart.
  std::vector<std::size_t> chunk_sizes;  ///< of kChunked, bytes; empty: one chunk.
};

struct HeaderSpec {
  std::string name;
  std::vector<TextTemplate> values;  ///< each a field of its own.
};

struct RequestSpec {
  TextTemplate method;
  TextTemplate path;  ///< from the root, API version included; no query. Also an absolute-form or
                      ///< asterisk-form target, sent as it stands.
  std::vector<std::pair<TextTemplate, TextTemplate>> query;
  std::vector<HeaderSpec> headers;
  BodySpec body;
  std::vector<std::string> omit;  ///< fields that conform would add and shall not.

  const HeaderSpec* FindHeader(std::string_view name) const;
  /// Whether conform sends that field: the case neither writes nor omits it.
  bool LeavesOpen(std::string_view name) const;
  /// Whether the length of the content is told as it is (RFC 9112 §6).
  bool IsFramed() const;
  /// Whether there is content, and it is not.
  bool HasUnframedContent() const { return body.kind != BodySpec::Kind::kNone && !IsFramed(); }
};

}  // namespace conform
