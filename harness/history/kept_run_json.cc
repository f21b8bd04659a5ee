#include "history/kept_run_json.h"

#include <charconv>
#include <exception>
#include <nlohmann/json.hpp>

#include "base/json_text.h"

namespace conform {
namespace {

using nlohmann::json;

json ToPairs(const std::vector<BehaviourFact>& facts) {
  json pairs = json::array();
  for (const BehaviourFact& fact : facts) pairs.push_back(json::array({fact.place, fact.value}));
  return pairs;
}

std::vector<BehaviourFact> FromPairs(const json& pairs) {
  std::vector<BehaviourFact> facts;
  for (const json& pair : pairs) {
    facts.push_back({pair.at(0).get<std::string>(), pair.at(1).get<std::string>()});
  }
  return facts;
}

/// What `read` makes of the text; a member that is missing or of another kind is an Error.
template <typename T, typename Read>
Expected<T> Parse(std::string_view text, const Read& read) {
  try {
    return read(json::parse(text));
  } catch (const std::exception& thrown) {  // the library's
    return Fail(std::string("an entry of the history cannot be read: ") + thrown.what());
  }
}

}  // namespace

std::string WriteKeptHeader(const KeptRun& run) {
  return WriteJsonText(json{{"duration_us", run.duration.count()},
                            {"tool", run.tool},
                            {"profile", run.profile},
                            {"target", run.target},
                            {"mock", run.mock},
                            {"strict", run.strict},
                            {"editions", run.editions},
                            {"shard_index", run.shard_index},
                            {"shard_count", run.shard_count},
                            {"complete", run.complete},
                            {"exit_code", run.exit_code},
                            {"left_out", run.left_out},
                            {"connection", ToPairs(run.connection)}});
}

Expected<KeptRun> ReadKeptHeader(std::string_view text) {
  return Parse<KeptRun>(text, [](const json& value) {
    KeptRun run;
    run.duration = std::chrono::microseconds(value.at("duration_us").get<std::int64_t>());
    value.at("tool").get_to(run.tool);
    value.at("profile").get_to(run.profile);
    value.at("target").get_to(run.target);
    value.at("mock").get_to(run.mock);
    value.at("strict").get_to(run.strict);
    run.editions = value.value("editions", "");  // none in what 1.0.0 kept
    value.at("shard_index").get_to(run.shard_index);
    value.at("shard_count").get_to(run.shard_count);
    value.at("complete").get_to(run.complete);
    value.at("exit_code").get_to(run.exit_code);
    value.at("left_out").get_to(run.left_out);
    run.connection = FromPairs(value.at("connection"));
    return run;
  });
}

std::string WriteKeptFacts(const KeptTest& test) {
  json findings = json::array();
  for (const KeptFinding& each : test.findings) {
    findings.push_back(
        json::array({each.clause, each.step, each.subject, each.message, each.accepted}));
  }
  return WriteJsonText(json{{"operation", test.operation},
                            {"edition", test.edition},
                            {"path", test.path},
                            {"case_sha256", test.definition.case_sha256},
                            {"contract_sha256", test.definition.contract_sha256},
                            {"reason", test.reason},
                            {"findings", std::move(findings)},
                            {"behaviour", ToPairs(test.behaviour)},
                            {"sent", test.sent},
                            {"answered", test.answered},
                            {"throttled", test.throttled}});
}

Expected<KeptTest> ReadKeptFacts(std::string_view text) {
  return Parse<KeptTest>(text, [](const json& value) {
    KeptTest test;
    value.at("operation").get_to(test.operation);
    value.at("edition").get_to(test.edition);
    value.at("path").get_to(test.path);
    value.at("case_sha256").get_to(test.definition.case_sha256);
    value.at("contract_sha256").get_to(test.definition.contract_sha256);
    value.at("reason").get_to(test.reason);
    for (const json& each : value.at("findings")) {
      test.findings.push_back({each.at(0).get<std::string>(), each.at(1).get<std::string>(),
                               each.at(2).get<std::string>(), each.at(3).get<std::string>(),
                               each.at(4).get<bool>()});
    }
    test.behaviour = FromPairs(value.at("behaviour"));
    value.at("sent").get_to(test.sent);
    value.at("answered").get_to(test.answered);
    value.at("throttled").get_to(test.throttled);
    return test;
  });
}

std::string WriteDurations(const std::vector<std::chrono::microseconds>& durations) {
  std::string text;
  for (const std::chrono::microseconds each : durations) {
    if (!text.empty()) text += ' ';
    text += std::to_string(each.count());
  }
  return text;
}

std::vector<std::chrono::microseconds> ReadDurations(std::string_view text) {
  std::vector<std::chrono::microseconds> durations;
  const char* at = text.data();
  const char* const end = text.data() + text.size();
  while (at < end) {
    std::int64_t count = 0;
    const auto [next, failed] = std::from_chars(at, end, count);
    if (failed != std::errc()) break;
    durations.emplace_back(count);
    at = next == end ? end : next + 1;
  }
  return durations;
}

}  // namespace conform
