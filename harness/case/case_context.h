// What the readers of a case's parts share: its file, its names, and how texts are checked.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/map_reader.h"
#include "case/text_template.h"

namespace conform {

struct CaseContext : YamlContext {
  const std::vector<std::string>& columns;

  /// A diagnostic for each `${…}` in `text` that cannot have a value.
  void CheckText(std::string_view text, const Span& span) const;
  /// CheckText for every scalar inside `node`.
  void CheckTexts(const YamlNode& node) const;
  /// The scalar as a template, checked; a diagnostic where it is no scalar.
  TextTemplate ReadText(const YamlEntry& entry) const;
};

/// Lower-case letters, digits and underscores: what may stand in a test's name.
bool IsTestName(std::string_view text);

}  // namespace conform
