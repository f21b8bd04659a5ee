#include "page/openapi_schema.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "contract/json_schema.h"

namespace conform {
namespace {

using Json = nlohmann::json;

constexpr int kMostNodes = 2000;  // of one schema
constexpr int kMostLevels = 40;   // a contract's YAML takes two for each

enum class Keyword {
  kKept,     ///< as it stands.
  kSchema,   ///< one schema.
  kSchemas,  ///< a list of them.
  kMembers,  ///< schemas by name.
  kWords,    ///< for people, or for tools of other kinds.
};

struct KeywordForm {
  std::string_view name;
  Keyword form;
};

constexpr std::array kKeywordForms = {
    KeywordForm{"type", Keyword::kKept},
    KeywordForm{"format", Keyword::kKept},
    KeywordForm{"enum", Keyword::kKept},
    KeywordForm{"const", Keyword::kKept},
    KeywordForm{"default", Keyword::kKept},
    KeywordForm{"example", Keyword::kKept},
    KeywordForm{"required", Keyword::kKept},
    KeywordForm{"pattern", Keyword::kKept},
    KeywordForm{"multipleOf", Keyword::kKept},
    KeywordForm{"minimum", Keyword::kKept},
    KeywordForm{"maximum", Keyword::kKept},
    KeywordForm{"exclusiveMinimum", Keyword::kKept},
    KeywordForm{"exclusiveMaximum", Keyword::kKept},
    KeywordForm{"minLength", Keyword::kKept},
    KeywordForm{"maxLength", Keyword::kKept},
    KeywordForm{"minItems", Keyword::kKept},
    KeywordForm{"maxItems", Keyword::kKept},
    KeywordForm{"uniqueItems", Keyword::kKept},
    KeywordForm{"minProperties", Keyword::kKept},
    KeywordForm{"maxProperties", Keyword::kKept},
    KeywordForm{"items", Keyword::kSchema},
    KeywordForm{"additionalProperties", Keyword::kSchema},
    KeywordForm{"propertyNames", Keyword::kSchema},
    KeywordForm{"contains", Keyword::kSchema},
    KeywordForm{"not", Keyword::kSchema},
    KeywordForm{"if", Keyword::kSchema},
    KeywordForm{"then", Keyword::kSchema},
    KeywordForm{"else", Keyword::kSchema},
    KeywordForm{"allOf", Keyword::kSchemas},
    KeywordForm{"anyOf", Keyword::kSchemas},
    KeywordForm{"oneOf", Keyword::kSchemas},
    KeywordForm{"properties", Keyword::kMembers},
    KeywordForm{"patternProperties", Keyword::kMembers},
    KeywordForm{"title", Keyword::kWords},
    KeywordForm{"description", Keyword::kWords},
    KeywordForm{"examples", Keyword::kWords},
    KeywordForm{"deprecated", Keyword::kWords},
    KeywordForm{"externalDocs", Keyword::kWords},
    KeywordForm{"xml", Keyword::kWords},
    KeywordForm{"nullable", Keyword::kWords},
    KeywordForm{"readOnly", Keyword::kWords},
    KeywordForm{"writeOnly", Keyword::kWords},
    KeywordForm{"discriminator", Keyword::kWords},
    KeywordForm{"$comment", Keyword::kWords},
    KeywordForm{"$schema", Keyword::kWords},
    KeywordForm{"$id", Keyword::kWords},
    KeywordForm{"$defs", Keyword::kWords},
};

bool IsTrue(const Json& schema, const char* name) {
  return schema.is_object() && MemberOf(schema, name) == true;
}

class SchemaReader {
 public:
  /// `carefully`: each keyword is tried alone, for which a document of many schemas has no time.
  SchemaReader(OpenApiDocument& document, bool of_request, bool carefully)
      : document_(document), of_request_(of_request), carefully_(carefully) {}

  Json Read(const OpenApiNode& node) {
    if (++nodes_ > kMostNodes || levels_ >= kMostLevels) {
      if (!told_large_) {
        document_.Warn(node, fmt::format("the schema has more than {} parts, or {} levels; here "
                                         "and where it goes on so anything is allowed",
                                         kMostNodes, kMostLevels));
      }
      told_large_ = true;
      return Json::object();
    }
    if (!node.value.is_object()) return node.value.is_boolean() ? node.value : Json::object();
    ++levels_;
    Json read = node.value.contains("$ref") ? ReadReference(node) : ReadObject(node);
    --levels_;
    return read;
  }

