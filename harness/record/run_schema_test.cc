// The published JSON Schema of run.json is what record_fields.h says, member by member.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <chrono>
#include <nlohmann/json.hpp>
#include <string>
#include <type_traits>
#include <vector>

#include "base/shared_list.h"
#include "record/record_fields.h"
#include "record/run_record_json.h"
#include "testing/golden.h"

namespace conform {
namespace {

using nlohmann::ordered_json;

template <typename T>
constexpr const char* kTypeName = nullptr;
template <>
constexpr const char* kTypeName<Span> = "span";
template <>
constexpr const char* kTypeName<ClauseKey> = "clause_key";
template <>
constexpr const char* kTypeName<Finding> = "finding";
template <>
constexpr const char* kTypeName<JudgedClause> = "judged_clause";
template <>
constexpr const char* kTypeName<ObservedFact> = "observed_fact";
template <>
constexpr const char* kTypeName<Verdict> = "verdict";
template <>
constexpr const char* kTypeName<FieldRecord> = "field";
template <>
constexpr const char* kTypeName<MessageRecord> = "message";
template <>
constexpr const char* kTypeName<TlsRecord> = "tls";
template <>
constexpr const char* kTypeName<ObservationRecord> = "observation";
template <>
constexpr const char* kTypeName<PhaseRecord> = "phases";
template <>
constexpr const char* kTypeName<AttemptRecord> = "attempt";
template <>
constexpr const char* kTypeName<ExchangeRecord> = "exchange";
template <>
constexpr const char* kTypeName<StepRecord> = "step";
template <>
constexpr const char* kTypeName<TestRecord> = "test";
template <>
constexpr const char* kTypeName<ClauseRecord> = "clause";
template <>
constexpr const char* kTypeName<DeviationRecord> = "deviation";
template <>
constexpr const char* kTypeName<FileRecord> = "file";
template <>
constexpr const char* kTypeName<IdentityRecord> = "identity";
template <>
constexpr const char* kTypeName<ToolRecord> = "tool";
template <>
constexpr const char* kTypeName<SelfCheckRecord> = "self_check";
template <>
constexpr const char* kTypeName<LeftOutRecord> = "left_out";
template <>
constexpr const char* kTypeName<RunHeader> = "header";
template <>
constexpr const char* kTypeName<RunRecord> = "record";

/// What each member means, `type.member`.
const ordered_json& Descriptions() {
  static const ordered_json kDescriptions =
      ordered_json::parse(ReadTestFile(CONFORM_TESTDATA "/run_schema/descriptions.json"));
  return kDescriptions;
}

/// Every value of an enumeration by its name.
template <typename Enum>
ordered_json NamesOf(const std::vector<Enum>& values) {
  ordered_json names = ordered_json::array();
  for (const Enum value : values) names.push_back(NameOf(value));
  return {{"enum", names}};
}

template <typename T>
struct ItemOf {
  using type = void;
};
template <typename T>
struct ItemOf<std::vector<T>> {
  using type = T;
};
template <>
struct ItemOf<TestRecords> {
  using type = TestRecord;
};
template <typename T>
struct ItemOf<SharedList<T>> {
  using type = T;
};

template <HasFields T>
void Define(ordered_json& definitions);

/// The schema of a member's type; what it refers to is added to `definitions`.
template <typename T>
ordered_json SchemaOf(ordered_json& definitions) {
  if constexpr (HasFields<T>) {
    Define<T>(definitions);
    return {{"$ref", fmt::format("#/$defs/{}", kTypeName<T>)}};
  } else if constexpr (std::is_same_v<T, SharedList<JudgedClause>>) {
    const ordered_json list = {{"type", "array"}, {"items", SchemaOf<JudgedClause>(definitions)}};
    definitions["judged_list"] = list;
    return {{"oneOf", {{{"$ref", "#/$defs/judged_list"}}, {{"type", "string"}}}}};
  } else if constexpr (!std::is_void_v<typename ItemOf<T>::type>) {
    return {{"type", "array"}, {"items", SchemaOf<typename ItemOf<T>::type>(definitions)}};
  } else if constexpr (std::is_same_v<T, std::string>) {
    return {{"type", "string"}};
  } else if constexpr (std::is_same_v<T, bool>) {
    return {{"type", "boolean"}};
  } else if constexpr (std::is_same_v<T, Outcome>) {
    return NamesOf(std::vector<Outcome>(kOutcomes.begin(), kOutcomes.end()));
  } else if constexpr (std::is_same_v<T, Strength>) {
    return NamesOf<Strength>({Strength::kMust, Strength::kShould, Strength::kObserve});
  } else if constexpr (std::is_same_v<T, Binds>) {
    return NamesOf<Binds>({Binds::kService, Binds::kClient, Binds::kTenant, Binds::kNobody});
  } else if constexpr (std::is_same_v<T, std::chrono::system_clock::time_point>) {
    return {{"type", "string"}, {"pattern", R"(^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$)"}};
  } else {
    static_assert(std::is_integral_v<T> || std::is_same_v<T, std::chrono::microseconds>);
    return {{"type", "integer"}, {"minimum", 0}};
  }
}

template <HasFields T>
void Define(ordered_json& definitions) {
  if (definitions.contains(kTypeName<T>)) return;
  definitions[kTypeName<T>] = nullptr;  // keeps its place before what it refers to
  ordered_json properties = ordered_json::object();
  ordered_json required = ordered_json::array();
  VisitFields<T>([&](const auto& field) {
    using Member = std::remove_cvref_t<decltype(std::declval<T>().*field.member)>;
    ordered_json schema = SchemaOf<Member>(definitions);
    const std::string name = fmt::format("{}.{}", kTypeName<T>, field.name);
    EXPECT_TRUE(Descriptions().contains(name)) << name << " is not described";
    schema["description"] = Descriptions().value(name, "");
    properties[field.name] = std::move(schema);
    if (field.presence == Presence::kAlways) required.push_back(field.name);
    return true;
  });
  definitions[kTypeName<T>] = {{"type", "object"},
                               {"properties", std::move(properties)},
                               {"required", std::move(required)},
                               {"additionalProperties", false}};
}

/// The whole schema, `format` besides, which stands in the file and not in the record.
std::string MakeSchema() {
  ordered_json definitions = ordered_json::object();
  Define<RunRecord>(definitions);
  ordered_json record = definitions["record"];
  definitions.erase("record");
  ordered_json schema;
  schema["$schema"] = "https://json-schema.org/draft/2020-12/schema";
  schema["title"] = "A run of conform";
  schema["description"] =
      "What reports/run.json holds: everything that a report may know of a run, and no secret. "
      "All other reports are made of it. Members may be added; `format` grows where one changes "
      "its meaning or goes.";
  schema["type"] = "object";
  schema["properties"]["format"] = {{"const", kRecordFormat},
                                    {"description",
                                     "Of this file. One of format 1, whose tests hold what they "
                                     "judged themselves, is read, too; another one is refused."}};
  for (const auto& [name, member] : record["properties"].items()) {
    schema["properties"][name] = member;
  }
  schema["properties"][std::string(kJudgedListsKey)] = {
      {"type", "object"},
      {"additionalProperties", {{"$ref", "#/$defs/judged_list"}}},
      {"description", "What tests judged, by the key that their verdicts hold."}};
  schema["required"] = ordered_json::array({"format"});
  for (const auto& name : record["required"]) schema["required"].push_back(name);
  schema["additionalProperties"] = false;
  schema["$defs"] = std::move(definitions);
  return schema.dump(2) + "\n";
}

TEST(RunSchema, IsWhatTheRecordsFieldsSay) {
  const std::string schema = MakeSchema();
  EXPECT_EQ(Golden(CONFORM_SOURCE "/reports/run.schema.json", schema), schema)
      << "set CONFORM_UPDATE_GOLDENS=1 to write it anew, and read what changed";
}

TEST(RunSchema, EveryDescriptionIsOfAMember) {
  const std::string schema = MakeSchema();
  for (const auto& [name, text] : Descriptions().items()) {
    const std::string described = "\"description\": " + text.dump();
    EXPECT_NE(schema.find(described), std::string::npos) << name;
    EXPECT_FALSE(text.get<std::string>().empty()) << name;
  }
}

}  // namespace
}  // namespace conform
