#include "page/yaml_text.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <vector>

#include "base/ascii.h"
#include "base/json_text.h"
#include "base/utf8.h"

namespace conform {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kWidth = 100;

bool IsReserved(std::string_view text) {
  constexpr std::array<std::string_view, 14> kWords = {"true", "false", "null", "yes", "no",
                                                       "on",   "off",   "y",    "n",   "~",
                                                       ".inf", "-.inf", ".nan", "<<"};
  return std::find(kWords.begin(), kWords.end(), ToLower(text)) != kWords.end();
}

bool LooksLikeNumber(std::string_view text) {
  if (text.empty() ||
      text.find_first_not_of("0123456789+-.eExXoOabcdefABCDEF_:") != std::string_view::npos) {
    return false;
  }
  if (text.starts_with("0x") || text.starts_with("0o")) return true;
  const std::string copy(text);
  char* end = nullptr;
  std::strtod(copy.c_str(), &end);
  return end == copy.c_str() + copy.size();
}

bool IsPlain(std::string_view text, bool in_flow) {
  if (text.empty() || text.front() == ' ' || text.back() == ' ' || text.back() == ':') return false;
  if (std::string_view("-?:,[]{}#&*!|>'\"%@`=").find(text.front()) != std::string_view::npos) {
    return false;
  }
  if (IsReserved(text) || LooksLikeNumber(text)) return false;
  if (text.starts_with("---") || text.starts_with("...")) return false;
  if (text.find(": ") != std::string_view::npos || text.find(" #") != std::string_view::npos) {
    return false;
  }
  // Readers differ in what they take between brackets.
  if (in_flow && text.find_first_of(",[]{}?:#&*!|>'\"%`") != std::string_view::npos) return false;
  return ShowLine(text, text.size() + 1) == text;  // Nothing that cannot be seen.
}

/// JSON's escapes are YAML's; beyond them what cannot be seen is escaped too.
std::string Quoted(std::string_view text) {
  std::string quoted = WriteJsonText(Json(text));
  const bool visible = ShowText(quoted) == quoted;
  return visible ? quoted : WriteJsonText(Json(text), true);
}

std::vector<std::string> KeysOf(const Json& object) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : object.items()) keys.push_back(key);
  const auto type = object.find("type");
  if (type == object.end() || !type->is_string()) return keys;
  const auto rank = [](const std::string& key) {
    constexpr std::array<std::string_view, 4> kFirst = {"type", "required", "properties", "items"};
    return std::find(kFirst.begin(), kFirst.end(), key) - kFirst.begin();
  };
  std::stable_sort(keys.begin(), keys.end(),
                   [&](const std::string& a, const std::string& b) { return rank(a) < rank(b); });
  return keys;
}

std::string KeyText(std::string_view key) {
  // A status is a key like any other.
  const bool digits = !key.empty() && key.size() < 4 &&
                      key.find_first_not_of("0123456789") == std::string_view::npos;
  return digits ? std::string(key) : RenderYamlScalar(key, /*in_flow=*/true);
}

void AppendFlow(const Json& value, std::string& out) {
  if (value.is_object()) {
    out += '{';
    bool first = true;
    for (const std::string& key : KeysOf(value)) {
      out += first ? "" : ", ";
      first = false;
      out += KeyText(key) + ": ";
      AppendFlow(value[key], out);
    }
    out += '}';
  } else if (value.is_array()) {
    out += '[';
    for (std::size_t i = 0; i < value.size(); ++i) {
      out += i == 0 ? "" : ", ";
      AppendFlow(value[i], out);
    }
    out += ']';
  } else if (value.is_string()) {
    out += RenderYamlScalar(value.get_ref<const std::string&>(), /*in_flow=*/true);
  } else {
    out += WriteJsonText(value);
  }
}

void AppendEntry(std::string_view key, const Json& value, std::size_t indent, std::string& out);

/// The lines below a key or a dash.
void AppendBlock(const Json& value, std::size_t indent, std::string& out) {
  if (value.is_object()) {
    for (const std::string& key : KeysOf(value)) AppendEntry(key, value[key], indent, out);
    return;
  }
  for (const Json& item : value) {
    const std::string flow = item.is_string() ? RenderYamlScalar(item.get_ref<const std::string&>())
                                              : RenderYamlFlow(item);
    const bool nested = item.is_structured() && !item.empty() && indent + 2 + flow.size() > kWidth;
    if (!nested) {
      out += std::string(indent, ' ') + "- " + flow + "\n";
      continue;
    }
    std::string inner;
    AppendBlock(item, indent + 2, inner);
    inner[indent] = '-';
    out += inner;
  }
}

void AppendEntry(std::string_view key, const Json& value, std::size_t indent, std::string& out) {
  const std::string head = std::string(indent, ' ') + KeyText(key) + ":";
  const std::string flow = value.is_string() ? RenderYamlScalar(value.get_ref<const std::string&>())
                                             : RenderYamlFlow(value);
  const bool nested =
      value.is_structured() && !value.empty() && head.size() + 1 + flow.size() > kWidth;
  if (!nested) {
    out += head + " " + flow + "\n";
    return;
  }
  out += head + "\n";
  AppendBlock(value, indent + 2, out);
}

}  // namespace

std::string RenderYamlScalar(std::string_view text, bool in_flow) {
  return IsPlain(text, in_flow) ? std::string(text) : Quoted(text);
}

std::string RenderYamlFlow(const nlohmann::json& value) {
  std::string out;
  AppendFlow(value, out);
  return out;
}

std::string RenderYamlEntry(std::string_view key, const nlohmann::json& value, std::size_t indent) {
  std::string out;
  AppendEntry(key, value, indent, out);
  return out;
}

}  // namespace conform
