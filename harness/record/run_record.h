// Everything a report may know of a run. Made redacted: no secret enters it.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "record/exchange_record.h"
#include "record/run_header.h"
#include "verdict/verdict.h"

namespace conform {

/// A step of a test, in the order written.
struct StepRecord {
  std::string name;
  std::string does;      ///< `request`, or `wait 5m`.
  bool cleanup = false;  ///< stands under `finally`.
  bool done = false;     ///< was sent, or waited out.
  std::string note;      ///< why it was not done; else empty.
};

/// Where a test's JSON stands in the journal; no bytes: it does not.
struct JournalPlace {
  std::uint64_t offset = 0;
  std::uint64_t bytes = 0;
};

struct TestRecord {
  std::string suite;
  std::string name;
  int position = 0;  ///< among the tests selected in its shard, in file order, from 0.
  std::string case_id;
  std::string title;
  std::string operation;
  std::string edition;
  std::string path;  ///< of the case file, as shown.
  int line = 0;
  std::string identity;         ///< who asks.
  std::string expects_success;  ///< the operation whose success it expects; else empty.
  Verdict verdict;
  bool flaky = false;             ///< an answer came only by asking again.
  std::vector<StepRecord> steps;  ///< none in the single-request form.
  std::vector<ExchangeRecord> exchanges;
  std::chrono::system_clock::time_point started;
  std::chrono::microseconds duration{0};

  // No part of what reports show:

  JournalPlace in_journal;
  /// Redactor::CountKnown when it was masked; nothing where some of it is not masked.
  std::optional<std::uint32_t> masked_of;

  std::string Id() const { return suite + "." + name; }
};

/// Each takes a place of its own on the heap, where a large run has room that its cases left; a
/// vector would need new memory for all.
using TestRecords = std::deque<TestRecord>;

struct RunRecord {
  RunHeader header;
  TestRecords tests;  ///< in the order run; what did not run follows as not_run.
  std::chrono::microseconds duration{0};
  /// The same of all lines of its journal, where those were looked through at the end.
  std::optional<std::uint32_t> journal_masked_of;
  bool complete = true;  ///< false where it was read from the journal of a run that was killed.
};

}  // namespace conform
