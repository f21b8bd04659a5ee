#include "bundle/ecdsa_form.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>

#include "bundle/openssl_handle.h"

namespace conform {
namespace {

using Number = Handle<BIGNUM, BN_free>;

/// How many points the key's curve has; null where it is on none.
Number OrderOf(const EVP_PKEY* key) {
  BIGNUM* order = nullptr;
  EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_EC_ORDER, &order);
  return Number(order);
}

}  // namespace

std::string WithLowS(std::string_view signature, const EVP_PKEY* key) {
  const unsigned char* cursor = Bytes(signature);
  const Handle<ECDSA_SIG, ECDSA_SIG_free> pair(
      d2i_ECDSA_SIG(nullptr, &cursor, static_cast<long>(signature.size())));
  const Number order = OrderOf(key);
  Number r(pair ? BN_dup(ECDSA_SIG_get0_r(pair.get())) : nullptr);
  Number other(BN_new());
  ERR_clear_error();
  const bool whole = pair && cursor == Bytes(signature) + signature.size();
  if (!whole || !order || !r || !other) return "";
  const BIGNUM* s = ECDSA_SIG_get0_s(pair.get());
  if (BN_sub(other.get(), order.get(), s) != 1) return "";
  if (BN_cmp(s, other.get()) > 0 && !BN_is_negative(other.get())) {
    if (ECDSA_SIG_set0(pair.get(), r.get(), other.get()) != 1) return "";
    static_cast<void>(r.release());  // the pair owns both now
    static_cast<void>(other.release());
  }
  return EncodeDer<i2d_ECDSA_SIG>(pair.get());
}

}  // namespace conform
