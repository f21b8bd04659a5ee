// The mock over TLS, asked by OpenSSL's own client.
#include "mock/mock_tls.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>

#include "base/openssl_handle.h"
#include "mock/mock_server.h"
#include "mock/sample_contracts.h"
#include "mock/sample_server.h"

namespace conform {
namespace {

const LoopbackCertificate& Made() {
  static const LoopbackCertificate made =
      MakeLoopbackCertificate(std::chrono::system_clock::now()).value();
  return made;
}

/// A client by OpenSSL alone, which trusts the authority that was made.
class SecureWire {
 public:
  explicit SecureWire(int port, const Credential* shown = nullptr)
      : context_(SSL_CTX_new(TLS_client_method())),
        socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    std::signal(SIGPIPE, SIG_IGN);
    const auto text = openssl::ReadFrom(Made().authority);
    const openssl::CertificateHandle trusted(
        PEM_read_bio_X509(text.get(), nullptr, nullptr, nullptr));
    X509_STORE_add_cert(SSL_CTX_get_cert_store(context_.get()), trusted.get());
    SSL_CTX_set_verify(context_.get(), SSL_VERIFY_PEER, nullptr);
    if (shown != nullptr) Show(*shown);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)), 0);
    ssl_.reset(SSL_new(context_.get()));
    SSL_set_fd(ssl_.get(), socket_);
    X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl_.get()), "127.0.0.1");
    SSL_connect(ssl_.get());
  }
  ~SecureWire() { ::close(socket_); }
  SecureWire(const SecureWire&) = delete;
  SecureWire& operator=(const SecureWire&) = delete;

  std::string Ask(std::string_view request) {
    SSL_write(ssl_.get(), request.data(), static_cast<int>(request.size()));
    return Receive();
  }
  /// One record, or how it ended: `notified`, `cut off`, `alert 48` (RFC 8446 §6.2).
  std::string Receive() {
    std::array<char, 16'384> bytes;
    ERR_clear_error();
    const int count = SSL_read(ssl_.get(), bytes.data(), static_cast<int>(bytes.size()));
    if (count > 0) return {bytes.data(), static_cast<std::size_t>(count)};
    const int told = SSL_get_error(ssl_.get(), count);
    if (told == SSL_ERROR_ZERO_RETURN) return "notified";
    const int reason = ERR_GET_REASON(ERR_peek_error());
    if (reason < SSL_AD_REASON_OFFSET) return "cut off";
    return fmt::format("alert {}", reason - SSL_AD_REASON_OFFSET);
  }
  const char* version() const { return SSL_get_version(ssl_.get()); }

 private:
  void Show(const Credential& shown) {
    const auto text = openssl::ReadFrom(shown.certificate);
    const auto key_text = openssl::ReadFrom(shown.key);
    const openssl::CertificateHandle certificate(
        PEM_read_bio_X509(text.get(), nullptr, nullptr, nullptr));
    const openssl::KeyHandle key(
        PEM_read_bio_PrivateKey(key_text.get(), nullptr, nullptr, nullptr));
    SSL_CTX_use_cert_and_key(context_.get(), certificate.get(), key.get(), nullptr, 1);
  }

  openssl::Handle<SSL_CTX, SSL_CTX_free> context_;
  int socket_;
  openssl::Handle<SSL, SSL_free> ssl_;
};

class MockOverTls : public testing::Test {
 protected:
  void Start(const std::string& client_ca = "") {
    MockOptions options;
    options.contracts = {&action_};
    options.tls = MockTlsOptions{Made().credential, client_ca};
    auto started = MockServer::Start(options);
    ASSERT_TRUE(started.has_value()) << started.error().message;
    server_ = *std::move(started);
  }

  const Contract action_ = SampleAction();
  std::unique_ptr<MockServer> server_;
  const std::string post_ =
      "POST /beta/things/sync HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n";
  const std::string last_ =
      "POST /beta/things/sync HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n"
      "Connection: close\r\n\r\n";
};

TEST_F(MockOverTls, AnswersManyRequestsAndEndsTlsBeforeItCloses) {
  Start();
  EXPECT_EQ(server_->origin(), fmt::format("https://127.0.0.1:{}", server_->port()));
  SecureWire wire(server_->port());
  EXPECT_STREQ(wire.version(), "TLSv1.3");
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(wire.Ask(post_).starts_with("HTTP/1.1 401 "));
  EXPECT_TRUE(wire.Ask(last_).starts_with("HTTP/1.1 401 "));
  EXPECT_EQ(wire.Receive(), "notified");
  EXPECT_EQ(server_->served(), 4u);
}

