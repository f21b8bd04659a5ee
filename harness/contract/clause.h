// One testable promise, with id, strength and source.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/source_text.h"

namespace conform {

/// How much a clause weighs when it is broken.
enum class Strength {
  kMust,     ///< the page says so, or a protocol MUST: breaking it fails.
  kShould,   ///< a protocol SHOULD: breaking it warns.
  kObserve,  ///< a MAY, or promised by nobody: recorded, never judged.
};

/// Who keeps or breaks a clause.
enum class Binds { kService, kClient, kTenant, kNobody };

std::string_view NameOf(Strength strength);
std::string_view NameOf(Binds binds);

/// Where a clause was read: a spec page (heading, sentence ids or lines, fingerprint), an API
/// description (document, version, pointer, fingerprint) or a standard (document and section).
struct ClauseSource {
  std::string heading;
  std::vector<std::string> sentences;
  std::vector<int> lines;   ///< 1-based, where the page has no sentence ids.
  std::string fingerprint;  ///< first 16 hex digits of the SHA-256 of the source text.
  std::string document;     ///< e.g. `RFC 9110`, `OData 4.01 JSON`, `Graph errors page`.
  std::string section;
  std::string version;  ///< of an API description.
  std::string pointer;  ///< RFC 6901, into an API description; empty for pages and standards.
};

/// `edition 2019-01, Response, sentence bbfb6-130`, `RFC 9110 §15.5.6`, or
/// `loans.yaml 1.2.0, /paths/~1loans/get`.
std::string Describe(const ClauseSource& source, std::string_view edition);

struct Clause {
  std::string id;
  std::string about;  ///< the fact it is about, e.g. `responses.204`; empty in a protocol set.
  Binds binds = Binds::kService;
  Strength strength = Strength::kMust;
  std::string says;      ///< in our words.
  std::string untested;  ///< why no test judges it; empty where one should.
  ClauseSource source;
  Span span;  ///< of its id in the file.
};

/// Whether a test must judge it: it binds the service and is no mere observation.
bool IsJudged(const Clause& clause);

}  // namespace conform
