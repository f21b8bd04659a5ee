// What the readers of a case's parts share: its file, its names, and how texts are checked.
#pragma once

#include <map>
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

/// What `${…}` may name in one case, and what of it was named.
struct CaseNames {
  std::vector<std::string> columns;
  std::map<std::string, KnownCapture, std::less<>> captures;
  std::map<std::string, ListedVariable, std::less<>> variables;
  std::vector<std::string> used_variables;
  std::vector<std::shared_ptr<const SourceText>> beside;  ///< files that it names, as read.
};

struct CaseContext : YamlContext {
  CaseNames& names;

  /// A diagnostic for each `${…}` in `text` that cannot have a value.
  void CheckText(std::string_view text, const Span& span) const;
  /// CheckText for every scalar inside `node`.
  void CheckTexts(const YamlNode& node) const;
  /// The scalar as a template, checked; a diagnostic where it is no scalar.
  TextTemplate ReadText(const YamlEntry& entry) const;
  /// A diagnostic where it is no JSON pointer to a part.
  void CheckPointer(const std::string& pointer, const Span& span) const;
  /// A diagnostic where it can be the name of no header field: such a field is never there.
  void CheckFieldName(const std::string& name, const Span& span) const;

 private:
  void CheckCapture(const Placeholder& placeholder, std::string_view shown, const Span& span) const;
  void CheckVariable(const Placeholder& placeholder, std::string_view shown,
                     const Span& span) const;
};

/// Lower-case letters, digits and underscores: what may stand in a test's name.
bool IsTestName(std::string_view text);

}  // namespace conform
