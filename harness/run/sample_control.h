// Control requests to a mock that was started alone, for tests.
#pragma once

#include <string>

#include "base/clock.h"
#include "exchange/client.h"

namespace conform {

/// A POST of `content` to `/.conform/PATH`; the status, 0 where no answer came.
inline int PostControl(const std::string& address, const std::string& path,
                       const std::string& content) {
  const SystemClock clock;
  const Origin origin = ParseOrigin(address).value();
  Client client(origin, {}, clock);
  const Attempt attempt = client.Send({"POST",
                                       "/.conform/" + path,
                                       {{"Host", HostField(origin)},
                                        {"Content-Length", std::to_string(content.size())},
                                        {"Connection", "close"}},
                                       content,
                                       false,
                                       {}});
  return attempt.response ? attempt.response->status : 0;
}

}  // namespace conform
