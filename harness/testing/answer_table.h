// The table of answers in testdata/answers/: what the strict reader and others make of each.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "exchange/response_reader.h"

namespace conform {

struct AnswerRow {
  std::string name;
  std::string bytes;
  std::string method = "GET";
  bool open = false;  ///< the server does not close behind the answer.
  Bounds bounds;
  std::string state;  ///< header, body, complete or broken.
  int status = 0;     ///< 0: none was understood.
  std::string body;
  std::optional<std::string> decoded;  ///< where it is another text than `body`.
  std::vector<std::string> observations;
  std::string h11;     ///< accept or reject; empty: not asked, as it depends on a bound of ours.
  std::string curl;    ///< likewise.
  std::string reason;  ///< why we differ from one or both, with the RFC's section.
};

/// Every row of every file there, sorted by file. In `bytes`, `body` and `decoded` line ends of the
/// file count for nothing, and `\r \n \t \0 \\ \xNN` stand for bytes. Errors: what is wrong with
/// the first bad file.
Expected<std::vector<AnswerRow>> LoadAnswerTable(const std::filesystem::path& folder);

std::string_view NameOf(ResponseReader::State state);

}  // namespace conform
