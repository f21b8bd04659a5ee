#include "exchange/response_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>

#include "exchange/body_reader.h"
#include "exchange/content.h"
#include "exchange/field_section.h"
#include "exchange/framing.h"
#include "exchange/line_reader.h"
#include "exchange/observation_log.h"
#include "exchange/observation_names.h"
#include "exchange/start_line.h"

namespace conform {
namespace {

/// Of bytes after an answer, how many are kept to show.
constexpr std::size_t kSurplusShown = 40;

}  // namespace

struct ResponseReader::Machine {
  Machine(std::string_view request_method, const Bounds& limits)
      : method(request_method), bounds(limits), fields(limits.header_count) {}

  void Feed(std::string_view bytes);
  std::size_t FeedAnswer(std::string_view bytes);
  void FinishAtClose(bool announced);

  void TakeHeader(std::string_view& bytes);
  void TakeStartLine(const Line& line);
  void TakeField(const Line& line);
  void FinishHeader();
  void FinishInterim();
  void TakeBody(std::string_view& bytes);
  void TakeSurplus(std::string_view bytes);
  void Finish(State end);

  ContentSink Sink() {
    return {response.body, response.trailers, response.chunk_sizes, bounds.body_bytes};
  }
  /// Of the first of `bytes`, which are the last of what was fed so far.
  std::size_t OffsetOf(std::string_view bytes) const { return fed - bytes.size(); }

