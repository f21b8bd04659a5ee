// Asks a server that nobody vouches for, within bounds of time and size.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/origin.h"
#include "base/proxy.h"

namespace conform {

using WebFields = std::vector<std::pair<std::string, std::string>>;

struct WebRequest {
  std::string method = "GET";
  Origin origin;  ///< the certificate of https is held against those that the system trusts.
  std::string target = "/";
  WebFields fields = {};
  std::string content = {};
};

struct WebBounds {
  /// Of a connection that is made, and of each byte.
  std::chrono::milliseconds step{20'000};
  /// Of all of it, but for the name's look-up, which the system bounds.
  std::chrono::milliseconds whole{60'000};
  /// Of all that the server sends: its head and what it announces before it (1xx) count, too.
  std::size_t bytes = std::size_t{1} << 20;
};

struct WebAnswer {
  int status = 0;
  WebFields fields;
  std::string content;  ///< as it came: no content coding is asked for, and none undone.

  /// The first field's value of that name, whatever its case; empty where there is none.
  std::string_view Field(std::string_view name) const;
};

/// Goes through the proxy that `variables` name, if any (ChooseWebProxy). A redirection is an
/// answer. Errors (in words that follow "the server: "): no answer, or one beyond a bound; a
/// proxy's address that cannot be read.
Expected<WebAnswer> AskWeb(const WebRequest& request, const VariableLookup& variables,
                           const WebBounds& bounds = {});

}  // namespace conform
