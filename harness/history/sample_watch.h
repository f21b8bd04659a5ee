// A series of daily runs that is watched, for tests.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "history/sample_kept_run.h"
#include "history/watch.h"

namespace conform {

/// A run's test of that index.
inline KeptTest& Of(KeptRun& run, std::size_t index) { return run.tests[index]; }

/// A page that says `text`, which is its digest, too; empty: it could not be read.
inline WatchedPage SamplePage(const std::string& address, const std::string& text,
                              const std::string& trouble = "") {
  return {
      address, {text, "", "", {text, {}}}, trouble, [](const PageTexts& was, const PageTexts& is) {
        return was.page + " -> " + is.page;
      }};
}

class WatchRunTest : public testing::Test {
 protected:
  WatchRunTest()
      : path_(std::filesystem::path(testing::TempDir()) /
              ("watch_run." + std::to_string(::getpid()))) {
    for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(path_.string() + end);
    file_ = *HistoryFile::Open(path_);
    store_.emplace(*file_);
  }
  ~WatchRunTest() override {
    for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(path_.string() + end);
  }

  /// What the next day's run tells.
  std::string Next(const std::function<void(KeptRun&)>& change = {},
                   const std::vector<WatchedPage>& pages = {}, int confirm = 1) {
    KeptRun run = SampleKeptRun(day_++);
    if (change) change(run);
    if (const auto watched = CheckIsWatched(*store_, run); !watched) return watched.error().message;
    const auto result = WatchRun(*store_, run, pages, confirm);
    if (!result) return result.error().message;
    std::string told = result->first ? "first\n" : "";
    for (const Alarm& alarm : result->alarms) told += RenderAlarm(alarm) + "\n";
    if (result->pending > 0) told += "pending " + std::to_string(result->pending) + "\n";
    if (!result->untold.empty()) told += "untold: " + result->untold + "\n";
    for (const std::string& each : result->broken) told += "still " + each + "\n";
    return told;
  }

  std::filesystem::path path_;
  std::unique_ptr<HistoryFile> file_;
  std::optional<WatchStore> store_;
  int day_ = 0;
};

}  // namespace conform
