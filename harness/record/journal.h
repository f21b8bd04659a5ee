// The journal of a run: what a test found is written within moments, so that a run which is killed
// still leaves it.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_set>
#include <vector>

#include "base/error.h"
#include "base/redactor.h"
#include "record/judged_lists.h"
#include "record/run_record.h"

namespace conform {

/// What a finished test's line begins with; its JSON follows, then `}`.
inline constexpr std::string_view kJournalTestStart = "{\"test\":";

/// How long at most a line waits to be written with others.
inline constexpr std::chrono::milliseconds kJournalDelay{5};

/// The tests selected in this shard, in file order, as not_run.
struct PlannedTests {
  std::size_t count = 0;
  /// Called from several threads at once.
  std::function<TestRecord(std::size_t)> at;
};

/// JSON Lines: `{"format":2,"planned":2,"header":{…}}`; `{"planned":{…}}` for each planned test;
/// `{"begun":"suite.name"}` and `{"test":{…}}` as a test begins and has finished, before the first
/// that judged the same clauses `{"judged_list":{"KEY":[…]}}`; then `{"end":{"duration_us":…}}`,
/// with `secret_files` where there are. A line is written whole by one call, so that no other
/// process's death cuts it. Lines that come within kJournalDelay are written together. Safe to use
/// from several threads.
class Journal {
 public:
  /// Holds the journal that stands at `path`, or a new one. `redactor` outlives it and masks
  /// every line. Errors: the file cannot be made, or another run writes to it now.
  static Expected<std::unique_ptr<Journal>> Open(const std::filesystem::path& path,
                                                 const Redactor& redactor);
  ~Journal();
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;

  // Errors of all that write: the disk is full, or whatever else writing meets. The file then ends
  // with the line before; what was not written is kept, and a later call may succeed.

  /// Empties the file and writes the first lines. Call once. Before it, and where it fails, nothing
  /// else is to be called but BeginSoon and LineOf.
  Expected<void> WritePlan(const RunHeader& header, const PlannedTests& planned);
  /// Writes that the test begins, and what was appended before.
  Expected<void> Begin(std::string_view test_id);
  /// Has it written within kJournalDelay, or behind the plan where that is not written yet, and
  /// never where it could not be. Where a later write failed, this is Begin.
  Expected<void> BeginSoon(std::string_view test_id);
  /// A test's line; what of it is not masked yet is masked. It is made where the test ran, so that
  /// who appends it need not. It names what the test judged by the key of `judged`, or, where that
  /// is null, tells it.
  std::string LineOf(const TestRecord& test, const JudgedLists::Text* judged = nullptr) const;
  /// Says where the test's JSON will stand once it is written. `judged` is the list that the line
  /// names, or null.
  JournalPlace Append(std::string_view line, const JudgedLists::Text* judged = nullptr);
  /// Writes what was appended, now.
  Expected<void> Flush();
  /// Writes the end mark: `secret_files` stands for the header's, which was made before all secrets
  /// were known. Call once, last.
  Expected<void> Finish(std::chrono::microseconds duration,
                        const std::vector<std::string>& secret_files = {});

  /// Whether what stands there was written.
  bool Holds(const JournalPlace& place) const { return place.offset + place.bytes <= written_; }

 private:
  Journal(std::filesystem::path path, int descriptor, const Redactor& redactor);
  Expected<void> WriteHeader(const RunHeader& header, std::size_t planned);
  Expected<void> AppendPlanned(const PlannedTests& planned);
  std::string BegunLine(std::string_view test_id) const;
  std::uint64_t Add(std::string_view masked);
  Expected<void> Write(std::string_view masked);
  Expected<void> WriteThrough(std::uint64_t end);
  void WriteWhatWaits();

  std::filesystem::path path_;
  int descriptor_ = -1;
  const Redactor& redactor_;
  std::mutex mutex_;        ///< of what is below; held for moments only.
  std::string waiting_;     ///< lines that are not written yet.
  std::uint64_t size_ = 0;  ///< of the file, with what waits.
  bool is_planned_ = false;
  std::string before_plan_;  ///< lines that wait for the plan.
  std::unordered_set<const JudgedLists::Text*> told_lists_;
  bool has_writer_ = false;            ///< somebody writes what waits; it ends once this is false.
  std::condition_variable something_;  ///< waits, or there shall be no writer any more.
  std::mutex writing_;                 ///< of the file and what is below; taken before mutex_.
  std::string lines_;                  ///< empty, with the room of what was written last.
  std::atomic<std::uint64_t> written_{0};  ///< bytes of the file.
  std::vector<std::thread> writer_;        ///< one, or none where none was to be had.
};

/// Whether a run writes to the journal at `path` now. Not to be asked of one that has its end mark:
/// a run that begins there just then would take the question for another run.
bool IsBeingWritten(const std::filesystem::path& path);

/// Reads a journal into a record: tests once each (Population), those that were planned and did
/// not finish as not_run, with whether they had begun. Without an end mark `complete` is false, and
/// the duration runs to the end of the test that finished last. Of a large journal only the first
/// exchanges are held with their attempts. A last line that is cut is passed over. Errors (path and
/// line first): no such file, no whole header or plan, a line that is no line of a journal.
Expected<RunRecord> ReadJournal(const std::filesystem::path& path);

}  // namespace conform
