// Which documented facts of an operation a step's request breaks, seen before it is sent.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "base/error.h"
#include "case/case.h"
#include "contract/contract.h"
#include "contract/protocol.h"

namespace conform {

/// What a service would refuse the request for.
struct BrokenFacts {
  std::set<std::string> facts;  ///< as clauses name them: `method`, `headers.Authorization`, …
  std::set<Refusal> refusals;   ///< the reasons that fit; two where either does.
  bool valid_token = true;
  std::string method_slip;  ///< `method (post is not POST)`: its letters' case differs; or empty.
  /// No content is sent where it is asked for, or content of no documented media type; no service
  /// is bound to refuse it.
  bool breaks_body = false;
  /// Its content is of a media type that is not documented, and what that gets is promised.
  bool other_media_type = false;

  /// Whether it is not the documented request: nobody promises it a success.
  bool IsImproper() const { return breaks_body || !facts.empty(); }
  /// Whether a service is bound to refuse it: for a fact, a false If-Match or its media type.
  bool IsRefused() const {
    return !facts.empty() || refusals.count(Refusal::kPrecondition) > 0 || other_media_type;
  }
};

/// `row` is null for a case without rows. Placeholders that only a run can fill stand for any text.
BrokenFacts FindBrokenFacts(const Case& test_case, const Row* row, const Step& step,
                            const Contract& contract);

/// What to write in place of what breaks a fact, and where.
struct Mending {
  std::optional<Span> span;  ///< nothing: no one place of the request breaks it.
  std::string advice;
};

/// Of an improper request, for the first fact that one place of it breaks.
Mending MendingOf(const BrokenFacts& broken, const Step& step, const Contract& contract);

/// Of the content that is sent; empty: none is written; nothing: the run alone can tell.
std::optional<std::string> SentMediaType(const Case& test_case, const Row* row, const Step& step);

/// The step's text with the row's values, and `x` for whatever only a run can fill.
std::string Preview(const TextTemplate& text, const Case& test_case, const Row* row);
/// The same of a request's path, `*` for what only a run can fill in the place of a whole one.
/// Error: the row's values make another path of it than is written, or none.
Expected<std::string> PreviewPath(const TextTemplate& path, const Case& test_case, const Row* row);

}  // namespace conform
