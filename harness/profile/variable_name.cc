#include "profile/variable_name.h"

#include <algorithm>

#include "base/ascii.h"

namespace conform {
namespace {

bool IsNameCharacter(char c) { return IsDigit(c) || c == '_' || IsLower(c) || IsUpper(c); }

}  // namespace

std::string LoadVariableName(MapReader& reader, const YamlContext& context, std::string_view key) {
  std::string name = reader.Text(key).value_or("");
  const bool fits = std::all_of(name.begin(), name.end(), IsNameCharacter) &&
                    (name.empty() || !IsDigit(name.front()));
  if (fits) return name;
  context.Complain(reader.Find(key)->value.span, "that is no name of an environment variable",
                   "write the variable's name, not what it holds");
  return "";
}

std::string RequireVariableName(MapReader& reader, const YamlContext& context,
                                std::string_view key) {
  reader.Require(key);
  return LoadVariableName(reader, context, key);
}

}  // namespace conform
