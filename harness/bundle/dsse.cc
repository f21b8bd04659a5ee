#include "bundle/dsse.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include "base/digest.h"
#include "base/json_depth.h"
#include "base/json_text.h"

namespace conform {
namespace {

/// An envelope has three; members that nobody knows may have some.
constexpr std::size_t kMostEnvelopeDepth = 16;

/// Padding is required, as Base64 writes it.
std::optional<std::string> DecodeBase64(std::string text) {
  if (text.size() % 4 != 0 || text.find_first_of("-_") != std::string::npos) return std::nullopt;
  std::replace(text.begin(), text.end(), '+', '-');
  std::replace(text.begin(), text.end(), '/', '_');
  return DecodeBase64Url(text);
}

/// Null where there is none.
const std::string* FindText(const nlohmann::json& object, const char* name) {
  const auto found = object.find(name);
  return found == object.end() ? nullptr : found->get_ptr<const std::string*>();
}

Expected<std::string> ReadBase64(const nlohmann::json& object, const char* name) {
  const std::string* text = FindText(object, name);
  auto bytes = text == nullptr ? std::nullopt : DecodeBase64(*text);
  if (!bytes) return Fail(fmt::format("its {} is no base64 text", name));
  return *std::move(bytes);
}

Expected<EnvelopeSignature> ReadSignature(const nlohmann::json& entry) {
  if (!entry.is_object()) return Fail("a signature of it is no object");
  const std::string* key_id = FindText(entry, "keyid");
  if (key_id == nullptr) return Fail("a signature of it names no keyid");
  auto signature = ReadBase64(entry, "sig");
  if (!signature) return tl::unexpected(signature.error());
  return EnvelopeSignature{*key_id, *std::move(signature)};
}

}  // namespace

std::string PreAuthenticationEncoding(std::string_view payload_type, std::string_view payload) {
  return fmt::format("DSSEv1 {} {} {} {}", payload_type.size(), payload_type, payload.size(),
                     payload);
}

std::string RenderEnvelope(const Envelope& envelope) {
  nlohmann::ordered_json signatures = nlohmann::ordered_json::array();
  for (const EnvelopeSignature& entry : envelope.signatures) {
    signatures.push_back({{"keyid", entry.key_id}, {"sig", Base64(entry.signature)}});
  }
  const nlohmann::ordered_json json = {{"payloadType", envelope.payload_type},
                                       {"payload", Base64(envelope.payload)},
                                       {"signatures", std::move(signatures)}};
  // What was read from JSON is UTF-8; what else could not be written becomes U+FFFD.
  return WriteJsonText(json) + "\n";
}

Expected<Envelope> ReadEnvelope(std::string_view json) {
  if (JsonDepth(json) > kMostEnvelopeDepth) return Fail("it nests deeper than 16");
  const auto object = ReadJsonText(json);
  if (!object.is_object()) return Fail("it is no JSON object");
  Envelope envelope;
  const std::string* type = FindText(object, "payloadType");
  if (type == nullptr) return Fail("it names no payloadType");
  envelope.payload_type = *type;
  auto payload = ReadBase64(object, "payload");
  if (!payload) return tl::unexpected(payload.error());
  envelope.payload = *std::move(payload);
  const auto signatures = object.find("signatures");
  if (signatures == object.end() || !signatures->is_array()) return Fail("it has no signatures");
  for (const nlohmann::json& entry : *signatures) {
    auto signature = ReadSignature(entry);
    if (!signature) return tl::unexpected(signature.error());
    envelope.signatures.push_back(*std::move(signature));
  }
  return envelope;
}

}  // namespace conform
