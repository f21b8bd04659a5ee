// Whether a receiver took a message.
#pragma once

#include <string>
#include <tl/expected.hpp>

namespace conform {

/// Why it did not.
struct NotSent {
  std::string message;  ///< a sentence, without a secret.
  /// What stands in the message is refused: the same one is in vain, another may be taken.
  bool refuses_content = false;
};

using Sent = tl::expected<void, NotSent>;

}  // namespace conform
