#include "exchange/tls_stream.h"

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <cerrno>
#include <climits>

namespace conform {

/// What OpenSSL reads from and writes to: its own sockets would end the process by SIGPIPE.
struct TlsStream::Below {
  std::unique_ptr<Stream> stream;
  bool closed = false;
  int error = 0;

  static int Give(BIO* bio, const Stream::Result& result) {
    Below& below = *static_cast<Below*>(BIO_get_data(bio));
    below.error = 0;
    BIO_clear_retry_flags(bio);
    switch (result.told) {
      case Told::kBytes:
        return static_cast<int>(result.bytes);
      case Told::kWantRead:
        BIO_set_retry_read(bio);
        return -1;
      case Told::kWantWrite:
        BIO_set_retry_write(bio);
        return -1;
      case Told::kClosed:
      case Told::kCutOff:
        below.closed = true;
        return 0;
      case Told::kFailed:
        below.error = result.error;
        return -1;
    }
    return -1;
  }

  static int Read(BIO* bio, char* into, int max) {
    Below& below = *static_cast<Below*>(BIO_get_data(bio));
    return Give(bio, below.stream->Read(into, static_cast<std::size_t>(max)));
  }

  static int Write(BIO* bio, const char* bytes, int size) {
    Below& below = *static_cast<Below*>(BIO_get_data(bio));
    return Give(bio, below.stream->Write({bytes, static_cast<std::size_t>(size)}));
  }

  static long Control(BIO* bio, int command, long, void*) {
    if (command == BIO_CTRL_EOF) return static_cast<Below*>(BIO_get_data(bio))->closed ? 1 : 0;
    return command == BIO_CTRL_FLUSH ? 1 : 0;
  }

  BIO* NewBio() {
    static BIO_METHOD* const method = [] {
      BIO_METHOD* made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "conform stream");
      BIO_meth_set_read(made, &Read);
      BIO_meth_set_write(made, &Write);
      BIO_meth_set_ctrl(made, &Control);
      return made;
    }();
    BIO* const bio = BIO_new(method);
    BIO_set_data(bio, this);
    BIO_set_init(bio, 1);
    return bio;
  }
};

struct TlsStream::Callbacks {
  static TlsStream& OwnerOf(const SSL* ssl) {
    return *static_cast<TlsStream*>(SSL_get_app_data(ssl));
  }

  static int Verified(int accepted, X509_STORE_CTX* chain) {
    const auto* const ssl = static_cast<const SSL*>(
        X509_STORE_CTX_get_ex_data(chain, SSL_get_ex_data_X509_STORE_CTX_idx()));
    RefusedCertificate& refused = OwnerOf(ssl).state_.refused;
    if (accepted == 0 && refused.error == 0) {
      refused =
          DescribeRefused(X509_STORE_CTX_get_current_cert(chain), X509_STORE_CTX_get_error(chain));
    }
    return accepted;
  }

  static int CertificateAsked(SSL* ssl, void*) {
    OwnerOf(ssl).state_.asked = true;
    return 1;
  }
};

TlsStream::TlsStream(std::unique_ptr<Stream> below, const TlsContext& context, const Origin& origin)
    : below_(new Below{std::move(below)}),
      ssl_(SSL_new(context.get()), &SSL_free),
      origin_(origin) {
  state_.signed_in = context.signs_in();
  state_.trusted = context.trusted();
  SSL* const ssl = ssl_.get();
  BIO* const bio = below_->NewBio();
  SSL_set_bio(ssl, bio, bio);
  SSL_set_app_data(ssl, this);
  SSL_set_verify(ssl, SSL_VERIFY_PEER, &Callbacks::Verified);
  SSL_set_cert_cb(ssl, &Callbacks::CertificateAsked, nullptr);
  X509_VERIFY_PARAM* const checked = SSL_get0_param(ssl);
  // RFC 9525 §6.3: a name stands in subjectAltName, or nowhere.
  X509_VERIFY_PARAM_set_hostflags(
      checked, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS | X509_CHECK_FLAG_NEVER_CHECK_SUBJECT);
  if (X509_VERIFY_PARAM_set1_ip_asc(checked, origin.host.c_str()) == 1) return;
  // RFC 6066 §3: no addresses in SNI.
  const std::string name(WithoutLastDot(origin.host));
  SSL_set1_host(ssl, name.c_str());
  SSL_set_tlsext_host_name(ssl, name.c_str());
}

TlsStream::~TlsStream() {
  if (broken_ || SSL_is_init_finished(ssl_.get()) == 0) return;
  ERR_clear_error();
  SSL_shutdown(ssl_.get());
  ERR_clear_error();
}

int TlsStream::descriptor() const { return below_->stream->descriptor(); }

TlsFacts TlsStream::facts() const { return DescribeConnection(ssl_.get()); }

void TlsStream::Break(unsigned long error) {
  broken_ = true;
  if (!trouble_) trouble_ = TellTlsTrouble(error, state_, origin_);
}

Stream::Result TlsStream::Tell(int returned, bool writing) {
  const int told = SSL_get_error(ssl_.get(), returned);
  if (told == SSL_ERROR_WANT_READ) return {Told::kWantRead, 0, 0};
  if (told == SSL_ERROR_WANT_WRITE) return {Told::kWantWrite, 0, 0};
  if (told == SSL_ERROR_ZERO_RETURN) return {Told::kClosed, 0, 0};
  const unsigned long error = ERR_get_error();
  ERR_clear_error();
  broken_ = true;
  const bool gone =
      told == SSL_ERROR_SYSCALL || ERR_GET_REASON(error) == SSL_R_UNEXPECTED_EOF_WHILE_READING;
  // A server that wants a client certificate hears of it after the handshake. Its alert may still
  // be there to be read where writing fails, or may be lost.
  const bool refused = state_.asked && !state_.answered && !writing;
  if (!gone || refused) Break(gone ? 0 : error);
  if (gone && below_->closed) return {Told::kCutOff, 0, 0};
  return {Told::kFailed, 0, gone && below_->error != 0 ? below_->error : EPROTO};
}

std::optional<Trouble> TlsStream::Handshake(Instant until) {
  for (;;) {
    ERR_clear_error();
    const int returned = SSL_connect(ssl_.get());
    if (returned == 1) return std::nullopt;
    const Result result = Tell(returned, false);
    if (result.told == Told::kWantRead || result.told == Told::kWantWrite) {
      const short awaited = result.told == Told::kWantRead ? POLLIN : POLLOUT;
      if (WaitFor(descriptor(), awaited, until) != 0) continue;
      broken_ = true;
      return Trouble{
          TroubleKind::kTimeout,
          fmt::format("no secure connection to {} in time: the TLS handshake hangs",
                      FormatOrigin(origin_)),
          "check that the service speaks TLS there, or raise the profile's bound 'connect'"};
    }
    Break(0);
    return trouble_;
  }
}

Stream::Result TlsStream::Read(char* into, std::size_t max) {
  ERR_clear_error();
  const int count =
      SSL_read(ssl_.get(), into, static_cast<int>(std::min<std::size_t>(max, INT_MAX)));
  if (count <= 0) return Tell(count, false);
  state_.answered = true;
  return {Told::kBytes, static_cast<std::size_t>(count), 0};
}

Stream::Result TlsStream::Write(std::string_view bytes) {
  ERR_clear_error();
  const int count = SSL_write(ssl_.get(), bytes.data(),
                              static_cast<int>(std::min<std::size_t>(bytes.size(), INT_MAX)));
  if (count <= 0) return Tell(count, true);
  return {Told::kBytes, static_cast<std::size_t>(count), 0};
}

}  // namespace conform
