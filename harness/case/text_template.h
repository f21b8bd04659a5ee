// Text with ${…} in it, resolved once a test runs.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/source_text.h"

namespace conform {

/// A text as a case writes it, and where.
struct TextTemplate {
  std::string text;
  Span span;

  bool HasPlaceholders() const { return text.find("${") != std::string::npos; }
};

/// What stands between `${` and `}`.
struct Placeholder {
  enum class Kind { kToken, kUuid, kNow, kRow, kCapture, kVar };
  Kind kind = Kind::kToken;
  std::string name;       ///< of a row's column, a capture or a variable; else empty.
  std::size_t begin = 0;  ///< byte range in the text, braces included.
  std::size_t end = 0;
};

/// Every placeholder of `text`, or what is wrong with one: unclosed, or an unknown name.
Expected<std::vector<Placeholder>> FindPlaceholders(std::string_view text);

/// What `${…}` can stand for while one test runs. Values keep their JSON types.
struct Scope {
  std::string token;
  std::string uuid;  ///< fixed per test.
  std::string now;   ///< RFC 3339, fixed per test.
  const std::vector<std::string>* columns = nullptr;
  const std::vector<nlohmann::json>* row = nullptr;
  std::map<std::string, nlohmann::json> captures;
  const std::map<std::string, std::string>* variables = nullptr;

  /// The value, or nothing where there is none of that name.
  std::optional<nlohmann::json> Find(const Placeholder& placeholder) const;
  /// The same of what is always a text, and of what is any JSON; null where there is none.
  const std::string* FindText(const Placeholder& placeholder) const;
  const nlohmann::json* FindValue(const Placeholder& placeholder) const;
};

/// `text` with each placeholder replaced; text values go in bare, others as JSON. The error names
/// the placeholder that has no value.
Expected<std::string> Resolve(std::string_view text, const Scope& scope);

/// Resolves every text inside `value`. A text that is one placeholder and nothing else takes the
/// value's own type.
Expected<nlohmann::json> ResolveJson(const nlohmann::json& value, const Scope& scope);

}  // namespace conform
