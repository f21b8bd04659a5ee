#include "token/test_key.h"

#include <cstdio>
#include <cstdlib>

namespace conform {
namespace {

constexpr std::string_view kTokenKeyPem = R"(
conform's PUBLIC TEST KEY for the tokens of a run. Anyone can read it here, so it proves nothing
about anybody, and no service may ever trust it.
-----BEGIN PRIVATE KEY-----
MIIBUwIBADANBgkqhkiG9w0BAQEFAASCAT0wggE5AgEAAkEAuTD/6p9jvryJDBpw
C2veaBTK2Z+v9DE9AbgOIgWig79qbRIUxS47HvzCgZaulVf2qWfB4biG2I1y/90I
2PUeBQIDAQABAkB5kc8OKGAEQCP/TAOtm7w+uxeG0StitEgGLtsoPma28P1D6No/
LbP4LdZG5Pzmr5jr5pYCHkbiKeg8YmomFX/pAiEA4q8xL9ReHkqi6SLTOSK43zW7
9LTg5hxh8BT69jFczQcCIQDRJBs+UO/MP9EwQRM+WTvgUWlPzpjzq3HLsJCbrbPF
kwIgAZEecOsx31m6uIvSE/IGfxx6+R0K9Ow7TRKIDY2Xy58CIBTvKEr0jwxC1w2d
de+nvvaVL5VteKHrZ1icM91hZb1BAiAoEDrS7TVen0bn47KKX6ogyui2EI0TSrpK
LcuzvWcfEQ==
-----END PRIVATE KEY-----
)";

RsaKey LoadEmbedded(std::string_view pem) {
  Expected<RsaKey> loaded = RsaKey::Load(pem);
  if (!loaded) {
    std::fputs("conform: the embedded test key does not load: OpenSSL is broken\n", stderr);
    std::abort();
  }
  return *std::move(loaded);
}

}  // namespace

std::string_view TestKeyPem() {
  static constexpr std::string_view kPem = R"(
conform's PUBLIC TEST KEY. Anyone can read it here, so it proves nothing about anybody: it signs
the tokens that conform's own mock accepts, and no service may ever trust it.
-----BEGIN PRIVATE KEY-----
MIIEvAIBADANBgkqhkiG9w0BAQEFAASCBKYwggSiAgEAAoIBAQCj8EyM7SfOR75P
mYY8zMMON19MQcvBfiu1sF6lFUBZ4GM6xBtxhex3VKeUULKfTRtbf7jYPEeKs8G9
lVIzIxFpgTIQksffS+88Oec6dx7W0DJKqTV5Ho/TtXXa5hSmbpUcL+XG+CNfoOpB
onxHl3cmD31sF9ePFGoGXGsgzDNoG8aPfZWEnlgcFlxAvysiV1vt4Oss8+sH2MtH
eQmonxjgzfCGZ+lBuKBjEOEa1HJuhRPs35JddKEjCx/iFAaRSDTIbIFhQiGfYoSS
IOwM6u8HT1ixW4QywF98Hp/pLMmHe3x5MQ7nVDF4urQdWP17A0Hh8PhRN4Tkh18v
MXei7En1AgMBAAECggEALbTxotj8ICcgiFDlfE4ak/wcNcaiaHAk/6MMwDoMlwJY
qCnE/QG5zAtuLYvSQVfeKMSTZLZpu+IiQhk/scI1OJUswDIsR7WEHeaG8WYE0x94
5hgHMJ20u/H7yewcFcr/B7zS84Z7Vk4nAeWrgMpaDeKDtX9wOhQW+28I7zv/mSay
h1e/5qsx4Iufej7wFPtcJ8pIWKff28cGDaHguK68k4aqofv0vzfRku4fiHHGGkeI
PysuRlwERXHF1+xRlhZiNTtlDOoYcLQpjpWFBj+N6mTE+r6TJFXu+x6H6Jgoe19Q
jpkv+Gud7QYk1I1Ir4kIxz82sepPjid0zLp4i2GYgQKBgQDiZbWDigLRwVci8m4m
0WRh0jwxLVG9lZMnKCDmmJ4vvmg2FFLsc8qvB8psF7Onrj1Bqhyie24UpQGYz4wK
WWo2Iins1Q5QA7+o2yX8DDVfbGrgTI4b7yfH1XB/NoKDhoKAKo1kzcZg3eeEV9tp
2GYODs7Yz9cn1PXsRw9FonKtlwKBgQC5X+LecULb0nzeqOcQly14C9yK4dDozL1S
PGABg3UuJX2EE2QGSX6FKCtMWISRMfeIo8c7Z+8WHHB8n/Nz4+qn9TNqvGkYhJgt
uMlYhj/QeXQrvC2a4qDXE2/EPaX/yiqVcXkXsgzUS2mT0yKaZ6I96IqdP3T3ZODD
UxJt/zZOUwKBgF9BF+vuR11lkXn8smfWtfuKbxTp0niH1FAnTCB5miTQYhxO1Mzz
sxWNm5d7KXWlk9Rq9H1QnXJGMrPOr0czc8KvASDKS6lSynMLMaIoqNQrU5Rn4WrT
ZtNndFux3ZvlHkc6oB8HjS34b455QLH6AIZtqI4EdKwnqAjvpPdRcBqlAoGAAJ3b
CVZjHIwUskDpk9qM4itX7nZV1ZBoyM8+moKvbxnc0wWlfYfdDeBWVIiu2DTMV/4D
eaUc3Hv3u9JkYuxNKYXdR+ucheJbBzvoH41CxRTCWCrmE+/RDSYZZxO1a6ZmgdzA
xF1pQYOGtGEtakoR9hbB70f4waHqRXwPQaJpsdUCgYANq4iQkrcxJmxDYc0AlfKx
XmugREW3O3pn47EvuqUUXi/TSBOFQBMc7viekZKv+VMApEJyEJtIwqTx5/lyQ1hr
uEuLfwiWEYaHTzTrn6sJfZ2YX27YYZ5ViXiWqsRld0Fa5PKIXlBkjnGicM5od7VV
tJU3qPNjP1+AJSXPLD5w9Q==
-----END PRIVATE KEY-----
)";
  return kPem;
}

const RsaKey& TestKey() {
  static const RsaKey key = LoadEmbedded(TestKeyPem());
  return key;
}

const RsaKey& TestTokenKey() {
  static const RsaKey key = LoadEmbedded(kTokenKeyPem);
  return key;
}

}  // namespace conform
