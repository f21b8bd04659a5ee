// The way by which bytes leave the program: what is secret in them is masked as they go.
#pragma once

#include <functional>
#include <mutex>
#include <ostream>
#include <streambuf>
#include <string>
#include <string_view>

#include "base/redactor.h"

namespace conform {

/// Takes bytes as they come, so that a secret that two writes share is masked too. Where masking
/// fails nothing of them leaves. One thread at a time.
class ByteSink {
 public:
  /// Hands bytes on; 0, or the errno that stopped it.
  using Writer = std::function<int(std::string_view)>;

  /// `redactor` outlives it; null: nothing ever leaves.
  ByteSink(const Redactor* redactor, Writer writer);

  // Each answers 0, the writer's errno, or ECANCELED where the bytes could not be masked and are
  // dropped.

  /// May keep bytes until there are enough of them.
  int Write(std::string_view bytes);
  /// Hands on all that was kept, then `bytes` as they are: the same redactor masked them.
  int WriteMasked(std::string_view bytes);
  /// Hands on all but what may be the begin of a secret.
  int Flush();
  /// Hands on all.
  int Finish();

 private:
  int Drop();
  int WriteSlice(std::string_view bytes);
  /// All of `bytes`, which are what was kept or come after nothing that was, but for what may be
  /// the begin of a secret: that is kept.
  int HandOn(std::string_view bytes);

  const Redactor* redactor_;
  Writer writer_;
  std::string kept_;
};

/// The buffer of a stream that writes through a sink: std::ostream(&buffer). Each line goes on as
/// it ends, and what is left at the end of the object. Safe to use from several threads.
class SinkBuffer final : public std::streambuf {
 public:
  /// Both outlive it.
  SinkBuffer(const Redactor* redactor, std::streambuf& target);
  ~SinkBuffer() override;
  SinkBuffer(const SinkBuffer&) = delete;
  SinkBuffer& operator=(const SinkBuffer&) = delete;

 protected:
  int_type overflow(int_type character) override;
  std::streamsize xsputn(const char* bytes, std::streamsize count) override;
  int sync() override;

 private:
  std::mutex mutex_;
  ByteSink sink_;
  std::streambuf& target_;
};

/// What is written to `stream` meanwhile goes through a sink.
class MaskedStream {
 public:
  /// Both outlive it.
  MaskedStream(std::ostream& stream, const Redactor& redactor)
      : stream_(stream), target_(stream.rdbuf()), buffer_(&redactor, *target_) {
    stream_.rdbuf(&buffer_);
  }
  ~MaskedStream() { stream_.rdbuf(target_); }
  MaskedStream(const MaskedStream&) = delete;
  MaskedStream& operator=(const MaskedStream&) = delete;

 private:
  std::ostream& stream_;
  std::streambuf* target_;
  SinkBuffer buffer_;
};

}  // namespace conform
