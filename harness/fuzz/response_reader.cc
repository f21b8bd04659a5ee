#include "exchange/response_reader.h"

#include <algorithm>
#include <array>
#include <string>

#include "fuzz/fuzz_target.h"

namespace conform {
namespace {

constexpr std::array<std::string_view, 4> kMethods = {"GET", "HEAD", "POST", "CONNECT"};

Bounds SmallBounds() {
  Bounds bounds;
  bounds.header_bytes = 4096;
  bounds.body_bytes = 65'536;
  return bounds;
}

/// Fed in pieces of `step` bytes.
std::string ReadInPieces(std::string_view bytes, std::string_view method, std::size_t step) {
  ResponseReader reader(method, SmallBounds());
  for (std::size_t i = 0; i < bytes.size(); i += step) (void)reader.Feed(bytes.substr(i, step));
  (void)reader.FinishAtClose();
  std::string told = std::to_string(static_cast<int>(reader.state()));
  if (reader.has_status()) told += " " + std::to_string(reader.response().status);
  for (const Observation& each : reader.observations()) told += " " + std::string(each.name);
  return told;
}

}  // namespace

void FuzzResponseReader(std::string_view bytes) {
  if (bytes.empty()) return;
  const auto choice = static_cast<unsigned char>(bytes.front());
  const std::string_view method = kMethods[choice % kMethods.size()];
  bytes.remove_prefix(1);
  const std::string whole = ReadInPieces(bytes, method, std::max<std::size_t>(1, bytes.size()));
  // However the bytes come, the answer is one.
  Promise(ReadInPieces(bytes, method, 1 + choice / kMethods.size()) == whole);
}

}  // namespace conform
