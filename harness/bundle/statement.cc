#include "bundle/statement.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "base/date.h"
#include "base/json_depth.h"
#include "base/json_text.h"
#include "bundle/run_inputs.h"
#include "record/coverage.h"

namespace conform {
namespace {

using Json = nlohmann::ordered_json;
using Pointer = nlohmann::json::json_pointer;

/// Twice of what RenderStatement writes.
constexpr std::size_t kMostStatementDepth = 16;

Json Digest(const std::string& sha256) { return {{"sha256", sha256}}; }

Json Tool(const ToolRecord& tool) {
  return {{"name", "conform"},
          {"version", tool.version},
          {"commit", tool.commit},
          {"build", tool.build}};
}

Json Run(const RunRecord& record) {
  const RunHeader& header = record.header;
  return {{"started", FormatTimestamp(header.started)},
          {"durationMicroseconds", record.duration.count()},
          {"complete", record.complete},
          {"timeZone", header.time_zone},
          {"host", header.host},
          {"ciRun", header.ci_run},
          {"profile", header.profile},
          {"strict", header.strict},
          {"shard", {{"index", header.shard_index}, {"count", header.shard_count}}},
          {"shuffleSeed", header.shuffle_seed}};
}

/// Each edition of an operation that the run's clauses are of, once.
Json Editions(const RunHeader& header) {
  std::set<std::pair<std::string, std::string>> editions;
  for (const ClauseRecord& clause : header.clauses) {
    if (clause.IsContract()) editions.emplace(clause.key.operation, clause.key.edition);
  }
  Json list = Json::array();
  for (const auto& [operation, edition] : editions) {
    list.push_back({{"operation", operation}, {"edition", edition}});
  }
  return list;
}

/// As in-toto describes resources.
Json Inputs(const RunHeader& header) {
  Json list = Json::array();
  for (const FileRecord& file : header.files) {
    list.push_back({{"name", PathInBundle(file)},
                    {"digest", Digest(file.sha256)},
                    {"annotations", {{"kind", file.kind}, {"path", file.path}}}});
  }
  return list;
}

Json Outcomes(const RunRecord& record, const RunOutcome& outcome) {
  Json tests = {{"exist", record.header.population}, {"selected", record.header.selected}};
  for (const Outcome each : kOutcomes) {
    tests[std::string(NameOf(each))] =
        std::count_if(record.tests.begin(), record.tests.end(),
                      [&](const TestRecord& test) { return test.verdict.outcome == each; });
  }
  const CoverageCount clauses = CountContractClauses(ComputeCoverage(record));
  return {{"exitCode", outcome.exit_code},
          {"meaning", outcome.meaning},
          {"reasons", outcome.reasons},
          {"tests", std::move(tests)},
          {"clauses", {{"judged", clauses.judged}, {"promised", clauses.promised}}}};
}

Json Predicate(const RunRecord& record, const RunOutcome& outcome,
               const std::vector<Subject>& subjects, bool time_stamped) {
  const RunHeader& header = record.header;
  Json predicate = {{"tool", Tool(header.tool)},
                    {"run", Run(record)},
                    {"target", {{"origin", header.target}, {"mock", header.mock}}},
                    {"editions", Editions(header)},
                    {"inputs", Inputs(header)},
                    {"outcome", Outcomes(record, outcome)},
                    {"timeStamped", time_stamped}};
  for (const Subject& subject : subjects) {
    if (subject.path != kBaselineName) continue;
    predicate["baseline"] = {{"name", subject.path}, {"digest", Digest(subject.sha256)}};
  }
  if (!header.previous_sha256.empty()) {
    predicate["previousRun"] = {{"digest", Digest(header.previous_sha256)}};
  }
  return predicate;
}

/// Reads members of a statement by JSON pointer, and keeps the first that is not of its kind.
/// Nothing is copied: the library copies a value by recursion.
class Members {
 public:
  explicit Members(const nlohmann::json& json) : json_(json) {}

  template <typename T>
  const T& Read(const char* pointer) {
    static const T nothing{};
    const Pointer place(pointer);
    const T* value = json_.contains(place) ? json_[place].get_ptr<const T*>() : nullptr;
    if (value != nullptr) return *value;
    if (wrong_.empty()) wrong_ = pointer;
    return nothing;
  }
  const std::string& wrong() const { return wrong_; }

 private:
  const nlohmann::json& json_;
  std::string wrong_;
};

}  // namespace

std::string RenderStatement(const RunRecord& record, const RunOutcome& outcome,
                            const std::vector<Subject>& subjects, bool time_stamped) {
  Json list = Json::array();
  for (const Subject& subject : subjects) {
    list.push_back({{"name", subject.path}, {"digest", Digest(subject.sha256)}});
  }
  const Json statement = {{"_type", kStatementType},
                          {"subject", std::move(list)},
                          {"predicateType", kPredicateType},
                          {"predicate", Predicate(record, outcome, subjects, time_stamped)}};
  return WriteJsonText(statement);
}

Expected<Statement> ReadStatement(std::string_view text) {
  if (JsonDepth(text) > kMostStatementDepth) return Fail("it nests deeper than 16");
  const auto json = ReadJsonText(text);
  if (!json.is_object()) return Fail("it is no JSON object");
  Members members(json);
  if (members.Read<std::string>("/_type") != kStatementType) {
    return Fail(fmt::format("it is no {}", kStatementType));
  }
  if (members.Read<std::string>("/predicateType") != kPredicateType) {
    return Fail(fmt::format("it is about no {}", kPredicateType));
  }
  Statement statement;
  statement.started = members.Read<std::string>("/predicate/run/started");
  statement.target = members.Read<std::string>("/predicate/target/origin");
  statement.mock = members.Read<bool>("/predicate/target/mock");
  statement.meaning = members.Read<std::string>("/predicate/outcome/meaning");
  statement.failed = members.Read<std::uint64_t>("/predicate/outcome/tests/fail");
  for (const nlohmann::json& reason :
       members.Read<nlohmann::json::array_t>("/predicate/outcome/reasons")) {
    if (!reason.is_string()) return Fail("a reason of it is no text");
    statement.reasons.push_back(reason.get<std::string>());
  }
  statement.time_stamped = members.Read<bool>("/predicate/timeStamped");
  std::set<std::string> known;
  for (const nlohmann::json& entry : members.Read<nlohmann::json::array_t>("/subject")) {
    Members subject(entry);
    statement.subjects.push_back(
        {subject.Read<std::string>("/name"), subject.Read<std::string>("/digest/sha256")});
    if (!subject.wrong().empty()) return Fail("a subject of it has no " + subject.wrong());
    known.insert(statement.subjects.back().path);
  }
  for (const nlohmann::json& entry : members.Read<nlohmann::json::array_t>("/predicate/inputs")) {
    Members input(entry);
    Subject read{input.Read<std::string>("/name"), input.Read<std::string>("/digest/sha256")};
    if (!input.wrong().empty()) return Fail("an input of it has no " + input.wrong());
    if (known.count(read.path) == 0) statement.left_out.push_back(std::move(read));
  }
  if (!members.wrong().empty()) return Fail("it has no " + members.wrong());
  return statement;
}

}  // namespace conform
