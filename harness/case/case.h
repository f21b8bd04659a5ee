// One case file: a request, the promised response, the clauses it is evidence for.
#pragma once

#include <chrono>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/identity.h"
#include "base/source_text.h"
#include "case/expectation.h"
#include "case/request_spec.h"
#include "case/step_flow.h"

namespace conform {

/// One request and response of a case, or a wait.
struct Step {
  std::string name;       ///< unique in its case; `request` in the single-request form.
  std::string operation;  ///< another than the case's; empty: that.
  std::optional<std::chrono::milliseconds> wait;  ///< then nothing else is set.
  RequestSpec request;
  std::vector<Expectation> expectations;
  std::vector<std::string> observe;  ///< `status`, `headers.NAME`, `body.a.b`, `duration`.
  std::vector<CaptureSpec> captures;
  /// Null where the step does not; few do, and every step would carry their room.
  std::shared_ptr<const PollSpec> poll;
  std::shared_ptr<const SettleSpec> settle;
  std::shared_ptr<const FollowSpec> follow;
  bool cleans_up = false;  ///< of `finally:`: always run, after the others, and judged apart.
  Span span;
};

/// One named line of a case's table; a test of its own. Kept small: a file has many.
struct Row {
  std::string name;
  std::vector<nlohmann::json> values;  ///< one a column of the case.
  Span span;                           ///< in the case, or in Case::rows_path.
};

/// A clause as a case lists it.
struct ListedClause {
  std::string id;
  Span span;
};

/// A variable that a case asks the profile for.
struct ListedVariable {
  std::string name;
  Span span;
};

struct Case {
  std::string id;    ///< path below cases/ without `.yaml`; the file's own path elsewhere.
  std::string name;  ///< the file's stem.
  std::string title;
  std::string operation;
  Span operation_span;
  std::vector<ListedClause> clauses;
  Span clauses_span;
  Identity identity;
  Span identity_span;
  std::vector<std::string> editions;  ///< empty: all.
  Span editions_span;
  std::vector<std::string> columns;
  std::vector<Row> rows;
  std::string rows_path;  ///< the file that rows came from, as shown; empty: the case itself.
  std::vector<ListedVariable> variables;
  std::optional<std::chrono::milliseconds> limit;  ///< the longest that a test of it may last.
  /// Cases of one group share a state: on a tenant they run one after the other. Empty: of none.
  std::string group;
  std::vector<Step> steps;  ///< those of `finally:` last.
  std::shared_ptr<const SourceText> source;
  std::vector<std::shared_ptr<const SourceText>> beside;  ///< the files that it names, as read.
};

}  // namespace conform
