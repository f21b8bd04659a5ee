#include "exchange/pipeline.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "base/http_text.h"
#include "exchange/transfer.h"

namespace conform {
namespace {

/// A socket takes as much at once. A server that writes answers before it reads on never waits for
/// us.
constexpr std::size_t kMostBytes = std::size_t{16} * 1024;

/// Their answers end where the answer alone says so; of HEAD and CONNECT that is in doubt.
constexpr std::array<std::string_view, 6> kMethods = {"GET",   "POST",   "PUT",
                                                      "PATCH", "DELETE", "OPTIONS"};
/// Fields that change what follows on the connection.
constexpr std::array<std::string_view, 4> kOfConnection = {"Connection", "Expect",
                                                           "Transfer-Encoding", "Upgrade"};

bool IsOfConnection(const Field& field) {
  return std::any_of(kOfConnection.begin(), kOfConnection.end(),
                     [&](std::string_view name) { return SameFieldName(field.name, name); });
}

std::size_t SizeOf(const Request& request) {
  constexpr std::size_t kBetween = 16;  // what stands around target and fields, and more
  std::size_t size = request.target.size() + request.body.size() + 2 * kBetween;
  for (const Field& field : request.fields) {
    size += field.name.size() + field.value.size() + kBetween;
  }
  return size;
}

}  // namespace

bool MayBePipelined(const Request& request) {
  const bool known = std::find(kMethods.begin(), kMethods.end(), request.method) != kMethods.end();
  return known && !request.chunked && EndsWhereItSays(request) &&
         std::none_of(request.fields.begin(), request.fields.end(), IsOfConnection);
}

std::size_t CountPipelined(const std::vector<Request>& requests, std::size_t begin) {
  std::size_t bytes = 0;
  std::size_t end = begin;
  while (end < requests.size() && MayBePipelined(requests[end])) {
    bytes += SizeOf(requests[end]);
    if (bytes > kMostBytes) break;
    if (!IsIdempotentMethod(requests[end++].method)) break;
  }
  return std::max<std::size_t>(end - begin, 1);
}

std::size_t Pipeline::Run(std::vector<Attempt>& attempts) {
  const Instant start = SteadyNow();
  std::vector<Transfer> transfers;
  transfers.reserve(attempts.size());
  std::string bytes;
  for (const Attempt& attempt : attempts) {
    bytes += transfers.emplace_back(connection_, attempt.request, bounds_, start).bytes();
  }
  attempts.front().started = clock_.Now();
  Write(bytes);
  for (std::size_t i = 0; i < attempts.size(); ++i) {
    Attempt& attempt = attempts[i];
    if (i > 0) attempt.started = clock_.Now();
    attempt.reused_connection = true;
    attempt.remote_address = connection_.remote_address;
    attempt.tls = connection_.tls;
    transfers[i].Await(i == 0 ? start : SteadyNow(), i + 1 < attempts.size(), attempt);
    if (attempt.trouble || !attempt.observations.empty()) {
      reusable_ = false;
      return 0;
    }
    reusable_ = transfers[i].reusable();
    if (!reusable_) return i + 1;
  }
  return attempts.size();
}

/// What cannot be sent shows by the answers that do not come.
void Pipeline::Write(const std::string& bytes) const {
  const Instant until = SteadyNow() + bounds_.exchange;
  std::string_view left = bytes;
  while (!left.empty()) {
    const Stream::Result result = connection_.stream->Write(left);
    if (result.told == Stream::Told::kFailed) return;
    if (result.told == Stream::Told::kBytes) {
      left.remove_prefix(result.bytes);
      continue;
    }
    const short awaited = result.told == Stream::Told::kWantRead ? POLLIN : POLLOUT;
    if (WaitFor(connection_.stream->descriptor(), awaited, until) == 0) return;
  }
}

}  // namespace conform
