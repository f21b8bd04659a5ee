#include "report/html_unjudged.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "base/count_text.h"
#include "base/utf8.h"

namespace conform {
namespace {

constexpr std::size_t kMostUnjudged = 50;
constexpr std::size_t kMostReasons = 200;

/// What has the same reason, in the order in which reasons first appear.
class ByReason {
 public:
  void Add(const std::string& reason, std::string name) {
    const std::string shown = reason.empty() ? "no reason is in the record" : reason;
    const auto [place, is_new] = places_.try_emplace(shown, groups_.size());
    if (is_new) groups_.emplace_back(shown, std::vector<std::string>());
    groups_[place->second].second.push_back(std::move(name));
    ++count_;
  }

  std::size_t count() const { return count_; }
  const std::vector<std::pair<std::string, std::vector<std::string>>>& groups() const {
    return groups_;
  }

 private:
  std::map<std::string, std::size_t> places_;
  std::vector<std::pair<std::string, std::vector<std::string>>> groups_;
  std::size_t count_ = 0;
};

void WriteNames(const std::vector<std::string>& names, HtmlWriter& out) {
  const auto list = out.Open("ul");
  for (std::size_t i = 0; i < std::min(names.size(), kMostUnjudged); ++i) {
    out.Leaf("li", ShowLine(names[i], 500));
  }
  if (names.size() > kMostUnjudged) {
    out.Leaf("li", fmt::format("and {} more", names.size() - kMostUnjudged));
  }
}

void WriteKind(const std::string& title, const ByReason& found, HtmlWriter& out) {
  if (found.count() == 0) return;
  out.Leaf("h3", fmt::format("{}: {}", title, found.count()));
  const auto reasons = out.Open("dl", {{"class", "facts"}});
  for (std::size_t i = 0; i < std::min(found.groups().size(), kMostReasons); ++i) {
    const auto& [reason, names] = found.groups()[i];
    const auto pair = out.Open("div");
    out.Leaf("dt", ShowLine(reason, 2'000));
    const auto told = out.Open("dd");
    if (names.size() > 5) {
      const auto fold = out.Open("details");
      out.Leaf("summary", CountOf(names.size(), "name"));
      WriteNames(names, out);
    } else {
      WriteNames(names, out);
    }
  }
  if (found.groups().size() > kMostReasons) {
    const auto pair = out.Open("div");
    out.Leaf("dt", fmt::format("{} more reasons", found.groups().size() - kMostReasons));
    out.Leaf("dd", "run.json has them all.");
  }
}

ByReason FindTests(const RunRecord& record, Outcome outcome) {
  ByReason found;
  for (const TestRecord& test : record.tests) {
    if (test.verdict.outcome != outcome) continue;
    found.Add(test.verdict.reason, fmt::format("{} — {}", TitleOf(test), test.Id()));
  }
  return found;
}

ByReason FindClauses(const HtmlRun& run, ClauseCoverage::State state) {
  ByReason found;
  for (const ClauseCoverage& entry : run.coverage) {
    const ClauseRecord& clause = *entry.clause;
    if (entry.state != state || clause.binds != Binds::kService) continue;
    const std::string edition =
        clause.IsContract() ? fmt::format(" ({})", clause.key.edition) : std::string();
    found.Add(state == ClauseCoverage::State::kUntested
                  ? clause.untested
                  : "a test should have judged it, and none of this run did",
              fmt::format("{} — {}{}", clause.says, clause.key.id, edition));
  }
  return found;
}

}  // namespace

void WriteUnjudged(const HtmlRun& run, HtmlWriter& out) {
  const auto section =
      out.Open("section", {{"id", "unjudged"}, {"aria-labelledby", "unjudged-title"}});
  out.Leaf("h2", "What was not judged, and why", {{"id", "unjudged-title"}});
  ByReason left_out;
  for (const LeftOutRecord& left : run.record.header.left_out) left_out.Add(left.by, left.what);
  const std::pair<std::string, ByReason> kinds[] = {
      {"Tests skipped", FindTests(run.record, Outcome::kSkip)},
      {"Tests not run", FindTests(run.record, Outcome::kNotRun)},
      {"Not selected", std::move(left_out)},
      {"Clauses not judged", FindClauses(run, ClauseCoverage::State::kMissing)},
      {"Clauses untested", FindClauses(run, ClauseCoverage::State::kUntested)}};
  bool any = false;
  for (const auto& [title, found] : kinds) {
    WriteKind(title, found, out);
    any = any || found.count() > 0;
  }
  if (!any) out.Leaf("p", "Nothing: every test that exists ran, and every clause was judged.");
}

}  // namespace conform
