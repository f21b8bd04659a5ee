#include "history/behaviour.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "base/ascii.h"
#include "base/json_pointer.h"
#include "base/json_text.h"
#include "history/settled_text.h"

namespace conform {
namespace {

using nlohmann::json;

/// A body of more places than these is told by its first ones.
constexpr std::size_t kMostPlaces = 400;
constexpr int kDeepest = 12;

std::string_view TypeName(const json& value) {
  if (value.is_number()) return "number";
  return value.type_name();
}

/// A member whose name is a value: an id, a number.
bool IsKeyedByValue(const std::string& key) {
  return Settle(key) != key || (!key.empty() && std::all_of(key.begin(), key.end(), IsDigit));
}

std::string PointerToken(const std::string& key) {
  if (IsKeyedByValue(key)) return "*";
  return EscapePointerName(key);
}

using Shape = std::map<std::string, std::set<std::string, std::less<>>>;

// NOLINTNEXTLINE(misc-no-recursion): no deeper than kDeepest
void AddShape(const json& value, const std::string& place, int depth, Shape& shape) {
  if (shape.size() >= kMostPlaces) return;
  shape[place].emplace(TypeName(value));
  if (depth == kDeepest) return;
  if (value.is_object()) {
    for (const auto& [key, member] : value.items()) {
      AddShape(member, place + "/" + PointerToken(key), depth + 1, shape);
    }
  } else if (value.is_array()) {
    for (const json& element : value) AddShape(element, place + "/*", depth + 1, shape);
  }
}

class StepBehaviour {
 public:
  StepBehaviour(std::string prefix, std::vector<BehaviourFact>& facts)
      : prefix_(std::move(prefix)), facts_(facts) {}

  void Add(const std::string& place, std::string value) {
    facts_.push_back({prefix_ + place, std::move(value)});
  }

  void AddAnswer(const MessageRecord& answer) {
    for (const FieldRecord& field : answer.fields) {
      Add("headers." + ToLower(field.name), "present");
    }
    if (answer.body.empty()) return Add("body", "empty");
    const json body = ReadJsonText(answer.body);
    // Of what was cut nobody knows the rest.
    if (body.is_discarded()) return Add("body", answer.body_cut ? "cut" : "text");
    Shape shape;
    AddShape(body, "body", 0, shape);
    for (const auto& [place, types] : shape) {
      for (const std::string& type : types) Add(place, type);
    }
    const json::json_pointer code("/error/code");
    if (body.contains(code) && body.at(code).is_string()) {
      Add("error.code", Settle(body.at(code).get<std::string>()));
    }
  }

 private:
  std::string prefix_;
  std::vector<BehaviourFact>& facts_;
};

/// `204` of `HTTP/1.1 204 No Content`.
std::string StatusOf(const std::string& status_line) {
  const std::size_t space = status_line.find(' ');
  if (space == std::string::npos) return status_line;
  const std::size_t begin = status_line.find_first_not_of(' ', space);
  if (begin == std::string::npos) return status_line;
  return status_line.substr(begin, status_line.find(' ', begin) - begin);
}

std::string PrefixOf(const std::string& step) { return step.empty() ? "" : step + ": "; }

void AddExchange(const ExchangeRecord& exchange, std::vector<BehaviourFact>& facts) {
  StepBehaviour step(PrefixOf(exchange.step), facts);
  const AttemptRecord* last = exchange.attempts.empty() ? nullptr : &exchange.attempts.back();
  if (exchange.status_line.empty()) {
    const std::string kind = last == nullptr ? "" : last->trouble_kind;
    return step.Add("status", kind.empty() ? "no answer" : "no answer: " + kind);
  }
  step.Add("status", StatusOf(exchange.status_line));
  if (last == nullptr) return;
  for (const ObservationRecord& each : last->observations) step.Add("wire." + each.name, "present");
  if (!last->response.empty()) step.AddAnswer(last->response.front());
}

/// `https://graph.microsoft.com` of `POST https://graph.microsoft.com/…`.
std::string OriginOf(const std::string& request_line) {
  const std::size_t begin = request_line.find(' ');
  const std::size_t host = request_line.find("://");
  if (begin == std::string::npos || host == std::string::npos) return "";
  return request_line.substr(begin + 1, request_line.find('/', host + 3) - begin - 1);
}

}  // namespace

std::vector<BehaviourFact> BehaviourOf(const TestRecord& test) {
  std::vector<BehaviourFact> facts;
  std::map<std::string, const ExchangeRecord*> last;
  for (const ExchangeRecord& exchange : test.exchanges) last[exchange.step] = &exchange;
  for (const auto& [step, exchange] : last) AddExchange(*exchange, facts);
  for (const ObservedFact& fact : test.verdict.observed) {
    if (fact.name == "duration" || fact.name == "status") continue;
    facts.push_back({PrefixOf(fact.step) + "observe." + fact.name, Settle(fact.value)});
  }
  SortFacts(facts);
  return facts;
}

std::vector<BehaviourFact> ConnectionOf(const TestRecord& test) {
  std::vector<BehaviourFact> facts;
  for (const ExchangeRecord& exchange : test.exchanges) {
    const std::string origin = OriginOf(exchange.request_line);
    for (const AttemptRecord& attempt : exchange.attempts) {
      for (const TlsRecord& tls : attempt.tls) {
        facts.push_back({origin + ": certificate issuer", tls.issuer});
        facts.push_back({origin + ": TLS version", tls.version});
      }
    }
  }
  return facts;
}

bool IsOpenAt(const std::string& place, const std::vector<BehaviourFact>& facts) {
  for (std::size_t at = place.find("/*"); at != std::string::npos; at = place.find("/*", at + 2)) {
    const std::string elements = place.substr(0, at + 2);
    const auto found = std::lower_bound(
        facts.begin(), facts.end(), elements,
        [](const BehaviourFact& fact, const std::string& text) { return fact.place < text; });
    if (found == facts.end() || found->place != elements) return true;
  }
  return false;
}

void SortFacts(std::vector<BehaviourFact>& facts) {
  std::map<std::string, std::set<std::string>> values;
  for (const BehaviourFact& fact : facts) values[fact.place].insert(fact.value);
  facts.clear();
  for (const auto& [place, each] : values) {
    facts.push_back({place, fmt::format("{}", fmt::join(each, " | "))});
  }
}

}  // namespace conform
