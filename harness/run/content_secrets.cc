#include "run/content_secrets.h"

#include <re2/re2.h>

#include <nlohmann/json.hpp>
#include <string_view>

#include "base/ascii.h"
#include "base/json_depth.h"
#include "run/secret_names.h"

namespace conform {
namespace {

constexpr std::size_t kMaxDepth = 100;

/// Of a member: `code` and `key` tell of secrets in parameters alone.
bool IsSecretMember(std::string_view name) { return IsTelling(name) || name == "device_code"; }

void LearnNumber(const std::string& number, Redactor& redactor) {
  if (number.size() >= kLeastLearned) redactor.AddSecret(number, "secret");
}

void LearnScalar(std::string_view name, const nlohmann::json& value, Redactor& redactor) {
  if (value.is_string()) LearnSecret(name, value.get_ref<const std::string&>(), redactor);
  if (value.is_number()) LearnNumber(value.dump(), redactor);
}

/// The value of a member that tells of secrets, those of a list, and what an object is about: its
/// only member, or `value`. Others of an object are descriptions as often as not.
void LearnMember(std::string_view name, const nlohmann::json& member, Redactor& redactor) {
  if (member.is_array()) {
    for (const auto& each : member) LearnMember(name, each, redactor);
  } else if (!member.is_object()) {
    LearnScalar(name, member, redactor);
  } else if (const auto value = member.find("value"); value != member.end()) {
    LearnScalar(name, *value, redactor);
  } else if (member.size() == 1) {
    LearnScalar(name, member.front(), redactor);
  }
}

void LearnMembers(const nlohmann::json& value, Redactor& redactor) {
  for (const auto& [name, member] : value.items()) {
    if (value.is_object() && IsSecretMember(name)) LearnMember(name, member, redactor);
    // Below a telling name another may stand, of a shorter secret.
    if (member.is_structured()) LearnMembers(member, redactor);
  }
}

/// `"name": "value` and `"name": 1` in what need not be JSON.
void LearnMembersAlike(std::string_view content, Redactor& redactor) {
  static const re2::RE2 kMember(
      R"re("((?:[^"\\\n]|\\.)*)"\s*:\s*(?:"((?:[^"\\\n]|\\.)*)|([0-9]+)))re", re2::RE2::Latin1);
  re2::StringPiece rest(content.data(), content.size());
  std::string name;
  std::string text;
  std::string number;
  while (re2::RE2::FindAndConsume(&rest, kMember, &name, &text, &number)) {
    if (!IsSecretMember(name)) continue;
    const auto unescaped = nlohmann::json::parse("\"" + text + "\"", nullptr,
                                                 /*allow_exceptions=*/false);
    if (unescaped.is_string()) text = unescaped.get<std::string>();
    LearnSecret(name, text, redactor);
    LearnNumber(number, redactor);
  }
}

void LearnJson(const std::string& content, Redactor& redactor) {
  const nlohmann::json json = ReadShallowJson(content);
  if (!json.is_discarded()) return LearnMembers(json, redactor);
  LearnMembersAlike(content, redactor);
  ForEachPart(content, '\n', [&](std::string_view line) {
    const nlohmann::json one = ReadShallowJson(line);
    if (one.is_structured()) LearnMembers(one, redactor);
  });
}

/// Of each match of `named` the second group, where the first is a name that `tells`.
void LearnMatches(std::string_view content, const re2::RE2& named, bool (*tells)(std::string_view),
                  Redactor& redactor) {
  re2::StringPiece rest(content.data(), content.size());
  std::string name;
  std::string value;
  while (re2::RE2::FindAndConsume(&rest, named, &name, &value)) {
    if (tells(name)) LearnSecret(name, value, redactor);
  }
}

/// RFC 7578.
void LearnParts(std::string_view content, Redactor& redactor) {
  static const re2::RE2 kPart(
      R"re((?is)\ncontent-disposition:[^\n]*\bname="?([^";\r\n]*)[^\n]*\n(?:[^\r\n]+\r?\n)*\r?\n(.*?)(?:\r?\n--|\z))re",
      re2::RE2::Latin1);
  LearnMatches(content, kPart, IsSecretName, redactor);
}

void LearnElements(std::string_view content, Redactor& redactor) {
  static const re2::RE2 kElement(R"re(<([A-Za-z_][\w.:-]*)(?:\s[^<>]*)?>\s*([^<>]*[^<>\s]))re",
                                 re2::RE2::Latin1);
  LearnMatches(content, kElement, IsTelling, redactor);
}

}  // namespace

nlohmann::json ReadShallowJson(std::string_view text) {
  if (JsonDepth(text) > kMaxDepth) return nlohmann::json::value_t::discarded;
  return nlohmann::json::parse(text, nullptr, /*allow_exceptions=*/false);
}

void LearnContent(const Fields& fields, const std::string& content, Redactor& redactor) {
  const Field* field = FindField(fields, "Content-Type");
  const std::string type = field == nullptr ? "" : ToLower(field->value);
  const std::size_t first = content.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  const char begin = first == std::string::npos ? '\0' : content[first];
  if (type.find("form-urlencoded") != std::string::npos) LearnPairs(content, redactor);
  if (begin == '{' || begin == '[') {
    LearnJson(content, redactor);
  } else if (begin == '-' || type.starts_with("multipart/")) {
    LearnParts("\n" + content, redactor);
  } else if (begin == '<') {
    LearnElements(content, redactor);
  } else if (type.empty()) {
    LearnPairs(content, redactor);
  }
}

}  // namespace conform
