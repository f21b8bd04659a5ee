// What the readers of a case's parts share: its file, its names, and how texts are checked.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/map_reader.h"
#include "case/case.h"
#include "case/text_template.h"

namespace conform {

/// A capture while its case is read.
struct KnownCapture {
  std::string step;  ///< that takes it.
  Span span;
  bool taken = false;  ///< the reader has passed that step.
  bool used = false;
};

/// A column of a case's rows while it is read.
struct KnownColumn {
  std::string name;
  std::optional<Span> span;  ///< in the case; nothing where the rows stand in a file.
  bool used = false;
};

/// What `${…}` may name in one case, and what of it was named.
struct CaseNames {
  std::vector<KnownColumn> columns;
  bool columns_in_doubt = false;  ///< the case has rows that could not be read, which was told.
  std::map<std::string, KnownCapture, std::less<>> captures;
  std::map<std::string, ListedVariable, std::less<>> variables;
  std::vector<std::string> used_variables;
  std::vector<std::shared_ptr<const SourceText>> beside;  ///< files that it names, as read.
};

struct CaseContext : YamlContext {
  CaseNames& names;

  /// A diagnostic for each `${…}` in `text` that cannot have a value.
  void CheckText(std::string_view text, const Span& span) const;
  /// The value as JSON, checked: each of its texts by CheckText, each number by CheckNumber, and
  /// its names, where no placeholder is resolved.
  nlohmann::json ReadJson(const YamlNode& node) const;
  /// A diagnostic where a scalar writes a number that JSON of ours does not hold: another would be
  /// sent, or expected.
  void CheckNumber(const YamlNode& node) const;
  /// The scalar as a template, checked; a diagnostic where it is no scalar.
  TextTemplate ReadText(const YamlEntry& entry) const;
  /// A diagnostic where it is no JSON pointer to a part.
  void CheckPointer(const std::string& pointer, const Span& span) const;
  /// A diagnostic where it can be the name of no header field: such a field is never there.
  void CheckFieldName(const std::string& name, const Span& span) const;

 private:
  void CheckTexts(const YamlNode& node) const;
  void CheckColumn(const Placeholder& placeholder, std::string_view shown, const Span& span) const;
  void CheckCapture(const Placeholder& placeholder, std::string_view shown, const Span& span) const;
  void CheckVariable(const Placeholder& placeholder, std::string_view shown,
                     const Span& span) const;
};

/// What is told of a number that is not held, and what to do.
std::string TellUnheldNumber(std::string_view written);
inline constexpr std::string_view kUnheldNumberAdvice =
    "in quotes it is a text; content with such a number is sent by raw: or text:";

/// Lower-case letters, digits and underscores: what may stand in a test's name.
bool IsTestName(std::string_view text);

}  // namespace conform
