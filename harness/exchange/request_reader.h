// The same strict reading for requests: what a test peer received.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "exchange/bounds.h"
#include "exchange/observation.h"
#include "exchange/request.h"

namespace conform {

struct ReceivedRequest {
  Request request;  ///< `chunk_sizes` as they came.
  std::string version;
  Fields trailers;
};

class RequestReader {
 public:
  enum class State { kHeader, kBody, kComplete, kBroken };

  explicit RequestReader(const Bounds& bounds);
  ~RequestReader();
  RequestReader(RequestReader&&) noexcept;
  RequestReader& operator=(RequestReader&&) noexcept;

  /// Takes what belongs to this request off the front of `bytes`; the rest is the next one's.
  State Feed(std::string_view& bytes);

  State state() const;
  const ReceivedRequest& received() const;
  const std::vector<Observation>& observations() const;

 private:
  struct Machine;
  std::unique_ptr<Machine> machine_;
};

}  // namespace conform
