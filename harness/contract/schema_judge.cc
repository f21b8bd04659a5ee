#include "contract/schema_judge.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <unordered_map>

#include "base/json_order.h"
#include "base/utf8.h"
#include "contract/fit_memo.h"
#include "contract/schema_assertion.h"
#include "contract/schema_steps.h"
#include "contract/schema_telling.h"

namespace conform {
namespace {

using nlohmann::json;

const json* Find(const json& schema, const char* keyword) {
  const auto found = schema.find(keyword);
  return found == schema.end() ? nullptr : &*found;
}

/// Judges one value; its members are what every keyword needs.
class SchemaJudge {
 public:
  explicit SchemaJudge(const SchemaParts& parts) : parts_(parts) {}

  SchemaBreaches Judge(const json& value) {
    const bool kept = Keeps(parts_.schema, value);
    if (steps_ > kMostSteps) {
      return {.unjudged = "it takes over 20 million comparisons; ask for less content"};
    }
    return kept ? SchemaBreaches() : telling_.TakeBreaches();
  }

 private:
  // Of a schema that has several for one value, each of which goes down, a few lines could ask for
  // more than there is time: some seconds.
  static constexpr std::size_t kMostSteps = 20'000'000;

  /// Of a schema, the argument of one of its keywords, and a value.
  using Handler = bool (SchemaJudge::*)(const json&, const json&, const json&);
  static const std::unordered_map<std::string_view, Handler>& Handlers();

  bool Broken(const std::string& message) { return telling_.Broken(message); }

  bool BrokenByAll(const json& schemas, const json& value, const std::string& message) {
    return telling_.BrokenByAll(
        schemas, [&](const json& each) { Keeps(each, value); }, message);
  }

  /// Whether nothing more is to be judged: what broke is told by more, unless it is enough.
  bool IsDone(bool kept) const { return steps_ > kMostSteps || (!kept && telling_.IsEnough()); }

  bool Keeps(const json& from, const json& value) {
    const json& schema = parts_.Follow(from);
    if (schema.is_boolean()) return schema.get<bool>() || Broken("nothing at all");
    bool kept = true;
    for (auto keyword = schema.begin(); keyword != schema.end() && !IsDone(kept); ++keyword) {
      kept = KeepsKeyword(schema, keyword.key(), *keyword, value) && kept;
    }
    return kept;
  }

  bool KeepsKeyword(const json& schema, const std::string& keyword, const json& argument,
                    const json& value) {
    steps_ += StepsOf(schema, keyword, argument, value);
    if (const SchemaAssertion* const assertion = FindAssertion(keyword)) {
      return assertion->keeps(argument, value) ||
             (telling_.IsTrying() ? false : Broken(assertion->asks(argument)));
    }
    const auto handler = Handlers().find(keyword);
    return handler == Handlers().end() || (this->*handler->second)(schema, argument, value);
  }

  bool KeepsBelow(JsonPlace::Step step, const json& schema, const json& value) {
    telling_.place().Enter(step);
    const bool kept = Keeps(schema, value);
    telling_.place().Leave();
    return kept;
  }

  /// Without telling what breaks.
  bool Fits(const json& schema, const json& value) {
    if (const auto known = fits_.Find(schema, value)) return *known;
    telling_.BeginTrying();
    const bool fits = Keeps(schema, value);
    telling_.EndTrying();
    fits_.Add(schema, value, fits);
    return fits;
  }

  /// Of schemas for one value side by side: what one was found to keep is not asked again, as it
  /// else would be twice at each level.
  bool KeepsBeside(const json& schema, const json& value) {
    if (fits_.Find(schema, value).value_or(false)) return true;
    const bool keeps = Keeps(schema, value);
    if (keeps && !IsDone(keeps)) fits_.Add(schema, value, keeps);
    return keeps;
  }

