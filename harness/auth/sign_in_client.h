// Speaks to token endpoints: one request and its answer, with its trouble told redacted.
#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "auth/environment_tokens.h"
#include "auth/form.h"
#include "base/clock.h"
#include "base/fields.h"
#include "base/redactor.h"
#include "exchange/client.h"

namespace conform {

/// An address as it is asked for.
struct HttpAddress {
  Origin origin;
  std::string target;  ///< path and query, from the `/` on.
};

/// Where plain http may be spoken, as nobody can listen on the way.
enum class PlainHttp { kLoopback, kLinkLocal };

/// `https://host[:port]/path`; with kLinkLocal also plain http to 169.254.0.0/16 (RFC 3927), beside
/// loopback. Errors never quote the text.
Expected<HttpAddress> ParseHttpAddress(std::string_view text,
                                       PlainHttp plain = PlainHttp::kLoopback);

struct SignInRequest {
  HttpAddress address;
  FormFields form = {};
  std::string method = "POST";
  Fields fields = {};  ///< beside those that every sign-in has.
};

struct SignInAnswer {
  int status = 0;
  Fields fields;
  nlohmann::json body;  ///< null where it is no JSON.
  std::string from;     ///< `https://login.microsoftonline.com`
};

/// What sign-ins are handed. All outlive them.
struct SignInTools {
  Clock& clock;
  Redactor& redactor;  ///< is told every secret as soon as it is known.
  Environment environment;
  /// Is told each request and its answer, redacted; empty: nobody asks.
  std::function<void(const std::string& line)> explain = {};
  /// Once it says so nothing is waited for: neither to ask again, nor a command's end.
  IsStopped stopped = {};
};

/// Safe to use from several threads. Follows no redirects, and repeats a request only where the
/// server answered 429 or 5xx, up to three times in all, and not once it is stopped.
class SignInClient {
 public:
  SignInClient(ConnectionSettings connection, const Bounds& bounds,
               std::chrono::seconds longest_wait, SignInTools tools);

  /// The final answer, whatever its status but a redirect. Errors: no whole answer came.
  Expected<SignInAnswer> Send(const SignInRequest& request);

  const SignInTools& tools() const { return tools_; }

 private:
  Expected<SignInAnswer> SendOnce(const SignInRequest& request);

  ConnectionSettings connection_;
  Bounds bounds_;
  std::chrono::seconds longest_wait_;
  SignInTools tools_;
};

}  // namespace conform
