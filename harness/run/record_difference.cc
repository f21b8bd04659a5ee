#include "run/record_difference.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/ascii.h"
#include "base/json_text.h"
#include "base/utf8.h"
#include "history/settled_text.h"
#include "verdict/json_diff.h"
#include "verdict/outcome.h"

namespace conform {
namespace {

constexpr std::string_view kAbsent = "absent";

/// Scheme, host and port are another on each mock.
std::string WithoutOrigin(const std::string& request_line) {
  std::string text = request_line;
  static const RE2 kOrigin(" https?://[^/ ]*");
  RE2::Replace(&text, kOrigin, " ");
  return Settle(std::move(text));
}

class Comparison {
 public:
  void Compare(std::string_view place, const std::string& before, const std::string& now) {
    if (before == now) return;
    const auto shown = [](const std::string& text) {
      return text.empty() ? std::string(kAbsent) : ShowLine(text);
    };
    differences_.push_back({ShowLine(place), shown(before), shown(now)});
  }

  void CompareFindings(const TestRecord& before, const TestRecord& now) {
    const auto by_place = [](const TestRecord& test) {
      std::map<std::string, std::string> findings;
      for (const Finding& finding : test.verdict.findings) {
        findings[fmt::format("finding {} {}", finding.clause.id, finding.subject)] =
            Settle(finding.message);
      }
      return findings;
    };
    CompareMaps(by_place(before), by_place(now));
  }

  void CompareFields(const std::string& place, const MessageRecord& before,
                     const MessageRecord& now) {
    const auto by_name = [&](const MessageRecord& message) {
      std::map<std::string, std::string> fields;
      for (const FieldRecord& field : message.fields) {
        const std::string name = ToLower(field.name);
        // The body is compared itself.
        if (name == "content-length" || name == "host") continue;
        std::string& value = fields[fmt::format("{}/headers.{}", place, name)];
        value += (value.empty() ? "" : ", ") + Settle(field.value);
      }
      return fields;
    };
    CompareMaps(by_name(before), by_name(now));
  }

  void CompareBodies(const std::string& place, const MessageRecord& before,
                     const MessageRecord& now) {
    using nlohmann::json;
    const std::string old_text = Settle(before.body);
    const std::string new_text = Settle(now.body);
    const json old_value = ReadJsonText(old_text);
    const json new_value = ReadJsonText(new_text);
    if (old_value.is_discarded() || new_value.is_discarded()) {
      Compare(place + "/body", old_text, new_text);
      return;
    }
    constexpr auto kAll = std::numeric_limits<std::size_t>::max();
    for (const JsonDifference& each : DiffJson(old_value, new_value, kAll).first) {
      Compare(place + "/body" + each.pointer, each.expected, each.actual);
    }
  }

  std::vector<RecordDifference> Take() { return std::move(differences_); }

 private:
  void CompareMaps(const std::map<std::string, std::string>& before,
                   std::map<std::string, std::string> now) {
    for (const auto& [place, value] : before) {
      const auto found = now.find(place);
      Compare(place, value, found == now.end() ? "" : found->second);
      if (found != now.end()) now.erase(found);
    }
    for (const auto& [place, value] : now) Compare(place, "", value);
  }

  std::vector<RecordDifference> differences_;
};

const MessageRecord& AnswerOf(const ExchangeRecord& exchange) {
  static const MessageRecord kNone;
  const bool none = exchange.attempts.empty() || exchange.attempts.back().response.empty();
  return none ? kNone : exchange.attempts.back().response.front();
}

const MessageRecord& RequestOf(const ExchangeRecord& exchange) {
  static const MessageRecord kNone;
  return exchange.attempts.empty() ? kNone : exchange.attempts.back().request;
}

}  // namespace

std::vector<RecordDifference> CompareTests(const TestRecord& before, const TestRecord& now) {
  Comparison comparison;
  comparison.Compare("outcome", std::string(NameOf(before.verdict.outcome)),
                     std::string(NameOf(now.verdict.outcome)));
  comparison.Compare("reason", Settle(before.verdict.reason), Settle(now.verdict.reason));
  comparison.CompareFindings(before, now);
  const std::size_t most = std::max(before.exchanges.size(), now.exchanges.size());
  for (std::size_t i = 0; i < most; ++i) {
    static const ExchangeRecord kNone;
    const ExchangeRecord& old_one = i < before.exchanges.size() ? before.exchanges[i] : kNone;
    const ExchangeRecord& new_one = i < now.exchanges.size() ? now.exchanges[i] : kNone;
    const std::string place = fmt::format("exchange {}", i + 1);
    comparison.Compare(place + "/request", WithoutOrigin(old_one.request_line),
                       WithoutOrigin(new_one.request_line));
    comparison.CompareFields(place + "/request", RequestOf(old_one), RequestOf(new_one));
    comparison.CompareBodies(place + "/request", RequestOf(old_one), RequestOf(new_one));
    comparison.Compare(place + "/status", old_one.status_line, new_one.status_line);
    comparison.Compare(place + "/trouble", Settle(old_one.trouble), Settle(new_one.trouble));
    comparison.CompareFields(place, AnswerOf(old_one), AnswerOf(new_one));
    comparison.CompareBodies(place, AnswerOf(old_one), AnswerOf(new_one));
  }
  return comparison.Take();
}

}  // namespace conform
