// The one form in which a time stamp is kept: nothing in it can be altered unseen.
#pragma once

#include <openssl/pkcs7.h>

#include <string>
#include <string_view>

namespace conform {

/// The certificate of a token's signer; null where the signer is not one, or it did not come with
/// it.
X509* SignerNamedBy(PKCS7* token);

/// `answer` (a TimeStampResp) with all made anew that no signature covers: granted, without a text;
/// one signer, by its certificate's own name; that certificate and those that lead on from it, but
/// for roots, which are the reader's; no revocation lists and no unsigned attributes; algorithms
/// with the parameters that they always have; the lower s of an ECDSA signature. In DER; empty
/// where it has no token, or one that is not signed by one RSA or EC key. Whether the signature
/// holds is not looked at.
std::string CanonicalTimeStamp(std::string_view answer);

}  // namespace conform
