// Reads, many times faster than yaml-cpp, the plain YAML that most case files are written in.
#pragma once

#include <optional>

#include "base/source_text.h"
#include "base/yaml_node.h"

namespace conform {

/// The tree that yaml-cpp's events would give, places included. Nothing where the text holds more
/// than collections of simple scalars (anchors, tags, block scalars, quotes over several lines,
/// empty values …), or any mistake: yaml-cpp reads it then, and tells.
std::optional<YamlNode> ReadPlainYaml(const SourceText& source);

}  // namespace conform
