// What is watched, and pages as they were read last, in a history.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "history/history_file.h"
#include "history/watched_state.h"

namespace conform {

/// By what it is of (a test, the target, a page) and what of it.
using WatchedStates = std::map<std::pair<std::string, std::string>, WatchedState>;

/// What a page says, with the files that it includes by their paths.
struct PageTexts {
  std::string page;
  std::map<std::string, std::string> included;

  bool operator==(const PageTexts&) const = default;
};

/// A page as it was read, with what its server says of that version.
struct KeptPage {
  std::string sha256;  ///< of its texts.
  std::string etag;
  std::string last_modified;
  PageTexts texts;
};

/// `file` outlives it.
class WatchStore {
 public:
  explicit WatchStore(HistoryFile& file) : file_(file) {}

  /// What is watched of a series.
  Expected<WatchedStates> Load(const std::string& series);

  /// Gives `change` what is watched of a series, and the ordinal of the run that is now watched;
  /// keeps what becomes of it. All of it in one transaction, with what `change` writes itself: of
  /// two runs at once one comes second, and where `change` fails nothing is kept.
  Expected<void> Update(
      const std::string& series,
      const std::function<Expected<void>(std::int64_t run, WatchedStates&)>& change);

  /// As a series read it last.
  Expected<std::optional<KeptPage>> FindPage(const std::string& series, const std::string& address);
  /// Those of a version that a series still has.
  Expected<std::optional<PageTexts>> FindTexts(const std::string& series,
                                               const std::string& address,
                                               const std::string& sha256);
  /// As read last; of its other versions only that with the digest `told` is kept.
  Expected<void> SavePage(const std::string& series, const std::string& address,
                          const KeptPage& page, const std::string& told);

 private:
  HistoryFile& file_;
};

}  // namespace conform
