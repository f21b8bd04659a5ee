#include "case/row_file.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <unordered_set>

#include "base/json_text.h"
#include "base/nearest_name.h"
#include "base/utf8.h"
#include "case/case_context.h"
#include "case/csv_reader.h"

namespace conform {
namespace {

/// What a reader has passed: nlohmann/json tells no place but of a mistake, and no number as
/// written.
struct ReadPlace {
  int line = 1;
  std::string number;  ///< the last, or what looks like one in a text.
  int number_line = 1;
  bool in_number = false;

  void Pass(char c) {
    constexpr std::string_view kOfNumbers = "+-.0123456789Ee";
    if (c == '\n') ++line;
    const bool of_number = kOfNumbers.find(c) != std::string_view::npos;
    if (of_number && !in_number) {
      number.clear();
      number_line = line;
    }
    if (of_number) number += c;
    in_number = of_number;
  }
};

/// Takes the rows of a file as they come and checks their names.
class RowSink {
 public:
  RowSink(std::string path, const std::string& name_column, Case& loaded, Diagnostics& diagnostics)
      : path_(std::move(path)),
        name_column_(name_column),
        loaded_(loaded),
        diagnostics_(diagnostics) {}

  void Complain(int line, std::string message, std::string advice = "") {
    diagnostics_.AddFile(fmt::format("{}:{}", path_, line), std::move(message), std::move(advice));
  }

  void ComplainOfNumber(const ReadPlace& place) {
    Complain(place.number_line, TellUnheldNumber(place.number), std::string(kUnheldNumberAdvice));
  }

  /// False where two have one name, or none of them names the rows.
  bool SetColumns(std::vector<std::string> columns, int line) {
    loaded_.columns = std::move(columns);
    const auto& known = loaded_.columns;
    for (auto each = known.begin(); each != known.end(); ++each) {
      if (std::find(known.begin(), each, *each) == each) continue;
      Complain(line, fmt::format("two columns are named '{}'", *each), "give one another name");
      return false;
    }
    const auto found = std::find(known.begin(), known.end(), name_column_);
    name_index_ = static_cast<std::size_t>(found - known.begin());
    if (found != known.end()) return true;
    // As a spreadsheet saves it where a comma stands in numbers.
    const bool joined =
        known.size() == 1 && known.front().find_first_of(";\t") != std::string::npos;
    Complain(line,
             fmt::format("there is no column '{}' to name the rows, but '{}'", name_column_,
                         ShowLine(fmt::format("{}", fmt::join(known, "', '")))),
             joined ? "write commas between the cells"
                    : DidYouMean(name_column_, {known.begin(), known.end()}));
    return false;
  }

  /// `values` has one of each column.
  void Take(std::vector<nlohmann::json> values, int line) {
    const nlohmann::json& cell = values[name_index_];
    std::string name = cell.is_string() ? cell.get<std::string>() : cell.dump();
    if (!IsTestName(name)) {
      Complain(line, fmt::format("'{}' cannot name a row", name),
               "use lower-case letters, digits and underscores");
    } else if (!names_.insert(name).second) {
      Complain(line, fmt::format("two rows are named '{}'", name));
    }
    loaded_.rows.push_back({std::move(name), std::move(values), {line, 1, 1}});
  }

 private:
  std::string path_;
  const std::string& name_column_;
  Case& loaded_;
  Diagnostics& diagnostics_;
  std::size_t name_index_ = 0;
  std::unordered_set<std::string> names_;
};

void ReadCsv(std::istream& input, RowSink& sink, const Case& loaded) {
  CsvReader reader(input);
  std::vector<std::string> cells;
  for (bool first = true;; first = false) {
    const Expected<bool> read = reader.Next(cells);
    if (!read) sink.Complain(reader.line(), read.error().message);
    if (!read) return;
    if (!*read && first) sink.Complain(1, "the file is empty", "begin with the columns' names");
    if (!*read) return;
    if (first && cells.front().rfind("\xEF\xBB\xBF", 0) == 0) cells.front().erase(0, 3);
    if (std::any_of(cells.begin(), cells.end(),
                    [](const std::string& cell) { return FindMalformedUtf8(cell).has_value(); })) {
      sink.Complain(reader.line(), "is not UTF-8 text", "save it as UTF-8");
      return;
    }
    if (first && !sink.SetColumns(cells, reader.line())) return;
    if (first) continue;
    if (cells.size() == 1 && cells.front().empty()) {
      sink.Complain(reader.line(), "the line is empty", "take it out");
      continue;
    }
    if (cells.size() != loaded.columns.size()) {
      sink.Complain(reader.line(), fmt::format("the row has {} cells, not {}", cells.size(),
                                               loaded.columns.size()));
      continue;
    }
    sink.Take({std::make_move_iterator(cells.begin()), std::make_move_iterator(cells.end())},
              reader.line());
  }
}

/// Reads a stream's bytes and notes what it passed.
class PlaceKeeper {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = char;

  PlaceKeeper() = default;
  PlaceKeeper(std::istream& input, ReadPlace& place) : each_(input), place_(&place) {}

