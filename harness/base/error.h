// Why we could not do our work: neither a file's mistake (Diagnostic) nor the API's (Finding).
#pragma once

#include <string>
#include <tl/expected.hpp>

namespace conform {

/// Told once, in main, after being carried up. `message` is one sentence for a person: what could
/// not be done, why, and what to do about it. It never holds a secret.
struct Error {
  std::string message;
  /// Nothing that was given is wrong: the same call may succeed later.
  bool may_pass = false;
};

template <typename T>
using Expected = tl::expected<T, Error>;

inline tl::unexpected<Error> Fail(std::string message) {
  return tl::unexpected<Error>(Error{std::move(message)});
}

}  // namespace conform
