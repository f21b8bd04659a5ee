#include "history/history_chain.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <charconv>
#include <set>

#include "base/digest.h"

namespace conform {
namespace {

/// Every column of an entry, each told by its length so that none runs into the next.
class EntryText {
 public:
  void Add(const std::string& column) {
    text_ += fmt::format("{}:", column.size());
    text_ += column;
  }
  std::string Digest() const { return Sha256Hex(text_); }

 private:
  std::string text_;
};

struct ChainLink {
  std::int64_t number;
  std::string sha256;
  std::string previous_sha256;
  std::string before_sha256;
  std::string entry_sha256;
};

std::vector<ChainLink> ReadLinks(SQLite::Database& database) {
  std::vector<ChainLink> links;
  SQLite::Statement query(database,
                          "SELECT number, sha256, previous_sha256, before_sha256, entry_sha256 "
                          "FROM run ORDER BY number");
  while (query.executeStep()) {
    links.push_back({query.getColumn(0).getInt64(), query.getColumn(1).getString(),
                     query.getColumn(2).getString(), query.getColumn(3).getString(),
                     query.getColumn(4).getString()});
  }
  return links;
}

/// The chain does not reach what is watched, nor an index.
Expected<void> CheckPages(HistoryFile& file) {
  const std::string told = file.database().execAndGet("PRAGMA integrity_check(1)").getString();
  if (told == "ok") return {};
  const std::string what = "database disk image is malformed: " + told.substr(told.rfind('\n') + 1);
  return tl::unexpected(file.Describe(SQLite::Exception(what, SQLITE_CORRUPT)));
}

void AddRows(SQLite::Statement& query, EntryText& text) {
  while (query.executeStep()) {
    for (int i = 0; i < query.getColumnCount(); ++i) text.Add(query.getColumn(i).getString());
  }
}

/// Numbers are given once and only the oldest runs are pruned, so none is missing.
void CheckNumbers(SQLite::Database& database, const std::vector<ChainLink>& links,
                  ChainCheck& check) {
  std::int64_t last = database.execAndGet("SELECT through FROM pruned").getInt64();
  for (const ChainLink& link : links) {
    if (link.number != last + 1) {
      check.broken.push_back(fmt::format("run {} was taken out", last + 1));
    }
    last = link.number;
  }
  const std::int64_t given =
      database.execAndGet("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'run'")
          .getInt64();
  if (given > last) check.broken.push_back(fmt::format("run {} was taken out", last + 1));
}

void CompareHead(SQLite::Database& database, const std::vector<ChainLink>& links,
                 const ChainHead& known, ChainCheck& check) {
  const auto found = std::find_if(links.begin(), links.end(),
                                  [&](const ChainLink& link) { return link.number == known.run; });
  if (found != links.end()) {
    if (found->entry_sha256 == known.sha256) return;
    check.broken.push_back(
        fmt::format("run {} is another than the one whose digest was kept: it, or a run before it, "
                    "was changed and the chain computed anew",
                    known.run));
    return;
  }
  if (known.run <= database.execAndGet("SELECT through FROM pruned").getInt64()) {
    check.untold = fmt::format(
        "run {} was pruned, so its digest cannot be compared; take a later run's", known.run);
  } else {
    check.broken.push_back(fmt::format("run {}, whose digest was kept, is gone", known.run));
  }
}

}  // namespace

std::string RenderHead(const ChainHead& head) {
  return fmt::format("{}:{}", head.run, head.sha256);
}

std::optional<ChainHead> ParseHead(std::string_view text) {
  constexpr std::size_t kDigits = 64;
  ChainHead head;
  const char* const end = text.data() + text.size();
  const auto [colon, failed] = std::from_chars(text.data(), end, head.run);
  if (failed != std::errc() || colon == end || *colon != ':' || head.run < 1) return std::nullopt;
  head.sha256.assign(colon + 1, end);
  const bool digest = head.sha256.size() == kDigits &&
                      head.sha256.find_first_not_of("0123456789abcdef") == std::string::npos;
  return digest ? std::optional(std::move(head)) : std::nullopt;
}

Expected<std::optional<ChainHead>> FindHead(HistoryFile& file) {
  return file.Try([&]() -> Expected<std::optional<ChainHead>> {
    SQLite::Statement query(file.database(),
                            "SELECT number, entry_sha256 FROM run ORDER BY number DESC LIMIT 1");
    if (!query.executeStep()) return std::optional<ChainHead>();
    return std::optional(ChainHead{query.getColumn(0).getInt64(), query.getColumn(1).getString()});
  });
}

std::string DigestEntry(SQLite::Database& database, std::int64_t run) {
  EntryText text;
  SQLite::Statement header(
      database,
      "SELECT number, series, started_us, header, sha256, previous_sha256, before_sha256 FROM run "
      "WHERE number = ?");
  header.bind(1, run);
  AddRows(header, text);
  SQLite::Statement results(
      database,
      "SELECT result.position, test.name, test.case_id, outcome, fact.text, durations FROM result "
      "JOIN test ON test.id = result.test JOIN fact ON fact.id = result.fact WHERE run = ? ORDER "
      "BY position");
  results.bind(1, run);
  AddRows(results, text);
  return text.Digest();
}

Expected<ChainCheck> CheckChain(HistoryFile& file, const std::optional<ChainHead>& known) {
  return file.Try([&]() -> Expected<ChainCheck> {
    SQLite::Database& database = file.database();
    const SQLite::Transaction reading(database);
    if (auto whole = CheckPages(file); !whole) return tl::unexpected(whole.error());
    ChainCheck check;
    std::set<std::string> records;
    const std::vector<ChainLink> links = ReadLinks(database);
    check.runs = links.size();
    if (!links.empty()) check.head = ChainHead{links.back().number, links.back().entry_sha256};
    CheckNumbers(database, links, check);
    if (known) CompareHead(database, links, *known, check);
    for (std::size_t i = 0; i < links.size(); ++i) {
      const ChainLink& link = links[i];
      const bool follows = i == 0 || link.before_sha256 == links[i - 1].entry_sha256;
      if (!follows || DigestEntry(database, link.number) != link.entry_sha256) {
        check.broken.push_back(fmt::format("run {} was changed after it was kept", link.number));
      }
      if (!link.previous_sha256.empty() && records.count(link.previous_sha256) == 0) {
        check.gaps.push_back(fmt::format("run {} followed a record {}… that is not in this history",
                                         link.number, link.previous_sha256.substr(0, 12)));
      }
      records.insert(link.sha256);
    }
    return check;
  });
}

}  // namespace conform
