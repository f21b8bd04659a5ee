// The strict reader: bytes in, one final response and what was odd about it out.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "exchange/bounds.h"
#include "exchange/observation.h"
#include "exchange/response.h"

namespace conform {

/// Reads one answer to one request by RFC 9112, repairing nothing. Feed bytes as they come; it
/// keeps no more than the bounds allow and costs time linear in the bytes however they are split.
/// Of each kind of oddity the first is observed.
class ResponseReader {
 public:
  enum class State {
    kHeader,    ///< within the status line or header section of the final answer (or a 1xx).
    kBody,      ///< the header section is complete, content is awaited.
    kComplete,  ///< the answer is whole; further bytes are observed as surplus.
    kBroken,    ///< nothing more can be told: an observation says why.
  };

  /// `request_method` decides whether content follows (RFC 9112 §6.3).
  ResponseReader(std::string_view request_method, const Bounds& bounds);
  ~ResponseReader();
  ResponseReader(ResponseReader&&) noexcept;
  ResponseReader& operator=(ResponseReader&&) noexcept;

  /// Takes all of `bytes`. Bytes after the answer are surplus, and observed as such.
  State Feed(std::string_view bytes);
  /// Takes of `bytes` what is of the answer, and says how much that was: where another answer
  /// follows on the connection, nothing is surplus.
  std::size_t FeedAnswer(std::string_view bytes);
  /// The peer closed its side: completes an answer that ends by closing, else it was cut short. Not
  /// `announced`: it did so without ending TLS, so that nobody knows whether that was the end (RFC
  /// 9112 §9.8), and an answer that ends by closing was cut short too.
  State FinishAtClose(bool announced = true);
  /// Nothing more will be fed (a time bound, a reset): an answer that is not whole is broken, with
  /// no observation, and its content is decoded as far as it came.
  void Stop();

  State state() const;
  /// Whether the connection may carry another request after this answer (RFC 9112 §9.3).
  bool keeps_alive() const;
  /// True once a status line was understood; the response is then as complete as it got.
  bool has_status() const;
  const Response& response() const;
  /// Leaves none here: for whoever has asked all else.
  Response TakeResponse();
  const std::vector<Observation>& observations() const;

 private:
  struct Machine;
  std::unique_ptr<Machine> machine_;
};

/// The whole of a closed connection's bytes at once.
struct ReadAnswer {
  ResponseReader::State state;
  bool has_status = false;
  Response response;
  std::vector<Observation> observations;
};
ReadAnswer ReadResponse(std::string_view bytes, std::string_view request_method,
                        const Bounds& bounds = {});

/// Every name an Observation can have, with one sentence on what it means.
struct ObservationName {
  std::string_view name;
  std::string_view meaning;
};
const std::vector<ObservationName>& ObservationNames();

}  // namespace conform
