// A proxy on loopback that makes tunnels, if it is signed in to, and keeps what it was asked.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace conform {

struct ForwardingProxyOptions {
  std::string sign_in = {};  ///< `user:password` that it demands; empty: it takes anybody.
  std::string answer = {};  ///< sent to every CONNECT in place of what it would do; then it closes.
};

/// Every tunnel ends on 127.0.0.1, at the port that was asked for, whatever the host.
class ForwardingProxy {
 public:
  explicit ForwardingProxy(ForwardingProxyOptions options = {});
  ~ForwardingProxy();
  ForwardingProxy(const ForwardingProxy&) = delete;
  ForwardingProxy& operator=(const ForwardingProxy&) = delete;

  std::uint16_t port() const;
  /// `http://127.0.0.1:PORT`, or with `sign_in` before the host.
  std::string address(const std::string& sign_in = "") const;
  /// The header sections that came, as they came.
  std::vector<std::string> heads() const;
  std::size_t tunnels() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace conform
