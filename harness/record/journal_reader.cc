#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

#include "record/journal.h"
#include "record/json_reader.h"
#include "record/judged_lists.h"
#include "record/population.h"
#include "record/run_record_json.h"

namespace conform {
namespace {

constexpr std::string_view kEndedBefore = "the run ended before it";

/// An error inside the member `pointer` of a line.
tl::unexpected<Error> FailIn(std::string_view pointer, const Error& error) {
  return Fail(
      fmt::format("{}{}{}", pointer, error.message.starts_with('/') ? "" : ": ", error.message));
}

/// Builds a record from one line after the other.
class JournalReader {
 public:
  Expected<void> ReadLine(const std::string& line) {
    auto parsed = ParseJson(line);
    if (!parsed) return tl::unexpected(parsed.error());
    if (ended_) return Fail("a line after the end mark");
    if (!parsed->is_object()) return Fail("no line of a journal");
    if (!has_header_) return ReadHeader(*parsed);
    if (parsed->size() == 1 && parsed->contains("test")) return ReadTest((*parsed)["test"]);
    if (parsed->size() == 1 && parsed->contains("end")) return ReadEnd((*parsed)["end"]);
    return Fail("neither a test nor the end mark");
  }

  bool has_header() const { return has_header_; }

  RunRecord TakeRecord() {
    record_.complete = ended_;
    if (!ended_) record_.duration = TimeUntilLastTest();
    record_.tests = MergeRepeats(std::move(record_.tests));
    AppendNotRun(record_.header.planned, kEndedBefore, record_.tests);
    return std::move(record_);
  }

 private:
  Expected<void> ReadHeader(const nlohmann::json& line) {
    if (auto known = RequireRecordFormat(line); !known) return known;
    if (line.size() != 2 || !line.contains("header")) return Fail("no header of a journal");
    auto header = ReadRunHeader(line["header"]);
    if (!header) return FailIn("/header", header.error());
    record_.header = *std::move(header);
    has_header_ = true;
    return {};
  }

  Expected<void> ReadTest(const nlohmann::json& value) {
    auto test = ReadTestRecord(value);
    if (!test) return FailIn("/test", test.error());
    lists_.Share(test->verdict);
    record_.tests.push_back(*std::move(test));
    return {};
  }

  Expected<void> ReadEnd(const nlohmann::json& value) {
    JsonReader reader;
    reader.Enter("end");
    if (!reader.RequireObject(value)) return Fail(reader.error());
    if (value.size() != 1 || !value.contains("duration_us")) {
      reader.Fail("must hold \"duration_us\" alone");
      return Fail(reader.error());
    }
    reader.Enter("duration_us");
    if (!reader.Read(value["duration_us"], record_.duration)) return Fail(reader.error());
    ended_ = true;
    return {};
  }

  std::chrono::microseconds TimeUntilLastTest() const {
    std::chrono::microseconds longest{0};
    for (const TestRecord& test : record_.tests) {
      const auto end = test.started + test.duration - record_.header.started;
      longest = std::max(longest, std::chrono::duration_cast<std::chrono::microseconds>(end));
    }
    return longest;
  }

  RunRecord record_;
  JudgedLists lists_;
  bool has_header_ = false;
  bool ended_ = false;
};

}  // namespace

Expected<RunRecord> ReadJournal(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    return Fail(fmt::format("cannot read {}: {}; give the journal of a run, or its folder",
                            path.string(), std::generic_category().message(errno)));
  }
  JournalReader reader;
  std::string line;
  for (int number = 1; std::getline(file, line); ++number) {
    const bool cut = file.eof();  // no line end came: the run was stopped in the middle of it
    const auto read = reader.ReadLine(line);
    if (!read && !cut) {
      return Fail(fmt::format("{}:{}: {}", path.string(), number, read.error().message));
    }
  }
  if (file.bad()) return Fail(fmt::format("cannot read {} to its end", path.string()));
  if (!reader.has_header()) {
    return Fail(
        fmt::format("{}: no whole header: the run ended before its first test", path.string()));
  }
  return reader.TakeRecord();
}

}  // namespace conform
