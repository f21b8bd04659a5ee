// Exchanges that somebody else recorded, read from a HAR file (HTTP Archive 1.2).
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/fields.h"
#include "exchange/exchange.h"

namespace conform {

/// The largest recording read: an hour of a browser with all contents is a tenth of it.
inline constexpr std::size_t kMaxHarBytes = std::size_t{200} * 1024 * 1024;
inline constexpr std::size_t kMaxHarEntries = 100'000;
/// Call stacks, which browsers write beside an entry, nest deep.
inline constexpr std::size_t kMaxHarDepth = 2'000;

/// One entry as it stands there. What a tool left out is empty.
struct HarEntry {
  std::size_t index = 0;  ///< in /log/entries.
  int line = 0;           ///< on which it begins.
  std::string method;
  std::string url;
  Fields request_fields;  ///< without the pseudo-fields of HTTP/2.
  std::string request_body;
  int status = 0;  ///< 0: no answer came.
  std::string reason;
  std::string version;  ///< of the answer, as the tool spells it: `HTTP/1.1`, `h2`, `HTTP/2`.
  Fields response_fields;
  std::optional<std::string> content;  ///< without its content coding; nothing: not recorded.
  bool content_spoilt = false;         ///< `content` is its beginning alone, or spelt otherwise.
  std::uint64_t content_bytes = 0;     ///< as the recording says where it is spoilt.
  std::string trouble;                 ///< why no answer came, in the tool's words.
  bool from_cache = false;             ///< nothing crossed the wire.
  std::chrono::system_clock::time_point started;
  PhaseTimes times;
  std::string server_address;
};

/// Diagnostics: no JSON (with its place), or a member that is missing or of another kind (with its
/// JSON pointer); then nothing is returned. Members that HAR does not have are passed over.
std::vector<HarEntry> ReadHar(const std::shared_ptr<const SourceText>& source,
                              Diagnostics& diagnostics);

}  // namespace conform
