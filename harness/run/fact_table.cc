#include "run/fact_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include "base/count_text.h"
#include "contract/condition_text.h"

namespace conform {
namespace {

using Facts = std::vector<std::pair<std::string, std::string>>;

std::string Joined(const std::vector<std::string>& texts, std::string_view between) {
  std::string joined;
  for (const std::string& each : texts) {
    if (!joined.empty()) joined += between;
    joined += each;
  }
  return joined;
}

std::string PresenceText(bool required) { return required ? "required" : "may be left out"; }

std::string TypeOf(const nlohmann::json& schema) {
  const auto found = schema.is_object() ? schema.find("type") : schema.end();
  if (!schema.is_object() || found == schema.end()) return "";
  return ", " + (found->is_string() ? found->get<std::string>() : found->dump());
}

std::string MediaTypesOf(const std::vector<MediaContent>& contents) {
  std::vector<std::string> types;
  types.reserve(contents.size());
  for (const MediaContent& each : contents) types.push_back(each.media_type);
  std::sort(types.begin(), types.end());
  return types.empty() ? "no content" : Joined(types, ", ");
}

/// As a contract writes it: a colon parts the key from what is stated.
std::string ConditionOf(const Condition& when) {
  return when.kind == Condition::Kind::kStated ? "if: " + when.state : TextOf(when);
}

std::string AnswerOf(const ResponseRule& rule) {
  std::string text = fmt::format("{}; {}", ConditionOf(rule.when), MediaTypesOf(rule.content));
  for (const ResponseHeader& header : rule.headers) {
    if (header.required) text += fmt::format("; {} is there", header.name);
  }
  return text;
}

void AddHeaderFacts(const Contract& contract, Facts& facts) {
  for (const HeaderRule& each : contract.headers) {
    std::string text = PresenceText(each.required);
    if (!each.scheme.empty()) text += fmt::format(", scheme '{}'", each.scheme);
    if (!each.value.empty()) text += ", " + each.value;
    facts.emplace_back("headers." + each.name, std::move(text));
  }
}

Facts FactsOf(const Contract& contract) {
  Facts facts = {{"server", contract.server},
                 {"method", contract.method},
                 {"path", Joined(contract.paths, " or ")}};
  for (const Parameter& each : contract.parameters) {
    facts.emplace_back("parameters." + each.name,
                       fmt::format("{}, {}{}", NameOf(each.in), PresenceText(each.required),
                                   each.key ? ", a key" : TypeOf(each.schema)));
  }
  AddHeaderFacts(contract, facts);
  const RequestBodyRule& body = contract.request_body;
  facts.emplace_back("requestBody", body.none ? "none"
                                              : fmt::format("{}; {}", PresenceText(body.required),
                                                            MediaTypesOf(body.content)));
  for (const auto& [kind, rule] : contract.permissions) {
    facts.emplace_back(fmt::format("permissions.{}", NameOf(kind)),
                       rule.supported ? Joined(rule.permissions, " or ") : "unsupported");
  }
  if (!contract.effect.empty()) facts.emplace_back("effect", contract.effect);
  for (const ResponseRule& rule : contract.responses) {
    facts.emplace_back(AboutOf(rule), AnswerOf(rule));
  }
  return facts;
}

/// How often what a run did kept or broke a fact, and how calls were answered.
struct SeenInRun {
  std::map<std::string, int> kept;
  std::map<std::string, int> broken;
  std::map<int, int> statuses;
};

/// `HTTP/1.1 204 No Content`; 0 where it is none.
int StatusOf(const std::string& status_line) {
  const std::size_t space = status_line.find(' ');
  int status = 0;
  if (space == std::string::npos) return 0;
  const char* const end = status_line.data() + status_line.size();
  std::from_chars(status_line.data() + space + 1, end, status);
  return status;
}

/// A test of several steps may have asked other operations too: their answers are not this one's.
bool IsOfOne(const TestRecord& test) { return test.steps.empty(); }

SeenInRun SeenBy(const std::vector<const Contract*>& contracts, const RunRecord& run) {
  SeenInRun seen;
  for (const TestRecord& test : run.tests) {
    const bool meant =
        std::any_of(contracts.begin(), contracts.end(),
                    [&test](const Contract* each) { return each->operation == test.operation; });
    if (!meant) continue;
    std::map<std::string, bool> facts;
    for (const JudgedClause& judged : test.verdict.judged) {
      for (const Contract* each : contracts) {
        if (judged.clause.operation != each->operation) continue;
        const Clause* clause = each->FindClause(judged.clause.id);
        if (clause == nullptr) continue;
        const auto [found, fresh] = facts.emplace(clause->about, judged.kept);
        if (!fresh) found->second = found->second && judged.kept;
      }
    }
    for (const auto& [fact, kept] : facts) ++(kept ? seen.kept : seen.broken)[fact];
    for (const ExchangeRecord& exchange : test.exchanges) {
      if (IsOfOne(test)) ++seen.statuses[StatusOf(exchange.status_line)];
    }
  }
  seen.statuses.erase(0);
  return seen;
}

std::string Times(int count) { return count == 1 ? "once" : fmt::format("{} times", count); }

const std::string* FindFact(const Facts& facts, const std::string& name) {
  for (const auto& [fact, text] : facts) {
    if (fact == name) return &text;
  }
  return nullptr;
}

/// How often the run was answered as the rule of either contract says.
int AnswersOf(const std::string& name, const std::vector<const Contract*>& contracts,
              const SeenInRun& seen) {
  int count = 0;
  for (const auto& [status, times] : seen.statuses) {
    const bool of_rule =
        std::any_of(contracts.begin(), contracts.end(), [&, s = status](const Contract* each) {
          const ResponseRule* rule = each->FindResponse(s);
          return rule != nullptr && AboutOf(*rule) == name;
        });
    if (of_rule) count += times;
  }
  return count;
}

std::string SeenOf(const std::string& fact, const std::vector<const Contract*>& contracts,
                   const SeenInRun& seen) {
  std::string text;
  if (fact.starts_with("responses.")) {
    const int count = AnswersOf(fact, contracts, seen);
    text = count == 0 ? "never answered" : "answered " + Times(count);
  }
  const auto add = [&](const char* verb, const std::map<std::string, int>& counts) {
    const auto found = counts.find(fact);
    if (found == counts.end()) return;
    text += fmt::format("{}{} by {}", text.empty() ? "" : ", ", verb,
                        CountOf(static_cast<std::size_t>(found->second), "test"));
  };
  add("kept", seen.kept);
  add("broken", seen.broken);
  return text.empty() ? "not judged" : text;
}

}  // namespace

std::vector<FactRow> CompareFacts(const Contract& first, const Contract& second,
                                  const RunRecord& run) {
  const std::vector<const Contract*> contracts = {&first, &second};
  const Facts of_first = FactsOf(first);
  const Facts of_second = FactsOf(second);
  const SeenInRun seen = SeenBy(contracts, run);
  std::vector<FactRow> rows;
  const auto add = [&](const std::string& fact, const std::string* one, const std::string* other) {
    FactRow row{fact, one == nullptr ? "" : *one, other == nullptr ? "" : *other,
                SeenOf(fact, contracts, seen), false};
    row.differs = row.first != row.second || seen.broken.count(fact) > 0;
    rows.push_back(std::move(row));
  };
  for (const auto& [fact, text] : of_first) add(fact, &text, FindFact(of_second, fact));
  for (const auto& [fact, text] : of_second) {
    if (FindFact(of_first, fact) == nullptr) add(fact, nullptr, &text);
  }
  for (const auto& [status, times] : seen.statuses) {
    if (first.FindResponse(status) != nullptr || second.FindResponse(status) != nullptr) continue;
    rows.push_back({fmt::format("responses.{}", status), "", "", "answered " + Times(times), true});
  }
  return rows;
}

}  // namespace conform
