#include "exchange/exchange.h"

#include <fmt/format.h>

#include <array>

#include "exchange/observation_names.h"

namespace conform {
namespace {

constexpr std::array<std::string_view, 10> kTroubleNames = {
    "lookup", "connect", "tls",   "send",      "timeout",
    "reset",  "closed",  "bound", "malformed", "proxy"};

constexpr std::string_view kBound = "_bound";

}  // namespace

std::string_view NameOf(TroubleKind kind) { return kTroubleNames[static_cast<std::size_t>(kind)]; }

std::string Describe(const Trouble& trouble) {
  if (trouble.advice.empty()) return trouble.text;
  // What an observation means is a sentence: the advice goes on from it.
  std::string_view text = trouble.text;
  if (text.ends_with('.')) text.remove_suffix(1);
  return fmt::format("{}; {}", text, trouble.advice);
}

bool WasSent(const Attempt& attempt) {
  if (!attempt.trouble || attempt.response) return true;
  return !attempt.remote_address.empty() && attempt.trouble->kind != TroubleKind::kSend;
}

std::string DescribeBoundHit(const std::vector<Observation>& observations) {
  for (const Observation& one : observations) {
    const std::size_t end = one.name.rfind(kBound);
    if (end == std::string_view::npos) continue;
    // Content is bounded alike as sent and decoded.
    const bool decoded = one.name == observed::kDecodedBytesBound;
    return fmt::format("{}: {}", decoded ? "body_bytes" : one.name.substr(0, end), one.detail);
  }
  return "";
}

std::string DescribeUnread(const std::vector<Observation>& observations) {
  for (const Observation& one : observations) {
    if (one.name != observed::kUnknownContentCoding) continue;
    return fmt::format("the content is coded as {}, which is not read here", one.detail);
  }
  const std::string hit = DescribeBoundHit(observations);
  return hit.empty() ? "the content is JSON that is not read: it nests too deep, a number is too "
                       "large, or half a surrogate pair is escaped"
                     : "the content was not read whole: " + hit;
}

}  // namespace conform
