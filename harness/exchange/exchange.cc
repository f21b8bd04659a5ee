#include "exchange/exchange.h"

#include <array>

namespace conform {
namespace {

constexpr std::array<std::string_view, 9> kTroubleNames = {
    "lookup", "connect", "tls", "send", "timeout", "reset", "closed", "bound", "malformed"};

}  // namespace

std::string_view NameOf(TroubleKind kind) { return kTroubleNames[static_cast<std::size_t>(kind)]; }

}  // namespace conform
