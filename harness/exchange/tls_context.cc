#include "exchange/tls_context.h"

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <array>

#include "exchange/client_credential.h"

namespace conform {
namespace {

/// RSA of 2048 bits, elliptic curves of 224, no SHA-1: OpenSSL's security level 2.
constexpr int kSecurityLevel = 2;

Expected<std::string> Trust(SSL_CTX* context, const std::filesystem::path& ca_file) {
  if (ca_file.empty()) {
    if (SSL_CTX_set_default_verify_paths(context) != 1) {
      return Fail("this machine's store of certificates cannot be read: name a CA file");
    }
    return "this machine's store";
  }
  if (SSL_CTX_load_verify_file(context, ca_file.c_str()) == 1) {
    // What the file holds is trusted itself, also where it is no root.
    X509_STORE_set_flags(SSL_CTX_get_cert_store(context), X509_V_FLAG_PARTIAL_CHAIN);
    return fmt::format("the CA file {}", ca_file.string());
  }
  ERR_clear_error();
  return Fail(fmt::format("the CA file {} cannot be read or holds no certificate: it is to be PEM",
                          ca_file.string()));
}

}  // namespace

Expected<std::shared_ptr<const TlsContext>> TlsContext::Load(const std::string& host,
                                                             const TlsSettings& settings,
                                                             const VariableLookup& variables) {
  constexpr std::array<unsigned char, 9> kHttp11 = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
  const std::shared_ptr<TlsContext> loaded(new TlsContext());
  loaded->context_ = {SSL_CTX_new(TLS_client_method()), &SSL_CTX_free};
  SSL_CTX* const context = loaded->get();
  // A machine's openssl.cnf may say otherwise, in either direction: these hold whatever it says.
  if (context == nullptr || SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) != 1 ||
      SSL_CTX_set_max_proto_version(context, 0) != 1 ||
      SSL_CTX_set_alpn_protos(context, kHttp11.data(), kHttp11.size()) != 0) {
    return Fail("secure connections cannot be set up: OpenSSL is broken");
  }
  SSL_CTX_set_security_level(context, kSecurityLevel);
  SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
  SSL_CTX_clear_options(context, SSL_OP_IGNORE_UNEXPECTED_EOF);
  // Written bytes are counted as they go, and what is left lies elsewhere the next time.
  SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
  const Expected<std::string> trusted = Trust(context, settings.ca_file);
  if (!trusted) return tl::unexpected(trusted.error());
  loaded->trusted_ = *trusted;
  const auto& all = settings.client_certificates;
  const auto own = std::find_if(all.begin(), all.end(),
                                [&host](const ClientCertificate& one) { return one.host == host; });
  if (own != all.end()) {
    const auto used = UseCredential(context, *own, variables);
    if (!used) return tl::unexpected(used.error());
    loaded->signs_in_ = true;
  }
  return loaded;
}

}  // namespace conform
