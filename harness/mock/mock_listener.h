// The mock on cpp-httplib, which listens and accepts connections; they are read and answered here.
#pragma once

#include <httplib.h>

#include <chrono>
#include <memory>
#include <mutex>
#include <optional>

#include "base/clock.h"
#include "mock/fault.h"
#include "mock/mock_connection.h"
#include "mock/mock_service.h"
#include "mock/mock_tls.h"
#include "mock/open_connections.h"
#include "mock/request_head.h"

namespace conform {

/// Answers each request of each connection with what the service says.
class MockListener final : public httplib::Server {
 public:
  /// The service must outlive it. `tls` is null where plain http is spoken.
  MockListener(MockService& service, Faults faults, std::chrono::milliseconds latency,
               std::unique_ptr<const MockTls> tls);

  /// Binds 127.0.0.1. The port, or nothing where it is not to be had.
  std::optional<int> Bind(int port);
  /// Accepts connections until Stop is called; all threads have then ended.
  void Run() { listen_after_bind(); }
  void Stop();

  void SetFaults(Faults faults);

 private:
  // cpp-httplib calls it on a thread of its own for every connection.
  bool process_and_close_socket(socket_t socket) override;

  void Converse(socket_t socket);
  /// False where the connection is to end. What a library throws ends the connection alone, which
  /// is answered 500.
  bool AnswerOrFail(MockConnection& connection);
  bool AnswerNext(MockConnection& connection);
  bool AnswerHead(const RequestHead& head, MockConnection& connection, const Faults& faults);
  bool Send(const WireAnswer& answer, MockConnection& connection);
  static bool SendAtOnce(const WireAnswer& answer, MockConnection& connection);
  std::shared_ptr<const Faults> CurrentFaults() const;

  MockService& service_;
  std::chrono::milliseconds latency_;
  const std::unique_ptr<const MockTls> tls_;
  OpenConnections connections_;
  mutable std::mutex faults_mutex_;
  std::shared_ptr<const Faults> faults_;
};

}  // namespace conform
