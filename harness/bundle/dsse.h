// Dead Simple Signing Envelopes (DSSE v1): a payload and who signed it, as JSON.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace conform {

struct EnvelopeSignature {
  std::string key_id;  ///< a hint: nothing vouches for it.
  std::string signature;
};

struct Envelope {
  std::string payload_type;
  std::string payload;
  std::vector<EnvelopeSignature> signatures;
};

/// What is signed: the pre-authentication encoding, `DSSEv1 28 application/… 5 hello`.
std::string PreAuthenticationEncoding(std::string_view payload_type, std::string_view payload);

/// The same envelope is the same text, always.
std::string RenderEnvelope(const Envelope& envelope);

/// Strict: an error says what is no envelope about it. Where rendering the answer gives another
/// text, the difference is in what no signature covers.
Expected<Envelope> ReadEnvelope(std::string_view json);

}  // namespace conform