 private:
  Json ReadReference(const OpenApiNode& node) {
    const std::optional<OpenApiNode> target = document_.Resolve(node);
    if (!target) return Json::object();
    const std::string key = target->file->path().string() + "#" + target->pointer;
    if (!open_.insert(key).second) {
      document_.Warn(node, "the schema holds itself; below this place anything is allowed");
      return Json::object();
    }
    Json read = Read(*target);
    open_.erase(key);
    // In OpenAPI 3.0 what stands beside a reference counts for nothing.
    if (document_.Is30()) return read;
    OpenApiNode rest = node;
    rest.value.erase("$ref");
    const Json beside = Read(rest);
    return beside.empty() ? read : Json{{"allOf", {std::move(read), beside}}};
  }

  Json ReadObject(const OpenApiNode& node) {
    Json schema = Json::object();
    for (const auto& [name, value] : node.value.items()) {
      const auto form =
          std::find_if(kKeywordForms.begin(), kKeywordForms.end(),
                       [&name = name](const KeywordForm& each) { return each.name == name; });
      if (form != kKeywordForms.end()) {
        AddKeyword(node, name, form->form, schema);
      } else if (!name.starts_with("x-")) {
        document_.Warn(node.At(name), fmt::format("`{}` of a schema is not checked", name));
      }
    }
    const Json examples = MemberOf(node.value, "examples");
    if (examples.is_array() && !examples.empty()) schema["example"] = examples.front();
    Settle(node.value, schema);
    return schema;
  }

  void AddKeyword(const OpenApiNode& node, const std::string& name, Keyword form, Json& schema) {
    const OpenApiNode member = node.At(name);
    if (form == Keyword::kKept && IsTaken(name, member, member.value)) schema[name] = member.value;
    if (form == Keyword::kSchema) schema[name] = Read(member);
    if (form == Keyword::kSchemas && member.value.is_array()) {
      schema[name] = Json::array();
      for (std::size_t i = 0; i < member.value.size(); ++i)
        schema[name].push_back(Read(member.At(std::to_string(i))));
    }
    if (form != Keyword::kMembers || !member.value.is_object()) return;
    schema[name] = Json::object();
    for (const auto& [key, value] : member.value.items()) {
      const OpenApiNode each = member.At(key);
      if (name != "patternProperties" || IsTaken(name, each, {{key, true}})) {
        schema[name][key] = Read(each);
      }
    }
  }

  /// What would make the whole schema none is left out, and told.
  bool IsTaken(const std::string& name, const OpenApiNode& node, const Json& value) {
    // In OpenAPI 3.0 a bound is exclusive by true.
    if (!carefully_ || name == "example" || (name.starts_with("exclusive") && value.is_boolean()))
      return true;
    const auto compiled = JsonSchema::Compile(Json{{name, value}});
    if (!compiled) {
      document_.Warn(
          node, fmt::format("`{}` of a schema is not checked: {}", name, compiled.error().message));
    }
    return compiled.has_value();
  }

  /// OpenAPI's own ways of saying things.
  void Settle(const Json& written, Json& schema) const {
    if (IsTrue(written, "nullable") && schema.contains("type") && schema["type"].is_string()) {
      schema["type"] = {schema["type"], "null"};
      if (schema.contains("enum") && schema["enum"].is_array()) schema["enum"].push_back(nullptr);
    }
    for (const auto& [exclusive, bound] :
         {std::pair("exclusiveMinimum", "minimum"), std::pair("exclusiveMaximum", "maximum")}) {
      if (!schema.contains(exclusive) || !schema[exclusive].is_boolean()) continue;
      const bool holds = schema[exclusive].get<bool>() && schema.contains(bound);
      if (holds) schema[exclusive] = schema[bound];
      if (holds) schema.erase(bound);
      if (!holds) schema.erase(exclusive);
    }
    if (!schema.contains("required") || !schema["required"].is_array()) return;
    Json required = Json::array();
    const Json members = MemberOf(written, "properties");
    for (const Json& name : schema["required"]) {
      if (!name.is_string()) continue;
      const Json member = MemberOf(members, name.get<std::string>());
      if (!IsTrue(member, of_request_ ? "readOnly" : "writeOnly")) required.push_back(name);
    }
    schema["required"] = std::move(required);
    if (schema["required"].empty()) schema.erase("required");
  }

  OpenApiDocument& document_;
  bool of_request_;
  bool carefully_;
  int nodes_ = 0;
  int levels_ = 0;
  bool told_large_ = false;
  std::set<std::string> open_;
};

}  // namespace

Json SchemaOf(OpenApiDocument& document, const OpenApiNode& node, bool of_request) {
  if (!node.IsThere()) return Json();
  Json schema = SchemaReader(document, of_request, /*carefully=*/false).Read(node);
  if (JsonSchema::Compile(schema)) return schema;
  return SchemaReader(document, of_request, /*carefully=*/true).Read(node);
}

}  // namespace conform