TEST_F(MockOverTls, LinksToTheNextPageByHttps) {
  Contract list = SampleList();
  list.method = "GET";
  auto& items = list.responses.front().content.front().example["value"];
  items.push_back({{"id", "second"}});
  MockOptions options;
  options.contracts = {&list};
  options.tls = MockTlsOptions{Made().credential, ""};
  auto started = MockServer::Start(options);
  ASSERT_TRUE(started.has_value()) << started.error().message;
  SecureWire wire((*started)->port());
  const std::string answer =
      wire.Ask("GET /beta/things?$top=1 HTTP/1.1\r\nHost: localhost:8443\r\n\r\n");
  EXPECT_NE(answer.find(R"("@odata.nextLink":"https://localhost:8443/beta/things?)"),
            std::string::npos)
      << answer;
}

TEST_F(MockOverTls, TakesARequestOfManyRecords) {
  Start();
  SecureWire wire(server_->port());
  const std::string body(1'000'000, 'b');
  const std::string answer = wire.Ask(fmt::format(
      "POST /beta/things/sync HTTP/1.1\r\nHost: localhost\r\nContent-Length: {}\r\n\r\n{}",
      body.size(), body));
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 401 ")) << answer;
}

TEST_F(MockOverTls, LeavesPlainHttpUnanswered) {
  Start();
  Wire plain(server_->port());
  plain.Send(post_);
  const std::string came = plain.ReadToEnd();
  EXPECT_EQ(came.find("HTTP/"), std::string::npos) << came;
  EXPECT_EQ(server_->served(), 0u);
  EXPECT_TRUE(SecureWire(server_->port()).Ask(post_).starts_with("HTTP/1.1 401 "));
}

TEST_F(MockOverTls, DemandsClientCertificatesOfTheirAuthority) {
  const LoopbackCertificate clients =
      MakeLoopbackCertificate(std::chrono::system_clock::now()).value();
  Start(clients.authority);
  EXPECT_TRUE(
      SecureWire(server_->port(), &clients.credential).Ask(post_).starts_with("HTTP/1.1 401 "));
  // certificate_required and unknown_ca.
  EXPECT_EQ(SecureWire(server_->port()).Ask(post_), "alert 116");
  EXPECT_EQ(SecureWire(server_->port(), &Made().credential).Ask(post_), "alert 48");
  EXPECT_EQ(server_->served(), 1u);
}

// One has been answered, one is in the middle of its handshake, one has not said a word.
TEST_F(MockOverTls, StopsAtOnceWhateverClientsDo) {
  Start();
  SecureWire idle(server_->port());
  EXPECT_TRUE(idle.Ask(post_).starts_with("HTTP/1.1 401 "));
  const Wire silent(server_->port());
  Wire half(server_->port());
  const openssl::Handle<SSL_CTX, SSL_CTX_free> context(SSL_CTX_new(TLS_client_method()));
  const openssl::Handle<SSL, SSL_free> ssl(SSL_new(context.get()));
  BIO* const sent = BIO_new(BIO_s_mem());
  SSL_set_bio(ssl.get(), BIO_new(BIO_s_mem()), sent);  // ssl owns both
  EXPECT_LT(SSL_connect(ssl.get()), 0);
  char* hello = nullptr;
  const auto size = static_cast<std::size_t>(BIO_get_mem_data(sent, &hello));
  half.Send({hello, size});
  ASSERT_TRUE(half.Receive());  // the server's hello: it waits for the rest.
  EXPECT_TRUE(StopsSoon(*server_));
  EXPECT_EQ(idle.Receive(), "notified");
}

TEST(MockTls, SaysWhatIsWrongWithACertificate) {
  const LoopbackCertificate other =
      MakeLoopbackCertificate(std::chrono::system_clock::now()).value();
  const Credential& good = Made().credential;
  const struct {
    MockTlsOptions options;
    std::string told;
  } rows[] = {
      {{{"", good.key}}, "the mock's certificate is not PEM"},
      {{{good.certificate, ""}}, "the mock's key is not PEM, or is protected by a password"},
      {{{good.certificate, other.credential.key}},
       "the mock's certificate and key do not belong together, or are too weak"},
      {{good, "no authority"}, "the authority of client certificates is not PEM"},
      {{good, other.authority}, "loaded"},
  };
  for (const auto& row : rows) {
    const auto loaded = MockTls::Load(row.options);
    EXPECT_EQ(loaded ? "loaded" : loaded.error().message, row.told);
  }
}

TEST(MockTls, ServerSaysWhatIsWrongAndDoesNotStart) {
  MockOptions options;
  options.tls = MockTlsOptions{{"", ""}};
  const auto server = MockServer::Start(options);
  ASSERT_FALSE(server.has_value());
  EXPECT_EQ(server.error().message, "the mock's certificate is not PEM");
}

}  // namespace
}  // namespace conform
