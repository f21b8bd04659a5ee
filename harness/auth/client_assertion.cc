#include "auth/client_assertion.h"

#include <fmt/format.h>
#include <openssl/x509.h>

#include <array>

#include "auth/token_file.h"
#include "base/digest.h"
#include "exchange/client_credential.h"
#include "token/jwt.h"

namespace conform {
namespace {

std::string ThumbprintOf(const X509* certificate) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  unsigned int size = 0;
  if (X509_digest(certificate, EVP_sha256(), bytes.data(), &size) != 1) return "";
  return Base64Url({reinterpret_cast<const char*>(bytes.data()), size});
}

}  // namespace

Expected<SigningCertificate> LoadSigningCertificate(const CertificateCredential& from,
                                                    const Environment& environment) {
  const auto& secret = from.key_file.empty() ? from.file : from.key_file;
  if (const auto kept = ReadSecretFile(secret); !kept) return tl::unexpected(kept.error());
  auto loaded = LoadCredential({"", from.file, from.key_file, from.password_variable}, environment);
  if (!loaded) return tl::unexpected(loaded.error());
  auto key = RsaKey::Take(std::move(loaded->key));
  if (!key) {
    return Fail(
        fmt::format("the key in {} is no RSA key, and such an assertion is signed with no "
                    "other",
                    secret.string()));
  }
  return SigningCertificate{*std::move(key), ThumbprintOf(loaded->certificate.get())};
}

Expected<std::string> SignClientAssertion(const SigningCertificate& certificate, RsaScheme scheme,
                                          const std::string& client, const std::string& audience,
                                          std::chrono::system_clock::time_point now) {
  using std::chrono::seconds;
  const auto begins = std::chrono::duration_cast<seconds>(now.time_since_epoch());
  const nlohmann::json claims = {{"iss", client},
                                 {"sub", client},
                                 {"aud", audience},
                                 {"jti", RandomUuid()},
                                 {"iat", begins.count()},
                                 {"nbf", begins.count()},
                                 {"exp", (begins + seconds(kAssertionLife)).count()}};
  return SignJwt({{"x5t#S256", certificate.thumbprint}}, claims, certificate.key, scheme);
}

}  // namespace conform
