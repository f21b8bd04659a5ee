// A time stamp authority made by openssl, and a web server it answers from, for tests.
#pragma once

#include <httplib.h>

#include <functional>
#include <string>
#include <thread>

#include "bundle/sample_bundle.h"

namespace conform {

/// A CA (ca.pem), and an authority certified by it (tsa.pem), in a folder that outlives it.
class SampleAuthority {
 public:
  explicit SampleAuthority(const SampleFolder& folder) : folder_(folder) {
    folder_.Write("tsa.cnf", R"([tsa]
default_tsa = made
[made]
serial = serial
crypto_device = builtin
signer_cert = tsa.pem
certs = ca.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ordering = yes
tsa_name = yes
ess_cert_id_chain = no
[stamps]
extendedKeyUsage = critical,timeStamping
)");
    folder_.Run(R"(
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ca.key -out ca.pem \
  -subj "/CN=Sample CA" -days 2 2>/dev/null
openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout tsa.key -out tsa.csr \
  -subj "/O=Samples/CN=Sample Authority" 2>/dev/null
openssl x509 -req -in tsa.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out tsa.pem -days 2 \
  -extfile tsa.cnf -extensions stamps 2>/dev/null
echo 01 > serial
)");
  }

  /// As `openssl ts -reply` answers; `flags` are given to it besides.
  std::string Answer(const std::string& request, const std::string& flags = "") const {
    folder_.Write("request.tsq", request);
    folder_.Run("openssl ts -reply -config tsa.cnf -queryfile request.tsq -out answer.tsr " +
                flags + " 2>/dev/null");
    return folder_.Read("answer.tsr");
  }

 private:
  const SampleFolder& folder_;
};

/// A stamper that asks nobody over the network.
inline TimeStamper AskDirectly(const SampleAuthority& authority) {
  return [&](std::string_view stamped) -> Expected<std::string> {
    const std::string request = *MakeTimeStampRequest(stamped);
    return AcceptAnswer(authority.Answer(request), request);
  };
}

/// Answers every POST to /tsa on a free port of loopback, until the object ends.
class SampleWeb {
 public:
  using Handler = std::function<void(const httplib::Request&, httplib::Response&)>;

  explicit SampleWeb(Handler handler) {
    server_.Post("/tsa", std::move(handler));
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
    while (!server_.is_running()) std::this_thread::yield();
  }
  ~SampleWeb() {
    server_.stop();
    thread_.join();
  }
  SampleWeb(const SampleWeb&) = delete;
  SampleWeb& operator=(const SampleWeb&) = delete;

  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/tsa"; }

 private:
  httplib::Server server_;
  int port_ = 0;
  std::thread thread_;
};

}  // namespace conform
