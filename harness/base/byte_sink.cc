#include "base/byte_sink.h"

#include <cerrno>
#include <exception>
#include <utility>

namespace conform {
namespace {

constexpr std::size_t kEnough = std::size_t{64} * 1024;

}  // namespace

ByteSink::ByteSink(const Redactor* redactor, Writer writer)
    : redactor_(redactor), writer_(std::move(writer)) {}

int ByteSink::Drop() {
  kept_.clear();
  return ECANCELED;
}

int ByteSink::Write(std::string_view bytes) {
  // What a text says with its escapes undone is a copy of it, for each time that they are.
  constexpr std::size_t kSlice = std::size_t{4} << 20;
  int failed = 0;
  for (; bytes.size() > kSlice && failed == 0; bytes.remove_prefix(kSlice)) {
    failed = WriteSlice(bytes.substr(0, kSlice));
  }
  return failed == 0 ? WriteSlice(bytes) : failed;
}

int ByteSink::WriteSlice(std::string_view bytes) {
  if (redactor_ == nullptr) return Drop();
  if (kept_.empty() && bytes.size() >= kEnough) return HandOn(bytes);
  kept_ += bytes;
  return kept_.size() < kEnough ? 0 : HandOn(kept_);
}

int ByteSink::WriteMasked(std::string_view bytes) {
  const int failed = Finish();
  return failed == 0 ? writer_(bytes) : failed;
}

int ByteSink::Flush() {
  if (redactor_ == nullptr) return Drop();
  return kept_.empty() ? 0 : HandOn(kept_);
}

int ByteSink::HandOn(std::string_view bytes) {
  try {
    const Redactor::Part part = redactor_->RedactPart(bytes);
    const std::string_view told = part.TellOf(bytes);
    const int failed = told.empty() ? 0 : writer_(told);
    if (bytes.data() == kept_.data()) {
      kept_.erase(0, part.taken);
    } else {
      kept_ = bytes.substr(part.taken);
    }
    return failed;
  } catch (const std::exception&) {  // no memory
    return Drop();
  }
}

int ByteSink::Finish() {
  if (redactor_ == nullptr) return Drop();
  if (kept_.empty()) return 0;
  try {
    const std::string told = redactor_->Redact(std::exchange(kept_, {}));
    return writer_(told);
  } catch (const std::exception&) {
    return Drop();
  }
}

SinkBuffer::SinkBuffer(const Redactor* redactor, std::streambuf& target)
    : sink_(redactor,
            [&target](std::string_view bytes) {
              const auto size = static_cast<std::streamsize>(bytes.size());
              return target.sputn(bytes.data(), size) == size ? 0 : EIO;
            }),
      target_(target) {}

SinkBuffer::~SinkBuffer() {
  sink_.Finish();
  target_.pubsync();
}

SinkBuffer::int_type SinkBuffer::overflow(int_type character) {
  if (traits_type::eq_int_type(character, traits_type::eof())) {
    return traits_type::not_eof(character);
  }
  const char byte = traits_type::to_char_type(character);
  return xsputn(&byte, 1) == 1 ? character : traits_type::eof();
}

std::streamsize SinkBuffer::xsputn(const char* bytes, std::streamsize count) {
  const std::lock_guard lock(mutex_);
  const std::string_view written(bytes, static_cast<std::size_t>(count));
  int failed = sink_.Write(written);
  if (failed == 0 && written.find('\n') != std::string_view::npos) failed = sink_.Flush();
  return failed == 0 ? count : 0;
}

int SinkBuffer::sync() {
  const std::lock_guard lock(mutex_);
  if (sink_.Flush() != 0) return -1;
  return target_.pubsync();
}

}  // namespace conform
