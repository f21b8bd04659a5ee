// Speaks to token endpoints: one request and its answer, shown and redacted where that is asked.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "auth/environment_tokens.h"
#include "auth/form.h"
#include "base/clock.h"
#include "base/redactor.h"
#include "exchange/client.h"

namespace conform {

/// An address as it is asked for.
struct HttpAddress {
  Origin origin;
  std::string target;  ///< path and query, from the `/` on.
};

enum class PlainHttp {
  kLoopback,     ///< and nowhere else.
  kThisMachine,  ///< also link-local addresses, which never leave the machine's network segment.
};

/// `https://host[:port]/path`. Errors never quote the text.
Expected<HttpAddress> ParseHttpAddress(std::string_view text,
                                       PlainHttp plain = PlainHttp::kLoopback);

struct SignInRequest {
  std::string method;  ///< `GET`, `POST`.
  HttpAddress address;
  Fields fields;    ///< further ones.
  FormFields form;  ///< of a POST.
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
  std::function<void(const std::string& lines)> explain;  ///< gets every exchange; may be empty.
};

/// Safe to use from several threads. Follows no redirects, and repeats a request only where the
/// server answered 429 or 5xx, up to three times in all.
class SignInClient {
 public:
  SignInClient(ConnectionSettings connection, const Bounds& bounds,
               std::chrono::seconds longest_wait, SignInTools tools);

  /// The final answer, whatever its status but a redirect. Errors: no whole answer came.
  Expected<SignInAnswer> Send(const SignInRequest& request);
  /// With a connect bound of its own, for an address that may be nobody's.
  void set_connect_bound(std::chrono::milliseconds bound) { bounds_.connect = bound; }

  const SignInTools& tools() const { return tools_; }

 private:
  Expected<Client*> ClientFor(const Origin& origin);
  Expected<SignInAnswer> SendOnce(const SignInRequest& request);

  ConnectionSettings connection_;
  Bounds bounds_;
  std::chrono::seconds longest_wait_;
  SignInTools tools_;
  std::mutex mutex_;
  std::map<std::string, std::unique_ptr<Client>> clients_;  // by origin
};

}  // namespace conform
