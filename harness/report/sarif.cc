#include "report/sarif.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>
#include <vector>

#include "base/date.h"
#include "base/utf8.h"
#include "record/known_failures.h"
#include "report/mock_text.h"
#include "report/sarif_result.h"

namespace conform {
namespace {

using nlohmann::ordered_json;

constexpr const char* kSchema = "https://json.schemastore.org/sarif-2.1.0.json";

/// Why the invocation has something to tell; in the order in which it is told.
struct Notice {
  const char* id;
  const char* says;
};

constexpr Notice kCutOff = {"conform/cut-off", "The run was cut off and did not finish."};
constexpr Notice kExitCode = {"conform/exit-code", "Why the run ended with its exit code."};
constexpr Notice kMock = {"conform/mock", "No service elsewhere was asked."};
constexpr Notice kFlaky = {"conform/flaky", "An answer came only by asking again."};
constexpr Notice kInconclusive = {"conform/inconclusive", "Nothing can be told of a test."};
constexpr Notice kNotRun = {"conform/not-run", "Tests did not run."};
constexpr Notice kSkipped = {"conform/skipped", "Tests were skipped."};
constexpr Notice kLeftOut = {"conform/left-out", "The file would be too large with all of it."};

/// Text as one line; SARIF's readers show it as plain text.
std::string Plain(std::string_view text) { return ShowLine(text, 1'000); }

/// Builds the one run of the file.
class SarifRun {
 public:
  SarifRun(const RunRecord& record, const Conclusion& conclusion, const SarifLimits& limits)
      : record_(record), conclusion_(conclusion), limits_(limits) {}

  ordered_json Make() {
    ordered_json rules = MakeRules();
    ordered_json results = MakeResults();
    ordered_json run;
    ordered_json& driver = run["tool"]["driver"];
    driver["name"] = "conform";
    driver["version"] = record_.header.tool.version;
    driver["rules"] = std::move(rules);
    driver["notifications"] = MakeNotices();
    run["invocations"] = ordered_json::array({MakeInvocation()});
    run["originalUriBaseIds"][kSarifRoot]["description"]["text"] =
        "The folder that conform ran in: the root of the source tree.";
    run["automationDetails"]["id"] = fmt::format("conform/{}/", Plain(record_.header.profile));
    run["columnKind"] = "unicodeCodePoints";
    run["results"] = std::move(results);
    run["properties"] = {{"target", record_.header.target}, {"mock", record_.header.mock}};
    return run;
  }

 private:
  ordered_json MakeRules() {
    ordered_json rules = ordered_json::array();
    for (const ClauseRecord& clause : record_.header.clauses) {
      rule_index_.emplace(clause.key, rules.size());
      ordered_json rule;
      rule["id"] = SarifRuleId(clause.key);
      rule["shortDescription"]["text"] = Plain(clause.says);
      rule["fullDescription"]["text"] =
          fmt::format("{} (It binds {}{}.)", Plain(clause.says),
                      clause.binds == Binds::kNobody ? "" : "the ", NameOf(clause.binds));
      rule["help"]["text"] = fmt::format("Source: {}", Plain(clause.source));
      rule["defaultConfiguration"]["level"] = SarifLevel(clause.strength);
      ordered_json& properties = rule["properties"];
      properties["strength"] = NameOf(clause.strength);
      properties["binds"] = NameOf(clause.binds);
      if (clause.IsContract()) properties["operation"] = clause.key.operation;
      rules.push_back(std::move(rule));
    }
    return rules;
  }

  ordered_json MakeResults() {
    std::vector<std::pair<const TestRecord*, const Finding*>> found;
    for (const TestRecord& test : record_.tests) {
      for (const Finding& finding : test.verdict.findings) found.emplace_back(&test, &finding);
    }
    if (found.size() > limits_.most_results) {
      std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
        return a.second->strength < b.second->strength;
      });
      results_left_out_ = found.size() - limits_.most_results;
      found.resize(limits_.most_results);
    }
    ordered_json results = ordered_json::array();
    for (const auto& [test, finding] : found) {
      const auto rule = rule_index_.find(finding->clause);
      results.push_back(MakeSarifResult(
          *test, *finding, rule == rule_index_.end() ? std::nullopt : std::optional(rule->second)));
    }
    return results;
  }

  static ordered_json MakeNotices() {
    ordered_json notices = ordered_json::array();
    for (const Notice& notice :
         {kCutOff, kExitCode, kMock, kFlaky, kInconclusive, kNotRun, kSkipped, kLeftOut}) {
      notices.push_back({{"id", notice.id}, {"shortDescription", {{"text", notice.says}}}});
    }
    return notices;
  }

  ordered_json& Notify(const Notice& notice, const char* level, const std::string& text) {
    ordered_json notification;
    notification["descriptor"]["id"] = notice.id;
    notification["level"] = level;
    notification["message"]["text"] = text;
    notifications_.push_back(std::move(notification));
    return notifications_.back();
  }

  void NotifyCount(const Notice& notice, Outcome outcome, const char* what) {
    std::size_t count = 0;
    std::string reason;
    for (const TestRecord& test : record_.tests) {
      if (test.verdict.outcome != outcome) continue;
      if (count++ == 0) reason = test.verdict.reason;
    }
    if (count == 0) return;
    Notify(notice, outcome == Outcome::kNotRun ? "error" : "note",
           fmt::format("{} of {} tests {}, the first because: {}", count, record_.tests.size(),
                       what, Plain(reason)));
  }

  /// A test that fails without a result: else who reads results alone would take it for sound.
  void NotifyFlaky() {
    NotifyEach(kFlaky, "error", "failed without a finding", [this](const Verdict& verdict) {
      return verdict.outcome == Outcome::kFail &&
             std::none_of(
                 verdict.findings.begin(), verdict.findings.end(),
                 [this](const Finding& each) { return MakesFail(each, record_.header.strict); });
    });
  }

  void NotifyInconclusive() {
    NotifyEach(kInconclusive, "warning", "were inconclusive",
               [](const Verdict& verdict) { return verdict.outcome == Outcome::kInconclusive; });
  }

  template <typename Predicate>
  void NotifyEach(const Notice& notice, const char* level, const char* what, Predicate applies) {
    std::size_t left_out = 0;
    for (const TestRecord& test : record_.tests) {
      if (!applies(test.verdict)) continue;
      if (notifications_.size() >= limits_.most_notifications) {
        ++left_out;
        continue;
      }
      ordered_json& notification = Notify(
          notice, level, fmt::format("{}: {}", Plain(test.Id()), Plain(test.verdict.reason)));
      notification["locations"] =
          ordered_json::array({MakeSarifLocation(test.path, {test.line, 0, 0}, "")});
    }
    if (left_out == 0) return;
    Notify(kLeftOut, "warning", fmt::format("{} more tests {}.", left_out, what));
  }

  /// A few of what may be a reason an operation: the bound is for tests, which have places.
  void NotifyReasons() {
    constexpr std::size_t kMost = 20;
    const char* level = conclusion_.IsOfTheRun() ? "error" : "note";
    const auto& reasons = conclusion_.reasons;
    for (std::size_t i = 0; i < std::min(reasons.size(), kMost); ++i) {
      Notify(kExitCode, level, Plain(reasons[i]));
    }
    if (reasons.size() <= kMost) return;
    Notify(kExitCode, level, fmt::format("{} more reasons.", reasons.size() - kMost));
  }

  ordered_json MakeInvocation() {
    if (!record_.complete) Notify(kCutOff, "error", kCutOff.says);
    NotifyReasons();
    if (!AsksTheService(record_.header)) Notify(kMock, "note", DescribeMockRun(record_.header));
    NotifyFlaky();
    NotifyInconclusive();
    NotifyCount(kNotRun, Outcome::kNotRun, "did not run");
    NotifyCount(kSkipped, Outcome::kSkip, "were skipped");
    if (results_left_out_ > 0) {
      Notify(kLeftOut, "warning",
             fmt::format("{} more findings are left out: run.json has all.", results_left_out_));
    }
    ordered_json invocation;
    invocation["executionSuccessful"] = record_.complete && !conclusion_.IsOfTheRun();
    invocation["exitCode"] = conclusion_.exit_code;
    invocation["exitCodeDescription"] = Plain(conclusion_.meaning);
    invocation["startTimeUtc"] = FormatTimestamp(record_.header.started);
    invocation["endTimeUtc"] = FormatTimestamp(
        record_.header.started +
        std::chrono::duration_cast<std::chrono::system_clock::duration>(record_.duration));
    invocation["toolExecutionNotifications"] = std::move(notifications_);
    return invocation;
  }

  const RunRecord& record_;
  const Conclusion& conclusion_;
  const SarifLimits& limits_;
  std::map<ClauseKey, std::size_t> rule_index_;
  ordered_json notifications_ = ordered_json::array();
  std::size_t results_left_out_ = 0;
};

}  // namespace

std::string RenderSarif(const RunRecord& record, const Conclusion& conclusion,
                        const SarifLimits& limits) {
  ordered_json log;
  log["$schema"] = kSchema;
  log["version"] = "2.1.0";
  log["runs"] = ordered_json::array({SarifRun(record, conclusion, limits).Make()});
  return log.dump(1, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace conform
