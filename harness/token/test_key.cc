#include "token/test_key.h"

#include <cstdio>
#include <cstdlib>

namespace conform {
namespace {

constexpr std::string_view kTokenKeyPem = R"(
conform's PUBLIC TEST KEY for the tokens of a run. Anyone can read it here, so it proves nothing
about anybody, and no service may ever trust it.
-----BEGIN PRIVATE KEY-----
MIICdQIBADANBgkqhkiG9w0BAQEFAASCAl8wggJbAgEAAoGBANqNX6r2fDet2Fh8
rxScAXC2II/u23FUdYN7ZgGmzMd84Q/M/z22VdpE8U6SO5mjxXFwCVlysVp1ej+X
S6Hv6qOLe9BSOP7wQ5L+DXJgDOfnXCQboKPz1bj11w05cfjeUHm0Kd3t0Az8jHyy
MVeiOW54W9DwPB84YWGVxLAkxGu1AgMBAAECgYB1lbJvDQZv/nxzv0GDWRv9RD/o
sJ4oL0S6ZN3Q7akneyyrj6OT1FIEiSs7FroyQ0arbZfaJDb/cE1BgWkTyzz1mjP2
Asp5Y3Nx5BC/dj6utwjtyxaWBGbRBrSI3BekGJo0YB6KuyptOIJbZlyhfWd55M/g
Y9B+MrP8QpSoY5Dx0QJBAPHNeVfrOxhn/hgxoD83SpzEHkGySs6RDqzZSuGlyF07
rZoM2X97fHecwyvvPegdp0ULx16UmYWkCSX7QQuAkycCQQDnYmyJGMrMlWho9iLB
KA5WTNQh3SXOxuBg0qo0esj4R433LzSgl7SYsAmdjJfAfZg9B1aH60pQegj185Se
WiPDAkEA2XSKHfEkciyDrMpkbLWS2izdcQOgluiJJBU+bHOlH4Od+h54M1egdgl6
1DYRnH+egE+5emt1LWR5/bhZpLh6nQI/MbXzm4C4ETwIMoSu8tCoQ+I9sQjSFpqj
mimoZ535j13QIksCA36UTjmD11VdRP22t2XcMVdbn+6X/j9Wrq6vAkAkmkHQeTLC
HAdOP//Pgf2uvw3CkCgbTj5XTkeZVUz3NCRUlMzVHeTg9/tvOnwLpiqIQemwmbhM
ynjrUIV7/0PN
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
