#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <system_error>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/utf8.h"
#include "record/evidence_reader.h"
#include "record/journal.h"
#include "record/json_reader.h"
#include "record/judged_lists.h"
#include "record/judged_table.h"
#include "record/population.h"
#include "record/run_record_json.h"

namespace conform {
namespace {

constexpr std::string_view kEndedBefore = "the run ended before it";
constexpr std::string_view kUnderWay = "it was under way when the run ended";

/// An error inside the member `pointer` of a line.
tl::unexpected<Error> FailIn(std::string_view pointer, const Error& error) {
  return Fail(
      fmt::format("{}{}{}", pointer, error.message.starts_with('/') ? "" : ": ", error.message));
}

/// Builds a record from one line after the other.
class JournalReader {
 public:
  /// `offset`: where the line begins in the file.
  Expected<void> ReadLine(const std::string& line, std::uint64_t offset) {
    auto parsed = ParseJson(line);
    if (!parsed) return tl::unexpected(parsed.error());
    if (ended_) return Fail("a line after the end mark");
    if (!parsed->is_object()) return Fail("no line of a journal");
    if (!has_header_) return ReadHeader(*parsed);
    if (parsed->size() == 1) {
      const std::string& key = parsed->begin().key();
      const nlohmann::json& value = parsed->begin().value();
      if (key == "planned") return ReadPlanned(value);
      if (key == "begun") return ReadBegun(value);
      if (key == "end") return ReadEnd(value);
      if (key == "test") return ReadTest(value, PlaceOf(line, offset));
      if (key == "judged_list") return ReadJudged(value);
    }
    return Fail(
        "neither a test, planned, begun or finished, nor a list of what was judged, nor the end "
        "mark");
  }

  /// Header and plan, without which no report can tell what did not run.
  bool is_begun() const { return has_header_ && planned_.size() == planned_count_; }

  RunRecord TakeRecord() {
    record_.complete = ended_;
    if (!ended_) record_.duration = last_end_;
    AppendNotRun(
        planned_.size(), [this](std::size_t i) { return std::move(planned_[i]); }, record_.tests);
    return std::move(record_);
  }

 private:
  Expected<void> ReadHeader(const nlohmann::json& line) {
    if (auto known = RequireRecordFormat(line); !known) return known;
    if (line.size() != 3 || !line.contains("header") || !line.contains("planned")) {
      return Fail("no header of a journal");
    }
    JsonReader reader;
    reader.Enter("planned");
    if (!reader.Read(line["planned"], planned_count_)) return Fail(reader.error());
    auto header = ReadRunHeader(line["header"]);
    if (!header) return FailIn("/header", header.error());
    record_.header = *std::move(header);
    has_header_ = true;
    return {};
  }

  Expected<void> ReadPlanned(const nlohmann::json& value) {
    auto test = ReadTestRecord(value);
    if (!test) return FailIn("/planned", test.error());
    test->verdict.reason = kEndedBefore;
    places_.emplace(test->Id(), planned_.size());
    planned_.push_back(*std::move(test));
    return {};
  }

  Expected<void> ReadBegun(const nlohmann::json& value) {
    JsonReader reader;
    reader.Enter("begun");
    std::string id;
    if (!reader.Read(value, id)) return Fail(reader.error());
    if (const auto place = places_.find(id); place != places_.end()) {
      planned_[place->second].verdict.reason = kUnderWay;
    }
    return {};
  }

  /// None where another program wrote the line. Tools that copy texts leave blanks at its end.
  static JournalPlace PlaceOf(std::string_view line, std::uint64_t offset) {
    if (!line.starts_with(kJournalTestStart)) return {};
    const std::size_t brace = line.find_last_of('}');
    return {offset + kJournalTestStart.size(), brace - kJournalTestStart.size()};
  }

  Expected<void> ReadTest(const nlohmann::json& value, const JournalPlace& place) {
    auto test = ReadTestRecord(value, &judged_);
    if (!test) return FailIn("/test", test.error());
    if (judged_.IsOpen()) {
      return Fail(fmt::format("/test/verdict/judged: no line before tells the list \"{}\"",
                              ShowLine(judged_.FindMissing(), 60)));
    }
    test->in_journal = place;
    const auto end = test->started + test->duration - record_.header.started;
    last_end_ = std::max(last_end_, std::chrono::duration_cast<std::chrono::microseconds>(end));
    if (!population_.Wants(*test)) return {};
    lists_.Share(test->verdict);
    evidence_.Hold(*test);
    population_.Add(*std::move(test));
    return {};
  }

  Expected<void> ReadJudged(const nlohmann::json& value) {
    if (!value.is_object()) return Fail("/judged_list: must be an object");
    for (const auto& [key, list] : value.items()) {
      auto clauses = ReadJudgedList(list);
      if (!clauses) return FailIn("/judged_list", clauses.error());
      if (!judged_.Add(key, *std::move(clauses))) {
        return Fail(fmt::format("/judged_list: \"{}\" came before", ShowLine(key, 60)));
      }
    }
    return {};
  }

  bool ReadSecretFiles(const nlohmann::json& value, JsonReader& reader) {
    reader.Enter("secret_files");
    if (!reader.RequireArray(value)) return false;
    std::vector<std::string> paths;
    for (const nlohmann::json& each : value) {
      if (!reader.Read(each, paths.emplace_back())) return false;
    }
    record_.header.secret_files = std::move(paths);
    reader.Leave();
    return true;
  }

  Expected<void> ReadEnd(const nlohmann::json& value) {
    JsonReader reader;
    reader.Enter("end");
    if (!reader.RequireObject(value)) return Fail(reader.error());
    const bool finds = value.contains("secret_files");
    if (value.size() != (finds ? 2U : 1U) || !value.contains("duration_us")) {
      reader.Fail("must hold \"duration_us\", and besides \"secret_files\" alone");
      return Fail(reader.error());
    }
    if (finds && !ReadSecretFiles(value["secret_files"], reader)) return Fail(reader.error());
    reader.Enter("duration_us");
    if (!reader.Read(value["duration_us"], record_.duration)) return Fail(reader.error());
    ended_ = true;
    return {};
  }

  RunRecord record_;
  Population population_{record_.tests};
  std::chrono::microseconds last_end_{0};  ///< of a test, since the run began.
  std::uint64_t planned_count_ = 0;
  std::vector<TestRecord> planned_;
  std::unordered_map<std::string, std::size_t> places_;  ///< in planned_, by id.
  JudgedLists lists_;
  JudgedTable judged_;
  EvidenceBound evidence_;
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
  std::uint64_t offset = 0;
  for (int number = 1; std::getline(file, line); ++number) {
    const bool cut = file.eof();  // no line end came: the run was stopped in the middle of it
    const auto read = reader.ReadLine(line, offset);
    offset += line.size() + 1;
    if (!read && !cut) {
      return Fail(fmt::format("{}:{}: {}", path.string(), number, read.error().message));
    }
  }
  if (file.bad()) return Fail(fmt::format("cannot read {} to its end", path.string()));
  if (!reader.is_begun()) {
    return Fail(fmt::format(
        "{}: no whole header and plan: the run ended before its plan was written", path.string()));
  }
  return reader.TakeRecord();
}

}  // namespace conform