  std::size_t CountFitting(const json& schemas, const json& value, std::size_t most) {
    std::size_t count = 0;
    for (const json& each : schemas) {
      if (count < most && Fits(each, value)) ++count;
    }
    return count;
  }

  bool All(const json& /*schema*/, const json& schemas, const json& value) {
    bool kept = true;
    for (const json& each : schemas) {
      if (!IsDone(kept)) kept = KeepsBeside(each, value) && kept;
    }
    return kept;
  }

  bool Any(const json& /*schema*/, const json& schemas, const json& value) {
    return CountFitting(schemas, value, 1) == 1 ||
           BrokenByAll(schemas, value, "what one schema of its anyOf says");
  }

  bool One(const json& /*schema*/, const json& schemas, const json& value) {
    const std::size_t fitting = CountFitting(schemas, value, 2);
    if (fitting > 1) return Broken("what one schema of its oneOf says alone");
    return fitting == 1 || BrokenByAll(schemas, value, "what one schema of its oneOf says");
  }

  bool Not(const json& /*schema*/, const json& inner, const json& value) {
    return !Fits(inner, value) || Broken("anything but what the schema of its not says");
  }

  bool If(const json& schema, const json& condition, const json& value) {
    const json* const then = Find(schema, Fits(condition, value) ? "then" : "else");
    return then == nullptr || KeepsBeside(*then, value);
  }

  bool Enum(const json& /*schema*/, const json& values, const json& value) {
    return parts_.HasAmong(values, value) ||
           (telling_.IsTrying() ? false : Broken("one of " + ShowArgument(values)));
  }

  bool Contains(const json& /*schema*/, const json& inner, const json& value) {
    if (!value.is_array()) return true;
    return std::any_of(value.begin(), value.end(),
                       [&](const json& item) { return Fits(inner, item); }) ||
           Broken("an item that the schema of its contains allows");
  }

  /// From an index on; `inner` is one schema for all, or a list with one for each.
  bool KeepsItems(std::size_t begin, const json& inner, const json& value) {
    bool kept = true;
    if (!value.is_array()) return kept;
    const bool by_place = inner.is_array();
    const std::size_t end = by_place ? std::min(inner.size(), value.size()) : value.size();
    for (std::size_t i = begin; i < end && !IsDone(kept); ++i) {
      kept = KeepsBelow(i, by_place ? inner[i] : inner, value[i]) && kept;
    }
    return kept;
  }

  bool Items(const json& /*schema*/, const json& inner, const json& value) {
    return KeepsItems(0, inner, value);
  }

  bool AdditionalItems(const json& schema, const json& inner, const json& value) {
    const json* const items = Find(schema, "items");
    return items == nullptr || !items->is_array() || KeepsItems(items->size(), inner, value);
  }

  bool UniqueItems(const json& /*schema*/, const json& asked, const json& value) {
    if (!value.is_array() || !asked.is_boolean() || !asked.get<bool>()) return true;
    const auto repeated = FindRepeatedItem(value);
    return !repeated || telling_.BrokenBelow(*repeated, "no item that equals one before it");
  }

  bool Required(const json& /*schema*/, const json& names, const json& value) {
    bool kept = true;
    if (!value.is_object()) return kept;
    for (const json& each : names) {
      const auto& name = each.get_ref<const std::string&>();
      if (!IsDone(kept) && !value.contains(name))
        kept = telling_.BrokenBelow(&name, "a required member");
    }
    return kept;
  }

  /// A schema for each member's name; null where the keyword says nothing of it.
  template <typename SchemaOf>
  bool KeepsMembers(const json& value, const SchemaOf& schema_of) {
    bool kept = true;
    if (!value.is_object()) return kept;
    for (auto member = value.begin(); member != value.end() && !IsDone(kept); ++member) {
      const json* const inner = schema_of(member.key());
      if (inner != nullptr) kept = KeepsBelow(&member.key(), *inner, *member) && kept;
    }
    return kept;
  }

