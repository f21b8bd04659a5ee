#include "case/test.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "base/in_order.h"
#include "base/nearest_name.h"

namespace conform {
namespace {

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

void AddTests(const Case& each, const Contract& contract, std::vector<Test>& tests) {
  if (each.rows.empty()) tests.push_back({&each, nullptr, &contract, nullptr});
  for (const Row& row : each.rows) tests.push_back({&each, &row, &contract, nullptr});
}

/// What some tests give evidence for, and what is wrong with it.
struct PlannedEvidence {
  std::vector<EvidencePlan> plans;
  Diagnostics diagnostics;
};

void PlanAll(const Catalog& catalog, std::vector<Test>& tests, Diagnostics& diagnostics) {
  constexpr std::size_t kTestsInStretch = 128;
  Plans plans;
  std::size_t done = 0;
  MakeInOrder(
      tests.size(), kTestsInStretch,
      [&](std::size_t begin, std::size_t end) {
        PlannedEvidence planned;
        for (std::size_t i = begin; i < end; ++i) {
          const Test& test = tests[i];
          planned.plans.push_back(PlanEvidence(*test.test_case, test.row, *test.contract, catalog,
                                               planned.diagnostics));
        }
        return planned;
      },
      [&](PlannedEvidence planned) {
        for (EvidencePlan& plan : planned.plans) {
          tests[done++].plan = Share(std::move(plan), plans);
        }
        diagnostics.Append(std::move(planned.diagnostics));
        return true;
      });
}

void RefuseSameIds(const std::vector<Test>& tests, Diagnostics& diagnostics) {
  std::unordered_map<std::string, const Case*> seen;
  seen.reserve(tests.size());
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
  std::string suite;
  suite.reserve(contract->operation.size() + 1 + contract->edition.size());
  suite.append(contract->operation).append(1, '/').append(contract->edition);
  // Neither may stand in it: GoogleTest's filter reads a hyphen as "except".
  std::replace_if(
      suite.begin(), suite.end(), [](char c) { return c == '.' || c == '-'; }, '_');
  return suite;
}

std::string Test::Name() const {
  std::string name = test_case->name;
  if (row != nullptr) name.append(1, '/').append(row->name);
  return name;
}

std::string Test::Id() const { return Suite().append(1, '.').append(Name()); }

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
        AddTests(*ordered[i], *contract, tests);
      }
    }
    begin = end;
  }
  PlanAll(catalog, tests, diagnostics);
  RefuseSameIds(tests, diagnostics);
  return tests;
}

}  // namespace conform
