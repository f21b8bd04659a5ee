// What a step does besides one request and one answer: capture, poll, settle, follow.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "base/source_text.h"
#include "case/expectation.h"
#include "contract/status_set.h"

namespace conform {

/// `capture: {NAME: FROM}`: a value of the answer that later steps use as `${capture.NAME}`.
struct CaptureSpec {
  enum class From {
    kBody,    ///< a JSON pointer; the value keeps its type.
    kHeader,  ///< `headers.NAME`.
    kStatus,  ///< `status`, a number.
  };
  std::string name;
  From from = From::kBody;
  std::string source;   ///< pointer or field name.
  bool secret = false;  ///< masked everywhere from then on.
  Span span;            ///< of its name.
};

/// What a JSON pointer must hold.
struct PointerRule {
  std::string pointer;
  ValueRule value;
  Span span;
};

/// `until:` with `fail_if:`, `every:` and `for:`: asks again until all of `until` holds.
struct PollSpec {
  std::vector<PointerRule> until;
  std::vector<PointerRule> fail_if;  ///< any of them ends the asking at once.
  std::chrono::milliseconds every{0};
  std::chrono::milliseconds limit{0};
  Span span;  ///< of `until`.
};

/// `settle: {answers: [404], for: 2m}`: answers that are asked again just after a create.
struct SettleSpec {
  StatusSet answers;
  std::chrono::milliseconds every{1000};
  std::chrono::milliseconds limit{0};
  Span span;
};

/// `follow: {next: /pointer, max: 20}`: further pages, each judged as the first.
struct FollowSpec {
  std::string next;  ///< JSON pointer to the next page's address.
  int max_pages = 0;
  Span span;
};

}  // namespace conform