  bool Properties(const json& /*schema*/, const json& properties, const json& value) {
    return KeepsMembers(value, [&](const std::string& name) {
      const auto inner = properties.find(name);
      return inner == properties.end() ? nullptr : &*inner;
    });
  }

  bool PatternProperties(const json& /*schema*/, const json& by_pattern, const json& value) {
    bool kept = true;
    for (auto each = by_pattern.begin(); each != by_pattern.end() && !IsDone(kept); ++each) {
      const bool all = KeepsMembers(value, [&](const std::string& name) {
        return parts_.Matches(each.key(), name) ? &*each : nullptr;
      });
      kept = all && kept;
    }
    return kept;
  }

  bool IsNamed(const json& schema, const std::string& name) const {
    if (const json* const all = Find(schema, "properties"); all && all->contains(name)) return true;
    const json* const by_pattern = Find(schema, "patternProperties");
    if (by_pattern == nullptr) return false;
    for (const auto& [pattern, unused] : by_pattern->items()) {
      if (parts_.Matches(pattern, name)) return true;
    }
    return false;
  }

  bool AdditionalProperties(const json& schema, const json& inner, const json& value) {
    return KeepsMembers(
        value, [&](const std::string& name) { return IsNamed(schema, name) ? nullptr : &inner; });
  }

  bool PropertyNames(const json& /*schema*/, const json& inner, const json& value) {
    if (!value.is_object()) return true;
    for (const auto& [name, unused] : value.items()) {
      if (!Fits(inner, name)) return Broken(fmt::format("no name '{}'", ShowLine(name, 80)));
    }
    return true;
  }

  bool Dependencies(const json& schema, const json& dependencies, const json& value) {
    bool kept = true;
    if (!value.is_object()) return kept;
    for (auto each = dependencies.begin(); each != dependencies.end(); ++each) {
      if (IsDone(kept) || !value.contains(each.key())) continue;
      const bool has = each->is_array() ? KeepsKeyword(schema, "required", *each, value)
                                        : KeepsBeside(*each, value);
      kept = has && kept;
    }
    return kept;
  }

  bool Pattern(const json& /*schema*/, const json& pattern, const json& value) {
    if (!value.is_string() || !pattern.is_string()) return true;
    const auto& text = pattern.get_ref<const std::string&>();
    return parts_.Matches(text, value.get_ref<const std::string&>()) ||
           Broken(fmt::format("a match of '{}'", ShowLine(text, 80)));
  }

  const SchemaParts& parts_;
  SchemaTelling telling_;
  FitMemo fits_;
  std::size_t steps_ = 0;
};

auto SchemaJudge::Handlers() -> const std::unordered_map<std::string_view, Handler>& {
  static const std::unordered_map<std::string_view, Handler> kHandlers = {
      {"additionalItems", &SchemaJudge::AdditionalItems},
      {"additionalProperties", &SchemaJudge::AdditionalProperties},
      {"allOf", &SchemaJudge::All},
      {"anyOf", &SchemaJudge::Any},
      {"contains", &SchemaJudge::Contains},
      {"dependencies", &SchemaJudge::Dependencies},
      {"enum", &SchemaJudge::Enum},
      {"if", &SchemaJudge::If},
      {"items", &SchemaJudge::Items},
      {"not", &SchemaJudge::Not},
      {"oneOf", &SchemaJudge::One},
      {"pattern", &SchemaJudge::Pattern},
      {"patternProperties", &SchemaJudge::PatternProperties},
      {"properties", &SchemaJudge::Properties},
      {"propertyNames", &SchemaJudge::PropertyNames},
      {"required", &SchemaJudge::Required},
      {"uniqueItems", &SchemaJudge::UniqueItems},
  };
  return kHandlers;
}

}  // namespace

SchemaBreaches FindSchemaBreaches(const SchemaParts& parts, const json& value) {
  return SchemaJudge(parts).Judge(value);
}

}  // namespace conform
