#include "page/openapi_schema.h"

#include <fmt/format.h>

#include <set>
#include <utility>

#include "contract/json_schema.h"
#include "page/openapi_keyword.h"
#include "page/schema_reach.h"

namespace conform {
namespace {

using Json = nlohmann::json;

constexpr int kMostNodes = 2000;  // of one schema
constexpr int kMostLevels = 40;   // a contract's YAML takes two for each

bool IsTrue(const Json& schema, const char* name) {
  return schema.is_object() && MemberOf(schema, name) == true;
}

class SchemaReader {
 public:
  /// `carefully`: each keyword is tried alone, for which a document of many schemas has no time.
  SchemaReader(OpenApiDocument& document, SchemaReach reach, bool of_request, bool carefully)
      : document_(document), reach_(reach), of_request_(of_request), carefully_(carefully) {}

  Json Read(const OpenApiNode& node) {
    if (!IsWithinReach()) {
      if (!told_large_) {
        document_.Warn(node, fmt::format("the schema has more than {} parts, or {} levels; where "
                                         "it is deepest, here and elsewhere, anything is allowed",
                                         kMostNodes, kMostLevels));
      }
      told_large_ = true;
      return CutOff();
    }
    if (node.value.is_boolean()) return node.value;
    if (!node.value.is_object()) {
      document_.Warn(node, "no schema stands here; anything is allowed");
      return CutOff();
    }
    ++levels_;
    Json read = node.value.contains("$ref") ? ReadReference(node) : ReadObject(node);
    --levels_;
    return read;
  }

 private:
  bool IsWithinReach() {
    return levels_ < reach_.levels || (levels_ == reach_.levels && ++beyond_ <= reach_.beyond);
  }

  /// In the place of what is left out.
  Json CutOff() {
    cut_ = true;
    return Json::object();
  }

  Json ReadReference(const OpenApiNode& node) {
    const std::optional<OpenApiNode> target = document_.Resolve(node);
    if (!target) return CutOff();
    const std::string key = target->file->path().string() + "#" + target->pointer;
    if (!open_.insert(key).second) {
      document_.Warn(node, "the schema holds itself; below this place anything is allowed");
      return CutOff();
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
      if (const std::optional<KeywordForm> form = FormOfKeyword(name)) {
        AddKeyword(node, name, *form, schema);
      } else if (name == "contentMediaType" && of_request_ && value.is_string()) {
        schema[name] = value;  // Of a form's member it says that this is a file.
      } else if (!name.starts_with("x-")) {
        document_.Warn(node.At(name), fmt::format("`{}` of a schema is not checked", name));
        cut_ = true;
      }
    }
    const Json examples = MemberOf(node.value, "examples");
    if (examples.is_array() && !examples.empty()) schema["example"] = examples.front();
    LeaveOutDependents(node, schema);
    Settle(node.value, schema);
    if (IsTrue(node.value, "nullable")) AllowNull(node, schema);
    return schema;
  }

  void AddKeyword(const OpenApiNode& node, const std::string& name, KeywordForm form,
                  Json& schema) {
    const OpenApiNode member = node.At(name);
    const bool list = member.value.is_array() && !member.value.empty();
    if ((form == KeywordForm::kSchemas && !list) ||
        (form == KeywordForm::kMembers && !member.value.is_object())) {
      document_.Warn(member,
                     fmt::format("`{}` of a schema holds no schemas; it is not checked", name));
      cut_ = true;
      return;
    }
    if (form == KeywordForm::kKept && IsTaken(name, member, member.value))
      schema[name] = member.value;
    if (form == KeywordForm::kSchema || form == KeywordForm::kSchemas)
      AddSchemas(member, name, form, schema);
    if (form != KeywordForm::kMembers) return;
    schema[name] = Json::object();
    for (const auto& [key, value] : member.value.items()) {
      const OpenApiNode each = member.At(key);
      if (name != "patternProperties" || IsTaken(name, each, {{key, true}})) {
        schema[name][key] = Read(each);
      }
    }
  }