  char operator*() const { return *each_; }
  PlaceKeeper& operator++() {
    place_->Pass(*each_);
    ++each_;
    return *this;
  }
  PlaceKeeper operator++(int) {
    PlaceKeeper before = *this;
    ++*this;
    return before;
  }
  bool operator==(const PlaceKeeper& other) const { return each_ == other.each_; }
  bool operator!=(const PlaceKeeper& other) const { return !(*this == other); }

 private:
  std::istreambuf_iterator<char> each_;
  ReadPlace* place_ = nullptr;
};

/// Takes each object of the list as soon as it is whole.
class RowParser {
 public:
  RowParser(RowSink& sink, const Case& loaded, const ReadPlace& place)
      : sink_(sink), loaded_(loaded), line_(place.line), place_(place) {}

  /// nlohmann/json's callback: false drops the value.
  bool operator()(int depth, nlohmann::json::parse_event_t event, nlohmann::json& parsed) {
    using Event = nlohmann::json::parse_event_t;
    constexpr int kMostLevels = 100;
    if (depth >= kMostLevels && (event == Event::array_start || event == Event::object_start)) {
      if (!ended_) {
        sink_.Complain(line_, fmt::format("the row has more than {} levels", kMostLevels));
      }
      ended_ = true;
      return false;
    }
    if (event == Event::object_start) BeginObject(static_cast<std::size_t>(depth));
    if (event == Event::value && parsed.is_number_float()) CheckNumber();
    if (event == Event::key) TakeName(static_cast<std::size_t>(depth), parsed);
    if (depth == 0 && event == Event::array_start) is_list_ = true;
    if (depth != 1 || !is_list_) return true;
    if (event == Event::object_start) began_ = line_;
    if (event == Event::array_end || event == Event::value) {
      sink_.Complain(line_, "a row must be an object");
      return false;
    }
    if (event != Event::object_end) return true;
    if (!ended_) TakeRow(parsed);
    return false;
  }

  bool is_list() const { return is_list_; }

 private:
  /// Its members' names come one level deeper.
  void BeginObject(std::size_t depth) {
    if (names_.size() < depth + 2) names_.resize(depth + 2);
    names_[depth + 1] = {};  // clear() costs as much as the largest one that it held
  }

  void TakeName(std::size_t depth, const nlohmann::json& name) {
    const auto& text = name.get_ref<const std::string&>();
    if (depth >= names_.size() || names_[depth].insert(text).second) return;
    sink_.Complain(line_, fmt::format("'{}' stands twice in one object", ShowLine(text)),
                   "give one another name");
  }

  /// Of a real one: a whole one of 64 bits is none.
  void CheckNumber() {
    if (place_.number.find_first_of(".eE") != std::string::npos) return;
    sink_.ComplainOfNumber(place_);
  }

  void TakeRow(nlohmann::json& row) {
    if (first_) {
      std::vector<std::string> columns;
      for (const auto& [name, unused] : row.items()) columns.push_back(name);
      ended_ = !sink_.SetColumns(std::move(columns), began_);
      first_ = false;
      if (ended_) return;
    }
    std::vector<nlohmann::json> values;
    for (const std::string& column : loaded_.columns) {
      const auto found = row.find(column);
      if (found == row.end()) {
        sink_.Complain(began_, fmt::format("the row has no '{}'", column),
                       "every row has the same members");
        return;
      }
      values.push_back(std::move(*found));
    }
    if (row.size() > loaded_.columns.size()) {
      sink_.Complain(began_, "the row has more members than the first",
                     "every row has the same members");
    }
    sink_.Take(std::move(values), began_);
  }

  RowSink& sink_;
  const Case& loaded_;
  const int& line_;
  const ReadPlace& place_;
  std::vector<std::unordered_set<std::string>> names_;  ///< of each object that is open.
  int began_ = 1;
  bool first_ = true;
  bool is_list_ = false;
  bool ended_ = false;
};

void ReadJson(std::istream& input, RowSink& sink, const Case& loaded) {
  ReadPlace place;
  RowParser parser(sink, loaded, place);
  try {
    const auto unused = nlohmann::json::parse(JsonBytes(PlaceKeeper(input, place)),
                                              JsonBytes(PlaceKeeper()), std::ref(parser));
    if (!parser.is_list()) sink.Complain(1, "the file must be a list of objects");
  } catch (const nlohmann::json::out_of_range&) {
    sink.ComplainOfNumber(place);
  } catch (const nlohmann::json::exception&) {
    sink.Complain(place.line, "the file is no JSON from here on");
  }
}

}  // namespace

void LoadRowFile(const std::filesystem::path& file, const std::string& name_column, Case& loaded,
                 Diagnostics& diagnostics) {
  const std::size_t before = diagnostics.errors();
  loaded.rows_path = file.string();
  std::ifstream input(file, std::ios::binary);
  RowSink sink(loaded.rows_path, name_column, loaded, diagnostics);
  if (file.extension() == ".json") {
    ReadJson(input, sink, loaded);
  } else {
    ReadCsv(input, sink, loaded);
  }
  if (loaded.rows.empty() && diagnostics.errors() == before) {
    diagnostics.AddFile(loaded.rows_path, "holds no rows");
  }
  loaded.rows.shrink_to_fit();
}

}  // namespace conform
