// Which application a request to the token endpoint comes from, and whether it shows that.
#pragma once

#include "mock/entra_assertion.h"

namespace conform {

/// Whether the request's credential is in the Authorization field, in the Basic scheme.
bool ShowsBasic(const EntraRequest& request);

/// By `client_secret` in the content or Basic (RFC 6749 §2.3.1), by `client_assertion`, or, for a
/// public client, by nothing. Safe to use from several threads.
class EntraClientCheck {
 public:
  /// The application that `client_id` or Basic names, whatever it shows.
  static tl::expected<const EntraApplication*, EntraRefusal> Name(const EntraRequest& request);

  /// The same, where it has shown that it is that application. `confidential`: a public client
  /// is refused too.
  tl::expected<const EntraApplication*, EntraRefusal> Identify(const EntraRequest& request,
                                                               bool confidential);

  EntraAssertions& assertions() { return assertions_; }
  EntraCertificates& certificates() { return certificates_; }

 private:
  EntraAssertions assertions_;
  EntraCertificates certificates_;
};

}  // namespace conform
