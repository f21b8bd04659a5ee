#include "contract/schema_difference.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <set>

#include "base/json_text.h"

namespace conform {
namespace {

using Json = nlohmann::json;

enum class Rule {
  kWords,     ///< for people: title, description.
  kTypes,     ///< a set in which `number` holds `integer`.
  kValues,    ///< a set of values; absent: all.
  kMembers,   ///< schemas by member.
  kRequired,  ///< a set of names; absent: none.
  kItems,     ///< one schema.
  kOthers,    ///< false, or a schema; absent: true.
  kAtLeast,   ///< a bound that narrows as it grows.
  kAtMost,    ///< a bound that narrows as it falls.
  kNarrows,   ///< narrows where it stands; which of two is narrower cannot be told.
};

struct KeywordRule {
  std::string_view keyword;
  Rule rule;
};

constexpr std::array kKeywordRules = {
    KeywordRule{"title", Rule::kWords},
    KeywordRule{"description", Rule::kWords},
    KeywordRule{"example", Rule::kWords},
    KeywordRule{"examples", Rule::kWords},
    KeywordRule{"$comment", Rule::kWords},
    KeywordRule{"externalDocs", Rule::kWords},
    KeywordRule{"type", Rule::kTypes},
    KeywordRule{"enum", Rule::kValues},
    KeywordRule{"properties", Rule::kMembers},
    KeywordRule{"required", Rule::kRequired},
    KeywordRule{"items", Rule::kItems},
    KeywordRule{"additionalProperties", Rule::kOthers},
    KeywordRule{"minimum", Rule::kAtLeast},
    KeywordRule{"exclusiveMinimum", Rule::kAtLeast},
    KeywordRule{"minLength", Rule::kAtLeast},
    KeywordRule{"minItems", Rule::kAtLeast},
    KeywordRule{"minProperties", Rule::kAtLeast},
    KeywordRule{"maximum", Rule::kAtMost},
    KeywordRule{"exclusiveMaximum", Rule::kAtMost},
    KeywordRule{"maxLength", Rule::kAtMost},
    KeywordRule{"maxItems", Rule::kAtMost},
    KeywordRule{"maxProperties", Rule::kAtMost},
    KeywordRule{"pattern", Rule::kNarrows},
    KeywordRule{"format", Rule::kNarrows},
    KeywordRule{"const", Rule::kNarrows},
    KeywordRule{"multipleOf", Rule::kNarrows},
    KeywordRule{"uniqueItems", Rule::kNarrows},
};

std::optional<Rule> RuleOf(std::string_view keyword) {
  for (const KeywordRule& each : kKeywordRules) {
    if (each.keyword == keyword) return each.rule;
  }
  return std::nullopt;
}

const Json* Member(const Json& object, const std::string& name) {
  const auto found = object.find(name);
  return found == object.end() ? nullptr : &*found;
}

/// A value or a list of them; null: nothing.
std::set<Json> SetOf(const Json* value) {
  if (value == nullptr) return {};
  if (!value->is_array()) return {*value};
  return {value->begin(), value->end()};
}

std::set<Json> TypesOf(const Json* value) {
  std::set<Json> types = SetOf(value);
  if (types.count("number") > 0) types.insert("integer");
  return types;
}

bool Holds(const std::set<Json>& whole, const std::set<Json>& part) {
  return std::includes(whole.begin(), whole.end(), part.begin(), part.end());
}

std::string Text(const Json* value) { return value == nullptr ? "" : WriteJsonText(*value); }

class SchemaComparison {
 public:
  explicit SchemaComparison(Direction direction) : direction_(direction) {}

  void Compare(const Json& before, const Json& now, const std::string& pointer) {
    if (before == now) return;
    if (before.is_null() || now.is_null()) return CompareWithNothing(before, now, pointer);
    if (!before.is_object() || !now.is_object()) {
      return Add(ChangeKind::kUnclassified, pointer, "is described otherwise", &before, &now);
    }
    std::set<std::string> keywords;
    for (const Json* each : {&before, &now}) {
      for (const auto& [key, value] : each->items()) keywords.insert(key);
    }
    for (const std::string& keyword : keywords) CompareKeyword(keyword, before, now, pointer);
  }

  std::vector<SchemaChange> Take() { return std::move(changes_); }

 private:
  void Add(ChangeKind kind, const std::string& pointer, std::string says, const Json* before,
           const Json* now) {
    changes_.push_back({kind, pointer, std::move(says), Text(before), Text(now)});
  }

  ChangeKind Narrower() const {
    return direction_ == Direction::kToService ? ChangeKind::kBreaking : ChangeKind::kWidening;
  }
  ChangeKind Wider() const {
    return direction_ == Direction::kToService ? ChangeKind::kWidening : ChangeKind::kBreaking;
  }

  void CompareWithNothing(const Json& before, const Json& now, const std::string& pointer) {
    const bool to_service = direction_ == Direction::kToService;
    if (before.is_null()) {
      Add(to_service ? ChangeKind::kUnclassified : ChangeKind::kWidening, pointer,
          "is described now", nullptr, &now);
    } else {
      Add(Wider(), pointer, "is described no longer", &before, nullptr);
    }
  }

