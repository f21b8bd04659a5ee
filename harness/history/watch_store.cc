#include "history/watch_store.h"

namespace conform {
namespace {

void Put(SQLite::Database& database, const std::string& series,
         const std::pair<std::string, std::string>& key, const WatchedState& state) {
  SQLite::Statement put(
      database,
      "INSERT OR REPLACE INTO watched (series, subject, place, state) VALUES (?, ?, ?, ?)");
  put.bind(1, series);
  put.bind(2, key.first);
  put.bind(3, key.second);
  put.bind(4, WriteWatchedState(state));
  put.exec();
}

void Drop(SQLite::Database& database, const std::string& series,
          const std::pair<std::string, std::string>& key) {
  SQLite::Statement drop(database,
                         "DELETE FROM watched WHERE series = ? AND subject = ? AND place = ?");
  drop.bind(1, series);
  drop.bind(2, key.first);
  drop.bind(3, key.second);
  drop.exec();
}

std::int64_t CountWatchedRuns(SQLite::Database& database, const std::string& series) {
  SQLite::Statement query(database, "SELECT runs FROM watch_count WHERE series = ?");
  query.bind(1, series);
  return query.executeStep() ? query.getColumn(0).getInt64() : 0;
}

Expected<WatchedStates> LoadStates(SQLite::Database& database, const std::string& series) {
  WatchedStates states;
  SQLite::Statement query(database, "SELECT subject, place, state FROM watched WHERE series = ?");
  query.bind(1, series);
  while (query.executeStep()) {
    auto state = ReadWatchedState(query.getColumn(2).getString());
    if (!state) return tl::unexpected(state.error());
    states[{query.getColumn(0).getString(), query.getColumn(1).getString()}] = *std::move(state);
  }
  return states;
}

/// Of a page itself; files that it includes have one.
constexpr const char* kOwnPath = "";

void PutText(SQLite::Database& database, const std::string& series, const std::string& address,
             const std::string& sha256, const std::string& path, const std::string& text) {
  SQLite::Statement put(database,
                        "INSERT OR REPLACE INTO page_text (series, address, sha256, path, text) "
                        "VALUES (?, ?, ?, ?, ?)");
  put.bind(1, series);
  put.bind(2, address);
  put.bind(3, sha256);
  put.bind(4, path);
  put.bind(5, text);
  put.exec();
}

std::optional<PageTexts> LoadTexts(SQLite::Database& database, const std::string& series,
                                   const std::string& address, const std::string& sha256) {
  SQLite::Statement query(database,
                          "SELECT path, text FROM page_text WHERE series = ? AND address = ? AND "
                          "sha256 = ? ORDER BY path");
  query.bind(1, series);
  query.bind(2, address);
  query.bind(3, sha256);
  std::optional<PageTexts> texts;
  while (query.executeStep()) {
    const std::string path = query.getColumn(0).getString();
    if (!texts) texts.emplace();
    (path == kOwnPath ? texts->page : texts->included[path]) = query.getColumn(1).getString();
  }
  return texts;
}

}  // namespace

Expected<WatchedStates> WatchStore::Load(const std::string& series) {
  return file_.Try([&] { return LoadStates(file_.database(), series); });
}

Expected<void> WatchStore::Update(
    const std::string& series,
    const std::function<Expected<void>(std::int64_t run, WatchedStates&)>& change) {
  return file_.Try([&]() -> Expected<void> {
    SQLite::Database& database = file_.database();
    SQLite::Transaction whole(database, SQLite::TransactionBehavior::IMMEDIATE);
    const auto before = LoadStates(database, series);
    if (!before) return tl::unexpected(before.error());
    const std::int64_t run = CountWatchedRuns(database, series) + 1;
    WatchedStates now = *before;
    if (auto changed = change(run, now); !changed) return changed;
    for (const auto& [key, state] : now) {
      const auto found = before->find(key);
      if (found == before->end() || !(found->second == state)) Put(database, series, key, state);
    }
    for (const auto& [key, state] : *before) {
      if (now.count(key) == 0) Drop(database, series, key);
    }
    SQLite::Statement count(database,
                            "INSERT OR REPLACE INTO watch_count (series, runs) VALUES (?, ?)");
    count.bind(1, series);
    count.bind(2, run);
    count.exec();
    whole.commit();
    return {};
  });
}

Expected<std::optional<KeptPage>> WatchStore::FindPage(const std::string& series,
                                                       const std::string& address) {
  return file_.Try([&]() -> Expected<std::optional<KeptPage>> {
    SQLite::Statement query(
        file_.database(),
        "SELECT sha256, etag, last_modified FROM page_read WHERE series = ? AND address = ?");
    query.bind(1, series);
    query.bind(2, address);
    if (!query.executeStep()) return std::nullopt;
    KeptPage page{query.getColumn(0).getString(),
                  query.getColumn(1).getString(),
                  query.getColumn(2).getString(),
                  {}};
    auto texts = LoadTexts(file_.database(), series, address, page.sha256);
    if (!texts) return std::nullopt;
    page.texts = *std::move(texts);
    return page;
  });
}

Expected<std::optional<PageTexts>> WatchStore::FindTexts(const std::string& series,
                                                         const std::string& address,
                                                         const std::string& sha256) {
  return file_.Try([&]() -> Expected<std::optional<PageTexts>> {
    return LoadTexts(file_.database(), series, address, sha256);
  });
}

Expected<void> WatchStore::SavePage(const std::string& series, const std::string& address,
                                    const KeptPage& page, const std::string& told) {
  return file_.Try([&]() -> Expected<void> {
    SQLite::Database& database = file_.database();
    SQLite::Statement put(database,
                          "INSERT OR REPLACE INTO page_read (series, address, sha256, etag, "
                          "last_modified) VALUES (?, ?, ?, ?, ?)");
    put.bind(1, series);
    put.bind(2, address);
    put.bind(3, page.sha256);
    put.bind(4, page.etag);
    put.bind(5, page.last_modified);
    put.exec();
    PutText(database, series, address, page.sha256, kOwnPath, page.texts.page);
    for (const auto& [path, text] : page.texts.included) {
      PutText(database, series, address, page.sha256, path, text);
    }
    SQLite::Statement forget(database,
                             "DELETE FROM page_text WHERE series = ? AND address = ? AND sha256 "
                             "NOT IN (?, ?)");
    forget.bind(1, series);
    forget.bind(2, address);
    forget.bind(3, page.sha256);
    forget.bind(4, told);
    forget.exec();
    return {};
  });
}

}  // namespace conform
