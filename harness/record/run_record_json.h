// Run records as JSON: reports/run.json and the lines of a journal.
#pragma once

#include <istream>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "record/run_record.h"

namespace conform {

class JudgedTable;

/// The number that `format` holds in a record and a journal. Since 2 a test may name what it judged
/// by a key; one of before is read, too, and another number is refused.
inline constexpr int kRecordFormat = 2;
inline constexpr int kOldestRecordFormat = 1;
/// The member of a record that holds lists of judged clauses by their keys.
inline constexpr std::string_view kJudgedListsKey = "judged_lists";

/// Appends it as one line of JSON, members in the order of record_fields.h. Times keep their
/// milliseconds, as every report shows them. Bytes that are no UTF-8 are written as ShowText shows
/// them; what else it escapes has a JSON escape.
void AppendJson(const RunHeader& header, std::string& text);
/// Where `judged_key` is not empty, what the test judged is told by it alone.
void AppendJson(const TestRecord& test, std::string& text, std::string_view judged_key = {});
void AppendJson(const SharedList<JudgedClause>& judged, std::string& text);

/// The same as values.
nlohmann::json ToJson(const RunHeader& header);
nlohmann::json ToJson(const TestRecord& test);
nlohmann::json ToJson(const RunRecord& record);

/// Strict: a member that is unknown, missing or of another kind is an Error that begins with its
/// JSON pointer, `/tests/3/verdict/outcome: "maybe" is no outcome: …`.
Expected<RunHeader> ReadRunHeader(const nlohmann::json& json);
/// A test that names what it judged by a key takes it of `judged`; where that is null, it is an
/// Error.
Expected<TestRecord> ReadTestRecord(const nlohmann::json& json, JudgedTable* judged = nullptr);
Expected<std::vector<JudgedClause>> ReadJudgedList(const nlohmann::json& json);
Expected<RunRecord> ReadRunRecord(const nlohmann::json& json);
/// The same of a text, of which a test at a time is held as JSON. Errors: also where it is no JSON
/// (says at which byte).
Expected<RunRecord> ReadRunRecord(std::istream& text);

/// Errors: no object, no `format`, or one that this conform does not read.
Expected<void> RequireRecordFormat(const nlohmann::json& json);

/// Errors: no JSON (says at which byte).
Expected<nlohmann::json> ParseJson(std::string_view text);

}  // namespace conform