  void CompareKeyword(const std::string& keyword, const Json& before, const Json& now,
                      const std::string& pointer) {
    const Json* was = Member(before, keyword);
    const Json* is = Member(now, keyword);
    if (was != nullptr && is != nullptr && *was == *is) return;
    switch (RuleOf(keyword).value_or(Rule::kWords)) {
      case Rule::kTypes:
        return CompareSets(keyword, TypesOf(was), TypesOf(is), was, is, pointer);
      case Rule::kValues:
        return CompareSets(keyword, SetOf(was), SetOf(is), was, is, pointer);
      case Rule::kMembers:
        return CompareMembers(was, is, pointer);
      case Rule::kRequired:
        return CompareRequired(was, is, pointer);
      case Rule::kItems:
        return Compare(was == nullptr ? Json() : *was, is == nullptr ? Json() : *is,
                       pointer + "/*");
      case Rule::kOthers:
        return CompareOthers(was, is, pointer);
      case Rule::kAtLeast:
      case Rule::kAtMost:
        return CompareBounds(keyword, was, is, pointer);
      case Rule::kNarrows:
        return CompareNarrowing(keyword, was, is, pointer);
      case Rule::kWords:
        Add(RuleOf(keyword) ? ChangeKind::kEditorial : ChangeKind::kUnclassified, pointer,
            fmt::format("`{}` is another", keyword), was, is);
    }
  }

  /// An absent set holds everything.
  void CompareSets(const std::string& keyword, const std::set<Json>& was, const std::set<Json>& is,
                   const Json* before, const Json* now, const std::string& pointer) {
    if (was == is) return Add(ChangeKind::kEditorial, pointer, "is told otherwise", before, now);
    const bool narrower = before == nullptr || (now != nullptr && Holds(was, is));
    const bool wider = now == nullptr || (before != nullptr && Holds(is, was));
    if (narrower) {
      Add(Narrower(), pointer, fmt::format("`{}` allows less", keyword), before, now);
    } else if (wider) {
      Add(Wider(), pointer, fmt::format("`{}` allows more", keyword), before, now);
    } else {
      Add(ChangeKind::kBreaking, pointer, fmt::format("`{}` allows something else", keyword),
          before, now);
    }
  }

  void CompareMembers(const Json* was, const Json* is, const std::string& pointer) {
    const Json none = Json::object();
    const Json& before = was != nullptr && was->is_object() ? *was : none;
    const Json& now = is != nullptr && is->is_object() ? *is : none;
    for (const auto& [name, schema] : before.items()) {
      const Json* kept = Member(now, name);
      const std::string place = fmt::format("{}/{}", pointer, name);
      if (kept != nullptr) {
        Compare(schema, *kept, place);
      } else {
        Add(ChangeKind::kBreaking, place, "is documented no longer", &schema, nullptr);
      }
    }
    for (const auto& [name, schema] : now.items()) {
      if (Member(before, name) != nullptr) continue;
      Add(ChangeKind::kWidening, fmt::format("{}/{}", pointer, name), "is new", nullptr, &schema);
    }
  }

  void CompareRequired(const Json* was, const Json* is, const std::string& pointer) {
    const std::set<Json> before = SetOf(was);
    const std::set<Json> now = SetOf(is);
    if (before == now) return Add(ChangeKind::kEditorial, pointer, "is told otherwise", was, is);
    for (const Json& name : now) {
      if (before.count(name) > 0 || !name.is_string()) continue;
      Add(Narrower(), pointer + "/" + name.get<std::string>(), "is required now", nullptr, nullptr);
    }
    for (const Json& name : before) {
      if (now.count(name) > 0 || !name.is_string()) continue;
      Add(Wider(), pointer + "/" + name.get<std::string>(), "may be left out now", nullptr,
          nullptr);
    }
  }

  void CompareOthers(const Json* was, const Json* is, const std::string& pointer) {
    const Json before = was == nullptr ? Json(true) : *was;
    const Json now = is == nullptr ? Json(true) : *is;
    if (before == now) return Add(ChangeKind::kEditorial, pointer, "is told otherwise", was, is);
    if (before.is_object() && now.is_object()) return Compare(before, now, pointer + "/*");
    const bool narrower = now == false || before == true;
    const bool wider = before == false || now == true;
    const ChangeKind kind = narrower == wider ? ChangeKind::kUnclassified
                            : narrower        ? Narrower()
                                              : Wider();
    Add(kind, pointer, narrower ? "may have fewer other members" : "may have more other members",
        was, is);
  }

  void CompareBounds(const std::string& keyword, const Json* was, const Json* is,
                     const std::string& pointer) {
    const bool lower = *RuleOf(keyword) == Rule::kAtLeast;
    const bool readable =
        (was == nullptr || was->is_number()) && (is == nullptr || is->is_number());
    if (!readable) {
      return Add(ChangeKind::kUnclassified, pointer, fmt::format("`{}` is another", keyword), was,
                 is);
    }
    const bool narrower = is != nullptr && (was == nullptr || (lower ? *is > *was : *is < *was));
    Add(narrower ? Narrower() : Wider(), pointer,
        fmt::format("`{}` allows {}", keyword, narrower ? "less" : "more"), was, is);
  }

  void CompareNarrowing(const std::string& keyword, const Json* was, const Json* is,
                        const std::string& pointer) {
    const ChangeKind kind = was == nullptr  ? Narrower()
                            : is == nullptr ? Wider()
                                            : ChangeKind::kUnclassified;
    Add(kind, pointer, fmt::format("`{}` is another", keyword), was, is);
  }

  Direction direction_;
  std::vector<SchemaChange> changes_;
};

}  // namespace

std::vector<SchemaChange> CompareSchemas(const nlohmann::json& before, const nlohmann::json& now,
                                         Direction direction) {
  SchemaComparison comparison(direction);
  comparison.Compare(before, now, "");
  return comparison.Take();
}

}  // namespace conform
