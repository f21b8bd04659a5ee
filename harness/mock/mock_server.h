// Microsoft Graph on loopback, served from contracts, with Entra to sign in at.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "contract/contract.h"
#include "contract/protocol.h"
#include "mock/mock_tls.h"

namespace conform {

struct MockOptions {
  std::vector<const Contract*> contracts;  ///< one edition of each operation.
  std::map<Refusal, int> refusals;         ///< status per reason; what is missing is Graph's.
  std::set<std::string, std::less<>> faults;
  std::chrono::milliseconds latency{0};  ///< each answer but those to control is held back.
  int port = 0;                          ///< 0: any free one.
  const Clock* clock = nullptr;          ///< null: the machine's own.
  std::optional<MockTlsOptions> tls;     ///< nothing: plain http.
};

/// What keeps it running is in MockListener, what it answers in MockService. Listens on 127.0.0.1,
/// a thread a connection. Safe to use from several threads.
class MockServer {
 public:
  /// Contracts and clock must outlive the server. Errors: an unknown fault, a port that cannot be
  /// opened, a certificate that cannot be used.
  static Expected<std::unique_ptr<MockServer>> Start(const MockOptions& options);

  /// Stops.
  ~MockServer();
  MockServer(const MockServer&) = delete;
  MockServer& operator=(const MockServer&) = delete;

  int port() const;
  /// `http://127.0.0.1:PORT`, or `https://`.
  std::string origin() const;
  /// Requests answered so far, control requests and those to Entra not counted.
  std::uint64_t served() const;

  /// Plants these faults and no others; requests that come from now on see them. An error, and
  /// nothing changed, where one is unknown.
  Expected<void> SetFaults(const std::set<std::string, std::less<>>& names);

  /// Of this tenant all is as it was before its first request.
  void Forget(std::string_view tenant);

  /// Finishes the answers under way, closes every connection, and returns when all threads have
  /// ended: within half a second, however many clients hang on. Does nothing the second time.
  void Stop();

 private:
  struct Parts;
  explicit MockServer(std::unique_ptr<Parts> parts);

  std::unique_ptr<Parts> parts_;
};

}  // namespace conform
