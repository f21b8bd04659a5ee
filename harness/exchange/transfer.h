// One sending of a request over a connection that stands, and the reading of its answer.
#pragma once

#include <string>
#include <string_view>

#include "exchange/bounds.h"
#include "exchange/connection.h"
#include "exchange/response_reader.h"

namespace conform {

class Transfer {
 public:
  /// `start` is of the attempt: its times and the bound on the whole exchange count from there.
  Transfer(Connection& connection, const Request& request, const Bounds& bounds, Instant start);

  /// Sends, reads, and fills response, observations, trouble and times of `attempt`.
  void Run(Attempt& attempt);
  /// The same where somebody else sent `bytes()`, from `start` on; `more`: further answers will
  /// follow this one.
  void Await(Instant start, bool more, Attempt& attempt);
  const std::string& bytes() const { return bytes_; }

  /// The connection may carry another request.
  bool reusable() const { return reusable_; }
  /// The connection broke before any byte of an answer came.
  bool stale() const { return broke_ && received_ == 0; }
  std::size_t bytes_sent() const { return sent_; }

 private:
  void Write(Attempt& attempt);
  void Read(Attempt& attempt);
  void Conclude(Attempt& attempt);
  bool Take(const Stream::Result& result, Attempt& attempt);
  void TakeBytes(std::string_view bytes, Attempt& attempt);
  void LookForMore();
  void TellTimeout(Attempt& attempt) const;
  void TellBreak(Attempt& attempt, int error);
  void TellBroken(Attempt& attempt) const;
  bool over() const;
  Instant SilenceEnds() const;

  Connection& connection_;
  const Bounds& bounds_;
  Instant start_;
  Instant last_progress_;
  std::string bytes_;
  std::size_t sent_ = 0;
  std::size_t received_ = 0;
  bool request_sent_ = false;
  bool broke_ = false;
  bool reusable_ = false;
  bool more_ = false;
  ResponseReader reader_;
};

}  // namespace conform
