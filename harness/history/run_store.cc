#include "history/run_store.h"

#include <fmt/format.h>

#include <limits>
#include <map>

#include "base/date.h"
#include "base/digest.h"
#include "history/history_chain.h"
#include "history/kept_run_json.h"

namespace conform {
namespace {

/// The number of a row that is made where it is not there yet.
std::int64_t IdOf(SQLite::Statement& insert, SQLite::Statement& find, const std::string& key,
                  const std::string& value) {
  find.reset();
  find.bind(1, key);
  if (find.executeStep()) return find.getColumn(0).getInt64();
  insert.reset();
  insert.bind(1, key);
  insert.bind(2, value);
  insert.executeStep();
  return insert.getColumn(0).getInt64();
}

std::int64_t AddHeader(SQLite::Database& database, const KeptRun& run) {
  SQLite::Statement insert(
      database,
      "INSERT INTO run (series, started_us, header, sha256, previous_sha256, before_sha256, "
      "entry_sha256) VALUES (?, ?, ?, ?, ?, coalesce((SELECT entry_sha256 FROM run ORDER BY number "
      "DESC LIMIT 1), ''), '')");
  insert.bind(1, run.Series());
  insert.bind(2, CountMicroseconds(run.started));
  insert.bind(3, WriteKeptHeader(run));
  insert.bind(4, run.sha256);
  insert.bind(5, run.previous_sha256);
  insert.exec();
  return database.getLastInsertRowid();
}

void AddResults(SQLite::Database& database, std::int64_t number, const KeptRun& run) {
  SQLite::Statement find_fact(database, "SELECT id FROM fact WHERE sha256 = ?");
  SQLite::Statement add_fact(database,
                             "INSERT INTO fact (sha256, text) VALUES (?, ?) RETURNING id");
  SQLite::Statement find_test(database, "SELECT id FROM test WHERE name = ?");
  SQLite::Statement add_test(database,
                             "INSERT INTO test (name, case_id) VALUES (?, ?) RETURNING id");
  SQLite::Statement add(
      database,
      "INSERT INTO result (run, position, test, outcome, fact, durations) VALUES (?, ?, ?, ?, ?, "
      "?)");
  std::int64_t position = 0;
  for (const KeptTest& test : run.tests) {
    const std::string facts = WriteKeptFacts(test);
    add.reset();
    add.bind(1, number);
    add.bind(2, position++);
    add.bind(3, IdOf(add_test, find_test, test.id, test.case_id));
    add.bind(4, std::string(NameOf(test.outcome)));
    add.bind(5, IdOf(add_fact, find_fact, Sha256Hex(facts), facts));
    add.bind(6, WriteDurations(test.durations));
    add.exec();
  }
}

/// Of a row: test.name, test.case_id, outcome, fact.text, durations from that column on.
Expected<KeptTest> ReadResult(SQLite::Statement& row, int column) {
  Expected<KeptTest> test = ReadKeptFacts(row.getColumn(column + 3).getString());
  if (!test) return test;
  test->id = row.getColumn(column).getString();
  test->case_id = row.getColumn(column + 1).getString();
  test->outcome = FindOutcome(row.getColumn(column + 2).getString()).value_or(Outcome::kNotRun);
  test->durations = ReadDurations(row.getColumn(column + 4).getString());
  return test;
}

/// Of a row: number, started_us, header, sha256, previous_sha256.
Expected<KeptRun> ReadHeaderRow(SQLite::Statement& row) {
  Expected<KeptRun> run = ReadKeptHeader(row.getColumn(2).getString());
  if (!run) return run;
  run->number = row.getColumn(0).getInt64();
  run->started = TimeOfMicroseconds(row.getColumn(1).getInt64());
  run->sha256 = row.getColumn(3).getString();
  run->previous_sha256 = row.getColumn(4).getString();
  return run;
}

constexpr const char* kResultColumns = "test.name, test.case_id, outcome, fact.text, durations";
constexpr const char* kResultTables =
    "result JOIN test ON test.id = result.test JOIN fact ON fact.id = result.fact";

std::int64_t LimitOf(std::size_t limit) {
  constexpr auto kMost = static_cast<std::size_t>(std::numeric_limits<std::int64_t>::max());
  return static_cast<std::int64_t>(std::min(limit, kMost));
}

}  // namespace

Expected<std::int64_t> RunStore::Add(const KeptRun& run) {
  return file_.Try([&]() -> Expected<std::int64_t> {
    SQLite::Database& database = file_.database();
    SQLite::Transaction whole(database, SQLite::TransactionBehavior::IMMEDIATE);
    const std::int64_t number = AddHeader(database, run);
    AddResults(database, number, run);
    SQLite::Statement seal(database, "UPDATE run SET entry_sha256 = ? WHERE number = ?");
    seal.bind(1, DigestEntry(database, number));
    seal.bind(2, number);
    seal.exec();
    whole.commit();
    return number;
  });
}

Expected<std::vector<RunLine>> RunStore::List(std::size_t limit) {
  return file_.Try([&]() -> Expected<std::vector<RunLine>> {
    const SQLite::Transaction reading(file_.database());
    std::vector<RunLine> lines;
    SQLite::Statement runs(
        file_.database(),
        "SELECT * FROM (SELECT number, started_us, header, sha256, previous_sha256 FROM run ORDER "
        "BY number DESC LIMIT ?) ORDER BY number");
    runs.bind(1, LimitOf(limit));
    SQLite::Statement counts(file_.database(),
                             "SELECT outcome, count(*) FROM result WHERE run = ? GROUP BY outcome");
    while (runs.executeStep()) {
      Expected<KeptRun> run = ReadHeaderRow(runs);
      if (!run) return tl::unexpected(run.error());
      RunLine& line = lines.emplace_back();
      counts.reset();
      counts.bind(1, run->number);
      while (counts.executeStep()) {
        const auto outcome = FindOutcome(counts.getColumn(0).getString());
        if (outcome) line.counts[*outcome] = counts.getColumn(1).getUInt();
      }
      line.run = *std::move(run);
    }
    return lines;
  });
}

Expected<std::optional<std::int64_t>> RunStore::FindNewest(std::size_t back,
                                                           const std::string& series) {
  return file_.Try([&]() -> Expected<std::optional<std::int64_t>> {
    SQLite::Statement query(
        file_.database(),
        "SELECT number FROM run WHERE ?1 = '' OR series = ?1 ORDER BY number DESC LIMIT 1 OFFSET "
        "?2");
    query.bind(1, series);
    query.bind(2, LimitOf(back));
    if (!query.executeStep()) return std::nullopt;
    return query.getColumn(0).getInt64();
  });
}

Expected<std::vector<std::string>> RunStore::ListSeries() {
  return file_.Try([&]() -> Expected<std::vector<std::string>> {
    std::vector<std::string> series;
    SQLite::Statement query(file_.database(),
                            "SELECT series FROM run GROUP BY series ORDER BY min(number)");
    while (query.executeStep()) series.push_back(query.getColumn(0).getString());
    return series;
  });
}

Expected<KeptRun> RunStore::Load(std::int64_t number) {
  return file_.Try([&]() -> Expected<KeptRun> {
    const SQLite::Transaction reading(file_.database());
    SQLite::Statement header(
        file_.database(),
        "SELECT number, started_us, header, sha256, previous_sha256 FROM run WHERE number = ?");
    header.bind(1, number);
    if (!header.executeStep()) {
      return Fail(fmt::format("{} has no run {}", file_.path().string(), number));
    }
    Expected<KeptRun> run = ReadHeaderRow(header);
    if (!run) return run;
    SQLite::Statement results(file_.database(),
                              fmt::format("SELECT {} FROM {} WHERE run = ? ORDER BY position",
                                          kResultColumns, kResultTables));
    results.bind(1, number);
    while (results.executeStep()) {
      Expected<KeptTest> test = ReadResult(results, 0);
      if (!test) return tl::unexpected(test.error());
      run->tests.push_back(*std::move(test));
    }
    return run;
  });
}

Expected<std::vector<CaseResult>> RunStore::ListCase(const std::string& name) {
  return file_.Try([&]() -> Expected<std::vector<CaseResult>> {
    std::vector<CaseResult> results;
    std::map<std::string, std::string> shown;  // of each series, by its key
    SQLite::Statement query(
        file_.database(),
        fmt::format(
            "SELECT run.number, run.started_us, run.series, run.header, {} FROM {} JOIN run ON "
            "run.number = result.run WHERE test.case_id = ?1 OR test.name = ?1 ORDER BY "
            "run.number, position",
            kResultColumns, kResultTables));
    query.bind(1, name);
    while (query.executeStep()) {
      Expected<KeptTest> test = ReadResult(query, 4);
      if (!test) return tl::unexpected(test.error());
      const auto [series, is_new] = shown.try_emplace(query.getColumn(2).getString());
      if (is_new) {
        const Expected<KeptRun> run = ReadKeptHeader(query.getColumn(3).getString());
        if (!run) return tl::unexpected(run.error());
        series->second = run->ShownSeries();
      }
      CaseResult& result = results.emplace_back();
      result.run = query.getColumn(0).getInt64();
      result.started = TimeOfMicroseconds(query.getColumn(1).getInt64());
      result.series = series->second;
      result.test = test->id;
      result.kept = *std::move(test);
    }
    return results;
  });
}

Expected<std::size_t> RunStore::Prune(std::chrono::system_clock::time_point before,
                                      std::chrono::system_clock::time_point now) {
  return file_.Try([&]() -> Expected<std::size_t> {
    SQLite::Database& database = file_.database();
    SQLite::Transaction whole(database, SQLite::TransactionBehavior::IMMEDIATE);
    // Only from the oldest on: what is left is one chain.
    SQLite::Statement first(
        database,
        "SELECT coalesce((SELECT min(number) FROM run WHERE started_us >= ?1 AND (started_us <= ?2 "
        "OR number > coalesce((SELECT max(number) FROM run WHERE started_us <= ?2), 0))), (SELECT "
        "max(number) + 1 FROM run), 0)");
    first.bind(1, CountMicroseconds(before));
    first.bind(2, CountMicroseconds(now));
    first.executeStep();
    const std::int64_t kept = first.getColumn(0).getInt64();
    SQLite::Statement remove(database, "DELETE FROM run WHERE number < ?");
    remove.bind(1, kept);
    const int gone = remove.exec();
    if (gone > 0) {
      SQLite::Statement note(database, "UPDATE pruned SET through = ?");
      note.bind(1, kept - 1);
      note.exec();
    }
    database.exec("DELETE FROM fact WHERE id NOT IN (SELECT fact FROM result)");
    database.exec("DELETE FROM test WHERE id NOT IN (SELECT test FROM result)");
    whole.commit();
    return static_cast<std::size_t>(gone);
  });
}

}  // namespace conform
