#include "exchange/transfer.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "exchange/framing.h"
#include "exchange/observation_log.h"
#include "exchange/observation_names.h"

namespace conform {
namespace {

using State = ResponseReader::State;
using Told = Stream::Told;

/// How long to wait for content after an answer that may have none but announces some.
constexpr std::chrono::milliseconds kAfterForbiddenLength{100};

struct Fatal {
  std::string_view name;
  TroubleKind kind;
};

/// The observations that end the reading of an answer.
constexpr std::array<Fatal, 15> kFatal = {{
    {observed::kHeaderBytesBound, TroubleKind::kBound},
    {observed::kHeaderCountBound, TroubleKind::kBound},
    {observed::kInterimCountBound, TroubleKind::kBound},
    {observed::kBodyBytesBound, TroubleKind::kBound},
    {observed::kEarlyClose, TroubleKind::kClosed},
    {observed::kStatusLineMalformed, TroubleKind::kMalformed},
    {observed::kVersionMalformed, TroubleKind::kMalformed},
    {observed::kUnknownMajorVersion, TroubleKind::kMalformed},
    {observed::kStatusNotThreeDigits, TroubleKind::kMalformed},
    {observed::kStatusOutOfRange, TroubleKind::kMalformed},
    {observed::kConflictingContentLength, TroubleKind::kMalformed},
    {observed::kMalformedContentLength, TroubleKind::kMalformed},
    {observed::kMalformedChunkSize, TroubleKind::kMalformed},
    {observed::kChunkSizeOverflow, TroubleKind::kMalformed},
    {observed::kMissingChunkCrlf, TroubleKind::kMalformed},
}};

/// Whether its fields say that content follows, or would follow a GET.
bool AnnouncesContent(const Response& response) {
  if (FindField(response.fields, "Transfer-Encoding") != nullptr) return true;
  const Field* length = FindField(response.fields, "Content-Length");
  return length != nullptr && length->value.find_first_not_of('0') != std::string::npos;
}

/// Whether content may still come that this answer must not have: the next answer on the connection
/// would be taken to begin with it. Content of a 204 was waited for. RFC 9112 §9.6: none may be
/// sent after a request that said `close`. One that does not end where it says leaves bytes there
/// that the next would be taken to begin with.
bool EndsItsConnection(const Request& request, const Response& response) {
  if (!EndsWhereItSays(request)) return true;
  if (ListsToken(request.fields, "Connection", "close")) return true;
  return (request.method == "HEAD" || response.status == 304) && AnnouncesContent(response);
}

bool IsSurplus(const Observation& one) {
  return one.name == observed::kContentAfterNoContent || one.name == observed::kSecondAnswer;
}

const Fatal* FindFatal(std::string_view name) {
  const auto* const found = std::find_if(kFatal.begin(), kFatal.end(),
                                         [name](const Fatal& one) { return one.name == name; });
  return found == kFatal.end() ? nullptr : found;
}

std::string MeaningOf(std::string_view name) {
  for (const ObservationName& known : ObservationNames()) {
    if (known.name == name) return std::string(known.meaning);
  }
  return std::string(name);
}

std::string_view AdviceFor(TroubleKind kind) {
  if (kind == TroubleKind::kBound)
    return "raise the bound in the profile if such answers are meant";
  if (kind == TroubleKind::kClosed) return "check the service's log, and proxies on the way";
  return "check that the target speaks HTTP/1.1 at this address";
}

}  // namespace

Transfer::Transfer(Connection& connection, const Request& request, const Bounds& bounds,
                   Instant start)
    : connection_(connection),
      bounds_(bounds),
      start_(start),
      last_progress_(SteadyNow()),
      bytes_(WriteRequest(request)),
      reader_(request.method, bounds) {}

bool Transfer::over() const {
  return reader_.state() == State::kComplete || reader_.state() == State::kBroken;
}

Instant Transfer::SilenceEnds() const {
  return std::min(last_progress_ + bounds_.read, start_ + bounds_.exchange);
}

void Transfer::Run(Attempt& attempt) {
  Write(attempt);
  if (!attempt.trouble) Read(attempt);
  Conclude(attempt);
}

void Transfer::Await(Instant start, bool more, Attempt& attempt) {
  start_ = start;
  more_ = more;
  sent_ = bytes_.size();
  request_sent_ = true;
  last_progress_ = SteadyNow();
  const std::string_view unread = std::exchange(connection_.unread, {});
  if (!unread.empty()) TakeBytes(unread, attempt);
  Read(attempt);
  Conclude(attempt);
}

void Transfer::Conclude(Attempt& attempt) {
  if (!over()) reader_.Stop();
  if (reader_.state() == State::kComplete && !more_) LookForMore();
  if (reader_.state() == State::kBroken && !attempt.trouble) TellBroken(attempt);
  reusable_ = request_sent_ && reader_.keeps_alive() &&
              !EndsItsConnection(attempt.request, reader_.response());
  if (reader_.has_status()) attempt.response = reader_.TakeResponse();
  const auto& seen = reader_.observations();
  attempt.observations.insert(attempt.observations.end(), seen.begin(), seen.end());
  if (reader_.state() == State::kComplete && !request_sent_) {
    attempt.observations.push_back({observed::kAnsweredBeforeRequest,
                                    fmt::format("{} of {} bytes were sent", sent_, bytes_.size()),
                                    0});
  }
  connection_.last_used = last_progress_;
}

void Transfer::Write(Attempt& attempt) {
  while (sent_ < bytes_.size() && !over()) {
    const Stream::Result result = connection_.stream->Write(std::string_view(bytes_).substr(sent_));
    if (result.told == Told::kBytes) {
      sent_ += result.bytes;
      last_progress_ = SteadyNow();
      continue;
    }
    if (result.told == Told::kFailed) {
      // The server may have answered before it broke off: what it sent is still there to be read.
      broke_ = true;
      return;
    }
    // TLS may have to read before it can write on: then a writable socket says nothing.
    const int awaited = result.told == Told::kWantRead ? POLLIN : POLLIN | POLLOUT;
    const short ready =
        WaitFor(connection_.stream->descriptor(), static_cast<short>(awaited), SilenceEnds());
    if (ready == 0) return TellTimeout(attempt);
    if ((ready & POLLIN) == 0) continue;
    if (!Take(connection_.stream->Read(connection_.buffer.data(), connection_.buffer.size()),
              attempt))
      return;
  }
  request_sent_ = sent_ == bytes_.size();
}

void Transfer::Read(Attempt& attempt) {
  while (!over()) {
    const Instant until = SilenceEnds();
    const Stream::Result result =
        connection_.stream->ReadBy(connection_.buffer.data(), connection_.buffer.size(), until);
    const bool nothing = result.told == Told::kWantRead || result.told == Told::kWantWrite;
    if (nothing && SteadyNow() >= until) return TellTimeout(attempt);
    if (!Take(result, attempt)) return;
  }
}

/// False: no more can be read.
bool Transfer::Take(const Stream::Result& result, Attempt& attempt) {
  if (result.told == Told::kWantRead || result.told == Told::kWantWrite) return true;
  if (result.told == Told::kFailed) {
    TellBreak(attempt, result.error);
    return false;
  }
  if (result.told == Told::kClosed || result.told == Told::kCutOff) {
    broke_ = true;
    reader_.FinishAtClose(result.told == Told::kClosed);
    return false;
  }
  last_progress_ = SteadyNow();
  TakeBytes({connection_.buffer.data(), result.bytes}, attempt);
  return true;
}

void Transfer::TakeBytes(std::string_view bytes, Attempt& attempt) {
  // None would say that nothing came.
  const auto elapsed =
      std::max(std::chrono::ceil<std::chrono::microseconds>(last_progress_ - start_),
               std::chrono::microseconds(1));
  if (received_ == 0) attempt.times.first_byte = elapsed;
  attempt.times.last_byte = elapsed;
  if (more_) {
    const std::size_t taken = reader_.FeedAnswer(bytes);
    connection_.unread = bytes.substr(taken);
    received_ += taken;
    return;
  }
  received_ += bytes.size();
  reader_.Feed(bytes);
}

/// Content that an answer may not have follows in a segment of its own as often as not.
void Transfer::LookForMore() {
  const Response& response = reader_.response();
  if (reader_.keeps_alive() && !response.body.empty()) return;
  const auto& seen = reader_.observations();
  const bool announced = response.status == 204 && AnnouncesContent(response);
  if (announced && !seen.empty() && IsSurplus(seen.back())) return;
  if (announced) {
    const Instant until = std::min(SteadyNow() + kAfterForbiddenLength, start_ + bounds_.exchange);
    if (WaitFor(connection_.stream->descriptor(), POLLIN, until) == 0) return;
  }
  const Stream::Result result =
      connection_.stream->Read(connection_.buffer.data(), connection_.buffer.size());
  if (result.told == Told::kBytes) reader_.Feed({connection_.buffer.data(), result.bytes});
  const bool ended = result.told == Told::kClosed || result.told == Told::kCutOff;
  if (ended || result.told == Told::kFailed) broke_ = true;
}

void Transfer::TellTimeout(Attempt& attempt) const {
  const bool whole = SteadyNow() >= start_ + bounds_.exchange;
  const std::string what =
      whole ? fmt::format("the exchange was not over within {} ms", bounds_.exchange.count())
            : fmt::format("silence for {} ms", bounds_.read.count());
  const std::string when =
      sent_ < bytes_.size()
          ? fmt::format("while sending, after {} of {} bytes", sent_, bytes_.size())
      : received_ == 0 ? "before any byte of an answer"
                       : fmt::format("after {} bytes of an answer", received_);
  attempt.trouble = {TroubleKind::kTimeout, fmt::format("{}, {}", what, when),
                     fmt::format("check the service, or raise the profile's bound '{}'",
                                 whole ? "exchange" : "read")};
}

void Transfer::TellBreak(Attempt& attempt, int error) {
  const bool sending = broke_ && received_ == 0;
  broke_ = true;
  if (const Trouble* known = connection_.stream->trouble()) {
    attempt.trouble = *known;
    return;
  }
  const std::string why = error == ECONNRESET ? "reset by the server" : "broken";
  attempt.trouble =
      sending ? Trouble{TroubleKind::kSend,
                        fmt::format("the connection broke while sending, after {} of {} bytes",
                                    sent_, bytes_.size()),
                        "check whether the service takes requests of this size"}
              : Trouble{TroubleKind::kReset,
                        fmt::format("the connection was {} after {} bytes of an answer", why,
                                    received_),
                        "check the service's log, and proxies on the way"};
}

void Transfer::TellBroken(Attempt& attempt) const {
  const auto& seen = reader_.observations();
  const auto last = std::find_if(seen.rbegin(), seen.rend(), [](const Observation& one) {
    return FindFatal(one.name) != nullptr;
  });
  const bool found = last != seen.rend();
  const TroubleKind kind = found ? FindFatal(last->name)->kind : TroubleKind::kMalformed;
  std::string text = found ? MeaningOf(last->name) : "What came is no whole answer.";
  if (kind == TroubleKind::kBound) text += " " + DescribeBoundHit(seen);
  attempt.trouble = {kind, std::move(text), std::string(AdviceFor(kind))};
  const Trouble* known = connection_.stream->trouble();
  if (kind == TroubleKind::kClosed && known != nullptr) attempt.trouble = *known;
}

}  // namespace conform