  std::string method;
  Bounds bounds;
  State state = State::kHeader;
  Response response;
  ObservationLog log;
  std::size_t fed = 0;
  bool in_fields = false;
  LineReader lines;
  FieldSection fields;
  std::size_t header_bytes = 0;
  std::size_t content_offset = 0;
  std::optional<BodyReader> body;
  std::size_t surplus_bytes = 0;
  std::string surplus;
};

void ResponseReader::Machine::Feed(std::string_view bytes) {
  bytes.remove_prefix(FeedAnswer(bytes));
  fed += bytes.size();
  if (state == State::kComplete && !bytes.empty()) TakeSurplus(bytes);
}

std::size_t ResponseReader::Machine::FeedAnswer(std::string_view bytes) {
  const std::size_t size = bytes.size();
  fed += size;
  while (!bytes.empty() && state == State::kHeader) TakeHeader(bytes);
  if (state == State::kBody && !bytes.empty()) TakeBody(bytes);
  fed -= bytes.size();
  return size - bytes.size();
}

void ResponseReader::Machine::TakeHeader(std::string_view& bytes) {
  const std::size_t begin = OffsetOf(bytes) - lines.pending();
  const auto line = lines.Take(bytes, OffsetOf(bytes));
  const std::size_t size = line ? line->size : lines.pending();
  if (header_bytes + size > bounds.header_bytes) {
    log.Add(observed::kHeaderBytesBound, begin + (bounds.header_bytes - header_bytes),
            fmt::format("more than {} bytes", bounds.header_bytes));
    return Finish(State::kBroken);
  }
  if (!line) return;
  header_bytes += size;
  if (in_fields) {
    TakeField(*line);
  } else {
    TakeStartLine(*line);
  }
}

void ResponseReader::Machine::TakeStartLine(const Line& line) {
  in_fields = true;
  if (!ReadStatusLine(line, response, log)) {
    response.status = 0;
    Finish(State::kBroken);
  }
}

void ResponseReader::Machine::TakeField(const Line& line) {
  const FieldSection::Taken taken = fields.Take(line, response.fields, log);
  if (taken == FieldSection::Taken::kFull) {
    log.Add(observed::kHeaderCountBound, line.offset,
            fmt::format("more than {} fields", bounds.header_count));
    return Finish(State::kBroken);
  }
  if (taken == FieldSection::Taken::kMore) return;
  content_offset = line.offset + line.size;
  FinishHeader();
}

void ResponseReader::Machine::FinishHeader() {
  const Framing framing = FrameResponse(response, method, content_offset, log);
  if (response.status < 200 && response.status != 101) return FinishInterim();
  if (response.status == 101) log.AddShown(observed::kUnasked101, 0, response.status_line);
  body.emplace(framing, bounds);
  state = State::kBody;
  const bool empty = framing.kind == Framing::Kind::kLength && framing.length == 0;
  if (framing.kind == Framing::Kind::kNoContent || empty) return Finish(State::kComplete);
  if (framing.kind == Framing::Kind::kUnframeable) Finish(State::kBroken);
}

void ResponseReader::Machine::FinishInterim() {
  log.AddShown(observed::kInterimResponse, content_offset, response.status_line);
  Response next;
  next.interim = std::move(response.interim);
  next.interim.push_back(
      {response.status, std::move(response.status_line), std::move(response.fields)});
  response = std::move(next);
  fields = FieldSection(bounds.header_count);
  in_fields = false;
  if (response.interim.size() > bounds.interim_count) {
    log.Add(observed::kInterimCountBound, content_offset,
            fmt::format("more than {}", bounds.interim_count));
    Finish(State::kBroken);
  }
}

void ResponseReader::Machine::TakeBody(std::string_view& bytes) {
  const BodyState told = body->Feed(bytes, OffsetOf(bytes), Sink(), log);
  if (told == BodyState::kBroken) {
    response.body_cut = log.Has(observed::kBodyBytesBound);
    Finish(State::kBroken);
  }
  if (told == BodyState::kDone) Finish(State::kComplete);
}

void ResponseReader::Machine::TakeSurplus(std::string_view bytes) {
  const std::size_t begin = OffsetOf(bytes) - surplus_bytes;
  surplus_bytes += bytes.size();
  // After a switch of protocols, or in a tunnel, what comes is no business of HTTP.
  if (body->framing().kind == Framing::Kind::kNoContent && body->framing().doubtful) return;
  surplus.append(bytes.substr(0, kSurplusShown - surplus.size()));
  std::string_view name = observed::kContentAfterNoContent;
  if (body->framing().kind == Framing::Kind::kLength) name = observed::kSurplusAfterLength;
  if (body->framing().kind == Framing::Kind::kChunked) name = observed::kSurplusAfterChunks;
  if (surplus.starts_with("HTTP/")) name = observed::kSecondAnswer;
  log.Grow(name, begin, DescribeBytes(surplus_bytes, surplus));
}

void ResponseReader::Machine::Finish(State end) {
  state = end;
  FinishContent(bounds, end == State::kComplete, content_offset, response, log);
}

void ResponseReader::Machine::FinishAtClose(bool announced) {
  if (state == State::kBody && !announced && body->framing().kind == Framing::Kind::kUntilClose) {
    log.Add(observed::kEarlyClose, fed,
            fmt::format("after {} bytes of content that ends by closing, without close_notify",
                        response.body.size()));
    return Finish(State::kBroken);
  }
  if (state == State::kBody) {
    const BodyState told = body->FinishAtClose(fed, Sink(), log);
    return Finish(told == BodyState::kDone ? State::kComplete : State::kBroken);
  }
  if (state != State::kHeader) return;
  log.Add(observed::kEarlyClose, fed,
          fed == 0 ? "before any byte of an answer"
                   : fmt::format("within the header section, after {} bytes", fed));
  constexpr std::string_view kBegin = "HTTP/";
  const std::string_view held = lines.held().substr(0, kBegin.size());
  if (!in_fields && !kBegin.starts_with(held)) {
    log.AddShown(observed::kStatusLineMalformed, OffsetOf(lines.held()), lines.held());
  }
  Finish(State::kBroken);
}

ResponseReader::ResponseReader(std::string_view request_method, const Bounds& bounds)
    : machine_(std::make_unique<Machine>(request_method, bounds)) {}
ResponseReader::~ResponseReader() = default;
ResponseReader::ResponseReader(ResponseReader&&) noexcept = default;
ResponseReader& ResponseReader::operator=(ResponseReader&&) noexcept = default;

ResponseReader::State ResponseReader::Feed(std::string_view bytes) {
  machine_->Feed(bytes);
  return machine_->state;
}

std::size_t ResponseReader::FeedAnswer(std::string_view bytes) {
  return machine_->FeedAnswer(bytes);
}

ResponseReader::State ResponseReader::FinishAtClose(bool announced) {
  machine_->FinishAtClose(announced);
  return machine_->state;
}

void ResponseReader::Stop() {
  if (state() == State::kHeader || state() == State::kBody) machine_->Finish(State::kBroken);
}

ResponseReader::State ResponseReader::state() const { return machine_->state; }

bool ResponseReader::keeps_alive() const {
  const Machine& machine = *machine_;
  if (machine.state != State::kComplete || machine.surplus_bytes > 0) return false;
  const Framing& framing = machine.body->framing();
  if (framing.kind == Framing::Kind::kUntilClose || framing.doubtful) return false;
  const Fields& fields = machine.response.fields;
  if (ListsToken(fields, "Connection", "close")) return false;
  return machine.response.version != "HTTP/1.0" || ListsToken(fields, "Connection", "keep-alive");
}

bool ResponseReader::has_status() const { return machine_->response.status != 0; }
const Response& ResponseReader::response() const { return machine_->response; }
Response ResponseReader::TakeResponse() { return std::move(machine_->response); }
const std::vector<Observation>& ResponseReader::observations() const { return machine_->log.all(); }

ReadAnswer ReadResponse(std::string_view bytes, std::string_view request_method,
                        const Bounds& bounds) {
  ResponseReader reader(request_method, bounds);
  reader.Feed(bytes);
  const ResponseReader::State state = reader.FinishAtClose();
  return {state, reader.has_status(), reader.response(), reader.observations()};
}

}  // namespace conform