  void AddSchemas(const OpenApiNode& member, const std::string& name, KeywordForm form,
                  Json& schema) {
    const bool cut_before = std::exchange(cut_, false);
    if (form == KeywordForm::kSchema) {
      schema[name] = Read(member);
    } else {
      schema[name] = Json::array();
      for (std::size_t i = 0; i < member.value.size(); ++i)
        schema[name].push_back(Read(member.At(std::to_string(i))));
    }
    if (cut_) Weaken(member, name, schema);
    cut_ = cut_ || cut_before;
  }

  /// Where a part of these asks less, the whole asks more, or something else.
  void Weaken(const OpenApiNode& member, const std::string& name, Json& schema) {
    if (name != "oneOf" && name != "not" && name != "if") return;
    const bool any = name == "oneOf" && !schema.contains("anyOf");
    if (any) schema["anyOf"] = schema[name];
    schema.erase(name);
    document_.Warn(member, fmt::format("`{}` of a schema is {}: something in it is left out", name,
                                       any ? "checked as `anyOf`" : "not checked"));
  }

  /// What asks for more where another keyword is left out.
  void LeaveOutDependents(const OpenApiNode& node, Json& schema) {
    const auto leave_out = [&](const char* name, const char* other) {
      if (!schema.contains(name)) return;
      schema.erase(name);
      document_.Warn(
          node.At(name),
          fmt::format("`{}` of a schema is not checked: `{}` beside it is left out", name, other));
    };
    if (node.value.contains("prefixItems")) leave_out("items", "prefixItems");
    if (MemberOf(node.value, "minContains") == 0) leave_out("contains", "minContains");
    const Json& patterns = MemberOf(node.value, "patternProperties");
    if (patterns.size() > MemberOf(schema, "patternProperties").size())
      leave_out("additionalProperties", "patternProperties");
    if (schema.contains("if")) return;
    schema.erase("then");
    schema.erase("else");
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
      cut_ = true;
    }
    return compiled.has_value();
  }

  /// OpenAPI's own ways of saying things.
  void Settle(const Json& written, Json& schema) {
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
      const bool asked = !IsTrue(member, of_request_ ? "readOnly" : "writeOnly");
      if (asked) required.push_back(name);
      cut_ = cut_ || !asked;
    }
    schema["required"] = std::move(required);
    if (schema["required"].empty()) schema.erase("required");
  }

  void AllowNull(const OpenApiNode& node, Json& schema) {
    if (MemberOf(schema, "type").is_string()) {
      schema["type"] = {schema["type"], "null"};
      if (MemberOf(schema, "enum").is_array()) schema["enum"].push_back(nullptr);
    }
    const auto compiled = JsonSchema::Compile(schema);
    if (compiled && !(*compiled)->Validate(nullptr)) return;
    if (!document_.IsNullableOfAll()) {
      document_.Warn(node.At("nullable"),
                     "`nullable` is taken for the whole schema; since OpenAPI 3.0.3 it adds null "
                     "to the `type` beside it alone");
      cut_ = true;
    }
    Json either = Json::object();
    for (const char* name : {"default", "example"}) {
      if (schema.contains(name)) either[name] = schema[name];
      schema.erase(name);
    }
    either["anyOf"] = {std::move(schema), {{"type", "null"}}};
    schema = std::move(either);
  }

  OpenApiDocument& document_;
  SchemaReach reach_;
  bool of_request_;
  bool carefully_;
  int levels_ = 0;
  int beyond_ = 0;  ///< parts that stand below all of `reach_`'s levels.
  bool told_large_ = false;
  bool cut_ = false;  ///< something was left out of what is being read.
  std::set<std::string> open_;
};

}  // namespace

Json SchemaOf(OpenApiDocument& document, const OpenApiNode& node, bool of_request) {
  if (!node.IsThere()) return Json();
  const SchemaReach reach = ReachOf(document, node, kMostNodes, kMostLevels);
  Json schema = SchemaReader(document, reach, of_request, /*carefully=*/false).Read(node);
  if (JsonSchema::Compile(schema)) return schema;
  return SchemaReader(document, reach, of_request, /*carefully=*/true).Read(node);
}

}  // namespace conform
