#include "mock/mock_server.h"

#include <fmt/format.h>

#include <mutex>
#include <thread>
#include <utility>

#include "mock/fault.h"
#include "mock/mock_listener.h"
#include "mock/mock_service.h"

namespace conform {

struct MockServer::Parts {
  Parts(const MockOptions& options, Faults faults, std::unique_ptr<const MockTls> tls)
      : scheme(tls == nullptr ? "http" : "https"),
        service(options.contracts, options.refusals,
                options.clock == nullptr ? system_clock : *options.clock, scheme,
                options.latency.count() == 0),
        listener(service, std::move(faults), options.latency, std::move(tls)) {}

  SystemClock system_clock;
  const char* scheme;
  MockService service;
  MockListener listener;
  int port = 0;
  std::thread accepting;
  std::once_flag stopped;
};

Expected<std::unique_ptr<MockServer>> MockServer::Start(const MockOptions& options) {
  Expected<Faults> faults = Faults::Plant(options.faults);
  if (!faults) return tl::unexpected(faults.error());
  std::unique_ptr<const MockTls> tls;
  if (options.tls) {
    auto loaded = MockTls::Load(*options.tls);
    if (!loaded) return tl::unexpected(loaded.error());
    tls = *std::move(loaded);
  }
  auto parts = std::make_unique<Parts>(options, *std::move(faults), std::move(tls));
  const std::optional<int> port = parts->listener.Bind(options.port);
  if (!port) {
    return Fail(fmt::format(
        "the mock cannot listen on port {} of 127.0.0.1: it is in use or not allowed; --port 0 "
        "takes a free one",
        options.port));
  }
  parts->port = *port;
  parts->accepting = std::thread([&listener = parts->listener] { listener.Run(); });
  return std::unique_ptr<MockServer>(new MockServer(std::move(parts)));
}

MockServer::MockServer(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

MockServer::~MockServer() { Stop(); }

int MockServer::port() const { return parts_->port; }

std::string MockServer::origin() const {
  return fmt::format("{}://127.0.0.1:{}", parts_->scheme, port());
}

void MockServer::Forget(std::string_view tenant) { parts_->service.Forget(tenant); }

std::uint64_t MockServer::served() const { return parts_->service.served(); }

Expected<void> MockServer::SetFaults(const std::set<std::string, std::less<>>& names) {
  Expected<Faults> faults = Faults::Plant(names);
  if (!faults) return tl::unexpected(faults.error());
  parts_->listener.SetFaults(*std::move(faults));
  return {};
}

void MockServer::Stop() {
  std::call_once(parts_->stopped, [this] {
    parts_->listener.Stop();
    parts_->accepting.join();
  });
}

}  // namespace conform
