#include "exchange/request_reader.h"

#include <optional>

#include "exchange/body_reader.h"
#include "exchange/field_section.h"
#include "exchange/line_reader.h"
#include "exchange/observation_log.h"
#include "exchange/observation_names.h"
#include "exchange/start_line.h"

namespace conform {

struct RequestReader::Machine {
  explicit Machine(const Bounds& limits) : bounds(limits), fields(limits.header_count) {}

  void TakeHeader(std::string_view& bytes);
  void TakeLine(const Line& line);
  void TakeBody(std::string_view& bytes);

  Bounds bounds;
  State state = State::kHeader;
  ReceivedRequest received;
  ObservationLog log;
  std::size_t fed = 0;
  bool in_fields = false;
  LineReader lines;
  FieldSection fields;
  std::size_t header_bytes = 0;
  std::optional<BodyReader> body;
};

void RequestReader::Machine::TakeHeader(std::string_view& bytes) {
  const std::size_t before = bytes.size();
  const auto line = lines.Take(bytes, fed);
  fed += before - bytes.size();
  const std::size_t size = line ? line->size : lines.pending();
  if (header_bytes + size > bounds.header_bytes) {
    log.Add(observed::kHeaderBytesBound, fed, "");
    state = State::kBroken;
  }
  if (!line || state == State::kBroken) return;
  header_bytes += size;
  TakeLine(*line);
}

void RequestReader::Machine::TakeLine(const Line& line) {
  if (!in_fields) {
    in_fields = true;
    if (!ReadRequestLine(line, received.request, received.version, log)) state = State::kBroken;
    return;
  }
  const FieldSection::Taken taken = fields.Take(line, received.request.fields, log);
  if (taken == FieldSection::Taken::kFull) state = State::kBroken;
  if (taken != FieldSection::Taken::kEnd) return;
  const Framing framing = FrameRequest(received.request.fields, fed, log);
  received.request.chunked = framing.kind == Framing::Kind::kChunked;
  body.emplace(framing, bounds);
  state = State::kBody;
  std::string_view nothing;
  if (!received.request.chunked) TakeBody(nothing);
}

void RequestReader::Machine::TakeBody(std::string_view& bytes) {
  const std::size_t before = bytes.size();
  Request& request = received.request;
  const ContentSink sink{request.body, received.trailers, request.chunk_sizes, bounds.body_bytes};
  const BodyState told = body->Feed(bytes, fed, sink, log);
  fed += before - bytes.size();
  if (told == BodyState::kBroken) state = State::kBroken;
  if (told == BodyState::kDone) state = State::kComplete;
}

RequestReader::RequestReader(const Bounds& bounds) : machine_(std::make_unique<Machine>(bounds)) {}
RequestReader::~RequestReader() = default;
RequestReader::RequestReader(RequestReader&&) noexcept = default;
RequestReader& RequestReader::operator=(RequestReader&&) noexcept = default;

RequestReader::State RequestReader::Feed(std::string_view& bytes) {
  while (!bytes.empty() && state() == State::kHeader) machine_->TakeHeader(bytes);
  if (!bytes.empty() && state() == State::kBody) machine_->TakeBody(bytes);
  return state();
}

RequestReader::State RequestReader::state() const { return machine_->state; }
const ReceivedRequest& RequestReader::received() const { return machine_->received; }
const std::vector<Observation>& RequestReader::observations() const { return machine_->log.all(); }

}  // namespace conform
