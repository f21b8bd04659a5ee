#include "case/test.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/nearest_name.h"

namespace conform {
namespace {

/// Neither `.` nor `-` may stand in a suite: GoogleTest's filter reads a hyphen as "except".
std::string SuitePart(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c == '.' || c == '-'; }, '_');
  return text;
}

void CheckEditions(const Case& each, const Catalog& catalog, Diagnostics& diagnostics) {
  for (const std::string& edition : each.editions) {
    if (catalog.Find(each.operation, edition) != nullptr) continue;
    std::vector<std::string_view> known;
    for (const Contract* contract : catalog.Editions(each.operation))
      known.push_back(contract->edition);
    diagnostics.Add(*each.source, each.editions_span,
                    fmt::format("operation '{}' has no edition '{}'", each.operation, edition),
                    fmt::format("there is {}", JoinOr(known)));
  }
}

std::vector<const Contract*> ChooseEditions(const Case& each, const Catalog& catalog,
                                            const EditionChoice& choice) {
  std::vector<const Contract*> chosen;
  if (choice.all) {
    chosen = catalog.Editions(each.operation);
  } else {
    for (const Contract* contract : catalog.Serving(choice.as_of)) {
      if (contract->operation == each.operation) chosen.push_back(contract);
    }
  }
  if (each.editions.empty()) return chosen;
  chosen.erase(std::remove_if(chosen.begin(), chosen.end(),
                              [&](const Contract* contract) {
                                return std::find(each.editions.begin(), each.editions.end(),
                                                 contract->edition) == each.editions.end();
                              }),
               chosen.end());
  return chosen;
}

using Plans = std::vector<std::shared_ptr<const EvidencePlan>>;

/// The same plan serves every test that it fits: most tests of an operation are judged alike.
std::shared_ptr<const EvidencePlan> Share(EvidencePlan plan, Plans& plans) {
  constexpr std::size_t kMostCompared = 16;
  for (std::size_t i = 0; i < std::min(plans.size(), kMostCompared); ++i) {
    const auto& known = plans[plans.size() - 1 - i];
    if (*known == plan) return known;
  }
  plans.push_back(std::make_shared<const EvidencePlan>(std::move(plan)));
  return plans.back();
}

void PlanCase(const Case& each, const Contract& contract, const Catalog& catalog, Plans& plans,
              std::vector<Test>& tests, Diagnostics& diagnostics) {
  const auto add = [&](const Row* row) {
    EvidencePlan plan = PlanEvidence(each, row, contract, catalog, diagnostics);
    tests.push_back({&each, row, &contract, Share(std::move(plan), plans)});
  };
  if (each.rows.empty()) add(nullptr);
  for (const Row& row : each.rows) add(&row);
}

void RefuseSameIds(const std::vector<Test>& tests, Diagnostics& diagnostics) {
  std::map<std::string, const Case*> seen;
  for (const Test& test : tests) {
    const auto [first, added] = seen.emplace(test.Id(), test.test_case);
    if (added || first->second == test.test_case) continue;
    diagnostics.Add(
        *test.test_case->source, test.test_case->operation_span,
        fmt::format("test '{}' is also made by {}", test.Id(), first->second->source->path()),
        "rename one of the files");
  }
}

}  // namespace

std::string Test::Suite() const {
  return SuitePart(contract->operation) + "/" + SuitePart(contract->edition);
}

std::string Test::Name() const {
  return row == nullptr ? test_case->name : test_case->name + "/" + row->name;
}

std::string Test::Id() const { return Suite() + "." + Name(); }

const std::string& Test::Path() const {
  const bool elsewhere = row != nullptr && !test_case->rows_path.empty();
  return elsewhere ? test_case->rows_path : test_case->source->path();
}

int Test::Line() const {
  return row != nullptr ? row->span.line : test_case->steps.front().span.line;
}

std::vector<Test> PlanTests(const std::vector<Case>& cases, const Catalog& catalog,
                            const EditionChoice& choice, Diagnostics& diagnostics) {
  std::vector<Test> tests;
  Plans plans;
  std::vector<const Case*> ordered;
  for (const Case& each : cases) {
    if (catalog.Editions(each.operation).empty()) {
      const std::string near = DidYouMean(each.operation, catalog.Operations());
      diagnostics.Add(*each.source, each.operation_span,
                      fmt::format("no contract of operation '{}'", each.operation),
                      near.empty() ? "write its contract under specs/" : near);
      continue;
    }
    CheckEditions(each, catalog, diagnostics);
    ordered.push_back(&each);
  }
  std::stable_sort(ordered.begin(), ordered.end(),
                   [](const Case* a, const Case* b) { return a->operation < b->operation; });
  for (std::size_t begin = 0; begin < ordered.size();) {
    std::size_t end = begin;
    while (end < ordered.size() && ordered[end]->operation == ordered[begin]->operation) ++end;
    for (const Contract* contract : catalog.Editions(ordered[begin]->operation)) {
      for (std::size_t i = begin; i < end; ++i) {
        const auto chosen = ChooseEditions(*ordered[i], catalog, choice);
        if (std::find(chosen.begin(), chosen.end(), contract) == chosen.end()) continue;
        PlanCase(*ordered[i], *contract, catalog, plans, tests, diagnostics);
      }
    }
    begin = end;
  }
  RefuseSameIds(tests, diagnostics);
  return tests;
}

}  // namespace conform
