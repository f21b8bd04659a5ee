#include "exchange/client_credential.h"

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "base/line_end.h"
#include "base/openssl_handle.h"

namespace conform {
namespace {

using openssl::CertificateHandle;
using openssl::KeyHandle;

tl::unexpected<Error> Complain(const std::filesystem::path& file, std::string_view what) {
  ERR_clear_error();
  return Fail(fmt::format("the client certificate {} {}", file.string(), what));
}

Expected<std::string> ReadFile(const std::filesystem::path& path) {
  // To read a folder as a file makes the library throw.
  std::error_code ignored;
  std::ifstream file;
  if (!std::filesystem::is_directory(path, ignored)) file.open(path, std::ios::binary);
  if (!file.is_open()) return Complain(path, "cannot be read");
  std::string bytes(std::istreambuf_iterator<char>(file), {});
  if (bytes.empty()) return Complain(path, "is empty");
  return bytes;
}

int GivePassword(char* into, int room, int, void* password) {
  const auto& text = *static_cast<const std::string*>(password);
  const auto size = std::min(text.size(), static_cast<std::size_t>(room));
  std::copy_n(text.data(), size, into);
  // No password, as against an empty one: OpenSSL then says that one is needed.
  return text.empty() ? -1 : static_cast<int>(size);
}

KeyHandle ReadKey(std::string_view pem, std::string& password) {
  const auto text = openssl::ReadFrom(pem);
  return KeyHandle(PEM_read_bio_PrivateKey(text.get(), nullptr, &GivePassword, &password));
}

Expected<LoadedCredential> ReadPem(const ClientCertificate& from, std::string_view pem,
                                   std::string& password) {
  LoadedCredential loaded;
  const auto text = openssl::ReadFrom(pem);
  loaded.certificate.reset(
      PEM_read_bio_X509_AUX(text.get(), nullptr, &openssl::NoPassword, nullptr));
  if (!loaded.certificate) return Complain(from.file, "holds no certificate");
  loaded.chain.reset(sk_X509_new_null());
  while (X509* next = PEM_read_bio_X509(text.get(), nullptr, &openssl::NoPassword, nullptr)) {
    sk_X509_push(loaded.chain.get(), next);
  }
  if (from.key_file.empty()) {
    loaded.key = ReadKey(pem, password);
  } else {
    const auto key = ReadFile(from.key_file);
    if (!key) return tl::unexpected(key.error());
    loaded.key = ReadKey(*key, password);
  }
  const std::filesystem::path& key_file = from.key_file.empty() ? from.file : from.key_file;
  if (loaded.key) return loaded;
  return Complain(from.file, fmt::format("has no private key that can be read in {}: it is not "
                                         "there, or its password is missing or wrong",
                                         key_file.string()));
}

Expected<LoadedCredential> ReadPkcs12(const ClientCertificate& from, std::string_view der,
                                      const std::string& password) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(der.data());
  ERR_clear_error();
  const openssl::Handle<PKCS12, PKCS12_free> bag(
      d2i_PKCS12(nullptr, &bytes, static_cast<long>(der.size())));
  if (!bag) return Complain(from.file, "is neither PEM nor PKCS#12");
  EVP_PKEY* key = nullptr;
  X509* certificate = nullptr;
  STACK_OF(X509)* chain = nullptr;
  const int parsed = PKCS12_parse(bag.get(), password.c_str(), &key, &certificate, &chain);
  LoadedCredential loaded{CertificateHandle(certificate), KeyHandle(key), {}};
  loaded.chain.reset(chain);
  if (parsed != 1) {
    const bool closed = ERR_GET_REASON(ERR_peek_error()) == PKCS12_R_MAC_VERIFY_FAILURE;
    return Complain(from.file, closed ? "does not open: its password is missing or wrong"
                                      : "is encrypted in a way that OpenSSL no longer takes: "
                                        "export it again with openssl pkcs12 -export");
  }
  if (!loaded.certificate || !loaded.key) {
    return Complain(from.file, "holds no certificate with its private key");
  }
  return loaded;
}

}  // namespace

Expected<LoadedCredential> LoadCredential(const ClientCertificate& from,
                                          const VariableLookup& variables) {
  std::string password;
  if (!from.password_variable.empty()) {
    const auto value = variables ? variables(from.password_variable) : std::nullopt;
    password = WithoutLineEnd(value.value_or(""));
    if (password.empty()) {
      return Complain(from.file, fmt::format("opens with the password in {}, which is not set",
                                             from.password_variable));
    }
  }
  const auto bytes = ReadFile(from.file);
  if (!bytes) return tl::unexpected(bytes.error());
  const bool is_pem = bytes->find("-----BEGIN ") != std::string::npos;
  auto loaded = is_pem ? ReadPem(from, *bytes, password) : ReadPkcs12(from, *bytes, password);
  if (!loaded) return tl::unexpected(loaded.error());
  if (X509_check_private_key(loaded->certificate.get(), loaded->key.get()) != 1) {
    return Complain(from.file, "and its private key do not belong together");
  }
  return loaded;
}

Expected<void> UseCredential(ssl_ctx_st* context, const ClientCertificate& from,
                             const VariableLookup& variables) {
  const auto loaded = LoadCredential(from, variables);
  if (!loaded) return tl::unexpected(loaded.error());
  if (SSL_CTX_use_cert_and_key(context, loaded->certificate.get(), loaded->key.get(),
                               loaded->chain.get(), 1) != 1) {
    return Complain(from.file, "cannot be used: its key or its signature is too weak");
  }
  ERR_clear_error();
  return {};
}

}  // namespace conform
