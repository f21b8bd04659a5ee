// One request and its response with times and attempts; a fact, never judged.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "exchange/observation.h"
#include "exchange/request.h"
#include "exchange/response.h"
#include "exchange/tls_facts.h"

namespace conform {

/// Why no whole answer came. In plain words in Trouble::text.
enum class TroubleKind {
  kLookup,     ///< the host name is not known.
  kConnect,    ///< refused or unreachable.
  kTls,        ///< no secure connection.
  kSend,       ///< the connection broke while sending and nothing was answered.
  kTimeout,    ///< a time bound was hit.
  kReset,      ///< the peer broke the connection.
  kClosed,     ///< the peer closed before the answer was whole.
  kBound,      ///< a size bound was hit.
  kMalformed,  ///< what came is not HTTP; an observation says where.
  kProxy,      ///< the proxy made no way to the service.
};

/// `connect`, `timeout`, …
std::string_view NameOf(TroubleKind kind);

struct Trouble {
  TroubleKind kind = TroubleKind::kConnect;
  std::string text;    ///< what happened, e.g. "connection refused".
  std::string advice;  ///< what to check.
};

/// What happened; what to check.
std::string Describe(const Trouble& trouble);

/// Durations from the start of the attempt; absent where the phase was not reached or not needed
/// (a kept-alive connection has no lookup).
struct PhaseTimes {
  std::optional<std::chrono::microseconds> lookup;
  std::optional<std::chrono::microseconds> connect;
  std::optional<std::chrono::microseconds> tls;
  std::optional<std::chrono::microseconds> first_byte;
  std::optional<std::chrono::microseconds> last_byte;
  std::optional<std::chrono::microseconds> given_up;  ///< where no whole answer came.
};

/// One sending of a request.
struct Attempt {
  Request request;
  std::optional<Response> response;  ///< as far as it was read; absent without a status line.
  std::vector<Observation> observations;
  std::optional<Trouble> trouble;  ///< set where no whole answer came.
  PhaseTimes times;
  std::chrono::system_clock::time_point started;
  std::string remote_address;  ///< `127.0.0.1:8080`; for reports, never for names.
  bool reused_connection = false;
  std::optional<TlsFacts> tls;  ///< of a secure connection; absent on a plain one.
};

/// Whether the whole request left this machine, as far as is known.
bool WasSent(const Attempt& attempt);

/// The bound that an answer hit, as a profile names it, and what hit it: `body_bytes: more than
/// 1000 bytes of content`. Empty where it hit none.
std::string DescribeBoundHit(const std::vector<Observation>& observations);

/// Why content that may be JSON was not read as JSON, by what was observed of it: `the content is
/// coded as zstd, which is not read here`.
std::string DescribeUnread(const std::vector<Observation>& observations);

struct Exchange {
  std::vector<Attempt> attempts;  ///< never empty once sent.

  const Attempt& last() const { return attempts.back(); }
};

}  // namespace conform
