// A case, or a row of one, against one edition: what GoogleTest runs.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "case/case.h"
#include "case/evidence.h"
#include "contract/catalog.h"

namespace conform {

struct Test {
  const Case* test_case = nullptr;
  const Row* row = nullptr;
  const Contract* contract = nullptr;
  std::shared_ptr<const EvidencePlan> plan;

  /// `deviceManagement_windowsAutopilotSettings_sync/2019_01`.
  std::string Suite() const;
  /// `documented_request`, or `other_methods/get`.
  std::string Name() const;
  /// Suite and name, joined by a dot: the test's identity in every report.
  std::string Id() const;
  /// The file that `Line` is of: the case, or the file its rows came from.
  const std::string& Path() const;
  /// The line of the row, or of the first step's request.
  int Line() const;
};

/// Which editions tests are made for.
struct EditionChoice {
  bool all = false;                            ///< every edition, as on the embedded mock.
  std::optional<std::chrono::sys_days> as_of;  ///< else the newest.
};

/// Every test of `cases` in order of operation, edition, case, row. Diagnostics: unknown operation
/// or edition, tests of the same id, and what PlanEvidence tells.
std::vector<Test> PlanTests(const std::vector<Case>& cases, const Catalog& catalog,
                            const EditionChoice& choice, Diagnostics& diagnostics);

}  // namespace conform
